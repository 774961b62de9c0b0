//! Tags of shown works: names as keys, links as written, and the two counts that pages show.

use super::Shown;
use super::names::{Wanted, take_missing};
use super::sql::{self, inserts};
use crate::db::{Conn, int_list, text_list, vals};
use fanfold_model::{TagKind, Viewer, Visibility, fold_name, fold_tag};
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// A tag as a key: kind and name as [`fold_tag`] folds it.
pub(crate) type TagKey = (TagKind, String);

/// That a work counts under a tag, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) tag: i64,
    /// Whether the work carries the tag itself, or only a synonym of it.
    own: bool,
    owner: bool,
    public: bool,
}

/// Tags, those of them that a work carries itself.
type Heads = BTreeMap<i64, bool>;

impl Counted {
    // The rule in Rust, over the columns: the same function that the SQL fragment is held to.
    fn new((tag, own): (i64, bool), visibility: Visibility, held: bool, removed: bool) -> Self {
        Self {
            tag,
            own,
            owner: Viewer::Owner.may_see(visibility, held, removed),
            public: Viewer::Public.may_see(visibility, held, removed),
        }
    }
}

/// The ids of these tags; those that are missing are made, with the name as first written.
pub(crate) async fn ensure(
    conn: &mut Conn,
    wanted: BTreeMap<TagKey, String>,
) -> Result<BTreeMap<TagKey, i64>> {
    let folded = text_list(wanted.keys().map(|(_, folded)| folded.clone()));
    let mut found = BTreeMap::new();
    for mut row in conn.fetch(sql::TAGS_BY_NAME, vals![folded]).await? {
        let kind = row.parsed(1, TagKind::from_name)?;
        found.insert((kind, row.text(2)?), row.int(0)?);
    }
    let made = take_missing(conn, "tag", &wanted, &mut found).await?;
    let rows = made.into_iter().map(|Wanted { id, key: (kind, folded), name }| {
        let listed = Some(fold_name(&name)).filter(|listed| *listed != folded);
        vals![id, kind.as_str(), name, folded, listed, closed(kind)]
    });
    conn.insert(&inserts::TAGS, rows.collect()).await?;
    Ok(found)
}

/// The closed vocabularies are canonical from the start.
fn closed(kind: TagKind) -> bool {
    matches!(kind, TagKind::Rating | TagKind::Warning | TagKind::Category)
}

/// Links works to their tags; gives what counts under what.
pub(crate) async fn link(conn: &mut Conn, works: &[Shown]) -> Result<Vec<Counted>> {
    let mut wanted = BTreeMap::new();
    for (kind, written) in works.iter().flat_map(|shown| shown.work.all_tags()) {
        wanted.entry((kind, fold_tag(kind, written))).or_insert_with(|| written.to_owned());
    }
    let ids = ensure(conn, wanted).await?;
    let canonical = canonical_of(conn, ids.values().copied()).await?;
    let (mut rows, mut counted) = (Vec::new(), Vec::new());
    for shown in works {
        let mut own = Heads::new();
        for (place, (kind, written)) in (0_i64..).zip(shown.work.all_tags()) {
            let Some(id) = ids.get(&(kind, fold_tag(kind, written))) else {
                continue;
            };
            rows.push(vals![shown.id, kind.as_str(), place, *id, written]);
            carry(&mut own, *id, &canonical);
        }
        let work = &shown.work;
        let counts = |tag| Counted::new(tag, work.visibility, work.held.is_some(), shown.removed);
        counted.extend(own.into_iter().map(counts));
    }
    conn.insert(&inserts::WORK_TAGS, rows).await?;
    Ok(counted)
}

/// The canonical tags of those that are synonyms.
async fn canonical_of(
    conn: &mut Conn,
    tags: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, i64>> {
    let rows = conn.fetch(sql::CANONICAL_OF, vals![int_list(tags)]).await?;
    rows.into_iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

fn carry(heads: &mut Heads, tag: i64, canonical: &BTreeMap<i64, i64>) {
    heads.insert(tag, true);
    if let Some(head) = canonical.get(&tag) {
        heads.entry(*head).or_insert(false);
    }
}

/// What counts under what before a change.
pub(crate) async fn counted_before(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Counted>> {
    let rows = conn.fetch(sql::OLD_TAGS, vals![int_list(ids.iter().copied())]).await?;
    let tags = rows.iter().map(|row| row.int(1)).collect::<Result<BTreeSet<i64>>>()?;
    let canonical = canonical_of(conn, tags).await?;
    let mut works: BTreeMap<i64, (Heads, Visibility, bool, bool)> = BTreeMap::new();
    for mut row in rows {
        let visibility = row.parsed(2, Visibility::from_name)?;
        let held = row.text_or_null(3)?.is_some();
        let (removed, tag) = (row.flag(4)?, row.int(1)?);
        let new = || (Heads::new(), visibility, held, removed);
        carry(&mut works.entry(row.int(0)?).or_insert_with(new).0, tag, &canonical);
    }
    let counts = |(heads, visibility, held, removed): (Heads, _, _, _)| {
        heads.into_iter().map(move |head| Counted::new(head, visibility, held, removed))
    };
    Ok(works.into_values().flat_map(counts).collect())
}

/// Moves the tags' counts from what was to what is.
pub(crate) async fn count(conn: &mut Conn, before: &[Counted], now: &[Counted]) -> Result<()> {
    let mut deltas: BTreeMap<i64, [i64; 4]> = BTreeMap::new();
    let signed = now.iter().map(|one| (one, 1)).chain(before.iter().map(|one| (one, -1)));
    for (one, sign) in signed {
        let [own_owner, own_public, owner, public] = deltas.entry(one.tag).or_default();
        *owner += sign * i64::from(one.owner);
        *public += sign * i64::from(one.public);
        *own_owner += sign * i64::from(one.own && one.owner);
        *own_public += sign * i64::from(one.own && one.public);
    }
    let moved = deltas.into_iter().filter(|(_, delta)| *delta != [0; 4]);
    let rows = moved.map(|(tag, [own_owner, own_public, owner, public])| {
        vals![tag, own_owner, own_public, owner, public]
    });
    conn.insert(&inserts::TAG_COUNTS, rows.collect()).await
}
