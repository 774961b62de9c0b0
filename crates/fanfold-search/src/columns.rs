//! The columns of one segment that a page needs.

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

use crate::error::IndexError;
use crate::order::{By, Cursor, CursorKey, Order};

/// What the hits of a segment are compared by.
pub(crate) enum Keys {
    Number(Column<u64>),
    Text(StrColumn),
    /// No work of the segment has a value.
    Absent,
    Score,
}

/// A column of numbers, or an empty one.
pub(crate) fn numbers(reader: &SegmentReader, name: &str) -> Result<Column<u64>, IndexError> {
    let column = reader.fast_fields().column_opt::<u64>(name)?;
    Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
}

impl Keys {
    pub(crate) fn open(reader: &SegmentReader, order: Order) -> Result<Self, IndexError> {
        Ok(match order.by {
            By::Number(name) => Self::Number(numbers(reader, name)?),
            By::Text(name) => reader.fast_fields().str(name)?.map_or(Self::Absent, Self::Text),
            By::Score => Self::Score,
        })
    }

    /// Keys of some documents. Names give twice their place in the segment's dictionary plus one, so that a cursor's name
    /// that the segment lacks falls between two of them.
    pub(crate) fn fill(
        &self,
        order: Order,
        docs: &[u32],
        values: &mut Vec<Option<u64>>,
        keys: &mut Vec<u64>,
    ) {
        values.clear();
        values.resize(docs.len(), None);
        match self {
            Self::Number(column) => column.first_vals(docs, values),
            Self::Text(column) => {
                column.ords().first_vals(docs, values);
                for value in values.iter_mut().flatten() {
                    *value = 2 * *value + 1;
                }
            }
            Self::Absent | Self::Score => {}
        }
        keys.clear();
        keys.extend(values.iter().map(|value| order.key(*value)));
    }

    /// The cursor's key in terms of this segment.
    pub(crate) fn place(&self, order: Order, cursor: &Cursor) -> Result<(u64, u64), IndexError> {
        let key = match (&cursor.key, self) {
            (CursorKey::Number(key), _) => *key,
            (CursorKey::Text(name), Self::Text(column)) => order.key(Some(place_of(column, name)?)),
            (CursorKey::Text(_), _) => 0,
            (CursorKey::Nameless, _) => order.key(None),
        };
        Ok((key, cursor.id))
    }

    /// The name behind a key that [`Keys::fill`] gave; `None` for a work without one.
    pub(crate) fn name(&self, order: Order, key: u64) -> Result<Option<String>, IndexError> {
        let Self::Text(column) = self else {
            return Ok(None);
        };
        if key == order.key(None) {
            return Ok(None);
        }
        let value = if order.descending { (!key).saturating_sub(1) } else { key };
        let mut name = String::new();
        column.ord_to_str(value / 2, &mut name).map_err(tantivy::TantivyError::from)?;
        Ok(Some(name))
    }
}

/// Where a name stands or would stand in the segment's dictionary.
fn place_of(column: &StrColumn, name: &str) -> Result<u64, IndexError> {
    let (mut low, mut high) = (0, column.num_terms() as u64);
    let mut found = String::new();
    while low < high {
        let middle = low + (high - low) / 2;
        found.clear();
        column.ord_to_str(middle, &mut found).map_err(tantivy::TantivyError::from)?;
        match found.as_str().cmp(name) {
            std::cmp::Ordering::Equal => return Ok(2 * middle + 1),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    Ok(2 * low)
}
