//! What some works carry, counted row by row; and what is kept of it. Whoever asks for most works of a tag (the list of a
//! fandom, with a few tags left out) gets the counts of all of them, less those of the works that are missing.

use std::sync::Arc;

use super::board::Board;
use super::docs::Docs;
use super::evaluate::Evaluation;
use super::parts::{Part, PartKey};
use super::prepared::Prepared;
use crate::error::IndexError;

/// How many numbers a row may have.
pub(crate) const NUMBERS: usize = 1 << 16;

/// See the module comment.
pub(crate) struct Counts {
    /// How often each number occurs.
    pub(crate) numbers: Box<[u32; NUMBERS]>,
    /// What is rare, as often as it occurs, in no order.
    pub(crate) rare: Vec<u32>,
}

impl Counts {
    pub(crate) fn none() -> Self {
        Self { numbers: Box::new([0; NUMBERS]), rare: Vec::new() }
    }

    /// Adds what some works carry.
    pub(crate) fn add(&mut self, board: &Board, docs: &Docs) {
        let Self { numbers, rare } = self;
        board.each_row(docs, |row| {
            count(numbers, row.numbers);
            rare.extend(row.rare());
        });
    }

    /// Adds what some works carry, but not what is rare.
    pub(crate) fn add_numbers(&mut self, board: &Board, docs: &Docs) {
        board.each_row(docs, |row| count(&mut self.numbers, row.numbers));
    }

    /// Adds numbers as often as they occur in some counts, and not in others that are part of them.
    pub(crate) fn add_difference(&mut self, most: &KeptCounts, less: &Self) {
        let both = most.numbers.iter().zip(less.numbers.iter());
        for (number, (most, less)) in self.numbers.iter_mut().zip(both) {
            *number += most.saturating_sub(*less);
        }
    }

    /// The same, to be kept.
    pub(crate) fn kept(self) -> KeptCounts {
        let used = self.numbers.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1);
        KeptCounts { numbers: self.numbers[..used].into(), rare: self.rare.into() }
    }
}

/// Counts that are kept: up to the last number that occurs.
pub(crate) struct KeptCounts {
    numbers: Box<[u32]>,
    /// As often as it occurs, in no order.
    pub(crate) rare: Box<[u32]>,
}

impl KeptCounts {
    pub(crate) fn bytes(&self) -> usize {
        (self.numbers.len() + self.rare.len()) * 4 + size_of::<Self>()
    }
}

#[inline]
fn count(counts: &mut [u32; NUMBERS], numbers: &[u16]) {
    for number in numbers {
        counts[usize::from(*number)] += 1;
    }
}

/// What is taken from both lists is left out of the first; both in order.
pub(crate) fn difference(mut most: Vec<u32>, less: &[u32]) -> Vec<u32> {
    let mut less = less.iter().peekable();
    most.retain(|one| less.next_if_eq(&one).is_none());
    most
}

/// A kept set that the matches of a segment are most of.
pub(crate) struct Base {
    pub(crate) counts: Arc<KeptCounts>,
    /// What the matches lack of it.
    pub(crate) without: Docs,
}

impl Evaluation<'_> {
    /// The smallest set of works of a tag that all matches carry and that are most of it, with its counts.
    pub(crate) fn base(
        &self,
        plan: &Prepared,
        board: &Board,
        docs: &Docs,
    ) -> Result<Option<Base>, IndexError> {
        let matches = docs.len(board.docs());
        let mut smallest: Option<(u64, _, _)> = None;
        for tags in plan.tags_of_all() {
            let (carrying, count) = self.tags_kept(tags)?;
            let is_smaller = smallest.as_ref().is_none_or(|(least, ..)| count < *least);
            if is_smaller && count <= matches + matches / 2 {
                smallest = Some((count, tags, carrying));
            }
        }
        let Some((_, tags, carrying)) = smallest else {
            return Ok(None);
        };
        let key = PartKey::Counts(tags.clone(), board.edition);
        let part = self.parts.find_or_make(self.reader.segment_id(), key, || {
            let mut counts = Counts::none();
            counts.add(board, &carrying);
            Ok(Part::Counts(Arc::new(counts.kept())))
        })?;
        let Part::Counts(counts) = part else {
            return Ok(None);
        };
        Ok(Some(Base { counts, without: carrying.minus(docs, board.docs()) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_leaves_each_as_often_as_it_occurs_more() {
        assert_eq!(difference(vec![1, 1, 2, 3, 3, 3], &[1, 3, 3]), [1, 2, 3]);
        assert_eq!(difference(vec![4], &[4]), [0; 0]);
        assert_eq!(difference(vec![4, 5], &[]), [4, 5]);
    }
}
