//! Relationships: lists of pairs in any notation, qualifiers beside them, category words and casts among them.

use crate::categories;
use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::lists::{is_list_separator, one_line, split, tag_list};
use crate::pair_codes::{X_FILES, opened};
use crate::pairs::{is_pair_code, is_plain_pair, looks_like_name, pair};
use crate::phrase::{has_any, is_any, is_none_word};
use crate::qualifiers::part;
use fanfold_model::{ExtractedField, FieldKind, TagKind};

/// Words that are no pair but say something of the romance.
const NOT_PAIRS: &[&str] = &[
    "ust",
    "rst",
    "romance",
    "friendship",
    "various",
    "multiple",
    "several",
    "canon",
    "canon pairings",
    "tba",
    "tbd",
    "undecided",
    "secret",
    "surprise",
    "you'll see",
    "many",
    "lots",
    "mixed",
    "oc",
    "ofc",
    "omc",
];

/// Reads the relationship fields, then the pairs at the end of summaries as suggestions.
pub(crate) fn read(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Relationship) {
        if value.exact {
            draft.tag(TagKind::Relationship, &value.text, value.field);
        } else {
            list(draft, &value);
        }
    }
    pairs_in_summaries(draft);
}

fn list(draft: &mut Draft<'_>, value: &Value<'_>) {
    let entries: Vec<String> =
        tag_list(&value.text).iter().flat_map(|entry| split_joined_pairs(entry)).collect();
    if nothing(&entries) {
        return draft.tag(TagKind::Category, categories::GEN_CATEGORY, value.field);
    }
    if is_cast(&entries) {
        for name in &entries {
            draft.tag(TagKind::Character, name, value.field);
        }
        return;
    }
    for entry in &entries {
        one(draft, entry, value.field);
    }
}

/// "None", "None, just friendship", "no pairing": nothing is paired.
fn nothing(entries: &[String]) -> bool {
    const NOTHING: &[&str] = &[
        "no pairings",
        "no pairing",
        "none really",
        "no romance",
        "no ship",
        "no ships",
        "without",
        "kein pairing",
        "keine pairings",
        "нет пейринга",
        "nobody",
        "no one",
        "no couples",
    ];
    entries.first().is_some_and(|first| {
        let folded = fold(first);
        let head = folded.split(" - ").next().unwrap_or(&folded);
        let head = head.split_once(" (").map_or(head, |(head, _)| head);
        let head = head.split_once(". ").map_or(head, |(head, _)| head);
        is_none_word(head)
            || is_any(head, NOTHING)
            || head.starts_with("none/")
            || head.starts_with("none (")
    }) && !entries.iter().any(|entry| is_plain_pair(entry) && !fold(entry).starts_with("none"))
}

/// A list of plain names is a cast: "Lily, James, Sirius", or one person's full name.
fn is_cast(entries: &[String]) -> bool {
    let plain = |entry: &String| {
        looks_like_name(entry)
            && pair(entry, false).is_none()
            && !is_pair_code(entry)
            && categories::of_word(entry).is_none()
            && !is_any(&fold(entry), NOT_PAIRS)
            && !entry.contains(['/', '&', '(', '+'])
            && part(entry).pair == *entry
    };
    let one_full_name = entries.len() == 1
        && entries[0].contains(' ')
        && entries[0].split(' ').count() <= 4
        && entries[0].split(' ').all(|word| word.starts_with(char::is_uppercase));
    !entries.is_empty() && entries.iter().all(plain) && (entries.len() >= 2 || one_full_name)
}

