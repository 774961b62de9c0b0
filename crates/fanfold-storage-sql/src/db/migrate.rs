//! Bringing a library to the format this program knows; forward only, never a newer one.

use super::conn::failed;
use crate::dialect;
use fanfold_storage::{Result, StorageError};
use sqlx::{PgPool, Row, SqlitePool};

/// The newest format this program knows: the number of migrations.
pub(crate) const FORMAT: i64 = SQLITE.len() as i64;

const SQLITE: &[&str] = &[include_str!("../../migrations/sqlite/0001_first.sql")];
const POSTGRES: &[&str] = &[include_str!("../../migrations/postgres/0001_first.sql")];

const DOING: &str = "bringing the library to the current format";
const FORMAT_OF: &str = "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'format'";
const SET_FORMAT: &str = "UPDATE meta SET value = $1 WHERE key = 'format'";

/// Migrates a SQLite library. The write lock keeps two processes from doing it at once.
pub(crate) async fn sqlite(pool: &SqlitePool) -> Result<()> {
    let doing = |error: sqlx::Error| failed(DOING, error);
    let mut tx = pool.begin_with(dialect::BEGIN_WRITE_SQLITE).await.map_err(doing)?;
    let made = sqlx::query(dialect::HAS_META_SQLITE).fetch_one(&mut *tx).await.map_err(doing)?;
    let found = if made.try_get::<i64, _>(0).map_err(doing)? == 0 {
        0
    } else {
        let row = sqlx::query(FORMAT_OF).fetch_one(&mut *tx).await.map_err(doing)?;
        row.try_get::<i64, _>(0).map_err(doing)?
    };
    for migration in pending(SQLITE, found)? {
        sqlx::raw_sql(*migration).execute(&mut *tx).await.map_err(doing)?;
    }
    sqlx::query(SET_FORMAT).bind(FORMAT.to_string()).execute(&mut *tx).await.map_err(doing)?;
    tx.commit().await.map_err(doing)
}

/// Migrates a PostgreSQL library. An advisory lock keeps two nodes from doing it at once.
pub(crate) async fn postgres(pool: &PgPool) -> Result<()> {
    let doing = |error: sqlx::Error| failed(DOING, error);
    let mut tx = pool.begin().await.map_err(doing)?;
    sqlx::query(dialect::LOCK_MIGRATION_POSTGRES).execute(&mut *tx).await.map_err(doing)?;
    let made = sqlx::query(dialect::HAS_META_POSTGRES).fetch_one(&mut *tx).await.map_err(doing)?;
    let found = if made.try_get::<i64, _>(0).map_err(doing)? == 0 {
        0
    } else {
        let row = sqlx::query(FORMAT_OF).fetch_one(&mut *tx).await.map_err(doing)?;
        row.try_get::<i64, _>(0).map_err(doing)?
    };
    for migration in pending(POSTGRES, found)? {
        sqlx::raw_sql(*migration).execute(&mut *tx).await.map_err(doing)?;
    }
    sqlx::query(SET_FORMAT).bind(FORMAT.to_string()).execute(&mut *tx).await.map_err(doing)?;
    tx.commit().await.map_err(doing)
}

fn pending(all: &'static [&'static str], found: i64) -> Result<&'static [&'static str]> {
    let known = FORMAT;
    let done = usize::try_from(found).unwrap_or(0);
    all.get(done..).ok_or(StorageError::NewerFormat { found, known })
}
