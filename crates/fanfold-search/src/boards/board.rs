//! What the documents of one segment carry, row by row, as small numbers: a count of any set of documents is one pass over
//! its rows.
//!
//! A row has a number of two bytes for each thing carried. What is carried most has small ordinals and is its own number;
//! everything else is rare, and stands at the end of the row with its ordinal in two halves. A row opens with the count of
//! its numbers.
//!
//! Reading rows that lie far apart is waiting for memory. So works of one fandom have their rows side by side (most large
//! sets are of one fandom), a row has all that its work carries, and rows are asked for by dozens before the first of them
//! is counted: the waits overlap.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::bits::Bits;
use super::census::Census;
use super::docs::Docs;
use super::table::Table;
use crate::error::IndexError;

/// From this ordinal on, a thing is rare: it has no number of its own. A row with all numbers can still count them.
pub(crate) const RARE: u32 = u16::MAX as u32;

/// Rows that are asked for at once.
const AHEAD: usize = 32;

/// Fewer entries than this were never too many to write anew.
const WORN_FROM: usize = 1 << 20;

/// Where a row begins and ends.
type Span = (u32, u32);

/// Ordinals, each with a number of documents.
type Carried = Vec<(u32, u32)>;

/// The rows of a segment.
pub(crate) struct Board {
    /// A number that no other board ever has.
    pub(crate) edition: u64,
    docs: u32,
    spans: Vec<Span>,
    rows: Arc<Vec<u16>>,
    /// Rows that were written anew, behind the others.
    later: Vec<u16>,
    /// Every ordinal that occurred when the board was made, and in how many documents.
    carried: Arc<Carried>,
    /// What came and went since.
    gained: Carried,
    lost: Carried,
}

/// A board put right.
pub(crate) struct Amended {
    pub(crate) board: Board,
    /// What it has less than before …
    pub(crate) lost: Vec<(u32, u32)>,
    /// … and more.
    pub(crate) gained: Vec<(u32, u32)>,
}

/// The number of a new board.
fn edition() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

/// What a document carries.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    /// What has a number of its own.
    pub(crate) numbers: &'a [u16],
    halves: &'a [u16],
}

impl<'a> Row<'a> {
    fn of(entries: &'a [u16]) -> Self {
        let (count, carried) = entries.split_first().unwrap_or((&0, &[]));
        let (numbers, halves) = carried.split_at_checked(usize::from(*count)).unwrap_or_default();
        Self { numbers, halves }
    }

    /// Ordinals of what is rare.
    #[inline]
    pub(crate) fn rare(self) -> impl Iterator<Item = u32> + 'a {
        let (pairs, _) = self.halves.as_chunks();
        pairs.iter().map(|[low, high]| u32::from(*high) << 16 | u32::from(*low))
    }
}

impl Board {
    /// The rows of a segment whose things have their ordinals.
    pub(crate) fn new(census: &Census, carried: Vec<(u32, u32)>) -> Result<Self, IndexError> {
        let mut filling = Filling::new(census)?;
        census.each_carried(|doc, ordinal| filling.put(doc, ordinal))?;
        let Filling { spans, rows, .. } = filling;
        Ok(Self {
            edition: edition(),
            docs: census.docs,
            spans,
            rows: Arc::new(rows),
            later: Vec::new(),
            carried: Arc::new(carried),
            gained: Vec::new(),
            lost: Vec::new(),
        })
    }

    /// The same board where some documents carry, of all that `counted` names, what is said of them and nothing else.
    /// Documents and what they carry ascend; everything else in their rows stays.
    pub(crate) fn amended(&self, docs: &[u32], carried: &[(u32, u32)], counted: &Bits) -> Amended {
        let (mut spans, mut later) = (self.spans.clone(), self.later.clone());
        let (mut lost, mut gained) = (Vec::new(), Vec::new());
        let (mut waiting, mut row) = (carried.iter().peekable(), Vec::new());
        for doc in docs {
            let Some(span) = spans.get_mut(*doc as usize) else {
                continue;
            };
            let before = self.row(*span);
            row.clear();
            row.extend(before.numbers.iter().map(|number| u32::from(*number)).chain(before.rare()));
            row.retain(|ordinal| {
                let stays = !counted.has(*ordinal);
                if !stays {
                    lost.push(*ordinal);
                }
                stays
            });
            while let Some((_, ordinal)) = waiting.next_if(|(of, _)| of <= doc) {
                row.push(*ordinal);
                gained.push(*ordinal);
            }
            let from = self.rows.len() + later.len();
            write_row(&row, &mut later);
            *span = (from as u32, (self.rows.len() + later.len()) as u32);
        }
        let (lost, gained) = (numbered(lost), numbered(gained));
        let board = Self {
            edition: edition(),
            docs: self.docs,
            spans,
            rows: Arc::clone(&self.rows),
            later,
            carried: Arc::clone(&self.carried),
            gained: [&self.gained[..], &gained].concat(),
            lost: [&self.lost[..], &lost].concat(),
        };
        Amended { board, lost, gained }
    }

