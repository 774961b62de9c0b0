//! How text becomes words, the same for indexing, for queries and for marking what was found.
//!
//! A word is a run of letters and digits; everything else separates, apostrophes and hyphens too, so that curly and
//! straight marks are the same by construction. Case and diacritics are folded (й stays: it is a letter, not an accented
//! и). Scripts written without spaces (Han, kana, Hangul, Thai and its neighbours) give overlapping pairs of characters:
//! 東京都 is 東京, 京都 and a closing 都, each one place further on, so that any part of the run is found as a phrase.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest word that is kept, in bytes; longer runs are noise (encoded data, rows of letters).
const MAX_WORD: usize = 120;

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// First byte in the (composed) text.
    pub(crate) from: usize,
    /// One past the last byte.
    pub(crate) to: usize,
    /// Which word of the text it is, counted from 0.
    pub(crate) position: usize,
    /// What sort of token it is.
    pub(crate) shape: Shape,
}

/// Sorts of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word between separators.
    Word,
    /// Two neighbouring characters of a script without spaces.
    Pair,
    /// The last character of such a run.
    Last,
}

/// Text in composed form (NFC), which is what [`Words`] reads and what its places refer to.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Reads the words of a composed text one by one.
pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
    position: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, position: 0 }
    }

    /// The next word: `lower` takes it in lower case with its accents (for stemming). `None` at the end.
    pub(crate) fn next_into(&mut self, lower: &mut String) -> Option<Place> {
        loop {
            let c = self.char_at(self.at)?;
            if is_dense(c) {
                return Some(self.dense(c, lower));
            }
            if is_word_char(c) {
                let place = self.word(lower);
                if lower.len() <= MAX_WORD && !lower.is_empty() {
                    return Some(place);
                }
            } else {
                self.at += c.len_utf8();
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn dense(&mut self, c: char, lower: &mut String) -> Place {
        let from = self.at;
        self.at += c.len_utf8();
        let mut place = Place { from, to: self.at, position: self.position, shape: Shape::Last };
        self.position += 1;
        lower.clear();
        lower.extend(c.nfkc());
        if let Some(next) = self.char_at(self.at).filter(|next| is_dense(*next)) {
            lower.extend(next.nfkc());
            place.to += next.len_utf8();
            place.shape = Shape::Pair;
        }
        place
    }

    fn word(&mut self, lower: &mut String) -> Place {
        let from = self.at;
        lower.clear();
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                lower.push(char::from(byte.to_ascii_lowercase()));
                self.at += 1;
            } else if byte.is_ascii() {
                break;
            } else {
                let Some(c) = self.char_at(self.at).filter(|c| is_word_char(*c) && !is_dense(*c))
                else {
                    break;
                };
                if !is_invisible(c) {
                    lower.extend(c.nfkc().flat_map(char::to_lowercase));
                }
                self.at += c.len_utf8();
            }
        }
        let place = Place { from, to: self.at, position: self.position, shape: Shape::Word };
        self.position += usize::from(!lower.is_empty());
        place
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
}

/// Soft hyphen and joiners: inside a word they are nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Scripts written without spaces, and Hangul, whose particles hang on the word.
fn is_dense(c: char) -> bool {
    matches!(u32::from(c),
        0x0e01..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17d3
        | 0x3005..=0x3007 | 0x3031..=0x3035 | 0x3040..=0x30fa | 0x30fc..=0x318f | 0x31a0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xff66..=0xff9f | 0x20000..=0x3ffff)
        && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Takes the diacritics off a lower-case word; letters that do not decompose get their usual spelling.
pub(crate) fn fold_accents(lower: &str) -> Cow<'_, str> {
    if lower.is_ascii() {
        return Cow::Borrowed(lower);
    }
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'й' => folded.push(c),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            _ => folded.extend(c.nfd().filter(|c| !is_accent(*c)).nfc()),
        }
    }
    Cow::Owned(folded)
}

