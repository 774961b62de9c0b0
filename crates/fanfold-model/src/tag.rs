//! Tag kinds, the controlled vocabularies, and how a name becomes a key.

use crate::pairing::ordered;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The seven kinds of tag, as AO3's readers know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagKind {
    /// How explicit a work is; at most one.
    Rating,
    /// An archive warning.
    Warning,
    /// F/F, F/M, Gen, M/M, Multi, Other.
    Category,
    /// The source that a work is about.
    Fandom,
    /// "A/B" romantic, "A & B" platonic.
    Relationship,
    /// A character.
    Character,
    /// Any other tag ("additional tag").
    Freeform,
}

impl TagKind {
    /// All kinds in the order of AO3's header block.
    pub const ALL: [Self; 7] = [
        Self::Rating,
        Self::Warning,
        Self::Category,
        Self::Fandom,
        Self::Relationship,
        Self::Character,
        Self::Freeform,
    ];

    /// The kind's name in URLs, JSON and the query language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rating => "rating",
            Self::Warning => "warning",
            Self::Category => "category",
            Self::Fandom => "fandom",
            Self::Relationship => "relationship",
            Self::Character => "character",
            Self::Freeform => "freeform",
        }
    }

    /// The kind with this name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for TagKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The archive warnings in the contract's wording.
pub const WARNINGS: [&str; 6] = [
    "Graphic Depictions Of Violence",
    "Major Character Death",
    "Rape/Non-Con",
    "Underage Sex",
    "No Archive Warnings Apply",
    "Creator Chose Not To Use Archive Warnings",
];

/// The categories in the contract's wording.
pub const CATEGORIES: [&str; 6] = ["F/F", "F/M", "Gen", "M/M", "Multi", "Other"];

/// A name as a key: NFKC, lower case, white space collapsed; accents distinguish (design.md 3).
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let lower = name.nfkc().flat_map(char::to_lowercase).nfkc().collect::<String>();
    for word in lower.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The key by which a tag of a kind is known: its folded name; of a relationship the same whatever the order of its
/// members is, so that "A/B" and "B/A" are one tag (and "A & B" another). Folding a key, or a folded name, gives the key.
#[must_use]
pub fn fold_tag(kind: TagKind, name: &str) -> String {
    let folded = fold_name(name);
    match kind {
        TagKind::Relationship => ordered(&folded).into_owned(),
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_and_white_space_do_not_distinguish_names_but_accents_do() {
        assert_eq!(fold_name("  Ｊim\u{a0} HAWKINS "), "jim hawkins");
        assert_ne!(fold_name("Zoë"), fold_name("Zoe"));
    }

    #[test]
    fn every_kind_is_found_by_its_own_name() {
        for kind in TagKind::ALL {
            assert_eq!(TagKind::from_name(kind.as_str()), Some(kind));
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_a_folded_name_changes_nothing(name in "\\PC{0,40}") {
            let once = fold_name(&name);
            proptest::prop_assert_eq!(fold_name(&once), once);
        }
    }
}
