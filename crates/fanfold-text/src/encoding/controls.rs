//! Takes control characters out of decoded text and counts them.

use std::collections::BTreeMap;
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use super::{DecodeNote, DecodeNoteKind, Decoded};

/// Turns misread UTF-8 back. Before any control character goes: a closing quote is E2 80 9D, and Windows-1252 has no
/// letter for the last of these, but without it the quote could never be repaired.
pub(super) fn undo_misreading(decoded: &mut Decoded) {
    let Some(repaired) = crate::mojibake::repair(&decoded.text) else { return };
    let (Some(first), Some(last)) = (repaired.spans.first(), repaired.spans.last()) else { return };
    let (count, span) = (repaired.spans.len(), first.span.start..last.span.end);
    let was = decoded.text.get(first.span.clone()).unwrap_or_default().to_owned();
    decoded.misread = Some((was, first.now.clone()));
    decoded.notes.push(DecodeNote::decoded(DecodeNoteKind::MisreadUndone, count, span));
    decoded.text = repaired.text;
}

/// Cleans the text in place and adds a note for every kind of thing that went.
pub(super) fn remove(decoded: &mut Decoded) {
    if !decoded.text.bytes().any(is_suspect) || !decoded.text.chars().any(|c| fate(c) != Fate::Keep)
    {
        return;
    }
    let mut cleaner =
        Cleaner { out: String::with_capacity(decoded.text.len()), seen: BTreeMap::new() };
    for (at, c) in decoded.text.char_indices() {
        cleaner.take(at, c);
    }
    decoded.text = cleaner.out;
    let lossy_already = decoded.notes.iter().any(|n| n.kind == DecodeNoteKind::Lossy);
    for (kind, (count, span)) in cleaner.seen {
        if !(kind == DecodeNoteKind::ReplacementPresent && lossy_already) {
            decoded.notes.push(DecodeNote::decoded(kind, count, span));
        }
    }
}

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Note(DecodeNoteKind),
    Drop(DecodeNoteKind),
    Line,
    Back,
    From1252,
}

/// Bytes that may belong to a character that does not stay. C2 leads U+0080 to U+00BF, EF leads U+F000 to U+FFFF.
fn is_suspect(b: u8) -> bool {
    matches!(b, 0..=8 | 0x0B | 0x0E..=0x1F | 0x7F | 0xC2 | 0xEF)
}

fn fate(c: char) -> Fate {
    match c {
        '\0' => Fate::Drop(DecodeNoteKind::NulRemoved),
        '\u{1a}' => Fate::Drop(DecodeNoteKind::CtrlZRemoved),
        '\u{8}' => Fate::Back,
        '\u{b}' => Fate::Line,
        '\t' | '\n' | '\r' | '\x0c' => Fate::Keep,
        '\u{1}'..='\u{1f}' | '\u{7f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            Fate::Drop(DecodeNoteKind::ControlRemoved)
        }
        '\u{80}'..='\u{9f}' => Fate::From1252,
        '\u{fffd}' => Fate::Note(DecodeNoteKind::ReplacementPresent),
        _ => Fate::Keep,
    }
}

struct Cleaner {
    out: String,
    seen: BTreeMap<DecodeNoteKind, (usize, Range<usize>)>,
}

impl Cleaner {
    fn take(&mut self, at: usize, c: char) {
        let kind = match fate(c) {
            Fate::Keep => {
                self.out.push(c);
                return;
            }
            Fate::Drop(kind) => kind,
            Fate::Note(kind) => {
                self.out.push(c);
                kind
            }
            Fate::Line => {
                self.out.push('\n');
                DecodeNoteKind::VerticalTabAsLine
            }
            Fate::Back => self.overstrike(),
            Fate::From1252 => self.c1(c),
        };
        let entry = self.seen.entry(kind).or_insert((0, at..at));
        entry.0 += 1;
        entry.1.end = at + c.len_utf8();
    }

    /// A backspace: an underscore before it was there to underline, and goes; any other character stays.
    fn overstrike(&mut self) -> DecodeNoteKind {
        if self.out.ends_with('_') {
            self.out.pop();
            return DecodeNoteKind::OverstrikeResolved;
        }
        DecodeNoteKind::ControlRemoved
    }

    fn c1(&mut self, c: char) -> DecodeNoteKind {
        let byte = u8::try_from(u32::from(c)).unwrap_or(b' ');
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
        match text.chars().next() {
            Some(read) if !read.is_control() => {
                self.out.push(read);
                DecodeNoteKind::C1ReadAs1252
            }
            _ => DecodeNoteKind::ControlRemoved,
        }
    }
}
