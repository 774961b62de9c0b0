//! What can go wrong with an index, and what to do about it. The index is never the truth: rebuilding always helps.

use std::path::PathBuf;
use std::sync::Arc;

/// A failure of the search index.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Made by another version of the program, or of another layout.
    #[error(
        "the search index in {dir} has another format ({found}): rebuild it from the store with `fanfold reindex`"
    )]
    Outdated {
        /// Folder of the index.
        dir: PathBuf,
        /// What was found there.
        found: String,
    },
    /// Damaged or unreadable.
    #[error(
        "the search index in {dir} cannot be read ({reason}): rebuild it from the store with `fanfold reindex`"
    )]
    Unreadable {
        /// Folder of the index.
        dir: PathBuf,
        /// What the reader said.
        reason: String,
    },
    /// Another process is writing; only [`Index::recreate`](crate::Index::recreate) says so.
    #[error(
        "the search index in {dir} is being written by another process: stop it, or wait until it is done"
    )]
    Busy {
        /// Folder of the index.
        dir: PathBuf,
    },
    /// A beginning of words that would have to be looked for in a great part of the index.
    #[error("“{start}*” begins more than {most} different words: write more of the word")]
    TooWide {
        /// What was written.
        start: String,
        /// How many words may begin so.
        most: usize,
    },
    /// Words in a row that nearly every work has, each in its own place.
    #[error(
        "nearly every work has the words of “{0}”, and looking where they stand side by side would keep all others waiting: add a rarer word to them, or a tag or another condition to the question"
    )]
    TooCommon(Arc<str>),
    /// The tag graph could not be asked what its tags mean.
    #[error("the search index cannot learn what tags mean: {0}")]
    Graph(String),
    /// Disk, memory or a thread failed while indexing or searching.
    #[error("the search index failed: {0}")]
    Failed(#[from] tantivy::TantivyError),
    /// A file could not be made or removed.
    #[error("the search index cannot use {path}: {source}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A cursor that this program did not write.
    #[error("the place to go on from (`{0}`) cannot be read: start again from the first page")]
    BadCursor(String),
}

impl IndexError {
    /// Whether deleting the index and building it again from the store is the way out.
    #[must_use]
    pub fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Outdated { .. } | Self::Unreadable { .. })
    }
}
