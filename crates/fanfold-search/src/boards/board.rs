//! What the documents of one segment carry, row by row, as small numbers: a count of any set of documents is one pass over
//! its rows.
//!
//! A row has a number of two bytes for each thing carried. What is carried most has small ordinals and is its own number;
//! everything else shares the number [`RARE`], and its ordinals stand aside, found by blocks of 64 documents.

use super::census::Census;
use super::docs::Docs;
use crate::error::IndexError;

/// The number in a row of whatever has no number of its own.
pub(crate) const RARE: u16 = u16::MAX;

/// Documents that share one place among the rare.
const BLOCK: u32 = 64;

/// The rows of a segment.
pub(crate) struct Board {
    docs: u32,
    starts: Vec<u32>,
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
        let mut starts = vec![0_u32; docs as usize + 1];
        census.add_lengths(&mut starts[1..])?;
        sum_up(&mut starts);
        let entries = starts.last().copied().unwrap_or(0) as usize;
        let mut filling =
            Filling { next: starts.clone(), rows: vec![RARE; entries], rare: Vec::new() };
        census.each_carried(|doc, ordinal| filling.put(doc, ordinal))?;
        let Filling { rows, mut rare, .. } = filling;
        rare.sort_unstable();
        let mut rare_starts = vec![0_u32; docs.div_ceil(BLOCK) as usize + 1];
        for (doc, _) in &rare {
            rare_starts[(doc / BLOCK) as usize + 1] += 1;
        }
        sum_up(&mut rare_starts);
        let rare_docs = rare.iter().map(|(doc, _)| (doc % BLOCK) as u8).collect();
        let rare = rare.into_iter().map(|(_, ordinal)| ordinal).collect();
        Ok(Self { docs, starts, rows, rare_starts, rare_docs, rare, carried })
    }

    pub(crate) fn docs(&self) -> u32 {
        self.docs
    }

    /// What a document carries, as numbers of two bytes.
    #[inline]
    pub(crate) fn row(&self, doc: u32) -> &[u16] {
        let at = doc as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.rows.get(*from as usize..*to as usize).unwrap_or(&[])
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
    next: Vec<u32>,
    rows: Vec<u16>,
    rare: Vec<(u32, u32)>,
}

impl Filling {
    fn put(&mut self, doc: u32, ordinal: u32) {
        let next = &mut self.next[doc as usize];
        match u16::try_from(ordinal) {
            Ok(number) if number != RARE => self.rows[*next as usize] = number,
            _ => self.rare.push((doc, ordinal)),
        }
        *next += 1;
    }
}
