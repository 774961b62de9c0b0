//! The label dictionary: what a word before a colon is about. Any case, accents, "(s)" and "/s",
//! numbers ("Note #2"), one typing error in words of six letters or more, combined labels.
//! Source of rules: the label families of fan-fiction headers; French "Avertissement" is a disclaimer.

use std::collections::HashMap;
use std::sync::LazyLock;

use fanfold_model::FieldKind;

use super::label_table::{FAMILIES, KEPT_LABELS, PART_LABELS, QUALIFIERS, Strength};
use super::lines::fold;

/// What a label is known to be about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    /// The families it names; two for combined labels ("Genre/Pairing").
    pub(super) kinds: Vec<FieldKind>,
    /// Whether the label alone is a strong sign of a header.
    pub(super) strength: Strength,
    /// Whether its value is a part mark.
    pub(super) is_part: bool,
    /// Whether it was found only by allowing one typing error.
    pub(super) typo: bool,
}

impl Meaning {
    fn of(kind: FieldKind, strength: Strength) -> Self {
        Self { kinds: vec![kind], strength, is_part: false, typo: false }
    }
}

/// What the folded word or words before a colon mean.
pub(super) fn meaning(label: &str) -> Option<Meaning> {
    let folded = fold(label);
    if folded.is_empty() || folded.len() > 60 {
        return None;
    }
    let plain = without_plural_sign(&folded);
    let plain = without_number(&plain);
    exact(plain)
        .or_else(|| combined(plain))
        .or_else(|| qualified(plain))
        .or_else(|| misspelt(plain))
}

static DICTIONARY: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let mut dictionary = HashMap::new();
    for (kind, strength, spellings) in FAMILIES {
        for spelling in spellings.split('|') {
            dictionary.entry(spelling).or_insert_with(|| Meaning::of(*kind, *strength));
        }
    }
    for spelling in KEPT_LABELS {
        dictionary.entry(spelling).or_insert_with(|| Meaning::of(FieldKind::Other, Strength::Weak));
    }
    for spelling in PART_LABELS {
        dictionary.entry(spelling).or_insert_with(|| Meaning {
            is_part: true,
            ..Meaning::of(FieldKind::Other, Strength::Weak)
        });
    }
    dictionary
});

fn exact(plain: &str) -> Option<Meaning> {
    let found = DICTIONARY.get(plain).or_else(|| DICTIONARY.get(plain.strip_suffix('s')?));
    found.cloned()
}

/// "pairing(s)", "pairing/s", "автор(ы)": without the bracket.
fn without_plural_sign(folded: &str) -> String {
    let mut plain = folded.to_owned();
    for sign in ["(s)", "/s", "(es)", "(e)", "(a)", "(n)", "(in)", "/in", "(ы)", "(и)", "(i)", "*"]
    {
        if let Some(rest) = plain.strip_suffix(sign) {
            plain = rest.trim_end().to_owned();
        }
    }
    plain.replace("(s)", "").replace("(s) ", " ")
}

/// "note #2", "an1", "notes 2": without the number.
fn without_number(plain: &str) -> &str {
    let cut = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    if cut.len() == plain.len() {
        return plain;
    }
    cut.trim_end_matches(['#', ' ', '.'])
}

fn combined(plain: &str) -> Option<Meaning> {
    let pieces: Vec<&str> = ["/", " & ", " and ", " und ", " et ", " e ", " y ", " и ", "+", ", "]
        .into_iter()
        .map(|joint| plain.split(joint).map(str::trim).collect::<Vec<_>>())
        .find(|pieces| pieces.len() == 2 || pieces.len() == 3)?;
    let meanings: Vec<Meaning> =
        pieces.iter().filter_map(|piece| exact(piece).or_else(|| qualified(piece))).collect();
    if meanings.is_empty()
        || (meanings.len() < pieces.len() && meanings[0].strength == Strength::Weak)
    {
        return None;
    }
    let mut joined = meanings[0].clone();
    for meaning in &meanings[1..] {
        for kind in &meaning.kinds {
            if !joined.kinds.contains(kind) {
                joined.kinds.push(*kind);
            }
        }
        if meaning.strength == Strength::Strong {
            joined.strength = Strength::Strong;
        }
    }
    Some(joined)
}

