//! A tag's name taken apart: words, sides of a pair, what stands in brackets at its end, whether it says no.

use fanfold_model::{TagKind, fold_name};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that turn a tag into its contrary.
const NEGATIONS: &[&str] =
    &["no", "not", "non", "without", "never", "isn't", "doesn't", "don't", "zero", "anti"];

/// How the sides of a pair are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// A slash, or an x between names.
    Romance,
    /// An ampersand.
    Friendship,
}

/// One side of a pair: its names, each as words ("Ozma | Tip" has two names).
pub(crate) type Side = Vec<Vec<String>>;

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Letters and digits only, without marks: what is left when people type carelessly.
    pub(crate) plain: String,
    /// Its words without marks, brackets at the end left out.
    pub(crate) words: Vec<String>,
    /// What stands in brackets at the end.
    pub(crate) bracket: Option<String>,
    /// Whether it says no.
    pub(crate) negated: bool,
    /// How its sides are joined, if it is a pair.
    pub(crate) joint: Option<Joint>,
    /// The sides of a pair, or the one name.
    pub(crate) sides: Vec<Side>,
}

impl Name {
    pub(crate) fn of(kind: TagKind, written: &str) -> Self {
        let folded = without_marks(&fold_name(written));
        let (head, bracket) = without_bracket(&folded);
        let (joint, parts) = match kind {
            TagKind::Relationship => parted(head),
            _ => (None, vec![head]),
        };
        let words = apart(head);
        Self {
            plain: folded.chars().filter(|c| c.is_alphanumeric()).collect(),
            negated: words.iter().any(|word| NEGATIONS.contains(&word.as_str())),
            words,
            bracket: bracket.map(|inner| inner.chars().filter(|c| c.is_alphanumeric()).collect()),
            joint,
            sides: parts.into_iter().map(|part| part.split('|').map(apart).collect()).collect(),
        }
    }

    /// Its numbers: "Season 1" is not "Season 2".
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        let number = |word: &&String| word.chars().all(|c| c.is_ascii_digit());
        self.words.iter().filter(number).map(String::as_str)
    }
}

/// "é" as "e": people leave marks out.
pub(crate) fn without_marks(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// "alice (wonderland)" in two. Brackets that are all there is stay.
fn without_bracket(name: &str) -> (&str, Option<&str>) {
    let parts = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    match parts {
        Some((head, inner)) if !head.trim().is_empty() && !inner.is_empty() => {
            (head.trim(), Some(inner))
        }
        _ => (name, None),
    }
}

fn parted(name: &str) -> (Option<Joint>, Vec<&str>) {
    for (joint, mark) in [
        (Joint::Romance, "/"),
        (Joint::Romance, " x "),
        (Joint::Romance, " \u{d7} "),
        (Joint::Friendship, "&"),
        (Joint::Friendship, " and "),
    ] {
        let parts: Vec<&str> = name.split(mark).map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.chars().any(char::is_alphanumeric)) {
            return (Some(joint), parts);
        }
    }
    (None, vec![name])
}

/// Words of letters and digits; an apostrophe belongs to its word, and an "s" behind it does not.
pub(crate) fn apart(text: &str) -> Vec<String> {
    text.replace('\u{2019}', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_parted_by_its_joint_and_a_bracket_is_apart() {
        let name = Name::of(TagKind::Relationship, "Ozma | Tip/Dorothy Gale (Oz)");
        assert_eq!(name.joint, Some(Joint::Romance));
        assert_eq!(name.bracket.as_deref(), Some("oz"));
        assert_eq!(name.sides, [vec![vec!["ozma"], vec!["tip"]], vec![vec!["dorothy", "gale"]]]);
        let friends = Name::of(TagKind::Relationship, "Dorothy Gale & Toto");
        assert_eq!((friends.joint, friends.sides.len()), (Some(Joint::Friendship), 2));
        assert_eq!(Name::of(TagKind::Freeform, "Hurt/Comfort").joint, None);
    }

    #[test]
    fn marks_case_and_apostrophes_do_not_matter_but_a_no_does() {
        let kind = TagKind::Freeform;
        assert_eq!(Name::of(kind, "Café Fluff").plain, Name::of(kind, "cafe  FLUFF!").plain);
        assert_eq!(Name::of(kind, "Dracula\u{2019}s Castle").words, ["dracula", "castle"]);
        assert!(Name::of(kind, "No Fluff").negated && !Name::of(kind, "Nothing Happens").negated);
        assert_eq!(Name::of(kind, "Season 2").numbers().collect::<Vec<_>>(), ["2"]);
    }
}
