//! Genres, classifications and free tags. A "Category" line mixes genres, pairings, category words and letter codes;
//! each goes where it belongs, and what is not known stays a tag in the creator's words.

use crate::categories;
use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::lists::{one_line, tag_list};
use crate::pairs::{is_plain_pair, pair};
use crate::phrase::is_none_word;
use crate::qualifiers::part;
use crate::relationships::{is_x_files, split_joined_pairs};
use crate::warning_words::{NO_WARNINGS, NOT_USED};
use crate::warnings::{Meaning, meaning};
use fanfold_model::{FieldKind, Finding, FindingCode, TagKind, WARNINGS};

/// Genres, folded, whose slashes part or join genres and never persons.
const GENRES: &[&str] = &[
    "hurt",
    "comfort",
    "hurt/comfort",
    "h/c",
    "angst",
    "romance",
    "humor",
    "humour",
    "drama",
    "action",
    "adventure",
    "action/adventure",
    "fluff",
    "crack",
    "au",
    "alternate universe",
    "a/u",
    "general",
    "mystery",
    "suspense",
    "horror",
    "supernatural",
    "fantasy",
    "sci-fi",
    "science fiction",
    "sf",
    "tragedy",
    "parody",
    "poetry",
    "spiritual",
    "western",
    "crime",
    "family",
    "friendship",
    "thriller",
    "dark",
    "darkfic",
    "crossover",
    "x-over",
    "first time",
    "pre-slash",
    "smut",
    "pwp",
    "drabble",
    "vignette",
    "missing scene",
    "episode tag",
    "epilogue",
    "and",
    "or",
    "he",
    "she",
    "his",
    "her",
    "him",
    "mystere",
    "aventure",
    "comedie",
    "abenteuer",
    "drame",
    "liebe",
    "romanze",
    "avventura",
    "azione",
    "romantico",
    "comico",
    "drammatico",
    "aventura",
    "accion",
    "юмор",
    "драма",
    "романтика",
    "ангст",
    "флафф",
    "case",
    "casefile",
    "songfic",
    "song",
    "fic",
    "slice of life",
    "satire",
    "schmoop",
    "whump",
    "death",
    "emotional",
    "mental",
    "physical",
    "canon",
    "divergence",
    "mpreg",
    "schoolstory",
    "w/o",
    "n/a",
    "s/he",
    "he/she",
];

/// The letter codes of the X-Files archives with what they stand for.
const X_FILES: &[(char, &str)] = &[
    ('S', "Story"),
    ('V', "Vignette"),
    ('X', "Case File"),
    ('A', "Angst"),
    ('H', "Humor"),
    ('R', "Romance"),
    ('C', "Crossover"),
    ('P', "Poetry"),
    ('T', "Adventure"),
];

/// The words of the same archives that are no single letters.
const X_FILES_WORDS: &[&str] = &["msr", "ust", "rst", "mt", "st", "au"];

/// Whether this word or phrase is a genre of the table.
pub(crate) fn is_genre(text: &str) -> bool {
    GENRES.contains(&fold(text).as_str())
}

/// Reads genres, classifications and free tags, in the order of the source.
pub(crate) fn read(draft: &mut Draft<'_>) {
    let kinds = [FieldKind::Classification, FieldKind::Genre, FieldKind::Freeform];
    let mut values: Vec<Value<'_>> =
        kinds.into_iter().flat_map(|kind| draft.values(kind)).collect();
    let extracted = draft.extracted;
    values.sort_by_key(|value| {
        extracted.fields.iter().position(|field| std::ptr::eq(field, value.field))
    });
    for value in &values {
        if value.exact {
            draft.tag(TagKind::Freeform, &value.text, value.field);
            continue;
        }
        for entry in tag_list(&value.text).iter().flat_map(|entry| split_joined_pairs(entry)) {
            one(draft, &entry, value);
        }
    }
}

fn one(draft: &mut Draft<'_>, entry: &str, value: &Value<'_>) {
    if is_none_word(&fold(entry)) {
        return;
    }
    let words = categories::all_words(entry);
    if !words.is_empty() && value.field.kind != FieldKind::Freeform {
        return words.into_iter().for_each(|name| draft.tag(TagKind::Category, name, value.field));
    }
    if letters(draft, entry, value) || bracketed_pair(draft, entry, value) {
        return;
    }
    let read = part(entry);
    if value.field.kind != FieldKind::Freeform && is_plain_pair(&read.pair) {
        if let Some((relationship, _)) = pair(&read.pair, read.friends) {
            draft.tag(TagKind::Relationship, &relationship, value.field);
        }
        if read.qualified {
            draft.tag(TagKind::Freeform, entry, value.field);
        }
        return;
    }
    match meaning(entry) {
        // A tag list may hold the archive's own warnings; any other word is the creator's tag.
        Meaning::Warnings(found, false)
            if found.iter().all(|w| matches!(*w, NO_WARNINGS | NOT_USED)) =>
        {
            found
                .iter()
                .filter_map(|w| WARNINGS.get(*w))
                .for_each(|name| draft.tag(TagKind::Warning, name, value.field));
        }
        _ => {
            let genres = genre_list(entry);
            if !genres.iter().all(|genre| is_genre(genre)) {
                unclear(draft, entry, value);
            }
            genres.iter().for_each(|genre| draft.tag(TagKind::Freeform, genre, value.field));
        }
    }
}

