//! Works that have any of some numbers: those of tags, which a condition on a tag comes down to with its synonyms and
//! everything below it, or their own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use fanfold_model::TagKind;
use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    BitSet, DocId, InvertedIndexReader, Score, Searcher, SegmentReader, TantivyError, Term,
};

use crate::schema::Fields;

/// From how many tags on the dictionary of a segment is read through instead of looked into for each: when it has fewer
/// than so many times their number.
const WORTH_READING: usize = 16;

/// Numbers of which works have any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnyOf {
    /// Of the numbers: a set is a key in every segment, and may be long.
    hash: u64,
    /// Where they may be.
    fields: Vec<Field>,
    /// Ascending.
    pub(crate) ids: Arc<[u64]>,
    /// Whether finding one says that a work fits better.
    pub(crate) scored: bool,
    /// Whether the numbers are the works' own.
    pub(crate) own: bool,
}

impl Hash for AnyOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl AnyOf {
    /// Tags of a kind, or of kinds that are not known.
    pub(crate) fn new(fields: &Fields, kind: Option<TagKind>, ids: Vec<u64>) -> Self {
        let kinds = TagKind::ALL.into_iter().filter(|known| kind.is_none_or(|kind| kind == *known));
        Self::among(kinds.map(|kind| fields.carried(kind)).collect(), ids)
    }

    /// Works by their own numbers.
    pub(crate) fn works(fields: &Fields, ids: Vec<u64>) -> Self {
        Self { own: true, ..Self::among(vec![fields.id], ids) }
    }

    fn among(fields: Vec<Field>, mut ids: Vec<u64>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        let mut hasher = DefaultHasher::new();
        ids.hash(&mut hasher);
        Self { hash: hasher.finish(), fields, ids: ids.into(), scored: false, own: false }
    }

    /// The same, where a work that has one fits better.
    pub(crate) fn scored(self) -> Self {
        Self { scored: true, ..self }
    }

    /// The term, where the condition comes down to one.
    pub(crate) fn only_term(&self) -> Option<Term> {
        match (&self.fields[..], &self.ids[..]) {
            ([field], [id]) => Some(Term::from_field_u64(*field, *id)),
            _ => None,
        }
    }

    /// How much better a work fits that has one.
    pub(crate) fn worth(&self, searcher: &Searcher) -> tantivy::Result<Score> {
        let mut found = 0_u64;
        for reader in searcher.segment_readers() {
            let lists = self.lists(reader)?;
            found += lists.iter().map(|(_, info)| u64::from(info.doc_freq)).sum::<u64>();
        }
        Ok(rarity(searcher.num_docs(), found))
    }

    /// The lists of works of a segment that these numbers have.
    pub(crate) fn lists(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<(Arc<InvertedIndexReader>, TermInfo)>> {
        let mut lists = Vec::new();
        for field in &self.fields {
            let inverted = reader.inverted_index(*field)?;
            let terms = inverted.terms();
            if terms.num_terms() == 0 {
                continue;
            }
            if self.ids.len().saturating_mul(WORTH_READING) > terms.num_terms() {
                let mut stream = terms.stream()?;
                let mut wanted = self.ids.iter().copied().peekable();
                while let (true, Some(_)) = (stream.advance(), wanted.peek()) {
                    let id = number(stream.key());
                    while wanted.next_if(|wanted| *wanted < id).is_some() {}
                    if wanted.next_if_eq(&id).is_some() {
                        lists.push((Arc::clone(&inverted), stream.value().clone()));
                    }
                }
            } else {
                for id in self.ids.iter() {
                    if let Some(info) =
                        inverted.get_term_info(&Term::from_field_u64(*field, *id))?
                    {
                        lists.push((Arc::clone(&inverted), info));
                    }
                }
            }
        }
        Ok(lists)
    }
}

/// The number behind a term of a column of numbers.
pub(crate) fn number(key: &[u8]) -> u64 {
    key.try_into().map_or(0, u64::from_be_bytes)
}

/// Every work of a list, in blocks.
pub(crate) fn each_block(
    inverted: &InvertedIndexReader,
    info: &TermInfo,
    mut take: impl FnMut(&[DocId]),
) -> std::io::Result<()> {
    let mut block = inverted.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while !block.docs().is_empty() {
        take(block.docs());
        block.advance();
    }
    Ok(())
}

impl Query for AnyOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = match scoring.searcher() {
            Some(searcher) if self.scored && scoring.is_scoring_enabled() => {
                self.worth(searcher)?
            }
            _ => 0.0,
        };
        Ok(Box::new(AnyOfWeight { tags: self.clone(), weight }))
    }
}

/// As BM25 weighs a word by how many works have it.
fn rarity(works: u64, found: u64) -> Score {
    let (works, found) = (works as Score, found.min(works) as Score);
    (1.0 + (works - found + 0.5) / (found + 0.5)).ln()
}

struct AnyOfWeight {
    tags: AnyOf,
    weight: Score,
}

impl Weight for AnyOfWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let lists = self.tags.lists(reader)?;
        if lists.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let mut found = BitSet::with_max_value(reader.max_doc());
        for (inverted, info) in &lists {
            each_block(inverted, info, |docs| {
                for doc in docs {
                    found.insert(*doc);
                }
            })?;
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost * self.weight)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("carries a tag", self.weight));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}
