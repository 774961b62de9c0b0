//! Who wrote it, without a label: "by NAME", "von NAME", "Title by Name", and the subtitle that names
//! the fandom ("A Sherlock Holmes fan fiction").

use std::ops::Range;

use super::label_line::trimmed;
use super::lines::{fold, word_count};

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
    "by",
    "von",
    "di",
    "par",
    "por",
    "de",
    "от",
];

const TITLE_JOINTS: &[&str] =
    &[" by ", " By ", " BY ", " von ", " par ", " escrita por ", " escrito por ", " écrit par "];

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
    let capital = line[name.clone()].starts_with(|c: char| !c.is_lowercase());
    (is_name(&line[name.clone()], colon) && (!short || capital)).then_some(name)
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

/// Title and name of a line "Title by Name".
#[must_use]
pub fn title_by(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (at, joint) = TITLE_JOINTS
        .iter()
        .filter_map(|joint| line.rfind(joint).map(|at| (at, *joint)))
        .max_by_key(|(at, _)| *at)?;
    let title = trimmed(line, 0..at);
    let title = title.start
        ..title.start
            + line[title.clone()].trim_end_matches(['-', '–', '—', ',', ' ', ':', '~']).len();
    let from = at + joint.len();
    let name = name_range(line, from..line.len())?;
    let named = &line[name.clone()];
    let words = word_count(&line[title.clone()]);
    let capital = named.starts_with(|c: char| !c.is_lowercase())
        || (joint.eq_ignore_ascii_case(" by ")
            && word_count(named) == 1
            && !named.ends_with('.')
            && words >= 2
            && starts_capital(&line[title.clone()]));
    let fits = !title.is_empty()
        && words <= 12
        && starts_capital(&line[title.clone()])
        && capital
        && is_name(named, false)
        && word_count(named) <= 5;
    (fits
        && !line[title.clone()].ends_with(['.', ';', ':'])
        && reads_as_title(&line[title.clone()]))
    .then_some((title, name))
}

/// Most longer words of a title begin with a capital; a sentence ("He stood by Anna") does not.
fn reads_as_title(title: &str) -> bool {
    let long: Vec<&str> =
        title.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capitals = long.iter().filter(|word| !word.starts_with(char::is_lowercase)).count();
    capitals * 2 >= long.len()
}

fn starts_capital(text: &str) -> bool {
    text.trim_start_matches(['"', '“', '\'', '‘', '*', '_', '«', '„', '\u{1f}'])
        .starts_with(|c: char| !c.is_lowercase())
}