fn one(draft: &mut Draft<'_>, entry: &str, field: &ExtractedField) {
    let words = categories::all_words(entry);
    if !words.is_empty() {
        for name in words {
            draft.tag(TagKind::Category, name, field);
        }
        return;
    }
    if is_none_word(&fold(entry)) {
        return;
    }
    if is_x_files(draft) && is_any(&fold(entry), &["msr"]) {
        draft.tag(TagKind::Relationship, "Mulder/Scully", field);
        return draft.tag(TagKind::Freeform, "Romance", field);
    }
    let read = part(entry);
    if read.qualified {
        draft.tag(TagKind::Freeform, entry, field);
    }
    match pair(&read.pair, read.friends) {
        Some((relationship, _)) => draft.tag(TagKind::Relationship, &relationship, field),
        None if is_any(&fold(&read.pair), NOT_PAIRS) || is_prose(&read.pair) => {
            draft.tag(TagKind::Freeform, entry, field)
        }
        None => draft.tag(TagKind::Relationship, &read.pair, field),
    }
    if let Some(meant) = opened(&read.pair, &draft.work.fandoms) {
        let why = format!("“{}” is short for it in this fandom.", read.pair);
        draft.suggest("relationships", &meant, 0.8, why);
    }
}

/// "These pairings will change": words, no name.
fn is_prose(entry: &str) -> bool {
    entry.split(' ').count() > 3
        || (entry.contains(' ') && !entry.starts_with(char::is_uppercase))
        || has_any(&fold(entry), &["pairing*", "you'll", "will", "it's"])
}

/// "Robin/Marian and Will/Much": two pairs; "Jim and Ben" is one.
pub(crate) fn split_joined_pairs(entry: &str) -> Vec<String> {
    for joint in [" and ", " & ", " und ", " et ", " y ", " и ", " + ", " plus ", " with "] {
        let pieces: Vec<&str> = entry.split(joint).collect();
        let pairs = pieces.iter().filter(|piece| is_plain_pair(&part(piece).pair)).count();
        if pieces.len() > 1 && pairs == pieces.len() {
            return pieces.into_iter().map(one_line).collect();
        }
    }
    vec![entry.to_owned()]
}

/// Whether the work is in the one fandom whose letter codes we know.
pub(crate) fn is_x_files(draft: &Draft<'_>) -> bool {
    draft.work.fandoms.iter().any(|fandom| has_any(&fold(fandom), X_FILES))
}

