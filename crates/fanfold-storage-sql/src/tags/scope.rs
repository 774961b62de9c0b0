//! What follows from a change: which works are found under other tags, and which counts are others. Little is done at
//! once, much waits as tasks that [`advance`] does in batches.

use super::excerpt::Excerpt;
use super::inserts;
use super::sql;
use crate::db::{Conn, int_list, vals};
use fanfold_model::{TagId, WorkId};
use fanfold_storage::{PendingTag, Result, TagDelta, TagEdgeKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Under a canonical tag with more works than these, the names of new synonyms reach the text search of its own works
/// only when these are indexed for another reason.
const NAMES_FOR: i64 = 5_000;
/// Counted at once up to so many links of works to tags.
const COUNT_NOW: i64 = 20_000;

/// The tags whose works are found under other tags than before, with how many works carry each.
pub(super) async fn of(conn: &mut Conn, delta: &TagDelta) -> Result<Vec<(TagId, u64)>> {
    let (mut deep, mut flat) = (BTreeSet::new(), BTreeSet::new());
    for edge in delta.removed.iter().chain(&delta.added) {
        match edge.kind {
            TagEdgeKind::Metatag => drop(deep.insert(edge.child.0)),
            TagEdgeKind::Synonym => {
                flat.insert(edge.child.0);
                let family = family(conn, edge.parent.0).await?;
                if own_sum(conn, &family).await? <= NAMES_FOR {
                    flat.extend(family);
                }
            }
            TagEdgeKind::Parent => {}
        }
    }
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
pub(super) async fn put_tasks(
    conn: &mut Conn,
    change: i64,
    delta: &TagDelta,
    scope: &[(TagId, u64)],
) -> Result<()> {
    let through = conn.number(sql::LAST_WORK, Vec::new()).await?;
    let mut rows: Vec<Vec<_>> = (0_i64..)
        .zip(scope)
        .map(|(place, (tag, works))| {
            vals![change, place, "works", tag.0, 0_i64, through, 0_i64, *works]
        })
        .collect();
    let synonyms = delta.removed.iter().chain(&delta.added);
    let synonyms = synonyms.filter(|edge| edge.kind == TagEdgeKind::Synonym);
    let counted: BTreeSet<i64> = synonyms.flat_map(|edge| [edge.child.0, edge.parent.0]).collect();
    let mut now = Vec::new();
    for tag in counted {
        let family = family(conn, tag).await?;
        if own_sum(conn, &family).await? <= COUNT_NOW {
            now.push(tag);
        } else {
            let place = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            rows.push(vals![change, place, "count", tag, 0_i64, through, 0_i64, 0_i64]);
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

/// Does the next tasks: at most so many works get new change-log entries.
pub(super) async fn advance(conn: &mut Conn, most: u32) -> Result<u64> {
    let (mut done, most) = (0_u64, u64::from(most));
    while done < most {
        let Some(mut row) = conn.first(sql::NEXT_TASK, Vec::new()).await? else { break };
        let (change, place, tag) = (row.int(0)?, row.int(1)?, row.int(3)?);
        if row.text(2)? == "count" {
            recount(conn, vec![tag]).await?;
            super::change::tell_graph(conn).await?;
            conn.execute(sql::TASK_DONE, vals![change, place]).await?;
            // Counting a big tag is work enough for one transaction.
            return Ok(done.max(1));
        }
        let wanted = most - done;
        let values = vals![tag, row.int(4)?, row.int(5)?, wanted];
        let carriers = conn.fetch(sql::CARRIERS, values).await?;
        let works = carriers.iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
        log(conn, &works).await?;
        let found = works.len() as u64;
        done += found;
        match works.last().filter(|_| found == wanted) {
            Some(last) => conn.execute(sql::TASK_AT, vals![*last, found, change, place]).await?,
            None => conn.execute(sql::TASK_DONE, vals![change, place]).await?,
        };
    }
    Ok(done)
}

/// Change-log lines for works whose tags mean something else now.
pub(super) async fn log(conn: &mut Conn, works: &[i64]) -> Result<()> {
    let before = conn.take_numbers("change", works.len()).await?;
    let rows = (before + 1..).zip(works).map(|(seq, work)| vals![seq, *work, "put"]);
    conn.insert(&inserts::CHANGES, rows.collect()).await
}

pub(super) async fn pending(conn: &mut Conn) -> Result<Vec<PendingTag>> {
    let rows = conn.fetch(sql::PENDING, Vec::new()).await?;
    let changes = rows.iter().map(|row| row.int(0)).collect::<Result<BTreeSet<i64>>>()?;
    let mut deltas = BTreeMap::new();
    for mut row in conn.fetch(sql::DELTAS, vals![int_list(changes)]).await? {
        let delta = super::delta::from_text(&row.text(1)?)?;
        deltas.insert(row.int(0)?, Arc::new(delta));
    }
    let pending = |row: crate::db::Row| {
        let change = row.int(0)?;
        Ok(PendingTag {
            change,
            tag: TagId(row.int(1)?),
            after: WorkId(row.int(2)?),
            through: WorkId(row.int(3)?),
            done: row.count(4)?,
            total: row.count(5)?,
            delta: deltas.get(&change).cloned().unwrap_or_default(),
        })
    };
    rows.into_iter().map(pending).collect()
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
