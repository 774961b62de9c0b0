//! What readers keep to find works by.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::{Mute, Muted, SavedFilter, TagId, WorkId};

/// What is left out of a reader's lists, as numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MutedIds {
    /// Tags, each as its canonical form.
    pub tags: Vec<TagId>,
    /// Works, also those of muted creators; ascending.
    pub works: Vec<WorkId>,
}

/// Saved filters and mutes of a reader, who is named as in the history.
#[async_trait]
pub trait ReaderStore: Send + Sync {
    /// The filters, by name.
    async fn saved_filters(&self, reader: &str) -> Result<Vec<SavedFilter>>;

    /// Keeps a filter in the place of one with the same folded name. Where it is the usual one, no other is.
    async fn save_filter(&self, reader: &str, filter: SavedFilter, at: &str) -> Result<()>;

    /// Forgets the filter with this name; `false` if there is none.
    async fn forget_filter(&self, reader: &str, name: &str) -> Result<bool>;

    /// The mutes, the newest first, also those that have run out.
    async fn mutes(&self, reader: &str) -> Result<Vec<Mute>>;

    /// Mutes something, or changes how long it is muted.
    async fn mute(&self, reader: &str, mute: Mute, at: &str) -> Result<()>;

    /// Lifts a mute; `false` if there is none.
    async fn unmute(&self, reader: &str, what: &Muted) -> Result<bool>;

    /// What the mutes that hold on this day (days since 1970-01-01) leave out.
    async fn muted_ids(&self, reader: &str, today: i32) -> Result<MutedIds>;
}
