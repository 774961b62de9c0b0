//! Counts of what the matches carry: exact, over columns of canonical tag ids, one per kind.

use std::collections::{BTreeMap, HashMap};

use fanfold_model::TagKind;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{Searcher, SegmentReader};

use crate::best::Top;
use crate::columns::numbers;
use crate::error::IndexError;

use crate::schema::facet_column;

/// How many matches carry a tag, under its canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetCount {
    /// The canonical tag.
    pub id: u64,
    /// Matches that carry it or a synonym of it.
    pub count: u64,
}

/// What the matches carry. Each list is the largest first, ties by id or name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Tags by kind; every kind is there, with an empty list when no match has one.
    pub tags: BTreeMap<TagKind, Vec<FacetCount>>,
    /// Languages as stated.
    pub languages: Vec<(String, u64)>,
    /// Statuses by their contract names.
    pub statuses: Vec<(String, u64)>,
}

/// Widest range of ids that is counted in an array; beyond it a map is smaller.
const WIDEST_ARRAY: u64 = 4 << 20;

enum Counts {
    Array { base: u64, counts: Vec<u32> },
    Map(HashMap<u64, u32>),
}

/// Counting in progress over all segments.
pub(crate) struct Counting {
    kinds: Vec<(TagKind, Counts)>,
    languages: BTreeMap<String, u64>,
    statuses: BTreeMap<String, u64>,
}

/// The columns of one segment.
pub(crate) struct SegmentCounting {
    kinds: Vec<Column<u64>>,
    names: [Option<(StrColumn, Vec<u32>)>; 2],
}

impl Counting {
    pub(crate) fn new(searcher: &Searcher) -> Result<Self, IndexError> {
        let kinds =
            TagKind::ALL.into_iter().map(|kind| Ok((kind, Counts::for_kind(searcher, kind)?)));
        Ok(Self {
            kinds: kinds.collect::<Result<_, IndexError>>()?,
            languages: BTreeMap::new(),
            statuses: BTreeMap::new(),
        })
    }

    /// Adds the matches of a block.
    pub(crate) fn add(&mut self, segment: &mut SegmentCounting, docs: &[u32]) {
        for ((_, counts), column) in self.kinds.iter_mut().zip(&segment.kinds) {
            for doc in docs {
                for id in column.values_for_doc(*doc) {
                    counts.add(id);
                }
            }
        }
        for (column, counts) in segment.names.iter_mut().flatten() {
            for doc in docs {
                for ord in column.term_ords(*doc) {
                    if let Some(count) =
                        usize::try_from(ord).ok().and_then(|ord| counts.get_mut(ord))
                    {
                        *count += 1;
                    }
                }
            }
        }
    }

    /// Puts the names of a finished segment to its counts.
    pub(crate) fn finish_segment(&mut self, segment: SegmentCounting) -> Result<(), IndexError> {
        for (total, names) in
            [&mut self.languages, &mut self.statuses].into_iter().zip(segment.names)
        {
            let Some((column, counts)) = names else {
                continue;
            };
            for (ord, count) in (0_u64..).zip(counts).filter(|(_, count)| *count > 0) {
                let mut name = String::new();
                column.ord_to_str(ord, &mut name).map_err(tantivy::TantivyError::from)?;
                *total.entry(name).or_default() += u64::from(count);
            }
        }
        Ok(())
    }

    /// The largest of each kind.
    pub(crate) fn finish(self, top: usize) -> Facets {
        let tags = self.kinds.into_iter().map(|(kind, counts)| (kind, counts.largest(top)));
        Facets {
            tags: tags.collect(),
            languages: by_count(self.languages),
            statuses: by_count(self.statuses),
        }
    }
}

impl SegmentCounting {
    pub(crate) fn open(reader: &SegmentReader) -> Result<Self, IndexError> {
        let kinds = TagKind::ALL.into_iter().map(|kind| numbers(reader, &facet_column(kind)));
        let names = |field: &str| -> Result<_, IndexError> {
            let column = reader.fast_fields().str(field)?;
            Ok(column.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }))
        };
        Ok(Self {
            kinds: kinds.collect::<Result<_, _>>()?,
            names: [names("language_shown")?, names("status")?],
        })
    }
}

impl Counts {
    fn for_kind(searcher: &Searcher, kind: TagKind) -> Result<Self, IndexError> {
        let (mut low, mut high) = (u64::MAX, 0);
        for reader in searcher.segment_readers() {
            let column = numbers(reader, &facet_column(kind))?;
            if column.values.num_vals() > 0 {
                low = low.min(column.min_value());
                high = high.max(column.max_value());
            }
        }
        let width = high.saturating_sub(low).saturating_add(1);
        Ok(match usize::try_from(width) {
            Ok(width) if low <= high && width as u64 <= WIDEST_ARRAY => {
                Self::Array { base: low, counts: vec![0; width] }
            }
            _ => Self::Map(HashMap::new()),
        })
    }

    fn add(&mut self, id: u64) {
        match self {
            Self::Map(counts) => *counts.entry(id).or_default() += 1,
            Self::Array { base, counts } => {
                let slot = usize::try_from(id.wrapping_sub(*base))
                    .ok()
                    .and_then(|slot| counts.get_mut(slot));
                if let Some(count) = slot {
                    *count += 1;
                }
            }
        }
    }

    fn largest(self, top: usize) -> Vec<FacetCount> {
        let mut largest = Top::new(top);
        match self {
            Self::Map(counts) => {
                counts.into_iter().for_each(|(id, count)| largest.offer(!u64::from(count), id))
            }
            Self::Array { base, counts } => {
                for (id, count) in (base..).zip(counts).filter(|(_, count)| *count > 0) {
                    largest.offer(!u64::from(count), id);
                }
            }
        }
        largest.into_sorted().into_iter().map(|(key, id)| FacetCount { id, count: !key }).collect()
    }
}

/// The largest first, ties by name.
pub(crate) fn by_count(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}
