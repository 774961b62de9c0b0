//! Read-only rusqlite connections, kept for the next reader.

use super::conn::failed;
use fanfold_storage::Result;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// At most this many readers at once; the others wait.
const READERS: usize = 8;

#[derive(Debug)]
pub(crate) struct LiteReaders {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    places: Semaphore,
}

impl LiteReaders {
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Mutex::new(Vec::new()),
            places: Semaphore::new(READERS),
        }
    }

    /// A place among the readers; held while its connection is used.
    pub(crate) async fn place(&self, doing: &'static str) -> Result<SemaphorePermit<'_>> {
        self.places.acquire().await.map_err(|error| failed(doing, error))
    }

    /// An idle connection, or a new one.
    pub(crate) fn take(&self, doing: &'static str) -> Result<Connection> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.open().map_err(|error| failed(doing, error)), Ok)
    }

    /// Gives a connection back, outside of any transaction.
    pub(crate) fn give_back(&self, conn: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(conn);
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        conn.busy_timeout(Duration::from_secs(30))?;
        conn.set_prepared_statement_cache_capacity(128);
        conn.execute_batch("PRAGMA cache_size = -8192;")?;
        Ok(conn)
    }
}
