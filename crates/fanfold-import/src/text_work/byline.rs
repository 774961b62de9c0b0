//! Who wrote it, without a label: "by NAME", "von NAME", and what of such a line is the name.

use std::ops::Range;

use fanfold_text::addresses::addresses;

use super::label_line::trimmed;
use super::lines::{fold, word_count};
use super::seen::is_date;

const BY_PHRASES: &[&str] = &[
    "written by",
    "story by",
    "a story by",
    "a fic by",
    "fanfic by",
    "fan fic by",
    "fan fiction by",
    "fanfiction by",
    "a fanfic by",
    "a fan fiction by",
    "posted by",
    "brought to you by",
    "(c) by",
    "copyright by",
    "geschrieben von",
    "eine geschichte von",
    "eine fanfiction von",
    "fanfiction von",
    "ecrit par",
    "une histoire de",
    "escrita por",
    "escrito por",
    "scritto da",
    "scritta da",
    "uma historia de",
    "автор",
    "roman von",
    "ein roman von",
    "novelle von",
    "erzahlung von",
    "erzahlungen von",
    "marchen von",
    "gedichte von",
    "roman de",
    "roman par",
    "nouvelle de",
    "nouvelle par",
    "conte de",
    "novela de",
    "novela por",
    "cuento de",
    "cuento por",
    "romanzo di",
    "racconto di",
    "novella di",
    "a novel by",
    "a tale by",
    "a novella by",
    "a romance by",
    "a short story by",
    "a play by",
    "роман",
    "рассказ",
    "by",
    "von",
    "di",
    "par",
    "por",
    "de",
    "от",
];

/// Words a name hardly begins with, so that "By the time he came" is prose.
const NO_NAME: &[&str] = &[
    "the",
    "a",
    "an",
    "that",
    "this",
    "these",
    "those",
    "now",
    "then",
    "all",
    "any",
    "some",
    "no",
    "his",
    "her",
    "their",
    "my",
    "our",
    "your",
    "its",
    "it",
    "request",
    "popular",
    "way",
    "chance",
    "accident",
    "mistake",
    "noon",
    "night",
    "day",
    "morning",
    "evening",
    "means",
    "far",
    "and",
    "der",
    "die",
    "das",
    "dem",
    "den",
    "einem",
    "einer",
    "la",
    "le",
    "les",
    "un",
    "una",
    "une",
    "el",
    "los",
    "las",
    "o",
    "os",
    "as",
    "il",
    "lo",
    "gli",
    "what",
    "which",
    "when",
    "where",
    "who",
    "nature",
    "law",
    "definition",
    "comparison",
    "contrast",
    "turns",
];

/// Where the name stands in a line that only says who wrote it.
#[must_use]
pub fn by_line(line: &str) -> Option<Range<usize>> {
    let start = line.len()
        - line.trim_start_matches(['*', '_', '(', '[', '~', '-', '—', '–', '<', '/', ' ']).len();
    let phrase = by_phrase(&line[start..])?;
    let rest = start + phrase;
    let from = line[rest..]
        .find(|c: char| !matches!(c, ':' | '：' | ' ' | '-' | '\u{a0}' | '…'))
        .map(|at| rest + at)?;
    let colon = line[rest..from].contains(':');
    let name = name_range(line, from..line.len())?;
    let phrase = fold(&line[start..rest]);
    let short = matches!(phrase.as_str(), "de" | "di" | "por" | "par" | "от" | "von");
    let fits = !short || has_capitals(&line[name.clone()]);
    (is_name(&line[name.clone()], colon) && fits).then_some(name)
}

