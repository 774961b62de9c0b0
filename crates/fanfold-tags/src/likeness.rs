//! How likely two names mean the same, and why. Rules first, letters last.

use crate::codes::{are_initials, is_run_together};
use crate::grams::Grams;
use crate::name::{Name, Side};
use fanfold_model::TagKind;
use std::fmt;

/// Why a candidate is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Only case, marks, blanks or punctuation differ.
    SameLetters,
    /// The same words in another order, or the same pair.
    SameWords,
    /// The same persons, some with part of their names.
    SamePersons,
    /// Part of the name.
    PartOfName,
    /// Initials, or parts of both names run together.
    ShortForm,
    /// Letters in common.
    Letters,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SameLetters => "the same letters",
            Self::SameWords => "the same words",
            Self::SamePersons => "the same persons",
            Self::PartOfName => "part of the name",
            Self::ShortForm => "a short form of the names",
            Self::Letters => "nearly the same letters",
        })
    }
}

/// By names, marks and words alone: from 0 to 1, with why. `Err` says whether letters may still decide.
pub(crate) fn by_rules(kind: TagKind, asked: &Name, known: &Name) -> Result<(f32, Why), bool> {
    if is_forbidden(asked, known) {
        return Err(false);
    }
    let found = match asked.plain == known.plain {
        true => Some((1.0, Why::SameLetters)),
        false => by_names(kind, asked, known),
    };
    found.map(|(score, why)| (score * bracket(asked, known), why)).ok_or(true)
}

/// By the letters in common, for names that no rule keeps apart. `runs`: those of the name asked for.
pub(crate) fn by_letters(asked: &Name, runs: &[u64], known: &Name, grams: &Grams) -> (f32, Why) {
    (0.9 * grams.cosine(runs, &known.words) * bracket(asked, known), Why::Letters)
}

/// A bracket that only one has makes it a little less likely.
fn bracket(asked: &Name, known: &Name) -> f32 {
    if asked.bracket == known.bracket { 1.0 } else { 0.94 }
}

/// What two names that mean the same never differ in.
fn is_forbidden(asked: &Name, known: &Name) -> bool {
    let brackets = matches!((&asked.bracket, &known.bracket), (Some(a), Some(b)) if a != b);
    let joints = matches!((asked.joint, known.joint), (Some(a), Some(b)) if a != b);
    let sides =
        asked.joint.is_some() && known.joint.is_some() && asked.sides.len() != known.sides.len();
    brackets
        || joints
        || sides
        || asked.negated != known.negated
        || !asked.numbers().eq(known.numbers())
}

fn by_names(kind: TagKind, asked: &Name, known: &Name) -> Option<(f32, Why)> {
    match kind {
        TagKind::Relationship => by_sides(asked, known),
        TagKind::Character => by_person(asked, known),
        _ => same_words(asked, known),
    }
}

fn same_words(asked: &Name, known: &Name) -> Option<(f32, Why)> {
    let sorted = |name: &Name| {
        let mut words = name.words.clone();
        words.sort_unstable();
        words
    };
    (sorted(asked) == sorted(known)).then_some((0.97, Why::SameWords))
}

fn by_person(asked: &Name, known: &Name) -> Option<(f32, Why)> {
    let (asked, known) = (asked.sides.first()?, known.sides.first()?);
    side(asked, known).filter(|(score, _)| *score > 0.6)
}

/// Each side of the one is a side of the other, in any order; a word alone may be both run together.
fn by_sides(asked: &Name, known: &Name) -> Option<(f32, Why)> {
    if asked.joint.is_none() {
        return run_together(asked, known);
    }
    let mut left: Vec<&Side> = known.sides.iter().collect();
    let mut worst = (0.98_f32, Why::SameWords);
    for one in &asked.sides {
        let best = left.iter().enumerate().filter_map(|(at, other)| Some((at, side(one, other)?)));
        let (at, (score, why)) = best.max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        left.swap_remove(at);
        worst = (worst.0 * score, worst.1.max(why));
    }
    // A part of a name in a pair is less doubtful than alone: two parts have to fit.
    let why = if worst.1 == Why::PartOfName { Why::SamePersons } else { worst.1 };
    Some((worst.0.max(if why == Why::SamePersons { 0.8 } else { 0.0 }), why))
}

