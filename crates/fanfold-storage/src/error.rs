//! What can go wrong with a store: the disk, the database, a library of another version.

/// A failure of the store. Content is never a failure.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database answered with an error.
    #[error("the database failed while {doing}: {source}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// The driver's error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The blob store failed.
    #[error("the originals' store failed while {doing}: {source}")]
    Blobs {
        /// What was being done.
        doing: &'static str,
        /// The store's error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A stored row or blob is damaged.
    #[error(
        "{what} is damaged: {reason}; run `fanfold check --read-data` and restore from a backup"
    )]
    Damaged {
        /// Which thing.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The library was written by a newer version.
    #[error("this library has format {found}, newer than {known}; use a newer fanfold")]
    NewerFormat {
        /// The library's format number.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The request makes no sense for what is stored.
    #[error("{0}")]
    Refused(String),
}
