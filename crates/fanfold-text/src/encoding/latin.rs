//! Tells Windows-1252, code page 437 and Mac Roman apart by how their letters, quotes and lines fit between their
//! neighbours. These files are ASCII with single high bytes, which general detectors guess wrong.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::cp437;

/// The Latin code pages that are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Latin {
    Windows1252,
    Cp437,
    Macintosh,
}

/// What the high bytes look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// High bytes stand alone or in pairs between ASCII letters, or draw boxes; else the script is another one.
    pub(super) is_latin: bool,
    pub(super) best: Latin,
    /// How much better the best page scores than the next.
    pub(super) margin: i32,
    /// High bytes that are letters in the best page.
    pub(super) letters: usize,
    /// High bytes looked at.
    pub(super) high: usize,
}

/// How many high bytes are weighed.
const SAMPLE: usize = 4000;

/// Weighs the high bytes of a file.
pub(super) fn shape(bytes: &[u8]) -> Shape {
    let pages = [Latin::Windows1252, Latin::Cp437, Latin::Macintosh];
    let tables = pages.map(table);
    let mut scores = [0i32; 3];
    let mut letters = [0usize; 3];
    let mut high = 0usize;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, b)| **b >= 0x80).take(SAMPLE) {
        high += 1;
        for ((score, count), table) in scores.iter_mut().zip(&mut letters).zip(&tables) {
            let around = Neighbours::at(bytes, at, table);
            let c = read(table, *byte);
            *score += fit(c, &around);
            *count += usize::from(c.is_alphabetic());
        }
    }
    let best = (0..3).max_by_key(|i| (scores.get(*i).copied(), 3 - i)).unwrap_or(0);
    let top = scores.get(best).copied().unwrap_or(0);
    let next =
        scores.iter().enumerate().filter(|(i, _)| *i != best).map(|(_, s)| *s).max().unwrap_or(0);
    Shape {
        is_latin: is_latin(bytes),
        best: pages.get(best).copied().unwrap_or(Latin::Windows1252),
        margin: top - next,
        letters: letters.get(best).copied().unwrap_or(0),
        high,
    }
}

/// How sure the choice among the three is.
pub(super) fn confidence(shape: &Shape) -> f32 {
    let each = shape.margin as f32 / shape.high.max(1) as f32;
    (0.5 + each * 0.08 + shape.margin.min(20) as f32 * 0.01).clamp(0.5, 0.95)
}

/// Latin text has its high bytes singly (runs of 1.5 on average at most), unless it draws lines with one byte repeated.
fn is_latin(bytes: &[u8]) -> bool {
    let (mut runs, mut high, mut repeated, mut before) = (0usize, 0usize, 0usize, 0u8);
    for &b in bytes.iter().take(400_000) {
        if b >= 0x80 {
            runs += usize::from(before < 0x80);
            repeated += usize::from(before == b);
            high += 1;
        }
        before = b;
    }
    let drawn = repeated * 2 > high;
    drawn || (high - repeated) * 10 <= runs * 16
}

fn table(page: Latin) -> [char; 128] {
    let mut chars = ['\u{fffd}'; 128];
    for (slot, byte) in chars.iter_mut().zip(0x80..=0xFFu8) {
        let one = std::slice::from_ref(&byte);
        *slot = match page {
            Latin::Cp437 => cp437::char_of(byte),
            Latin::Windows1252 => first(&WINDOWS_1252.decode_without_bom_handling(one).0),
            Latin::Macintosh => first(&MACINTOSH.decode_without_bom_handling(one).0),
        };
    }
    chars
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or('\u{fffd}')
}

fn read(table: &[char; 128], byte: u8) -> char {
    match byte.checked_sub(0x80) {
        Some(high) => table.get(usize::from(high)).copied().unwrap_or('\u{fffd}'),
        None => char::from(byte),
    }
}

/// The characters before and after a high byte; a line end where there is none.
struct Neighbours {
    before: char,
    after: char,
}

impl Neighbours {
    fn at(bytes: &[u8], at: usize, table: &[char; 128]) -> Self {
        let get = |i: Option<usize>| i.and_then(|i| bytes.get(i)).map_or('\n', |b| read(table, *b));
        Self { before: get(at.checked_sub(1)), after: get(at.checked_add(1)) }
    }

    fn opens(&self) -> bool {
        (self.before.is_whitespace()
            || "([-\u{2014}\u{2013}\"'>*_\u{201c}\u{2018}".contains(self.before))
            && !self.after.is_whitespace()
    }

    fn closes(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_ascii_digit()
    }
}

/// How well a character fits where it stands, from -8 to 4.
fn fit(c: char, around: &Neighbours) -> i32 {
    let letter_before = around.before.is_alphabetic();
    let letter_after = around.after.is_alphabetic();
    let pick = |fits: bool, good: i32, bad: i32| if fits { good } else { bad };
    match c {
        '\u{201c}' | '\u{2018}' | '\u{201e}' | '\u{201a}' => pick(around.opens(), 4, -3),
        '\u{201d}' => pick(around.closes() && !letter_after, 4, -3),
        '\u{2019}' => pick(letter_before || around.closes(), 4, -1),
        '\u{2014}' | '\u{2013}' => 2,
        '\u{2026}' => pick(around.before.is_whitespace() && letter_after, 1, 3),
        '\u{ab}' | '\u{bb}' => 1,
        '\u{bf}' | '\u{a1}' => pick(around.opens() && letter_after, 3, -3),
        '\u{a0}' | '\u{b0}' | '\u{a9}' | '\u{ae}' | '\u{2122}' | '\u{a3}' | '\u{2022}' => {
            pick(letter_before && letter_after, -2, 1)
        }
        '\u{bd}' | '\u{bc}' | '\u{be}' => pick(letter_before || letter_after, -3, 1),
        '\u{2500}'..='\u{259f}' => pick(is_drawn(around.before) || is_drawn(around.after), 3, -3),
        '\u{80}'..='\u{9f}' | '\u{fffd}' => -8,
        _ if c.is_alphabetic() => letter_fit(c, letter_before, letter_after, around),
        _ => pick(letter_before && letter_after, -4, -1),
    }
}

fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259f}')
}

/// Letters of West European languages fit between letters; a capital fits at a word's start or among capitals.
fn letter_fit(c: char, letter_before: bool, letter_after: bool, around: &Neighbours) -> i32 {
    let common = "\u{e9}\u{e8}\u{ea}\u{eb}\u{e0}\u{e1}\u{e2}\u{e4}\u{e3}\u{e5}\u{e6}\u{e7}\u{ed}\u{ee}\u{ef}\u{f1}\u{f2}\u{f3}\u{f4}\u{f6}\u{f8}\u{f9}\u{fa}\u{fb}\u{fc}\u{df}\u{f5}\u{153}";
    if common.contains(c) {
        return if letter_before || letter_after { 3 } else { 1 };
    }
    if c.is_uppercase() {
        return match (letter_before, letter_after) {
            (true, _) if around.before.is_lowercase() => -4,
            (_, true) => 2,
            (true, false) => 1,
            _ => 0,
        };
    }
    if matches!(c, '\u{aa}' | '\u{ba}' | '\u{192}' | '\u{370}'..='\u{3ff}') { -2 } else { 0 }
}
