//! Chooses how the bytes of a file become text, and records every decision.
//!
//! Order: byte order mark, zero-byte pattern (UTF-16), pure ASCII, valid UTF-8, mostly valid UTF-8 with single bytes
//! of Windows-1252 in it, then the old code pages by what the declared label, letter statistics and byte patterns say.
//! A declaration inside the file (`meta charset`, XML declaration) is checked against the bytes, never trusted. No
//! byte is dropped silently: whatever goes is counted in a [`DecodeNote`].

mod controls;
mod cp437;
mod declared;
mod latin;
mod legacy;
mod mixed;
mod utf16;

use std::ops::Range;

pub use declared::EncodingHint;

/// Text with the decision that made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The text. No NUL, no control characters but tab, line feed, carriage return and form feed.
    pub text: String,
    /// The encoding's name: `"utf-8"`, `"utf-8-bom"`, `"windows-1252"`, `"utf-16le"`, `"cp437"`, `"macintosh"`,
    /// `"mixed utf-8/windows-1252"` and so on.
    pub encoding: &'static str,
    /// How sure the choice is, 0 to 1. Valid UTF-8 and ASCII are 1.
    pub confidence: f32,
    /// What was decided, repaired or dropped.
    pub notes: Vec<DecodeNote>,
    /// The first run of misread UTF-8 that was turned back, before and after.
    pub misread: Option<(String, String)>,
}

/// One decision made while decoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeNote {
    /// What happened.
    pub kind: DecodeNoteKind,
    /// How many bytes (of the source) or characters (of the text) it touched.
    pub count: usize,
    /// From the first to behind the last of them.
    pub span: Range<usize>,
    /// Where the span counts.
    pub space: SpanSpace,
}

/// What a span's numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanSpace {
    /// Bytes of the file.
    Source,
    /// Bytes of the decoded text before control characters went.
    Decoded,
}

/// The kinds of decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DecodeNoteKind {
    /// A byte order mark was taken off.
    BomStripped,
    /// Zero bytes were taken out.
    NulRemoved,
    /// Ctrl-Z, the old end-of-file mark, was taken out.
    CtrlZRemoved,
    /// Other control characters (and stray byte order marks) were taken out.
    ControlRemoved,
    /// A character printed over another with a backspace (`_` backspace `a`): the later one was kept.
    OverstrikeResolved,
    /// A vertical tab became a line feed.
    VerticalTabAsLine,
    /// Control characters U+0080 to U+009F were read as the Windows-1252 characters they stand for.
    C1ReadAs1252,
    /// Misread UTF-8 was turned back, because the control characters that belong to it would have been taken out.
    MisreadUndone,
    /// Bytes that are not UTF-8 were read as Windows-1252. One note for each run.
    InvalidReadAs1252,
    /// The text already holds U+FFFD: something was lost before it came here.
    ReplacementPresent,
    /// Bytes had no meaning in the chosen encoding and became U+FFFD.
    Lossy,
    /// The encoding that the file or the caller declared does not fit its bytes.
    DeclaredIgnored,
}

/// Decodes a file. `hint` comes from the caller (a batch setting, a mail header, a directory name's habit).
pub fn decode(bytes: &[u8], hint: Option<EncodingHint>) -> Decoded {
    let mut decoded = choose(bytes, hint);
    controls::undo_misreading(&mut decoded);
    controls::remove(&mut decoded);
    decoded
}

/// Bytes in an encoding that is known for certain, as a format's own header gives it for each run: nothing is looked
/// for and nothing repaired. Windows-1252 where the label names no encoding of the web.
#[must_use]
pub fn decode_as(bytes: &[u8], label: &str) -> String {
    let known = encoding_rs::Encoding::for_label(label.as_bytes());
    let encoding = known.unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// CR and CRLF to LF. Line and paragraph separators of Unicode too.
pub fn normalize_newlines(text: &str) -> String {
    if !text.contains(['\r', '\u{2028}', '\u{2029}']) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n").replace('\u{2029}', "\n\n")
}

fn choose(bytes: &[u8], hint: Option<EncodingHint>) -> Decoded {
    if let Some(decoded) = utf16::by_mark(bytes) {
        return decoded;
    }
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return after_utf8_mark(rest);
    }
    if let Some(decoded) = hint.as_ref().and_then(|h| legacy::forced(bytes, h)) {
        return decoded;
    }
    if let Some(decoded) = utf16::by_zeros(bytes) {
        return decoded;
    }
    if bytes.is_ascii() && !legacy::has_shift_sequence(bytes) {
        return utf8(String::from_utf8_lossy(bytes).into_owned(), "utf-8", 1.0);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.is_ascii() => utf8(text.to_owned(), "utf-8", 1.0),
        _ => mixed::decode(bytes).unwrap_or_else(|| legacy::decode(bytes, hint)),
    }
}

fn after_utf8_mark(rest: &[u8]) -> Decoded {
    let mut decoded = match std::str::from_utf8(rest) {
        Ok(text) => utf8(text.to_owned(), "utf-8-bom", 1.0),
        Err(_) => mixed::read(rest),
    };
    for note in &mut decoded.notes {
        note.span = note.span.start + 3..note.span.end + 3;
    }
    decoded.notes.insert(0, DecodeNote::source(DecodeNoteKind::BomStripped, 3, 0..3));
    decoded
}

fn utf8(text: String, encoding: &'static str, confidence: f32) -> Decoded {
    Decoded { text, encoding, confidence, notes: Vec::new(), misread: None }
}

impl DecodeNote {
    fn source(kind: DecodeNoteKind, count: usize, span: Range<usize>) -> Self {
        Self { kind, count, span, space: SpanSpace::Source }
    }

    fn decoded(kind: DecodeNoteKind, count: usize, span: Range<usize>) -> Self {
        Self { kind, count, span, space: SpanSpace::Decoded }
    }
}

#[cfg(test)]
mod tests;