fn qualified(plain: &str) -> Option<Meaning> {
    let (first, rest) = plain.split_once(' ')?;
    if !QUALIFIERS.contains(&first) || rest.contains(' ') && !rest.contains("note") {
        return None;
    }
    exact(rest)
}

fn misspelt(plain: &str) -> Option<Meaning> {
    let letters: Vec<char> = plain.chars().collect();
    if letters.len() < 6 || !letters.iter().all(|c| c.is_alphabetic()) {
        return None;
    }
    let near = |known: &str| {
        let known: Vec<char> = known.chars().collect();
        known.len() >= 6 && is_one_edit(&letters, &known)
    };
    DICTIONARY
        .iter()
        .filter(|(known, meaning)| meaning.strength == Strength::Strong && near(known))
        .min_by_key(|(known, _)| **known)
        .map(|(_, meaning)| Meaning { typo: true, ..meaning.clone() })
}

/// Whether one letter more, less, other or swapped with its neighbour makes the two the same.
fn is_one_edit(left: &[char], right: &[char]) -> bool {
    let front = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[front..], &right[front..]);
    match (left.len(), right.len()) {
        (0, 0) => false,
        (l, r) if l == r => {
            left[1..] == right[1..]
                || (l >= 2 && left[0] == right[1] && left[1] == right[0] && left[2..] == right[2..])
        }
        (l, r) if l == r + 1 => left[1..] == *right,
        (l, r) if l + 1 == r => *left == right[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FieldKind::*;

    fn kinds(label: &str) -> Vec<FieldKind> {
        meaning(label).map(|meaning| meaning.kinds).unwrap_or_default()
    }

    #[test]
    fn labels_are_known_in_any_case_language_and_plural() {
        for (label, kind) in [
            ("TITLE", Title),
            ("DiSClaIMer", Disclaimer),
            ("Author(s)", Creator),
            ("Pairing/s", Relationship),
            ("Paring", Relationship),
            ("Auteure", Creator),
            ("Résumé", Summary),
            ("Avertissement", Disclaimer),
            ("Avertissements", Disclaimer),
            ("Предупреждения", Warning),
            ("Автор", Creator),
            ("作者", Creator),
            ("Тип", Genre),
            ("Author’s Note", Notes),
            ("AN1", Notes),
            ("Note #2", Notes),
            ("Additional warning", Warning),
            ("Classificação", Rating),
            ("Classification", Classification),
            ("Kurzbeschreibung", Summary),
            ("Main Characters", Character),
            ("あらすじ", Summary),
            ("Widmung", Dedication),
        ] {
            assert_eq!(kinds(label), [kind], "{label}");
        }
    }

    #[test]
    fn combined_labels_name_each_family_once() {
        assert_eq!(kinds("Genre/Pairing"), [Genre, Relationship]);
        assert_eq!(kinds("Warnings/Spoilers"), [Warning, Spoilers]);
        assert_eq!(kinds("EMAIL/FEEDBACK"), [Feedback]);
        assert_eq!(kinds("Spoilers and Warnings"), [Spoilers, Warning]);
        assert_eq!(kinds("Пейринг / Герои"), [Relationship, Character]);
    }

    #[test]
    fn one_typing_error_is_forgiven_in_long_labels_only() {
        assert_eq!(kinds("Disclamier"), [Disclaimer]);
        assert_eq!(kinds("Sumamry"), [Summary]);
        assert_eq!(kinds("Pairrings"), [Relationship]);
        assert!(kinds("Tittle").contains(&Title) || kinds("Tittle").is_empty());
        assert!(kinds("Watson").is_empty());
        assert!(kinds("Holmes").is_empty());
        assert!(kinds("Narrator").is_empty());
    }
}
