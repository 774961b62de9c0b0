//! Both engines behind one type: a library is a [`Db`], a unit of work is a [`Conn`].
//!
//! Every read runs in one snapshot, every write in one transaction that first takes the lock of the
//! change counter. So writers stand in a row on both engines, and no statement between has to fear
//! a race.

mod conn;
mod lite;
mod migrate;
mod rows;
mod value;

pub(crate) use conn::{Arm, Conn, failed};
pub(crate) use migrate::{FORMAT, bring_up};
pub(crate) use rows::Insert;
#[cfg(test)]
pub(crate) use value::Cell;
pub(crate) use value::{Row, Val, int_list, text_list, vals};

use crate::dialect;
use fanfold_storage::Result;
use futures::future::BoxFuture;
use lite::LiteReaders;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a writer waits for another process's transaction.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Clone)]
pub(crate) enum Db {
    Sqlite { path: PathBuf, writer: SqlitePool, readers: Arc<LiteReaders> },
    Postgres(PgPool),
}

impl Db {
    /// Opens a SQLite library, made if it is not there, brought to the newest format.
    pub(crate) async fn open_sqlite(path: &Path) -> Result<Self> {
        const DOING: &str = "opening the library's SQLite file";
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .statement_cache_capacity(256)
            .pragma("wal_autocheckpoint", "4000");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(PATIENCE * 2)
            .connect_with(options)
            .await
            .map_err(|error| failed(DOING, error))?;
        migrate::sqlite(&writer).await?;
        Ok(Self::Sqlite {
            path: path.to_owned(),
            writer,
            readers: Arc::new(LiteReaders::new(path)),
        })
    }

    /// Opens a PostgreSQL library, brought to the newest format.
    pub(crate) async fn open_postgres(url: &str) -> Result<Self> {
        const DOING: &str = "connecting to PostgreSQL";
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(PATIENCE * 2)
            .connect(url)
            .await
            .map_err(|error| failed(DOING, error))?;
        migrate::postgres(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// Reads in one snapshot.
    pub(crate) async fn read<T, F>(&self, doing: &'static str, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        match self {
            Self::Sqlite { readers, .. } => read_lite(readers, doing, read).await,
            Self::Postgres(pool) => {
                let begun = pool.begin_with(dialect::BEGIN_READ_POSTGRES).await;
                let tx = begun.map_err(|error| failed(doing, error))?;
                let mut conn = Conn { arm: Arm::Postgres(tx), doing };
                read(&mut conn).await
            }
        }
    }

    /// Writes in one transaction: all of it or nothing.
    pub(crate) async fn write<T, F>(&self, doing: &'static str, write: F) -> Result<T>
    where
        T: Send,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send,
    {
        let mut conn = self.begin_write(doing).await?;
        let made = write(&mut conn).await?;
        match conn.arm {
            Arm::Sqlite(tx) => tx.commit().await,
            Arm::Postgres(tx) => tx.commit().await,
            Arm::Lite(_) => Ok(()),
        }
        .map_err(|error| failed(doing, error))?;
        Ok(made)
    }

    async fn begin_write(&self, doing: &'static str) -> Result<Conn> {
        let arm = match self {
            Self::Sqlite { writer, .. } => {
                writer.begin_with(dialect::BEGIN_WRITE_SQLITE).await.map(Arm::Sqlite)
            }
            Self::Postgres(pool) => pool.begin().await.map(Arm::Postgres),
        };
        let arm = arm.map_err(|error| failed(doing, error))?;
        let mut conn = Conn { arm, doing };
        // Taking no number still takes the counter's lock.
        conn.take_numbers("change", 0).await?;
        Ok(conn)
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, .. } => writer.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// The engine's name, as `status` shows it.
    pub(crate) fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A read on a thread that may block: one hop for the whole page.
async fn read_lite<T, F>(readers: &Arc<LiteReaders>, doing: &'static str, read: F) -> Result<T>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
{
    let _place = readers.place(doing).await?;
    let readers = Arc::clone(readers);
    let work = move || {
        let lite = readers.take(doing)?;
        lite.execute_batch("BEGIN").map_err(|error| failed(doing, error))?;
        let mut conn = Conn { arm: Arm::Lite(lite), doing };
        // No await inside ever waits on this arm: its calls are plain function calls.
        let made = futures::executor::block_on(read(&mut conn));
        if let Arm::Lite(lite) = conn.arm {
            lite.execute_batch("ROLLBACK").map_err(|error| failed(doing, error))?;
            readers.give_back(lite);
        }
        made
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| failed(doing, error))?
}
