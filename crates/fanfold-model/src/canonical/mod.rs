//! The one versioned JSON form (contract section 2): a line a record, keys in the contract's order.
//!
//! A wire form is a promise, so it has types of its own: [`WorkRecord`] mirrors [`Work`] and the two
//! convert into each other without loss.

mod brief;
mod extracted;
mod parts;
mod record;
mod work;

pub use brief::brief_work;
pub use extracted::extracted_json;
pub use record::{CreatorRecord, EditRecord, ItemRecord, Record, SeriesRecord, TagRecord};
pub use work::WorkRecord;

use crate::work::Work;

/// The version of the form, the `schema` key of a work.
pub const SCHEMA: u32 = 1;

/// Why a line is no canonical record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a canonical record: {reason} (column {column})")]
pub struct CanonicalError {
    /// What is wrong.
    pub reason: String,
    /// 1-based column of the line.
    pub column: usize,
}

impl CanonicalError {
    pub(crate) fn value(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), column: 1 }
    }
}

/// One work as a line of canonical JSON, without the newline.
#[must_use]
pub fn work_line(work: &Work) -> String {
    serde_json::to_string(&WorkRecord::from(work)).unwrap_or_default()
}

/// Reads one line.
///
/// # Errors
/// If the line is not JSON, or a known record type with a wrong field. A record of an unknown type
/// is [`Record::Other`], not an error.
pub fn parse_line(line: &str) -> Result<Record, CanonicalError> {
    record::parse(line)
}

#[cfg(test)]
mod tests;
