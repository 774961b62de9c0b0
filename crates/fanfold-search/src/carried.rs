//! The tags of a kind that works of a segment carry, those that mean the same together.

use std::sync::Arc;

use fanfold_model::TagKind;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{DocId, InvertedIndexReader, SegmentReader, TantivyError, Term};

use crate::canonical::{Canonical, form_of};
use crate::error::IndexError;
use crate::schema::carried_name;
use crate::tags::{each_block, number};

/// See the module comment.
pub(crate) struct Carried {
    inverted: Arc<InvertedIndexReader>,
    /// Canonical forms with the lists of works of each of their synonyms, by form.
    lists: Vec<(u64, TermInfo)>,
}

/// What means the same: the canonical form, and the works of each of its synonyms.
#[derive(Clone, Copy)]
pub(crate) struct Family<'a> {
    pub(crate) form: u64,
    lists: &'a [(u64, TermInfo)],
}

impl Carried {
    /// Reads the dictionary of a segment.
    pub(crate) fn of(
        reader: &SegmentReader,
        kind: TagKind,
        canonical: &Canonical,
    ) -> Result<Self, IndexError> {
        let field = reader.schema().get_field(&carried_name(kind))?;
        let inverted = reader.inverted_index(field)?;
        let mut lists = Vec::with_capacity(inverted.terms().num_terms());
        let mut stream = inverted.terms().stream().map_err(TantivyError::from)?;
        while stream.advance() {
            lists.push((number(stream.key()), stream.value().clone()));
        }
        drop(stream);
        let forms = canonical.of(lists.iter().map(|(tag, _)| *tag))?;
        for (tag, _) in &mut lists {
            *tag = form_of(&forms, *tag);
        }
        lists.sort_by_key(|(form, _)| *form);
        Ok(Self { inverted, lists })
    }

    /// Every canonical form with what it stands for, ascending.
    pub(crate) fn families(&self) -> impl Iterator<Item = Family<'_>> {
        let same = self.lists.chunk_by(|(a, _), (b, _)| a == b);
        same.filter_map(|lists| Some(Family { form: lists.first()?.0, lists }))
    }

    /// The works of a family in blocks, each once, ascending.
    pub(crate) fn works(
        &self,
        family: Family<'_>,
        mut take: impl FnMut(&[DocId]),
    ) -> Result<(), IndexError> {
        if let [(_, only)] = family.lists {
            return each_block(&self.inverted, only, take).map_err(failed);
        }
        let mut all = Vec::new();
        for (_, list) in family.lists {
            each_block(&self.inverted, list, |docs| all.extend_from_slice(docs)).map_err(failed)?;
        }
        all.sort_unstable();
        all.dedup();
        take(&all);
        Ok(())
    }

    /// How many works a family has in the segment, deleted ones too.
    pub(crate) fn count(&self, family: Family<'_>) -> Result<u32, IndexError> {
        if let [(_, only)] = family.lists {
            return Ok(only.doc_freq);
        }
        let mut count = 0;
        self.works(family, |docs| count += docs.len())?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// The works of a segment by the tags of a kind that they carry, as written.
pub(crate) struct WorksOf {
    field: Field,
    inverted: Arc<InvertedIndexReader>,
}

impl WorksOf {
    pub(crate) fn open(reader: &SegmentReader, kind: TagKind) -> Result<Self, IndexError> {
        let field = reader.schema().get_field(&carried_name(kind))?;
        Ok(Self { field, inverted: reader.inverted_index(field)? })
    }

    fn term(&self, tag: u64) -> Term {
        Term::from_field_u64(self.field, tag)
    }

    /// How many works carry a tag, deleted ones too.
    pub(crate) fn count(&self, tag: u64) -> Result<u64, IndexError> {
        self.inverted.doc_freq(&self.term(tag)).map(u64::from).map_err(failed)
    }

    /// The works that carry a tag in blocks, ascending.
    pub(crate) fn each(&self, tag: u64, take: impl FnMut(&[DocId])) -> Result<(), IndexError> {
        match self.inverted.get_term_info(&self.term(tag)).map_err(failed)? {
            Some(list) => each_block(&self.inverted, &list, take).map_err(failed),
            None => Ok(()),
        }
    }
}

fn failed(error: std::io::Error) -> IndexError {
    IndexError::Failed(error.into())
}
