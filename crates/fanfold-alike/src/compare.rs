//! Two texts side by side: the passages they share, and what that makes them.

use crate::sketch::{SHINGLE, shingles};
use crate::words::Word;
use std::collections::HashMap;
use std::ops::Range;

/// A shared passage is at least so many words, edits inside it counted.
const LEAST_PASSAGE: usize = 12;
/// Words that may differ between two pieces of one passage.
const MOST_GAP: usize = 24;
/// A shingle at more places of one text starts no passage: it is a refrain.
const MOST_PLACES: usize = 40;

/// What two texts are to each other. A proposal for a person, but for `Same` with equal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The same text; a few words at most differ.
    Same,
    /// One is an edited form of the other.
    Revision,
    /// The first holds the second.
    Contains,
    /// The first lies in the second.
    Contained,
    /// They share a passage.
    SharedPassage,
}

impl Verdict {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Revision => "revision",
            Self::Contains => "contains",
            Self::Contained => "contained",
            Self::SharedPassage => "shared-passage",
        }
    }

    /// The verdict with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Same, Self::Revision, Self::Contains, Self::Contained, Self::SharedPassage]
            .into_iter()
            .find(|verdict| verdict.as_str() == name)
    }
}

/// A passage that both texts have, as ranges of their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// In the first.
    pub a: Range<usize>,
    /// In the second.
    pub b: Range<usize>,
    /// Words in it that are equal.
    pub equal: usize,
}

/// Two texts compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What they are to each other.
    pub verdict: Verdict,
    /// The share of the first text that stands word for word in the second, 0 to 1.
    pub in_a: f64,
    /// The share of the second text that stands in the first.
    pub in_b: f64,
    /// The passages, in the order of the first text.
    pub passages: Vec<Passage>,
}

/// Compares two texts; `None` if they share no passage.
#[must_use]
pub fn compare(a: &[Word], b: &[Word]) -> Option<Comparison> {
    let passages = passages(a, b);
    let equal: usize = passages.iter().map(|passage| passage.equal).sum();
    if equal == 0 {
        return None;
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let (in_a, in_b) = (share(equal, a.len()).min(1.0), share(equal, b.len()).min(1.0));
    let spread = |range: fn(&Passage) -> &Range<usize>, whole: usize| {
        share(covered(passages.iter().map(range)), whole)
    };
    let (along_a, along_b) = (spread(|own| &own.a, a.len()), spread(|own| &own.b, b.len()));
    let verdict = match () {
        () if in_a >= 0.97 && in_b >= 0.97 => Verdict::Same,
        () if along_a >= 0.5 && along_b >= 0.5 => Verdict::Revision,
        () if along_b >= 0.8 => Verdict::Contains,
        () if along_a >= 0.8 => Verdict::Contained,
        () => Verdict::SharedPassage,
    };
    Some(Comparison { verdict, in_a, in_b, passages })
}

/// Words under these ranges, each once.
fn covered<'a>(ranges: impl Iterator<Item = &'a Range<usize>>) -> usize {
    let mut ranges: Vec<&Range<usize>> = ranges.collect();
    ranges.sort_unstable_by_key(|range| range.start);
    let (mut words, mut end) = (0, 0);
    for range in ranges {
        words += range.end.saturating_sub(range.start.max(end));
        end = end.max(range.end);
    }
    words
}

fn passages(a: &[Word], b: &[Word]) -> Vec<Passage> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, shingle) in shingles(a).enumerate() {
        places.entry(shingle).or_default().push(place);
    }
    let mut runs = runs(a, b, &places);
    runs.sort_unstable_by_key(|run| (run.a.start, run.b.start));
    let mut passages: Vec<Passage> = Vec::new();
    for run in runs {
        // The run may carry on any of the passages that ended a little before it.
        let near = passages.iter_mut().rev().take(8).find(|open| follows(open, &run));
        match near {
            Some(open) => {
                (open.a.end, open.b.end) = (run.a.end, run.b.end);
                open.equal += run.equal;
            }
            None => passages.push(run),
        }
    }
    passages.retain(|passage| passage.a.len().max(passage.b.len()) >= LEAST_PASSAGE);
    passages
}

fn follows(open: &Passage, run: &Passage) -> bool {
    let gap = |open: &Range<usize>, next: &Range<usize>| {
        next.start.checked_sub(open.end).filter(|gap| *gap <= MOST_GAP)
    };
    gap(&open.a, &run.a).is_some() && gap(&open.b, &run.b).is_some()
}

/// Equal words in a row, each word of the second text in one run only: the longest that begins there.
fn runs(a: &[Word], b: &[Word], places: &HashMap<u64, Vec<usize>>) -> Vec<Passage> {
    let mut runs: Vec<Passage> = Vec::new();
    let mut taken_in_a = vec![false; a.len()];
    let all: Vec<u64> = shingles(b).collect();
    let mut at = 0;
    while at < all.len() {
        let starts = places.get(&all[at]).filter(|starts| starts.len() <= MOST_PLACES);
        let free = starts.into_iter().flatten().filter(|start| !taken_in_a[**start]);
        let longest = free
            .map(|start| (equal_from(a, b, *start, at), *start))
            .filter(|(length, _)| *length >= SHINGLE)
            .max_by_key(|(length, start)| (*length, std::cmp::Reverse(*start)));
        let Some((length, start)) = longest else {
            at += 1;
            continue;
        };
        // What stands before may be equal too, where a refrain had kept it from starting a run.
        let free_before = runs.last().map_or(0, |run| run.b.end);
        let back = (1..=start.min(at - free_before.min(at)))
            .take_while(|back| {
                a[start - back].hash == b[at - back].hash && !taken_in_a[start - back]
            })
            .count();
        let (from_a, from_b) = (start - back, at - back);
        taken_in_a[from_a..start + length].fill(true);
        runs.push(Passage {
            a: from_a..start + length,
            b: from_b..at + length,
            equal: length + back,
        });
        at += length;
    }
    runs
}

fn equal_from(a: &[Word], b: &[Word], in_a: usize, in_b: usize) -> usize {
    a[in_a..].iter().zip(&b[in_b..]).take_while(|(one, other)| one.hash == other.hash).count()
}
