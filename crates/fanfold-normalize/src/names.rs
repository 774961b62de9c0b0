//! Names of persons out of a line: "A and B", "A & B", "A, B", "written by A", "Wren <wren@example.invalid>".

use crate::fold::fold;
use crate::lists::{one_line, split, tidy};
use crate::phrase::is_any;
use crate::private::without_addresses;

/// Words between two names, with blanks around them.
const JOINS: &[&str] =
    &[" and ", " und ", " et ", " y ", " и ", " & ", " + ", " with ", " / ", " w/ "];

/// Words before a name, folded.
const BYLINES: &[&str] = &[
    "written by ",
    "story by ",
    "fic by ",
    "a story by ",
    "by: ",
    "by ",
    "author: ",
    "authored by ",
    "von ",
    "geschrieben von ",
    "par ",
    "ecrit par ",
    "di ",
    "scritto da ",
    "scritta da ",
    "escrito por ",
    "escrita por ",
    "por ",
    "автор: ",
    "copyright ",
    "(c) ",
    "\u{a9} ",
    "posted by ",
    "translated by ",
    "art by ",
];

/// What stands for a name nobody knows.
const NOBODY: &[&str] = &[
    "unknown",
    "author unknown",
    "unknown author",
    "?",
    "??",
    "???",
    "n/a",
    "none",
    "nobody knows",
    "unbekannt",
    "inconnu",
    "inconnue",
    "sconosciuto",
    "desconocido",
    "desconhecido",
    "неизвестен",
    "неизвестно",
    "佚名",
    "不詳",
    "me",
    "myself",
    "the author",
    "yours truly",
];

/// The names in a line, as written and in the order written.
pub(crate) fn people(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    let bare = without_addresses(line);
    let bare = without_links(&bare);
    let bare = without_byline(bare.trim());
    for piece in joined_titles(split(bare, |c| {
        matches!(c, ',' | ';' | '|' | '\n' | '\u{3001}' | '\u{ff0c}' | '\u{ff1b}')
    })) {
        for name in split_joins(&piece) {
            let name = person(&name);
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// One name, tidied; empty if it names nobody.
pub(crate) fn person(name: &str) -> String {
    let bare = without_addresses(name);
    let bare = without_links(&bare);
    let mut bare = tidy(without_byline(bare.trim()).trim_matches([',', ';', ':', '<', '>', ' ']));
    // "wren@example.invalid (Wren)" leaves only the brackets.
    if let Some(inner) = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        bare = tidy(inner);
    }
    let folded = fold(&bare);
    let has_letter = bare.chars().any(char::is_alphanumeric);
    let is_year = !bare.is_empty()
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | ' '))
        && bare.len() >= 4
        && name.contains(['\u{a9}', '(', ',']);
    if !has_letter || is_year || is_any(&folded, NOBODY) { String::new() } else { one_line(&bare) }
}

/// A piece that is a title or a suffix belongs to the name before it ("Demeter, Princess of Earth", "Ash, Jr.").
fn joined_titles(pieces: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        let folded = fold(&piece);
        let suffix = is_any(
            &folded,
            &["jr", "sr", "ii", "iii", "md", "m.d", "phd", "ph.d", "esq", "esquire", "dds", "rn"],
        );
        let title =
            folded.contains(" of ") || folded.starts_with("the ") || folded.starts_with("aka ");
        match names.last_mut() {
            Some(last) if suffix || title => {
                last.push_str(", ");
                last.push_str(&piece);
            }
            _ => names.push(piece),
        }
    }
    // "A, B, and C".
    names
        .iter()
        .map(|name| {
            name.strip_prefix("and ").or_else(|| name.strip_prefix("& ")).unwrap_or(name).to_owned()
        })
        .collect()
}

fn split_joins(piece: &str) -> Vec<String> {
    let mut pieces = vec![piece.to_owned()];
    for join in JOINS {
        pieces = pieces
            .iter()
            .flat_map(|piece| piece.split(join).map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    pieces
}

fn without_byline(name: &str) -> &str {
    let lower = name.to_lowercase();
    // Lengths agree only where lower-casing kept them, which it does for the words of the table.
    let found =
        BYLINES.iter().find(|word| lower.starts_with(**word) && name.is_char_boundary(word.len()));
    found.map_or(name, |word| name.get(word.len()..).unwrap_or(name).trim())
}

fn without_links(text: &str) -> String {
    let is_link = |word: &str| word.contains("://") || word.starts_with("www.");
    if !text.split_whitespace().any(is_link) {
        return text.to_owned();
    }
    text.split(' ').filter(|word| !is_link(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn names_are_parted_where_persons_are_parted() {
        for (written, names) in [
            ("Wren", vec!["Wren"]),
            ("Wren and Sparrow", vec!["Wren", "Sparrow"]),
            ("Wren & Sparrow", vec!["Wren", "Sparrow"]),
            ("Wren, Sparrow, and Finch", vec!["Wren", "Sparrow", "Finch"]),
            ("written by Wren Ashdown", vec!["Wren Ashdown"]),
            ("BY WREN", vec!["WREN"]),
            ("Wren <wren@example.invalid>", vec!["Wren"]),
            ("wren@example.invalid (Wren Ashdown)", vec!["Wren Ashdown"]),
            ("wren@example.invalid", vec![]),
            ("Wren - http://attic.example.invalid/~wren", vec!["Wren -"]),
            ("Demeter, Princess of Earth", vec!["Demeter, Princess of Earth"]),
            ("Ash Tansy, Jr.", vec!["Ash Tansy, Jr."]),
            ("Hildegund und Wendelin", vec!["Hildegund", "Wendelin"]),
            ("Zarzamora y Castaño", vec!["Zarzamora", "Castaño"]),
            ("Sandy Beth H.", vec!["Sandy Beth H."]),
            ("luvsbirds (Moonbeam)", vec!["luvsbirds (Moonbeam)"]),
            ("Unknown", vec![]),
            ("Anonymous", vec!["Anonymous"]),
            ("plimsoll_and_twine", vec!["plimsoll_and_twine"]),
            ("椿屋しおり、半夏先生", vec!["椿屋しおり", "半夏先生"]),
            ("(c) 2003 Wren", vec!["2003 Wren"]),
        ] {
            assert_eq!(people(written), names, "{written}");
        }
    }
}
