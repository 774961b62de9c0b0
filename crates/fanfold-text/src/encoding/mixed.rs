//! UTF-8 with single bytes of Windows-1252 in it: pasted quotes, or one site's two code pages. Good runs are read as
//! UTF-8, each bad byte as Windows-1252. Known case: a program that chose one encoding for the whole page and lost the
//! other half.

use encoding_rs::WINDOWS_1252;

use super::{DecodeNote, DecodeNoteKind, Decoded};

/// The text when the file is UTF-8 in the main; `None` when it looks like another encoding altogether.
///
/// In a file of an old code page some bytes happen to be UTF-8 (one in twelve even in Chinese), but what is not stands in
/// long runs. So bad bytes are few beside the good characters, or each stands for itself.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (mut good, mut bad, mut runs) = (0usize, 0usize, 0usize);
    let mut in_run = false;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        in_run &= chunk.valid().is_empty();
        runs += usize::from(!in_run && !chunk.invalid().is_empty());
        in_run = true;
        bad += chunk.invalid().len();
    }
    let few = bad * 3 <= good;
    let single = bad <= good * 4 && bad * 10 <= runs * 14;
    (good > 0 && (few || single)).then(|| read(bytes))
}

/// Reads without judging.
pub(super) fn read(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut notes: Vec<DecodeNote> = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        let bad = chunk.invalid();
        if bad.is_empty() {
            continue;
        }
        let (read, _) = WINDOWS_1252.decode_without_bom_handling(bad);
        text.push_str(&read);
        match notes.last_mut() {
            Some(last) if last.span.end == at => {
                last.span.end = at + bad.len();
                last.count += bad.len();
            }
            _ => notes.push(DecodeNote::source(
                DecodeNoteKind::InvalidReadAs1252,
                bad.len(),
                at..at + bad.len(),
            )),
        }
        at += bad.len();
    }
    Decoded { text, encoding: "mixed utf-8/windows-1252", confidence: 0.8, notes, misread: None }
}
