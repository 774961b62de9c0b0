//! A subject line taken apart: reply marks, list tags, "NEW:", the title, the part, the rating, the pairing, the name
//! behind "by". Everything but the title may be missing, and stands in any order.

use super::subject_words::{is_announcement, is_code, is_denial, is_pairing, is_reply};
use crate::assemble::is_revision_word;
use crate::text_work::{PartIn, is_rating, part_mark, title_by};
use std::ops::Range;

/// What a subject says; ranges of its value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Subject {
    /// The title; empty where there is none.
    pub(super) title: Range<usize>,
    /// Who wrote it, if it says so.
    pub(super) creator: Option<Range<usize>>,
    /// Tags in front and in brackets.
    pub(super) tags: Vec<Range<usize>>,
    /// Rating codes.
    pub(super) ratings: Vec<Range<usize>>,
    /// "P/C".
    pub(super) pairings: Vec<Range<usize>>,
    /// Which part it is.
    pub(super) part: Option<PartIn>,
    /// Whether it answers another message.
    pub(super) is_reply: bool,
    /// Whether a tag announces a story.
    pub(super) announces: bool,
    /// Whether a tag says that it is something else.
    pub(super) denies: bool,
}

/// Takes a subject apart.
pub(super) fn read(value: &str) -> Subject {
    let mut subject = Subject::default();
    let value = match revision_tail(value) {
        Some(at) => {
            let start =
                at + value[at..].len() - value[at..].trim_start_matches([' ', ',', '-']).len();
            subject.tags.push(start..value.len());
            subject.announces = true;
            &value[..at]
        }
        None => value,
    };
    let from = in_front(value, &mut subject);
    subject.part = part_in(value, from..value.len());
    let mut end = value.len();
    for (open, close) in brackets(value, from) {
        let is_part = subject.part.as_ref().is_some_and(|part| part.place == (open..close + 1));
        let says = is_part || bracket(value, open + 1..close, &mut subject);
        if says && open > from {
            end = end.min(open);
        }
    }
    let mut title = codes_at_end(value, trimmed(value, from..end), &mut subject);
    if subject.part.is_none() {
        // "The Lamp 2/5 (PG)": a bare count is only one at the end.
        subject.part = part_in(value, title.clone());
    }
    if let Some(part) = subject.part.as_ref().map(|part| part.place.clone()) {
        let before = trimmed(value, from..part.start.min(title.end));
        let behind = behind_of(value, part.end..bracket_behind(value, part.end));
        title = if before.is_empty() { behind } else { before };
    }
    title = codes_at_end(value, trimmed(value, title), &mut subject);
    if let Some((named, creator)) = title_by(&value[title.clone()]) {
        subject.creator = Some(title.start + creator.start..title.start + creator.end);
        title = title.start + named.start..title.start + named.end;
    }
    subject.title = trimmed(value, title);
    subject
}

/// "The Lamp 2/5 - revised", "The Lamp (2/5) corrected": where the words begin that say so.
fn revision_tail(value: &str) -> Option<usize> {
    let dashed = [" - ", ", ", " -- "].iter().filter_map(|joint| value.rfind(joint)).max();
    let spaced = value.rfind(' ').filter(|at| {
        value[..*at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | ']' | '}' | '?'))
    });
    let says = |at: &usize| is_revision_word(value[*at..].trim_start_matches([' ', ',', '-']));
    dashed.into_iter().chain(spaced).find(|at| *at > 0 && says(at))
}

/// The part mark of a stretch of the value.
fn part_in(value: &str, range: Range<usize>) -> Option<PartIn> {
    let part = part_mark(&value[range.clone()])?;
    let place = range.start + part.place.start..range.start + part.place.end;
    Some(PartIn { place, ..part })
}

/// "Part 3 of the Long Road": the title behind the mark, without the word that leads over to it.
fn behind_of(value: &str, behind: Range<usize>) -> Range<usize> {
    let text = &value[behind.clone()];
    let lead = text.len() - text.trim_start_matches([' ', ':', ',', '-', ')', ']']).len();
    let rest = &text[lead..];
    let of = ["of ", "from ", "von ", "aus ", "de ", "di "];
    let over = of.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
    if rest[over..].trim().is_empty() { behind } else { behind.start + lead + over..behind.end }
}

/// Where the first bracket behind a place opens, or the end.
fn bracket_behind(value: &str, from: usize) -> usize {
    value[from..].find(['(', '[', '{']).map_or(value.len(), |open| from + open)
}

