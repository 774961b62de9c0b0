//! What each part of an index takes on disk.

use std::collections::BTreeMap;

use tantivy::space_usage::PerFieldSpaceUsage;

use crate::error::IndexError;
use crate::index::Index;

/// Bytes by (part, field): `words` (dictionaries), `lists` (postings), `places` (positions), `norms`, `columns`, and
/// `other`, whose field is empty.
pub type Sizes = BTreeMap<(&'static str, String), u64>;

impl Index {
    /// What each part of the last commit takes.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn sizes(&self) -> Result<Sizes, IndexError> {
        let mut sizes = Sizes::new();
        let (works, names) = (self.searcher()?, self.names().searcher());
        for reader in works.segment_readers().iter().chain(names.segment_readers()) {
            let usage = reader.space_usage().map_err(tantivy::TantivyError::from)?;
            let parts = [
                ("words", usage.termdict()),
                ("lists", usage.postings()),
                ("places", usage.positions()),
                ("norms", usage.fieldnorms()),
                ("columns", usage.fast_fields()),
            ];
            let mut named = 0;
            for (part, fields) in parts {
                named += fields.total().get_bytes();
                add(&mut sizes, part, fields);
            }
            *sizes.entry(("other", String::new())).or_default() +=
                usage.total().get_bytes().saturating_sub(named);
        }
        Ok(sizes)
    }
}

fn add(sizes: &mut Sizes, part: &'static str, fields: &PerFieldSpaceUsage) {
    for field in fields.fields() {
        let bytes = field.total().get_bytes();
        *sizes.entry((part, field.field_name().to_owned())).or_default() += bytes;
    }
}
