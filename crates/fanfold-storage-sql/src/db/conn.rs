//! One connection inside one transaction, on any arm. Everything above speaks only this.
//!
//! The arms: sqlx on SQLite writes; rusqlite on SQLite reads (its calls do not hop to another
//! thread, which makes a page of twelve statements three times faster and scans twenty times);
//! sqlx on PostgreSQL does both.

use super::value::{Cell, Row, Val};
use fanfold_storage::{Result, StorageError};
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, Column, Postgres, Row as _, Sqlite, Transaction, TypeInfo, ValueRef};

pub(crate) enum Arm {
    /// A read on SQLite, in a snapshot.
    Lite(rusqlite::Connection),
    /// A write on SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// A read or a write on PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// A connection in a transaction, and what it is doing (for errors).
pub(crate) struct Conn {
    pub(crate) arm: Arm,
    pub(crate) doing: &'static str,
}

impl Conn {
    /// All rows of a statement.
    pub(crate) async fn fetch(&mut self, sql: &'static str, values: Vec<Val>) -> Result<Vec<Row>> {
        self.fetch_made(sql, values).await
    }

    /// The first row of a statement.
    pub(crate) async fn first(
        &mut self,
        sql: &'static str,
        values: Vec<Val>,
    ) -> Result<Option<Row>> {
        Ok(self.fetch_made(sql, values).await?.into_iter().next())
    }

    /// The one number that a statement gives; 0 where it gives none.
    pub(crate) async fn number(&mut self, sql: &'static str, values: Vec<Val>) -> Result<i64> {
        let row = self.first(sql, values).await?;
        row.map_or(Ok(0), |row| Ok(row.int_or_null(0)?.unwrap_or(0)))
    }

    /// Runs a statement and gives the number of rows it changed.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: Vec<Val>) -> Result<u64> {
        self.execute_made(sql, values).await
    }

    /// Takes `count` numbers of a counter; gives the last one before them.
    pub(crate) async fn take_numbers(&mut self, counter: &str, count: usize) -> Result<i64> {
        const TAKE: &str = "UPDATE counters SET value = value + $1 WHERE name = $2 RETURNING value";
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let last = self.number(TAKE, vec![count.into(), counter.into()]).await?;
        Ok(last - count)
    }

    pub(super) async fn fetch_made(&mut self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>> {
        let doing = self.doing;
        match &mut self.arm {
            Arm::Lite(conn) => lite_rows(conn, sql, values).map_err(|error| failed(doing, error)),
            Arm::Sqlite(tx) => {
                let query = bind_sqlite(sql, values);
                let rows = query.fetch(&mut **tx).map_ok(|row| sqlite_row(&row));
                let rows: Vec<_> = rows.try_collect().await.map_err(|e| failed(doing, e))?;
                rows.into_iter().collect::<std::result::Result<_, _>>()
            }
            .map_err(|e: sqlx::Error| failed(doing, e)),
            Arm::Postgres(tx) => {
                let query = bind_postgres(sql, values);
                let rows = query.fetch(&mut **tx).map_ok(|row| postgres_row(&row));
                let rows: Vec<_> = rows.try_collect().await.map_err(|e| failed(doing, e))?;
                rows.into_iter().collect::<std::result::Result<_, _>>()
            }
            .map_err(|e: sqlx::Error| failed(doing, e)),
        }
    }

    pub(super) async fn execute_made(&mut self, sql: &str, values: Vec<Val>) -> Result<u64> {
        let doing = self.doing;
        match &mut self.arm {
            Arm::Lite(conn) => conn
                .prepare_cached(sql)
                .and_then(|mut statement| statement.execute(lite_values(values)))
                .map(|changed| changed as u64)
                .map_err(|error| failed(doing, error)),
            Arm::Sqlite(tx) => bind_sqlite(sql, values)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected())
                .map_err(|error| failed(doing, error)),
            Arm::Postgres(tx) => bind_postgres(sql, values)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected())
                .map_err(|error| failed(doing, error)),
        }
    }
}

/// A driver's error with what was being done.
pub(crate) fn failed(
    doing: &'static str,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> StorageError {
    StorageError::Database { doing, source: error.into() }
}

type SqliteQuery<'a> = sqlx::query::Query<'a, Sqlite, sqlx::sqlite::SqliteArguments>;
type PostgresQuery<'a> = sqlx::query::Query<'a, Postgres, sqlx::postgres::PgArguments>;

// Every text that comes here is put together from literals of this crate; values are always bound.
fn bind_sqlite(sql: &str, values: Vec<Val>) -> SqliteQuery<'_> {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        query = match value {
            Val::Int(number) => query.bind(number),
            Val::Text(text) => query.bind(text),
            Val::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}

fn bind_postgres(sql: &str, values: Vec<Val>) -> PostgresQuery<'_> {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        query = match value {
            Val::Int(number) => query.bind(number),
            Val::Text(text) => query.bind(text),
            Val::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}

fn sqlite_row(row: &sqlx::sqlite::SqliteRow) -> std::result::Result<Row, sqlx::Error> {
    let cell = |column: &sqlx::sqlite::SqliteColumn| {
        let place = column.ordinal();
        let raw = row.try_get_raw(place)?;
        if raw.is_null() {
            return Ok(Cell::Null);
        }
        match raw.type_info().name() {
            "TEXT" => row.try_get_unchecked(place).map(Cell::Text),
            "BLOB" => row.try_get_unchecked(place).map(Cell::Bytes),
            _ => row.try_get_unchecked(place).map(Cell::Int),
        }
    };
    Ok(Row(row.columns().iter().map(cell).collect::<std::result::Result<_, sqlx::Error>>()?))
}

fn postgres_row(row: &sqlx::postgres::PgRow) -> std::result::Result<Row, sqlx::Error> {
    let cell = |column: &sqlx::postgres::PgColumn| {
        let place = column.ordinal();
        if row.try_get_raw(place)?.is_null() {
            return Ok(Cell::Null);
        }
        match column.type_info().name() {
            "INT8" => row.try_get(place).map(Cell::Int),
            "INT4" => row.try_get::<i32, _>(place).map(|number| Cell::Int(number.into())),
            "BYTEA" => row.try_get(place).map(Cell::Bytes),
            _ => row.try_get(place).map(Cell::Text),
        }
    };
    Ok(Row(row.columns().iter().map(cell).collect::<std::result::Result<_, sqlx::Error>>()?))
}

fn lite_values(values: Vec<Val>) -> impl rusqlite::Params {
    use rusqlite::types::Value;
    rusqlite::params_from_iter(values.into_iter().map(|value| match value {
        Val::Int(Some(number)) => Value::Integer(number),
        Val::Text(Some(text)) => Value::Text(text),
        Val::Bytes(bytes) => Value::Blob(bytes),
        Val::Int(None) | Val::Text(None) => Value::Null,
    }))
}

fn lite_rows(
    conn: &rusqlite::Connection,
    sql: &str,
    values: Vec<Val>,
) -> std::result::Result<Vec<Row>, rusqlite::Error> {
    let mut statement = conn.prepare_cached(sql)?;
    let width = statement.column_count();
    let mut rows = statement.query(lite_values(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let cells = (0..width).map(|place| row.get_ref(place).and_then(lite_cell));
        found.push(Row(cells.collect::<std::result::Result<_, _>>()?));
    }
    Ok(found)
}

fn lite_cell(value: rusqlite::types::ValueRef<'_>) -> std::result::Result<Cell, rusqlite::Error> {
    use rusqlite::types::ValueRef;
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Text(number.to_string()),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
    })
}