/// Who holds the copyright: "(c) 1999 by Wren", "© 1999, 2001 Wren Ashdown".
pub(super) fn holder(line: &str) -> Option<Range<usize>> {
    if let Some(at) = line.find(" by ") {
        return by_line(&line[at + 1..])
            .map(|name| at + 1 + name.start..at + 1 + name.end)
            .filter(|name| has_capitals(&line[name.clone()]));
    }
    let sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '-' | '–' | '.');
    let rest = ["(c)", "(C)", "©", "Copyright"].iter().find_map(|word| line.strip_prefix(word))?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("(c)").or_else(|| rest.strip_prefix('©')).unwrap_or(rest);
    let name = rest.trim_start_matches(sign);
    let years = rest[..rest.len() - name.len()].bytes().filter(u8::is_ascii_digit).count();
    let range = name_range(line, line.len() - name.len()..line.len())?;
    let text = &line[range.clone()];
    (years >= 4 && word_count(text) <= 4 && has_capitals(text) && is_name(text, false))
        .then_some(range)
}

/// Bytes of the by-word at the start, blanks after it not counted.
fn by_phrase(text: &str) -> Option<usize> {
    let limit = text.char_indices().nth(28).map_or(text.len(), |(at, _)| at);
    let head = &text[..limit];
    let mut cuts = head
        .char_indices()
        .filter(|(_, c)| matches!(c, ' ' | ':' | '：' | '\u{a0}' | '\t'))
        .map(|(at, _)| at);
    cuts.rfind(|at| BY_PHRASES.contains(&fold(&head[..*at]).as_str())).or_else(|| {
        ["作者", "文/", "文／", "作："]
            .into_iter()
            .find(|word| text.starts_with(word))
            .map(str::len)
    })
}

/// The name without what often follows it: an address, a bracket of the site, a date.
pub(super) fn name_range(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut name = trimmed(line, range);
    for stop in ["[", " <", "\t", "   ", " | ", " © ", " (c)", " copyright", " Copyright"] {
        if let Some(at) = line[name.clone()].find(stop)
            && at > 0
        {
            name = trimmed(line, name.start..name.start + at);
        }
    }
    if let Some(at) = line[name.clone()].rfind('(') {
        let inside = &line[name.start + at..name.end];
        if at > 0 && (inside.contains('@') || inside.contains("://") || !inside.contains(')')) {
            name = trimmed(line, name.start..name.start + at);
        }
    }
    let text = &line[name.clone()];
    let text = text.trim_end_matches(['*', '_', ')', ']', '~', '-', ' ', '>', '/', ',', ';']);
    let unclosed = text.matches('(').count() > text.matches(')').count();
    let end = name.start
        + text.len()
        + usize::from(unclosed && line[name.start + text.len()..].starts_with(')'));
    let mut name = name.start..end;
    if let Some(at) = former_name(&line[name.clone()]) {
        name = trimmed(line, name.start..name.start + at);
    }
    if let Some(at) = line[name.clone()].find('@') {
        let cut = line[name.start..name.start + at].rfind([' ', '<', '(']).unwrap_or(0);
        name = trimmed(line, name.start..name.start + cut);
    }
    if let Some(address) = addresses(&line[name.clone()]).first() {
        let cut = line[name.start..name.start + address.start]
            .trim_end_matches([' ', '<', '(', '[', ',', '-']);
        name = trimmed(line, name.start..name.start + cut.len());
    }
    if let Some(at) = date_after(&line[name.clone()]) {
        name = trimmed(line, name.start..name.start + at);
    }
    (!name.is_empty()).then_some(name)
}

/// Every word begins with a capital but the small ones that names have.
pub(super) fn has_capitals(name: &str) -> bool {
    const SMALL: [&str; 14] =
        ["von", "zu", "van", "de", "du", "der", "den", "la", "le", "di", "da", "und", "et", "y"];
    name.split_whitespace().all(|word| {
        !word.starts_with(char::is_lowercase)
            || SMALL.contains(&word)
            || ["d'", "d’", "l'", "l’"].iter().any(|joined| word.starts_with(joined))
    })
}

/// Where ", 12 May 1998" or ", 2004" begins behind a name.
fn date_after(text: &str) -> Option<usize> {
    text.match_indices(',').map(|(at, _)| at).find(|at| {
        let piece = text[at + 1..].split(',').next().unwrap_or_default().trim();
        let is_year = piece.len() == 4
            && piece.starts_with(['1', '2'])
            && piece.bytes().all(|b| b.is_ascii_digit());
        is_year || (word_count(piece) >= 2 && is_date(piece))
    })
}

