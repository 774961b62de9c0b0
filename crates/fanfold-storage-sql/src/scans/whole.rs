//! Whole works with all their chapters.

use super::sql;
use crate::db::{Conn, int_list, vals};
use crate::forms::unpack_work;
use crate::statements::viewer as seen_by;
use crate::works::chapter_of;
use fanfold_model::{Viewer, Work, WorkId};
use fanfold_storage::Result;
use std::collections::BTreeMap;

pub(super) async fn ids_after(
    conn: &mut Conn,
    after: WorkId,
    viewer: Viewer,
    limit: u32,
) -> Result<Vec<WorkId>> {
    let values = vec![seen_by(viewer), after.0.into(), limit.into()];
    let rows = conn.fetch(sql::IDS_AFTER, values).await?;
    rows.into_iter().map(|row| Ok(WorkId(row.int(0)?))).collect()
}

/// How long these works are.
pub(super) async fn words_of(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<(WorkId, u64)>> {
    let rows = conn.fetch(sql::WORDS_OF, vals![int_list(ids)]).await?;
    rows.into_iter().map(|row| Ok((WorkId(row.int(0)?), row.count(1)?))).collect()
}

/// Those of these works that are parts whose work could not be assembled.
pub(super) async fn lone_parts(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<WorkId>> {
    let rows = conn.fetch(sql::LONE_PARTS, vals![int_list(ids)]).await?;
    rows.into_iter().map(|row| Ok(WorkId(row.int(0)?))).collect()
}

/// Works with all chapters and the time of their import, in the order of the ids.
pub(super) async fn works(
    conn: &mut Conn,
    ids: &[i64],
    viewer: Viewer,
) -> Result<Vec<(Work, String)>> {
    let list = || int_list(ids.iter().copied());
    let mut found = BTreeMap::new();
    for mut row in conn.fetch(sql::WHOLE, vec![seen_by(viewer), list()]).await? {
        found.insert(row.int(0)?, (unpack_work(&row.bytes(1)?)?, row.text(2)?));
    }
    let seen = int_list(found.keys().copied());
    for mut row in conn.fetch(sql::WHOLE_CHAPTERS, vals![seen]).await? {
        let id = row.int(0)?;
        if let Some((work, _)) = found.get_mut(&id) {
            work.chapters.push(chapter_of(&mut row, 1, true, id)?);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}
