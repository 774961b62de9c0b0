//! Every tag that boards count, under a small number of its own: counts of all segments then meet in one array.
//!
//! Numbers are given by frequency when the boards are made anew, and appended afterwards, so that what is carried most has
//! the smallest numbers. Languages and statuses are counted like kinds of tags.

use std::collections::HashMap;
use std::hash::BuildHasher;

use fanfold_model::TagKind;
use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::board::RARE;

/// Kinds of tags, then languages, then statuses.
pub(crate) const KINDS: usize = 9;
/// The first of the kinds that have names instead of ids.
pub(crate) const NAMED: usize = 7;

/// What is counted: a kind's place in [`TagKind::ALL`] with a tag's id, or one of the named kinds with the number of a name.
pub(crate) type Counted = (u8, u64);

/// How many tags share one bound.
const BLOCK: usize = 64;

/// See the module comment.
#[derive(Default, Clone)]
pub(crate) struct Table {
    /// Found by what they stand for, which is not kept a second time: there are millions.
    ordinals: HashTable<u32>,
    hashing: RandomState,
    /// What is counted, by ordinal: kinds …
    kinds: Vec<u8>,
    /// … and numbers.
    ids: Vec<u64>,
    /// Documents of all boards that carry it, deleted ones too.
    totals: Vec<u32>,
    /// Place in the list of its kind.
    places: Vec<u32>,
    lists: [KindList; KINDS],
    names: Vec<String>,
    numbers: HashMap<String, u64>,
}

/// The tags of a kind in the order of their numbers, with bounds that skip what cannot be among the largest.
#[derive(Default, Clone)]
pub(crate) struct KindList {
    ordinals: Vec<u32>,
    /// No total in the block has ever been larger.
    bounds: Vec<u32>,
}

impl KindList {
    /// Blocks of tags, each with a number that none of its totals exceeds.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (u32, &[u32])> {
        self.bounds.iter().copied().zip(self.ordinals.chunks(BLOCK))
    }
}

const _: () = assert!(TagKind::ALL.len() == NAMED);

impl Table {
    /// The number of a name.
    pub(crate) fn name_number(&mut self, name: &str) -> u64 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u64;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The name of a number.
    pub(crate) fn name(&self, number: u64) -> &str {
        usize::try_from(number).ok().and_then(|at| self.names.get(at)).map_or("", String::as_str)
    }

    /// The ordinal of what is counted, if it has one.
    pub(crate) fn find(&self, counted: Counted) -> Option<u32> {
        let hash = self.hashing.hash_one(counted);
        let is = |ordinal: &u32| self.counted(*ordinal) == Some(counted);
        self.ordinals.find(hash, is).copied()
    }

    /// The ordinal of what is counted, a new one if it has none.
    pub(crate) fn ordinal(&mut self, counted: Counted) -> u32 {
        if let Some(ordinal) = self.find(counted) {
            return ordinal;
        }
        let Self { ordinals, hashing, kinds, ids, .. } = self;
        let of = |ordinal: &u32| {
            let at = *ordinal as usize;
            (kinds.get(at).copied().unwrap_or_default(), ids.get(at).copied().unwrap_or_default())
        };
        let hash = hashing.hash_one(counted);
        // Far fewer tags than this fit into memory.
        let ordinal = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        ordinals.insert_unique(hash, ordinal, |ordinal| hashing.hash_one(of(ordinal)));
        kinds.push(counted.0);
        ids.push(counted.1);
        self.totals.push(0);
        let list = &mut self.lists[usize::from(counted.0) % KINDS];
        self.places.push(u32::try_from(list.ordinals.len()).unwrap_or(u32::MAX));
        list.ordinals.push(ordinal);
        if list.bounds.len() * BLOCK < list.ordinals.len() {
            list.bounds.push(0);
        }
        ordinal
    }

    /// An empty table with the same things in the order of their counts, the most frequent first. Languages and statuses
    /// come before all: they are few and counted to the last, so none of them may be among the rare. The rare of one kind
    /// stand together: which of them are worth a look differs by kind.
    pub(crate) fn ranked(self) -> Self {
        let mut order: Vec<u32> = (0..self.len()).collect();
        let kind = |at: &u32| self.kinds[*at as usize];
        let fewer = |at: &u32| std::cmp::Reverse(self.totals[*at as usize]);
        order.sort_by_key(|at| (usize::from(kind(at)) < NAMED, fewer(at), *at));
        if let Some(rare) = order.get_mut(RARE as usize..) {
            rare.sort_by_key(|at| (kind(at), fewer(at), *at));
        }
        let mut ranked = Self { names: self.names, numbers: self.numbers, ..Self::default() };
        for at in order {
            ranked.ordinal((self.kinds[at as usize], self.ids[at as usize]));
        }
        ranked
    }

    /// How many ordinals there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ids.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn counted(&self, ordinal: u32) -> Option<Counted> {
        let at = ordinal as usize;
        Some((*self.kinds.get(at)?, *self.ids.get(at)?))
    }

    pub(crate) fn total(&self, ordinal: u32) -> u32 {
        self.totals.get(ordinal as usize).copied().unwrap_or(0)
    }

    pub(crate) fn list(&self, kind: usize) -> &KindList {
        &self.lists[kind]
    }

    /// Adds the counts of a board.
    pub(crate) fn add(&mut self, carried: &[(u32, u32)]) {
        for (ordinal, count) in carried {
            let at = *ordinal as usize;
            let (Some(total), Some(kind), Some(place)) =
                (self.totals.get_mut(at), self.kinds.get(at), self.places.get(at))
            else {
                continue;
            };
            *total += count;
            let bounds = &mut self.lists[usize::from(*kind) % KINDS].bounds;
            if let Some(bound) = bounds.get_mut(*place as usize / BLOCK) {
                *bound = (*bound).max(*total);
            }
        }
    }

    /// Takes the counts of a board away; the bounds stay as they are.
    pub(crate) fn remove(&mut self, carried: &[(u32, u32)]) {
        for (ordinal, count) in carried {
            if let Some(total) = self.totals.get_mut(*ordinal as usize) {
                *total = total.saturating_sub(*count);
            }
        }
    }
}
