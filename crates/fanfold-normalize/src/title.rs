//! The title: the preferred field, without quotes, markup, part marks and rating codes around it. Nothing is invented:
//! without a title the work gets a placeholder that is marked as one, and the file's name at most suggests one.

use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::lists::{one_line, unquoted};
use crate::rating_levels::is_rating_code;
use fanfold_model::{FieldKind, FindingCode};

/// What stands where no title was found.
const PLACEHOLDER: &str = "Untitled";

/// Reads the title and its alternatives.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let values = draft.values(FieldKind::Title);
    let has_part = draft.extracted.part.is_some();
    let bylines: Vec<String> =
        draft.values(FieldKind::Creator).iter().map(|value| fold(&value.text)).collect();
    let mut titles = values
        .iter()
        .filter_map(|value| clean(value, has_part, &bylines).map(|title| (title, value)));
    let Some((title, value)) = titles.next() else {
        return placeholder(draft);
    };
    draft.evidence("title", value.field);
    let mut keys = vec![key(&title)];
    for (other, value) in titles {
        if keys.contains(&key(&other)) {
            continue;
        }
        keys.push(key(&other));
        draft.suggest("title", &other, 0.3, "The source also gives this title.");
        if !draft.has_finding(FindingCode::TITLE_ALTERNATIVES) {
            let message = format!("“{title}” was taken; the source also says “{other}”");
            draft.finding(FindingCode::TITLE_ALTERNATIVES, message, value.field);
        }
    }
    draft.work.title = title;
}

fn placeholder(draft: &mut Draft<'_>) {
    PLACEHOLDER.clone_into(&mut draft.work.title);
    draft.work.title_is_placeholder = true;
    if draft.is_work() && !draft.has_finding(FindingCode::TITLE_PLACEHOLDER) {
        draft.finding_nowhere(FindingCode::TITLE_PLACEHOLDER, "no title was found");
    }
    for value in draft.values(FieldKind::Other) {
        if fold(&value.field.label) == "file-name" {
            draft.suggest(
                "title",
                &from_file_name(&value.text),
                0.4,
                "It is the name of the file.",
            );
        }
    }
}

/// A title without what is not part of it; `None` if nothing is left.
fn clean(value: &Value<'_>, has_part: bool, bylines: &[String]) -> Option<String> {
    let written = one_line(&value.text);
    if value.exact {
        return (!written.is_empty()).then_some(written);
    }
    let mut title = written.as_str();
    loop {
        let before = title;
        title = undecorated(title);
        title = without_bracketed_mark(title);
        if has_part {
            title = without_part_mark(title);
        }
        title = without_byline(title, bylines);
        if title == before {
            break;
        }
    }
    let title = if title.chars().any(char::is_alphanumeric) { title } else { written.trim() };
    (!title.is_empty()).then(|| title.to_owned())
}

/// Without rows of signs, emphasis marks and quotes around the whole.
fn undecorated(title: &str) -> &str {
    let rows = |c: char| matches!(c, '=' | '~' | '_' | '#' | '|' | ' ' | '\u{2022}');
    let title = title.trim_matches(rows);
    let bare = title.trim_start_matches('*').trim_end_matches('*');
    let starred = title.starts_with('*') && title.ends_with('*') && !bare.is_empty();
    let dashed = title
        .strip_prefix('-')
        .and_then(|rest| rest.strip_suffix('-'))
        .filter(|rest| !rest.trim_matches('-').is_empty());
    unquoted(dashed.unwrap_or(if starred { bare } else { title }).trim())
}

/// Without a closing "(1/3)", "[2/?]", "(Part 2 of 5)", "(PG-13)", "(complete)".
fn without_bracketed_mark(title: &str) -> &str {
    let Some(open) = title.rfind(['(', '[', '{']) else { return title };
    let Some(inner) = title[open + 1..].strip_suffix([')', ']', '}']) else { return title };
    let folded = fold(inner);
    let state = [
        "complete",
        "completed",
        "wip",
        "work in progress",
        "repost",
        "finished",
        "oneshot",
        "one-shot",
    ];
    let is_mark = is_count(&folded)
        || is_part_words(&folded)
        || is_rating_code(inner)
        || state.contains(&folded.as_str());
    let rest = title[..open].trim_end_matches([' ', '-', ',', ':', '\u{2013}', '\u{2014}']);
    if is_mark && !rest.is_empty() { rest } else { title }
}

/// Without a closing "Part 2", "- 2/5", ", Chapter 3" where the file is known to be a part.
fn without_part_mark(title: &str) -> &str {
    let words: Vec<(usize, &str)> = title
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .collect();
    for take in (1..=4).rev() {
        let Some(&(start, _)) = words.len().checked_sub(take).and_then(|at| words.get(at)) else {
            continue;
        };
        let rest = title[..start]
            .trim_end_matches([' ', '-', ',', ':', '\u{2013}', '\u{2014}', '.', '~', '[', '(']);
        let tail = fold(title[start..].trim_matches(['-', '\u{2013}', ' ', '[', ']', '(', ')']));
        if !rest.is_empty() && (is_part_words(&tail) || is_count(&tail)) {
            return rest;
        }
    }
    title
}

