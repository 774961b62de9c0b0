//! The matches that fit a question's words best, without scoring every match: where half a library has a word, only those
//! works are looked at that can still be among the best.
//!
//! How well a work fits is the sum over everything asked that says so: words in each field by BM25, names of tags by how
//! few works carry them. Of single words the index knows the most that each block of works can reach (block-max WAND,
//! [`Weight::for_each_pruning`]). The blocks were measured against the usual length of a text in their own segment, so the
//! bound is widened by how far that is from the usual length of all. What has no such bounds (names of tags, words in
//! fields whose lengths are not kept) stands beside: works that have any of it are ranked first, the others without it.
//! Every work that passes is scored anew, in the order in which the question was asked, so that two pages of a list
//! add the same numbers in the same order.

use tantivy::columnar::Column;
use tantivy::query::{Bm25Weight, BooleanQuery, EnableScoring, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{Score, Searcher, SegmentReader, Term};

use super::docs::Docs;
use super::evaluate::Evaluation;
use crate::best::Best;
use crate::error::IndexError;
use crate::order::Order;
use crate::plan::{NAME, Plan, TextQuestion, named};
use crate::tags::AnyOf;
use crate::terms::{term, usual_length, weighted};

/// How many works can be passed over in the time in which one is looked for in the list of a word.
const PASSED_A_LOOK: u64 = 8;
/// What adding in another order may take from a sum.
const ROUNDING: Score = 1.0 - 1e-5;

/// What says how well works fit.
pub(crate) struct Ranking {
    /// In the order asked.
    parts: Vec<Part>,
    /// All words whose blocks have bounds, in one; `None` when something was asked that has no bound at all.
    in_blocks: Option<Box<dyn Weight>>,
    /// Fields of those words, with the usual length of a text in them.
    fields: Vec<(Field, Score)>,
}

struct Part {
    weight: Box<dyn Weight>,
    bound: Bound,
}

/// The most that a part can say for a work.
enum Bound {
    /// It differs from block to block.
    Blocks(Term, f32),
    /// The same everywhere, for works with these tags or this word.
    Tags(AnyOf, Score),
    Word(Term, Score),
    Unknown,
}

/// What of a plan says how well a work fits.
enum Asked<'a> {
    Text(&'a TextQuestion),
    Tags(&'a AnyOf),
}

impl Ranking {
    /// `None` where a sum over all that was asked would be wrong: an “and” inside an “or” counts as a whole.
    pub(crate) fn of(plan: &Plan, searcher: &Searcher) -> Result<Option<Self>, IndexError> {
        let mut asked = Vec::new();
        if !gather(plan, false, &mut asked) {
            return Ok(None);
        }
        let mut ranking = Self { parts: Vec::new(), in_blocks: None, fields: Vec::new() };
        for asked in asked {
            match asked {
                Asked::Text(words) if words.any_of.is_empty() => {
                    ranking.add(&*words.query, Bound::Unknown, searcher)?;
                }
                Asked::Text(words) => {
                    for (word, weight) in &words.any_of {
                        let bound = bound(word, *weight, searcher)?;
                        ranking.add(&*weighted(term(word.clone()), *weight), bound, searcher)?;
                    }
                }
                Asked::Tags(tags) => {
                    let bound = Bound::Tags(tags.clone(), tags.worth(searcher)? * NAME);
                    ranking.add(&*named(tags), bound, searcher)?;
                }
            }
        }
        ranking.bind(searcher)?;
        Ok(Some(ranking))
    }

    fn add(
        &mut self,
        query: &dyn Query,
        bound: Bound,
        searcher: &Searcher,
    ) -> Result<(), IndexError> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        self.parts.push(Part { weight, bound });
        Ok(())
    }

    /// Joins what has bounds.
    fn bind(&mut self, searcher: &Searcher) -> Result<(), IndexError> {
        let mut words = Vec::new();
        for Part { bound, .. } in &self.parts {
            match bound {
                Bound::Unknown => return Ok(()),
                Bound::Tags(..) | Bound::Word(..) => {}
                Bound::Blocks(word, weight) => {
                    words.push(weighted(term(word.clone()), *weight));
                    let field = word.field();
                    if !self.fields.iter().any(|(known, _)| *known == field) {
                        self.fields.push((field, usual_length(searcher.segment_readers(), field)?));
                    }
                }
            }
        }
        let scoring = EnableScoring::enabled_from_searcher(searcher);
        self.in_blocks = Some(BooleanQuery::union(words).weight(scoring)?);
        Ok(())
    }

    /// Every part's list of works in a segment.
    fn lists(&self, reader: &SegmentReader) -> Result<Lists, IndexError> {
        let mut lists = Vec::new();
        for part in &self.parts {
            let list = part.weight.scorer(reader, 1.0)?;
            if list.doc() != tantivy::TERMINATED {
                lists.push(list);
            }
        }
        Ok(Lists(lists))
    }

    /// By how much the bounds of a segment's blocks may be too low, as a factor. If its texts are twice as long as usual,
    /// BM25's divisor is at most twice another, for the work that set the bound and for the one it is held against.
    fn slack(&self, reader: &SegmentReader) -> Result<Score, IndexError> {
        let mut slack: Score = 1.0;
        for (field, all) in &self.fields {
            let here = usual_length(std::slice::from_ref(reader), *field)?;
            if here > 0.0 && *all > 0.0 {
                let apart = (here / all).max(all / here);
                slack = slack.max(apart * apart);
            }
        }
        Ok(slack)
    }
}

/// Collects what says how well a work fits. `false` where the sum over it would be wrong.
fn gather<'a>(plan: &'a Plan, in_or: bool, asked: &mut Vec<Asked<'a>>) -> bool {
    match plan {
        Plan::Words(words) => asked.push(Asked::Text(words)),
        Plan::Tags(tags) if tags.scored => asked.push(Asked::Tags(tags)),
        Plan::And(parts) => {
            let before = asked.len();
            let right = parts.iter().all(|part| gather(part, in_or, asked));
            return right && (!in_or || asked.len() == before);
        }
        Plan::Or(parts) => return parts.iter().all(|part| gather(part, true, asked)),
        // What is left out says nothing about what is found.
        Plan::All | Plan::Term(_) | Plan::Tags(_) | Plan::Together(_) | Plan::Range(_) => {}
        Plan::Not(_) => {}
    }
    true
}

