//! What is made from a segment when it is first needed and kept while there is room: bits of frequent terms, columns as
//! plain arrays, presorted orders. Segments never change, so nothing here can be out of date; what was not used for the
//! longest time goes first.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Term;
use tantivy::columnar::Column;
use tantivy::index::SegmentId;

use super::bits::Bits;
use super::counts::KeptCounts;
use super::docs::Docs;
use super::tally::Side;
use super::values::Values;
use crate::error::IndexError;
use crate::plan::Plan;
use crate::tags::AnyOf;
use crate::together::Togetherness;

/// Which part of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum PartKey {
    /// Documents with a term, deleted ones too.
    Term(Term),
    /// Documents with any of some numbers, deleted ones too.
    Tags(AnyOf),
    /// What the documents with any of some tags carry, by an edition of the board.
    Counts(AnyOf, u64),
    /// The living documents of a question, when so many are deleted.
    Matches(Arc<Plan>, u32),
    /// What one side of those carries, when so many are deleted, by an edition of the board.
    CountsOf(Arc<Plan>, Side, u32, u64),
    /// Documents with some words, deleted ones too, as the question was written.
    Words(Arc<str>),
    /// Documents whose tags are something together, by a version of what tags mean.
    Together(Togetherness, u64),
    /// Documents that are not deleted, when so many are.
    Alive(u32),
    /// A column.
    Values(&'static str),
    /// Documents in the order of a column.
    Order(&'static str),
    /// Ids of works: opening a column takes longer than most questions.
    Ids,
}

impl PartKey {
    /// What it takes beside the part: lists of works may be long.
    fn bytes(&self) -> usize {
        let listed = match self {
            Self::Tags(numbers) if numbers.own => numbers.ids.len() * size_of::<u64>(),
            _ => 0,
        };
        listed + size_of::<(SegmentId, Self, Entry)>()
    }
}

/// The part itself.
#[derive(Clone)]
pub(crate) enum Part {
    Bits(Arc<Bits>),
    /// Bits with how many are set.
    Counted(Arc<Bits>, u64),
    /// Few documents that took many looks to find.
    List(Arc<Vec<u32>>),
    Values(Arc<Values>),
    Order(Arc<Vec<u32>>),
    Ids(Column<u64>),
    Counts(Arc<KeptCounts>),
}

impl Part {
    /// A set of documents as it is kept; `None` for every document, which needs no keeping.
    pub(crate) fn of(docs: &Docs) -> Option<Self> {
        match docs {
            Docs::All => None,
            Docs::List(list) => Some(Self::List(Arc::clone(list))),
            Docs::Bits(bits) => Some(Self::Bits(Arc::clone(bits))),
        }
    }

    /// The set of documents that is kept here, if it is one.
    pub(crate) fn docs(self) -> Option<Docs> {
        match self {
            Self::Bits(bits) | Self::Counted(bits, _) => Some(Docs::Bits(bits)),
            Self::List(list) => Some(Docs::List(list)),
            _ => None,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Bits(bits) | Self::Counted(bits, _) => bits.bytes(),
            Self::Values(values) => values.bytes(),
            Self::Order(list) | Self::List(list) => list.len() * 4 + size_of::<Self>(),
            Self::Counts(counts) => counts.bytes(),
            Self::Ids(_) => size_of::<Self>(), // the values are the file's
        }
    }
}

/// One for each part that is being made.
type Turns = HashMap<(SegmentId, PartKey), Arc<Mutex<()>>>;

/// All parts of all segments, bounded.
#[derive(Default)]
pub(crate) struct Parts {
    /// How many bytes may be kept.
    room: AtomicUsize,
    kept: Mutex<Kept>,
    /// Held by whoever reads what keeps a core busy for long.
    reading: Mutex<()>,
    /// Held by whoever makes a part.
    making: Mutex<Turns>,
}

#[derive(Default)]
struct Kept {
    parts: HashMap<(SegmentId, PartKey), Entry>,
    bytes: usize,
    now: u64,
}

struct Entry {
    part: Part,
    used: u64,
    /// With its key.
    bytes: usize,
}

impl Parts {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A part that is there already.
    pub(crate) fn find(&self, segment: SegmentId, key: &PartKey) -> Option<Part> {
        let mut kept = self.kept();
        kept.now += 1;
        let now = kept.now;
        let entry = kept.parts.get_mut(&(segment, key.clone()))?;
        entry.used = now;
        Some(entry.part.clone())
    }

    /// A part, made if it is not there. Who misses it while it is made waits: after a merge all want the same ones.
    pub(crate) fn find_or_make(
        &self,
        segment: SegmentId,
        key: PartKey,
        make: impl FnOnce() -> Result<Part, IndexError>,
    ) -> Result<Part, IndexError> {
        if let Some(part) = self.find(segment, &key) {
            return Ok(part);
        }
        let place = (segment, key);
        let turn = Arc::clone(self.making().entry(place.clone()).or_default());
        let made = {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            match self.find(segment, &place.1) {
                Some(part) => Ok(part),
                None => make().inspect(|part| self.keep(place.clone(), part)),
            }
        };
        self.making().remove(&place);
        made
    }

    /// Waits until nobody else reads what keeps a core busy for long.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn making(&self) -> MutexGuard<'_, Turns> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, place: (SegmentId, PartKey), part: &Part) {
        let mut kept = self.kept();
        let bytes = part.bytes() + place.1.bytes();
        kept.bytes += bytes;
        let entry = Entry { part: part.clone(), used: kept.now, bytes };
        if let Some(former) = kept.parts.insert(place, entry) {
            kept.bytes -= former.bytes;
        }
        kept.shrink(self.room.load(Ordering::Relaxed));
    }

    /// Forgets what belongs to other segments or boards than these, and keeps up to so many bytes from now on.
    pub(crate) fn fit(&self, (segments, boards): &(HashSet<SegmentId>, HashSet<u64>), room: usize) {
        self.room.store(room, Ordering::Relaxed);
        let mut kept = self.kept();
        kept.parts.retain(|(segment, key), _| {
            let board = match key {
                PartKey::Counts(_, board) | PartKey::CountsOf(.., board) => Some(board),
                _ => None,
            };
            segments.contains(segment) && board.is_none_or(|board| boards.contains(board))
        });
        kept.bytes = kept.parts.values().map(|entry| entry.bytes).sum();
    }
}

