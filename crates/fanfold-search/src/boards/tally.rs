//! Facets from boards: the things that a set of works carries, counted exactly, and the largest of each kind.
//!
//! Several ways, chosen by the size of the set. Of a few works the ordinals are gathered and sorted. Of more, each row is
//! counted in an array. Of more than half, the others are counted and taken from the totals, which are known; so it is with
//! most works of a tag whose counts are kept ([`super::counts`]). Whatever cannot be among the largest, because all works
//! together have less of it, is not looked at; most of what is rare can not.

use std::sync::Arc;

use fanfold_model::TagKind;

use super::bits::Bits;
use super::board::{Board, RARE};
use super::counts::{Base, Counts, KeptCounts, NUMBERS, difference};
use super::docs::Docs;
use super::table::{KINDS, NAMED, Table};
use crate::best::Top;
use crate::facets::{FacetCount, Facets, by_count};

/// Up to how many works are counted by sorting.
const FEW: u64 = 256;

/// The matches of one segment.
pub(crate) struct Found<'a> {
    pub(crate) board: &'a Board,
    pub(crate) docs: Docs,
    /// Works whose counts are known, if the matches are most of them.
    pub(crate) base: Option<Base>,
}

/// Counts what all matches carry, by going through one side of them; `top` of each kind of tags. The boards must be all
/// those in the table's totals.
pub(crate) fn facets(table: &Table, found: Vec<Found<'_>>, side: Side, top: usize) -> Facets {
    let mut largest = Largest::new(table, top);
    if side == Side::Matches && matches(&found) <= FEW {
        largest.offer_sorted(gathered(&found));
    } else {
        Tally::of(found).offer(&mut largest, side);
    }
    largest.finish()
}

