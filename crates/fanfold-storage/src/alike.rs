//! The same story again: sketches of the shown texts, and the pairs that share passages.
//!
//! A sketch is small and made anew whenever the shown text changes. Texts that have not been laid beside the others
//! yet are *unscreened*; whoever screens them next (the import that brought them, or the next one) takes them from here.
//! The shingles of those that have been are *listed*: which works have one is answered without going through all sketches.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::WorkId;

/// The sketch of a text that is stored with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewSketch {
    /// Version of the rules that made it.
    pub rules: String,
    /// Words of the text.
    pub words: u64,
    /// Its sampled shingles, ascending.
    pub shingles: Vec<u32>,
}

/// The sketch of a work's shown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSketch {
    /// The work.
    pub work: WorkId,
    /// Words of the text.
    pub words: u64,
    /// Its sampled shingles, ascending.
    pub shingles: Vec<u32>,
}

/// The works that have some of the asked shingles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sharing {
    /// The works, ascending. Some may have had them only in an earlier text, or be removed.
    pub works: Vec<WorkId>,
    /// Shingles that more works have than was asked for, ascending; those works are not among the others for it.
    pub common: Vec<u32>,
}

/// How much is listed, by which a caller decides how to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listed {
    /// Lists that each shingle is looked up in.
    pub runs: u64,
    /// Texts in them.
    pub texts: u64,
}

/// What a person said of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PairState {
    /// Nobody has said anything yet.
    Open,
    /// They are to stay apart; it is not asked again.
    Apart,
    /// One has become part of the other.
    Merged,
}

impl PairState {
    /// The name in rows and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Apart => "apart",
            Self::Merged => "merged",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Apart, Self::Merged].into_iter().find(|state| state.as_str() == name)
    }
}

/// Two works that share passages; the smaller number first.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPair {
    /// The first work.
    pub a: WorkId,
    /// The second work.
    pub b: WorkId,
    /// What they are to each other ("revision", "contains" …).
    pub verdict: String,
    /// The share of the first text that stands in the second, in ten-thousandths.
    pub in_a: u32,
    /// The share of the second text that stands in the first, in ten-thousandths.
    pub in_b: u32,
    /// The passages, as JSON.
    pub spans: String,
    /// What a person said.
    pub state: PairState,
}

/// Finding the same text again.
#[async_trait]
pub trait AlikeStore: Send + Sync {
    /// Some works without a sketch of these rules; removed works are left out.
    async fn works_without_sketch(&self, rules: &str, limit: u32) -> Result<Vec<WorkId>>;

    /// Keeps the sketches of works that had none, unscreened.
    async fn put_sketches(&self, sketches: Vec<(WorkId, NewSketch)>) -> Result<()>;

    /// Sketches that have not been laid beside the others yet, ascending, after this one.
    async fn unscreened(&self, after: WorkId, limit: u32) -> Result<Vec<StoredSketch>>;

    /// All sketches of works that are not removed, ascending, after this one.
    async fn sketches_after(&self, after: WorkId, limit: u32) -> Result<Vec<StoredSketch>>;

    /// The sketches of these works, ascending; those of removed works are left out.
    async fn sketches_of(&self, works: &[WorkId]) -> Result<Vec<StoredSketch>>;

    /// How much is listed.
    async fn listed(&self) -> Result<Listed>;

    /// Lists the shingles of some texts that were laid beside the others before there were lists; `false` if all are.
    async fn list_some(&self, limit: u32) -> Result<bool>;

    /// The works among the listed ones that have any of these shingles, unless more than `most` works have it.
    async fn works_sharing(&self, shingles: Vec<u32>, most: usize) -> Result<Sharing>;

    /// Notes that these works were laid beside all others, with what was found, and lists their shingles. Open pairs of theirs that were not found
    /// again are forgotten; what a person said of a pair stays.
    async fn put_pairs(&self, screened: Vec<WorkId>, pairs: Vec<StoredPair>) -> Result<()>;

    /// Pairs of works that are not removed, by their numbers, after this one.
    async fn pairs_after(&self, after: (WorkId, WorkId), limit: u32) -> Result<Vec<StoredPair>>;

    /// The pairs of one work that are open or merged, by their numbers.
    async fn pairs_of(&self, work: WorkId) -> Result<Vec<StoredPair>>;

    /// Keeps what a person said of a pair; `false` if there is no such pair.
    async fn settle_pair(
        &self,
        pair: (WorkId, WorkId),
        state: PairState,
        actor: &str,
        at: &str,
    ) -> Result<bool>;
}
