//! The language: a stated name or code becomes BCP 47; what is not stated is never assumed, only suggested from the text.

use crate::draft::Draft;
use crate::fold::fold;
use crate::language_names::LANGUAGES;
use fanfold_model::{FieldKind, FindingCode};
use fanfold_text::{document, language};

/// How much of the text a guess looks at, in bytes with markup.
const PROBE: usize = 4_000;

/// Reads the language, or suggests one.
pub(crate) fn read(draft: &mut Draft<'_>) {
    for value in draft.values(FieldKind::Language) {
        if let Some(code) = code_of(&value.text) {
            draft.work.language = Some(code);
            return draft.evidence("language", value.field);
        }
        draft.finding(
            FindingCode::LANGUAGE_UNKNOWN,
            format!("“{}” is no language we know", value.text),
            value.field,
        );
    }
    if !draft.is_work() {
        return;
    }
    suggest(draft);
    if !draft.has_finding(FindingCode::LANGUAGE_UNKNOWN) {
        draft.finding_nowhere(FindingCode::LANGUAGE_UNKNOWN, "the language is not stated");
    }
}

fn suggest(draft: &mut Draft<'_>) {
    let mut text = String::new();
    for chapter in &draft.extracted.chapters {
        let end = chapter.html.floor_char_boundary(PROBE - text.len());
        text.push_str(&document::text_of(&chapter.html[..end]));
        text.push('\n');
        if text.len() >= PROBE {
            break;
        }
    }
    if let Some(guess) = language::guess(&text) {
        draft.suggest(
            "language",
            guess.code,
            f64::from(guess.confidence),
            "The words of the text look like it.",
        );
    }
}

/// The BCP 47 code of a stated language: its name, or a code in any spelling ("de_AT", "eng").
pub(crate) fn code_of(stated: &str) -> Option<String> {
    let folded = fold(stated);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if let Some(code) = named(bare).or_else(|| tagged(bare)) {
        return Some(code);
    }
    // "English, some French": the first one stated.
    let first =
        bare.split([',', '/', ';', '(']).next().map(str::trim).filter(|first| *first != bare)?;
    named(first).or_else(|| tagged(first))
}

fn named(folded: &str) -> Option<String> {
    LANGUAGES.iter().find(|(_, names)| names.contains(&folded)).map(|(code, _)| (*code).to_owned())
}

/// A code with optional region and script, in BCP 47's own capitals.
fn tagged(folded: &str) -> Option<String> {
    let mut parts = folded.split(['-', '_']);
    let primary = parts.next()?;
    let known = LANGUAGES.iter().find(|(code, names)| {
        *code == primary || (primary.len() == 3 && names.contains(&primary))
    })?;
    let mut tag = known.0.to_owned();
    for part in parts {
        if !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let part = match part.len() {
            2 | 3 => part.to_uppercase(),
            4 => part[..1].to_uppercase() + &part[1..],
            _ => return None,
        };
        tag = format!("{tag}-{part}");
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::code_of;
    use crate::samples::{chapter, codes, field, normalized, of};
    use fanfold_model::FieldKind;

    #[test]
    fn names_and_codes_of_languages_are_known() {
        for (stated, code) in [
            ("English", "en"),
            ("ENGLISH.", "en"),
            ("en", "en"),
            ("en_gb", "en-GB"),
            ("eng", "en"),
            ("Deutsch", "de"),
            ("de-AT", "de-AT"),
            ("Français", "fr"),
            ("Español", "es"),
            ("Português brasileiro", "pt-BR"),
            ("Русский", "ru"),
            ("русский язык", "ru"),
            ("中文-普通话 國語", "zh"),
            ("zh-hans", "zh-Hans"),
            ("日本語", "ja"),
            ("Bahasa Indonesia", "id"),
            ("English, some French", "en"),
            ("English (UK)", "en"),
        ] {
            assert_eq!(code_of(stated).as_deref(), Some(code), "{stated}");
        }
        for stated in ["", "gibberish", "the usual", "e", "en-<b>"] {
            assert_eq!(code_of(stated), None, "{stated}");
        }
    }

    #[test]
    fn an_unstated_language_is_suggested_and_not_set() {
        let text = "<p>The lamps were lit in the long street and nobody knew who had lit them, for the man with the ladder had gone home before it was dark and the boy who helped him was asleep under the stairs with his boots on, dreaming of the sea and of the ship that would one day carry him away from all the lamps.</p>";
        let mut extracted = of([]);
        extracted.chapters = vec![chapter(text)];
        let work = normalized(&extracted);
        assert_eq!(work.language, None);
        assert_eq!(
            work.suggestions.iter().find(|s| s.field == "language").map(|s| s.value.as_str()),
            Some("en")
        );
        assert!(codes(&work).contains(&"language-unknown"));
    }

    #[test]
    fn a_language_we_do_not_know_is_said_so() {
        let work = crate::samples::work([field(FieldKind::Language, "Language", "Wonderlandish")]);
        assert_eq!(work.language, None);
        assert!(codes(&work).contains(&"language-unknown"));
    }
}
