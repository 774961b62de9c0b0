//! Values of a column in a range, as a question to the index.
//!
//! Tantivy has one, but in 0.27 it underflows when it is asked again behind its own end, as happens under an exclusion
//! (`-words>1000`). This one answers any order of calls and reads columns block by block the same way.

use std::ops::RangeInclusive;

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Works whose value in a single-valued column lies between two ends, both included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ColumnRange {
    pub(crate) column: &'static str,
    pub(crate) values: RangeInclusive<u64>,
}

impl Query for ColumnRange {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ColumnRange {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let column = reader.fast_fields().column_opt::<u64>(self.column)?;
        Ok(match column.filter(|column| self.may_match(column)) {
            None => Box::new(EmptyScorer),
            Some(column) => Box::new(ConstScorer::new(
                RangeDocs::new(column, self.values.clone(), reader.max_doc()),
                boost,
            )),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("in range", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}

impl ColumnRange {
    fn may_match(&self, column: &Column<u64>) -> bool {
        column.values.num_vals() > 0
            && *self.values.start() <= column.max_value()
            && *self.values.end() >= column.min_value()
    }
}

/// Documents read at first, and after a jump; doubled while reading on.
const SMALLEST_BLOCK: u32 = 64;
/// Most documents read at once.
const LARGEST_BLOCK: u32 = 8_192;

struct RangeDocs {
    column: Column<u64>,
    values: RangeInclusive<u64>,
    max_doc: DocId,
    /// Matches among the documents read last.
    block: Vec<DocId>,
    at: usize,
    /// First document not read yet.
    next: DocId,
    block_size: u32,
}

impl RangeDocs {
    fn new(column: Column<u64>, values: RangeInclusive<u64>, max_doc: DocId) -> Self {
        let mut docs = Self {
            column,
            values,
            max_doc,
            block: Vec::new(),
            at: 0,
            next: 0,
            block_size: SMALLEST_BLOCK,
        };
        docs.read_on();
        docs
    }

    /// Reads until something matches or everything is read.
    fn read_on(&mut self) {
        self.block.clear();
        self.at = 0;
        while self.block.is_empty() && self.next < self.max_doc {
            let end = self.next.saturating_add(self.block_size).min(self.max_doc);
            self.column.get_docids_for_value_range(
                self.values.clone(),
                self.next..end,
                &mut self.block,
            );
            self.next = end;
            self.block_size = (self.block_size * 2).min(LARGEST_BLOCK);
        }
    }
}

impl DocSet for RangeDocs {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at >= self.block.len() {
            self.read_on();
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        if target >= self.next {
            self.next = target.min(self.max_doc);
            self.block_size = SMALLEST_BLOCK;
            self.read_on();
        } else {
            let ahead = self.block[self.at..].partition_point(|doc| *doc < target);
            self.at += ahead;
            if self.at >= self.block.len() {
                self.read_on();
            }
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.block.get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Reading the column costs the same however few match, so it must not lead an intersection.
    fn size_hint(&self) -> u32 {
        self.column.num_docs()
    }
}
