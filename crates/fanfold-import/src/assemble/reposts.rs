//! Words by which a posting says that it replaces an earlier one: revised, corrected, posted again.

use fanfold_model::fold_name;

const WORDS: &[&str] = &[
    "revised",
    "revision",
    "rev",
    "corrected",
    "correction",
    "repost",
    "reposted",
    "reposting",
    "re-post",
    "re-posted",
    "re-posting",
    "rep",
    "rewrite",
    "rewritten",
    "redone",
    "re-edited",
    "edited",
    "fixed",
    "resend",
    "resent",
    "updated",
    "new version",
    "second try",
    "take two",
    "try again",
    "überarbeitet",
    "überarbeitete fassung",
    "korrigiert",
    "neue fassung",
    "corrigé",
    "corrigée",
    "version corrigée",
    "réécrit",
    "corregido",
    "corregida",
    "versión corregida",
    "corretto",
    "versione corretta",
    "riveduto",
    "исправлено",
    "исправленная версия",
];

/// Words that stand beside those and add nothing.
const BESIDE: &[&str] = &[
    "version", "copy", "post", "again", "slightly", "very", "newly", "part", "story", "fic", "new",
];

/// Whether a tag, a bracket's words or the words behind a part's number say that this replaces an earlier posting.
pub(crate) fn is_revision_word(text: &str) -> bool {
    let folded = fold_name(text.trim().trim_matches(['!', '*', '.', '-', ' ', '~']));
    if WORDS.contains(&folded.as_str()) {
        return true;
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    let (said, other): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| WORDS.contains(word));
    let version = folded.strip_prefix('v').and_then(|rest| rest.parse::<u32>().ok());
    let adds = other.iter().any(|word| !BESIDE.contains(word));
    (!said.is_empty() && words.len() <= 4 && !adds) || version.is_some_and(|own| own >= 2)
}

/// Whether a subject line or a title says so: in a tag, in brackets, behind a dash, or in capitals.
pub(super) fn calls_itself_revised(line: &str) -> bool {
    let joints: &[char] = &['(', ')', '[', ']', '{', '}', ':', ',', ';', '|', '–', '—', '*', '~'];
    let spaced = line.replace(" - ", "|").replace("- ", "|");
    let dressed = spaced.split(joints).any(|own| !own.trim().is_empty() && is_revision_word(own));
    let capitals = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.chars().count() >= 4 && !bare.chars().any(char::is_lowercase) && is_revision_word(bare)
    };
    let mixed = line.chars().any(char::is_lowercase);
    let behind_number = line
        .rsplit_once(|c: char| c.is_ascii_digit())
        .is_some_and(|(_, tail)| tail.starts_with(' ') && is_revision_word(tail));
    dressed || behind_number || (mixed && line.split_whitespace().any(capitals))
}

/// A title without the words that say so, for its key.
pub(super) fn without_revision(title: &str) -> String {
    let mut rest = title.trim().to_owned();
    while let Some(bare) = one_off(&rest) {
        rest = bare;
    }
    rest
}

/// One such bracket, tag or tail off; `None` where there is none, or where nothing would be left.
fn one_off(title: &str) -> Option<String> {
    let pairs = [('(', ')'), ('[', ']'), ('{', '}')];
    let bracket = pairs.into_iter().find_map(|(open, close)| {
        let start = title.rfind(open)?;
        let end = start + title[start..].find(close)?;
        is_revision_word(&title[start + 1..end])
            .then(|| format!("{} {}", &title[..start], &title[end + 1..]))
    });
    let tag = || {
        let (word, rest) = title.split_once(':')?;
        is_revision_word(word).then(|| rest.to_owned())
    };
    let tail = || {
        let (rest, word) = title.rsplit_once(" - ").or_else(|| title.rsplit_once(", "))?;
        is_revision_word(word).then(|| rest.to_owned())
    };
    let capitals = || {
        let upper = |word: &&str| {
            !word.chars().any(char::is_lowercase) && word.len() >= 4 && is_revision_word(word)
        };
        let mixed = title.chars().any(char::is_lowercase);
        let words: Vec<&str> = title.split_whitespace().collect();
        let bare: Vec<&str> = words.iter().filter(|word| !upper(word)).copied().collect();
        (mixed && bare.len() < words.len()).then(|| bare.join(" "))
    };
    let found = bracket.or_else(tag).or_else(tail).or_else(capitals)?;
    let found = found.trim().to_owned();
    found.chars().any(char::is_alphanumeric).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_says_in_many_ways_that_it_replaces_another() {
        for line in [
            "REVISED: The Lamp 2/3",
            "REPOST The Lamp (2/3)",
            "The Lamp 2/3 (corrected)",
            "The Lamp (2/3) - corrected version",
            "[oz] The Lamp [Re-post] part 2",
            "NEW: The Lamp, part 2, revised",
            "The Lamp 2/3 revised",
            "Die Lampe (2/3) [überarbeitet]",
            "The Lamp v2 (2/3)".replace(" v2", " (v2)").as_str(),
        ] {
            assert!(calls_itself_revised(line), "{line}");
        }
        for line in [
            "The Lamp 2/3",
            "The Revised Edition of Watson's Notes (2/3)",
            "A fixed star, part 2",
            "Edited by Holmes 1/2",
            "THE REPOST OFFICE 1/2",
            "NEW: The Lamp (2/3)",
        ] {
            assert!(!calls_itself_revised(line), "{line}");
        }
    }

    #[test]
    fn a_title_loses_those_words_and_never_all_its_words() {
        for (title, bare) in [
            ("REVISED The Lamp", "The Lamp"),
            ("The Lamp (corrected version)", "The Lamp"),
            ("The Lamp - revised", "The Lamp"),
            ("Corrected: The Lamp [repost]", "The Lamp"),
            ("Revised", "Revised"),
            ("(Repost)", "(Repost)"),
            ("The Revised Edition", "The Revised Edition"),
        ] {
            assert_eq!(without_revision(title), bare, "{title}");
        }
    }
}
