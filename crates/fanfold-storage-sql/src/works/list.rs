//! Lists that need no index: keyset paging by id, newest first.

use super::{cards, sql};
use crate::db::{Conn, Row, Val, vals};
use crate::statements::viewer as seen_by;
use fanfold_model::{CreatorId, Viewer, WorkId};
use fanfold_storage::{ListFilter, ListPage, Result};
use std::collections::BTreeSet;

pub(super) async fn list(
    conn: &mut Conn,
    filter: ListFilter,
    viewer: Viewer,
    after: Option<WorkId>,
    limit: u32,
) -> Result<ListPage> {
    let after = after.map_or(i64::MAX, |id| id.0);
    let asked = limit.saturating_add(1);
    let mut ids = ids(conn, &filter, viewer, after, asked).await?;
    let more = ids.len() > limit as usize;
    ids.truncate(limit as usize);
    let next = ids.last().filter(|_| more).map(|id| WorkId(*id));
    let cards = match filter {
        ListFilter::Removed => cards::removed(conn, ids).await?,
        _ => cards::cards(conn, ids, viewer).await?,
    };
    Ok(ListPage { cards, next })
}

pub(super) async fn of_creator(
    conn: &mut Conn,
    id: CreatorId,
    viewer: Viewer,
) -> Result<Vec<WorkId>> {
    let ids = numbers(conn, sql::WORKS_OF_CREATOR, vec![seen_by(viewer), id.0.into()]).await?;
    Ok(ids.into_iter().map(WorkId).collect())
}

async fn ids(
    conn: &mut Conn,
    filter: &ListFilter,
    viewer: Viewer,
    after: i64,
    limit: u32,
) -> Result<Vec<i64>> {
    let plain = || vec![seen_by(viewer), after.into(), limit.into()];
    let of = |id: i64| vec![seen_by(viewer), after.into(), id.into(), limit.into()];
    match filter {
        ListFilter::All => numbers(conn, sql::LIST_ALL, plain()).await,
        ListFilter::Held => numbers(conn, sql::LIST_HELD, plain()).await,
        ListFilter::NeedsPerson => numbers(conn, sql::LIST_NEEDS_PERSON, plain()).await,
        ListFilter::Import(id) => numbers(conn, sql::LIST_IMPORT, of(id.0)).await,
        ListFilter::Tag(id) => under_tag(conn, id.0, viewer, after, limit).await,
        ListFilter::Removed if viewer == Viewer::Owner => {
            numbers(conn, sql::LIST_REMOVED, vals![after, limit]).await
        }
        ListFilter::Removed => Ok(Vec::new()),
    }
}

/// Under a tag or a synonym of it. Each tag's newest works come from its own posting list; only
/// these are merged, so that a page costs the same under a tag of ten works and of a million.
async fn under_tag(
    conn: &mut Conn,
    tag: i64,
    viewer: Viewer,
    after: i64,
    limit: u32,
) -> Result<Vec<i64>> {
    let mut tags = numbers(conn, sql::SAME_TAG, vals![tag]).await?;
    tags.push(tag);
    let mut newest = BTreeSet::new();
    for tag in tags {
        let values = vec![seen_by(viewer), after.into(), tag.into(), limit.into()];
        newest.extend(numbers(conn, sql::LIST_TAG, values).await?);
    }
    Ok(newest.into_iter().rev().take(limit as usize).collect())
}

async fn numbers(conn: &mut Conn, sql: &'static str, values: Vec<Val>) -> Result<Vec<i64>> {
    let rows = conn.fetch(sql, values).await?;
    rows.into_iter().map(|row: Row| row.int(0)).collect()
}
