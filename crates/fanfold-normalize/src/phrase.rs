//! Looks for words and phrases of a vocabulary in folded text, at word borders.

/// Whether any of these phrases stands in the folded text as whole words. A phrase that ends with `*` may go on
/// ("abandon*" is in "abandoned"); scripts without blanks need no borders.
pub(crate) fn has_any(folded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| position(folded, phrase).is_some())
}

/// Where a phrase stands first.
pub(crate) fn position(folded: &str, phrase: &str) -> Option<usize> {
    let (needle, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    if needle.is_empty() {
        return None;
    }
    folded.match_indices(needle).map(|(at, _)| at).find(|&at| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + needle.len()..].chars().next();
        border(before, needle.chars().next()) && (open || border(needle.chars().next_back(), after))
    })
}

/// Whether the whole folded text is one of these words, marks around it aside.
pub(crate) fn is_any(folded: &str, words: &[&str]) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
    words.contains(&bare) || words.contains(&folded)
}

/// Words that say that there is nothing to say, in a field that lists things.
pub(crate) fn is_none_word(folded: &str) -> bool {
    const NONE: &[&str] = &[
        "none",
        "no",
        "nope",
        "nil",
        "nada",
        "n/a",
        "na",
        "nothing",
        "none really",
        "none at all",
        "none needed",
        "not really",
        "not applicable",
        "none yet",
        "zip",
        "zero",
        "null",
        "-",
        "--",
        "---",
        "keine",
        "keiner",
        "kein",
        "keins",
        "nichts",
        "aucun",
        "aucune",
        "rien",
        "non",
        "nessuno",
        "nessuna",
        "nessun avvertimento",
        "niente",
        "ninguno",
        "ninguna",
        "nenhum",
        "nenhuma",
        "нет",
        "отсутствует",
        "отсутствуют",
        "ничего",
        "无",
        "無",
        "没有",
        "なし",
        "特になし",
        "none that i know of",
        "none i can think of",
        "none that i can think of",
    ];
    is_any(folded, NONE)
}

fn border(before: Option<char>, after: Option<char>) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    !(joins(before) && joins(after))
}

/// Letters of scripts that are written without blanks.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::{has_any, is_none_word};

    #[test]
    fn a_phrase_counts_only_between_word_borders_unless_its_script_has_none() {
        for (text, phrase, found) in [
            ("it is complete", "complete", true),
            ("it is incomplete", "complete", false),
            ("abandoned, sorry", "abandon*", true),
            ("请勿转载谢谢", "勿转载", true),
            ("grape", "rape", false),
            ("the rape", "rape", true),
        ] {
            assert_eq!(has_any(text, &[phrase]), found, "{text}");
        }
    }

    #[test]
    fn nothing_is_said_in_many_languages() {
        for word in ["none", "none.", "(none)", "нет", "keine!", "n/a", "-", "なし"] {
            assert!(is_none_word(word), "{word}");
        }
        assert!(!is_none_word("none of your business"));
    }
}
