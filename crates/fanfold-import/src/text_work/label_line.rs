//! One line of a header taken apart: `Label: value`, several labels in one line, emphasis around the
//! label, a dash or leader dots instead of the colon.

use std::ops::Range;

use fanfold_model::FieldKind;

use super::label_table::Strength;
use super::labels::{Meaning, meaning};

/// A label and its value on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelHit {
    /// What the label is about: two kinds for combined labels, none for an unknown label.
    pub kinds: Vec<FieldKind>,
    /// Where the label's words stand in the line.
    pub label: Range<usize>,
    /// Where the value stands in the line; empty where the value is missing or on the next line.
    pub value: Range<usize>,
    /// Whether the label is hardly ever the start of a line of prose.
    pub strong: bool,
    /// Whether the label was known only by allowing a typing error.
    pub typo: bool,
    /// Whether the value is a part mark ("Part: 1/3").
    pub is_part: bool,
}

impl LabelHit {
    /// The label as written.
    #[must_use]
    pub fn label_in<'a>(&self, line: &'a str) -> &'a str {
        &line[self.label.clone()]
    }

    /// The value as written.
    #[must_use]
    pub fn value_in<'a>(&self, line: &'a str) -> &'a str {
        &line[self.value.clone()]
    }
}

/// The known labels of a line, first to last. Empty when the line does not begin with one.
#[must_use]
pub fn labels(line: &str) -> Vec<LabelHit> {
    let Some(first) = label_at(line, 0) else {
        return Vec::new();
    };
    let mut hits = vec![first];
    while let Some(next) = next_label(line, hits[hits.len() - 1].value.clone()) {
        if let Some(last) = hits.last_mut() {
            last.value = trimmed(line, last.value.start..next.separator);
        }
        hits.push(next.hit);
    }
    if hits.len() == 1 {
        split_flattened(line, &mut hits);
    }
    hits
}

/// A line `words: value` whose label no dictionary knows.
#[must_use]
pub fn unknown_label(line: &str) -> Option<LabelHit> {
    let cut = cut_label(line, 0)?;
    let words = line[cut.label.clone()].split_whitespace().count();
    let fits = cut.colon
        && words <= 3
        && cut.label.len() <= 40
        && !line[cut.label.clone()].contains(['"', '.', ',', '?', '!']);
    fits.then_some(LabelHit {
        kinds: Vec::new(),
        label: cut.label,
        value: cut.value,
        strong: false,
        typo: false,
        is_part: false,
    })
}

struct Next {
    separator: usize,
    hit: LabelHit,
}

fn next_label(line: &str, value: Range<usize>) -> Option<Next> {
    const SEPARATORS: [&str; 10] =
        ["|", " - ", " – ", " — ", "; ", "  ", "\t", " // ", " • ", " · "];
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for separator in SEPARATORS {
        candidates.extend(
            line[value.clone()]
                .match_indices(separator)
                .map(|(at, found)| (value.start + at, found.len())),
        );
    }
    candidates.sort_unstable();
    candidates.into_iter().find_map(|(at, len)| {
        let hit = label_at(line, at + len)?;
        let has_colon = line[hit.label.end..hit.value.start].contains([':', '：']);
        (has_colon && hit.value.start > at).then_some(Next { separator: at, hit })
    })
}

/// "Title: X Author: Y Rating: Z" with nothing between: only when three or more strong labels show.
fn split_flattened(line: &str, hits: &mut Vec<LabelHit>) {
    let first = hits[0].clone();
    let mut found: Vec<(usize, LabelHit)> = Vec::new();
    let mut from = first.value.start;
    for (colon, _) in line.match_indices(':').filter(|(at, _)| *at > first.value.start) {
        let starts = line[from..colon].rmatch_indices(' ').take(3).map(|(at, _)| from + at);
        let best = starts
            .filter_map(|at| Some((at, label_at(line, at + 1)?)))
            .filter(|(_, hit)| {
                hit.strong && !hit.typo && hit.label.end <= colon && hit.value.start > colon
            })
            .filter(|(_, hit)| line[hit.label.clone()].starts_with(char::is_uppercase))
            .last();
        if let Some((at, hit)) = best {
            from = colon + 1;
            found.push((at, hit));
        }
    }
    if found.len() < 2 || !first.strong {
        return;
    }
    for (at, hit) in found {
        if let Some(last) = hits.last_mut() {
            last.value = trimmed(line, last.value.start..at.max(last.value.start));
        }
        hits.push(hit);
    }
}

