//! Words over one segment: what only Tantivy can find. A single word is read from its list; words in a row have to be held
//! against their places in every work that has all of them, which for words that nearly every work has takes so long that
//! such questions wait for each other, and beyond a bound are refused.

use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard};

use tantivy::query::Scorer;

use super::docs::Docs;
use super::evaluate::{Evaluation, sought};
use super::gathering::Gathering;
use super::parts::{Part, PartKey};
use super::prepared::Words;
use crate::error::IndexError;

/// What Tantivy reckons for a work whose places are read, beside one that is passed over: ten for each of two words.
const PLACES: u64 = 20;
/// Works whose places are read before a question counts as one that others should not wait beside: about a tenth of a second.
const MANY: u64 = 200_000;

impl Evaluation<'_> {
    /// Those of some documents that have the words.
    pub(super) fn words(&self, words: &Words, some: Docs) -> Result<Docs, IndexError> {
        let key = PartKey::Words(Arc::clone(&words.asked));
        let segment = self.reader.segment_id();
        if let Some(kept) = self.answers.find(segment, &key).and_then(Part::docs) {
            return Ok(some.and(kept));
        }
        let scorer = words.weight.scorer(self.reader, 1.0)?;
        if let Some(list) = self.few(words, &some, &*scorer) {
            return Ok(Docs::List(sought(list, scorer)));
        }
        if words.single {
            drop(scorer);
            let read = self.all_with(words)?;
            // Words that many works have are asked for again and again; those of few are read as quickly.
            if let Docs::Bits(bits) = &read {
                self.answers.find_or_make(segment, key, || Ok(Part::Bits(Arc::clone(bits))))?;
            }
            return Ok(some.and(read));
        }
        let _turn = self.turn(words, &*scorer)?;
        drop(scorer);
        // Whoever was before may have looked for the same.
        let part = self.answers.find_or_make(segment, key, || {
            Ok(match self.all_with(words)? {
                Docs::List(list) => Part::List(list),
                many => Part::Bits(many.into_bits(self.reader.max_doc())),
            })
        })?;
        Ok(part.docs().map_or_else(Docs::none, |found| some.and(found)))
    }

    fn all_with(&self, words: &Words) -> Result<Docs, IndexError> {
        Gathering::gather(self.reader.max_doc(), |gathering| {
            let weight = &words.weight;
            Ok(weight.for_each_no_score(self.reader, &mut |docs| gathering.take(docs))?)
        })
    }

    /// The documents to look for one by one, if that is less than finding all that have the words.
    fn few(&self, words: &Words, some: &Docs, scorer: &dyn Scorer) -> Option<Arc<Vec<u32>>> {
        let most = match words.single {
            true => u64::from(scorer.size_hint()) / 16,
            false => scorer.cost() / PLACES,
        };
        match some {
            Docs::List(list) if (list.len() as u64) < most => Some(Arc::clone(list)),
            Docs::Bits(bits) if !words.single && bits.len() < most => Some(Arc::new(bits.list())),
            _ => None,
        }
    }

    /// Waits for others who look for rows of words that many works have, if this is one.
    fn turn(
        &self,
        words: &Words,
        scorer: &dyn Scorer,
    ) -> Result<Option<MutexGuard<'_, ()>>, IndexError> {
        let works = scorer.cost() / PLACES;
        let steps = works.saturating_mul(words.steps_a_work);
        let spent = words.steps.fetch_add(steps, Ordering::Relaxed).saturating_add(steps);
        if spent > self.most_steps {
            return Err(IndexError::TooCommon(Arc::clone(&words.words)));
        }
        Ok((works > MANY).then(|| self.answers.turn()))
    }
}