/// How one person's name fits another's, by the best of their names.
fn side(asked: &Side, known: &Side) -> Option<(f32, Why)> {
    let all = asked.iter().flat_map(|one| known.iter().map(move |other| (one, other)));
    let fits = all.filter_map(|(one, other)| person(one, other));
    fits.max_by(|a, b| a.0.total_cmp(&b.0))
}

fn person(asked: &[String], known: &[String]) -> Option<(f32, Why)> {
    let within = |one: &[String], other: &[String]| {
        !one.is_empty() && one.iter().all(|word| other.contains(word))
    };
    match (within(asked, known), within(known, asked)) {
        (true, true) => Some((1.0, Why::SameWords)),
        (true, false) => Some((0.88, Why::PartOfName)),
        (false, true) => Some((0.84, Why::PartOfName)),
        (false, false) if is_abbreviated(asked, known) => Some((0.82, Why::ShortForm)),
        (false, false) => {
            let [code] = asked else { return None };
            are_initials(code, known).then_some((0.72, Why::ShortForm))
        }
    }
}

/// "J. Watson": word for word, some with their first letter only.
fn is_abbreviated(asked: &[String], known: &[String]) -> bool {
    let begins = |(one, other): (&String, &String)| {
        one == other || (one.chars().count() == 1 && other.starts_with(one.as_str()))
    };
    asked.len() > 1 && asked.len() == known.len() && asked.iter().zip(known).all(begins)
}

fn run_together(asked: &Name, known: &Name) -> Option<(f32, Why)> {
    let ([code], [first, second]) = (asked.words.as_slice(), known.sides.as_slice()) else {
        return None;
    };
    let fits = |a: &Side, b: &Side| {
        a.iter().any(|one| b.iter().any(|other| is_run_together(code, one, other)))
    };
    (fits(first, second) || fits(second, first)).then_some((0.7, Why::ShortForm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(kind: TagKind, asked: &str, known: &str) -> Result<(f32, Why), bool> {
        by_rules(kind, &Name::of(kind, asked), &Name::of(kind, known))
    }

    #[test]
    fn a_slash_is_no_ampersand_and_a_no_is_no_yes() {
        use TagKind::{Character, Freeform, Relationship};
        for (kind, asked, known) in [
            (Relationship, "Robin Hood/Marian", "Robin Hood & Marian"),
            (Relationship, "Robin & Marian", "Robin Hood/Marian"),
            (Relationship, "Robin/Marian/Will", "Robin/Marian"),
            (Freeform, "No Fluff", "Fluff"),
            (Freeform, "Canon Compliant", "Not Canon Compliant"),
            (Freeform, "Season 1", "Season 2"),
            (Character, "Alice (Wonderland)", "Alice (Resident)"),
        ] {
            assert_eq!(judge(kind, asked, known), Err(false), "{asked} {known}");
        }
    }

    #[test]
    fn the_same_pair_is_known_in_another_order_and_with_part_of_the_names() {
        let kind = TagKind::Relationship;
        for (asked, why) in [
            ("robin hood / maid marian", Why::SameLetters),
            ("Maid Marian/Robin Hood", Why::SameWords),
            ("Marian x Robin", Why::SamePersons),
            ("R/M", Why::ShortForm),
            ("Robian", Why::ShortForm),
            ("R. Hood/M. Marian", Why::ShortForm),
        ] {
            let (score, found) = judge(kind, asked, "Robin Hood/Maid Marian").unwrap();
            assert_eq!(found, why, "{asked}");
            assert!(score > 0.5, "{asked} {score}");
        }
    }
}
