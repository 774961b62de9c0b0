//! A work or something else: recommendation lists, indexes, recipes, questions and answers, episode
//! lists, digests, login pages, cards without a text. Decided by structure first and words second,
//! and what tells a story outweighs a single odd sign. Every answer has its reason.

use super::cues::{speech, tells};
use super::furniture::has_words;
use super::kind_shape::Shape;
use super::kind_signs::SIGNS;
use super::lines::Line;

/// The answer and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) is_work: bool,
    pub(super) reason: String,
    /// Whether little speaks for a work: no telling, hardly a header.
    pub(super) unsure: bool,
}

/// What the reading of the header adds to the decision.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HeaderFacts {
    /// Header labels read.
    pub(super) labels: usize,
    /// Whether a title was read.
    pub(super) titled: bool,
    /// Whether a creator was read.
    pub(super) signed: bool,
    /// Chapters with a mark.
    pub(super) marks: usize,
}

/// Decides for a whole text whose story lines are `body`.
pub(super) fn verdict(lines: &[Line<'_>], body: &[Line<'_>], facts: HeaderFacts) -> Verdict {
    if !lines.iter().any(|line| has_words(line.text)) {
        return no("there are no words in it");
    }
    let shape = Shape::of(lines);
    let told = told(body);
    let against = SIGNS
        .iter()
        .filter_map(|sign| (sign.weigh)(&shape).map(|weight| (weight, sign.reason)))
        .max_by_key(|(weight, _)| *weight);
    let for_it = told.weight
        + usize::from(facts.titled && facts.signed)
        + usize::from(facts.labels >= 3)
        + usize::from(facts.marks > 0);
    match against {
        Some((weight, reason)) if weight > for_it => return no(reason),
        _ => {}
    }
    if told.words < 8 && facts.marks == 0 {
        return no(if facts.labels > 0 {
            "it has the labels of a work and no text under them"
        } else {
            "there is no text in it beyond a line or two"
        });
    }
    Verdict { is_work: true, reason: told.reason.to_owned(), unsure: for_it == 0 }
}

fn no(reason: &str) -> Verdict {
    Verdict { is_work: false, reason: reason.to_owned(), unsure: false }
}

/// Whether most of a text tells: paragraphs of speech and telling, not of instructions.
pub(super) fn tells_mostly(lines: &[Line<'_>]) -> bool {
    told(lines).weight >= 3
}

struct Told {
    words: usize,
    weight: usize,
    reason: &'static str,
}

/// How much of the body tells something.
fn told(body: &[Line<'_>]) -> Told {
    let (mut words, mut story, mut all, mut talk) = (0, 0, 0, 0);
    for paragraph in paragraphs(body) {
        let size = paragraph.chars().count();
        all += size;
        words += paragraph
            .split_whitespace()
            .filter(|word| has_words(word))
            .count()
            .max(paragraph.chars().filter(|c| *c > '\u{3000}').count() / 2);
        talk += speech(&paragraph);
        if tells(&paragraph) {
            story += size;
        }
    }
    let share = story * 100 / all.max(1);
    let weight = match (story, share) {
        (0, _) => 0,
        (1500.., 50..) => 4,
        (600.., 40..) => 3,
        (_, 50..) => 2,
        _ => 1,
    } + usize::from(story > 0 && talk >= 2);
    let reason = if talk >= 3 {
        "it tells a story, with speech"
    } else if story > 0 {
        "it tells a story"
    } else {
        "it is running text and nothing speaks against a work"
    };
    Told { words, weight, reason }
}

/// Paragraphs at blank lines, their lines joined.
fn paragraphs(body: &[Line<'_>]) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in body {
        if line.is_blank() {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(line.text);
        }
    }
    found.retain(|paragraph| !paragraph.is_empty());
    found
}
