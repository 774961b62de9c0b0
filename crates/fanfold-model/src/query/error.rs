//! What is said when a query cannot be read: where, what, and what would work.

/// A query that cannot be read. `column` counts characters from 1, so that a caret can stand under the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}; {hint}")]
pub struct QueryError {
    /// First character of the trouble, counted from 1 in characters (not bytes).
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What would work instead.
    pub hint: String,
}

impl QueryError {
    /// An error at the character with this index (from 0).
    pub(super) fn at(index: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { column: index + 1, message: message.into(), hint: hint.into() }
    }
}
