//! Title and name in one line ("The Lamp by Wren"), and the lines of a title page that only look like it: what the work
//! is ("Roman"), who translated it.

use std::ops::Range;

use super::byline::{has_capitals, is_name, name_range};
use super::label_line::trimmed;
use super::lines::{fold, word_count};

const TITLE_JOINTS: &[&str] =
    &[" by ", " By ", " BY ", " von ", " par ", " escrita por ", " escrito por ", " écrit par "];

/// Title and name of a line "Title by Name".
#[must_use]
pub fn title_by(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut joints: Vec<(usize, &str)> =
        TITLE_JOINTS.iter().flat_map(|joint| line.match_indices(joint)).collect();
    joints.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
    joints.into_iter().find_map(|(at, joint)| title_by_at(line, at, joint))
}

/// "Die Fahrt von Hamburg" names a place: a single name behind a word that also means "from" is none.
fn is_from_somewhere(joint: &str, name: &str) -> bool {
    matches!(joint, " von " | " par ") && (word_count(name) < 2 || !has_capitals(name))
}

/// "Roman", "A Novel": what a work is, alone on a line of its title page.
pub(super) fn is_kind_of_work(line: &str) -> bool {
    let bare = fold(line.trim_matches(|c: char| !c.is_alphanumeric()));
    let kind = ["ein ", "eine ", "a ", "an ", "un ", "une ", "una ", "uno "]
        .iter()
        .find_map(|article| bare.strip_prefix(article))
        .unwrap_or(&bare);
    KINDS.contains(&kind)
}

const KINDS: &[&str] = &[
    "roman",
    "novelle",
    "novellen",
    "erzahlung",
    "erzahlungen",
    "marchen",
    "gedichte",
    "novel",
    "romance",
    "tale",
    "short story",
    "novella",
    "nouvelle",
    "nouvelles",
    "conte",
    "contes",
    "recit",
    "novela",
    "cuento",
    "cuentos",
    "relato",
    "romanzo",
    "racconto",
    "racconti",
    "роман",
    "повесть",
    "рассказ",
    "рассказы",
];

/// "Aus dem Englischen von NAME" names who translated it.
pub(super) fn is_translation(title: &str) -> bool {
    let folded = fold(title);
    [
        "aus dem ",
        "deutsch",
        "ubersetz",
        "ins deutsche",
        "traduit",
        "traduction",
        "translat",
        "tradu",
        "tradott",
        "перевод",
    ]
    .iter()
    .any(|start| folded.starts_with(start))
}

/// Title and name around one joint.
fn title_by_at(line: &str, at: usize, joint: &str) -> Option<(Range<usize>, Range<usize>)> {
    let title = trimmed(line, 0..at);
    let title = title.start
        ..title.start
            + line[title.clone()].trim_end_matches(['-', '–', '—', ',', ' ', ':', '~']).len();
    let from = at + joint.len();
    let name = name_range(line, from..line.len())?;
    let named = &line[name.clone()];
    if is_from_somewhere(joint, named) || is_translation(&line[title.clone()]) {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_name_in_one_line_are_parted() {
        for (line, title, name) in [
            ("The Toll of the Bridge by Edmund Lark", "The Toll of the Bridge", "Edmund Lark"),
            ("The Lamp - by Wren", "The Lamp", "Wren"),
            ("Stand by Me by Ada Pike", "Stand by Me", "Ada Pike"),
            ("Der Turm von Hildegund Spatz", "Der Turm", "Hildegund Spatz"),
            ("Die Laterne von Hildegund von Spatz", "Die Laterne", "Hildegund von Spatz"),
            ("Fairy Lamps by Wren [Reviews - 6] Printer", "Fairy Lamps", "Wren"),
        ] {
            let (found, by) = title_by(line).expect(line);
            assert_eq!((&line[found], &line[by]), (title, name));
        }
        for line in [
            "He stood by Anna",
            "It was made by a man.",
            "One by one",
            "Zwei Tage nach der Schlacht von Hastings",
            "Abfahrt von Gleis siebzehn",
            "Aus dem Englischen von Hildegund Spatz",
            "Traduit de l'anglais par Capucine Brisset",
        ] {
            assert_eq!(title_by(line), None, "{line}");
        }
    }
}
