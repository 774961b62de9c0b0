//! The first hits of a segment in an order: by walking the presorted documents when the matches are dense, by looking at
//! every match when they are not.

use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::docs::Docs;
use super::evaluate::kept_values;
use super::parts::{Part, PartKey, Parts};
use super::values::{ABSENT, Values};
use crate::best::Best;
use crate::columns::{Keys, numbers};
use crate::error::IndexError;
use crate::order::{By, Cursor, Order};

/// A segment with its matches.
pub(crate) struct Selection<'a> {
    pub(crate) reader: &'a SegmentReader,
    pub(crate) parts: &'a Parts,
    pub(crate) docs: &'a Docs,
    pub(crate) order: Order,
    pub(crate) after: Option<&'a Cursor>,
    /// How many hits are wanted.
    pub(crate) wanted: usize,
}

/// The ids of a segment's works.
pub(crate) fn kept_ids(
    parts: &Parts,
    reader: &SegmentReader,
) -> Result<Option<Column<u64>>, IndexError> {
    let read = || Ok(Part::Ids(numbers(reader, "id")?));
    Ok(match parts.find_or_make(reader.segment_id(), PartKey::Ids, read)? {
        Part::Ids(ids) => Some(ids),
        _ => None,
    })
}

/// What both ways read.
struct Reading<'a> {
    values: Arc<Values>,
    ids: Column<u64>,
    after: Option<(u64, u64)>,
    selection: &'a Selection<'a>,
}

impl Selection<'_> {
    /// Offers the hits of this segment. `false` when its order does not fit an array: then nothing was offered.
    pub(crate) fn offer_to(&self, best: &mut Best) -> Result<bool, IndexError> {
        let (By::Number(name) | By::Text(name)) = self.order.by else {
            return Ok(false);
        };
        let values = kept_values(self.parts, self.reader, PartKey::Values(name), || {
            Values::of_order(self.reader, self.order.by)
        })?;
        let Some(values) = values else {
            return Ok(false);
        };
        let keys = match self.order.by {
            By::Text(_) => Keys::open(self.reader, self.order)?,
            _ => Keys::Absent, // numbers are compared as they are
        };
        let after = self.after.map(|cursor| keys.place(self.order, cursor)).transpose()?;
        let Some(ids) = kept_ids(self.parts, self.reader)? else {
            return Ok(false);
        };
        let reading = Reading { values, ids, after, selection: self };
        let count = self.docs.len(self.reader.max_doc());
        match self.worth_walking(count) {
            Some(steps) if reading.walk(best, name, steps)? => {}
            _ => reading.look_at_all(best),
        }
        best.finish_segment(&keys)?;
        Ok(true)
    }

    /// How many steps a walk may take; `None` when looking at every match is less work. More than are expected, because
    /// thousands of works may have the date of the newest: up to so many that giving up is a small loss.
    fn worth_walking(&self, count: u64) -> Option<u64> {
        let docs = u64::from(self.reader.max_doc());
        let expected = (self.wanted as u64).saturating_mul(docs) / count.max(1);
        let as_bits = if matches!(self.docs, Docs::List(_)) { docs / 256 } else { 0 };
        (count > 100 && expected * 2 + as_bits < count)
            .then_some((expected * 3 + 64).max(count / 32))
    }
}

impl Reading<'_> {
    fn key(&self, doc: u32) -> u64 {
        let value = self.values.at(doc);
        self.selection.order.key((value != ABSENT).then_some(u64::from(value)))
    }

    fn offer(&self, best: &mut Best, doc: u32, key: u64) {
        best.offer(key, self.after, || self.ids.first(doc));
    }

    /// Whether a document comes after the worst of those that are wanted; in the presorted order all later ones do too.
    fn is_past(&self, doc: u32, key: u64, worst: (u64, u64)) -> bool {
        key > worst.0 || key == worst.0 && self.ids.first(doc).is_none_or(|id| id > worst.1)
    }

    /// The documents by their values, those of one value by their ids: where a million works have no kudos, the first twenty
    /// of them are enough.
    fn presorted(&self) -> Vec<u32> {
        let mut order = self.values.order();
        // Read once: unpacking them for each comparison takes longer than sorting.
        let docs: Vec<u32> = (0..self.selection.reader.max_doc()).collect();
        let mut ids = vec![None; docs.len()];
        self.ids.first_vals(&docs, &mut ids);
        let id = |doc: &u32| ids.get(*doc as usize);
        let same = |one: &u32, other: &u32| self.values.at(*one) == self.values.at(*other);
        for equals in order.chunk_by_mut(same).filter(|equals| equals.len() > 1) {
            if !equals.is_sorted_by_key(id) {
                equals.sort_unstable_by_key(id);
            }
        }
        order
    }

    fn look_at_all(&self, best: &mut Best) {
        let docs = self.selection.reader.max_doc();
        self.selection.docs.each(docs, |doc| self.offer(best, doc, self.key(doc)));
    }

    /// Goes through the documents in order until no later one can be among the best. `false` when that takes too long,
    /// because the matches are not spread as assumed; then nothing was offered.
    fn walk(&self, best: &mut Best, name: &'static str, steps: u64) -> Result<bool, IndexError> {
        let selection = self.selection;
        let segment = selection.reader.segment_id();
        let part = selection.parts.find_or_make(segment, PartKey::Order(name), || {
            Ok(Part::Order(Arc::new(self.presorted())))
        })?;
        let Part::Order(sorted) = part else {
            return Ok(false);
        };
        let absent = sorted.partition_point(|doc| self.values.at(*doc) != ABSENT);
        let (known, absent) = sorted.split_at(absent);
        let from = self.after.map_or(0, |after| after.0);
        let before = best.top.clone();
        let docs = selection.docs.clone().into_bits(selection.reader.max_doc());
        let mut left = steps;
        let mut step = |doc: &u32| {
            left = left.saturating_sub(1);
            if !docs.has(*doc) {
                return left == 0;
            }
            let key = self.key(*doc);
            let past = best.top.worst().is_some_and(|worst| self.is_past(*doc, key, worst));
            if !past {
                self.offer(best, *doc, key);
            }
            past || left == 0
        };
        let stopped = if selection.order.descending {
            let end = known.partition_point(|doc| self.key(*doc) >= from);
            let equals = known[..end].chunk_by(|one, other| self.key(*one) == self.key(*other));
            equals.rev().flatten().chain(absent).any(&mut step)
        } else {
            let start = known.partition_point(|doc| self.key(*doc) < from);
            known[start..].iter().chain(absent).any(&mut step)
        };
        if stopped && left == 0 {
            best.top = before;
            return Ok(false);
        }
        Ok(true)
    }
}
