//! Archive warnings. A warning field holds real warnings, near misses and jokes; only what is certain maps, the rest
//! stays a tag in the creator's words. "None" is not "No Archive Warnings Apply": nothing stated stays nothing stated.

use crate::draft::{Draft, Value};
use crate::fold::fold;
use crate::lists::{is_list_separator, one_line, split};
use crate::phrase::{has_any, is_none_word};
use crate::warning_words::{CERTAIN, DEATH, FILLERS, HEDGES, SENSITIVE, UNDERAGE};
use fanfold_model::{FieldKind, FindingCode, TagKind, WARNINGS};

/// A tag longer than this is prose and goes to the notes.
const LONGEST_TAG: usize = 100;

/// Reads the warning fields.
pub(crate) fn read(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Warning) {
        if value.exact {
            entry(draft, &one_line(&value.text), &value);
        } else if !is_none_word(&fold(&value.text)) {
            for item in split(&value.text, is_warning_separator) {
                entry(draft, &item, &value);
            }
        }
    }
}

/// What one entry means.
pub(crate) enum Meaning {
    /// These archive warnings, and whether the wording holds more than them.
    Warnings(Vec<usize>, bool),
    /// Perhaps one; a person should say.
    Unclear,
    /// None.
    Other,
}

fn entry(draft: &mut Draft<'_>, item: &str, value: &Value<'_>) {
    if is_none_word(&fold(item)) {
        return;
    }
    let read = match draft.context.answers.warning(item) {
        Some(Some(warning)) => Meaning::Warnings(vec![warning], false),
        Some(None) => Meaning::Other,
        None => meaning(item),
    };
    let rest = match read {
        Meaning::Warnings(found, more) => {
            for warning in found {
                draft.underage |= warning == UNDERAGE;
                draft.tag(
                    TagKind::Warning,
                    WARNINGS.get(warning).copied().unwrap_or_default(),
                    value.field,
                );
            }
            more
        }
        Meaning::Unclear => {
            draft.finding(
                FindingCode::WARNING_UNCLEAR,
                format!("“{item}” may be an archive warning"),
                value.field,
            );
            true
        }
        Meaning::Other => true,
    };
    if rest && item.chars().count() > LONGEST_TAG {
        draft.asides.push((value.field.label.clone(), item.to_owned()));
        draft.evidence("notes", value.field);
    } else if rest {
        draft.tag(TagKind::Freeform, item, value.field);
    }
}

/// Reads one entry: the whole of it, or its halves around "and", "/" or "&".
pub(crate) fn meaning(item: &str) -> Meaning {
    let folded = fold(item);
    if let Some(warning) = certain(&folded).or_else(|| somebody_dies(item, &folded)) {
        return Meaning::Warnings(vec![warning], false);
    }
    let joined = folded
        .replace(" & ", " and ")
        .replace(" und ", " and ")
        .replace('/', " and ")
        .replace(". ", " and ")
        .replace(" et ", " and ");
    let parts: Vec<&str> = joined.split(" and ").collect();
    let found: Vec<Option<usize>> =
        parts.iter().map(|part| certain(part.trim_end_matches('.'))).collect();
    // "implied rape and gore": a hedge in front may belong to both.
    let hedged = parts.first().is_some_and(|part| has_any(part, HEDGES));
    if parts.len() > 1 && !hedged && found.iter().any(Option::is_some) {
        let mut warnings: Vec<usize> = found.iter().flatten().copied().collect();
        warnings.dedup();
        return Meaning::Warnings(warnings, found.contains(&None));
    }
    let known =
        is_any_of(&folded, &["minor character death", "minor character deaths", "animal death"]);
    if !known && has_any(&folded, SENSITIVE) { Meaning::Unclear } else { Meaning::Other }
}

/// The warning that a folded wording means with certainty.
fn certain(folded: &str) -> Option<usize> {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    let bare = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(bare);
    for (warning, wordings) in CERTAIN {
        for wording in *wordings {
            if bare == *wording {
                return Some(*warning);
            }
            let around = bare
                .split_once(wording)
                .filter(|(before, after)| ends_word(before) && starts_word(after));
            if let Some((before, after)) = around {
                let words = || {
                    before
                        .split_whitespace()
                        .chain(after.split_whitespace())
                        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
                };
                if words().all(|word| word.is_empty() || FILLERS.contains(&word))
                    && !words().any(|word| HEDGES.contains(&word))
                {
                    return Some(*warning);
                }
            }
        }
    }
    None
}

fn ends_word(before: &str) -> bool {
    before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && c != '-' && c != '/')
}

fn starts_word(after: &str) -> bool {
    after.is_empty() || after.starts_with(|c: char| !c.is_alphanumeric() && c != '-' && c != '/')
}