/// Marks that a reader may leave out: general diacritics, Hebrew points, Arabic vowel signs. Vowel signs of Indic
/// scripts are letters and stay; so do the marks of kana.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036f | 0x0591..=0x05c7 | 0x064b..=0x065f | 0x0670)
}

/// A name or title as a key to sort by: folded, without leading punctuation, single spaces. `None` when nothing is left.
pub(crate) fn sort_key(text: &str) -> Option<String> {
    let lower: String = match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => text.nfkc().flat_map(char::to_lowercase).collect(),
    };
    let folded = fold_accents(&lower);
    let start = folded.find(char::is_alphanumeric)?;
    let mut key = String::with_capacity(folded.len());
    for word in folded[start..].split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    let mut end = key.len().min(512);
    while !key.is_char_boundary(end) {
        end -= 1;
    }
    key.truncate(end);
    Some(key)
}

/// A word of a query, folded, with what its stemmers need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryWord {
    /// Lower case with accents.
    pub(crate) lower: String,
    /// As it stands in the index.
    pub(crate) folded: String,
    /// Offset inside the phrase.
    pub(crate) position: usize,
    /// A lone character of a script without spaces: it is found as the beginning of a pair.
    pub(crate) lone: bool,
}

/// The words of a query value. The closing single of a run is left out: its pairs say it already.
pub(crate) fn query_words(text: &str) -> Vec<QueryWord> {
    let text = composed(text);
    let (mut scan, mut lower, mut words) = (Words::new(&text), String::new(), Vec::new());
    let mut pair_end = None;
    while let Some(place) = scan.next_into(&mut lower) {
        let closes_run = place.shape == Shape::Last && pair_end == Some(place.to);
        pair_end = (place.shape == Shape::Pair).then_some(place.to);
        if !closes_run {
            let folded = fold_word(&lower, place.shape).into_owned();
            words.push(QueryWord {
                lower: lower.clone(),
                folded,
                position: place.position,
                lone: place.shape == Shape::Last,
            });
        }
    }
    words
}

/// A word as it stands in the index: marks of dense scripts distinguish, accents do not.
pub(crate) fn fold_word(lower: &str, shape: Shape) -> Cow<'_, str> {
    if shape == Shape::Word { fold_accents(lower) } else { Cow::Borrowed(lower) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        query_words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn case_diacritics_and_kinds_of_quotes_do_not_distinguish() {
        assert_eq!(words("Sherlock\u{2019}s caf\u{e9}"), words("sherlock's CAFE"));
        assert_eq!(words("cafe\u{301}"), words("caf\u{e9}"), "composed or not");
        assert_eq!(words("Stra\u{df}e \u{141}\u{f3}d\u{17a}"), ["strasse", "lodz"]);
        assert_eq!(words("so\u{ad}fa"), ["sofa"], "a soft hyphen is nothing");
        assert_eq!(words("мой Ёж"), ["мой", "еж"]);
    }

    #[test]
    fn scripts_without_spaces_become_pairs_one_place_apart() {
        assert_eq!(words("\u{6771}\u{4eac}\u{90fd}"), ["\u{6771}\u{4eac}", "\u{4eac}\u{90fd}"]);
        let found = query_words("\u{732b} cat");
        assert!(found[0].lone && !found[1].lone);
        assert_eq!(query_words("\u{6771}\u{4eac} tower")[1].position, 2);
        assert_ne!(
            words("\u{30ac}\u{30ac}"),
            words("\u{30ab}\u{30ab}"),
            "voiced kana are other letters"
        );
    }

    #[test]
    fn words_of_unreasonable_length_are_no_words() {
        assert_eq!(words(&format!("a {} b", "x".repeat(500))), ["a", "b"]);
    }

    #[test]
    fn titles_sort_without_case_accents_and_opening_marks() {
        assert_eq!(
            sort_key("\u{201c}\u{c9}t\u{e9}  \u{e0} Oz\u{201d}").as_deref(),
            Some("ete a oz\u{201d}")
        );
        assert_eq!(sort_key("...?"), None);
    }
}
