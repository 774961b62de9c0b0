//! The word that was probably meant by a misspelt one, for hints.

use super::fields::{self, Field};
use super::sort::SortKey;

/// The known field name that looks most like a misspelt one.
pub(super) fn field_name(name: &str) -> Option<&'static str> {
    nearest(name, fields::names().map(|(_, known)| known))
}

/// The value of a field with few values that looks most like a misspelt one.
pub(super) fn value(field: Field, text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches(['<', '>']);
    match field {
        Field::Sort => nearest(text, SortKey::ALL.into_iter().map(SortKey::name)),
        Field::Language => nearest(text, fields::language_names()),
        Field::Status => nearest(
            text,
            ["complete", "in-progress", "hiatus", "abandoned", "unknown", "ongoing"].into_iter(),
        ),
        Field::Flag(_) => nearest(text, ["true", "false", "yes", "no"].into_iter()),
        Field::Only => {
            nearest(text, ["fandom", "rel", "char", "relationship", "character"].into_iter())
        }
        _ => None,
    }
}

/// One slip in short words, two in longer ones.
fn nearest(word: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    let limit = if word.chars().count() <= 4 { 1 } else { 2 };
    known
        .map(|known| (slips(&word, known), known))
        .filter(|(slips, known)| *slips <= limit && *slips < known.len())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, known)| known)
}

/// The fewest slips between two words: a letter too many, too few, another, or two that changed places.
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut earlier: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let changed = above[j] + usize::from(left != right);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && (*left, *right) == (b[j - 1], a[i - 1]) {
                least = least.min(earlier[j - 1] + 1);
            }
            row.push(least);
        }
        earlier = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_changed_places_are_one_slip() {
        for (a, b, expected) in [
            ("rle", "rel", 1),
            ("kudso", "kudos", 1),
            ("", "abc", 3),
            ("same", "same", 0),
            ("ab", "ca", 2),
        ] {
            assert_eq!((slips(a, b), slips(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn what_is_like_nothing_is_left_alone() {
        assert_eq!(field_name("x"), None);
        assert_eq!(field_name("colour"), None);
        assert_eq!(field_name("fandum"), Some("fandom"));
        assert_eq!(value(Field::Language, "klingon"), None);
    }
}
