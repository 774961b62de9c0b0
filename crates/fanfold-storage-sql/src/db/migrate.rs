//! Bringing a library to the format this program knows; forward only, never a newer one.

use super::conn::failed;
use crate::dialect;
use fanfold_storage::{Result, StorageError};
use sqlx::{PgConnection, PgPool, Row, SqliteConnection, SqlitePool};

/// The newest format this program knows: the number of migrations.
pub(crate) const FORMAT: i64 = SQLITE.len() as i64;

const SQLITE: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0002_begun.sql"),
    include_str!("../../migrations/sqlite/0003_alike.sql"),
    include_str!("../../migrations/sqlite/0004_review.sql"),
    include_str!("../../migrations/sqlite/0005_guesses.sql"),
    include_str!("../../migrations/sqlite/0006_chains.sql"),
    include_str!("../../migrations/sqlite/0007_readers.sql"),
    include_str!("../../migrations/sqlite/0008_tag_graph.sql"),
    include_str!("../../migrations/sqlite/0009_pairs.sql"),
    include_str!("../../migrations/sqlite/0010_shingles.sql"),
];
const POSTGRES: &[&str] = &[
    include_str!("../../migrations/postgres/0001_first.sql"),
    include_str!("../../migrations/postgres/0002_begun.sql"),
    include_str!("../../migrations/postgres/0003_alike.sql"),
    include_str!("../../migrations/postgres/0004_review.sql"),
    include_str!("../../migrations/postgres/0005_guesses.sql"),
    include_str!("../../migrations/postgres/0006_chains.sql"),
    include_str!("../../migrations/postgres/0007_readers.sql"),
    include_str!("../../migrations/postgres/0008_tag_graph.sql"),
    include_str!("../../migrations/postgres/0009_pairs.sql"),
    include_str!("../../migrations/postgres/0010_shingles.sql"),
];

const DOING: &str = "bringing the library to the current format";
const SET_FORMAT: &str = "UPDATE meta SET value = $1 WHERE key = 'format'";

/// Migrates a SQLite library. The write lock keeps two processes from doing it at once; a library
/// of the current format is opened without waiting for anybody's write.
pub(crate) async fn sqlite(pool: &SqlitePool) -> Result<()> {
    let doing = |error: sqlx::Error| failed(DOING, error);
    if sqlite_format(&mut *pool.acquire().await.map_err(doing)?).await? == FORMAT {
        return Ok(());
    }
    let mut tx = pool.begin_with(dialect::BEGIN_WRITE_SQLITE).await.map_err(doing)?;
    let found = sqlite_format(&mut tx).await?;
    for migration in pending(SQLITE, found)? {
        sqlx::raw_sql(*migration).execute(&mut *tx).await.map_err(doing)?;
    }
    sqlx::query(SET_FORMAT).bind(FORMAT.to_string()).execute(&mut *tx).await.map_err(doing)?;
    tx.commit().await.map_err(doing)
}

async fn sqlite_format(conn: &mut SqliteConnection) -> Result<i64> {
    let doing = |error: sqlx::Error| failed(DOING, error);
    let number = |row: sqlx::sqlite::SqliteRow| row.try_get::<i64, _>(0).map_err(doing);
    let made = sqlx::query(dialect::HAS_META_SQLITE).fetch_one(&mut *conn).await;
    if number(made.map_err(doing)?)? == 0 {
        return Ok(0);
    }
    number(sqlx::query(dialect::FORMAT).fetch_one(conn).await.map_err(doing)?)
}

/// Migrates a PostgreSQL library. An advisory lock keeps two nodes from doing it at once.
pub(crate) async fn postgres(pool: &PgPool) -> Result<()> {
    let doing = |error: sqlx::Error| failed(DOING, error);
    let mut tx = pool.begin().await.map_err(doing)?;
    sqlx::query(dialect::LOCK_MIGRATION_POSTGRES).execute(&mut *tx).await.map_err(doing)?;
    let found = postgres_format(&mut tx).await?;
    if found == FORMAT {
        return Ok(());
    }
    for migration in pending(POSTGRES, found)? {
        sqlx::raw_sql(*migration).execute(&mut *tx).await.map_err(doing)?;
    }
    sqlx::query(SET_FORMAT).bind(FORMAT.to_string()).execute(&mut *tx).await.map_err(doing)?;
    tx.commit().await.map_err(doing)
}

async fn postgres_format(conn: &mut PgConnection) -> Result<i64> {
    let doing = |error: sqlx::Error| failed(DOING, error);
    let number = |row: sqlx::postgres::PgRow| row.try_get::<i64, _>(0).map_err(doing);
    let made = sqlx::query(dialect::HAS_META_POSTGRES).fetch_one(&mut *conn).await;
    if number(made.map_err(doing)?)? == 0 {
        return Ok(0);
    }
    number(sqlx::query(dialect::FORMAT).fetch_one(conn).await.map_err(doing)?)
}

/// Brings a copy of a SQLite library to the current format, so that its tables fit ours.
pub(crate) fn bring_up(copy: &rusqlite::Connection, found: i64) -> Result<()> {
    let doing = |error: rusqlite::Error| failed(DOING, error);
    for migration in pending(SQLITE, found)? {
        copy.execute_batch(migration).map_err(doing)?;
    }
    copy.execute(SET_FORMAT, [FORMAT.to_string()]).map_err(doing).map(drop)
}

fn pending(all: &'static [&'static str], found: i64) -> Result<&'static [&'static str]> {
    let known = FORMAT;
    let done = usize::try_from(found).unwrap_or(0);
    all.get(done..).ok_or(StorageError::NewerFormat { found, known })
}
