//! Questions that are asked again: the front list, a large fandom without one rating, the next page of any search. What was
//! found and counted for them is kept by segment, and so outlives the works that come in meanwhile.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::board::Board;
use super::counts::{Base, Counts};
use super::docs::Docs;
use super::evaluate::Evaluation;
use super::parts::{Part, PartKey};
use super::prepared::Prepared;
use super::tally::Side;
use crate::error::IndexError;
use crate::plan::Plan;

/// How many of the last questions are remembered.
const REMEMBERED: usize = 4_096;

/// The last questions: most are asked once, and keeping what they find would push out what others need.
pub(crate) struct LastAsked {
    hashing: RandomState,
    hashes: Box<[AtomicU64]>,
}

impl Default for LastAsked {
    fn default() -> Self {
        let hashes = (0..REMEMBERED).map(|_| AtomicU64::new(0)).collect();
        Self { hashing: RandomState::new(), hashes }
    }
}

impl LastAsked {
    /// Whether a question was asked not long ago. From now on it was.
    pub(crate) fn again(&self, plan: &Plan) -> bool {
        let hash = self.hashing.hash_one(plan);
        let place = (hash % self.hashes.len() as u64) as usize;
        self.hashes[place].swap(hash, Ordering::Relaxed) == hash
    }
}

impl Evaluation<'_> {
    /// The living documents of a question, kept.
    pub(crate) fn living_again(
        &self,
        plan: &Arc<Plan>,
        prepared: &Prepared,
    ) -> Result<Option<Docs>, IndexError> {
        let segment = self.reader.segment_id();
        let key = PartKey::Matches(Arc::clone(plan), self.reader.num_deleted_docs());
        if let Some(kept) = self.answers.find(segment, &key).and_then(Part::docs) {
            return Ok(Some(kept));
        }
        let found = self.living(prepared)?;
        if let Some(part) = found.as_ref().and_then(Part::of) {
            self.answers.find_or_make(segment, key, || Ok(part))?;
        }
        Ok(found)
    }

    /// What one side of a question's documents carries, kept.
    pub(crate) fn base_again(
        &self,
        plan: &Arc<Plan>,
        side: Side,
        board: &Board,
        docs: &Docs,
    ) -> Result<Option<Base>, IndexError> {
        let deleted = self.reader.num_deleted_docs();
        let key = PartKey::CountsOf(Arc::clone(plan), side, deleted, board.edition);
        let part = self.answers.find_or_make(self.reader.segment_id(), key, || {
            let mut counts = Counts::none();
            counts.add(board, docs);
            Ok(Part::Counts(Arc::new(counts.kept())))
        })?;
        Ok(match part {
            Part::Counts(counts) => Some(Base { counts, without: Docs::none() }),
            _ => None,
        })
    }
}