/// Tags in front of the title; gives where the rest begins.
fn in_front(value: &str, subject: &mut Subject) -> usize {
    let mut at = 0;
    loop {
        at += value[at..].len() - value[at..].trim_start_matches([' ', '-', ':', '*']).len();
        let rest = &value[at..];
        if let Some(close) = rest.find(']').filter(|_| rest.starts_with('[')) {
            if part_mark(&rest[..=close]).is_some() || rest[close + 1..].trim().is_empty() {
                return at;
            }
            bracket(value, at + 1..at + close, subject);
            at += close + 1;
            continue;
        }
        let Some(colon) = rest.find(':').filter(|colon| *colon <= 24 && *colon > 0) else {
            return at + unmarked(rest, subject);
        };
        if rest[colon + 1..].trim().is_empty() || !tag(&rest[..colon], subject) {
            return at + unmarked(rest, subject);
        }
        subject.tags.push(at..at + colon);
        at += colon + 1;
    }
}

/// "NEW The Lamp", "REPOST The Lamp": announced in capitals without a colon.
fn unmarked(rest: &str, subject: &mut Subject) -> usize {
    for word in ["NEW STORY", "NEW FIC", "NEW", "REPOST", "FIC"] {
        if let Some(tail) = rest.strip_prefix(word)
            && tail.starts_with([' ', '-', '!'])
            && tail.chars().any(char::is_lowercase)
        {
            subject.announces = true;
            return word.len() + tail.len() - tail.trim_start_matches([' ', '-', '!']).len();
        }
    }
    0
}

/// Whether words before a colon are a tag, and what they say.
fn tag(word: &str, subject: &mut Subject) -> bool {
    if is_reply(word) {
        subject.is_reply |= !word.trim().to_ascii_lowercase().starts_with("fw");
        return true;
    }
    let (announces, denies) = (is_announcement(word), is_denial(word));
    subject.announces |= announces;
    subject.denies |= denies;
    announces || denies || is_code(word)
}

/// Reads what stands in a bracket; whether it was something that is no part of a title.
fn bracket(value: &str, inner: Range<usize>, subject: &mut Subject) -> bool {
    let text = &value[inner.clone()];
    if is_rating(text) {
        subject.ratings.push(inner);
        return true;
    }
    if is_pairing(text) {
        subject.pairings.push(inner);
        return true;
    }
    if listed(value, inner.clone(), subject) {
        return true;
    }
    let (announces, denies) = (is_announcement(text), is_denial(text));
    let square = value[..inner.start].ends_with('[');
    if !square && !announces && !denies && !is_code(text) {
        return part_mark(&format!("({text})")).is_some();
    }
    subject.announces |= announces;
    subject.denies |= denies;
    subject.tags.push(inner);
    true
}

/// "(Robin Hood, G)", "[oz; P/C; PG]": several things in one bracket, of which one is a rating or a pairing.
fn listed(value: &str, inner: Range<usize>, subject: &mut Subject) -> bool {
    let text = &value[inner.clone()];
    let joints: Vec<usize> =
        text.match_indices([',', ';', '|']).map(|(at, _)| inner.start + at).collect();
    let starts = std::iter::once(inner.start).chain(joints.iter().map(|at| at + 1));
    let ends = joints.iter().copied().chain([inner.end]);
    let pieces: Vec<Range<usize>> = starts
        .zip(ends)
        .map(|(start, end)| trimmed(value, start..end))
        .filter(|piece| !piece.is_empty())
        .collect();
    let known = |piece: &Range<usize>| {
        is_rating(&value[piece.clone()]) || is_pairing(&value[piece.clone()])
    };
    if pieces.len() < 2 || !pieces.iter().any(known) {
        return false;
    }
    for piece in pieces {
        match &value[piece.clone()] {
            text if is_rating(text) => subject.ratings.push(piece),
            text if is_pairing(text) => subject.pairings.push(piece),
            _ => subject.tags.push(piece),
        }
    }
    true
}

/// Brackets behind a place, each with its open and close.
fn brackets(value: &str, from: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(open) = value[at..].find(['(', '[', '{']).map(|open| at + open) {
        let close = value[open..].find([')', ']', '}']).map(|close| open + close);
        let Some(close) = close else { break };
        found.push((open, close));
        at = close + 1;
    }
    found
}

/// Rating codes and pairings behind the title: "The Lamp, P/C, NC-17".
fn codes_at_end(value: &str, title: Range<usize>, subject: &mut Subject) -> Range<usize> {
    let mut title = title;
    loop {
        let text = &value[title.clone()];
        let Some(gap) = text.rfind(' ') else { return title };
        let last = title.start + gap + 1..title.end;
        let word = last.start..last.start + value[last.clone()].trim_end_matches([',', ';']).len();
        if word.len() >= 2 && is_rating(&value[word.clone()]) {
            subject.ratings.push(word);
        } else if is_pairing(&value[word.clone()]) && text[..gap].contains([' ', ',', '-']) {
            subject.pairings.push(word);
        } else {
            return title;
        }
        title = trimmed(value, title.start..last.start);
    }
}

