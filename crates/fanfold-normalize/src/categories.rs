//! AO3's categories, from its own names or from the words that fans use for them. Such words describe a kind of
//! relationship; they are no pairing.

use crate::draft::Draft;
use crate::fold::fold;
use crate::lists::{one_line, split, tag_list};
use crate::phrase::is_none_word;
use fanfold_model::{CATEGORIES, FieldKind, TagKind};

const FF: usize = 0;
const FM: usize = 1;
const GEN: usize = 2;
const MM: usize = 3;
const MULTI: usize = 4;
const OTHER: usize = 5;

/// Words, folded, by category.
const WORDS: &[(usize, &[&str])] = &[
    (
        FF,
        &[
            "f/f",
            "ff",
            "femslash",
            "femmeslash",
            "fem slash",
            "femme slash",
            "girlslash",
            "yuri",
            "shoujo-ai",
            "shojo-ai",
            "shoujo ai",
            "shojo ai",
            "girl's love",
            "girls' love",
            "girls love",
            "gl",
            "фемслэш",
            "фемслеш",
            "百合",
            "lesbian",
            "f/f slash",
        ],
    ),
    (
        FM,
        &[
            "f/m",
            "m/f",
            "het",
            "hetero",
            "heterosexual",
            "het romance",
            "nl",
            "bg",
            "гет",
            "言情",
            "男女",
            "het pairing",
        ],
    ),
    (
        GEN,
        &[
            "gen",
            "general fic",
            "genfic",
            "gen fic",
            "no romance",
            "no pairing",
            "no pairings",
            "no ship",
            "no ships",
            "джен",
            "无cp",
            "無cp",
            "kein pairing",
            "keine pairings",
            "aucun couple",
            "nessuna coppia",
            "sin pareja",
            "sem casal",
        ],
    ),
    (
        MM,
        &[
            "m/m",
            "mm",
            "slash",
            "fps",
            "yaoi",
            "shounen-ai",
            "shonen-ai",
            "shounen ai",
            "shonen ai",
            "boy's love",
            "boys' love",
            "boys love",
            "boyslove",
            "bl",
            "слэш",
            "слеш",
            "яой",
            "сенен-ай",
            "耽美",
            "m/m slash",
            "male slash",
            "gay",
        ],
    ),
    (
        MULTI,
        &[
            "multi",
            "multiple",
            "m/f/m",
            "f/m/m",
            "m/m/f",
            "f/f/m",
            "m/f/f",
            "смешанная",
            "polyamory",
            "poly",
        ],
    ),
    (OTHER, &["другие виды отношений", "другое"]),
];

/// The category that a word means, if it is one.
pub(crate) fn of_word(word: &str) -> Option<&'static str> {
    let folded = fold(word).replace(" / ", "/");
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let place = WORDS.iter().find(|(_, words)| words.contains(&bare)).map(|(place, _)| *place);
    place.and_then(|place| CATEGORIES.get(place).copied())
}

/// The name of the category without romance.
pub(crate) const GEN_CATEGORY: &str = CATEGORIES[GEN];

/// Reads AO3's category field and its cousins (направленность, tipo di coppia).
pub(crate) fn read(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Category) {
        let text = one_line(&value.text);
        if let Some(name) = official(&text) {
            draft.tag(TagKind::Category, name, value.field);
            continue;
        }
        if is_none_word(&fold(&text)) {
            continue;
        }
        for item in tag_list(&value.text) {
            match official(&item).or_else(|| of_word(&item)) {
                Some(name) => draft.tag(TagKind::Category, name, value.field),
                None => several(draft, &item, value.field),
            }
        }
    }
}

/// "Slash & Het", "gen and f/f"; what is no category stays a tag.
fn several(draft: &mut Draft<'_>, item: &str, field: &fanfold_model::ExtractedField) {
    let words = all_words(item);
    if words.is_empty() {
        draft.tag(TagKind::Freeform, item, field);
    }
    for name in words {
        draft.tag(TagKind::Category, name, field);
    }
}

/// The categories of an entry that names nothing else.
pub(crate) fn all_words(item: &str) -> Vec<&'static str> {
    let spaced = fold(item)
        .replace(" and ", ",")
        .replace(" & ", ",")
        .replace(" und ", ",")
        .replace(" + ", ",")
        .replace(" / ", ",");
    let names: Vec<Option<&str>> =
        split(&spaced, |c| c == ',').iter().map(|word| of_word(word)).collect();
    if let Some(names) = names.iter().copied().collect::<Option<Vec<_>>>() {
        return names;
    }
    // "m/m f/m" and "het slash" are blanks apart.
    fold(item).split(' ').map(of_word).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn official(text: &str) -> Option<&'static str> {
    CATEGORIES.into_iter().find(|name| name.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use crate::samples::{field, ruled, work};
    use fanfold_model::FieldKind;

    #[test]
    fn category_words_of_many_languages_are_known() {
        for (written, categories) in [
            ("F/M", vec!["F/M"]),
            ("slash", vec!["M/M"]),
            ("Het, Femslash", vec!["F/M", "F/F"]),
            ("Джен", vec!["Gen"]),
            ("Слэш и гет", vec![]),
            ("het & slash", vec!["F/M", "M/M"]),
            ("m/m f/f", vec!["M/M", "F/F"]),
            ("Shounen-ai", vec!["M/M"]),
            ("None", vec![]),
            ("multi", vec!["Multi"]),
        ] {
            assert_eq!(
                work([field(FieldKind::Category, "Направленность", written)]).categories,
                categories,
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_category_stays_a_tag() {
        assert_eq!(
            work([ruled(FieldKind::Category, "Category", "Nautical", "label")]).freeforms,
            ["Nautical"]
        );
    }
}
