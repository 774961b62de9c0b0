//! Fandoms: lists of titles, which may hold commas and slashes of their own.

use crate::draft::Draft;
use crate::fold::fold;
use crate::lists::{one_line, tidy};
use crate::phrase::{is_any, is_none_word};
use fanfold_model::{FieldKind, TagKind};

/// Words of a title that begins a new fandom after a comma but belongs to the one before.
const SUFFIXES: &[&str] =
    &["inc", "inc.", "jr", "jr.", "md", "m.d.", "ltd", "p.i.", "pi", "esq", "the", "usa"];

/// Slashed titles of one fandom, folded.
const SLASHED: &[&str] =
    &["fate/", ".hack", "face/off", "1/2", "x/1999", "and/or", "frost/nixon", "ac/dc", "either/or"];

/// Codes of the series that a Trek header calls its series.
const TREK: &[&str] = &["tos", "tng", "ds9", "voy", "ent", "tas", "dsc", "aos", "nf"];

/// Reads the fandom fields.
pub(crate) fn read(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Fandom) {
        if value.exact {
            draft.tag(TagKind::Fandom, &value.text, value.field);
            continue;
        }
        for name in titles(&value.text) {
            let folded = fold(&name);
            if is_any(
                &folded,
                &["crossover", "x-over", "xover", "crossovers", "cross-over", "кроссовер"],
            ) {
                draft.tag(TagKind::Freeform, &name, value.field);
            } else if !is_none_word(&folded) {
                draft.tag(TagKind::Fandom, &name, value.field);
            }
        }
    }
    for value in draft.values(FieldKind::Series) {
        if is_trek_code(&value.text) {
            draft.tag(TagKind::Fandom, &value.text, value.field);
        }
    }
}

/// Whether a "series" is the code of a Trek series: in those headers it names the fandom.
pub(crate) fn is_trek_code(series: &str) -> bool {
    TREK.contains(&fold(series).as_str())
}

/// The titles in a list.
fn titles(text: &str) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for part in by_semicolon(text) {
        for piece in by_comma(&part)
            .iter()
            .flat_map(|piece| by_crossing(piece))
            .flat_map(|piece| by_slash(&piece))
        {
            let title = tidy(without_words(&piece));
            if !title.is_empty() && !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    titles
}

/// Semicolons and line ends part titles, but not the two halves of "Frankenstein; or, The Modern Prometheus".
fn by_semicolon(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split([';', '|', '\n', '\u{ff1b}', '\u{3001}']) {
        let second_half =
            ["or,", "or ", "ou ", "oder ", "o "].iter().any(|or| part.trim().starts_with(or));
        match parts.last_mut() {
            Some(first) if second_half => *first = format!("{first}; {}", part.trim()),
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// A comma parts titles unless what follows goes on in lower case or as a suffix ("The Lion, the Witch …").
fn by_comma(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    if text.contains("; or") {
        return vec![text.to_owned()];
    }
    let mut titles: Vec<String> = Vec::new();
    for piece in text.split([',', '\u{ff0c}']) {
        let trimmed = piece.trim();
        let first = trimmed.trim_start_matches(['"', '\'', '\u{201c}']).chars().next();
        let goes_on = first.is_some_and(char::is_lowercase)
            && text.contains(|c: char| c.is_uppercase())
            || is_any(&fold(trimmed), SUFFIXES)
            || trimmed.starts_with("and ");
        match titles.last_mut() {
            Some(last) if goes_on => {
                last.push_str(", ");
                last.push_str(trimmed);
            }
            _ => titles.push(trimmed.to_owned()),
        }
    }
    titles
}

fn by_crossing(text: &str) -> Vec<String> {
    for joint in [
        " crossover with ",
        " crossed with ",
        " x-over ",
        " xover ",
        " x ",
        " X ",
        " \u{d7} ",
        " vs. ",
        " meets ",
    ] {
        let pieces: Vec<String> = text.split(joint).map(one_line).collect();
        if pieces.len() > 1 && pieces.iter().all(|piece| piece.chars().count() >= 2) {
            return pieces;
        }
    }
    vec![text.to_owned()]
}

fn by_slash(text: &str) -> Vec<String> {
    let folded = fold(text);
    if SLASHED.iter().any(|slashed| folded.contains(slashed)) || text.contains("//") {
        return vec![text.to_owned()];
    }
    let spaced: Vec<String> = text.split(" / ").map(one_line).collect();
    if spaced.len() > 1 {
        return spaced;
    }
    let pieces: Vec<String> = text.split('/').map(one_line).collect();
    let title = |piece: &String| {
        piece.chars().count() >= 3
            && piece.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    if pieces.len() > 1 && pieces.iter().all(title) { pieces } else { vec![text.to_owned()] }
}

/// Without "crossover" at the end and "Fandom:" at the start.
fn without_words(title: &str) -> &str {
    let title = title.trim();
    for end in [
        " crossover",
        " Crossover",
        " (crossover)",
        " x-over",
        " fandom",
        " fanfic",
        " fan fiction",
        " fanfiction",
        " Fan Fiction",
        " Fanfiction",
    ] {
        if let Some(rest) = title.strip_suffix(end).filter(|rest| !rest.is_empty()) {
            return rest;
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, ruled, work};
    use fanfold_model::FieldKind;

    #[test]
    fn titles_keep_their_own_commas_and_slashes() {
        for (written, fandoms) in [
            ("Treasure Island", vec!["Treasure Island"]),
            ("Dracula, Frankenstein", vec!["Dracula", "Frankenstein"]),
            ("The Lion, the Witch and the Wardrobe", vec!["The Lion, the Witch and the Wardrobe"]),
            ("Quantum Leap / Knight Rider", vec!["Quantum Leap", "Knight Rider"]),
            ("Dracula/Frankenstein", vec!["Dracula", "Frankenstein"]),
            ("Fate/Zero", vec!["Fate/Zero"]),
            (
                "Frankenstein; or, The Modern Prometheus",
                vec!["Frankenstein; or, The Modern Prometheus"],
            ),
            ("Ranma 1/2", vec!["Ranma 1/2"]),
            ("Dracula crossover with Oz", vec!["Dracula", "Oz"]),
            ("alice in wonderland", vec!["alice in wonderland"]),
            ("dracula, oz", vec!["dracula", "oz"]),
            ("Pride & Prejudice", vec!["Pride & Prejudice"]),
            ("Alice's Adventures in Wonderland", vec!["Alice's Adventures in Wonderland"]),
            ("none", vec![]),
            ("[Moby-Dick, Dracula]", vec!["Moby-Dick", "Dracula"]),
        ] {
            assert_eq!(
                work([field(FieldKind::Fandom, "Fandom", written)]).fandoms,
                fandoms,
                "{written}"
            );
        }
    }

    #[test]
    fn a_trek_header_calls_its_fandom_a_series() {
        let work = work([field(FieldKind::Series, "Series", "TOS")]);
        assert_eq!(work.fandoms, ["TOS"]);
        assert!(work.series.is_empty());
    }

    #[test]
    fn an_archives_names_are_taken_whole() {
        let written = "Alice In Wonderland & Through the Looking-Glass, or so - Lewis Carroll";
        assert_eq!(
            work([ruled(FieldKind::Fandom, "Fandom", written, "ao3-preface")]).fandoms,
            [written]
        );
    }
}
