//! A text as the hashes of its words: what case, quotes, dashes, wraps and markup do not change.

use std::ops::Range;

/// A word's hash and its place in the HTML it was read from, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Hash of the word in lower case, without apostrophes.
    pub hash: u32,
    /// Where it stands.
    pub place: Range<usize>,
}

/// Elements inside which a word goes on: "<em>un</em>happy" is one word.
const INSIDE_WORDS: [&str; 14] =
    ["em", "i", "strong", "b", "u", "s", "span", "a", "small", "big", "sub", "sup", "font", "q"];

/// The words of clean HTML. Each letter of a script without spaces between words is a word.
#[must_use]
pub fn words(html: &str) -> Vec<Word> {
    let mut reader = Reader { words: Vec::new(), hash: SEED, start: 0, end: 0, open: false };
    let mut rest = html;
    let mut at = 0;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '<' => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                if !goes_on(&rest[..end]) {
                    reader.close();
                }
                end
            }
            '&' => {
                let end = rest.get(..10.min(rest.len())).and_then(|head| head.find(';'));
                reader.close();
                end.map_or(1, |end| end + 1)
            }
            c => {
                reader.letter(c, at);
                c.len_utf8()
            }
        };
        at += length;
        rest = html.get(at..).unwrap_or_default();
    }
    reader.close();
    reader.words
}

/// Whether a word may go on behind this tag.
fn goes_on(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    INSIDE_WORDS.contains(&name)
}

const SEED: u32 = 0x811C_9DC5;

struct Reader {
    words: Vec<Word>,
    hash: u32,
    start: usize,
    end: usize,
    open: bool,
}

impl Reader {
    fn letter(&mut self, c: char, at: usize) {
        if matches!(c, '\'' | '’' | '‘' | 'ʼ' | '\u{AD}' | '\u{200B}') {
            return;
        }
        if !c.is_alphanumeric() {
            self.close();
            return;
        }
        if without_spaces(c) {
            self.close();
        }
        if !self.open {
            (self.open, self.start, self.hash) = (true, at, SEED);
        }
        self.end = at + c.len_utf8();
        for lower in c.to_lowercase() {
            // FNV-1a over the letters' numbers.
            self.hash = (self.hash ^ lower as u32).wrapping_mul(0x0100_0193);
        }
        if without_spaces(c) {
            self.close();
        }
    }

    fn close(&mut self) {
        if self.open {
            self.words.push(Word { hash: self.hash, place: self.start..self.end });
            self.open = false;
        }
    }
}

fn without_spaces(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(html: &str) -> Vec<u32> {
        words(html).into_iter().map(|word| word.hash).collect()
    }

    #[test]
    fn case_quotes_dashes_wraps_and_markup_change_no_word() {
        let plain = hashes("<p>“Don’t go,” she said—and went.</p><p>The LAMP burned.</p>");
        let other =
            hashes("\"don't <em>go</em>,\"\nshe said - and <b>we</b>nt.<br>The lamp&nbsp;burned");
        assert_eq!(plain, other);
        assert_eq!(plain.len(), 9);
    }

    #[test]
    fn a_word_knows_its_place() {
        let html = "<p>Zoë <em>ran</em> home</p>";
        let found: Vec<&str> = words(html).into_iter().map(|word| &html[word.place]).collect();
        assert_eq!(found, ["Zoë", "ran", "home"]);
    }

    #[test]
    fn letters_of_a_script_without_spaces_are_words() {
        assert_eq!(words("<p>福尔摩斯走了</p>").len(), 6);
    }
}
