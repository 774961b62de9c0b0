//! Boards put right after a decision about tags: the rows of works that carry one of the changed tags are written anew, all
//! others stay. A tag with a thousand works takes some milliseconds where making the boards takes a minute.

use fanfold_model::TagKind;
use tantivy::{DocId, SegmentReader};

use super::bits::Bits;
use super::board::{Amended, Board};
use super::table::Table;
use crate::canonical::Changed;
use crate::carried::each_work;
use crate::error::IndexError;

/// Which tags mean something else, in the ordinals of a table.
pub(super) struct Amendment<'a> {
    changed: &'a Changed,
    /// What the tags were or are counted as, of each kind that works carry them in.
    counted: Vec<(TagKind, u64, u32)>,
    ordinals: Bits,
}

impl<'a> Amendment<'a> {
    /// What is counted for the first time gets an ordinal.
    pub(super) fn new(changed: &'a Changed, table: &mut Table) -> Self {
        let mut counted = Vec::new();
        for (number, kind) in (0_u8..).zip(TagKind::ALL) {
            // Whoever carries a tag that changed was counted under what it was.
            if changed.families.keys().any(|form| table.find((number, *form)).is_some()) {
                let forms = changed.families.keys();
                counted.extend(forms.map(|form| (kind, *form, table.ordinal((number, *form)))));
            }
        }
        let mut ordinals = Bits::none(table.len());
        counted.iter().for_each(|(.., ordinal)| ordinals.set(*ordinal));
        Self { changed, counted, ordinals }
    }

    /// The board of a segment, put right; `None` when there is nothing to do.
    pub(super) fn of(
        &self,
        reader: &SegmentReader,
        board: &Board,
    ) -> Result<Option<Amended>, IndexError> {
        let (mut works, mut any) = (Bits::none(reader.max_doc()), false);
        for kind in self.counted.chunk_by(|a, b| a.0 == b.0).filter_map(|same| same.first()) {
            each_work(reader, kind.0, &self.changed.tags, |docs| {
                any = true;
                docs.iter().for_each(|doc| works.set(*doc));
            })?;
        }
        if !any {
            return Ok(None);
        }
        let carried = self.carried(reader, &works)?;
        Ok(Some(board.amended(&works.list(), &carried, &self.ordinals)))
    }

    /// Which of some works is to be counted under what, each once, in the order of the works.
    fn carried(
        &self,
        reader: &SegmentReader,
        works: &Bits,
    ) -> Result<Vec<(DocId, u32)>, IndexError> {
        let mut carried = Vec::new();
        for (kind, form, ordinal) in &self.counted {
            let family = self.changed.families.get(form).map_or(&[][..], Vec::as_slice);
            each_work(reader, *kind, family, |docs| {
                let those = docs.iter().filter(|doc| works.has(**doc));
                carried.extend(those.map(|doc| (*doc, *ordinal)));
            })?;
        }
        carried.sort_unstable();
        carried.dedup();
        Ok(carried)
    }
}
