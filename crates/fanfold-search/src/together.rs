//! Works of so many relationships or fandoms, and crossovers: what the tags of a work are together. It depends on what
//! they mean, so it is worked out from the tag graph when somebody asks, and kept until the graph changes.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use fanfold_model::TagKind;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocId, Score, SegmentReader, TantivyError};

use crate::canonical::Canonical;
use crate::carried::Carried;
use crate::error::IndexError;

/// What is asked of a work's tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Togetherness {
    /// So many different tags of a kind, synonyms counted once: at least the one number, at most the other.
    Count(TagKind, u16, u16),
    /// Fandoms that no single one of them joins: AO3's rule. One fandom joins the others when it shares a tag with each of
    /// them, metatags included.
    Crossover,
}

impl Togetherness {
    /// Another number whenever works may have another answer: of a decision about metatags only crossovers do.
    pub(crate) fn version(self, canonical: &Canonical) -> u64 {
        match self {
            Self::Count(..) => canonical.meanings(),
            Self::Crossover => canonical.version(),
        }
    }
}

/// The question with the graph it is asked of.
#[derive(Clone)]
pub(crate) struct Together {
    pub(crate) what: Togetherness,
    pub(crate) canonical: Arc<Canonical>,
    /// When the question was asked: see [`Togetherness::version`].
    version: u64,
}

/// The same of the same graph.
impl PartialEq for Together {
    fn eq(&self, other: &Self) -> bool {
        (self.what, self.version) == (other.what, other.version)
    }
}

impl Eq for Together {}

impl Hash for Together {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.what, self.version).hash(state);
    }
}

impl fmt::Debug for Together {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what.fmt(f)
    }
}

impl Together {
    pub(crate) fn new(what: Togetherness, canonical: &Arc<Canonical>) -> Self {
        let canonical = Arc::clone(canonical);
        Self { what, version: what.version(&canonical), canonical }
    }

    /// The works of a segment, deleted ones too.
    pub(crate) fn works(&self, reader: &SegmentReader) -> Result<BitSet, IndexError> {
        let kind = match self.what {
            Togetherness::Count(kind, ..) => kind,
            Togetherness::Crossover => TagKind::Fandom,
        };
        let carried = Carried::of(reader, kind, &self.canonical)?;
        let mut counts = vec![0_u16; reader.max_doc() as usize];
        each(&carried, |doc, _| {
            if let Some(count) = counts.get_mut(doc as usize) {
                *count = count.saturating_add(1);
            }
        })?;
        let mut found = BitSet::with_max_value(reader.max_doc());
        match self.what {
            Togetherness::Count(_, from, to) => {
                let wanted = from..=to;
                for (doc, _) in (0..).zip(&counts).filter(|(_, count)| wanted.contains(*count)) {
                    found.insert(doc);
                }
            }
            Togetherness::Crossover => self.crossovers(&carried, &counts, &mut found)?,
        }
        Ok(found)
    }

    fn crossovers(
        &self,
        carried: &Carried,
        counts: &[u16],
        found: &mut BitSet,
    ) -> Result<(), IndexError> {
        let mut several = Vec::new();
        each(carried, |doc, form| {
            if counts.get(doc as usize).is_some_and(|count| *count > 1) {
                several.push((doc, form));
            }
        })?;
        several.sort_unstable();
        let forms: BTreeSet<u64> = several.iter().map(|(_, form)| *form).collect();
        let above = self.canonical.above(forms)?;
        for fandoms in several.chunk_by(|(a, _), (b, _)| a == b) {
            let joins = |one: u64| fandoms.iter().all(|(_, other)| share(&above, one, *other));
            if !fandoms.iter().any(|(_, one)| joins(*one)) {
                found.insert(fandoms[0].0);
            }
        }
        Ok(())
    }
}

fn each(carried: &Carried, mut take: impl FnMut(DocId, u64)) -> Result<(), IndexError> {
    for family in carried.families() {
        carried.works(family, |docs| docs.iter().for_each(|doc| take(*doc, family.form)))?;
    }
    Ok(())
}

/// Whether two fandoms are one, or one stands above the other, or one stands above both.
fn share(above: &HashMap<u64, Vec<u64>>, one: u64, other: u64) -> bool {
    let over = |tag: u64| above.get(&tag).into_iter().flatten().copied().chain([tag]);
    one == other || over(one).any(|tag| over(other).any(|found| found == tag))
}

impl Query for Together {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Together {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let found = self.works(reader).map_err(|error| match error {
            IndexError::Failed(error) => error,
            other => TantivyError::InternalError(other.to_string()),
        })?;
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("tags together", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fandoms_under_one_metatag_share_it() {
        let above = HashMap::from([(1, vec![9]), (2, vec![9]), (3, vec![8])]);
        assert!(share(&above, 1, 2));
        assert!(share(&above, 1, 9), "a subtag beside its metatag");
        assert!(!share(&above, 1, 3));
        assert!(share(&above, 7, 7));
    }
}
