//! Boards put right after a decision about tags: the rows of works that carry one of the changed tags are written anew, all
//! others stay. A tag with a thousand works takes some milliseconds where making the boards takes a minute.

use std::collections::BTreeSet;

use fanfold_model::TagKind;
use tantivy::{DocId, SegmentReader};

use super::bits::Bits;
use super::board::{Amended, Board};
use super::table::Table;
use crate::canonical::Changed;
use crate::carried::WorksOf;
use crate::error::IndexError;

/// Which tags mean something else, in the ordinals of a table.
pub(super) struct Amendment<'a> {
    changed: &'a Changed,
    kinds: Vec<KindAmended>,
    ordinals: Bits,
}

/// What changes among the tags of a kind.
struct KindAmended {
    kind: TagKind,
    tags: BTreeSet<u64>,
    /// What they were and are counted as, with ordinals.
    forms: Vec<(u64, u32)>,
}

impl<'a> Amendment<'a> {
    /// What is counted for the first time gets an ordinal.
    pub(super) fn new(changed: &'a Changed, table: &mut Table) -> Self {
        let (mut kinds, mut all) = (Vec::new(), Vec::new());
        for (number, kind) in (0_u8..).zip(TagKind::ALL) {
            // Works that carry it in this kind were counted under what it was.
            let here = |from: u64| table.find((number, from)).is_some();
            let moved: Vec<_> = changed.moved.iter().filter(|moved| here(moved.from)).collect();
            let forms: BTreeSet<u64> =
                moved.iter().flat_map(|moved| [moved.from, moved.to]).collect();
            let forms = forms.into_iter().map(|form| (form, table.ordinal((number, form))));
            let forms: Vec<(u64, u32)> = forms.collect();
            all.extend(forms.iter().map(|(_, ordinal)| *ordinal));
            let tags = moved.iter().map(|moved| moved.tag).collect();
            kinds.push(KindAmended { kind, tags, forms });
        }
        let mut ordinals = Bits::none(table.len());
        all.into_iter().for_each(|ordinal| ordinals.set(ordinal));
        Self { changed, kinds, ordinals }
    }

    /// How many rows of a segment are to be written anew, about.
    pub(super) fn rows(&self, reader: &SegmentReader) -> Result<u64, IndexError> {
        let mut rows = 0;
        for KindAmended { kind, tags, .. } in &self.kinds {
            let works = WorksOf::open(reader, *kind)?;
            for tag in tags {
                rows += works.count(*tag)?;
            }
        }
        Ok(rows)
    }

    /// The board of a segment, put right; `None` when there is nothing to do.
    pub(super) fn of(
        &self,
        reader: &SegmentReader,
        board: &Board,
    ) -> Result<Option<Amended>, IndexError> {
        let (mut works, mut any) = (Bits::none(reader.max_doc()), false);
        for KindAmended { kind, tags, .. } in &self.kinds {
            let of = WorksOf::open(reader, *kind)?;
            for tag in tags {
                of.each(*tag, |docs| {
                    any = true;
                    docs.iter().for_each(|doc| works.set(*doc));
                })?;
            }
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
        for KindAmended { kind, forms, .. } in &self.kinds {
            let of = WorksOf::open(reader, *kind)?;
            for (form, ordinal) in forms {
                for tag in self.changed.families.get(form).into_iter().flatten() {
                    of.each(*tag, |docs| {
                        let those = docs.iter().filter(|doc| works.has(**doc));
                        carried.extend(those.map(|doc| (*doc, *ordinal)));
                    })?;
                }
            }
        }
        carried.sort_unstable();
        carried.dedup();
        Ok(carried)
    }
}