    /// Takes everything that is carried out of a table.
    pub(crate) fn leave(&self, table: &mut Table) {
        table.add(&self.lost);
        table.remove(&self.carried);
        table.remove(&self.gained);
    }

    /// Whether so many rows were written anew that it is worth making the board again.
    pub(crate) fn is_worn(&self) -> bool {
        self.later.len() > self.rows.len() / 4 + WORN_FROM
    }

    pub(crate) fn docs(&self) -> u32 {
        self.docs
    }

    /// What some documents carry: a row for each, in order.
    #[inline]
    pub(crate) fn each_row(&self, docs: &Docs, mut take: impl FnMut(Row<'_>)) {
        let mut waiting = [0; AHEAD];
        let mut count = 0;
        docs.each(self.docs, |doc| {
            waiting[count] = doc;
            count += 1;
            if count == AHEAD {
                self.some_rows(&waiting, &mut take);
                count = 0;
            }
        });
        self.some_rows(&waiting[..count], &mut take);
    }

    #[inline]
    fn some_rows(&self, docs: &[u32], take: &mut impl FnMut(Row<'_>)) {
        let mut spans = [(0, 0); AHEAD];
        for (span, doc) in spans.iter_mut().zip(docs) {
            *span = self.spans.get(*doc as usize).copied().unwrap_or_default();
        }
        let spans = &spans[..docs.len()];
        let ends = spans.iter().flat_map(|(from, to)| [*from, to.saturating_sub(1)]);
        // Only to have them come: nothing waits for one before the next is asked for.
        std::hint::black_box(
            ends.fold(0, |all, at| all ^ self.rows.get(at as usize).unwrap_or(&0)),
        );
        for span in spans {
            take(self.row(*span));
        }
    }

    #[inline]
    fn row(&self, (from, to): Span) -> Row<'_> {
        let (from, to) = (from as usize, to as usize);
        Row::of(self.rows.get(from..to).unwrap_or_else(|| {
            let before = self.rows.len();
            self.later.get(from.wrapping_sub(before)..to.wrapping_sub(before)).unwrap_or(&[])
        }))
    }
}

/// Puts a row behind others.
fn write_row(ordinals: &[u32], rows: &mut Vec<u16>) {
    let numbers = || ordinals.iter().filter(|ordinal| **ordinal < RARE);
    rows.push(numbers().count() as u16);
    numbers().for_each(|number| rows.push(*number as u16));
    for rare in ordinals.iter().filter(|ordinal| **ordinal >= RARE) {
        rows.extend_from_slice(&halves(*rare));
    }
}

/// A rare ordinal as it stands in a row.
fn halves(ordinal: u32) -> [u16; 2] {
    [(ordinal & 0xFFFF) as u16, (ordinal >> 16) as u16]
}

/// Each ordinal with how often it occurs.
fn numbered(mut ordinals: Vec<u32>) -> Vec<(u32, u32)> {
    ordinals.sort_unstable();
    let runs = ordinals.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))).collect()
}

/// Rows that are being filled, one kind of things after the other.
struct Filling {
    spans: Vec<Span>,
    rows: Vec<u16>,
    /// Where the rare of each document begin, as far as they are filled: from the end.
    rare: Vec<u32>,
}

impl Filling {
    /// Room for everything, works of one fandom side by side.
    fn new(census: &Census) -> Result<Self, IndexError> {
        // The count of the numbers comes first.
        let mut lengths = vec![1_u32; census.docs as usize];
        census.each_carried(|doc, ordinal| {
            if let Some(length) = lengths.get_mut(doc as usize) {
                *length += if ordinal < RARE { 1 } else { 2 };
            }
        })?;
        let homes = census.homes()?;
        let mut order: Vec<u32> = (0..census.docs).collect();
        order.sort_by_key(|doc| homes[*doc as usize]);
        let (mut spans, mut entries) = (vec![(0, 0); lengths.len()], 0);
        for doc in order {
            let from = entries;
            entries += lengths[doc as usize];
            spans[doc as usize] = (from, entries);
            lengths[doc as usize] = entries;
        }
        Ok(Self { spans, rows: vec![0; entries as usize], rare: lengths })
    }

    fn put(&mut self, doc: u32, ordinal: u32) {
        let [low, high] = halves(ordinal);
        if ordinal < RARE {
            let from = self.spans[doc as usize].0 as usize;
            self.rows[from] += 1;
            let count = usize::from(self.rows[from]);
            self.rows[from + count] = low;
        } else {
            let next = &mut self.rare[doc as usize];
            *next -= 2;
            let next = *next as usize;
            (self.rows[next], self.rows[next + 1]) = (low, high);
        }
    }
}
