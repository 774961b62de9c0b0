//! Looking after a library: what it holds, whether it is sound, copies of it.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::{ContentHash, TagKind};
use std::path::Path;

/// What a library holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each name is what is counted")]
pub struct LibraryStatus {
    pub works: u64,
    pub held: u64,
    pub removed: u64,
    pub chapters: u64,
    pub words: u64,
    pub creators: u64,
    pub series: u64,
    pub tags: Vec<(TagKind, u64)>,
    pub sources: u64,
    pub items: u64,
    pub imports: u64,
    pub needs_person: u64,
    pub last_seq: i64,
    pub database: String,
}

/// A row that contradicts another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Which row ("work 12, chapter 3").
    pub what: String,
    /// What is wrong.
    pub reason: String,
}

/// Looking after the database.
#[async_trait]
pub trait MaintenanceStore: Send + Sync {
    /// What the library holds.
    async fn status(&self) -> Result<LibraryStatus>;

    /// Every blob that a row names as stored.
    async fn named_blobs(&self) -> Result<Vec<ContentHash>>;

    /// The database's own integrity check, and the rules between rows: every chapter has its text
    /// and the text its hash, every shown work its layers, every link its two ends.
    async fn row_faults(&self) -> Result<Vec<RowFault>>;

    /// Whether an import or a backup is under way (so that `gc` waits), given the time in RFC 3339:
    /// a mark older than a day counts as left over.
    async fn busy(&self, now: &str) -> Result<bool>;

    /// Marks that a backup begins or ends.
    async fn mark_backup(&self, running: bool, now: &str) -> Result<()>;

    /// The library's own key: the proposed one for a library that has none yet, and from then on always the same, in its
    /// copies too.
    async fn library_key(&self, proposed: &str) -> Result<String>;

    /// Writes a consistent copy of the whole database into this folder (SQLite: a database file;
    /// PostgreSQL: one file a table) while others go on writing.
    async fn copy_database_to(&self, folder: &Path) -> Result<()>;

    /// Fills an empty database from such a copy.
    async fn load_database_from(&self, folder: &Path) -> Result<()>;
}
