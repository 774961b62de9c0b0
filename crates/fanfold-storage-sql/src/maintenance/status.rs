//! What a library holds, in numbers.

use super::sql;
use crate::db::Conn;
use fanfold_model::TagKind;
use fanfold_storage::{LibraryStatus, Result};

pub(super) async fn status(conn: &mut Conn, engine: &str) -> Result<LibraryStatus> {
    let mut status = LibraryStatus {
        database: engine.to_owned(),
        removed: count(conn, sql::REMOVED).await?,
        creators: count(conn, sql::CREATORS).await?,
        series: count(conn, sql::SERIES).await?,
        sources: count(conn, sql::SOURCES).await?,
        items: count(conn, sql::ITEMS).await?,
        imports: count(conn, sql::IMPORTS).await?,
        last_seq: conn.number(sql::LAST_SEQ, Vec::new()).await?,
        ..LibraryStatus::default()
    };
    if let Some(row) = conn.first(sql::WORKS, Vec::new()).await? {
        status.works = row.count(0)?;
        status.held = row.count(1)?;
        status.chapters = row.count(2)?;
        status.words = row.count(3)?;
        status.needs_person = row.count(4)?;
    }
    for mut row in conn.fetch(sql::TAGS, Vec::new()).await? {
        let kind = row.parsed(0, TagKind::from_name)?;
        status.tags.push((kind, row.count(1)?));
    }
    status.tags.sort_by_key(|(kind, _)| *kind);
    Ok(status)
}

async fn count(conn: &mut Conn, sql: &'static str) -> Result<u64> {
    Ok(u64::try_from(conn.number(sql, Vec::new()).await?).unwrap_or(0))
}
