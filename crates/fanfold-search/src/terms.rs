//! Words, phrases and beginnings as questions to one text field.

use std::ops::Bound;

use fanfold_model::query::TextMatch;
use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, PhrasePrefixQuery,
    PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, SegmentReader, TantivyError, Term};

use crate::error::IndexError;
use crate::stems::{StemLanguage, forms};
use crate::words::{QueryWord, query_words};

/// Most words a beginning inside a phrase may stand for.
const MAX_EXPANSIONS: u32 = 4_096;

/// What is asked of a text field, in words.
#[derive(Debug)]
pub(crate) enum Asked {
    /// Nothing that can be found.
    Nothing,
    /// One word in any of these forms.
    Forms(Vec<String>),
    /// Exactly these words in a row.
    Exactly(Vec<QueryWord>),
    /// These words in a row, the last one only begun.
    Beginning(Vec<QueryWord>),
}

impl Asked {
    /// Splits a value into words and stems them by the rules of these languages.
    pub(crate) fn from(what: &TextMatch, languages: &[StemLanguage]) -> Self {
        let (text, begun, inflected) = match what {
            TextMatch::Word(text) => (text, false, true),
            TextMatch::Phrase(text) => (text, false, false),
            TextMatch::Prefix(text) => (text, true, false),
        };
        let words = query_words(text);
        match &words[..] {
            [] => Self::Nothing,
            [word] if inflected && !word.lone => {
                Self::Forms(forms(&word.lower, &word.folded, languages))
            }
            _ if begun => Self::Beginning(words),
            _ => Self::Exactly(words),
        }
    }

    /// The single words of a field, any of which will do, where the question comes down to that.
    pub(crate) fn single_words(&self, field: Field) -> Vec<Term> {
        match self {
            Self::Forms(forms) => {
                forms.iter().map(|form| Term::from_field_text(field, form)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The question to one field.
    pub(crate) fn of(&self, field: Field) -> Box<dyn Query> {
        match self {
            Self::Nothing => Box::new(EmptyQuery),
            Self::Forms(_) => any_of(self.single_words(field).into_iter().map(term).collect()),
            Self::Exactly(words) => in_a_row(field, words),
            Self::Beginning(words) => begun(field, words),
        }
    }
}

pub(crate) fn term(word: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs))
}

/// A word that says so much more about how well a work fits than others.
pub(crate) fn weighted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    match (weight - 1.0).abs() < f32::EPSILON {
        true => query,
        false => Box::new(BoostQuery::new(query, weight)),
    }
}

/// At least one of several questions.
pub(crate) fn any_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// All of several questions.
fn all_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() == 1 {
        queries.remove(0)
    } else {
        Box::new(BooleanQuery::intersection(queries))
    }
}

fn placed(field: Field, words: &[&QueryWord]) -> Vec<(usize, Term)> {
    let first = words.first().map_or(0, |word| word.position);
    words
        .iter()
        .map(|word| (word.position - first, Term::from_field_text(field, &word.folded)))
        .collect()
}

/// Words in a row. A lone character of a script without spaces begins a pair in the index, so it has no place of its own:
/// it must be there, beside the row of the others.
fn in_a_row(field: Field, words: &[QueryWord]) -> Box<dyn Query> {
    let (lone, others): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.lone);
    let mut queries: Vec<Box<dyn Query>> =
        lone.iter().map(|word| beginning(field, &word.folded)).collect();
    match &others[..] {
        [] => {}
        [word] => queries.push(term(Term::from_field_text(field, &word.folded))),
        _ => queries.push(Box::new(PhraseQuery::new_with_offset(placed(field, &others)))),
    }
    all_of(queries)
}

fn begun(field: Field, words: &[QueryWord]) -> Box<dyn Query> {
    let (lone, others): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.lone);
    let mut queries: Vec<Box<dyn Query>> =
        lone.iter().map(|word| beginning(field, &word.folded)).collect();
    match &others[..] {
        [] => {}
        [word] => queries.push(beginning(field, &word.folded)),
        _ => {
            let mut phrase = PhrasePrefixQuery::new_with_offset(placed(field, &others));
            phrase.set_max_expansions(MAX_EXPANSIONS);
            queries.push(Box::new(phrase));
        }
    }
    all_of(queries)
}

/// How many different words of a field begin so, counted up to a number; a word counts once for each segment.
pub(crate) fn words_beginning(
    searcher: &Searcher,
    field: Field,
    start: &str,
    most: usize,
) -> Result<usize, IndexError> {
    let (from, to) = (start.as_bytes(), format!("{start}{}", char::MAX));
    let mut found = 0;
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(field)?;
        let range = inverted.terms().range().ge(from).lt(to.as_bytes());
        let mut words = range.into_stream().map_err(TantivyError::from)?;
        while found <= most && words.advance() {
            found += 1;
        }
    }
    Ok(found)
}

/// The usual length of a text in a field, in words.
pub(crate) fn usual_length(readers: &[SegmentReader], field: Field) -> Result<Score, IndexError> {
    let (mut words, mut works) = (0, 0);
    for reader in readers {
        words += reader.inverted_index(field)?.total_num_tokens();
        works += u64::from(reader.max_doc());
    }
    Ok(words as Score / works.max(1) as Score)
}

/// Every word that begins so.
fn beginning(field: Field, start: &str) -> Box<dyn Query> {
    let from = Term::from_field_text(field, start);
    let to = Term::from_field_text(field, &format!("{start}{}", char::MAX));
    Box::new(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to)))
}

/// Pairs a question with what it does in a conjunction.
pub(crate) fn must(query: Box<dyn Query>) -> (Occur, Box<dyn Query>) {
    (Occur::Must, query)
}
