//! What each line above the story looks like on its own, before its company decides what it is.

use std::ops::Range;

use super::byline::by_line;
use super::chapters::{ChapterMark, MarkWord, chapter_mark};
use super::codes::{Codes, codes, portal_line};
use super::cues::{cue, is_address, is_copyright};
use super::furniture::is_furniture;
use super::label_line::{LabelHit, labels};
use super::lines::{Line, fold, word_count};
use super::subtitle::subtitle_fandom;
use super::title_by::title_by;

/// A line's looks.
#[derive(Debug, Clone)]
pub(super) enum Seen {
    Blank,
    Rule,
    Furniture,
    Labels(Vec<LabelHit>),
    /// The name's place in the line.
    ByLine(Range<usize>),
    /// Title and name.
    TitleBy(Range<usize>, Range<usize>),
    /// "(PG-13)", "Rated G.", "Oz, PG, no pairings".
    Codes(Codes),
    /// The fandom's place in the line.
    Subtitle(Range<usize>),
    Copyright,
    Address,
    Mark(ChapterMark),
    Text,
}

/// Looks at a line alone.
pub(super) fn look(line: &Line<'_>) -> Seen {
    let text = line.text;
    if line.is_blank() {
        return Seen::Blank;
    }
    if line.is_rule() {
        return Seen::Rule;
    }
    if let Some((title, name)) = title_by(text).filter(|_| text.contains("[Reviews")) {
        return Seen::TitleBy(title, name);
    }
    if is_furniture(text) {
        return Seen::Furniture;
    }
    if let Some(codes) = portal_line(text) {
        return Seen::Codes(codes);
    }
    let mark = chapter_mark(text);
    let hits = if text.len() < 20_000 { labels(text) } else { Vec::new() };
    let is_mark = mark.is_some() && hits.first().is_some_and(|hit| is_mark_not_label(text, hit));
    if !hits.is_empty() && !is_mark {
        return Seen::Labels(hits);
    }
    if let Some(mark) = mark {
        return Seen::Mark(mark);
    }
    if let Some(name) = by_line(text) {
        return Seen::ByLine(name);
    }
    if let Some(codes) = codes(text) {
        return Seen::Codes(codes);
    }
    if is_copyright(text) {
        return Seen::Copyright;
    }
    if is_address(text) {
        return Seen::Address;
    }
    if let Some((title, name)) = title_by(text).filter(|_| cue(text).is_none()) {
        return Seen::TitleBy(title, name);
    }
    subtitle_fandom(text).map_or(Seen::Text, Seen::Subtitle)
}

/// "Chapter 5: The Door" is a mark; "Part: 1/3" is a label.
fn is_mark_not_label(text: &str, hit: &LabelHit) -> bool {
    let label = hit.label_in(text);
    label.contains(|c: char| c.is_numeric()) || hit.is_part && word_count(label) > 1
}

impl Seen {
    /// Whether the line belongs to a header by itself.
    pub(super) fn is_anchor(&self) -> bool {
        matches!(
            self,
            Self::Labels(_)
                | Self::ByLine(_)
                | Self::TitleBy(..)
                | Self::Codes(_)
                | Self::Subtitle(_)
                | Self::Copyright
        )
    }

    /// Whether it is a chapter mark with a word ("Chapter", "Prologue"), not a bare number.
    pub(super) fn is_worded_mark(&self) -> bool {
        matches!(self, Self::Mark(mark) if mark.word != MarkWord::Bare)
    }
}

/// Whether a line may be a title: short, no sentence, not about the story.
pub(super) fn is_title_like(text: &str) -> bool {
    let words = word_count(text);
    let size = text.chars().count();
    if words == 0 || words > 12 || size > 80 || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    let closed = text.ends_with(['.', ',', ';', ':', '。', '，']) && !text.ends_with("...");
    let is_speech = text.starts_with(['"', '“', '„', '«', '「', '—', '–'])
        && !text.ends_with(['"', '”', '“', '»', '」']);
    if closed
        || is_speech
        || text.contains(['@', '|', '<'])
        || text.contains("://")
        || is_date(text)
        || is_greeting(text)
        || is_banner(text)
    {
        return false;
    }
    let first = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if first.starts_with(char::is_lowercase) || cue(text).is_some() {
        return false;
    }
    let long: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capitals = long
        .iter()
        .filter(|word| {
            !word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase)
        })
        .count();
    let ends_like_speech = text.ends_with(['!', '?']) && words > 7;
    (capitals * 2 >= long.len() || words <= 7 && !text.ends_with(['!', '?'])) && !ends_like_speech
}

/// The name of a site above a story ("The Harbour Main Archive").
fn is_banner(text: &str) -> bool {
    let folded = fold(text);
    [
        "main archive",
        "fiction archive",
        "fanfiction site",
        "fan fiction site",
        "fiction portal",
        "fanfic archive",
        "fanfiction archive",
        "story archive",
        "awards - ",
        "playlists",
        "homepage",
        "home page",
        "website",
        "web site",
        "webseite",
        "archive of ",
        "'s fan fiction page",
        "fiction page",
    ]
    .iter()
    .any(|banner| folded.contains(banner))
}

fn is_greeting(text: &str) -> bool {
    let folded = fold(text);
    let first = folded.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(
        first,
        "hello"
            | "hi"
            | "howdy"
            | "hey"
            | "dear"
            | "greetings"
            | "hallo"
            | "liebe"
            | "lieber"
            | "bonjour"
            | "salut"
            | "ciao"
            | "hola"
            | "ola"
            | "привет"
            | "mon"
            | "my"
            | "eccomi"
    ) && text.ends_with([',', '!', '.'])
        || folded.starts_with("to ") && text.contains(',')
        || folded.starts_with("captain's log")
}

/// "August 1998", "Mar 03, 2010 22:15", "sábado, 31 de agosto de 2013", "24.12.1999".
pub(super) fn is_date(text: &str) -> bool {
    const MONTHS: &str = " jan january januar janvier enero gennaio janeiro января feb february februar fevrier febrero febbraio fevereiro февраля mar march marz mars marzo marco марта apr april avril abril aprile апреля may mai mayo maggio maio мая jun june juni juin junio giugno junho июня jul july juli juillet julio luglio julho июля aug august aout agosto августа sep sept september septembre septiembre settembre setembro сентября oct october oktober okt octobre octubre ottobre outubro октября nov november novembre noviembre novembro ноября dec december dezember dez decembre diciembre dicembre dezembro декабря ";
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 9 {
        return false;
    }
    let month = words.iter().any(|word| word.len() > 2 && MONTHS.contains(&format!(" {word} ")));
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let year =
        words.iter().any(|word| word.len() == 4 && is_number(word) && word.starts_with(['1', '2']));
    let numbers = words
        .iter()
        .filter(|word| is_number(word.trim_end_matches(['t', 'h', 's', 'n', 'r', 'd'])))
        .count();
    let others = words.len() - numbers;
    let named = month && numbers >= 1 && words.len() <= 8 && others <= if year { 5 } else { 2 };
    named || (numbers >= 3 && others <= 1)
}