/// Many a summary ends in its pairings ("… tea. B/S, A/X"): a hint, not a statement.
fn pairs_in_summaries(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Summary).iter().filter(|value| !value.exact) {
        let tail = value
            .text
            .rsplit(['.', '!', '?', '\n', ')', ']'])
            .find(|piece| !piece.trim().is_empty())
            .unwrap_or("");
        let entries = split(tail, is_list_separator);
        if entries.is_empty()
            || entries.len() > 6
            || !entries.iter().all(|entry| is_plain_pair(&part(entry).pair))
        {
            continue;
        }
        for entry in entries {
            draft.suggest("relationships", &part(&entry).pair, 0.7, "The summary ends with it.");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, ruled, work};
    use fanfold_model::{FieldKind, Work};

    fn read(written: &str) -> Work {
        work([field(FieldKind::Relationship, "Pairing", written)])
    }

    #[test]
    fn lists_of_pairs_keep_their_order_and_wording() {
        for (written, relationships) in [
            ("Robin/Marian", vec!["Robin/Marian"]),
            ("Robin/Marian, Will/Much; K/S", vec!["Robin/Marian", "Will/Much", "K/S"]),
            ("Robin/Marian and Will/Much", vec!["Robin/Marian", "Will/Much"]),
            ("[Arthur Pendragon & Merlin]", vec!["Arthur Pendragon & Merlin"]),
            ("Heero Yuy and Duo Maxwell", vec!["Heero Yuy/Duo Maxwell"]),
            ("Jim and Ben friendship", vec!["Jim & Ben"]),
            ("JC, PT, D7", vec!["JC", "PT", "D7"]),
            ("1+2, 3+4, R+1", vec!["1+2", "3+4", "R+1"]),
            ("Spuffy", vec!["Spuffy"]),
            ("GSR (Gil/Sara)", vec!["GSR (Gil/Sara)"]),
            ("Hatter/Time (it's complicated)", vec!["Hatter/Time"]),
            ("Dean/Sam/Billy", vec!["Dean/Sam/Billy"]),
            ("McKay/Other", vec!["McKay/Other"]),
            ("Robin/Marian, Robin/Marian", vec!["Robin/Marian"]),
            ("Нюша/Кощей, Яга/Леший", vec!["Нюша/Кощей", "Яга/Леший"]),
        ] {
            assert_eq!(read(written).relationships, relationships, "{written}");
        }
    }

    #[test]
    fn nothing_paired_is_an_empty_list_and_gen() {
        for written in [
            "None",
            "none",
            "Gen",
            "None, just friendship",
            "no pairings",
            "Keine",
            "нет",
            "Nessuna",
            "none (really)",
            "Джен",
        ] {
            let work = read(written);
            assert!(work.relationships.is_empty(), "{written}");
            assert_eq!(work.categories, ["Gen"], "{written}");
        }
    }

    #[test]
    fn category_words_are_no_pairs() {
        let work = read("het, slash, f/f");
        assert!(work.relationships.is_empty());
        assert_eq!(work.categories, ["F/M", "M/M", "F/F"]);
    }

    #[test]
    fn a_plain_list_of_names_is_a_cast() {
        for (written, cast) in [
            ("Lily, James, Sirius", vec!["Lily", "James", "Sirius"]),
            ("Jim Hawkins", vec!["Jim Hawkins"]),
        ] {
            let work = read(written);
            assert_eq!(work.characters, cast);
            assert!(work.relationships.is_empty(), "{written}");
        }
    }

    #[test]
    fn a_qualifier_becomes_a_tag_and_the_pair_stays() {
        let work = read("Robin/Marian, implied Will/Much, Tuck/Ale (past)");
        assert_eq!(work.relationships, ["Robin/Marian", "Will/Much", "Tuck/Ale"]);
        assert_eq!(work.freeforms, ["implied Will/Much", "Tuck/Ale (past)"]);
    }

    #[test]
    fn the_code_msr_is_read_in_its_own_fandom_only() {
        let inside = work([
            field(FieldKind::Fandom, "Fandom", "The X-Files"),
            field(FieldKind::Relationship, "Pairing", "MSR"),
        ]);
        assert_eq!(inside.relationships, ["Mulder/Scully"]);
        assert_eq!(read("MSR").relationships, ["MSR"]);
    }

    #[test]
    fn initials_of_a_known_fandom_stay_as_written_and_their_meaning_is_suggested() {
        let of = |fandom: &str| {
            work([
                field(FieldKind::Fandom, "Fandom", fandom),
                field(FieldKind::Relationship, "Pairing", "implied Johnlock, H/W"),
            ])
        };
        let known = of("Sherlock Holmes");
        assert_eq!(known.relationships, ["Johnlock", "H/W"]);
        assert_eq!(known.suggestions.len(), 1, "{:?}", known.suggestions);
        assert_eq!(known.suggestions[0].value, "Sherlock Holmes/John Watson");
        assert!(known.suggestions[0].why.contains("Johnlock"));
        assert_eq!(of("Dracula").suggestions, []);
    }

    #[test]
    fn what_an_archive_lists_is_taken_as_it_is() {
        let work = work([ruled(
            FieldKind::Relationship,
            "Relationship",
            "The Frogman & Original Character(s), and others",
            "ao3-preface",
        )]);
        assert_eq!(work.relationships, ["The Frogman & Original Character(s), and others"]);
    }

    #[test]
    fn pairs_at_the_end_of_a_summary_are_suggestions() {
        let work = work([field(
            FieldKind::Summary,
            "Summary",
            "A quarrel about tea. Robin/Marian, Will/Much",
        )]);
        assert!(work.relationships.is_empty());
        assert_eq!(work.suggestions.len(), 2);
        assert_eq!(work.suggestions[0].value, "Robin/Marian");
    }
}
