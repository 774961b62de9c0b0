//! What tags mean, for those who keep it in memory: canonical forms, what stands under a tag, and what of it changed.

use super::delta::from_text;
use super::sql;
use crate::db::{Conn, int_list, vals};
use fanfold_model::TagId;
use fanfold_storage::{Result, TagEdgeKind};

/// Tags looked up in one statement.
const AT_ONCE: usize = 20_000;
/// More changes than this are not told one by one.
const MOST_CHANGES: i64 = 1_000;

pub(super) async fn version(conn: &mut Conn) -> Result<i64> {
    conn.number(sql::VERSION, Vec::new()).await
}

pub(super) async fn reformed(conn: &mut Conn, after: i64) -> Result<Option<Vec<TagId>>> {
    let news = version(conn).await? - after;
    if !(0..=MOST_CHANGES).contains(&news) {
        return Ok(None);
    }
    let mut changes = conn.fetch(sql::CHANGES_AFTER, vals![after]).await?;
    // What was loaded from outside has a number and no list of what it did.
    if i64::try_from(changes.len()).ok() != Some(news) {
        return Ok(None);
    }
    let mut tags = Vec::new();
    for row in &mut changes {
        if row.text(0)? == "load" {
            return Ok(None);
        }
        let delta = from_text(&row.text(1)?)?;
        let edges = delta.removed.iter().chain(&delta.added);
        let synonyms = edges.filter(|edge| edge.kind == TagEdgeKind::Synonym);
        tags.extend(synonyms.map(|edge| edge.child));
    }
    Ok(Some(tags))
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
