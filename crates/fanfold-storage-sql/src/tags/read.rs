//! Reading the graph for wranglers: lists, names, history, previews.

use super::delta::touched;
use super::plan::plan;
use super::{scope, sql};
use crate::db::{Conn, Row, Val, int_list, vals};
use crate::statements::{keys, viewer as seen_by};
use fanfold_model::{TagId, TagKind, Viewer, fold_name};
use fanfold_storage::{
    KnownName, NameInUse, Result, TagChange, TagChangeLine, TagFilter, TagPreview, TagRow,
    TagStanding,
};
use std::collections::BTreeMap;

/// A tag from the columns of `row_columns!`.
fn tag_row(mut row: Row) -> Result<TagRow> {
    let means = match row.int_or_null(5)? {
        Some(id) => Some((TagId(id), row.text(6)?)),
        None => None,
    };
    let standing = if row.flag(3)? {
        TagStanding::Canonical
    } else if means.is_some() {
        TagStanding::Synonym
    } else if row.flag(4)? {
        TagStanding::Unwrangleable
    } else {
        TagStanding::Unwrangled
    };
    Ok(TagRow {
        id: TagId(row.int(0)?),
        kind: row.parsed(1, TagKind::from_name)?,
        name: row.text(2)?,
        standing,
        means,
        works: row.count(7)?,
        elsewhere: row.count(8)?,
    })
}

async fn rows(conn: &mut Conn, sql: &'static str, values: Vec<Val>) -> Result<Vec<TagRow>> {
    conn.fetch(sql, values).await?.into_iter().map(tag_row).collect()
}

