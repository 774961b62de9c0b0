//! Numbers of another archive, sorted, found through a table of their upper bits: at fourteen million numbers a look-up
//! touches two places in memory.

/// Lower bits of a number that a bucket leaves out.
const SHIFT: u32 = 8;

/// Numbers with a value each.
#[derive(Debug, Default)]
pub(super) struct Ids {
    sorted: Vec<(u32, u32)>,
    starts: Vec<u32>,
}

impl Ids {
    /// Sorts numbers; of one that comes twice the first stays.
    pub(super) fn of(mut numbers: Vec<(u32, u32)>) -> Self {
        numbers.sort_by_key(|(number, _)| *number);
        numbers.dedup_by_key(|(number, _)| *number);
        let buckets = numbers.last().map_or(0, |(last, _)| (last >> SHIFT) as usize + 1);
        let mut starts = Vec::with_capacity(buckets + 1);
        for (place, (number, _)) in (0_u32..).zip(&numbers) {
            while starts.len() <= (number >> SHIFT) as usize {
                starts.push(place);
            }
        }
        starts.push(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        Self { sorted: numbers, starts }
    }

    /// The value of a number.
    pub(super) fn get(&self, number: u32) -> Option<u32> {
        let bucket = (number >> SHIFT) as usize;
        let (from, to) = (*self.starts.get(bucket)?, *self.starts.get(bucket + 1)?);
        let bucket = self.sorted.get(from as usize..to as usize)?;
        let place = bucket.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        bucket.get(place).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_number_is_found_with_its_first_value_and_no_other_is(
            numbers in proptest::collection::vec((0_u32..3_000, 0_u32..9), 0..300), asked in 0_u32..4_000
        ) {
            let mut first = BTreeMap::new();
            for (number, value) in &numbers {
                first.entry(*number).or_insert(*value);
            }
            let ids = Ids::of(numbers);
            for (number, value) in &first {
                prop_assert_eq!(ids.get(*number), Some(*value));
            }
            prop_assert_eq!(ids.get(asked), first.get(&asked).copied());
        }
    }
}
