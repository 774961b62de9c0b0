//! Right, invented and missed values: per document, per field, per layout, per half.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fields::{ALL, Sets, sets};
use super::gold::Entry;
use super::pairing::Pair;

/// How far the number of words may be off: an end mark or a rule may count or not.
const WORDS_OFF: f64 = 0.05;

/// Values that are right, values read that are not, values missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) invented: usize,
    pub(crate) missed: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.invented += other.invented;
        self.missed += other.missed;
    }

    /// The share of what was read that is right; 1 where nothing was read.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.right + self.invented)
    }

    /// The share of what is right that was read; 1 where nothing is to be read.
    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.invented + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A field that was read otherwise than it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) field: &'static str,
    pub(crate) expected: BTreeSet<String>,
    pub(crate) read: BTreeSet<String>,
}

/// A gold line with its tallies and mistakes.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) gold: Entry,
    pub(crate) tallies: BTreeMap<&'static str, Tally>,
    pub(crate) mistakes: Vec<Mistake>,
}

impl Judged {
    fn faults(&self) -> usize {
        self.tallies.values().map(|tally| tally.invented + tally.missed).sum()
    }
}

/// Compares what was read with what is right.
pub(crate) fn judge(pair: Pair) -> Judged {
    let Pair { gold, read, surplus } = pair;
    let mut right = gold.fields.clone();
    right.insert("read_as".to_owned(), Value::String(gold.read_as.clone()));
    let (expected, optional) = (sets(&right), sets(&gold.optional));
    let read = read.map(|record| sets(&record.fields)).unwrap_or_default();
    let (mut tallies, mut mistakes) = (BTreeMap::new(), Vec::new());
    for field in ALL.into_iter().filter(|field| is_judged(field, &gold)) {
        let of = |sets: &Sets| sets.get(field).cloned().unwrap_or_default();
        let (expected, read) = (of(&expected), of(&read));
        let tally = compare(field, &expected, &of(&optional), &read);
        if tally.invented + tally.missed > 0 {
            mistakes.push(Mistake { field, expected, read });
        }
        tallies.insert(field, tally);
    }
    // A work too many is one invention: its fields are the same text read a second time.
    if let Some(tally) = tallies.get_mut("read_as") {
        tally.invented += surplus.len();
    }
    Judged { gold, tallies, mistakes }
}

/// The number of words is judged only where the gold says it.
fn is_judged(field: &str, gold: &Entry) -> bool {
    let said: &Map<String, Value> = &gold.fields;
    !gold.unjudged.iter().any(|unjudged| unjudged == field)
        && (field != "words" || said.contains_key("words"))
}

fn compare(
    field: &str,
    expected: &BTreeSet<String>,
    optional: &BTreeSet<String>,
    read: &BTreeSet<String>,
) -> Tally {
    if field == "words" && is_near(expected, read) {
        return Tally { right: 1, ..Tally::default() };
    }
    let right = expected.intersection(read).count();
    let invented = read.difference(expected).filter(|value| !optional.contains(*value)).count();
    Tally { right, invented, missed: expected.len() - right }
}

fn is_near(expected: &BTreeSet<String>, read: &BTreeSet<String>) -> bool {
    let number = |set: &BTreeSet<String>| set.first().and_then(|text| text.parse::<f64>().ok());
    match (number(expected), number(read)) {
        (Some(expected), Some(read)) => (expected - read).abs() <= expected * WORDS_OFF,
        _ => false,
    }
}

/// All tallies of a run.
#[derive(Debug, Default)]
pub(crate) struct Board {
    /// By half, then by field.
    pub(crate) fields: BTreeMap<String, BTreeMap<&'static str, Tally>>,
    /// By half, then by layout.
    pub(crate) layouts: BTreeMap<String, BTreeMap<String, Tally>>,
    /// By half, over everything, with the number of documents.
    pub(crate) halves: BTreeMap<String, (usize, Tally)>,
}

impl Board {
    /// Adds up all judged lines.
    pub(crate) fn of(judged: &[Judged]) -> Self {
        let mut board = Self::default();
        for one in judged {
            let (split, layout) = (&one.gold.split, &one.gold.layout);
            let half = board.halves.entry(split.clone()).or_default();
            half.0 += 1;
            let layouts = board.layouts.entry(split.clone()).or_default();
            let of_layout = layouts.entry(layout.clone()).or_default();
            let fields = board.fields.entry(split.clone()).or_default();
            for (field, tally) in &one.tallies {
                half.1.add(*tally);
                of_layout.add(*tally);
                fields.entry(field).or_default().add(*tally);
            }
        }
        board
    }
}

/// The documents with the most mistakes, those of one field if one is named.
pub(crate) fn worst<'a>(
    judged: &'a [Judged],
    number: usize,
    field: Option<&str>,
) -> Vec<&'a Judged> {
    let asked = |one: &&Judged| {
        !one.mistakes.is_empty()
            && field.is_none_or(|field| one.mistakes.iter().any(|found| found.field == field))
    };
    let mut worst: Vec<&Judged> = judged.iter().filter(asked).collect();
    worst.sort_by_key(|one| std::cmp::Reverse(one.faults()));
    worst.truncate(number);
    worst
}

#[cfg(test)]
mod tests;
