//! What time, mail and careless tools did to files.

use serde::Deserialize;

/// One kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Damage {
    /// Stored in windows-1252, quotes curled.
    Windows1252,
    /// UTF-8 read as windows-1252 and stored as UTF-8.
    Mojibake,
    /// The same a second time.
    MojibakeTwice,
    /// UTF-16, little end first, with its mark.
    Utf16,
    /// Curly quotes that became question marks.
    LostQuotes,
    /// Entities that were escaped once more.
    EscapedTwice,
    /// Lines end in CR LF, and a Ctrl-Z stands at the end.
    Dos,
    /// Lines end in a lone CR.
    Macintosh,
    /// A page that became one line.
    OneLine,
    /// Cyrillic in windows-1251.
    Windows1251,
    /// UTF-8 with its mark.
    Bom,
}

impl Damage {
    /// The name in the gold file.
    pub(crate) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// Whether straight quotes were curled before the rest.
    pub(crate) fn curls_quotes(self) -> bool {
        matches!(self, Self::Windows1252 | Self::Mojibake | Self::MojibakeTwice)
    }

    /// The bytes of the file.
    pub(crate) fn done_to(self, text: &str) -> Vec<u8> {
        match self {
            Self::Windows1252 => to_1252(&curled(text)),
            Self::Mojibake => read_as_1252(curled(text).as_bytes()).into_bytes(),
            Self::MojibakeTwice => {
                read_as_1252(read_as_1252(curled(text).as_bytes()).as_bytes()).into_bytes()
            }
            Self::Utf16 => {
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
            Self::LostQuotes => text.replace(['"', '\''], "?").into_bytes(),
            Self::EscapedTwice => text.replace('&', "&amp;").into_bytes(),
            Self::Dos => format!("{}\r\n\u{1a}", text.replace('\n', "\r\n")).into_bytes(),
            Self::Macintosh => text.replace('\n', "\r").into_bytes(),
            Self::OneLine => text.split_whitespace().collect::<Vec<_>>().join(" ").into_bytes(),
            Self::Windows1251 => to_1251(text),
            Self::Bom => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        }
    }
}

/// What stands at 0x80 to 0x9F; NUL where nothing does.
const UPPER: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn read_as_1252(bytes: &[u8]) -> String {
    let upper: Vec<char> = UPPER.chars().collect();
    let letter = |byte: &u8| match byte {
        0x80..=0x9F => upper[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    };
    bytes.iter().map(letter).collect()
}

fn to_1252(text: &str) -> Vec<u8> {
    let byte = |letter: char| match UPPER.chars().position(|upper| upper == letter) {
        Some(place) => 0x80 + place as u8,
        None => u8::try_from(u32::from(letter)).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

fn to_1251(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        'А'..='я' => 0xC0 + (u32::from(letter) - u32::from('А')) as u8,
        'Ё' => 0xA8,
        'ё' => 0xB8,
        '«' => 0xAB,
        '»' => 0xBB,
        '—' => 0x97,
        '–' => 0x96,
        '…' => 0x85,
        letter => u8::try_from(u32::from(letter)).ok().filter(u8::is_ascii).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

/// Straight quotes as word processors curl them.
pub(super) fn curled(text: &str) -> String {
    let mut before = ' ';
    let mut curl = |letter: char| {
        let opens = before.is_whitespace() || matches!(before, '(' | '>');
        before = letter;
        match letter {
            '"' if opens => '“',
            '"' => '”',
            '\'' if opens => '‘',
            '\'' => '’',
            other => other,
        }
    };
    text.chars().map(&mut curl).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curled_apostrophe_becomes_the_three_letters_that_everybody_knows() {
        let bytes = Damage::Mojibake.done_to("Alice's");
        assert_eq!(String::from_utf8(bytes).unwrap(), "Aliceâ€™s");
    }

    #[test]
    fn bytes_of_windows_pages_are_those_of_their_tables() {
        assert_eq!(Damage::Windows1252.done_to("\"é\""), [0x93, 0xE9, 0x94]);
        assert_eq!(Damage::Windows1251.done_to("Яё"), [0xDF, 0xB8]);
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(Damage::OneLine.done_to("Title: A\n\nBy B\n"), b"Title: A By B");
    }
}
