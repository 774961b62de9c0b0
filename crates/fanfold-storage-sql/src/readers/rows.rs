//! Rows of what readers keep.

use super::sql::{self, inserts};
use crate::db::{Conn, Row, vals};
use fanfold_model::{Mute, Muted, SavedFilter, TagId, WorkId, fold_name, fold_tag};
use fanfold_storage::{MutedIds, Result, StorageError};

pub(super) async fn filters(conn: &mut Conn, reader: String) -> Result<Vec<SavedFilter>> {
    let rows = conn.fetch(sql::FILTERS, vals![reader]).await?;
    let filter = |mut row: Row| {
        Ok(SavedFilter { name: row.text(0)?, query: row.text(1)?, usual: row.flag(2)? })
    };
    rows.into_iter().map(filter).collect()
}

pub(super) async fn save_filter(
    conn: &mut Conn,
    reader: String,
    filter: SavedFilter,
    at: String,
) -> Result<()> {
    if filter.usual {
        conn.execute(sql::NOT_USUAL, vals![&reader]).await?;
    }
    let folded = fold_name(&filter.name);
    let row = vals![reader, folded, filter.name, filter.query, filter.usual, at];
    conn.insert(&inserts::FILTERS, vec![row]).await
}

pub(super) async fn forget_filter(conn: &mut Conn, reader: String, folded: String) -> Result<bool> {
    Ok(conn.execute(sql::FORGET_FILTER, vals![reader, folded]).await? > 0)
}

pub(super) async fn mutes(conn: &mut Conn, reader: String) -> Result<Vec<Mute>> {
    let rows = conn.fetch(sql::MUTES, vals![reader]).await?;
    rows.into_iter().map(one_mute).collect()
}

fn one_mute(mut row: Row) -> Result<Mute> {
    let sort = row.text(0)?;
    let what = row.parsed(1, |key| Muted::from_key(&sort, key))?;
    let until = row.int_or_null(3)?.map(|day| i32::try_from(day).map_err(|_| wrong_day(day)));
    Ok(Mute { what, name: row.text(2)?, until: until.transpose()? })
}

fn wrong_day(day: i64) -> StorageError {
    let (what, reason) = ("the last day of a mute".to_owned(), format!("{day} is no day"));
    StorageError::Damaged { what, reason }
}

pub(super) async fn mute(conn: &mut Conn, reader: String, mute: Mute, at: String) -> Result<()> {
    let (sort, key) = mute.what.key();
    let (kind, folded, number) = match &mute.what {
        Muted::Tag { kind, name } => (Some(kind.as_str()), Some(fold_tag(*kind, name)), None),
        Muted::Creator(id) => (None, None, Some(id.0)),
        Muted::Work(id) => (None, None, Some(id.0)),
    };
    let until = mute.until.map(i64::from);
    let row = vals![reader, sort, key, kind, folded, number, mute.name, until, at];
    conn.insert(&inserts::MUTES, vec![row]).await
}

pub(super) async fn unmute(
    conn: &mut Conn,
    reader: String,
    (sort, key): (&'static str, String),
) -> Result<bool> {
    Ok(conn.execute(sql::UNMUTE, vals![reader, sort, key]).await? > 0)
}

pub(super) async fn muted_ids(conn: &mut Conn, reader: String, today: i32) -> Result<MutedIds> {
    let day = i64::from(today);
    let tags = conn.fetch(sql::MUTED_TAGS, vals![&reader, day]).await?;
    let works = conn.fetch(sql::MUTED_WORKS, vals![&reader, day]).await?;
    Ok(MutedIds {
        tags: tags.iter().map(|row| Ok(TagId(row.int(0)?))).collect::<Result<_>>()?,
        works: works.iter().map(|row| Ok(WorkId(row.int(0)?))).collect::<Result<_>>()?,
    })
}
