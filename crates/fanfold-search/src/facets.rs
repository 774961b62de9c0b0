//! Counts of what the matches carry, read from the lists of works of all tags: exact, and slow for large libraries. Programs
//! that answer many questions count with boards.

use std::collections::{BTreeMap, HashMap};

use fanfold_model::TagKind;
use tantivy::columnar::StrColumn;
use tantivy::{BitSet, SegmentReader};

use crate::best::Top;
use crate::canonical::Canonical;
use crate::carried::Carried;
use crate::error::IndexError;

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

/// Counting in progress over all segments.
#[derive(Default)]
pub(crate) struct Counting {
    kinds: BTreeMap<TagKind, HashMap<u64, u64>>,
    languages: BTreeMap<String, u64>,
    statuses: BTreeMap<String, u64>,
}

/// The matches of one segment.
pub(crate) struct SegmentCounting {
    matches: BitSet,
    /// Columns of languages and statuses, with counts.
    names: [Option<(StrColumn, Vec<u32>)>; 2],
}

impl SegmentCounting {
    pub(crate) fn open(reader: &SegmentReader) -> Result<Self, IndexError> {
        let names = |field: &str| -> Result<_, IndexError> {
            let column = reader.fast_fields().str(field)?;
            Ok(column.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }))
        };
        Ok(Self {
            matches: BitSet::with_max_value(reader.max_doc()),
            names: [names("language_shown")?, names("status")?],
        })
    }

    /// Adds the matches of a block.
    pub(crate) fn add(&mut self, docs: &[u32]) {
        for doc in docs {
            self.matches.insert(*doc);
        }
        for (column, counts) in self.names.iter_mut().flatten() {
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
}

impl Counting {
    /// Looks which tags the matches of a finished segment carry: every list of works is read.
    pub(crate) fn finish_segment(
        &mut self,
        reader: &SegmentReader,
        canonical: &Canonical,
        segment: SegmentCounting,
    ) -> Result<(), IndexError> {
        for kind in TagKind::ALL {
            let counts = self.kinds.entry(kind).or_default();
            let carried = Carried::of(reader, kind, canonical)?;
            for family in carried.families() {
                let mut count = 0;
                carried.works(family, |docs| {
                    count += docs.iter().filter(|doc| segment.matches.contains(**doc)).count();
                })?;
                if count > 0 {
                    *counts.entry(family.form).or_default() += count as u64;
                }
            }
        }
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
    pub(crate) fn finish(mut self, top: usize) -> Facets {
        let tags = TagKind::ALL.map(|kind| {
            let mut largest = Top::new(top);
            let counts = self.kinds.remove(&kind).unwrap_or_default();
            counts.into_iter().for_each(|(id, count)| largest.offer(!count, id));
            let list = largest.into_sorted().into_iter();
            (kind, list.map(|(key, id)| FacetCount { id, count: !key }).collect())
        });
        Facets {
            tags: tags.into_iter().collect(),
            languages: by_count(self.languages),
            statuses: by_count(self.statuses),
        }
    }
}

/// The largest first, ties by name.
pub(crate) fn by_count(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}
