//! Guesses the language of a text. A hint for a person or a default, never a fact.

use whatlang::Lang;

/// A guessed language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// BCP 47 code: `"en"`, `"fr"`, `"zh"`.
    pub code: &'static str,
    /// How sure the guess is, 0 to 1.
    pub confidence: f32,
}

/// Below this many words every guess is a lottery (seven English words once came out as Vietnamese).
const FEWEST_WORDS: usize = 50;

/// How much of a text is looked at, in bytes.
const PROBE: usize = 3_000;

/// Guesses from plain text; `None` below fifty words (counted as the word count does) or when nothing fits.
pub fn guess(text: &str) -> Option<Guess> {
    let probe = text.get(..text.floor_char_boundary(PROBE.min(text.len())))?;
    if crate::wordcount::count_text(probe) < FEWEST_WORDS {
        return None;
    }
    let info = whatlang::detect(probe)?;
    let confidence = info.confidence() as f32;
    Some(Guess {
        code: code(info.lang())?,
        confidence: if info.is_reliable() { confidence } else { confidence * 0.5 },
    })
}

/// The two-letter code where there is one. Rare languages keep out: a wrong exotic guess helps no one.
fn code(lang: Lang) -> Option<&'static str> {
    let codes = [
        ("eng", "en"),
        ("fra", "fr"),
        ("deu", "de"),
        ("spa", "es"),
        ("ita", "it"),
        ("por", "pt"),
        ("nld", "nl"),
        ("rus", "ru"),
        ("ukr", "uk"),
        ("pol", "pl"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("bul", "bg"),
        ("mkd", "mk"),
        ("hun", "hu"),
        ("ron", "ro"),
        ("tur", "tr"),
        ("ell", "el"),
        ("heb", "he"),
        ("ara", "ar"),
        ("pes", "fa"),
        ("hin", "hi"),
        ("ben", "bn"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tha", "th"),
        ("vie", "vi"),
        ("ind", "id"),
        ("tgl", "tl"),
        ("cmn", "zh"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("dan", "da"),
        ("swe", "sv"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("est", "et"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("cat", "ca"),
        ("epo", "eo"),
        ("lat", "la"),
        ("afr", "af"),
        ("bel", "be"),
        ("kat", "ka"),
        ("hye", "hy"),
        ("urd", "ur"),
    ];
    codes.iter().find(|(iso, _)| *iso == lang.code()).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The old lamp in the hall had burned since noon, and nobody could say who had lit it. Alice looked at it for a while, \
        then she took her hat and went out into the rain, because the garden gate was open and she wanted to see who had gone \
        through it so early in the morning without a word to anyone in the house.";
    const GERMAN: &str = "Die alte Lampe im Flur brannte seit dem Mittag, und niemand konnte sagen, wer sie angezündet hatte. Alice sah sie eine \
        Weile an, dann nahm sie ihren Hut und ging hinaus in den Regen, weil das Gartentor offen stand und sie sehen wollte, wer so \
        früh am Morgen hindurchgegangen war, ohne jemandem im Haus ein Wort davon zu sagen.";

    #[test]
    fn fifty_words_are_enough_for_a_hint() {
        assert_eq!(guess(ENGLISH).map(|g| g.code), Some("en"));
        assert_eq!(guess(GERMAN).map(|g| g.code), Some("de"));
    }

    #[test]
    fn a_few_words_give_no_guess() {
        assert_eq!(guess("The hound was here and left again"), None);
        assert_eq!(guess(""), None);
    }
}
