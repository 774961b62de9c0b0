//! Creators' pages. A creator of whose works the viewer may see none is not there.

use super::sql;
use super::tags::tag_ref;
use crate::db::{Conn, Row};
use crate::statements::viewer as seen_by;
use fanfold_model::{CreatorId, Viewer};
use fanfold_storage::{CreatorPage, Result};

pub(super) async fn creator(
    conn: &mut Conn,
    id: CreatorId,
    viewer: Viewer,
) -> Result<Option<CreatorPage>> {
    let rows = conn.fetch(sql::CREATOR, vec![seen_by(viewer), id.0.into()]).await?;
    Ok(pages(conn, rows, viewer).await?.into_iter().next())
}

pub(super) async fn named(
    conn: &mut Conn,
    folded: String,
    viewer: Viewer,
) -> Result<Vec<CreatorPage>> {
    let rows = conn.fetch(sql::CREATORS_NAMED, vec![seen_by(viewer), folded.into()]).await?;
    pages(conn, rows, viewer).await
}

pub(super) async fn names(
    conn: &mut Conn,
    viewer: Viewer,
    after: CreatorId,
    limit: u32,
) -> Result<Vec<(CreatorId, String)>> {
    let values = vec![seen_by(viewer), after.0.into(), limit.into()];
    let rows = conn.fetch(sql::CREATOR_NAMES, values).await?;
    rows.into_iter().map(|mut row| Ok((CreatorId(row.int(0)?), row.text(1)?))).collect()
}

async fn pages(conn: &mut Conn, rows: Vec<Row>, viewer: Viewer) -> Result<Vec<CreatorPage>> {
    let mut pages = Vec::with_capacity(rows.len());
    for mut row in rows {
        let id = row.int(0)?;
        let fandoms = conn.fetch(sql::CREATOR_FANDOMS, vec![seen_by(viewer), id.into()]).await?;
        pages.push(CreatorPage {
            id: CreatorId(id),
            name: row.text(1)?,
            site: Some(row.text(2)?).filter(|site| !site.is_empty()),
            works: row.count(3)?,
            fandoms: fandoms.into_iter().map(tag_ref).collect::<Result<_>>()?,
        });
    }
    Ok(pages)
}