/// A range without signs at its ends; brackets that are whole stay.
fn trimmed(value: &str, range: Range<usize>) -> Range<usize> {
    let joints: &[char] = &[' ', ',', ':', '-', '–', '—', '~', '|', '*', '_'];
    let range = range.start..range.end.max(range.start);
    let text = &value[range.clone()];
    let bare =
        text.trim_start_matches(|c: char| joints.contains(&c) || matches!(c, ')' | ']' | '}'));
    let start = range.start + text.len() - bare.len();
    let left = bare.trim_end_matches(|c: char| joints.contains(&c) || matches!(c, '(' | '[' | '{'));
    start..start + left.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_of_many_lists_give_title_part_rating_and_pairing() {
        for (written, title, part, rating, pairing) in [
            ("NEW: The Lamp (1/3)", "The Lamp", Some((1, Some(3))), "", ""),
            ("Re: [ozlist] FIC: The Lamp, Part 2 of 3", "The Lamp", Some((2, Some(3))), "", ""),
            ("NEW The Lamp 02/?? (PG-13)", "The Lamp", Some((2, None)), "PG-13", ""),
            ("VOY: The Lamp, 1/3, [NC-17] (J/C)", "The Lamp", Some((1, Some(3))), "NC-17", "J/C"),
            ("REPOST: The Lamp pt. 3", "The Lamp", Some((3, None)), "", ""),
            ("[OZ] (3/3) The Lamp", "The Lamp", Some((3, Some(3))), "", ""),
            ("FIC: part 3 of the Long Road", "the Long Road", Some((3, None)), "", ""),
            ("Part 2/4 of The Lamp (PG)", "The Lamp", Some((2, Some(4))), "PG", ""),
            ("CORRECTED: The Lamp (2/4)", "The Lamp", Some((2, Some(4))), "", ""),
            ("The Lamp 2/4 - revised", "The Lamp", Some((2, Some(4))), "", ""),
            ("The Lamp (2/4), corrected version", "The Lamp", Some((2, Some(4))), "", ""),
            ("The Lamp 2/4 REVISED", "The Lamp", Some((2, Some(4))), "", ""),
            ("The Lamp (revised) 2/4", "The Lamp", Some((2, Some(4))), "", ""),
            ("[OZ] [3/3] The Lamp [PG]", "The Lamp", Some((3, Some(3))), "PG", ""),
            ("The Lamp by Wren Ash (2/2)", "The Lamp", Some((2, Some(2))), "", ""),
            ("The Lamp", "The Lamp", None, "", ""),
            ("The Lamp (Part Two)", "The Lamp", Some((2, None)), "", ""),
            ("[FIC] The Lamp (or, What Ben Saw)", "The Lamp (or, What Ben Saw)", None, "", ""),
            ("The Lamp (1a/5)", "The Lamp", Some((1, Some(5))), "", ""),
            ("The Lamp Holmes/Watson NC-17", "The Lamp", None, "NC-17", "Holmes/Watson"),
            ("Drabble: The Lamp (Robin Hood, G)", "The Lamp", None, "G", ""),
            (
                "FIC: The Lamp 2/4 [Oz, Dorothy/Ozma, PG-13]",
                "The Lamp",
                Some((2, Some(4))),
                "PG-13",
                "Dorothy/Ozma",
            ),
            (
                "The Lamp (or, What Ben Saw, and Why)",
                "The Lamp (or, What Ben Saw, and Why)",
                None,
                "",
                "",
            ),
        ] {
            let subject = read(written);
            let first = |list: &[Range<usize>]| {
                list.first().map_or("", |range| &written[range.clone()]).to_owned()
            };
            assert_eq!(&written[subject.title.clone()], title, "{written}");
            assert_eq!(subject.part.as_ref().map(|own| (own.part, own.of)), part, "{written}");
            assert_eq!(first(&subject.ratings), rating, "{written}");
            assert_eq!(first(&subject.pairings), pairing, "{written}");
        }
    }

    #[test]
    fn tags_say_what_a_message_is() {
        assert!(read("ADMIN: new rules").denies);
        assert!(read("[Rec] The Lamp").denies);
        assert!(read("Re: The Lamp").is_reply);
        assert!(read("NEW STORY - The Lamp").announces);
        assert!(!read("Fwd: The Lamp").is_reply);
    }

    proptest::proptest! {
        #[test]
        fn any_subject_is_taken_apart_at_letters(value in "[a-zA-Zé:/()\\[\\]0-9 ,.–-]{0,40}") {
            let subject = read(&value);
            let all = subject.tags.iter().chain(&subject.ratings).chain(&subject.pairings);
            for range in all.chain([&subject.title]) {
                proptest::prop_assert!(value.get(range.clone()).is_some());
            }
        }
    }
}
