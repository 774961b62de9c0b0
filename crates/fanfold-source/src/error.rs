//! What can go wrong for the whole walk or for one reading of an item. Damage inside an input is never an error.

use std::io;

/// Why a walk or a reading stopped.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A path that was given does not exist.
    #[error("{path}: there is no such file or folder; check the spelling")]
    NotFound {
        /// The path as given.
        path: String,
    },
    /// A path that was given cannot be read at all.
    #[error("{path}: cannot be read ({source}); check its permissions and the disk")]
    Io {
        /// The path as given, or the item's path.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// An item is larger than its reader takes into memory.
    #[error(
        "{path}: {size} bytes are more than the {limit} read at once; raise the limit if you trust the file"
    )]
    TooLarge {
        /// The item's path.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// An item has no bytes: it could not be read when it was found.
    #[error("{path}: its bytes could not be read; the item's findings say why")]
    Absent {
        /// The item's path.
        path: String,
    },
}
