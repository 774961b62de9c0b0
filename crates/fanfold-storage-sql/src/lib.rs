//! The only crate that knows SQL: SQLite and PostgreSQL with one set of statements, and the store
//! of originals.
//!
//! A method of a storage trait is a function of its own over a [`db::Conn`], beside the statements
//! it uses; the trait implementations only open the transaction. To add one: its statement in the
//! area's `sql.rs`, its function, its line in the trait's implementation, its case in the suite.
//!
//! **Invariants**
//! - Writers stand in a row: each takes the change counter's lock first and keeps it to its commit.
//! - A work's shown rows are only ever written by [`shown`]; lower layers only by [`imports`].
//! - Who may see what is decided by one SQL fragment, in [`statements`].

mod alike;
mod blobs;
mod chains;
mod changes;
mod clock;
mod curation;
mod db;
mod dialect;
mod forms;
mod gone;
mod history;
mod imports;
mod maintenance;
mod readers;
mod records;
mod review;
mod scans;
mod shown;
mod statements;
mod tags;
mod texts;
mod works;

#[cfg(test)]
mod tests;

pub use blobs::ObjectBlobs;

use fanfold_storage::Result;
use std::path::Path;

/// A library's database: everything of [`fanfold_storage::Store`].
#[derive(Debug, Clone)]
pub struct SqlStore {
    db: db::Db,
}

impl SqlStore {
    /// Opens a SQLite library, which is made if it is not there. Several processes may have the
    /// same file open.
    ///
    /// # Errors
    /// If the file cannot be opened, or was written by a newer version.
    pub async fn open_sqlite(path: &Path) -> Result<Self> {
        let db = db::Db::open_sqlite(path).await?;
        bring_up(&db).await?;
        Ok(Self { db })
    }

    /// Opens a PostgreSQL library (`postgres://…`); its tables are made if they are not there.
    ///
    /// # Errors
    /// If the server cannot be reached, or the library was written by a newer version.
    pub async fn open_postgres(url: &str) -> Result<Self> {
        let db = db::Db::open_postgres(url).await?;
        bring_up(&db).await?;
        Ok(Self { db })
    }

    /// Opens what this address names: `postgres://…`, `sqlite:PATH`, or a path.
    ///
    /// # Errors
    /// As the function for its engine.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::open_postgres(url).await;
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        Self::open_sqlite(Path::new(path.strip_prefix("//").unwrap_or(path))).await
    }

    /// Closes all connections; what was committed is on disk either way.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

/// What statements alone cannot bring to the current format. Both go on where they were interrupted.
async fn bring_up(db: &db::Db) -> Result<()> {
    chains::read_links(db).await?;
    tags::join_twins(db).await
}