/// "Silver dies", or the code CD in capitals.
fn somebody_dies(item: &str, folded: &str) -> Option<usize> {
    let words: Vec<&str> = folded.trim_end_matches(['!', '.']).split(' ').collect();
    let named = item.starts_with(char::is_uppercase)
        && matches!(words.as_slice(), [name, "dies"] | [name, _, "dies"] if !matches!(*name, "nobody" | "no" | "who" | "someone" | "somebody" | "hope" | "love"));
    (named || item.trim_matches(|c: char| !c.is_alphanumeric()) == "CD").then_some(DEATH)
}

fn is_any_of(folded: &str, wordings: &[&str]) -> bool {
    wordings.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Warnings are also parted by sentences, exclamation marks and pluses.
fn is_warning_separator(c: char) -> bool {
    is_list_separator(c) || matches!(c, '!' | '+' | '\u{3002}' | '\u{ff01}')
}

#[cfg(test)]
mod tests {
    use crate::samples::{codes, field, ruled, work};
    use fanfold_model::{FieldKind, WARNINGS};

    fn read(written: &str) -> fanfold_model::Work {
        work([field(FieldKind::Warning, "Warnings", written)])
    }

    #[test]
    fn certain_wordings_map_in_many_languages() {
        for (warning, written) in [
            (
                0,
                "graphic violence|Gore|Graphic Depictions Of Violence|brutal|contains graphic violence|explizite Gewalt|violence explicite|暴力描写|Lots of gore!",
            ),
            (
                1,
                "character death|MCD|CD|death fic|Major Character Death|Silver dies|Ben Gunn dies!|смерть персонажа|Morte di un personaggio|muerte de personaje|Warning: character death",
            ),
            (
                2,
                "rape|non-con|noncon|N/C|nonconsensual|sexual assault|Rape/Non-Con|изнасилование|NCS",
            ),
            (3, "underage|Underage Sex|chan|shota|несовершеннолетние"),
            (4, "No Archive Warnings Apply|no archive warnings apply"),
            (
                5,
                "Choose Not To Use Archive Warnings|CNTW|Author Chose Not To Use Archive Warnings|Creator Chose Not To Use Archive Warnings",
            ),
        ] {
            for written in written.split('|') {
                let work = read(written);
                assert_eq!(work.warnings, [WARNINGS[warning]], "{written}");
                assert!(work.freeforms.is_empty(), "{written}: {:?}", work.freeforms);
            }
        }
    }

    #[test]
    fn near_misses_stay_tags_and_ask_a_person() {
        for written in [
            "violence",
            "mild violence",
            "some gore",
            "some squirrel gore",
            "attempted rape",
            "dub-con",
            "death",
            "temporary death",
            "Violence and Death",
            "implied rape",
            "past non-con",
            "mentions of character death",
            "murder",
            "mind rape",
            "no graphic violence",
        ] {
            let work = read(written);
            assert_eq!(work.warnings, Vec::<String>::new(), "{written}");
            assert_eq!(work.freeforms, [written], "{written}");
            assert!(codes(&work).contains(&"warning-unclear"), "{written}");
        }
    }

    #[test]
    fn jokes_stay_tags_and_ask_nobody() {
        for written in [
            "spots",
            "frumenty",
            "be nice",
            "warm fuzzies abound",
            "extreme sappiness",
            "bad poetry",
            "skilled embroidery",
        ] {
            let work = read(written);
            assert_eq!(work.freeforms, [written]);
            assert!(!codes(&work).contains(&"warning-unclear"), "{written}");
        }
    }

    #[test]
    fn none_is_not_no_warnings_apply() {
        for written in ["None", "none.", "Nessuno", "Keine", "нет", "no", "N/A", "-"] {
            let work = read(written);
            assert!(work.warnings.is_empty() && work.freeforms.is_empty(), "{written}");
        }
    }

    #[test]
    fn a_list_is_read_entry_by_entry_in_order() {
        let work = read("Slash, character death and language; Angst. graphic violence & non-con");
        assert_eq!(
            work.freeforms,
            ["Slash", "character death and language", "Angst. graphic violence & non-con"]
        );
        let work = read("graphic violence & non-con, tea");
        assert_eq!(work.warnings, [WARNINGS[0], WARNINGS[2]]);
        assert_eq!(work.freeforms, ["tea"]);
    }

    #[test]
    fn an_archives_own_wording_is_never_split_but_its_older_names_are_known() {
        let work = work([
            ruled(
                FieldKind::Warning,
                "Archive Warning",
                "Choose Not To Use Archive Warnings",
                "ao3-preface",
            ),
            ruled(FieldKind::Warning, "Archive Warning", "Underage", "ao3-preface"),
        ]);
        assert_eq!(work.warnings, [WARNINGS[5], WARNINGS[3]]);
        assert_eq!(work.held.as_deref(), Some("underage"));
    }

    #[test]
    fn a_long_sentence_is_a_note_and_not_a_tag() {
        let long = "If you cannot bear to read about people who forget their umbrellas in trains and never learn from it please turn back now";
        let work = read(long);
        assert!(work.freeforms.is_empty());
        assert!(work.notes.is_some_and(|notes| notes.contains("umbrellas")));
    }
}
