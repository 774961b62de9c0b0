//! Filling an empty database from a copy.

use super::copy::{SQLITE_COPY, TABLES, table_file};
use crate::db::{Db, FORMAT, bring_up, failed};
use crate::dialect;
use fanfold_storage::{Result, StorageError};
use rusqlite::Connection;
use sqlx::Row;
use std::path::Path;
use std::time::Duration;

const DOING: &str = "loading a copy of the database";

pub(super) async fn from(db: &Db, folder: &Path) -> Result<()> {
    match db {
        Db::Sqlite { path, .. } => {
            let copy = folder.join(SQLITE_COPY);
            if !copy.is_file() {
                return Err(no_copy(folder, SQLITE_COPY));
            }
            let into = path.clone();
            tokio::task::spawn_blocking(move || sqlite(&copy, &into))
                .await
                .map_err(|error| failed(DOING, error))?
        }
        Db::Postgres(pool) => postgres(pool, folder).await,
    }
}

fn no_copy(folder: &Path, file: &str) -> StorageError {
    StorageError::Refused(format!(
        "{} holds no copy of a database of this kind: {file} is missing",
        folder.display()
    ))
}

/// A table that is missing because the copy is older than it, or because the copy is not whole.
fn missing_table(folder: &Path, table: &str) -> StorageError {
    let meta = std::fs::read_to_string(table_file(folder, "meta")).unwrap_or_default();
    let format = meta.lines().find_map(|line| line.strip_prefix("format\t"));
    match format.and_then(|format| format.parse::<i64>().ok()) {
        Some(found) if found < FORMAT => older_copy(found),
        _ => no_copy(folder, &format!("{table}.copy")),
    }
}

fn older_copy(found: i64) -> StorageError {
    StorageError::Refused(format!(
        "the backup has format {found} and this program writes {FORMAT}: restore it with the \
         version of fanfold that made it, then open the library with this one"
    ))
}

fn not_empty() -> StorageError {
    StorageError::Refused(
        "the library is not empty; restore into a new one and compare the two".to_owned(),
    )
}

fn sqlite(copy: &Path, into: &Path) -> Result<()> {
    let lite = |error: rusqlite::Error| failed(DOING, error);
    let mut conn = Connection::open(into).map_err(lite)?;
    conn.busy_timeout(Duration::from_secs(30)).map_err(lite)?;
    // An older copy is brought to our format beside the library, never where it lies.
    let beside = into.with_extension("restoring");
    let older = copy_format(copy)? < FORMAT;
    if older {
        std::fs::copy(copy, &beside).map_err(|error| failed(DOING, error))?;
        let brought = Connection::open(&beside).map_err(lite)?;
        bring_up(&brought, copy_format(copy)?)?;
        brought.close().map_err(|(_, error)| lite(error))?;
    }
    let done = attach(&mut conn, if older { &beside } else { copy });
    if older {
        std::fs::remove_file(&beside).map_err(|error| failed(DOING, error))?;
    }
    done
}

fn copy_format(copy: &Path) -> Result<i64> {
    let lite = |error: rusqlite::Error| failed(DOING, error);
    let conn = Connection::open(copy).map_err(lite)?;
    conn.query_row(dialect::FORMAT, [], |row| row.get(0)).map_err(lite)
}

fn attach(conn: &mut Connection, copy: &Path) -> Result<()> {
    let lite = |error: rusqlite::Error| failed(DOING, error);
    let name = copy.to_str().ok_or_else(|| failed(DOING, "the folder's name is no UTF-8"))?;
    conn.execute(dialect::ATTACH_SQLITE, [name]).map_err(lite)?;
    let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(lite);
    let found = number(dialect::COPY_FORMAT_SQLITE)?;
    if found > FORMAT {
        return Err(StorageError::NewerFormat { found, known: FORMAT });
    }
    if number(dialect::IN_USE)? > 0 {
        return Err(not_empty());
    }
    let behavior = rusqlite::TransactionBehavior::Immediate;
    let tx = conn.transaction_with_behavior(behavior).map_err(lite)?;
    tx.execute_batch(dialect::DEFER_KEYS_SQLITE).map_err(lite)?;
    for table in TABLES {
        tx.execute_batch(&dialect::take_over(table)).map_err(lite)?;
    }
    tx.commit().map_err(lite)
}

async fn postgres(pool: &sqlx::PgPool, folder: &Path) -> Result<()> {
    let database = |error: sqlx::Error| failed(DOING, error);
    let missing = TABLES.iter().find(|table| !table_file(folder, table).is_file());
    if let Some(table) = missing {
        return Err(missing_table(folder, table));
    }
    let mut tx = pool.begin().await.map_err(database)?;
    let used = sqlx::query(dialect::IN_USE).fetch_one(&mut *tx).await.map_err(database)?;
    if used.try_get::<i64, _>(0).map_err(database)? > 0 {
        return Err(not_empty());
    }
    for table in ["meta", "counters", "actors"] {
        let statement = sqlx::AssertSqlSafe(dialect::clear(table));
        sqlx::query(statement).execute(&mut *tx).await.map_err(database)?;
    }
    for table in TABLES {
        let file = tokio::fs::File::open(table_file(folder, table)).await;
        let file = file.map_err(|error| failed(DOING, error))?;
        let mut rows = tx.copy_in_raw(&dialect::copy_in(table)).await.map_err(database)?;
        rows.read_from(file).await.map_err(database)?;
        rows.finish().await.map_err(database)?;
    }
    let format = sqlx::query(dialect::FORMAT).fetch_one(&mut *tx).await.map_err(database)?;
    let found = format.try_get::<i64, _>(0).map_err(database)?;
    if found > FORMAT {
        return Err(StorageError::NewerFormat { found, known: FORMAT });
    }
    if found < FORMAT {
        return Err(older_copy(found));
    }
    tx.commit().await.map_err(database)
}