fn label_at(line: &str, from: usize) -> Option<LabelHit> {
    let cut = cut_label(line, from)?;
    let Meaning { kinds, strength, is_part, typo } = meaning(&line[cut.label.clone()])?;
    let strong = strength == Strength::Strong;
    let dash = strong && !typo && dash_fits(line, &cut, &kinds);
    if !cut.colon && !dash {
        return None;
    }
    Some(LabelHit { kinds, label: cut.label, value: cut.value, strong, typo, is_part })
}

/// A dash stands for the colon after a capitalised label; "Title - by Name" is a title line.
fn dash_fits(line: &str, cut: &Cut, kinds: &[FieldKind]) -> bool {
    let label = &line[cut.label.clone()];
    let value = &line[cut.value.clone()];
    let known_in_prose = kinds
        .iter()
        .any(|kind| matches!(kind, FieldKind::Series | FieldKind::Written | FieldKind::Thanks));
    let shouted = label.chars().all(|c| !c.is_lowercase());
    label.starts_with(char::is_uppercase) && !value.is_empty() && (shouted || !known_in_prose)
}

struct Cut {
    label: Range<usize>,
    value: Range<usize>,
    colon: bool,
}

const EMPHASIS: [char; 4] = ['*', '_', '#', '~'];

/// Finds the end of a label that starts at `from`: colon, dash or leader dots; emphasis taken off.
fn cut_label(line: &str, from: usize) -> Option<Cut> {
    let rest = line.get(from..)?;
    let opened = rest.trim_start_matches(|c: char| {
        c.is_whitespace()
            || EMPHASIS.contains(&c)
            || matches!(c, '•' | '·' | '>' | '-' | '–' | '+' | '[' | '{' | '<' | '【')
    });
    let start = line.len() - opened.len();
    if let Some(cut) = bracketed(line, start) {
        return Some(cut);
    }
    let (stop, width, colon) = separator(opened)?;
    let label = opened[..stop].trim_end_matches(|c: char| {
        c.is_whitespace() || EMPHASIS.contains(&c) || matches!(c, '.' | ']' | '】' | '}' | '>')
    });
    let label_end = start
        + label.len()
        + usize::from(label.ends_with("iscl") && opened[label.len()..].starts_with('.'));
    if label.is_empty() || label.chars().count() > 45 {
        return None;
    }
    let mut value = trimmed_value(line, start + stop + width, from < start);
    // "Rated: PG [Reviews - 3]": the counter is the site's.
    if let Some(at) = line[value.clone()].find(" [Reviews") {
        value = trimmed(line, value.start..value.start + at);
    }
    Some(Cut { label: start..label_end, value, colon })
}

/// "[Title] The Lamp", "【标题】塔中灯": the bracket stands for the colon.
fn bracketed(line: &str, start: usize) -> Option<Cut> {
    let close = match line[..start].chars().next_back()? {
        '[' => ']',
        '【' => '】',
        '{' => '}',
        '<' => '>',
        _ => return None,
    };
    let size = line[start..].find(close).filter(|size| (1..=40).contains(size))?;
    let label = trimmed(line, start..start + size);
    let after = &line[start + size + close.len_utf8()..];
    let colon = after.len() - after.trim_start_matches([':', '：', ' ']).len();
    let fits = !line[label.clone()].contains([':', '：']) && !label.is_empty();
    let value = trimmed_value(line, line.len() - after.len() + colon, false);
    fits.then_some(Cut { label, value, colon: true })
}

/// Where the label ends, how wide the sign is, and whether it is a colon.
fn separator(text: &str) -> Option<(usize, usize, bool)> {
    let limit = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    let head = &text[..limit];
    let colon = head
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：'))
        .map(|(at, c)| (at, c.len_utf8(), true));
    let dash = head
        .char_indices()
        .find(|(at, c)| matches!(c, '-' | '–' | '—') && at > &0 && is_label_dash(head, *at, *c))
        .map(|(at, c)| (at, c.len_utf8(), false));
    let dots = head.find("....").map(|at| {
        let width = text[at..].bytes().take_while(|b| matches!(b, b'.' | b' ')).count();
        let colon = usize::from(text[at + width..].starts_with(':'));
        (at, width + colon, true)
    });
    let sign = [" >> ", " = ", " => "]
        .into_iter()
        .find_map(|sign| head.find(sign).map(|at| (at, sign.len(), false)));
    [colon, dash, dots, sign, column(text, limit)]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _, _)| *at)
}

/// "Title        The Lamp": a column of labels, a column of values.
fn column(text: &str, limit: usize) -> Option<(usize, usize, bool)> {
    let at = [text[..limit].find("   "), text[..limit].find('\t')].into_iter().flatten().min()?;
    let width = text[at..].len() - text[at..].trim_start().len();
    let value = &text[at + width..];
    let fits = at > 0 && value.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“'));
    fits.then_some((at, width, false))
}

