//! What follows from a change: which works are found under other tags, and which counts are others. Small counts are made
//! at once, large ones wait as tasks that [`advance`] does one by one.

use super::excerpt::Excerpt;
use super::inserts;
use super::sql;
use crate::db::{Conn, int_list, vals};
use fanfold_model::TagId;
use fanfold_storage::{Result, TagDelta, TagEdgeKind};
use std::collections::BTreeSet;

/// Counted at once up to so many links of works to tags.
const COUNT_NOW: i64 = 20_000;
/// The name of such a task.
const COUNT: &str = "count";

/// The tags whose works are found under other tags than before, with how many works carry each.
pub(super) async fn of(conn: &mut Conn, delta: &TagDelta) -> Result<Vec<(TagId, u64)>> {
    let edges = delta.removed.iter().chain(&delta.added);
    let of = |kind| edges.clone().filter(move |edge| edge.kind == kind).map(|edge| edge.child.0);
    let deep: BTreeSet<i64> = of(TagEdgeKind::Metatag).collect();
    let flat: BTreeSet<i64> = of(TagEdgeKind::Synonym).collect();
    if deep.is_empty() && flat.is_empty() {
        return Ok(Vec::new());
    }
    let rows = conn.fetch(sql::SCOPE, vec![int_list(deep), int_list(flat)]).await?;
    rows.into_iter().map(|row| Ok((TagId(row.int(0)?), row.count(1)?))).collect()
}

/// A tag and its synonyms.
pub(super) async fn family(conn: &mut Conn, tag: i64) -> Result<BTreeSet<i64>> {
    let rows = conn.fetch(sql::SYNONYMS_OF, vals![int_list([tag])]).await?;
    rows.into_iter().map(|row| row.int(0)).chain([Ok(tag)]).collect()
}

pub(super) async fn own_sum(conn: &mut Conn, tags: &BTreeSet<i64>) -> Result<i64> {
    conn.number(sql::OWN_SUM, vals![int_list(tags.iter().copied())]).await
}

/// Counts at once what is quickly counted, and keeps the rest as tasks of the change.
pub(super) async fn put_tasks(conn: &mut Conn, change: i64, delta: &TagDelta) -> Result<()> {
    let synonyms = delta.removed.iter().chain(&delta.added);
    let synonyms = synonyms.filter(|edge| edge.kind == TagEdgeKind::Synonym);
    let counted: BTreeSet<i64> = synonyms.flat_map(|edge| [edge.child.0, edge.parent.0]).collect();
    let (mut now, mut rows) = (Vec::new(), Vec::new());
    for tag in counted {
        let family = family(conn, tag).await?;
        if own_sum(conn, &family).await? <= COUNT_NOW {
            now.push(tag);
        } else {
            let place = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            rows.push(vals![change, place, COUNT, tag, 0_i64, 0_i64, 0_i64, 0_i64]);
        }
    }
    recount(conn, now).await?;
    conn.insert(&inserts::TASKS, rows).await
}

/// Counts the works under these tags anew.
pub(super) async fn recount(conn: &mut Conn, tags: Vec<i64>) -> Result<()> {
    if !tags.is_empty() {
        conn.execute(sql::RECOUNT, vals![int_list(tags)]).await?;
    }
    Ok(())
}

/// Does the next task: counting a big tag is work enough for one transaction. `false` when none waits.
pub(super) async fn advance(conn: &mut Conn) -> Result<bool> {
    let Some(mut row) = conn.first(sql::NEXT_TASK, Vec::new()).await? else { return Ok(false) };
    let (change, place, tag) = (row.int(0)?, row.int(1)?, row.int(3)?);
    // Libraries of before have tasks of another kind, which nothing needs any more.
    if row.text(2)? == COUNT {
        recount(conn, vec![tag]).await?;
        super::change::tell_graph(conn).await?;
    }
    conn.execute(sql::TASK_DONE, vals![change, place]).await?;
    Ok(true)
}

pub(super) async fn to_count(conn: &mut Conn) -> Result<u64> {
    let waiting = conn.number(sql::TO_COUNT, vals![COUNT]).await?;
    Ok(u64::try_from(waiting).unwrap_or(0))
}

/// How many works would be found under other tags, and what counts would become.
pub(super) async fn counts_after(
    conn: &mut Conn,
    delta: &TagDelta,
    rows: &[fanfold_storage::TagRow],
) -> Result<Vec<(TagId, u64, Option<u64>)>> {
    let edges = delta.removed.iter().chain(&delta.added);
    let ends = edges.filter(|edge| edge.kind == TagEdgeKind::Synonym);
    let heads: BTreeSet<TagId> = ends.clone().map(|edge| edge.parent).collect();
    let excerpt = Excerpt::around(conn, heads.iter().copied()).await?;
    let mut counts = Vec::new();
    for head in heads {
        let mut family: BTreeSet<i64> =
            excerpt.down(head, TagEdgeKind::Synonym).map(|tag| tag.0).collect();
        for edge in delta.removed.iter().filter(|edge| edge.parent == head) {
            family.remove(&edge.child.0);
        }
        let added = delta.added.iter().filter(|edge| edge.kind == TagEdgeKind::Synonym);
        family.extend(added.filter(|edge| edge.parent == head).map(|edge| edge.child.0));
        let goes = delta.states.iter().any(|(tag, _, after)| *tag == head && !after.canonical);
        if !goes {
            family.insert(head.0);
        }
        let then = match own_sum(conn, &family).await? {
            0 => Some(0),
            sum if sum <= COUNT_NOW * 10 => {
                let under = conn.number(sql::UNDER, vals![int_list(family)]).await?;
                Some(u64::try_from(under).unwrap_or(0))
            }
            _ => None,
        };
        let now = rows.iter().find(|row| row.id == head).map_or(0, |row| row.works);
        counts.push((head, now, then));
    }
    Ok(counts)
}

/// Whether a task waits.
pub(super) async fn waits(conn: &mut Conn) -> Result<bool> {
    Ok(conn.first(sql::NEXT_TASK, Vec::new()).await?.is_some())
}