/// A "Category" that names no genre, pairing or category may name the fandom: only a person knows what it means at
/// this source.
fn unclear(draft: &mut Draft<'_>, entry: &str, value: &Value<'_>) {
    let label = value.field.label.trim();
    if value.field.kind != FieldKind::Classification || label.is_empty() {
        return;
    }
    let known = |finding: &Finding| {
        finding.code == FindingCode::LABEL_UNCLEAR.code && finding.quoted() == Some(label)
    };
    if draft.work.findings.iter().any(known) {
        return;
    }
    let message = format!("“{label}” may mean several things; here it holds: {entry}");
    draft.finding(FindingCode::LABEL_UNCLEAR, message, value.field);
}

/// "Angst/Romance", "Humor & Mystery" are two genres where both are known and the whole is not one.
fn genre_list(entry: &str) -> Vec<String> {
    let pieces: Vec<String> = entry.split(['/', '&']).map(one_line).collect();
    let whole = ["hurt/comfort", "h/c", "action/adventure", "a/u"].contains(
        &fold(entry).replace(['/', '&'], " / ").split_whitespace().collect::<String>().as_str(),
    );
    let known = pieces.iter().all(|piece| is_genre(piece) && piece.chars().count() > 1);
    if pieces.len() > 1 && known && !whole { pieces } else { vec![entry.to_owned()] }
}

/// "SRA", "MSR", "X": read only where every letter is in the fandom's table.
fn letters(draft: &mut Draft<'_>, entry: &str, value: &Value<'_>) -> bool {
    if value.field.kind == FieldKind::Freeform
        || !is_x_files(draft)
        || entry.is_empty()
        || !entry.chars().all(|c| c.is_ascii_uppercase())
    {
        return false;
    }
    let folded = fold(entry);
    if X_FILES_WORDS.contains(&folded.as_str()) {
        if folded == "msr" {
            draft.tag(TagKind::Relationship, "Mulder/Scully", value.field);
            draft.tag(TagKind::Freeform, "Romance", value.field);
        } else {
            draft.tag(TagKind::Freeform, entry, value.field);
        }
        return true;
    }
    let meanings: Option<Vec<&str>> = entry
        .chars()
        .map(|letter| X_FILES.iter().find(|(known, _)| *known == letter).map(|(_, name)| *name))
        .collect();
    let Some(meanings) = meanings.filter(|meanings| meanings.len() <= 5) else { return false };
    meanings.iter().for_each(|name| draft.tag(TagKind::Freeform, name, value.field));
    true
}

/// "Romance (S/J)".
fn bracketed_pair(draft: &mut Draft<'_>, entry: &str, value: &Value<'_>) -> bool {
    let Some((genre, inner)) = entry.strip_suffix(')').and_then(|rest| rest.split_once(" ("))
    else {
        return false;
    };
    if !is_genre(genre) || !is_plain_pair(inner) {
        return false;
    }
    draft.tag(TagKind::Freeform, genre, value.field);
    if let Some((relationship, _)) = pair(inner, false) {
        draft.tag(TagKind::Relationship, &relationship, value.field);
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, ruled, work};
    use fanfold_model::{FieldKind, Work};

    fn classified(written: &str) -> Work {
        work([field(FieldKind::Classification, "Category", written)])
    }

    #[test]
    fn a_mixed_line_is_sorted_out() {
        let work = classified("B/X, AU, slash, Vignette; Romance (S/J), Hurt/Comfort");
        assert_eq!(work.relationships, ["B/X", "S/J"]);
        assert_eq!(work.freeforms, ["AU", "Vignette", "Romance", "Hurt/Comfort"]);
        assert_eq!(work.categories, ["M/M"]);
    }

    #[test]
    fn genres_are_tags_as_written() {
        for (written, tags) in [
            ("Humor", vec!["Humor"]),
            ("Commedia, Malinconico", vec!["Commedia", "Malinconico"]),
            ("Angst/Romance", vec!["Angst", "Romance"]),
            ("Action/Adventure", vec!["Action/Adventure"]),
            ("Hurt & Comfort", vec!["Hurt & Comfort"]),
            ("Humor & Mystery", vec!["Humor", "Mystery"]),
            ("Tea & Sympathy", vec!["Tea & Sympathy"]),
            ("Юмор, Повседневность", vec!["Юмор", "Повседневность"]),
            ("none", vec![]),
        ] {
            assert_eq!(
                work([field(FieldKind::Genre, "Genre", written)]).freeforms,
                tags,
                "{written}"
            );
        }
    }

    #[test]
    fn letter_codes_are_read_in_their_own_fandom_only() {
        let inside = work([
            field(FieldKind::Fandom, "Fandom", "X-Files"),
            field(FieldKind::Classification, "Classification", "SRA, MSR, AT"),
        ]);
        assert_eq!(inside.freeforms, ["Story", "Romance", "Angst", "Adventure"]);
        assert_eq!(inside.relationships, ["Mulder/Scully"]);
        assert_eq!(classified("SRA").freeforms, ["SRA"]);
        assert_eq!(classified("AT, JU").freeforms, ["AT", "JU"]);
    }

    #[test]
    fn free_tags_are_kept_with_their_slashes_and_order() {
        let work = work([field(
            FieldKind::Freeform,
            "Tags",
            "Zest, slash, Robin/Marian if you squint, Zest",
        )]);
        assert_eq!(work.freeforms, ["Zest", "slash", "Robin/Marian if you squint"]);
        assert!(work.categories.is_empty());
    }

    #[test]
    fn an_archives_tags_may_hold_commas() {
        let work = work([ruled(
            FieldKind::Freeform,
            "Additional Tags",
            "Sailors, Drowned",
            "ao3-preface",
        )]);
        assert_eq!(work.freeforms, ["Sailors, Drowned"]);
    }
}
