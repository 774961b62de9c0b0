//! The subtitle that names the fandom ("A Sherlock Holmes fan fiction").

use std::ops::Range;

use super::lines::{fold, word_count};

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
