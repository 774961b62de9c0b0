//! What tags mean, for those who keep it in memory: canonical forms, what stands under a tag, and what of it changed.

use super::delta::from_text;
use super::sql;
use crate::db::{Conn, int_list, vals};
use fanfold_model::TagId;
use fanfold_storage::{Result, TagDelta, TagEdge, TagEdgeKind};
use std::collections::BTreeSet;

/// Tags looked up in one statement.
const AT_ONCE: usize = 20_000;
/// More changes than this are not told one by one.
const MOST_CHANGES: i64 = 1_000;

pub(super) async fn version(conn: &mut Conn) -> Result<i64> {
    conn.number(sql::VERSION, Vec::new()).await
}

pub(super) async fn reformed(conn: &mut Conn, after: i64) -> Result<Option<Vec<TagId>>> {
    let Some(deltas) = deltas_after(conn, after).await? else { return Ok(None) };
    Ok(Some(deltas.iter().flat_map(synonyms).map(|edge| edge.child).collect()))
}

/// A name is found by the words of its canonical tag and of its siblings, so their whole families are named anew.
pub(super) async fn renamed(conn: &mut Conn, after: i64) -> Result<Option<Vec<TagId>>> {
    let Some(deltas) = deltas_after(conn, after).await? else { return Ok(None) };
    let joined = deltas.iter().flat_map(synonyms).flat_map(|edge| [edge.child.0, edge.parent.0]);
    let named = deltas.iter().flat_map(|delta| &delta.states);
    let named = named.filter(|(_, before, now)| before.name != now.name).map(|(tag, ..)| tag.0);
    let touched: BTreeSet<i64> = joined.chain(named).collect();
    let rows = conn.fetch(sql::FAMILIES, vals![int_list(touched)]).await?;
    rows.into_iter().map(|row| Ok(TagId(row.int(0)?))).collect::<Result<_>>().map(Some)
}

fn synonyms(delta: &TagDelta) -> impl Iterator<Item = &TagEdge> {
    let edges = delta.removed.iter().chain(&delta.added);
    edges.filter(|edge| edge.kind == TagEdgeKind::Synonym)
}

/// What was done after a version, change by change; `None` when that is not known or too much.
async fn deltas_after(conn: &mut Conn, after: i64) -> Result<Option<Vec<TagDelta>>> {
    let news = version(conn).await? - after;
    if !(0..=MOST_CHANGES).contains(&news) {
        return Ok(None);
    }
    let mut changes = conn.fetch(sql::CHANGES_AFTER, vals![after]).await?;
    // What was loaded from outside has a number and no list of what it did.
    if i64::try_from(changes.len()).ok() != Some(news) {
        return Ok(None);
    }
    let mut deltas = Vec::new();
    for row in &mut changes {
        if row.text(0)? == "load" {
            return Ok(None);
        }
        deltas.push(from_text(&row.text(1)?)?);
    }
    Ok(Some(deltas))
}

pub(super) async fn canonical(conn: &mut Conn, tags: Vec<i64>) -> Result<Vec<(TagId, TagId)>> {
    pairs(conn, sql::FORMS, tags).await
}

pub(super) async fn metatags(conn: &mut Conn, tags: Vec<i64>) -> Result<Vec<(TagId, TagId)>> {
    pairs(conn, sql::ALL_ABOVE, tags).await
}

async fn pairs(conn: &mut Conn, sql: &'static str, tags: Vec<i64>) -> Result<Vec<(TagId, TagId)>> {
    let mut pairs = Vec::new();
    for some in tags.chunks(AT_ONCE) {
        let rows = conn.fetch(sql, vals![int_list(some.iter().copied())]).await?;
        for row in rows {
            pairs.push((TagId(row.int(0)?), TagId(row.int(1)?)));
        }
    }
    Ok(pairs)
}

pub(super) async fn under(conn: &mut Conn, tags: Vec<i64>) -> Result<Vec<TagId>> {
    let rows = conn.fetch(sql::ALL_UNDER, vals![int_list(tags)]).await?;
    rows.into_iter().map(|row| Ok(TagId(row.int(0)?))).collect()
}
