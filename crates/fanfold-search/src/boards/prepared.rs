//! A plan with what Tantivy must prepare once for all segments.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tantivy::query::{EnableScoring, Weight};
use tantivy::{Searcher, Term};

use crate::error::IndexError;
use crate::plan::Plan;
use crate::range::ColumnRange;
use crate::schema::TEXT;
use crate::tags::AnyOf;
use crate::terms::usual_length;
use crate::together::Together;

/// So many words of a text take as long to look through as finding it.
const LENGTH: u64 = 500;

/// See the module comment.
pub(crate) enum Prepared {
    All,
    Term(Term),
    Tags(AnyOf),
    Together(Together),
    Range(ColumnRange),
    Words(Words),
    And { all: Vec<Prepared>, none: Vec<Prepared> },
    Or(Vec<Prepared>),
}

/// What Tantivy reads.
pub(crate) struct Words {
    pub(crate) weight: Box<dyn Weight>,
    /// What is asked, by which the answer is found again: two questions are the same if they are written the same.
    pub(crate) asked: Arc<str>,
    /// Whether it is no more than a single word.
    pub(crate) single: bool,
    /// As somebody would write them.
    pub(crate) words: Arc<str>,
    /// What it takes to look whether the words stand in a row in a work, and what was spent on that.
    pub(crate) steps_a_work: u64,
    pub(crate) steps: AtomicU64,
}

impl Prepared {
    pub(crate) fn new(plan: &Plan, searcher: &Searcher) -> Result<Self, IndexError> {
        let list = |plans: &[Plan]| -> Result<Vec<_>, IndexError> {
            plans.iter().map(|plan| Self::new(plan, searcher)).collect()
        };
        Ok(match plan {
            Plan::All => Self::All,
            Plan::Term(term) => Self::Term(term.clone()),
            Plan::Tags(tags) => Self::Tags(tags.clone()),
            Plan::Together(tags) => Self::Together(tags.clone()),
            Plan::Range(range) => Self::Range(range.clone()),
            Plan::Words(words) => {
                let weight = words.query.weight(EnableScoring::disabled_from_searcher(searcher))?;
                let (asked, single) = (Arc::clone(&words.name), !words.any_of.is_empty());
                let lengths = if single { 0 } else { usual_length_of_texts(searcher)? / LENGTH };
                Self::Words(Words {
                    weight,
                    asked,
                    single,
                    words: Arc::clone(&words.words),
                    steps_a_work: 1 + lengths,
                    steps: AtomicU64::new(0),
                })
            }
            Plan::And(plans) => Self::and(plans, searcher)?,
            Plan::Or(plans) => Self::Or(list(plans)?),
            Plan::Not(_) => Self::and(std::slice::from_ref(plan), searcher)?,
        })
    }

    /// Tags that every document of the plan carries.
    pub(crate) fn tags_of_all(&self) -> impl Iterator<Item = &AnyOf> {
        let all = match self {
            Self::And { all, .. } => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        all.iter().filter_map(|plan| match plan {
            Self::Tags(tags) => Some(tags).filter(|tags| !tags.own),
            _ => None,
        })
    }

    /// Conditions inside conditions are one list: the cheapest of all comes first.
    fn and(plans: &[Plan], searcher: &Searcher) -> Result<Self, IndexError> {
        let (mut all, mut none) = (Vec::new(), Vec::new());
        let mut waiting: Vec<&Plan> = plans.iter().rev().collect();
        while let Some(plan) = waiting.pop() {
            match plan {
                Plan::And(inner) => waiting.extend(inner.iter().rev()),
                Plan::Not(inner) => none.push(Self::new(inner, searcher)?),
                other => all.push(Self::new(other, searcher)?),
            }
        }
        Ok(Self::And { all, none })
    }
}

/// The usual length of a work's text, in words.
fn usual_length_of_texts(searcher: &Searcher) -> Result<u64, IndexError> {
    let field = searcher.schema().get_field(TEXT)?;
    Ok(usual_length(searcher.segment_readers(), field)? as u64)
}
