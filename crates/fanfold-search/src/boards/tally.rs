//! Facets from boards: the things that a set of works carries, counted exactly, and the largest of each kind.
//!
//! Three ways, chosen by the size of the set. Of a few works the ordinals are gathered and sorted. Of more, each row is
//! counted in an array. Of more than half, the others are counted and taken from the totals, which are known. Whatever
//! cannot be among the largest, because all works together have less of it, is not looked at.

use fanfold_model::TagKind;

use super::board::{Board, RARE};
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
}

/// Counts what all matches carry; `top` of each kind of tags. The boards must be all those in the table's totals.
pub(crate) fn facets(table: &Table, found: Vec<Found<'_>>, top: usize) -> Facets {
    let matches: u64 = found.iter().map(|part| part.docs.len(part.board.docs())).sum();
    let works: u64 = found.iter().map(|part| u64::from(part.board.docs())).sum();
    let mut largest = Largest::new(table, top);
    if matches <= FEW {
        largest.offer_sorted(gathered(&found));
    } else if matches * 2 <= works {
        Tally::of(found).offer(&mut largest, Side::Matches);
    } else {
        let others = found.into_iter().map(|Found { board, docs }| {
            let docs = Docs::All.minus(&docs, board.docs());
            Found { board, docs }
        });
        Tally::of(others.collect()).offer(&mut largest, Side::Others);
    }
    largest.finish()
}

/// Every ordinal as often as it occurs, in order.
fn gathered(found: &[Found<'_>]) -> Vec<u32> {
    let mut all = Vec::new();
    for Found { board, docs } in found {
        board.each_row(docs, |row| {
            let own = row.iter().filter(|number| **number != RARE);
            all.extend(own.map(|number| u32::from(*number)));
        });
    }
    all.extend(gathered_rare(found));
    all.sort_unstable();
    all
}

fn gathered_rare(found: &[Found<'_>]) -> Vec<u32> {
    let mut all = Vec::new();
    for Found { board, docs } in found {
        board.each_rare(docs, |ordinal| all.push(ordinal));
    }
    all.sort_unstable();
    all
}

const NUMBERS: usize = 1 << 16;

/// How often each number occurs in the rows of some works.
struct Tally<'a> {
    counts: Box<[u32; NUMBERS]>,
    found: Vec<Found<'a>>,
}

impl<'a> Tally<'a> {
    fn of(found: Vec<Found<'a>>) -> Self {
        let mut counts = Box::new([0; NUMBERS]);
        for Found { board, docs } in &found {
            board.each_row(docs, |row| {
                for number in row {
                    counts[usize::from(*number)] += 1;
                }
            });
        }
        Self { counts, found }
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
                    let counted = self.counts[(*ordinal as usize) % NUMBERS];
                    largest.offer(kind, *ordinal, side.matches(table, *ordinal, counted));
                }
            }
        }
        let any_rare = side == Side::Others || self.counts[usize::from(RARE)] > 0;
        if any_rare && (0..KINDS).any(|kind| largest.may_take_rare(kind)) {
            let rare = gathered_rare(&self.found);
            match side {
                Side::Matches => largest.offer_sorted(rare),
                Side::Others => offer_rare_without(largest, &rare),
            }
        }
    }
}

/// What was counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Matches,
    /// Everything but the matches.
    Others,
}

impl Side {
    #[inline]
    fn matches(self, table: &Table, ordinal: u32, counted: u32) -> u32 {
        match self {
            Self::Matches => counted,
            Self::Others => table.total(ordinal).saturating_sub(counted),
        }
    }
}

fn is_rare(ordinal: u32) -> bool {
    ordinal >= u32::from(RARE)
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

    fn may_take_rare(&self, kind: usize) -> bool {
        let rare = |ordinals: &[u32]| ordinals.last().is_some_and(|last| is_rare(*last));
        self.table
            .list(kind)
            .blocks()
            .any(|(bound, ordinals)| self.may_take(kind, bound) && rare(ordinals))
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