/// "2/5", "2 of 5", "2/?".
fn is_count(folded: &str) -> bool {
    let Some((part, of)) = folded.split_once('/').or_else(|| folded.split_once(" of ")) else {
        return false;
    };
    let number = |text: &str| {
        !text.is_empty() && text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit())
    };
    number(part.trim()) && (number(of.trim()) || matches!(of.trim(), "?" | "??" | "x"))
}

/// "part 2", "chapter three", "teil 2 von 3".
fn is_part_words(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "part",
        "parts",
        "pt",
        "pt.",
        "chapter",
        "ch",
        "ch.",
        "teil",
        "kapitel",
        "partie",
        "chapitre",
        "parte",
        "capitolo",
        "capitulo",
        "часть",
        "глава",
        "section",
        "episode",
        "book",
    ];
    let mut words = folded.split(' ');
    let named = words.next().is_some_and(|word| WORDS.contains(&word));
    let number = words.next().is_some_and(|word| {
        crate::numbers::ordinal(word.trim_matches(['.', ',', ':'])).is_some() || is_count(word)
    });
    named
        && number
        && words.clone().count() <= 2
        && words.all(|word| {
            matches!(word, "of" | "von" | "de" | "di" | "из" | "sur" | "?")
                || crate::numbers::ordinal(word).is_some()
        })
}

/// Without " by NAME" where NAME is the creator the reading names.
fn without_byline<'t>(title: &'t str, bylines: &[String]) -> &'t str {
    for word in [" by ", " By ", " BY ", " von ", " par ", " di "] {
        if let Some((rest, name)) = title.rsplit_once(word) {
            let name = fold(name);
            if !rest.trim().is_empty() && bylines.contains(&name) {
                return rest.trim_end_matches([' ', ',', '-', ':']);
            }
        }
    }
    title
}

fn key(title: &str) -> String {
    fold(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn from_file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name
        .rsplit_once('.')
        .filter(|(stem, end)| !stem.is_empty() && end.len() <= 8)
        .map_or(name, |(stem, _)| stem);
    one_line(&stem.replace(['_', '+'], " "))
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, of, part, work};
    use fanfold_model::FieldKind;

    #[test]
    fn quotes_markup_and_codes_go_and_the_words_stay() {
        for (written, title) in [
            ("“The Apple Barrel”", "The Apple Barrel"),
            ("**The Apple Barrel**", "The Apple Barrel"),
            ("=== THE SPY-GLASS INN ===", "THE SPY-GLASS INN"),
            ("The Apple Barrel (1/3)", "The Apple Barrel"),
            ("The Apple Barrel [2/?]", "The Apple Barrel"),
            ("The Apple Barrel (PG-13)", "The Apple Barrel"),
            ("\"The Apple Barrel\" (Part Two of Three)", "The Apple Barrel"),
            ("eleven teacups", "eleven teacups"),
            ("Ranma 1/2", "Ranma 1/2"),
            ("Wait...", "Wait..."),
            ("- Interlude -", "Interlude"),
            ("The Cellar (or, What Ben Heard)", "The Cellar (or, What Ben Heard)"),
            ("《八戒的减肥日记》", "八戒的减肥日记"),
            ("'Tis the Season", "'Tis the Season"),
            ("***", "***"),
        ] {
            assert_eq!(work([field(FieldKind::Title, "Title", written)]).title, title, "{written}");
        }
    }

    #[test]
    fn a_part_loses_its_mark_and_a_whole_work_keeps_its_numbers() {
        for (written, title) in [
            ("The Long Arrow, Part 2", "The Long Arrow"),
            ("The Long Arrow - 2/5", "The Long Arrow"),
            ("The Long Arrow: Chapter Three", "The Long Arrow"),
            ("Der lange Pfeil - Teil 2 von 3", "Der lange Pfeil"),
            ("Part 2", "Part 2"),
        ] {
            let mut extracted = of([field(FieldKind::Title, "Title", written)]);
            extracted.part = Some(part(2, None));
            assert_eq!(crate::samples::normalized(&extracted).title, title, "{written}");
        }
    }

    #[test]
    fn without_a_title_there_is_a_marked_placeholder_and_the_file_name_only_suggests() {
        let work = work([field(FieldKind::Other, "file-name", "attic/the_humming_parcel.txt")]);
        assert!(work.title_is_placeholder);
        assert_eq!(work.title, "Untitled");
        assert_eq!(work.suggestions[0].value, "the humming parcel");
        assert!(work.findings.iter().any(|finding| finding.code == "title-placeholder"));
    }

    #[test]
    fn a_second_title_is_kept_as_an_alternative() {
        let work = work([
            field(FieldKind::Title, "Title", "Half a Grin"),
            field(FieldKind::Title, "", "HALF A GRIN"),
            field(FieldKind::Title, "Subject", "The Cat Again"),
        ]);
        assert_eq!(work.title, "Half a Grin");
        let others: Vec<_> =
            work.suggestions.iter().map(|suggestion| suggestion.value.as_str()).collect();
        assert_eq!(others, ["The Cat Again"]);
    }

    #[test]
    fn a_byline_in_the_title_goes_when_it_names_the_creator() {
        let work = work([
            field(FieldKind::Title, "", "The Toll by Edmund Larkspur"),
            field(FieldKind::Creator, "", "Edmund Larkspur"),
        ]);
        assert_eq!(work.title, "The Toll");
    }
}
