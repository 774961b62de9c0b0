//! A query as operations on sets of works: what both ways of answering start from.
//!
//! The plain way turns it into one question to Tantivy; the boards evaluate it segment by segment.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::excluded::excluded;
use crate::range::ColumnRange;
use crate::tags::AnyOf;
use crate::terms::{any_of, must};
use crate::together::Together;

/// How much a word matters in the name of a tag, beside 1 for the text.
pub(crate) const NAME: f32 = 2.0;

/// A set of works.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) enum Plan {
    /// Every work.
    All,
    /// Works with this term.
    Term(Term),
    /// Works that have any of some numbers: of tags, or their own.
    Tags(AnyOf),
    /// Works whose tags are something together.
    Together(Together),
    /// Works with a number in a range.
    Range(ColumnRange),
    /// What only Tantivy can answer: words and phrases.
    Words(TextQuestion),
    /// Works in all of these.
    And(Vec<Plan>),
    /// Works in any of these; none, when there are none.
    Or(Vec<Plan>),
    /// Works that are not in this.
    Not(Box<Plan>),
}

/// A question about words.
#[derive(Debug)]
pub(crate) struct TextQuestion {
    pub(crate) query: Box<dyn Query>,
    /// As somebody would write it.
    pub(crate) words: Arc<str>,
    /// A name that only the same question has.
    pub(crate) name: Arc<str>,
    /// The single words, any of which will do, each with its weight, where the question is no more than that.
    pub(crate) any_of: Vec<(Term, f32)>,
}

/// Two questions are the same if they are written the same.
impl PartialEq for TextQuestion {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for TextQuestion {}

impl Hash for TextQuestion {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Plan {
    /// One question to Tantivy, in which only words say how well a work fits.
    pub(crate) fn question(&self) -> Box<dyn Query> {
        match self {
            Self::Tags(tags) if tags.scored => named(tags),
            Self::All | Self::Term(_) | Self::Tags(_) | Self::Together(_) | Self::Range(_) => {
                unscored(self.condition())
            }
            Self::Words(words) => words.query.box_clone(),
            Self::And(parts) => all_of(parts),
            Self::Or(parts) => any_of(parts.iter().map(Self::question).collect()),
            Self::Not(_) => all_of(std::slice::from_ref(self)),
        }
    }

    fn condition(&self) -> Box<dyn Query> {
        match self {
            Self::All => Box::new(AllQuery),
            Self::Term(term) => Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
            Self::Tags(tags) => Box::new(tags.clone()),
            Self::Together(tags) => Box::new(tags.clone()),
            Self::Range(range) => Box::new(range.clone()),
            _ => self.question(),
        }
    }
}

/// Works that carry one of these tags, which fit the better the fewer there are.
pub(crate) fn named(tags: &AnyOf) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(tags.clone()), NAME))
}

/// Conditions and exclusions side by side.
fn all_of(parts: &[Plan]) -> Box<dyn Query> {
    let clause = |part: &Plan| match part {
        Plan::Not(inner) => (Occur::MustNot, excluded(inner.condition())),
        part => must(part.question()),
    };
    let mut clauses: Vec<_> = parts.iter().map(clause).collect();
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push(must(Plan::All.question()));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// A condition that says nothing about how well a work fits.
pub(crate) fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
