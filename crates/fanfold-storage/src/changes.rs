//! The change log that the search index follows.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::WorkId;

/// What happened to a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is there, new or changed.
    Put,
    /// It is gone for everyone (removed or erased).
    Gone,
    /// No work, but the tag graph changed: what was counted or shown before may be otherwise now. The number of the
    /// work is 0.
    Graph,
}

/// A line of the change log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Strictly increasing; a later commit never has a smaller number.
    pub seq: i64,
    /// The work.
    pub work: WorkId,
    /// What happened.
    pub kind: ChangeKind,
}

/// Reading the change log.
#[async_trait]
pub trait ChangeLog: Send + Sync {
    /// The changes after a number, oldest first.
    async fn changes_after(&self, seq: i64, limit: u32) -> Result<Vec<Change>>;

    /// The newest number; 0 for an empty log.
    async fn last_seq(&self) -> Result<i64>;
}