fn matches(found: &[Found<'_>]) -> u64 {
    found.iter().map(|part| part.docs.len(part.board.docs())).sum()
}

/// Every ordinal as often as it occurs, in order.
fn gathered(found: &[Found<'_>]) -> Vec<u32> {
    let mut all = Vec::new();
    for Found { board, docs, .. } in found {
        board.each_row(docs, |row| {
            all.extend(row.numbers.iter().map(|number| u32::from(*number)));
            all.extend(row.rare());
        });
    }
    all.sort_unstable();
    all
}

/// Up to how many works what is rare is noted at once: going through their rows again would cost more.
const NOTED: u64 = 1 << 17;

/// How often each number occurs in the rows of some works.
struct Tally<'a> {
    counts: Counts,
    /// Works of which only the numbers are counted so far.
    unnoted: Vec<Found<'a>>,
    /// What is kept of works, and what is rare among those that are no matches.
    based: Vec<(Arc<KeptCounts>, Vec<u32>)>,
}

impl<'a> Tally<'a> {
    fn of(found: Vec<Found<'a>>) -> Self {
        let mut tally = Self { counts: Counts::none(), unnoted: Vec::new(), based: Vec::new() };
        for Found { board, docs, base } in found {
            if let Some(Base { counts, without }) = base {
                let mut less = Counts::none();
                less.add(board, &without);
                tally.counts.add_difference(&counts, &less);
                tally.based.push((counts, less.rare));
            } else if docs.len(board.docs()) <= NOTED {
                tally.counts.add(board, &docs);
            } else {
                tally.counts.add_numbers(board, &docs);
                tally.unnoted.push(Found { board, docs, base });
            }
        }
        tally
    }

    /// Offers everything that may be among the largest.
    fn offer(&self, largest: &mut Largest<'_>, side: Side) {
        let table = largest.table;
        for kind in 0..KINDS {
            for (bound, ordinals) in table.list(kind).blocks() {
                if !largest.may_take(kind, bound) {
                    continue;
                }
                for ordinal in ordinals.iter().take_while(|ordinal| !is_rare(**ordinal)) {
                    let counted = self.counts.numbers[(*ordinal as usize) % NUMBERS];
                    largest.offer(kind, *ordinal, side.matches(table, *ordinal, counted));
                }
            }
        }
        let hopeful = Hopeful::of(largest);
        if hopeful.any {
            let rare = self.rare(&hopeful);
            match side {
                Side::Matches => largest.offer_sorted(rare),
                Side::Others => offer_rare_without(largest, &rare),
            }
        }
    }

    /// What is rare and hopeful, as often as it occurs, in order.
    fn rare(&self, hopeful: &Hopeful) -> Vec<u32> {
        let is_hopeful = |ordinal: &u32| hopeful.has(*ordinal);
        let sorted = |list: &[u32]| {
            let mut list: Vec<u32> = list.iter().copied().filter(is_hopeful).collect();
            list.sort_unstable();
            list
        };
        let mut all = sorted(&self.counts.rare);
        for Found { board, docs, .. } in &self.unnoted {
            board.each_row(docs, |row| all.extend(row.rare().filter(is_hopeful)));
        }
        for (most, less) in &self.based {
            all.extend(difference(sorted(&most.rare), &sorted(less)));
        }
        all.sort_unstable();
        all
    }
}

/// Which rare things could still be among the largest: few, once the frequent ones are counted. By [`Hopeful::SHARE`]
/// ordinals; some are in it without hope.
struct Hopeful {
    bits: Bits,
    any: bool,
}

impl Hopeful {
    /// Ordinals that share a bit: with three million tags the bits fit into the nearest memory.
    const SHARE: u32 = 64;

    fn of(largest: &Largest<'_>) -> Self {
        let table = largest.table;
        let mut hopeful = Self { bits: Bits::none(table.len().div_ceil(Self::SHARE)), any: false };
        for kind in 0..KINDS {
            for (bound, ordinals) in table.list(kind).blocks() {
                if largest.may_take(kind, bound) {
                    hopeful.add(ordinals);
                }
            }
        }
        hopeful
    }

    fn add(&mut self, ordinals: &[u32]) {
        let (Some(first), Some(last)) = (ordinals.first(), ordinals.last()) else {
            return;
        };
        if !is_rare(*last) {
            return;
        }
        self.any = true;
        if (last - first) as usize + 1 == ordinals.len() {
            (first / Self::SHARE..=last / Self::SHARE).for_each(|bit| self.bits.set(bit));
        } else {
            ordinals.iter().for_each(|ordinal| self.bits.set(ordinal / Self::SHARE));
        }
    }

    #[inline]
    fn has(&self, ordinal: u32) -> bool {
        self.bits.has(ordinal / Self::SHARE)
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Matches,
    /// Everything but the matches.
    Others,
}

impl Side {
    /// The one with fewer works.
    pub(crate) fn fewer(found: &[Found<'_>]) -> Self {
        let works: u64 = found.iter().map(|part| u64::from(part.board.docs())).sum();
        if matches(found) * 2 > works { Self::Others } else { Self::Matches }
    }

    /// The documents of this side.
    pub(crate) fn of(self, matches: Docs, board: &Board) -> Docs {
        match self {
            Self::Matches => matches,
            Self::Others => Docs::All.minus(&matches, board.docs()),
        }
    }

    #[inline]
    fn matches(self, table: &Table, ordinal: u32, counted: u32) -> u32 {
        match self {
            Self::Matches => counted,
            Self::Others => table.total(ordinal).saturating_sub(counted),
        }
    }
}

fn is_rare(ordinal: u32) -> bool {
    ordinal >= RARE
}

/// Offers the totals of rare things less what the others have of them.
fn offer_rare_without(largest: &mut Largest<'_>, others: &[u32]) {
    let table = largest.table;
    for kind in 0..KINDS {
        for (bound, ordinals) in table.list(kind).blocks() {
            // The bounds lie side by side, the ordinals of a block somewhere else.
            if !largest.may_take(kind, bound) || !ordinals.last().is_some_and(|last| is_rare(*last))
            {
                continue;
            }
            for ordinal in ordinals.iter().filter(|ordinal| is_rare(**ordinal)) {
                let from = others.partition_point(|other| other < ordinal);
                let counted = others[from..].iter().take_while(|other| *other == ordinal).count();
                let counted = u32::try_from(counted).unwrap_or(u32::MAX);
                largest.offer(kind, *ordinal, Side::Others.matches(table, *ordinal, counted));
            }
        }
    }
}

/// The largest of each kind; all of the named ones.
struct Largest<'a> {
    table: &'a Table,
    tops: [Top; KINDS],
}

impl<'a> Largest<'a> {
    fn new(table: &'a Table, top: usize) -> Self {
        let capacity = |kind| if kind < NAMED { top } else { usize::MAX };
        Self { table, tops: std::array::from_fn(|kind| Top::new(capacity(kind))) }
    }

    /// Whether a count of at most this could still be among the largest.
    fn may_take(&self, kind: usize, bound: u32) -> bool {
        bound > 0 && self.tops[kind].may_take(!u64::from(bound))
    }

    #[inline]
    fn offer(&mut self, kind: usize, ordinal: u32, count: u32) {
        let key = !u64::from(count);
        if count > 0
            && self.tops[kind].may_take(key)
            && let Some((_, id)) = self.table.counted(ordinal)
        {
            self.tops[kind].offer(key, id);
        }
    }

    fn offer_sorted(&mut self, ordinals: Vec<u32>) {
        for run in ordinals.chunk_by(|a, b| a == b) {
            if let Some((kind, _)) = self.table.counted(run[0]) {
                let count = u32::try_from(run.len()).unwrap_or(u32::MAX);
                self.offer(usize::from(kind), run[0], count);
            }
        }
    }

    fn finish(self) -> Facets {
        let mut facets = Facets::default();
        for (kind, top) in self.tops.into_iter().enumerate() {
            let counts = top.into_sorted().into_iter().map(|(key, id)| (id, !key));
            match TagKind::ALL.get(kind) {
                Some(kind) => {
                    let counts = counts.map(|(id, count)| FacetCount { id, count }).collect();
                    facets.tags.insert(*kind, counts);
                }
                None => {
                    let named = counts.map(|(id, count)| (self.table.name(id).to_owned(), count));
                    let list = by_count(named);
                    if kind == NAMED {
                        facets.languages = list;
                    } else {
                        facets.statuses = list;
                    }
                }
            }
        }
        facets
    }
}
