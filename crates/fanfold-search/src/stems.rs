//! Stems: a work's words are stemmed by the rules of its own language, a query's by those of every language present.
//!
//! In the index the written form stands plain; where the stem differs, it stands at the same place as a second token,
//! marked with its language, so that the stems of one language never meet the words of another.

use foldhash::HashMap;
use frostem::{Algorithm, Stemmer};

use crate::words::fold_accents;
use crate::work::IndexedWork;

/// Sets a stem apart from written forms; no word contains it.
const MARK: char = '\u{1}';

/// A language whose words we can stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StemLanguage(usize);

/// Primary subtags with their rules; the code is also what stands in the index.
const LANGUAGES: [(&str, &[&str], Algorithm); 26] = [
    ("ar", &[], Algorithm::Arabic),
    ("hy", &[], Algorithm::Armenian),
    ("eu", &[], Algorithm::Basque),
    ("ca", &[], Algorithm::Catalan),
    ("cs", &[], Algorithm::Czech),
    ("da", &[], Algorithm::Danish),
    ("nl", &[], Algorithm::Dutch),
    ("en", &[], Algorithm::English),
    ("eo", &[], Algorithm::Esperanto),
    ("et", &[], Algorithm::Estonian),
    ("fi", &[], Algorithm::Finnish),
    ("fr", &[], Algorithm::French),
    ("de", &[], Algorithm::German),
    ("el", &[], Algorithm::Greek),
    ("hi", &[], Algorithm::Hindi),
    ("hu", &[], Algorithm::Hungarian),
    ("ga", &[], Algorithm::Irish),
    ("it", &[], Algorithm::Italian),
    ("lt", &[], Algorithm::Lithuanian),
    ("no", &["nb", "nn"], Algorithm::Norwegian),
    ("pt", &[], Algorithm::Portuguese),
    ("ro", &[], Algorithm::Romanian),
    ("ru", &[], Algorithm::Russian),
    ("es", &[], Algorithm::Spanish),
    ("sv", &[], Algorithm::Swedish),
    ("tr", &[], Algorithm::Turkish),
];

impl StemLanguage {
    /// By whose rules the words of a work are stemmed.
    pub(crate) fn of(work: &IndexedWork) -> Option<Self> {
        let language = work.text_language.as_deref().or(work.language.as_deref());
        language.and_then(Self::for_tag)
    }

    /// The rules for a BCP 47 tag, by its primary subtag; `None` where there are none.
    pub(crate) fn for_tag(tag: &str) -> Option<Self> {
        // Asked for each text of each work: two letters are compared at once.
        let primary = letters(tag.split(['-', '_']).next()?)?;
        let found = |(code, others, _): &(&str, &[&str], Algorithm)| {
            letters(code) == Some(primary)
                || others.iter().any(|other| letters(other) == Some(primary))
        };
        LANGUAGES.iter().position(found).map(Self)
    }

    /// Its code in the index.
    pub(crate) fn code(self) -> &'static str {
        LANGUAGES[self.0].0
    }

    /// The folded stem of a lower-case word that still has its accents.
    pub(crate) fn stem(self, lower: &str) -> String {
        fold_accents(&Stemmer::new(LANGUAGES[self.0].2).stem(lower)).into_owned()
    }
}

/// The letters of a code of two, in lower case.
fn letters(code: &str) -> Option<[u8; 2]> {
    let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
    Some(letters.map(|letter| letter.to_ascii_lowercase()))
}

/// The token under which a stem stands in the index.
pub(crate) fn marked(language: StemLanguage, stem: &str) -> String {
    format!("{MARK}{}{stem}", language.code())
}

/// Remembers stems: a story says the same words again and again, and works in several languages take turns.
#[derive(Clone, Default)]
pub(crate) struct StemCache {
    /// Where the stem of a word stands, by the language's place in the list.
    places: Vec<HashMap<Box<str>, usize>>,
    stems: Vec<Option<Box<str>>>,
}

/// Words remembered before the cache starts anew; bounds its memory at a few megabytes.
const CACHED_WORDS: usize = 80_000;

impl StemCache {
    /// The marked stem of a word, if it differs from the written form.
    pub(crate) fn marked_stem(
        &mut self,
        language: StemLanguage,
        lower: &str,
        folded: &str,
    ) -> Option<&str> {
        if self.stems.len() >= CACHED_WORDS {
            self.places.clear();
            self.stems.clear();
        }
        if self.places.is_empty() {
            self.places.resize_with(LANGUAGES.len(), HashMap::default);
        }
        let places = self.places.get_mut(language.0)?;
        let place = places.get(lower).copied().unwrap_or_else(|| {
            let stem = language.stem(lower);
            let token = (stem != folded && !stem.is_empty())
                .then(|| marked(language, &stem).into_boxed_str());
            places.insert(lower.into(), self.stems.len());
            self.stems.push(token);
            self.stems.len() - 1
        });
        self.stems.get(place)?.as_deref()
    }
}

/// Every token under which any form of a word may stand, in these languages: the written form first.
pub(crate) fn forms(lower: &str, folded: &str, languages: &[StemLanguage]) -> Vec<String> {
    let mut forms = vec![folded.to_owned()];
    for language in languages {
        let stem = language.stem(lower);
        if stem.is_empty() {
            continue;
        }
        let token = marked(*language, &stem);
        for form in [stem, token] {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_stems() {
        let english = StemLanguage::for_tag("en-GB").unwrap();
        let german = StemLanguage::for_tag("de").unwrap();
        assert_eq!(english.stem("treasures"), english.stem("treasure"));
        assert_eq!(german.stem("h\u{e4}user"), "haus");
        assert_eq!(StemLanguage::for_tag("nb"), StemLanguage::for_tag("no"));
        assert_eq!(StemLanguage::for_tag("ja"), None);
    }

    #[test]
    fn a_form_of_a_query_meets_every_form_in_the_index() {
        let english = StemLanguage::for_tag("en").unwrap();
        let mut cache = StemCache::default();
        let asked = forms("burned", "burned", &[english]);
        for written in ["burn", "burns", "burning", "burned"] {
            let stem = cache.marked_stem(english, written, written).map(str::to_owned);
            let tokens = [Some(written.to_owned()), stem];
            assert!(tokens.iter().flatten().any(|token| asked.contains(token)), "{written}");
        }
    }
}
