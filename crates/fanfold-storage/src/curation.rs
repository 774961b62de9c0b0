//! A curator's hand: edits, holding, removing; each with an actor, a time and a way back.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::{Edit, Uid, WorkId};

/// How a work is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Hidden behind a tombstone; [`CurationStore::bring_back`] undoes it.
    Hide,
    /// Rows, text and blobs that nothing else names are deleted; uid, hashes and reason stay.
    Erase,
}

/// A line of a work's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Who.
    pub actor: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// What was done ("imported", "edited", "held" …).
    pub action: String,
    /// The field or part it was done to.
    pub subject: Option<String>,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// Changing what a library holds by hand.
#[async_trait]
pub trait CurationStore: Send + Sync {
    /// Adds edits of one work and shows it with them. `Refused` if a value does not fit.
    async fn add_edits(&self, edits: Vec<Edit>) -> Result<()>;

    /// Takes an edit back; `false` if it was not there.
    async fn take_back_edit(&self, edit: Uid, actor: &str, at: &str) -> Result<bool>;

    /// Takes back the newest edit of a work and names its field; `None` if there is none.
    async fn take_back_last_edit(
        &self,
        work: WorkId,
        actor: &str,
        at: &str,
    ) -> Result<Option<String>>;

    /// Removes a work. Gives the hashes of blobs that nothing names any more (to be deleted by the
    /// caller after the commit when erasing); `None` if there is no such work.
    async fn remove(
        &self,
        work: WorkId,
        how: Removal,
        reason: &str,
        actor: &str,
        at: &str,
    ) -> Result<Option<Vec<fanfold_model::ContentHash>>>;

    /// Brings a hidden work back; `false` if it is not hidden.
    async fn bring_back(&self, work: WorkId, actor: &str, at: &str) -> Result<bool>;

    /// Adds a line to a work's history that goes with no change of its own: why something was done.
    async fn note(&self, work: WorkId, line: HistoryLine) -> Result<()>;

    /// A work's history, oldest first.
    async fn history(&self, work: WorkId) -> Result<Vec<HistoryLine>>;
}