fn bound(word: &Term, weight: f32, searcher: &Searcher) -> Result<Bound, IndexError> {
    if searcher.schema().get_field_entry(word.field()).has_fieldnorms() {
        return Ok(Bound::Blocks(word.clone(), weight));
    }
    let bm25 = Bm25Weight::for_terms(searcher, std::slice::from_ref(word))?;
    // Said without end in no text at all: more than any work can reach. (`max_score` says it of a text of nothing else, which
    // is less where a usual text is shorter than a word.)
    Ok(Bound::Word(word.clone(), bm25.boost_by(weight).score(0, u32::MAX)))
}

struct Lists(Vec<Box<dyn Scorer>>);

impl Lists {
    /// How well a work fits; works are asked for in ascending order.
    fn score(&mut self, doc: u32) -> Score {
        let mut sum = 0.0;
        for list in &mut self.0 {
            if list.doc() < doc {
                list.seek(doc);
            }
            if list.doc() == doc {
                sum += list.score();
            }
        }
        sum
    }
}

/// A segment that is ranked.
pub(crate) struct Ranked<'a> {
    pub(crate) ranking: &'a Ranking,
    pub(crate) evaluation: Evaluation<'a>,
    pub(crate) ids: Column<u64>,
    pub(crate) order: Order,
    /// The key and id behind which the hits have to stand.
    pub(crate) after: Option<(u64, u64)>,
    /// So many matches are all scored.
    pub(crate) scored_all: u64,
}