/// The name without what often follows it: an address, a bracket of the site, a date.
fn name_range(line: &str, range: Range<usize>) -> Option<Range<usize>> {
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
    (!name.is_empty()).then_some(name)
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
fn is_name(text: &str, after_colon: bool) -> bool {
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

const FICTION_WORDS: &[&str] = &[
    "fan fiction archive",
    "fanfiction archive",
    "fan fiction site",
    "fanfiction site",
    "fan fiction page",
    "fanfic archive",
    "fan fiction",
    "fanfiction",
    "fan-fiction",
    "fanfic",
    "fan fic",
    "fan-fic",
    "crossover story",
    "crossover fanfic",
    "crossover fic",
    "crossover",
    "x-over",
    "fic",
    "story",
    "tale",
    "vignette",
    "drabble",
    "novella",
    "ficlet",
    "adventure",
    "fan story",
    "pastiche",
    "one-shot",
    "oneshot",
    "song-fic",
    "songfic",
    "geschichte",
    "histoire",
    "racconto",
    "historia",
    "relato",
    "рассказ",
    "фанфик",
];

const OF_PHRASES: &[&str] = &[
    "fanfiction zu ",
    "fanfic zu ",
    "eine geschichte zu ",
    "eine geschichte aus ",
    "fan fiction zu ",
    "fanfiction sur ",
    "une fanfiction sur ",
    "une fanfic sur ",
    "fanfic sur ",
    "un fanfic de ",
    "fanfic de ",
    "fanfiction di ",
    "una fanfiction su ",
    "fanfiction su ",
    "uma fanfic de ",
    "фанфик по ",
    "based on ",
    "a fanfic for ",
    "fan fiction for ",
    "nach ",
];

/// Where the fandom stands in a subtitle ("A Sherlock Holmes fan fiction").
#[must_use]
pub fn subtitle_fandom(line: &str) -> Option<Range<usize>> {
    let mut inner = trimmed_marks(line);
    if let Some(at) = [": A ", ": An ", " - A ", " - An "].iter().find_map(|joint| {
        line[inner.clone()].rfind(joint).map(|at| at + joint.find('A').unwrap_or_default())
    }) {
        inner.start += at;
    }
    let text = &line[inner.clone()];
    if word_count(text) > 9 || text.ends_with(['?', ',', ':']) {
        return None;
    }
    of_phrase(text)
        .or_else(|| before_fiction_word(text))
        .map(|range| inner.start + range.start..inner.start + range.end)
}

fn trimmed_marks(line: &str) -> Range<usize> {
    let left = line.trim_start_matches(['*', '_', '(', '[', '~', '-', ' ']);
    let start = line.len() - left.len();
    start..start + left.trim_end_matches(['*', '_', ')', ']', '~', '-', ' ', '.', '!']).len()
}

fn of_phrase(text: &str) -> Option<Range<usize>> {
    let phrase = OF_PHRASES.iter().find(|phrase| {
        text.get(..phrase.len()).is_some_and(|head| head.to_lowercase() == **phrase)
    })?;
    let rest = &text[phrase.len()..];
    let fits = rest.starts_with(|c: char| !c.is_lowercase()) && word_count(rest) <= 6;
    fits.then_some(phrase.len()..text.len())
}

fn before_fiction_word(text: &str) -> Option<Range<usize>> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let lower = lower.replace('-', " ");
    let word = FICTION_WORDS.iter().find(|word| {
        let word = word.replace('-', " ");
        lower.strip_suffix(word.as_str()).is_some_and(|rest| rest.ends_with([' ']))
    })?;
    let head = &text[..text.len() - word.len()];
    let article = ["a ", "an ", "the ", "eine ", "une ", "un ", "una ", "uma ", "another "]
        .into_iter()
        .find(|article| lower.starts_with(*article));
    let sure = word.contains("fi")
        || word.contains("фанфик")
        || word.contains("cross")
        || word.contains("x-over");
    if article.is_none() && !sure {
        return None;
    }
    let start = article.map_or(0, str::len);
    let end = head.trim_end().len();
    if start >= end {
        return None;
    }
    let fandom = &text[start..end];
    let capitals = fandom.split([' ', '-']).any(|word| word.starts_with(char::is_uppercase));
    let not_fandom =
        ["short", "first", "long", "true", "sad", "my", "love", "ghost", "christmas", "new"]
            .contains(&fold(fandom).as_str());
    (capitals && !not_fandom).then_some(start..end)
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
        ] {
            assert_eq!(by_line(line).map(|range| &line[range]), Some(name), "{line}");
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
            "Bystanders",
            "by",
        ] {
            assert_eq!(by_line(line), None, "{line}");
        }
    }

    #[test]
    fn title_and_name_in_one_line_are_parted() {
        for (line, title, name) in [
            ("The Toll of the Bridge by Edmund Lark", "The Toll of the Bridge", "Edmund Lark"),
            ("The Lamp - by Wren", "The Lamp", "Wren"),
            ("Stand by Me by Ada Pike", "Stand by Me", "Ada Pike"),
            ("Fairy Lamps by Wren [Reviews - 6] Printer", "Fairy Lamps", "Wren"),
        ] {
            let (found, by) = title_by(line).expect(line);
            assert_eq!((&line[found], &line[by]), (title, name));
        }
        for line in ["He stood by Anna", "It was made by a man.", "One by one"] {
            assert_eq!(title_by(line), None, "{line}");
        }
    }

    #[test]
    fn a_subtitle_names_the_fandom() {
        for (line, fandom) in [
            ("A Sherlock Holmes fan fiction", "Sherlock Holmes"),
            ("A Robin Hood Fan Fiction", "Robin Hood"),
            ("(a Treasure Island story)", "Treasure Island"),
            ("An Oz/Alice crossover", "Oz/Alice"),
            ("Dracula fanfic", "Dracula"),
            ("Eine Münchhausen-Geschichte", "Münchhausen"),
            ("фанфик по Шерлоку", "Шерлоку"),
        ] {
            assert_eq!(
                subtitle_fandom(line).map(|range| line[range].trim_end_matches('-')),
                Some(fandom),
                "{line}"
            );
        }
        for line in ["A short story", "my first fic", "It was a long story", "a story"] {
            assert_eq!(subtitle_fandom(line), None, "{line}");
        }
    }
}
