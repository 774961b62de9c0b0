//! Pure functions from original labels to the archive's vocabulary.
//!
//! [`normalize`] takes what an importer saw ([`Extracted`]) and gives the [`Work`] that the archive shows. One file
//! here is one subject (title, creators, rating, dates …); vocabularies are tables of data. The rules come from how
//! old pages, lists and archives really write their headers, in nine languages.
//!
//! Invariants, held by property tests: nothing panics on any text; **every value read is found in `original`**; **a
//! rating is never lower than a level that is mentioned**; no list holds an empty entry; every HTML field equals its
//! own cleaning. A guess never becomes a fact: it goes to `suggestions`, with why.

mod answers;
mod categories;
mod chapters;
mod characters;
mod creators;
mod date_forms;
mod dates;
mod draft;
mod fandoms;
mod fold;
pub mod fuzz;
mod genres;
mod language;
mod language_names;
mod lists;
mod months;
mod names;
mod numbers;
mod original;
mod pair_codes;
mod pairs;
mod permission;
mod phrase;
mod private;
mod prose;
mod qualifiers;
mod rating;
mod rating_levels;
mod relationships;
mod series;
mod stats;
mod status;
mod title;
mod underage;
mod warning_words;
mod warnings;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod whole_works;

pub use answers::{Answers, DAY_ORDERS, IGNORE, LABEL_MEANINGS, ONLY_A_TAG, subject_key};
pub use pair_codes::opened as pair_of_code;
pub use rating::ANSWER;

use draft::Draft;
use fanfold_model::{Extracted, Work};

/// The version of these rules. It changes when a rule changes what a work says, so that works can be read again.
pub const RULES: &str = "normalize-1";

/// What the rules may know of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// Days since 1970-01-01 UTC; a date after it is a mistake of the source.
    pub today: i32,
    /// What a person answered about the source.
    pub answers: &'a Answers,
}

impl Context<'static> {
    /// The rules alone, on this day.
    #[must_use]
    pub fn on(today: i32) -> Self {
        Self { today, answers: &answers::NONE }
    }
}

/// Makes the work of a reading: everything but ids, sources, missing parts and visibility, which the library sets.
///
/// A reading of canonical JSON is a work already and is given back as it is.
#[must_use]
pub fn normalize(extracted: &Extracted, context: &Context<'_>) -> Work {
    if let Some(work) = &extracted.canonical {
        return (**work).clone();
    }
    let extracted = context.answers.relabelled(extracted);
    let mut draft = Draft::new(&extracted, *context);
    for read in SUBJECTS {
        read(&mut draft);
    }
    draft.finish()
}

/// One subject each. Dates come before the counters that are dated by them, fandoms before the codes that only one
/// fandom uses, the language before the dates whose order it decides.
const SUBJECTS: [fn(&mut Draft<'_>); 18] = [
    original::read,
    title::read,
    creators::read,
    language::read,
    fandoms::read,
    relationships::read,
    characters::read,
    categories::read,
    genres::read,
    warnings::read,
    rating::read,
    underage::read,
    prose::read,
    dates::read,
    chapters::read,
    series::read,
    stats::read,
    permission::read,
];