/// "Disclaimer - I", "Rated- PG", "Summary – x", but not "E-mail" or "Multi-part".
fn is_label_dash(head: &str, at: usize, dash: char) -> bool {
    let after = &head[at + dash.len_utf8()..];
    let before = &head[..at];
    after.starts_with(char::is_whitespace)
        && !after.trim_start().starts_with(['-', '–', '—'])
        && (!before.contains(char::is_whitespace) || before.ends_with(char::is_whitespace))
        || (before.ends_with(' ') && dash == '—')
}

fn trimmed_value(line: &str, from: usize, opened: bool) -> Range<usize> {
    let mut range = trimmed(line, from..line.len());
    if opened || line[range.clone()].starts_with(EMPHASIS) {
        // "**Title**: X" leaves signs only before the value, "*Title:* X" right after the colon.
        let value = &line[range.clone()];
        let signs = value.len() - value.trim_start_matches(EMPHASIS).len();
        let closes = signs > 0 && value[signs..].starts_with(|c: char| c.is_whitespace());
        if closes || signs == value.len() {
            range = trimmed(line, range.start + signs..range.end);
        }
    }
    range
}

/// The range without blanks at its ends.
pub(super) fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let slice = &line[range.clone()];
    let left = slice.len() - slice.trim_start().len();
    if left == slice.len() {
        return range.end..range.end;
    }
    range.start + left..range.start + slice.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(&str, &str)> {
        labels(line).iter().map(|hit| (hit.label_in(line), hit.value_in(line))).collect()
    }

    #[test]
    fn brackets_columns_and_signs_stand_for_the_colon() {
        for line in [
            "[Title] The Lamp",
            "【标题】The Lamp",
            "{Title}: The Lamp",
            "Title >> The Lamp",
            "TITLE = The Lamp",
            "Title        The Lamp",
            "Title\tThe Lamp",
        ] {
            assert_eq!(read(line).first().map(|hit| hit.1), Some("The Lamp"), "{line}");
        }
        assert_eq!(read("Rated: PG [Reviews - 3]")[0].1, "PG");
        assert!(read("[Holmes] The Lamp").is_empty());
    }

    #[test]
    fn a_label_may_be_dressed_in_many_ways() {
        for line in [
            "Title: The Lamp",
            "TITLE : The Lamp",
            "Title\u{a0}: The Lamp",
            "Title：The Lamp",
            "*Title:* The Lamp",
            "**Title**: The Lamp",
            "_Title_: The Lamp",
            "Title - The Lamp",
            "Title- The Lamp",
            "Title – The Lamp",
            "  - Title: The Lamp",
            "Title........: The Lamp",
            "Title ..... The Lamp",
            "[Title]: The Lamp",
            "Title:The Lamp",
        ] {
            let found = read(line);
            assert_eq!(found.len(), 1, "{line}");
            assert_eq!(found[0].1, "The Lamp", "{line}");
            assert_eq!(found[0].0.to_lowercase(), "title", "{line}");
        }
    }

    #[test]
    fn several_labels_in_one_line_are_several_hits() {
        for line in [
            "Title: A Lamp | Author: Wren | Rating: PG-13",
            "Title: A Lamp; Author: Wren; Rating: PG-13",
            "Title: A Lamp  Author: Wren\tRating: PG-13",
            "Title: A Lamp - Author: Wren - Rating: PG-13",
            "Title: A Lamp Author: Wren Rating: PG-13",
        ] {
            assert_eq!(
                read(line),
                [("Title", "A Lamp"), ("Author", "Wren"), ("Rating", "PG-13")],
                "{line}"
            );
        }
    }

    #[test]
    fn a_value_may_hold_separators_of_its_own() {
        assert_eq!(
            read("Summary: He came - too late: the lamp was out."),
            [("Summary", "He came - too late: the lamp was out.")]
        );
        assert_eq!(
            read("Pairing: Holmes/Watson; Mary | none"),
            [("Pairing", "Holmes/Watson; Mary | none")]
        );
    }

    #[test]
    fn speech_of_a_script_is_no_label() {
        for line in [
            "Watson: come here",
            "HOLMES - Quickly!",
            "Narrator: (holds a lamp)",
            "It was late: the lamp was out.",
            "12:30 already",
        ] {
            assert!(labels(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_label_without_value_has_an_empty_one() {
        assert_eq!(read("Author's Notes:"), [("Author's Notes", "")]);
        assert_eq!(read("**Summary:**"), [("Summary", "")]);
    }
}
