//! Sketches: kept with each shown text, handed out in pages.

use super::sql::{self, inserts};
use crate::db::{Conn, Row, int_list, vals};
use fanfold_model::WorkId;
use fanfold_storage::{NewSketch, Result, StoredSketch};

/// Keeps the sketches of these works' shown texts; they are unscreened from now on.
pub(crate) async fn keep(conn: &mut Conn, sketches: Vec<(i64, NewSketch)>) -> Result<()> {
    let row = |(work, sketch): (i64, NewSketch)| {
        vals![work, sketch.rules, sketch.words, packed(&sketch.shingles), false]
    };
    conn.insert(&inserts::SKETCHES, sketches.into_iter().map(row).collect()).await
}

/// Forgets the sketches of works whose shown text is another now; they are made anew by whoever screens next. The rows
/// stay, empty, so that what is missing is found without going through all works.
pub(crate) async fn forget(conn: &mut Conn, works: &[i64]) -> Result<()> {
    if works.is_empty() {
        return Ok(());
    }
    let values = vals![Vec::<u8>::new(), int_list(works.iter().copied())];
    conn.execute(sql::FORGET, values).await.map(drop)
}

pub(super) async fn missing(conn: &mut Conn, rules: String, limit: u32) -> Result<Vec<WorkId>> {
    let rows = conn.fetch(sql::MISSING, vals![rules, limit]).await?;
    rows.into_iter().map(|row| Ok(WorkId(row.int(0)?))).collect()
}

pub(super) async fn unscreened(
    conn: &mut Conn,
    after: WorkId,
    limit: u32,
) -> Result<Vec<StoredSketch>> {
    read(conn.fetch(sql::UNSCREENED, vals![after.0, limit]).await?)
}

pub(super) async fn after(conn: &mut Conn, after: WorkId, limit: u32) -> Result<Vec<StoredSketch>> {
    read(conn.fetch(sql::AFTER, vals![after.0, limit]).await?)
}

pub(super) async fn of(conn: &mut Conn, works: Vec<i64>) -> Result<Vec<StoredSketch>> {
    read(conn.fetch(sql::OF, vals![int_list(works)]).await?)
}

fn read(rows: Vec<Row>) -> Result<Vec<StoredSketch>> {
    let sketch = |mut row: Row| {
        let shingles = unpacked(&row.bytes(2)?);
        Ok(StoredSketch { work: WorkId(row.int(0)?), words: row.count(1)?, shingles })
    };
    rows.into_iter().map(sketch).collect()
}

fn packed(shingles: &[u32]) -> Vec<u8> {
    shingles.iter().flat_map(|shingle| shingle.to_le_bytes()).collect()
}

pub(super) fn unpacked(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
}
