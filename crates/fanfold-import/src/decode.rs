//! Bytes to text for importers: the decision of `fanfold-text`, as a value with findings and honest spans.

use fanfold_model::{Finding, FindingCode, Span};
use fanfold_text::encoding::{self, DecodeNote, DecodeNoteKind, Decoded, SpanSpace};
use std::ops::Range;

/// Text with the decision that made it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DecodedText {
    /// The text, line ends as in the source.
    pub text: String,
    /// The encoding's name.
    pub encoding: &'static str,
    /// How sure the choice is, 0 to 1.
    pub confidence: f32,
    /// What was decided, set aside or found damaged.
    pub findings: Vec<Finding>,
    /// What to add to a place in the text for its place in the bytes; `None` where the bytes were changed on the way.
    shift: Option<usize>,
}

impl DecodedText {
    /// The place of a stretch of the text: in the source's bytes where they are the same, else in the decoded text.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.shift {
            Some(shift) => Span::in_source(range.start + shift, range.end + shift),
            None => Span::in_decoded(range.start, range.end),
        }
    }
}

/// Decodes all of an item.
pub(crate) fn whole(bytes: &[u8]) -> DecodedText {
    let decoded = encoding::decode(bytes, None);
    DecodedText {
        findings: findings_of(&decoded),
        shift: shift_of(&decoded, bytes),
        encoding: decoded.encoding,
        confidence: decoded.confidence,
        text: decoded.text,
    }
}

/// The beginning of an item as text, good enough to look for tags.
pub(crate) fn head(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => encoding::decode(bytes, None).text,
    }
}

/// Whether bytes are text: no format's magic, few control characters, or the zero pattern of UTF-16.
pub(crate) fn is_text(head: &[u8]) -> bool {
    const BINARY: [&[u8]; 16] = [
        b"PK\x03\x04",
        b"%PDF",
        b"\xD0\xCF\x11\xE0",
        b"\x1F\x8B",
        b"\x89PNG",
        b"GIF8",
        b"\xFF\xD8\xFF",
        b"{\\rtf",
        b"SQLite format 3",
        b"ITOLITLS",
        b"ITSF",
        b"Rar!",
        b"7z\xBC\xAF",
        b"MZ",
        b"RIFF",
        b"\x7FELF",
    ];
    if BINARY.iter().any(|magic| head.starts_with(magic) && !honest_text(head))
        || head.get(60..68) == Some(b"BOOKMOBI")
    {
        return false;
    }
    let is_control = |byte: &&u8| matches!(byte, 0x01..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F);
    let controls = head.iter().filter(is_control).count();
    let letters = head.iter().filter(|byte| **byte != 0).count();
    let few_holes = holes(head) * 20 <= letters;
    (letters > 0 && controls * 50 <= letters && few_holes) || looks_like_utf16(head)
}

/// Runs of zero bytes. A damaged disk leaves a few long ones in a text, a binary format has many short ones.
fn holes(head: &[u8]) -> usize {
    let starts = head.windows(2).filter(|pair| pair[0] != 0 && pair[1] == 0).count();
    starts + usize::from(head.first() == Some(&0))
}

/// "MZ" and "RIFF" may also begin a sentence.
fn honest_text(head: &[u8]) -> bool {
    let words = head.starts_with(b"MZ") || head.starts_with(b"RIFF") || head.starts_with(b"Rar!");
    words && !head.contains(&0)
}

fn looks_like_utf16(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return true;
    }
    let zeros =
        |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    half > 8
        && ((odd * 10 > half * 6 && even * 20 < half) || (even * 10 > half * 6 && odd * 20 < half))
}

/// The text is the bytes, perhaps behind a byte order mark, when nothing else was noted.
fn shift_of(decoded: &Decoded, bytes: &[u8]) -> Option<usize> {
    let shift = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    (bytes.get(shift..) == Some(decoded.text.as_bytes())).then_some(shift)
}

fn findings_of(decoded: &Decoded) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !matches!(decoded.encoding, "utf-8" | "utf-8-bom") {
        let sure = (decoded.confidence * 100.0).round();
        let what = format!("Read as {} ({sure} % sure).", decoded.encoding);
        let code = if decoded.confidence < 0.5 {
            FindingCode::ENCODING_UNSURE
        } else {
            FindingCode::DECODING
        };
        findings.push(Finding::new(code, what));
    }
    let mut kinds: Vec<(DecodeNoteKind, usize, &DecodeNote)> = Vec::new();
    for note in &decoded.notes {
        match kinds.iter_mut().find(|(kind, _, _)| *kind == note.kind) {
            Some((_, count, _)) => *count += note.count,
            None => kinds.push((note.kind, note.count, note)),
        }
    }
    for (kind, count, first) in kinds {
        let mut finding = note_finding(kind, count, first);
        if let (DecodeNoteKind::MisreadUndone, Some((was, now))) = (kind, &decoded.misread) {
            finding.message =
                format!("{count} misread runs were turned back, for example “{was}” to “{now}”.");
        }
        findings.push(finding);
    }
    findings
}

fn note_finding(kind: DecodeNoteKind, count: usize, first: &DecodeNote) -> Finding {
    let (code, what) = match kind {
        DecodeNoteKind::BomStripped => {
            (FindingCode::DECODING, "A byte order mark was taken off".to_owned())
        }
        DecodeNoteKind::NulRemoved => {
            (FindingCode::DECODING, format!("{count} zero bytes were set aside"))
        }
        DecodeNoteKind::CtrlZRemoved => {
            (FindingCode::DECODING, "The old end-of-file mark (Ctrl-Z) was set aside".to_owned())
        }
        DecodeNoteKind::ControlRemoved => {
            (FindingCode::DECODING, format!("{count} control characters were set aside"))
        }
        DecodeNoteKind::OverstrikeResolved => {
            (FindingCode::DECODING, format!("{count} overstruck characters were resolved"))
        }
        DecodeNoteKind::VerticalTabAsLine => {
            (FindingCode::DECODING, format!("{count} vertical tabs were read as line ends"))
        }
        DecodeNoteKind::C1ReadAs1252 | DecodeNoteKind::InvalidReadAs1252 => (
            FindingCode::DECODING,
            format!("{count} bytes that are no UTF-8 were read as Windows-1252"),
        ),
        DecodeNoteKind::MisreadUndone => (
            FindingCode::MOJIBAKE_REPAIRED,
            format!("{count} runs of UTF-8 that had been read as Windows-1252 were turned back"),
        ),
        DecodeNoteKind::ReplacementPresent => (
            FindingCode::REPLACEMENT_CHARACTERS,
            format!("{count} letters were lost before the file came here"),
        ),
        DecodeNoteKind::Lossy => (
            FindingCode::REPLACEMENT_CHARACTERS,
            format!("{count} bytes have no meaning in the chosen encoding"),
        ),
        DecodeNoteKind::DeclaredIgnored => (
            FindingCode::DECODING,
            "The encoding that the file declares does not fit its bytes".to_owned(),
        ),
    };
    let span = match first.space {
        SpanSpace::Source => Span::in_source(first.span.start, first.span.end),
        SpanSpace::Decoded => Span::in_decoded(first.span.start, first.span.end),
    };
    Finding::new(code, format!("{what}.")).at(Some(span))
}
