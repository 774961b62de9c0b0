//! Counting and ordering large sets of works fast: tables in memory beside Tantivy's segments.
//!
//! A segment never changes, so what is made from it stays right as long as it lives; deletions are masked when a question
//! is asked. Nothing is written to disk: a million works take a fraction of a second to read from the segment's columns,
//! and files would double the index. Answers are the plain way's, only sooner: whenever a board is missing (a large
//! segment is new, a number is too wide, memory is used up elsewhere), the plain way answers.
//!
//! - [`board`]: what each document carries; [`table`]: the numbers by which it is counted over all segments. [`state`]: all
//!   boards of a view; [`amendment`]: what a decision about tags changes in them.
//! - [`evaluate`]: a plan ([`prepared`]) over one segment, with sets of documents ([`docs`], [`bits`]).
//! - [`wording`]: words, and rows of them; [`again`]: what is kept of questions that are asked again.
//! - [`select`]: the first hits in an order; [`ranking`]: the best fitting; [`tally`]: facets, from [`counts`]. [`parts`]:
//!   what is made when needed and kept while there is room.

mod again;
mod amendment;
mod bits;
mod board;
mod census;
mod counts;
mod docs;
mod evaluate;
mod gathering;
mod parts;
mod prepared;
mod ranking;
mod select;
mod state;
mod table;
mod tally;
mod upkeep;
mod values;
mod wording;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use tantivy::{Searcher, SegmentReader};

use self::again::LastAsked;
use self::docs::Docs;
use self::evaluate::Evaluation;
use self::parts::Parts;
use self::prepared::Prepared;
use self::ranking::{Ranked, Ranking};
use self::select::{Selection, kept_ids};
use self::state::State;
use self::tally::{Found, Side};
use crate::best::Best;
use crate::canonical::Canonical;
use crate::columns::Keys;
use crate::error::IndexError;
use crate::facets::Facets;
use crate::order::By;
use crate::page::{Page, PageRequest};
use crate::plan::Plan;

/// How much the boards may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardLimits {
    /// Works of new segments that a search reads before it answers. More are read in the background, while searches are
    /// answered the plain way.
    pub at_once: u64,
    /// Rows of works with tags that came to mean something else that are written anew before an answer: a million take half a
    /// second. More are written in the background, while searches are answered the plain way.
    pub amended_at_once: u64,
    /// Memory for sets and columns that are kept beside the boards, in bytes: this much …
    pub kept_bytes: usize,
    /// … and this much for each work. What is found for words and whole questions may take a fifth as much besides.
    pub kept_bytes_a_work: usize,
    /// How much may be looked through for words in a row, in works whose texts are short; each five hundred words of a usual
    /// text count once more. A million such steps take about half a second.
    pub most_steps: u64,
    /// Whether what is found for questions that are asked again is kept.
    pub keeps_answers: bool,
    /// From how many matches on the counts of a tag's works are kept: fewer are counted sooner than the kept are added.
    pub kept_counts_from: u64,
    /// How long answers may come from the view before the newest while boards of many works are read in the background.
    /// After that they come the plain way: up to date, and many times slower.
    pub lag: Duration,
    /// So many matches of a segment are all scored when the best fitting are wanted: setting out to pass some over takes
    /// longer.
    pub scored_all: u64,
}

impl Default for BoardLimits {
    fn default() -> Self {
        Self {
            at_once: 50_000,
            amended_at_once: 5_000_000,
            kept_bytes: 64 << 20,
            kept_bytes_a_work: 36,
            most_steps: 25_000_000,
            keeps_answers: true,
            kept_counts_from: 10_000,
            lag: Duration::from_secs(15),
            scored_all: 1_000,
        }
    }
}

/// The boards of an index, once it is prepared.
#[derive(Default)]
pub(crate) struct Boards {
    /// Whoever answers keeps the state as it found it; changes are made to a copy while anybody does.
    state: RwLock<Arc<State>>,
    parts: Parts,
    /// What was found for words and for whole questions: there are so many that they would push out tags and columns.
    answers: Parts,
    asked: LastAsked,
    /// `None` until the index is prepared.
    limits: Mutex<Option<BoardLimits>>,
    /// Held while boards are made.
    making: Mutex<()>,
    /// A thread is making boards.
    behind: AtomicBool,
    /// Held by whoever is answered the plain way.
    plainly: Mutex<()>,
    /// Since when there is a newer view than the boards'.
    late: Mutex<Option<Instant>>,
}

/// What is asked, and of what.
struct Question<'a> {
    plan: &'a Arc<Plan>,
    prepared: Prepared,
    /// Whether it was asked not long ago.
    again: bool,
    state: &'a State,
    limits: BoardLimits,
}

impl Question<'_> {
    fn evaluation<'a>(&self, reader: &'a SegmentReader, boards: &'a Boards) -> Evaluation<'a> {
        let Boards { parts, answers, .. } = boards;
        Evaluation { reader, parts, answers, most_steps: self.limits.most_steps }
    }
}

impl Boards {
    /// Answers from the boards; `None` when they cannot answer (yet).
    pub(crate) fn page(
        self: &Arc<Self>,
        searcher: &Searcher,
        canonical: &Arc<Canonical>,
        plan: &Arc<Plan>,
        request: &PageRequest<'_>,
    ) -> Result<Option<Page>, IndexError> {
        let Some(state) = self.ready(searcher, canonical)? else {
            return Ok(None);
        };
        let limits = self.limits().unwrap_or_default();
        let again = limits.keeps_answers && self.asked.again(plan);
        let prepared = Prepared::new(plan, searcher)?;
        let question = Question { plan, prepared, again, state: &state, limits };
        let Some(found) = self.found(searcher, &question)? else {
            return Ok(None);
        };
        let total = found.iter().map(|part| part.docs.len(part.board.docs())).sum();
        let best = match request.order.by {
            _ if request.best == 0 => Some(Best::new(request.order, 0)),
            By::Score => self.best_fitting(searcher, &question, &found, request)?,
            _ => self.best(searcher, &found, request)?,
        };
        let Some(best) = best else {
            return Ok(None);
        };
        let facets = match request.facets {
            Some(top) => Some(self.facets(searcher, &question, found, top)?),
            None => None,
        };
        Ok(Some(Page { total, best: best.finish(), facets }))
    }

