//! Characters: a list of names. A pair among them is a pair of characters, too.

use crate::categories;
use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::lists::tag_list;
use crate::pairs::{is_plain_pair, pair};
use crate::phrase::{is_any, is_none_word};
use fanfold_model::{FieldKind, TagKind};

/// Ends of a cast that name nobody.
const OTHERS: &[&str] = &[
    "and others",
    "others",
    "and more",
    "more",
    "etc",
    "et al",
    "various",
    "all",
    "everyone",
    "everybody",
    "ensemble",
    "u.a",
    "u.v.a",
    "и другие",
    "и др",
    "e altri",
    "et autres",
    "y otros",
    "e outros",
    "the usual",
    "the usual suspects",
    "the gang",
];

/// Reads the character fields.
pub(crate) fn read(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Character) {
        if value.exact {
            draft.tag(TagKind::Character, &value.text, value.field);
            continue;
        }
        for entry in tag_list(&value.text) {
            one(draft, &entry, &value);
        }
    }
}

fn one(draft: &mut Draft<'_>, entry: &str, value: &Value<'_>) {
    if let Some(category) = categories::of_word(entry) {
        return draft.tag(TagKind::Category, category, value.field);
    }
    if is_plain_pair(entry) {
        let names: Vec<&str> = entry.split('/').map(str::trim).collect();
        if let (2, Some((relationship, _))) = (names.len(), pair(entry, false)) {
            draft.tag(TagKind::Relationship, &relationship, value.field);
        }
        return names.into_iter().for_each(|name| draft.tag(TagKind::Character, name, value.field));
    }
    for name in apart(entry) {
        let name = without_lead(&name);
        if !is_none_word(&fold(name)) && !is_any(&fold(name), OTHERS) {
            draft.tag(TagKind::Character, name, value.field);
        }
    }
}

/// "Jim and Ben", "Jim & Ben": two persons where each begins as a name does.
fn apart(entry: &str) -> Vec<String> {
    let entry = entry.strip_prefix("and ").unwrap_or(entry);
    for joint in [" and ", " & ", " und ", " et ", " y ", " и ", " e ", " + "] {
        let pieces: Vec<&str> = entry.split(joint).map(str::trim).collect();
        let named = |piece: &&str| {
            piece.starts_with(|c: char| c.is_uppercase()) && piece.split(' ').count() <= 4
                || is_any(&fold(piece), OTHERS)
        };
        if pieces.len() > 1 && pieces.iter().all(named) {
            return pieces.into_iter().map(str::to_owned).collect();
        }
    }
    vec![entry.to_owned()]
}

/// "Main: Jim", "Starring Jim".
fn without_lead(name: &str) -> &str {
    for lead in [
        "Main: ",
        "main: ",
        "Minor: ",
        "minor: ",
        "Major: ",
        "Other: ",
        "Starring ",
        "starring ",
        "Also: ",
        "Featuring ",
    ] {
        if let Some(rest) = name.strip_prefix(lead) {
            return rest.trim();
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, ruled, work};
    use fanfold_model::FieldKind;

    #[test]
    fn a_cast_is_a_list_of_names() {
        for (written, cast) in [
            ("Jim Hawkins, Ben Gunn", vec!["Jim Hawkins", "Ben Gunn"]),
            ("Jim, Ben and Silver", vec!["Jim", "Ben", "Silver"]),
            ("Jim & Ben", vec!["Jim", "Ben"]),
            ("Jim, Ben, and others", vec!["Jim", "Ben"]),
            ("Main: Jim; Minor: Ben", vec!["Jim", "Ben"]),
            ("None", vec![]),
            ("猪八戒、孙悟空", vec!["猪八戒", "孙悟空"]),
            ("The Walrus and the carpenter", vec!["The Walrus and the carpenter"]),
        ] {
            assert_eq!(
                work([field(FieldKind::Character, "Characters", written)]).characters,
                cast,
                "{written}"
            );
        }
    }

    #[test]
    fn a_pair_in_a_cast_is_a_relationship_of_two_characters() {
        let work = work([field(FieldKind::Character, "Main Characters", "Robin/Marian, Much")]);
        assert_eq!(work.relationships, ["Robin/Marian"]);
        assert_eq!(work.characters, ["Robin", "Marian", "Much"]);
    }

    #[test]
    fn an_archives_names_may_hold_commas() {
        let work =
            work([ruled(FieldKind::Character, "Character", "Sailors, Drowned", "ao3-preface")]);
        assert_eq!(work.characters, ["Sailors, Drowned"]);
    }
}
