//! Pairs in all their notations: slash, x, ampersand, "and", numbers, initials, codes and run-together names.

use crate::fold::fold;
use crate::genres::is_genre;
use crate::pair_codes::is_smushed;

/// How the members of a pair are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Romantic: a slash, an x, or "and" where pairs are listed.
    Slash,
    /// A friendship: an ampersand.
    Ampersand,
    /// A code of its own, kept as it is: 1x2, 3+4.
    Code,
}

/// The relationship that an entry names, in the archive's notation: no blanks around a slash, one around an ampersand.
pub(crate) fn pair(entry: &str, friends: bool) -> Option<(String, Joint)> {
    let entry = entry.trim();
    if is_number_code(entry) {
        return Some((entry.to_owned(), Joint::Code));
    }
    if let Some(members) = members(entry, "/") {
        return Some(if friends {
            (members.join(" & "), Joint::Ampersand)
        } else {
            (members.join("/"), Joint::Slash)
        });
    }
    for times in [" x ", " X ", " \u{d7} ", "\u{d7}", " \u{2665} ", " <3 "] {
        if let Some(members) = members(entry, times) {
            return Some((members.join("/"), Joint::Slash));
        }
    }
    if let Some((left, right)) = run_together_x(entry) {
        return Some((format!("{left}/{right}"), Joint::Slash));
    }
    if let Some(members) = members(entry, " & ").or_else(|| members(entry, "&")) {
        return Some((members.join(" & "), Joint::Ampersand));
    }
    for and in [" and ", " und ", " et ", " y ", " и ", " e ", " with ", " mit "] {
        if let Some(members) =
            members(entry, and).filter(|members| members.iter().all(|name| looks_like_name(name)))
        {
            return Some(if friends {
                (members.join(" & "), Joint::Ampersand)
            } else {
                (members.join("/"), Joint::Slash)
            });
        }
    }
    None
}

/// Whether an entry of another field is a pair beyond doubt: names on both sides of one slash, no genres, no categories.
pub(crate) fn is_plain_pair(entry: &str) -> bool {
    let Some(members) = members(entry, "/") else { return false };
    let spaced = entry.contains(" / ");
    members.len() <= 4
        && !spaced
        && members.iter().all(|name| looks_like_name(name) && !is_genre(name))
        && !is_genre(entry)
}

/// Whether a single word is a code for a pair: JC, PT, D7, Spuffy.
pub(crate) fn is_pair_code(word: &str) -> bool {
    let length = word.chars().count();
    let code = (2..=4).contains(&length)
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    code || is_smushed(&fold(word))
}

fn members(entry: &str, joint: &str) -> Option<Vec<String>> {
    let members: Vec<String> = split_outside_brackets(entry, joint);
    let fits = members.len() >= 2
        && members
            .iter()
            .all(|name| name.chars().any(char::is_alphanumeric) && name.split(' ').count() <= 6);
    (fits && !entry.contains("://")).then_some(members)
}

/// A slash in a bracket belongs to the bracket: "GSR (Gil/Sara)".
fn split_outside_brackets(entry: &str, joint: &str) -> Vec<String> {
    let mut depth = 0_u32;
    let mut from = 0;
    let mut members = Vec::new();
    for (at, c) in entry.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && at >= from && entry[at..].starts_with(joint) {
            members.push(entry[from..at].trim().to_owned());
            from = at + joint.len();
        }
    }
    members.push(entry[from..].trim().to_owned());
    members
}

/// "MerlinxArthur": a small x right before a capital.
fn run_together_x(entry: &str) -> Option<(&str, &str)> {
    entry.match_indices('x').map(|(at, _)| at).find_map(|at| {
        let (left, right) = (&entry[..at], &entry[at + 1..]);
        let capital = right.starts_with(char::is_uppercase) && left.starts_with(char::is_uppercase);
        let lower = left.ends_with(char::is_lowercase)
            && right.chars().nth(1).is_some_and(char::is_lowercase);
        (capital && lower && left.chars().count() >= 3).then_some((left, right))
    })
}

/// "1x2", "3+4", "R+1", "13+5", "1x2x5".
fn is_number_code(entry: &str) -> bool {
    let parts: Vec<&str> = entry.split(['x', 'X', '+', '\u{d7}']).collect();
    let short = |part: &&str| {
        !part.is_empty() && part.chars().count() <= 2 && part.chars().all(char::is_alphanumeric)
    };
    parts.len() >= 2
        && parts.iter().all(short)
        && parts.iter().any(|part| part.chars().all(|c| c.is_ascii_digit()))
}

pub(crate) fn looks_like_name(name: &str) -> bool {
    let first = name.trim_start_matches(['(', '"', '\'', '\u{201c}', '\u{2018}']).chars().next();
    let capital = first.is_some_and(|c| !c.is_lowercase() && c.is_alphanumeric());
    capital && name.split(' ').count() <= 5 && !name.ends_with(['?', '!'])
}

#[cfg(test)]
mod tests {
    use super::{Joint, is_pair_code, is_plain_pair, pair};

    #[test]
    fn pairs_are_known_in_every_notation() {
        for (entry, written, joint) in [
            ("Jim Hawkins/Ben Gunn", "Jim Hawkins/Ben Gunn", Joint::Slash),
            ("Jim / Ben", "Jim/Ben", Joint::Slash),
            ("Ariadne x Dionysus", "Ariadne/Dionysus", Joint::Slash),
            ("MerlinxArthur", "Merlin/Arthur", Joint::Slash),
            ("Jim & Ben", "Jim & Ben", Joint::Ampersand),
            ("Jim and Ben", "Jim/Ben", Joint::Slash),
            ("Siegfried und Kriemhild", "Siegfried/Kriemhild", Joint::Slash),
            ("1x2", "1x2", Joint::Code),
            ("R+1", "R+1", Joint::Code),
            ("K/S", "K/S", Joint::Slash),
            ("Sc/Other", "Sc/Other", Joint::Slash),
            ("a/b/c", "a/b/c", Joint::Slash),
            ("10/Rose", "10/Rose", Joint::Slash),
        ] {
            assert_eq!(pair(entry, false), Some((written.to_owned(), joint)), "{entry}");
        }
        assert_eq!(pair("Jim and Ben", true), Some(("Jim & Ben".to_owned(), Joint::Ampersand)));
    }

    #[test]
    fn names_with_an_x_and_single_names_are_no_pairs() {
        for entry in [
            "Alexander",
            "Felix Holt",
            "Max",
            "Jim Hawkins",
            "GSR (Gil/Sara)",
            "/",
            "http://attic.example.invalid/a",
        ] {
            assert_eq!(pair(entry, false), None, "{entry}");
        }
    }

    #[test]
    fn genres_with_a_slash_are_no_pairs() {
        for entry in
            ["Hurt/Comfort", "Action/Adventure", "Angst/Romance", "h/c", "and/or", "Sci-Fi/Fantasy"]
        {
            assert!(!is_plain_pair(entry), "{entry}");
        }
        assert!(is_plain_pair("Buffy/Spike"));
        assert!(is_pair_code("D7") && is_pair_code("Spuffy") && !is_pair_code("Sirius"));
    }
}
