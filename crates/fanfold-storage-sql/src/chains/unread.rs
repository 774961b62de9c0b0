//! Reading the links of a library that was written before links had rows, once.

use super::{settle, sql, write};
use crate::db::{Conn, Db, vals};
use crate::forms::unpack_work;
use fanfold_model::Work;
use fanfold_storage::Result;

/// Reads the links of all works that were not read for them yet, some hundreds in a transaction: what was interrupted
/// goes on at the next opening.
pub(crate) async fn read_links(db: &Db) -> Result<()> {
    const DOING: &str = "reading the links of older works";
    let waits =
        db.read(DOING, |conn| Box::pin(async { conn.first(sql::UNREAD, Vec::new()).await }));
    if waits.await?.is_none() {
        return Ok(());
    }
    while db.write(DOING, |conn| Box::pin(some(conn))).await? {}
    Ok(())
}

/// Reads the next works; `false` when there was none left.
async fn some(conn: &mut Conn) -> Result<bool> {
    let Some(row) = conn.first(sql::UNREAD, Vec::new()).await? else {
        return Ok(false);
    };
    let mut works: Vec<(i64, Work)> = Vec::new();
    for mut row in conn.fetch(sql::UNREAD_WORKS, vals![row.int(0)?]).await? {
        works.push((row.int(0)?, unpack_work(&row.bytes(1)?)?));
    }
    let Some((last, _)) = works.last() else {
        conn.execute(sql::ALL_READ, Vec::new()).await?;
        return Ok(false);
    };
    conn.execute(sql::READ_TO, vals![last.to_string()]).await?;
    let ids: Vec<i64> = works.iter().map(|(id, _)| *id).collect();
    let rows: Vec<(i64, &Work)> = works.iter().map(|(id, work)| (*id, work)).collect();
    write(conn, &rows, &ids).await?;
    settle(conn, ids.into_iter().collect()).await?;
    Ok(true)
}
