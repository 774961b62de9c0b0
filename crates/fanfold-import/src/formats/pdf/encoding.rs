//! Codes of letters in fonts: the common encodings, names of letters, and the table that a font may bring along.

use super::object::{Lexer, Object};
use std::collections::HashMap;

/// Letters that one table may name.
const MOST_ENTRIES: usize = 100_000;

/// What 256 codes mean in one of the encodings that have a name.
pub(super) fn by_name(name: &str) -> Vec<String> {
    let label = match name {
        "MacRomanEncoding" => "macintosh",
        _ => "windows-1252",
    };
    let all: Vec<u8> = (0..=255).collect();
    let letter = |byte: &u8| fanfold_text::encoding::decode_as(&[*byte], label);
    let mut letters: Vec<String> = all.iter().map(letter).collect();
    if name == "StandardEncoding" {
        for (code, letter) in STANDARD {
            letters[usize::from(code)] = letter.to_owned();
        }
    }
    letters
}

/// Codes of Adobe's standard encoding that differ.
const STANDARD: [(u8, &str); 17] = [
    (0x27, "’"),
    (0x60, "‘"),
    (0xA4, "⁄"),
    (0xA9, "'"),
    (0xAA, "“"),
    (0xAC, "‹"),
    (0xAD, "›"),
    (0xAE, "fi"),
    (0xAF, "fl"),
    (0xB1, "–"),
    (0xB2, "†"),
    (0xB3, "‡"),
    (0xB7, "•"),
    (0xB9, "„"),
    (0xBA, "”"),
    (0xBC, "…"),
    (0xD0, "—"),
];

/// The letter that has a name: "eacute", "quoteright", "uni2019".
pub(super) fn letter(name: &str) -> Option<String> {
    let base = name.split('.').next().unwrap_or_default();
    let mut chars = base.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Some(only.to_string());
    }
    if let Some((_, letter)) = NAMES.iter().find(|(own, _)| *own == base) {
        return Some((*letter).to_owned());
    }
    let digits = base.strip_prefix("uni").or_else(|| base.strip_prefix('u')).unwrap_or_default();
    let code = digits.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    code.and_then(char::from_u32).map(String::from).or_else(|| accented(base))
}

/// "eacute": the letter with its accent, as one sign.
fn accented(name: &str) -> Option<String> {
    let first = name.chars().next()?;
    let at = ACCENTS.iter().position(|accent| name.get(first.len_utf8()..) == Some(accent))?;
    let row = ACCENTED.iter().find(|(letter, _)| *letter == first)?;
    let sign = row.1.chars().nth(at).filter(|sign| *sign != ' ')?;
    Some(sign.to_string())
}

const ACCENTS: [&str; 9] =
    ["acute", "grave", "circumflex", "dieresis", "tilde", "caron", "ring", "cedilla", "macron"];

/// Letters with the accents above, in that order.
const ACCENTED: [(char, &str); 24] = [
    ('a', "áàâäãǎå ā"),
    ('e', "éèêëẽě ȩē"),
    ('i', "íìîïĩǐ  ī"),
    ('o', "óòôöõǒ  ō"),
    ('u', "úùûüũǔů ū"),
    ('y', "ýỳŷÿỹ ẙ ȳ"),
    ('c', "ć ĉ  č ç "),
    ('n', "ńǹ  ñň ņ "),
    ('s', "ś ŝ  š ş "),
    ('z', "ź ẑ  ž   "),
    ('r', "ŕ    ř ŗ "),
    ('d', "     ď   "),
    ('A', "ÁÀÂÄÃǍÅ Ā"),
    ('E', "ÉÈÊËẼĚ ȨĒ"),
    ('I', "ÍÌÎÏĨǏ  Ī"),
    ('O', "ÓÒÔÖÕǑ  Ō"),
    ('U', "ÚÙÛÜŨǓŮ Ū"),
    ('Y', "ÝỲŶŸỸ   Ȳ"),
    ('C', "Ć Ĉ  Č Ç "),
    ('N', "ŃǸ  ÑŇ Ņ "),
    ('S', "Ś Ŝ  Š Ş "),
    ('Z', "Ź Ẑ  Ž   "),
    ('R', "Ŕ    Ř Ŗ "),
    ('D', "     Ď   "),
];

