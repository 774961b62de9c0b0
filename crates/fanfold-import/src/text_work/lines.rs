//! Lines of a decoded text with their byte places: the ground every rule of this folder stands on.

use std::ops::Range;

/// One line: its place in the text and the place of what is left when blanks around it are taken off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// First byte of the line.
    pub(super) start: usize,
    /// First byte of the next line.
    pub(super) next: usize,
    /// First byte that is not a blank.
    pub(super) from: usize,
    /// One past the last byte that is not a blank.
    pub(super) to: usize,
    /// The text between `from` and `to`.
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// Whether nothing but blanks stands here.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Blanks before the first letter, a tab counting as four.
    pub(super) fn indent(&self) -> usize {
        self.from - self.start
    }

    /// A line of one repeated sign ("*****", "- - -", "~*~*~", "oOo"): no words.
    pub(super) fn is_rule(&self) -> bool {
        is_rule(self.text)
    }

    /// The place of a slice of this line's text.
    pub(super) fn place(&self, within: Range<usize>) -> Range<usize> {
        self.from + within.start..self.from + within.end
    }
}

/// Blanks as files have them: white space, byte order marks, DOS end-of-file marks, zero-width blanks.
pub(super) fn is_blank_char(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{feff}' | '\u{1a}' | '\0' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

/// Cuts a text into lines at LF, CR LF or a lone CR.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let next = match bytes[at] {
            b'\n' => at + 1,
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at + 2,
            b'\r' => at + 1,
            _ => {
                at += 1;
                continue;
            }
        };
        found.push(line(text, start, at, next));
        start = next;
        at = next;
    }
    if start < bytes.len() {
        found.push(line(text, start, bytes.len(), bytes.len()));
    }
    found
}

/// The line whose bytes are `start..end`, its line end included up to `next`.
pub(super) fn line(text: &str, start: usize, end: usize, next: usize) -> Line<'_> {
    let raw = &text[start..end];
    let left = raw.trim_start_matches(is_blank_char);
    let from = start + raw.len() - left.len();
    let trimmed = left.trim_end_matches(is_blank_char);
    Line { start, next, from, to: from + trimmed.len(), text: trimmed }
}

/// Where every text line is followed by an empty one although sentences run on, the empty lines
/// mean nothing: gives the lines without them.
pub(super) fn without_double_spacing(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    if !is_double_spaced(&lines) {
        return lines;
    }
    let mut kept: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    let mut skip = false;
    for line in lines {
        let drop = skip && line.is_blank();
        skip = !line.is_blank();
        if !drop {
            kept.push(line);
        }
    }
    kept
}

fn is_double_spaced(lines: &[Line<'_>]) -> bool {
    let (mut pairs, mut followed, mut runs_on, mut wrapped) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() || index + 2 >= lines.len() {
            continue;
        }
        pairs += 1;
        if !lines[index + 1].is_blank() {
            continue;
        }
        followed += 1;
        let size = line.text.chars().count();
        if size > 40 && size < 90 {
            wrapped += 1;
            let goes_on = lines[index + 2].text.starts_with(char::is_lowercase);
            if goes_on && !ends_sentence(line.text) {
                runs_on += 1;
            }
        }
    }
    pairs >= 8 && followed * 20 >= pairs * 19 && wrapped >= 6 && runs_on * 4 >= wrapped
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', '*', '_', '」'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';'])
}

/// A line of one to three different signs, at least three of them, and no words.
pub(super) fn is_rule(text: &str) -> bool {
    let mut signs: Vec<char> = Vec::new();
    let mut count = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        count += 1;
        let folded = c.to_ascii_lowercase();
        if c.is_alphanumeric() && !matches!(folded, 'o' | 'x') {
            return false;
        }
        if !signs.contains(&folded) {
            signs.push(folded);
        }
        if signs.len() > 3 {
            return false;
        }
    }
    count >= 3 && !matches!(text, "XXX" | "Xxx" | "Xx")
}

/// Words of a text, cut at blanks.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Lower case, one blank between words, plain apostrophes, Latin letters without their accents: the
/// form in which labels and cue words are looked up.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        // Nearly every letter takes this short way.
        if c.is_ascii_graphic() && c != '`' {
            if blank {
                folded.push(' ');
                blank = false;
            }
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        if is_blank_char(c) {
            blank = !folded.is_empty();
            continue;
        }
        if blank {
            folded.push(' ');
            blank = false;
        }
        match c {
            '’' | '‘' | '`' | '´' => folded.push('\''),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            _ => folded.extend(c.to_lowercase().map(without_accent)),
        }
    }
    folded
}

fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ě' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ň' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ő' => 'o',
        'ř' => 'r',
        'š' | 'ś' => 's',
        'ť' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'ё' => 'е',
        _ => c,
    }
}
