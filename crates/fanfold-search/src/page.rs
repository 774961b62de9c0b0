//! One pass over the matches: exact total, the best so many in order, and facet counts.

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{Searcher, SegmentReader};

use crate::best::Best;
use crate::canonical::Canonical;
use crate::columns::{Keys, numbers};
use crate::error::IndexError;
use crate::facets::{Counting, Facets, SegmentCounting};
use crate::order::{By, Cursor, Order};

/// What a page asks for.
pub(crate) struct PageRequest<'a> {
    pub(crate) order: Order,
    /// How many hits from the top (behind the cursor) are wanted.
    pub(crate) best: usize,
    pub(crate) after: Option<&'a Cursor>,
    /// How many facets of each kind are wanted.
    pub(crate) facets: Option<usize>,
}

/// What was found.
pub(crate) struct Page {
    pub(crate) total: u64,
    pub(crate) best: Vec<Cursor>,
    pub(crate) facets: Option<Facets>,
}

/// Runs a query over all segments.
pub(crate) fn page(
    searcher: &Searcher,
    query: &dyn Query,
    request: &PageRequest<'_>,
    canonical: &Canonical,
) -> Result<Page, IndexError> {
    let scoring = if request.order.by == By::Score && request.best > 0 {
        EnableScoring::enabled_from_searcher(searcher)
    } else {
        EnableScoring::disabled_from_searcher(searcher)
    };
    let weight = query.weight(scoring)?;
    if request.best == 0 && request.facets.is_none() {
        return count_only(searcher, &*weight);
    }
    let facets = request.facets.map(|_| Counting::default());
    let best = Best::new(request.order, request.best);
    let mut pass = Pass { request, canonical, total: 0, facets, best };
    for reader in searcher.segment_readers() {
        pass.segment(reader, &*weight)?;
    }
    Ok(pass.finish())
}

fn count_only(searcher: &Searcher, weight: &dyn Weight) -> Result<Page, IndexError> {
    let mut total = 0;
    for reader in searcher.segment_readers() {
        total += u64::from(weight.count(reader)?);
    }
    Ok(Page { total, best: Vec::new(), facets: None })
}

struct Pass<'a> {
    request: &'a PageRequest<'a>,
    canonical: &'a Canonical,
    total: u64,
    facets: Option<Counting>,
    best: Best,
}

/// What is open while one segment is read.
struct Segment {
    keys: Keys,
    ids: tantivy::columnar::Column<u64>,
    after: Option<(u64, u64)>,
    facets: Option<SegmentCounting>,
    values: Vec<Option<u64>>,
    block_keys: Vec<u64>,
}

impl Pass<'_> {
    fn segment(&mut self, reader: &SegmentReader, weight: &dyn Weight) -> Result<(), IndexError> {
        let order = self.request.order;
        let keys = Keys::open(reader, order)?;
        let after = self.request.after.map(|cursor| keys.place(order, cursor)).transpose()?;
        let facets = self.facets.is_some().then(|| SegmentCounting::open(reader)).transpose()?;
        let ids = numbers(reader, "id")?;
        let mut segment =
            Segment { keys, ids, after, facets, values: Vec::new(), block_keys: Vec::new() };
        let alive = reader.alive_bitset();
        if order.by == By::Score && self.request.best > 0 {
            weight.for_each(reader, &mut |doc, score| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    self.scored(&mut segment, doc, score);
                }
            })?;
        } else {
            let mut living = Vec::new();
            weight.for_each_no_score(reader, &mut |docs| match alive {
                None => self.block(&mut segment, docs),
                Some(alive) => {
                    living.clear();
                    living.extend(docs.iter().copied().filter(|doc| alive.is_alive(*doc)));
                    self.block(&mut segment, &living);
                }
            })?;
        }
        self.finish_segment(reader, segment)
    }

    fn scored(&mut self, segment: &mut Segment, doc: u32, score: f32) {
        self.count(segment, &[doc]);
        self.offer(segment, doc, self.request.order.score_key(score));
    }

    fn block(&mut self, segment: &mut Segment, docs: &[u32]) {
        self.count(segment, docs);
        if self.request.best == 0 {
            return;
        }
        let (mut values, mut keys) =
            (std::mem::take(&mut segment.values), std::mem::take(&mut segment.block_keys));
        segment.keys.fill(self.request.order, docs, &mut values, &mut keys);
        for (doc, key) in docs.iter().zip(&keys) {
            self.offer(segment, *doc, *key);
        }
        (segment.values, segment.block_keys) = (values, keys);
    }

    fn count(&mut self, segment: &mut Segment, docs: &[u32]) {
        self.total += docs.len() as u64;
        if let Some(counting) = &mut segment.facets {
            counting.add(docs);
        }
    }

    fn offer(&mut self, segment: &Segment, doc: u32, key: u64) {
        self.best.offer(key, segment.after, || segment.ids.first(doc));
    }

    fn finish_segment(
        &mut self,
        reader: &SegmentReader,
        segment: Segment,
    ) -> Result<(), IndexError> {
        if let (Some(counting), Some(matches)) = (&mut self.facets, segment.facets) {
            counting.finish_segment(reader, self.canonical, matches)?;
        }
        self.best.finish_segment(&segment.keys)
    }

    fn finish(self) -> Page {
        let facets =
            self.facets.zip(self.request.facets).map(|(counting, top)| counting.finish(top));
        Page { total: self.total, best: self.best.finish(), facets }
    }
}
