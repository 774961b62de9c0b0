//! What occurs in the counted columns of a segment: the first half of making a board.

use std::collections::HashMap;

use fanfold_model::TagKind;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::table::{Counted, NAMED, Table};
use crate::columns::numbers;
use crate::error::IndexError;
use crate::schema::facet_column;

/// The counted columns of a segment.
pub(crate) struct Census {
    pub(crate) docs: u32,
    columns: Vec<CountedColumn>,
}

struct CountedColumn {
    kind: u8,
    column: Column<u64>,
    occurring: Occurring,
    /// Names by the values of a named kind.
    names: Vec<String>,
}

/// How often each value of a column occurs; later its ordinal.
enum Occurring {
    /// Values from `base` on.
    Array {
        base: u64,
        slots: Vec<u32>,
    },
    Map(HashMap<u64, u32>),
}

/// Widest range of ids that is counted in an array.
const WIDEST: u64 = 16 << 20;
/// How many values are unpacked at once.
const UNPACKED: usize = 4_096;

impl Census {
    /// Reads all counted columns of a segment.
    pub(crate) fn take(reader: &SegmentReader) -> Result<Self, IndexError> {
        let mut columns = Vec::new();
        for (kind, of) in (0_u8..).zip(TagKind::ALL) {
            let column = numbers(reader, &facet_column(of))?;
            let occurring = Occurring::of(&column);
            columns.push(CountedColumn { kind, column, occurring, names: Vec::new() });
        }
        for (kind, field) in (NAMED as u8..).zip(["language_shown", "status"]) {
            let Some(named) = reader.fast_fields().str(field)? else {
                continue;
            };
            let mut names = Vec::new();
            for ord in 0..named.num_terms() as u64 {
                let mut name = String::new();
                named.ord_to_str(ord, &mut name).map_err(tantivy::TantivyError::from)?;
                names.push(name);
            }
            let column = named.ords().clone();
            let occurring = Occurring::of(&column);
            columns.push(CountedColumn { kind, column, occurring, names });
        }
        Ok(Self { docs: reader.max_doc(), columns })
    }

    /// Counts everything that occurs in a table that only counts.
    pub(crate) fn count_in(&self, table: &mut Table) {
        for column in &self.columns {
            let mut carried = Vec::new();
            column.occurring.each(|value, count| {
                let counted = counted(table, column.kind, &column.names, value);
                carried.push((table.ordinal(counted), count));
            });
            table.add(&carried);
        }
    }

    /// Puts the table's ordinals in place of the counts; gives what is carried how often.
    pub(crate) fn number(&mut self, table: &mut Table) -> Vec<(u32, u32)> {
        let mut carried = Vec::new();
        for column in &mut self.columns {
            column.occurring.replace(|value, count| {
                let counted = counted(table, column.kind, &column.names, value);
                let ordinal = table.ordinal(counted);
                carried.push((ordinal, count));
                ordinal
            });
        }
        carried
    }

    /// How many things each document carries.
    pub(crate) fn add_lengths(&self, lengths: &mut [u32]) {
        for column in &self.columns {
            for (doc, length) in (0..self.docs).zip(lengths.iter_mut()) {
                *length += column.column.index.value_row_ids(doc).len() as u32;
            }
        }
    }

    /// Every document with the ordinal of each thing it carries; ascending inside a kind.
    pub(crate) fn each_carried(&self, mut take: impl FnMut(u32, u32)) {
        for CountedColumn { column, occurring, .. } in &self.columns {
            each_value(column, self.docs, |doc, value| take(doc, occurring.slot(value)));
        }
    }
}

/// What a value of a column stands for.
fn counted(table: &mut Table, kind: u8, names: &[String], value: u64) -> Counted {
    if usize::from(kind) < NAMED {
        return (kind, value);
    }
    let name = usize::try_from(value).ok().and_then(|at| names.get(at));
    (kind, table.name_number(name.map_or("", String::as_str)))
}

/// Every value of a column with its document, ascending.
fn each_value(column: &Column<u64>, docs: u32, mut take: impl FnMut(u32, u64)) {
    let total = column.values.num_vals();
    let mut block = vec![0; UNPACKED];
    let (mut from, mut to) = (0_u32, 0_u32);
    for doc in 0..docs {
        for row in column.index.value_row_ids(doc) {
            if row >= to {
                from = row;
                to = total.min(row.saturating_add(UNPACKED as u32));
                column.values.get_range(u64::from(from), &mut block[..(to - from) as usize]);
            }
            take(doc, block[(row - from) as usize]);
        }
    }
}

impl Occurring {
    fn of(column: &Column<u64>) -> Self {
        let total = column.values.num_vals();
        if total == 0 {
            return Self::Map(HashMap::new());
        }
        let base = column.min_value();
        let width = column.max_value().saturating_sub(base).saturating_add(1);
        let mut counts = if width <= WIDEST {
            Self::Array { base, slots: vec![0; usize::try_from(width).unwrap_or(0)] }
        } else {
            Self::Map(HashMap::new())
        };
        let mut block = vec![0; UNPACKED];
        for start in (0..total).step_by(UNPACKED) {
            let block = &mut block[..UNPACKED.min((total - start) as usize)];
            column.values.get_range(u64::from(start), block);
            block.iter().for_each(|value| counts.count(*value));
        }
        counts
    }

    fn count(&mut self, value: u64) {
        match self {
            Self::Map(counts) => *counts.entry(value).or_default() += 1,
            Self::Array { base, slots } => {
                if let Some(slot) = slots.get_mut((value - *base) as usize) {
                    *slot += 1;
                }
            }
        }
    }

    #[inline]
    fn slot(&self, value: u64) -> u32 {
        match self {
            Self::Map(slots) => slots.get(&value).copied(),
            Self::Array { base, slots } => slots.get((value - base) as usize).copied(),
        }
        .unwrap_or(0)
    }

    fn each(&self, mut take: impl FnMut(u64, u32)) {
        match self {
            Self::Map(slots) => slots.iter().for_each(|(value, count)| take(*value, *count)),
            Self::Array { base, slots } => (*base..)
                .zip(slots)
                .filter(|(_, count)| **count > 0)
                .for_each(|(value, count)| take(value, *count)),
        }
    }

    fn replace(&mut self, mut by: impl FnMut(u64, u32) -> u32) {
        match self {
            Self::Map(slots) => {
                slots.iter_mut().for_each(|(value, slot)| *slot = by(*value, *slot))
            }
            Self::Array { base, slots } => (*base..)
                .zip(slots)
                .filter(|(_, slot)| **slot > 0)
                .for_each(|(value, slot)| *slot = by(value, *slot)),
        }
    }
}
