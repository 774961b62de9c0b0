//! Taking over the wrangling of another archive, batch after batch. What this library has decided itself stands; the
//! rules of the graph hold for what comes from outside as for what is done by hand.

use super::inserts;
use super::{scope, sql};
use crate::db::{Conn, int_list, vals};
use crate::shown::{TagKey, ensure_tags};
use fanfold_model::{TagId, TagKind, fold_name, fold_tag};
use fanfold_storage::{Loaded, LoadedTag, LoadedUse, Result, StorageError, TagEdge, TagEdgeKind};
use std::collections::{BTreeMap, BTreeSet};

/// What the library knows of a tag.
#[derive(Debug, Clone)]
struct State {
    kind: TagKind,
    canonical: bool,
    unwrangleable: bool,
    elsewhere: u64,
    means: Option<i64>,
}

impl State {
    fn is_free(&self) -> bool {
        !self.canonical && !self.unwrangleable && self.means.is_none()
    }
}

async fn states(
    conn: &mut Conn,
    tags: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, State>> {
    let mut states = BTreeMap::new();
    for mut row in conn.fetch(sql::STATES, vals![int_list(tags)]).await? {
        let state = State {
            kind: row.parsed(1, TagKind::from_name)?,
            canonical: row.flag(2)?,
            unwrangleable: row.flag(3)?,
            elsewhere: row.count(4)?,
            means: row.int_or_null(5)?,
        };
        states.insert(row.int(0)?, state);
    }
    Ok(states)
}

pub(super) async fn coin(conn: &mut Conn, kind: TagKind, name: String) -> Result<TagId> {
    let folded = fold_tag(kind, &name);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.is_empty() {
        return Err(StorageError::Refused("a tag needs a name".to_owned()));
    }
    let key = (kind, folded);
    let ids = ensure_tags(conn, BTreeMap::from([(key.clone(), name)])).await?;
    let id = ids.get(&key).copied();
    id.map(TagId).ok_or_else(|| StorageError::Refused("the tag could not be made".to_owned()))
}

/// Takes names over; gives their ids in the same order.
pub(crate) async fn tags(conn: &mut Conn, tags: Vec<LoadedTag>) -> Result<(Vec<TagId>, Loaded)> {
    let key = |tag: &LoadedTag| -> TagKey { (tag.kind, fold_tag(tag.kind, &tag.name)) };
    let keys: Vec<TagKey> = tags.iter().map(key).collect();
    let mut wanted: BTreeMap<TagKey, String> = BTreeMap::new();
    for (key, tag) in keys.iter().zip(&tags) {
        wanted.entry(key.clone()).or_insert_with(|| tag.name.clone());
    }
    let ids = ensure_tags(conn, wanted).await?;
    let mut states = states(conn, ids.values().copied()).await?;
    let mut plan = Plan::default();
    let mut order = Vec::with_capacity(tags.len());
    for (key, tag) in keys.iter().zip(&tags) {
        let Some(id) = ids.get(key).copied() else { continue };
        order.push(TagId(id));
        if let Some(state) = states.get_mut(&id) {
            plan.take(id, tag, state);
        }
    }
    conn.insert(&inserts::CANONICAL, plan.canonical).await?;
    conn.insert(&inserts::USES, plan.uses).await?;
    if !plan.aside.is_empty() {
        conn.execute(sql::SET_ASIDE, vals![int_list(plan.aside)]).await?;
    }
    Ok((order, plan.loaded))
}

/// What a batch of names changes.
#[derive(Default)]
struct Plan {
    canonical: Vec<Vec<crate::db::Val>>,
    uses: Vec<Vec<crate::db::Val>>,
    aside: Vec<i64>,
    loaded: Loaded,
}

impl Plan {
    fn take(&mut self, id: i64, tag: &LoadedTag, state: &mut State) {
        if tag.canonical {
            let closed = matches!(tag.kind, TagKind::Rating | TagKind::Warning | TagKind::Category);
            match (state.canonical, state.is_free()) {
                (true, _) => self.loaded.known += 1,
                (_, true) => self.loaded.new += 1,
                _ => self.loaded.kept += 1,
            }
            if state.is_free() || closed {
                self.canonical.push(vals![id, &tag.name, fold_name(&tag.name)]);
                state.canonical = true;
            }
        } else if tag.unwrangleable {
            match (state.unwrangleable, state.is_free()) {
                (true, _) => self.loaded.known += 1,
                (_, true) => {
                    self.loaded.new += 1;
                    self.aside.push(id);
                    state.unwrangleable = true;
                }
                _ => self.loaded.kept += 1,
            }
        }
        if tag.uses > 0 && tag.uses != state.elsewhere {
            self.uses.push(vals![id, tag.uses]);
            state.elsewhere = tag.uses;
        }
    }
}

/// Keeps how another archive uses these tags.
pub(super) async fn uses(conn: &mut Conn, uses: Vec<LoadedUse>) -> Result<()> {
    let works = uses.iter().map(|one| vals![one.tag.0, one.works]).collect();
    conn.insert(&inserts::USES, works).await?;
    let told = uses.iter().filter(|one| one.fandoms.is_some());
    let tags = int_list(told.map(|one| one.tag.0));
    conn.execute(sql::FORGET_FANDOMS, vec![tags]).await?;
    let fandoms = uses.iter().flat_map(|one| {
        let own = one.fandoms.iter().flatten();
        own.map(|(fandom, works)| vals![one.tag.0, fandom.0, *works])
    });
    conn.insert(&inserts::FANDOMS, fandoms.collect()).await
}

/// Takes edges over, in their order.
pub(crate) async fn edges(conn: &mut Conn, edges: Vec<TagEdge>) -> Result<Loaded> {
    let ends = edges.iter().flat_map(|edge| [edge.child.0, edge.parent.0]);
    let ends: BTreeSet<i64> = ends.collect();
    let mut taking =
        Taking { states: states(conn, ends.iter().copied()).await?, ..Taking::default() };
    // A name that became a synonym here leads to its canonical tag, which must be known, too.
    let heads: BTreeSet<i64> = taking.states.values().filter_map(|state| state.means).collect();
    let heads: Vec<i64> =
        heads.into_iter().filter(|head| !taking.states.contains_key(head)).collect();
    taking.states.extend(states(conn, heads).await?);
    let known = int_list(taking.states.keys().copied());
    for mut row in conn.fetch(sql::AROUND, vec![known]).await? {
        let kind = row.parsed(2, TagEdgeKind::from_name)?;
        taking.hang(row.int(0)?, row.int(1)?, kind);
    }
    if edges.iter().any(|edge| edge.kind == TagEdgeKind::Metatag) {
        for row in conn.fetch(sql::METATAG_EDGES, Vec::new()).await? {
            taking.wider.entry(row.int(0)?).or_default().insert(row.int(1)?);
        }
    }
    for edge in edges {
        taking.take(edge);
    }
    taking.write(conn).await
}

/// Edges on their way into the graph.
#[derive(Default)]
struct Taking {
    states: BTreeMap<i64, State>,
    there: BTreeSet<(i64, i64, TagEdgeKind)>,
    /// Tags with any edge.
    hung: BTreeSet<i64>,
    wider: BTreeMap<i64, BTreeSet<i64>>,
    canonical: BTreeSet<i64>,
    added: BTreeSet<(i64, i64, TagEdgeKind)>,
    loaded: Loaded,
}

impl Taking {
    fn take(&mut self, edge: TagEdge) {
        let taken = match edge.kind {
            // Two ways to write one relationship: nothing has to be decided.
            TagEdgeKind::Synonym if edge.child == edge.parent => Some(false),
            TagEdgeKind::Synonym => self.synonym(edge.child.0, self.head(edge.parent.0)),
            kind => self.above(self.head(edge.child.0), self.head(edge.parent.0), kind),
        };
        match taken {
            Some(true) => self.loaded.new += 1,
            Some(false) => self.loaded.known += 1,
            None => self.loaded.kept += 1,
        }
    }

    /// The canonical tag that a tag means, or itself.
    fn head(&self, tag: i64) -> i64 {
        self.states.get(&tag).and_then(|state| state.means).unwrap_or(tag)
    }

    /// Whether the edge is new; `None` if the library has it otherwise.
    fn synonym(&mut self, child: i64, parent: i64) -> Option<bool> {
        let state = self.states.get(&child)?;
        if state.means == Some(parent) {
            return Some(false);
        }
        let same_kind = self.states.get(&parent)?.kind == state.kind;
        if child == parent || !state.is_free() || self.hung.contains(&child) || !same_kind {
            return None;
        }
        self.stand_above(parent)?;
        self.states.get_mut(&child)?.means = Some(parent);
        self.add(child, parent, TagEdgeKind::Synonym);
        Some(true)
    }

    fn above(&mut self, child: i64, parent: i64, kind: TagEdgeKind) -> Option<bool> {
        if self.there.contains(&(child, parent, kind)) {
            return Some(false);
        }
        let (below, above) = (self.states.get(&child)?.clone(), self.states.get(&parent)?.kind);
        let open =
            matches!(below.kind, TagKind::Character | TagKind::Relationship | TagKind::Freeform);
        let fits = match kind {
            TagEdgeKind::Metatag => below.kind == above && !self.leads(parent, child),
            _ => above == TagKind::Fandom && open,
        };
        if !fits || child == parent {
            return None;
        }
        if kind == TagEdgeKind::Metatag {
            self.stand_above(child)?;
        }
        self.stand_above(parent)?;
        if kind == TagEdgeKind::Metatag {
            self.wider.entry(child).or_default().insert(parent);
        }
        self.add(child, parent, kind);
        Some(true)
    }

    /// Makes a tag canonical, unless it was set aside here.
    fn stand_above(&mut self, tag: i64) -> Option<()> {
        let state = self.states.get_mut(&tag)?;
        if !state.canonical && !state.is_free() {
            return None;
        }
        if !state.canonical {
            state.canonical = true;
            self.canonical.insert(tag);
        }
        Some(())
    }

    /// Whether metatags lead from one tag up to another.
    fn leads(&self, from: i64, to: i64) -> bool {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(tag) = next.pop() {
            if tag == to {
                return true;
            }
            if seen.insert(tag) {
                next.extend(self.wider.get(&tag).into_iter().flatten());
            }
        }
        false
    }

    fn add(&mut self, child: i64, parent: i64, kind: TagEdgeKind) {
        self.hang(child, parent, kind);
        self.added.insert((child, parent, kind));
    }

    fn hang(&mut self, child: i64, parent: i64, kind: TagEdgeKind) {
        self.there.insert((child, parent, kind));
        self.hung.extend([child, parent]);
    }

    async fn write(self, conn: &mut Conn) -> Result<Loaded> {
        if self.added.is_empty() {
            return Ok(self.loaded);
        }
        if !self.canonical.is_empty() {
            conn.execute(sql::MAKE_CANONICAL, vals![int_list(self.canonical)]).await?;
        }
        let rows = self.added.iter();
        let rows = rows.map(|(child, parent, kind)| vals![*child, *parent, kind.as_str()]);
        conn.insert(&inserts::EDGES, rows.collect()).await?;
        // A number without a line: whoever keeps meanings in memory reads them all again.
        conn.take_numbers("tag_change", 1).await?;
        let of = |kind| self.added.iter().filter(move |edge| edge.2 == kind);
        let deep = int_list(of(TagEdgeKind::Metatag).map(|edge| edge.0));
        let flat = int_list(of(TagEdgeKind::Synonym).flat_map(|edge| [edge.0, edge.1]));
        let scope = conn.fetch(sql::SCOPE, vec![deep, flat]).await?;
        let scope = scope.into_iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
        if !scope.is_empty() {
            super::change::tell_graph(conn).await?;
            let heads: BTreeSet<i64> = of(TagEdgeKind::Synonym).map(|edge| edge.1).collect();
            scope::recount(conn, heads.into_iter().collect()).await?;
        }
        Ok(self.loaded)
    }
}
