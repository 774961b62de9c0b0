//! Counting of canonical tags over columns, as one writes a collector for Tantivy: an array of counts a kind.

use std::cmp::Reverse;

use fanfold_model::TagKind;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::tantivy::facet_column;

/// Counts the ten largest tags of each kind among the matches.
pub(super) struct FacetCounting;

/// Counts of one kind: how many matches have `first`, `first + 1` …
pub(super) struct Counts {
    kind: TagKind,
    first: u64,
    counts: Vec<u32>,
}

/// Counts of all kinds in one segment, each with its column.
pub(super) struct SegmentCounting(Vec<(Column<u64>, Counts)>);

impl Collector for FacetCounting {
    type Fruit = Vec<(TagKind, u64, u64)>;
    type Child = SegmentCounting;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCounting> {
        let mut kinds = Vec::new();
        for kind in TagKind::ALL {
            if let Some(column) = reader.fast_fields().column_opt::<u64>(&facet_column(kind))? {
                let (first, last) = (column.min_value(), column.max_value());
                let span = usize::try_from(last.saturating_sub(first)).unwrap_or(0);
                kinds.push((column, Counts { kind, first, counts: vec![0; span + 1] }));
            }
        }
        Ok(SegmentCounting(kinds))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<Counts>>) -> tantivy::Result<Self::Fruit> {
        let mut all: Vec<Counts> = segments.into_iter().flatten().collect();
        all.sort_by_key(|counts| (counts.kind, counts.first));
        let merged = all.chunk_by(|one, other| one.kind == other.kind).map(sum);
        Ok(merged.flat_map(|counts| counts.largest()).collect())
    }
}

/// Counts of the same kind from all segments.
fn sum(segments: &[Counts]) -> Counts {
    let kind = segments.first().map_or(TagKind::Freeform, |counts| counts.kind);
    let first = segments.iter().map(|counts| counts.first).min().unwrap_or(0);
    let end = segments.iter().map(|counts| counts.first as usize + counts.counts.len()).max();
    let mut total = vec![0; end.unwrap_or(0).saturating_sub(first as usize)];
    for segment in segments {
        let place = (segment.first - first) as usize;
        total[place..].iter_mut().zip(&segment.counts).for_each(|(total, count)| *total += count);
    }
    Counts { kind, first, counts: total }
}

impl Counts {
    fn largest(self) -> Vec<(TagKind, u64, u64)> {
        let tags = (self.first..).zip(self.counts).filter(|(_, count)| *count > 0);
        let mut list: Vec<(u64, u32)> = tags.collect();
        let key = |(tag, count): &(u64, u32)| (Reverse(*count), *tag);
        if list.len() > 10 {
            list.select_nth_unstable_by_key(9, key);
            list.truncate(10);
        }
        list.sort_unstable_by_key(key);
        list.into_iter().map(|(tag, count)| (self.kind, tag, u64::from(count))).collect()
    }
}

impl SegmentCollector for SegmentCounting {
    type Fruit = Vec<Counts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for (column, Counts { first, counts, .. }) in &mut self.0 {
            for tag in column.values_for_doc(doc) {
                if let Some(count) = counts.get_mut((tag - *first) as usize) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Vec<Counts> {
        self.0.into_iter().map(|(_, counts)| counts).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_with_other_ranges_of_tags_add_up_to_the_largest_ten() {
        let counts = |first, counts: &[u32]| Counts {
            kind: TagKind::Fandom,
            first,
            counts: counts.to_vec(),
        };
        let segments =
            vec![vec![counts(5, &[1, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1])], vec![counts(3, &[4, 0, 1])]];
        let largest = FacetCounting.merge_fruits(segments).unwrap();
        let found: Vec<_> = largest.iter().map(|(_, tag, count)| (*tag, *count)).collect();
        let ones = (8..15).map(|tag| (tag, 1));
        assert_eq!(found, [(3, 4), (5, 2), (7, 2)].into_iter().chain(ones).collect::<Vec<_>>());
    }
}