impl Ranked<'_> {
    /// Offers the best fitting of some living documents.
    pub(crate) fn offer_to(&self, best: &mut Best, docs: &Docs) -> Result<(), IndexError> {
        let max = self.evaluation.reader.max_doc();
        let Some(in_blocks) = &self.ranking.in_blocks else {
            return self.offer_each(best, docs);
        };
        if !self.is_worth_passing_over(docs.len(max))? {
            return self.offer_each(best, docs);
        }
        let (beside, most) = self.beside()?;
        self.offer_some(best, docs.clone().and(beside.clone()), &**in_blocks, most)?;
        self.offer_some(best, docs.clone().minus(&beside, max), &**in_blocks, 0.0)
    }

    /// Whether going through the lists of the words is less than looking for each document in them.
    fn is_worth_passing_over(&self, docs: u64) -> Result<bool, IndexError> {
        let (mut lists, mut works) = (0, 0);
        for part in &self.ranking.parts {
            if let Bound::Blocks(word, _) = &part.bound {
                let having = u64::from(self.evaluation.how_many_have(word)?);
                lists += u64::from(having > 0);
                works += having;
            }
        }
        Ok(docs > self.scored_all && works < docs * lists * PASSED_A_LOOK)
    }

    /// The documents that have something whose bound is not known from blocks, and the most that all of it can say.
    fn beside(&self) -> Result<(Docs, Score), IndexError> {
        let (mut beside, mut most) = (Docs::none(), 0.0);
        for part in &self.ranking.parts {
            let (docs, bound) = match &part.bound {
                Bound::Tags(tags, bound) => (self.evaluation.tags_kept(tags)?.0, *bound),
                Bound::Word(word, bound) => (self.evaluation.term(word, Docs::All)?, *bound),
                Bound::Blocks(..) | Bound::Unknown => continue,
            };
            if !docs.is_none() {
                most += bound;
                beside = beside.or(docs, self.evaluation.reader.max_doc());
            }
        }
        Ok((beside, most))
    }

    fn offer_each(&self, best: &mut Best, docs: &Docs) -> Result<(), IndexError> {
        let reader = self.evaluation.reader;
        let mut lists = self.ranking.lists(reader)?;
        docs.each(reader.max_doc(), |doc| self.offer(best, doc, lists.score(doc)));
        Ok(())
    }

    fn offer(&self, best: &mut Best, doc: u32, score: Score) {
        best.offer(self.order.score_key(score), self.after, || self.ids.first(doc));
    }

    /// Offers those of some documents that can be among the best, where parts without bounds in blocks say at most so much.
    fn offer_some(
        &self,
        best: &mut Best,
        docs: Docs,
        in_blocks: &dyn Weight,
        most: Score,
    ) -> Result<(), IndexError> {
        let reader = self.evaluation.reader;
        let count = docs.len(reader.max_doc());
        if count <= self.scored_all {
            return self.offer_each(best, &docs);
        }
        let (mut lists, slack) = (self.ranking.lists(reader)?, self.ranking.slack(reader)?);
        let worst = |best: &Best| best.top.worst().map(|(key, _)| self.order.score_of(key));
        let enough = |best: &Best| match worst(best) {
            Some(worst) if worst > most => (worst - most) * ROUNDING / slack,
            _ => Score::MIN,
        };
        let (before, mut seen) = (best.top.clone(), 0);
        let bits = docs.clone().into_bits(reader.max_doc());
        in_blocks.for_each_pruning(enough(best), reader, &mut |doc, _| {
            if bits.has(doc) {
                seen += 1;
                self.offer(best, doc, lists.score(doc));
            }
            enough(best)
        })?;
        // A work without any of these words has what stands beside alone.
        if seen < count && worst(best).is_none_or(|worst| worst <= most) {
            best.top = before;
            return self.offer_each(best, &docs);
        }
        Ok(())
    }
}