pub(super) async fn by_id(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<TagRow>> {
    rows(conn, sql::ROWS, vals![int_list(ids)]).await
}

pub(super) async fn named(
    conn: &mut Conn,
    kind: Option<TagKind>,
    name: String,
) -> Result<Vec<TagRow>> {
    let [folded, ordered] = keys(&name);
    rows(conn, sql::NAMED, vals![kind.map_or("", TagKind::as_str), folded, ordered]).await
}

pub(super) async fn list(conn: &mut Conn, filter: TagFilter, limit: u32) -> Result<Vec<TagRow>> {
    let piece = filter.name.as_deref().map(fold_name).filter(|name| !name.is_empty());
    let kind = filter.kind.map_or("", TagKind::as_str);
    let standing = filter.standing.map_or("", TagStanding::as_str);
    if piece.is_none() && filter.fandom.is_none() {
        if filter.standing == Some(TagStanding::Unwrangled) {
            return rows(conn, sql::UNDECIDED, vals![kind, limit, filter.offset]).await;
        }
        if filter.kind.is_some() {
            return rows(conn, sql::OF_KIND, vals![kind, standing, limit, filter.offset]).await;
        }
    }
    let mut values = vals![
        kind,
        standing,
        piece.map(|piece| format!("%{}%", escaped(&piece))).unwrap_or_default(),
    ];
    let Some(fandom) = filter.fandom else {
        values.extend(vals![limit, filter.offset]);
        return rows(conn, sql::LISTED, values).await;
    };
    let family = scope::family(conn, fandom.0).await?;
    values.extend([int_list(family), TagFilter::NEWEST.into()]);
    values.extend(vals![limit, filter.offset]);
    rows(conn, sql::LISTED_OF_FANDOM, values).await
}

/// A piece of a name in which nothing is a wildcard.
fn escaped(piece: &str) -> String {
    piece.replace('~', "~~").replace('%', "~%").replace('_', "~_")
}

pub(super) async fn history(
    conn: &mut Conn,
    tag: Option<TagId>,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<TagChangeLine>> {
    let before = before.unwrap_or(i64::MAX);
    let found = match tag {
        Some(tag) => conn.fetch(sql::HISTORY_OF, vals![tag.0, before, limit]).await?,
        None => conn.fetch(sql::HISTORY, vals![before, limit]).await?,
    };
    let line = |mut row: Row| {
        Ok(TagChangeLine {
            id: row.int(0)?,
            action: row.text(1)?,
            tag: TagId(row.int(2)?),
            name: row.text(3)?,
            other: row.text_or_null(4)?,
            actor: row.text(5)?,
            at: row.text(6)?,
            undoes: row.int_or_null(7)?,
            undone_by: row.int_or_null(8)?,
        })
    };
    found.into_iter().map(line).collect()
}

pub(super) async fn preview(conn: &mut Conn, change: TagChange) -> Result<TagPreview> {
    let delta = plan(conn, &change).await?;
    let tags = by_id(conn, touched(&delta).into_iter().map(|tag| tag.0).collect()).await?;
    let counts = scope::counts_after(conn, &delta, &tags).await?;
    let works = match &change {
        // Its own works and those of its synonyms, each once.
        TagChange::Synonym { tag, .. } | TagChange::Split(tag) => {
            tags.iter().find(|row| row.id == *tag).map_or(0, |row| row.works)
        }
        _ => scope::of(conn, &delta).await?.iter().map(|(_, works)| works).sum(),
    };
    Ok(TagPreview { delta, tags, works, counts })
}

pub(super) async fn known(
    conn: &mut Conn,
    kind: TagKind,
    after: TagId,
    limit: u32,
) -> Result<Vec<(TagId, KnownName)>> {
    let mut known = Vec::new();
    for mut row in conn.fetch(sql::KNOWN, vals![kind.as_str(), after.0, limit]).await? {
        let canonical = TagId(row.int(1)?);
        let (name, uses) = (row.text(2)?, row.count(3)?);
        known.push((TagId(row.int(0)?), KnownName { canonical, name, uses, fandoms: Vec::new() }));
    }
    let fandoms =
        belong_to(conn, known.iter().map(|(_, known)| known.canonical.0).collect()).await?;
    for (_, known) in &mut known {
        known.fandoms = fandoms.get(&known.canonical.0).cloned().unwrap_or_default();
    }
    Ok(known)
}

/// The fandoms that tags belong to, here or in another archive.
async fn belong_to(conn: &mut Conn, tags: Vec<i64>) -> Result<BTreeMap<i64, Vec<TagId>>> {
    let mut fandoms: BTreeMap<i64, Vec<TagId>> = BTreeMap::new();
    let tags = int_list(tags);
    for sql in [sql::FANDOMS_ABOVE, sql::FANDOMS_ELSEWHERE] {
        for row in conn.fetch(sql, vec![tags.clone()]).await? {
            let (own, fandom) = (fandoms.entry(row.int(0)?).or_default(), TagId(row.int(1)?));
            if !own.contains(&fandom) {
                own.push(fandom);
            }
        }
    }
    Ok(fandoms)
}

pub(super) async fn synonyms(conn: &mut Conn, of: Vec<i64>) -> Result<Vec<TagId>> {
    let rows = conn.fetch(sql::SYNONYMS_OF, vals![int_list(of)]).await?;
    rows.into_iter().map(|row| Ok(TagId(row.int(0)?))).collect()
}

pub(super) async fn in_use(
    conn: &mut Conn,
    viewer: Viewer,
    after: TagId,
    limit: u32,
) -> Result<Vec<NameInUse>> {
    let values = vec![seen_by(viewer), after.0.into(), limit.into()];
    let mut names = Vec::new();
    for mut row in conn.fetch(sql::IN_USE, values).await? {
        names.push(NameInUse {
            id: TagId(row.int(0)?),
            kind: row.parsed(1, TagKind::from_name)?,
            name: row.text(2)?,
            uses: row.count(3)?,
            means: row.int_or_null(4)?.map(TagId),
            fandoms: Vec::new(),
        });
    }
    let heads = names.iter().map(|own| own.means.unwrap_or(own.id).0).collect();
    let fandoms = belong_to(conn, heads).await?;
    for own in &mut names {
        let head = own.means.unwrap_or(own.id);
        own.fandoms = fandoms.get(&head.0).cloned().unwrap_or_default();
    }
    Ok(names)
}

pub(super) async fn fandoms_of(
    conn: &mut Conn,
    tag: TagId,
    viewer: Viewer,
) -> Result<Vec<(TagId, u64)>> {
    let values = vec![seen_by(viewer), tag.0.into()];
    let rows = conn.fetch(sql::FANDOMS_BESIDE, values).await?;
    rows.into_iter().map(|row| Ok((TagId(row.int(0)?), row.count(1)?))).collect()
}
