//! UTF-16 with and without a byte order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::{DecodeNote, DecodeNoteKind, Decoded};

/// The text when the file begins with a UTF-16 mark.
pub(super) fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, label) = match bytes {
        [0xFF, 0xFE, ..] => (UTF_16LE, "utf-16le"),
        [0xFE, 0xFF, ..] => (UTF_16BE, "utf-16be"),
        _ => return None,
    };
    let mut decoded = read(bytes.get(2..)?, encoding, label, 1.0);
    decoded.notes.insert(0, DecodeNote::source(DecodeNoteKind::BomStripped, 2, 0..2));
    Some(decoded)
}

/// The text when zero bytes stand at every second place: at least 8 % of all pairs (spaces and line ends suffice in
/// any script), and hardly any at the other place.
pub(super) fn by_zeros(bytes: &[u8]) -> Option<Decoded> {
    let probe = bytes.get(..bytes.len().min(4096) & !1)?;
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in probe.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.last() == Some(&0));
    }
    let pairs = probe.len() / 2;
    let enough = |zeros: usize, others: usize| {
        pairs >= 4 && zeros * 100 >= pairs * 8 && others * 20 <= zeros
    };
    let (encoding, label) = if enough(odd, even) {
        (UTF_16LE, "utf-16le")
    } else if enough(even, odd) {
        (UTF_16BE, "utf-16be")
    } else {
        return None;
    };
    let decoded = read(bytes, encoding, label, 0.95);
    is_one_script(&decoded.text).then_some(decoded)
}

/// Real text keeps to ASCII, general punctuation, East Asian characters and one more block of 256.
fn is_one_script(text: &str) -> bool {
    let mut blocks = [0usize; 256];
    let (mut usual, mut all) = (0usize, 0usize);
    for c in text.chars().take(2000) {
        all += 1;
        match (u32::from(c) >> 8, c) {
            (
                _,
                '\t'
                | '\n'
                | '\r'
                | ' '..='~'
                | '\u{3000}'..='\u{9fff}'
                | '\u{ac00}'..='\u{d7a3}'
                | '\u{ff00}'..='\u{ffef}',
            ) => usual += 1,
            (0x20, _) => usual += 1,
            (block, _) => {
                if let Some(count) = usize::try_from(block).ok().and_then(|b| blocks.get_mut(b)) {
                    *count += usize::from(!c.is_control());
                }
            }
        }
    }
    let block = blocks.iter().max().copied().unwrap_or(0);
    (usual + block) * 10 >= all * 9
}

fn read(
    bytes: &[u8],
    encoding: &'static Encoding,
    label: &'static str,
    confidence: f32,
) -> Decoded {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let mut notes = Vec::new();
    if errors {
        notes.push(DecodeNote::source(DecodeNoteKind::Lossy, lossy(&text), 0..bytes.len()));
    }
    Decoded { text, encoding: label, confidence, notes, misread: None }
}

/// How many characters were lost.
pub(super) fn lossy(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}