const NAMES: [(&str, &str); 86] = [
    ("space", " "),
    ("nbspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("endash", "–"),
    ("emdash", "—"),
    ("ellipsis", "…"),
    ("bullet", "•"),
    ("periodcentered", "·"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("degree", "°"),
    ("sterling", "£"),
    ("Euro", "€"),
    ("cent", "¢"),
    ("yen", "¥"),
    ("exclamdown", "¡"),
    ("questiondown", "¿"),
    ("germandbls", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("dotlessi", "ı"),
];

/// A font's own table from codes to letters.
#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    letters: HashMap<u32, String>,
    /// Bytes of one code, as its ranges of codes say.
    pub(super) width: Option<usize>,
}

impl ToUnicode {
    /// Reads a table.
    pub(super) fn parse(table: &[u8]) -> Self {
        let mut own = Self::default();
        let mut lexer = Lexer::new(table, 0);
        let mut things: Vec<Object> = Vec::new();
        while let Some(thing) = lexer.next() {
            let Object::Word(word) = &thing else {
                things.push(thing);
                continue;
            };
            match word.as_slice() {
                b"endcodespacerange" => {
                    own.width =
                        things.first().and_then(|own| Some(own.text()?.len())).or(own.width);
                }
                b"endbfchar" => own.single(&things),
                b"endbfrange" => own.ranges(&things),
                _ => {}
            }
            things.clear();
        }
        own
    }

    /// The letter of a code.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.letters.get(&code).map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    fn add(&mut self, code: u32, letter: String) {
        if self.letters.len() < MOST_ENTRIES {
            self.letters.insert(code, letter);
        }
    }

    fn single(&mut self, things: &[Object]) {
        for pair in things.chunks_exact(2) {
            if let [Object::Text(code), Object::Text(letter)] = pair {
                self.add(code_of(code), utf16(letter));
            }
        }
    }

    fn ranges(&mut self, things: &[Object]) {
        for range in things.chunks_exact(3) {
            let [Object::Text(first), Object::Text(last), to] = range else { continue };
            let (first, last) = (code_of(first), code_of(last));
            let last = last.min(first.saturating_add(0xFFFF));
            match to {
                Object::Array(letters) => {
                    for (code, letter) in (first..=last).zip(letters) {
                        self.add(code, utf16(letter.text().unwrap_or_default()));
                    }
                }
                Object::Text(letter) => {
                    let start: Vec<char> = utf16(letter).chars().collect();
                    let Some((end, head)) = start.split_last() else { continue };
                    for code in first..=last {
                        let Some(sign) = char::from_u32(u32::from(*end) + (code - first)) else {
                            break;
                        };
                        self.add(code, head.iter().chain([&sign]).collect());
                    }
                }
                _ => {}
            }
        }
    }
}

/// A code of up to four bytes.
pub(super) fn code_of(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// Text of two bytes a sign.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|sign| sign.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_known_by_their_names() {
        let known = ["A", "eacute", "uni2019", "ffi", "quoteright", "scaron", "f.alt"];
        let letters: Vec<String> = known.iter().filter_map(|name| letter(name)).collect();
        assert_eq!(letters, ["A", "é", "’", "ffi", "’", "š", "f"]);
        assert_eq!(letter("g123"), None);
        assert_eq!(by_name("StandardEncoding")[0x27], "’");
        assert_eq!(by_name("WinAnsiEncoding")[0x93], "“");
        assert_eq!(by_name("MacRomanEncoding")[0x8E], "é");
    }

    #[test]
    fn a_table_of_a_font_is_read() {
        let table = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0003> <00660069> endbfchar 2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0061> <D83DDE00>] endbfrange";
        let own = ToUnicode::parse(table);
        assert_eq!(
            (own.get(3), own.get(0x25), own.get(0x31)),
            (Some("fi"), Some("B"), Some("\u{1F600}"))
        );
        assert_eq!(own.width, Some(2));
    }
}
