//! What the documents of one segment carry, row by row, as small numbers: a count of any set of documents is one pass over
//! its rows.
//!
//! A row has a number of two bytes for each thing carried. What is carried most has small ordinals and is its own number;
//! everything else shares the number [`RARE`], and its ordinals stand aside, found by blocks of 8 documents.
//!
//! Reading rows that lie far apart is waiting for memory. So works of one fandom have their rows side by side (most large
//! sets are of one fandom), and rows are asked for by dozens before the first of them is counted: the waits overlap.

use super::census::Census;
use super::docs::Docs;
use crate::error::IndexError;

/// The number in a row of whatever has no number of its own.
pub(crate) const RARE: u16 = u16::MAX;

/// Documents that share one place among the rare.
const BLOCK: u32 = 8;

/// Rows that are asked for at once.
const AHEAD: usize = 32;

/// Where a row begins and ends.
type Span = (u32, u32);

/// The rows of a segment.
pub(crate) struct Board {
    docs: u32,
    spans: Vec<Span>,
    rows: Vec<u16>,
    /// Where the rare of each block of documents begin.
    rare_starts: Vec<u32>,
    /// The place inside its block of the document that carries each.
    rare_docs: Vec<u8>,
    rare: Vec<u32>,
    /// Every ordinal that occurs, and in how many documents.
    pub(crate) carried: Vec<(u32, u32)>,
}

impl Board {
    /// The rows of a segment whose things have their ordinals.
    pub(crate) fn new(census: &Census, carried: Vec<(u32, u32)>) -> Result<Self, IndexError> {
        let docs = census.docs;
        let mut filling = Filling::new(census)?;
        census.each_carried(|doc, ordinal| filling.put(doc, ordinal))?;
        let Filling { spans, rows, mut rare } = filling;
        rare.sort_unstable();
        let mut rare_starts = vec![0_u32; docs.div_ceil(BLOCK) as usize + 1];
        for (doc, _) in &rare {
            rare_starts[(doc / BLOCK) as usize + 1] += 1;
        }
        sum_up(&mut rare_starts);
        let rare_docs = rare.iter().map(|(doc, _)| (doc % BLOCK) as u8).collect();
        let rare = rare.into_iter().map(|(_, ordinal)| ordinal).collect();
        Ok(Self { docs, spans, rows, rare_starts, rare_docs, rare, carried })
    }

    pub(crate) fn docs(&self) -> u32 {
        self.docs
    }

    /// What some documents carry, as numbers of two bytes: a row for each document, in order.
    #[inline]
    pub(crate) fn each_row(&self, docs: &Docs, mut take: impl FnMut(&[u16])) {
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
    fn some_rows(&self, docs: &[u32], take: &mut impl FnMut(&[u16])) {
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
        for (from, to) in spans {
            take(self.rows.get(*from as usize..*to as usize).unwrap_or(&[]));
        }
    }

    /// Ordinals of the rare things that some documents carry.
    pub(crate) fn each_rare(&self, docs: &Docs, mut take: impl FnMut(u32)) {
        docs.each(self.docs, |doc| self.rare_of(doc, &mut take));
    }

    /// Ordinals of the rare things that a document carries.
    pub(crate) fn rare_of(&self, doc: u32, mut take: impl FnMut(u32)) {
        let block = (doc / BLOCK) as usize;
        let (Some(from), Some(to)) = (self.rare_starts.get(block), self.rare_starts.get(block + 1))
        else {
            return;
        };
        let (from, to) = (*from as usize, *to as usize);
        let place = (doc % BLOCK) as u8;
        for (at, other) in self.rare_docs[from..to].iter().enumerate() {
            if *other == place {
                take(self.rare[from + at]);
            }
        }
    }
}

/// Lengths to starts.
fn sum_up(lengths: &mut [u32]) {
    let mut sum = 0;
    for length in lengths {
        sum += *length;
        *length = sum;
    }
}

/// Rows that are being filled, one column after the other.
struct Filling {
    /// Each as far as it is filled.
    spans: Vec<Span>,
    rows: Vec<u16>,
    rare: Vec<(u32, u32)>,
}

impl Filling {
    /// Room for everything, works of one fandom side by side.
    fn new(census: &Census) -> Result<Self, IndexError> {
        let mut lengths = vec![0_u32; census.docs as usize];
        census.add_lengths(&mut lengths)?;
        let homes = census.homes()?;
        let mut order: Vec<u32> = (0..census.docs).collect();
        order.sort_by_key(|doc| homes[*doc as usize]);
        let (mut spans, mut entries) = (vec![(0, 0); lengths.len()], 0);
        for doc in order {
            spans[doc as usize] = (entries, entries);
            entries += lengths[doc as usize];
        }
        Ok(Self { spans, rows: vec![RARE; entries as usize], rare: Vec::new() })
    }

    fn put(&mut self, doc: u32, ordinal: u32) {
        let (_, next) = &mut self.spans[doc as usize];
        match u16::try_from(ordinal) {
            Ok(number) if number != RARE => self.rows[*next as usize] = number,
            _ => self.rare.push((doc, ordinal)),
        }
        *next += 1;
    }
}
