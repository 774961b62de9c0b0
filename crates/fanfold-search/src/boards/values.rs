//! A column of one value a document as a plain array: what is compared and what is in a range is read without unpacking.

use std::ops::RangeInclusive;

use tantivy::SegmentReader;
use tantivy::columnar::{Column, ColumnIndex};

use super::bits::Bits;
use crate::columns::numbers;
use crate::error::IndexError;
use crate::order::By;

/// Values by document; [`ABSENT`] stands for none.
#[derive(Debug)]
pub(crate) struct Values(Vec<u32>);

/// Never a value: columns that reach it are not read into arrays.
pub(crate) const ABSENT: u32 = u32::MAX;

/// Brings the lowest bits of eight bytes together into the highest byte.
const SIDE_BY_SIDE: u64 = 0x0102_0408_1020_4080;

/// How many values are unpacked at once.
const BLOCK: usize = 4_096;

impl Values {
    /// A column of numbers; `None` when a number in it is too large.
    pub(crate) fn numbers(reader: &SegmentReader, name: &str) -> Result<Option<Self>, IndexError> {
        Ok(Self::read(&numbers(reader, name)?, reader.max_doc()))
    }

    /// What a segment's documents are sorted by: numbers, or places of names in the dictionary, each twice plus one, so
    /// that other names fall between them.
    pub(crate) fn of_order(reader: &SegmentReader, by: By) -> Result<Option<Self>, IndexError> {
        match by {
            By::Number(name) => Self::numbers(reader, name),
            By::Text(name) => {
                let Some(column) = reader.fast_fields().str(name)? else {
                    return Ok(Some(Self(vec![ABSENT; reader.max_doc() as usize])));
                };
                Ok(Self::read(column.ords(), reader.max_doc()).and_then(Self::twice_plus_one))
            }
            By::Score => Ok(None),
        }
    }

    fn twice_plus_one(mut self) -> Option<Self> {
        for value in self.0.iter_mut().filter(|value| **value != ABSENT) {
            *value = value.checked_mul(2)?.checked_add(1).filter(|value| *value != ABSENT)?;
        }
        Some(self)
    }

    fn read(column: &Column<u64>, docs: u32) -> Option<Self> {
        if column.values.num_vals() == 0 {
            return Some(Self(vec![ABSENT; docs as usize]));
        }
        if column.max_value() >= u64::from(ABSENT) {
            return None;
        }
        let mut values = Vec::with_capacity(docs as usize);
        let mut push = |value: Option<u64>| {
            values.push(value.and_then(|value| u32::try_from(value).ok()).unwrap_or(ABSENT));
        };
        if matches!(column.index, ColumnIndex::Full) {
            let mut block = vec![0; BLOCK];
            for start in (0..docs).step_by(BLOCK) {
                let block = &mut block[..BLOCK.min((docs - start) as usize)];
                column.values.get_range(u64::from(start), block);
                block.iter().for_each(|value| push(Some(*value)));
            }
        } else {
            (0..docs).for_each(|doc| push(column.first(doc)));
        }
        Some(Self(values))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len() * 4
    }

    #[inline]
    pub(crate) fn at(&self, doc: u32) -> u32 {
        self.0.get(doc as usize).copied().unwrap_or(ABSENT)
    }

    /// Documents by their values, ascending, ties by document, those without a value last.
    pub(crate) fn order(&self) -> Vec<u32> {
        let mut keys: Vec<u64> =
            (0_u64..).zip(&self.0).map(|(doc, value)| u64::from(*value) << 32 | doc).collect();
        keys.sort_unstable();
        keys.into_iter().map(|key| (key & u64::from(u32::MAX)) as u32).collect()
    }

    /// Whether a range asks for any value that an array may hold, and for which.
    pub(crate) fn narrowed(range: &RangeInclusive<u64>) -> Option<RangeInclusive<u32>> {
        let from = u32::try_from(*range.start()).ok().filter(|from| *from != ABSENT)?;
        let to = u32::try_from(*range.end()).unwrap_or(ABSENT).min(ABSENT - 1);
        (from <= to).then_some(from..=to)
    }

    /// The bits of one word of documents whose values lie in a range.
    #[inline]
    pub(crate) fn word_in(&self, word: usize, range: &RangeInclusive<u32>) -> u64 {
        let (from, width) = (*range.start(), range.end() - range.start());
        let end = self.0.len().min(word * 64 + 64);
        let values = self.0.get(word * 64..end).unwrap_or(&[]);
        // Compared side by side into bytes, then eight bytes at a time into bits.
        let mut inside = [0_u8; 64];
        for (inside, value) in inside.iter_mut().zip(values) {
            *inside = u8::from(value.wrapping_sub(from) <= width);
        }
        let (eights, _) = inside.as_chunks();
        let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight));
        (0..).zip(eights).fold(0, |bits, (at, eight)| {
            bits | (eight.wrapping_mul(SIDE_BY_SIDE) >> 56) << (8 * at)
        })
    }

    /// Every document whose value lies in a range.
    pub(crate) fn all_in(&self, range: &RangeInclusive<u32>, docs: u32) -> Bits {
        Bits::by_word(docs, |word| self.word_in(word, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_finds_what_lies_in_it_and_never_the_absent() {
        let values = Values((0..100).map(|v| if v % 7 == 0 { ABSENT } else { v }).collect());
        for (from, to) in [(0_u64, u64::MAX), (10, 20), (20, 10), (5_000_000_000, u64::MAX)] {
            let expected: Vec<u32> =
                (0..100).filter(|v| v % 7 != 0 && (from..=to).contains(&u64::from(*v))).collect();
            let found = Values::narrowed(&(from..=to))
                .map_or_else(Vec::new, |range| values.all_in(&range, 100).list());
            assert_eq!(found, expected, "{from} to {to}");
        }
    }

    #[test]
    fn orders_are_by_value_then_document_with_the_absent_last() {
        let values = Values(vec![5, ABSENT, 3, 5, 0]);
        assert_eq!(values.order(), [4, 2, 0, 3, 1]);
    }
}
