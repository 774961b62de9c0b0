//! What can fail in a use case, with what to do next. Content never fails: it gets findings.

use fanfold_model::query::QueryError;
use fanfold_storage::StorageError;
use std::path::PathBuf;

/// A failed use case.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StorageError),
    /// The index failed.
    #[error("the search index failed: {0}; `fanfold reindex` builds it again from the library")]
    Index(String),
    /// The query cannot be read.
    #[error("the query cannot be read: {0}")]
    Query(QueryError),
    /// A path cannot be used.
    #[error("{path}: {reason}; {hint}")]
    Path {
        /// The path.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
        /// What to do next.
        hint: String,
    },
    /// There is no such thing in the library.
    #[error("there is no {what} {name} in this library; {hint}")]
    Missing {
        /// Work, import, version …
        what: &'static str,
        /// Its name or number.
        name: String,
        /// What to do next.
        hint: &'static str,
    },
    /// The request makes no sense.
    #[error("{0}")]
    Refused(String),
    /// Something must wait for something else.
    #[error("{what} is under way; {hint}")]
    Busy {
        /// What is under way.
        what: &'static str,
        /// What to do next.
        hint: &'static str,
    },
    /// The reader of the output went away: the end, not a fault.
    #[error("the output was closed")]
    Closed,
    /// A task of our own ended too early: a bug.
    #[error("{0} ended before its work was done; this is a bug, please report it with the command")]
    Broken(&'static str),
}

impl AppError {
    /// A stable code for `--json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(StorageError::NewerFormat { .. }) => "newer-library",
            Self::Store(StorageError::Damaged { .. }) => "damaged",
            Self::Store(_) => "store",
            Self::Index(_) => "index",
            Self::Query(_) => "query",
            Self::Path { .. } => "path",
            Self::Missing { .. } => "missing",
            Self::Refused(_) => "refused",
            Self::Busy { .. } => "busy",
            Self::Closed => "closed",
            Self::Broken(_) => "bug",
        }
    }

    /// The path that the failure is about.
    #[must_use]
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::Path { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Whether this is a reader's way to say "enough": the output was closed.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Closed)
    }

    /// What to do next, if it is more than the message says.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Path { hint, .. } => Some(hint),
            Self::Missing { hint, .. } | Self::Busy { hint, .. } => Some(hint),
            Self::Query(error) => Some(&error.hint),
            Self::Index(_) => Some("run `fanfold reindex`"),
            _ => None,
        }
    }

    /// A failure of the output.
    pub(crate) fn output(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::at("the output", error, "make room, or choose another place")
    }

    /// A failure with a file or folder.
    pub fn at(path: impl Into<PathBuf>, error: &std::io::Error, hint: &str) -> Self {
        Self::Path { path: path.into(), reason: error.to_string(), hint: hint.to_owned() }
    }
}