/// Where "(formerly ...)" or "(aka ...)" begins.
fn former_name(name: &str) -> Option<usize> {
    let lower = name.to_ascii_lowercase();
    ["(formerly", "(aka", "(a.k.a", "(also known"]
        .into_iter()
        .find_map(|word| lower.find(word))
        .filter(|at| *at > 0)
}

/// Whether a text can be a name or a list of names.
pub(super) fn is_name(text: &str, after_colon: bool) -> bool {
    let words = word_count(text);
    let first = fold(text.split_whitespace().next().unwrap_or_default());
    let first_is_capital = text.starts_with(|c: char| c.is_uppercase());
    let list = text.contains([';', ',', '&']) || text.contains(" and ");
    let most = if list || after_colon { 40 } else { 6 };
    if words == 0
        || words > most
        || text.chars().count() > 260
        || !text.contains(char::is_alphanumeric)
    {
        return false;
    }
    if NO_NAME.contains(&first.as_str())
        && !(first_is_capital
            && (2..=4).contains(&words)
            && !text.contains(',')
            && later_capitals(text))
    {
        return false;
    }
    let ends = text.ends_with(['!', '?', ':', ';', '"', '”'])
        || (text.ends_with('.') && words > 3 && !text.ends_with("r."));
    let sentence = text.contains(". ") && words > 6 && !list;
    !ends && !sentence
}

fn later_capitals(text: &str) -> bool {
    text.split_whitespace()
        .skip(1)
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_lines_of_six_languages_give_the_name_alone() {
        for (line, name) in [
            ("by Wren Ashdown", "Wren Ashdown"),
            ("By: Wren", "Wren"),
            ("von Hildegund Spatz", "Hildegund Spatz"),
            ("BY WREN", "WREN"),
            ("par Capucine", "Capucine"),
            ("escrita por Inés Zarza", "Inés Zarza"),
            ("di Ofelia", "Ofelia"),
            ("*by Wren*", "Wren"),
            ("by wren (wren@example.invalid)", "wren"),
            ("by Wren <wren@example.invalid>", "Wren"),
            ("от Рябинка", "Рябинка"),
            ("作者：半夏", "半夏"),
            ("Written by Ada Pike", "Ada Pike"),
            ("by Wren (formerly Robin)", "Wren"),
            ("By: Ada; Wren (the Elder); Tom", "Ada; Wren (the Elder); Tom"),
            ("fan fiction by Ada", "Ada"),
            ("- by The Lantern Club", "The Lantern Club"),
            ("by Wren Ashdown, February 5, 2004, on a rainy day", "Wren Ashdown"),
            ("By Ada Pike, 1998", "Ada Pike"),
            ("by Wren (wren [at] example [dot] org)", "Wren"),
            ("Roman von Hildegund Spatz", "Hildegund Spatz"),
            ("Conte de Capucine Brisset", "Capucine Brisset"),
            ("par Rose d'automne", "Rose d'automne"),
        ] {
            assert_eq!(by_line(line).map(|range| &line[range]), Some(name), "{line}");
        }
    }

    #[test]
    fn a_copyright_line_names_its_holder_after_the_year() {
        for (line, name) in [
            ("(c) 1999 Wren Ashdown", Some("Wren Ashdown")),
            ("© 1999, 2001 Wren", Some("Wren")),
            ("Copyright 2001 by Wren", Some("Wren")),
            ("(c) Wren's publishers and all who sail in her", None),
            ("Copyright 1999 all rights reserved by nobody at all", None),
            ("Copyright 2003 by the author of this tale", None),
        ] {
            assert_eq!(holder(line).map(|range| &line[range]), name, "{line}");
        }
    }

    #[test]
    fn prose_that_begins_with_a_by_word_names_nobody() {
        for line in [
            "By the time they came it was dark.",
            "by now",
            "By all means!",
            "von dem Turm her rief jemand",
            "de la noche",
            "Von Helden und ihrem Widerspiel",
            "Bystanders",
            "by",
        ] {
            assert_eq!(by_line(line), None, "{line}");
        }
    }
}