    fn facets(
        &self,
        searcher: &Searcher,
        question: &Question<'_>,
        found: Vec<Found<'_>>,
        top: usize,
    ) -> Result<Facets, IndexError> {
        let side = Side::fewer(&found);
        let kept_from = question.limits.kept_counts_from;
        let mut counted = Vec::new();
        for (reader, Found { board, docs, .. }) in searcher.segment_readers().iter().zip(found) {
            let docs = side.of(docs, board);
            let evaluation = question.evaluation(reader, self);
            let base = if docs.len(board.docs()) < kept_from {
                None
            } else if question.again {
                evaluation.base_again(question.plan, side, board, &docs)?
            } else if side == Side::Matches {
                evaluation.base(&question.prepared, board, &docs)?
            } else {
                None
            };
            counted.push(Found { board, docs, base });
        }
        Ok(tally::facets(&question.state.table, counted, side, top))
    }

    fn found<'a>(
        &self,
        searcher: &Searcher,
        question: &Question<'a>,
    ) -> Result<Option<Vec<Found<'a>>>, IndexError> {
        let Question { plan, prepared, again, state, .. } = question;
        let mut found = Vec::new();
        for reader in searcher.segment_readers() {
            let evaluation = question.evaluation(reader, self);
            let docs = match again {
                true => evaluation.living_again(plan, prepared)?,
                false => evaluation.living(prepared)?,
            };
            let (Some(docs), Some(board)) = (docs, state.board(reader.segment_id())) else {
                return Ok(None);
            };
            found.push(Found { board, docs, base: None });
        }
        Ok(Some(found))
    }

    fn best(
        &self,
        searcher: &Searcher,
        found: &[Found<'_>],
        request: &PageRequest<'_>,
    ) -> Result<Option<Best>, IndexError> {
        let mut best = Best::new(request.order, request.best);
        for (reader, Found { docs, .. }) in searcher.segment_readers().iter().zip(found) {
            let selection = Selection {
                reader,
                parts: &self.parts,
                docs,
                order: request.order,
                after: request.after,
                wanted: request.best,
            };
            if !Docs::is_none(docs) && !selection.offer_to(&mut best)? {
                return Ok(None);
            }
        }
        Ok(Some(best))
    }

    fn best_fitting(
        &self,
        searcher: &Searcher,
        question: &Question<'_>,
        found: &[Found<'_>],
        request: &PageRequest<'_>,
    ) -> Result<Option<Best>, IndexError> {
        if !request.order.descending {
            return Ok(None); // the worst fitting have no bounds
        }
        let mut best = Best::new(request.order, request.best);
        let Some(ranking) = Ranking::of(question.plan, searcher)? else {
            return Ok(None);
        };
        for (reader, Found { docs, .. }) in searcher.segment_readers().iter().zip(found) {
            let Some(ids) = kept_ids(&self.parts, reader)? else {
                return Ok(None);
            };
            let after = request.after.map(|after| Keys::Score.place(request.order, after));
            let ranked = Ranked {
                ranking: &ranking,
                evaluation: question.evaluation(reader, self),
                ids,
                order: request.order,
                after: after.transpose()?,
                scored_all: question.limits.scored_all,
            };
            ranked.offer_to(&mut best, docs)?;
        }
        Ok(Some(best))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::order::{By, Order};
    use crate::work::IndexedWork;

    fn put(index: &Index, works: std::ops::Range<u64>, kudos: u64) {
        let mut writer = index.try_writer(0).unwrap().unwrap();
        for id in works {
            writer.put(&IndexedWork { id, kudos: Some(kudos), ..IndexedWork::default() }).unwrap();
        }
        writer.commit(1).unwrap();
    }

    /// How many works the boards find, if they answer.
    fn counted(index: &Index) -> Option<u64> {
        let order = Order { by: By::Number("kudos"), descending: true };
        let request = PageRequest { order, best: 3, after: None, facets: Some(3) };
        let searcher = index.searcher().unwrap();
        index
            .boards()
            .page(&searcher, index.canonical(), &Arc::new(Plan::All), &request)
            .unwrap()
            .map(|page| page.total)
    }

    #[test]
    fn an_index_is_answered_by_boards_once_it_is_prepared_and_stays_so() {
        let index = Index::in_memory().unwrap();
        put(&index, 0..50, 1);
        assert_eq!(counted(&index), None, "nobody asked for boards");
        index.prepare(BoardLimits { at_once: 20, ..BoardLimits::default() }).unwrap();
        assert_eq!(counted(&index), Some(50));
        put(&index, 50..60, 1);
        assert_eq!(counted(&index), Some(60), "few new works are read at once");
        put(&index, 100..200, 1);
        assert_eq!(counted(&index), None, "many are read in the background");
        let caught_up = (0..2_000).any(|_| {
            std::thread::sleep(Duration::from_millis(5));
            counted(&index) == Some(160)
        });
        assert!(caught_up);
        put(&index, 200..201, u64::MAX);
        assert_eq!(counted(&index), None, "a number that fits no array is Tantivy's to compare");
    }
}