impl Kept {
    /// Down to three quarters of the room, so that this is rarely done.
    fn shrink(&mut self, room: usize) {
        if self.bytes <= room {
            return;
        }
        let mut oldest: Vec<(u64, usize)> =
            self.parts.values().map(|entry| (entry.used, entry.bytes)).collect();
        oldest.sort_unstable();
        let (mut left, mut last_gone) = (self.bytes, 0);
        for (used, bytes) in oldest {
            if left <= room / 4 * 3 {
                break;
            }
            left -= bytes;
            last_gone = used;
        }
        self.parts.retain(|_, entry| entry.used > last_gone);
        self.bytes = self.parts.values().map(|entry| entry.bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(docs: u32) -> Result<Part, IndexError> {
        Ok(Part::Bits(Arc::new(Bits::none(docs))))
    }

    #[test]
    fn what_was_used_last_stays_and_the_room_is_not_exceeded() {
        let segment = SegmentId::generate_random();
        let parts = Parts::default();
        parts.fit(&Default::default(), 5_000);
        for key in 0..50_u32 {
            // Each has a few hundred bytes with its key; the first is used again and again.
            parts.find_or_make(segment, PartKey::Alive(key), || bits(800)).unwrap();
            assert!(parts.find(segment, &PartKey::Alive(0)).is_some(), "{key}");
            assert!(parts.kept().bytes <= 5_000);
        }
        assert!(parts.find(segment, &PartKey::Alive(1)).is_none());
        parts.fit(&Default::default(), 1_000);
        assert!(parts.find(segment, &PartKey::Alive(0)).is_none());
        assert_eq!(parts.kept().bytes, 0);
    }
}
