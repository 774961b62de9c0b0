//! A plan over one segment: cheap conditions first, each looking only at what the former ones left.

use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SeekDangerResult, SegmentReader, Term};

use super::bits::{Bits, few};
use super::docs::{Docs, only};
use super::gathering::Gathering;
use super::parts::{Part, PartKey, Parts};
use super::prepared::Prepared;
use super::values::Values;
use crate::error::IndexError;
use crate::range::ColumnRange;
use crate::tags::{AnyOf, each_block};
use crate::together::Together;

/// A segment and what is kept of it.
pub(crate) struct Evaluation<'a> {
    pub(crate) reader: &'a SegmentReader,
    pub(crate) parts: &'a Parts,
    pub(crate) answers: &'a Parts,
    /// See [`BoardLimits::most_steps`](super::BoardLimits::most_steps).
    pub(crate) most_steps: u64,
}

impl Evaluation<'_> {
    fn docs(&self) -> u32 {
        self.reader.max_doc()
    }

    /// The living documents of a plan; `None` when it needs a column that does not fit an array.
    pub(crate) fn living(&self, plan: &Prepared) -> Result<Option<Docs>, IndexError> {
        let Some(found) = self.within(plan, Docs::All)? else {
            return Ok(None);
        };
        let found = found.settled(self.docs());
        let Some(alive) = self.reader.alive_bitset() else {
            return Ok(Some(found));
        };
        if let Docs::List(list) = found {
            return Ok(Some(Docs::List(only(list, |doc| alive.is_alive(doc)))));
        }
        let key = PartKey::Alive(self.reader.num_deleted_docs());
        let part = self.parts.find_or_make(self.reader.segment_id(), key, || {
            let mut bits = Bits::none(self.docs());
            alive.iter_alive().for_each(|doc| bits.set(doc));
            Ok(Part::Bits(Arc::new(bits)))
        })?;
        let Part::Bits(alive) = part else {
            return Ok(None);
        };
        Ok(Some(found.and(Docs::Bits(alive))))
    }

    /// What a plan leaves of some documents.
    fn within(&self, plan: &Prepared, some: Docs) -> Result<Option<Docs>, IndexError> {
        if some.is_none() {
            return Ok(Some(some));
        }
        Ok(Some(match plan {
            Prepared::All => some,
            Prepared::Term(term) => self.term(term, some)?,
            Prepared::Tags(tags) => some.and(self.tags(tags)?),
            Prepared::Together(tags) => some.and(self.together(tags)?),
            Prepared::Range(range) => return self.range(range, some),
            Prepared::Words(words) => self.words(words, some)?,
            Prepared::Or(plans) => {
                let asked = self.asked(&some);
                let mut joined = Docs::none();
                for plan in plans {
                    let Some(found) = self.within(plan, asked.clone())? else {
                        return Ok(None);
                    };
                    joined = joined.or(found, self.docs());
                }
                some.and(joined)
            }
            Prepared::And { all, none } => return self.all_and_none(all, none, some),
        }))
    }

    fn all_and_none(
        &self,
        all: &[Prepared],
        none: &[Prepared],
        some: Docs,
    ) -> Result<Option<Docs>, IndexError> {
        let by_cost = |plans: &[Prepared]| -> Result<Vec<usize>, IndexError> {
            let costs: Vec<u64> =
                plans.iter().map(|plan| self.cost(plan)).collect::<Result<_, _>>()?;
            let mut order: Vec<usize> = (0..plans.len()).collect();
            order.sort_by_key(|at| costs[*at]);
            Ok(order)
        };
        let mut left = some;
        for at in by_cost(all)? {
            let Some(found) = self.within(&all[at], left)? else {
                return Ok(None);
            };
            left = found;
        }
        for at in by_cost(none)? {
            let Some(out) = self.within(&none[at], self.asked(&left))? else {
                return Ok(None);
            };
            left = left.minus(&out, self.docs());
        }
        Ok(Some(left))
    }

    /// What parts are asked about before they are joined: few documents are looked up, for many the whole set is read.
    fn asked(&self, some: &Docs) -> Docs {
        if matches!(some, Docs::List(_)) { some.clone() } else { Docs::All }
    }

    /// About how many documents have to be looked at; what Tantivy must read comes last.
    fn cost(&self, plan: &Prepared) -> Result<u64, IndexError> {
        let docs = u64::from(self.docs());
        Ok(match plan {
            Prepared::All => docs,
            Prepared::Term(term) => u64::from(self.how_many_have(term)?),
            Prepared::Tags(tags) => self.tags_kept(tags)?.1,
            Prepared::Together(_) | Prepared::Range(_) => docs + 1,
            Prepared::Words(words) => docs + if words.single { 2 } else { 3 },
            Prepared::Or(plans) => {
                let costs = plans.iter().map(|plan| self.cost(plan));
                costs.sum::<Result<u64, _>>()?
            }
            Prepared::And { all, .. } => {
                let mut least = docs;
                for plan in all {
                    least = least.min(self.cost(plan)?);
                }
                least
            }
        })
    }

    /// Documents with a term, deleted ones too.
    pub(crate) fn how_many_have(&self, term: &Term) -> Result<u32, IndexError> {
        self.reader.inverted_index(term.field())?.doc_freq(term).map_err(io)
    }

    pub(crate) fn term(&self, term: &Term, some: Docs) -> Result<Docs, IndexError> {
        let inverted = self.reader.inverted_index(term.field())?;
        let Some(info) = inverted.get_term_info(term).map_err(io)? else {
            return Ok(Docs::none());
        };
        if info.doc_freq == self.docs() {
            return Ok(some);
        }
        let many = info.doc_freq as usize > few(self.docs());
        let read = || {
            Gathering::gather(self.docs(), |gathering| {
                each_block(&inverted, &info, |docs| gathering.take(docs)).map_err(io)
            })
        };
        if many {
            return Ok(some.and(self.kept(self.parts, PartKey::Term(term.clone()), read)?.0));
        }
        match some {
            Docs::List(list) if list.len() < info.doc_freq as usize / 16 => {
                let option = IndexRecordOption::Basic;
                let postings = inverted.read_postings_from_terminfo(&info, option).map_err(io)?;
                Ok(Docs::List(sought(list, postings)))
            }
            some => Ok(some.and(read()?)),
        }
    }

    /// Kept however few they are: a tag may have thousands of synonyms to look for. Sets of works are as many as there are
    /// creators and readers, so they are kept beside the answers.
    fn tags(&self, tags: &AnyOf) -> Result<Docs, IndexError> {
        Ok(self.tags_kept(tags)?.0)
    }

    /// … and how many they are.
    pub(crate) fn tags_kept(&self, tags: &AnyOf) -> Result<(Docs, u64), IndexError> {
        let parts = if tags.own { self.answers } else { self.parts };
        self.kept(parts, PartKey::Tags(tags.clone()), || {
            Gathering::gather_in_any_order(self.docs(), |gathering| {
                for (inverted, info) in tags.lists(self.reader)? {
                    each_block(&inverted, &info, |docs| gathering.take(docs)).map_err(io)?;
                }
                Ok(())
            })
        })
    }

    fn together(&self, tags: &Together) -> Result<Docs, IndexError> {
        let version = tags.what.version(&tags.canonical);
        let (docs, _) = self.kept(self.parts, PartKey::Together(tags.what, version), || {
            let found = tags.works(self.reader)?;
            let mut bits = Bits::none(self.docs());
            (0..self.docs()).filter(|doc| found.contains(*doc)).for_each(|doc| bits.set(doc));
            Ok(Docs::Bits(Arc::new(bits)))
        })?;
        Ok(docs)
    }

    /// A set of documents from the cache, or made, and how many they are: counting bits for each question would take as long
    /// as joining them.
    fn kept(
        &self,
        parts: &Parts,
        key: PartKey,
        make: impl Fn() -> Result<Docs, IndexError>,
    ) -> Result<(Docs, u64), IndexError> {
        let part = parts.find_or_make(self.reader.segment_id(), key, || {
            Ok(match make()? {
                Docs::List(list) => Part::List(list),
                many => {
                    let bits = many.into_bits(self.docs());
                    let count = bits.len();
                    Part::Counted(bits, count)
                }
            })
        })?;
        Ok(match part {
            Part::Counted(bits, count) => (Docs::Bits(bits), count),
            Part::List(list) => {
                let count = list.len() as u64;
                (Docs::List(list), count)
            }
            _ => {
                let docs = make()?;
                let count = docs.len(self.docs());
                (docs, count)
            }
        })
    }

    fn range(&self, range: &ColumnRange, some: Docs) -> Result<Option<Docs>, IndexError> {
        let Some(values) = self.values(range.column)? else {
            return Ok(None);
        };
        let Some(range) = Values::narrowed(&range.values) else {
            return Ok(Some(Docs::none()));
        };
        Ok(Some(match some {
            Docs::All => Docs::Bits(Arc::new(values.all_in(&range, self.docs()))),
            Docs::List(list) => Docs::List(only(list, |doc| range.contains(&values.at(doc)))),
            Docs::Bits(bits) => {
                let mut bits = Arc::unwrap_or_clone(bits);
                bits.keep(
                    |word| values.word_in(word, &range),
                    |doc| range.contains(&values.at(doc)),
                );
                Docs::Bits(Arc::new(bits))
            }
        }))
    }

    fn values(&self, column: &'static str) -> Result<Option<Arc<Values>>, IndexError> {
        kept_values(self.parts, self.reader, PartKey::Values(column), || {
            Values::numbers(self.reader, column)
        })
    }
}

/// An array from the cache, or made; `None` when the column does not fit one.
pub(crate) fn kept_values(
    parts: &Parts,
    reader: &SegmentReader,
    key: PartKey,
    read: impl FnOnce() -> Result<Option<Values>, IndexError>,
) -> Result<Option<Arc<Values>>, IndexError> {
    let part = parts.find_or_make(reader.segment_id(), key, || {
        // An empty part remembers that there is no array.
        Ok(read()?.map_or_else(
            || Part::Bits(Arc::new(Bits::none(0))),
            |values| Part::Values(Arc::new(values)),
        ))
    })?;
    Ok(match part {
        Part::Values(values) => Some(values),
        _ => None,
    })
}

/// Which of a few documents are in a long set that can jump forwards. What is not in it is passed over without looking for
/// the next that is: for words in a row that may be far.
pub(super) fn sought(list: Arc<Vec<u32>>, mut set: impl DocSet) -> Arc<Vec<u32>> {
    // It stands on its first document, and may not be asked for one before the next that it may have.
    let (first, mut next) = (set.doc(), set.doc());
    only(list, |doc| {
        if doc == first || doc < next {
            return doc == first;
        }
        match set.seek_danger(doc) {
            SeekDangerResult::Found => true,
            SeekDangerResult::SeekLowerBound(from) => {
                next = from;
                false
            }
        }
    })
}

fn io(error: std::io::Error) -> IndexError {
    IndexError::Failed(error.into())
}
