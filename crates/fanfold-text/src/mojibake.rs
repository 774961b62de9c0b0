//! Undoes UTF-8 that was read as Windows-1252 and saved again, once or twice: `â€™` for a curly apostrophe, `Ã©` for `é`.
//!
//! Conservative: a run of such characters is repaired only when all of it turns back into valid UTF-8; everything else
//! stays. A text about mojibake may be hit; the spans in the result let a person take the repair back.

use std::ops::Range;

/// A repaired text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The text after the repair.
    pub text: String,
    /// What was replaced, in order.
    pub spans: Vec<RepairedSpan>,
}

/// One replaced run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairedSpan {
    /// Bytes of the text before the repair.
    pub span: Range<usize>,
    /// What stands there now.
    pub now: String,
    /// How often it had been misread.
    pub times: u8,
}

/// Looks for misread runs and repairs them; `None` when there are none (the usual case, found in one pass).
pub fn repair(text: &str) -> Option<Repaired> {
    let mut out = String::new();
    let mut spans = Vec::new();
    let mut copied = 0;
    for run in runs(text) {
        let Some((now, times)) = text.get(run.clone()).and_then(undo) else {
            continue;
        };
        out.push_str(text.get(copied..run.start).unwrap_or_default());
        out.push_str(&now);
        copied = run.end;
        spans.push(RepairedSpan { span: run, now, times });
    }
    if spans.is_empty() {
        return None;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Some(Repaired { text: out, spans })
}

/// Runs of characters beyond ASCII that Windows-1252 can write. A single one is never misread UTF-8.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.find(|c: char| byte_of(c).is_some())?;
            let tail = text.get(start..)?;
            let end = start + tail.find(|c: char| byte_of(c).is_none()).unwrap_or(tail.len());
            at = end;
            if text.get(start..end)?.chars().nth(1).is_some() {
                return Some(start..end);
            }
        }
    })
}

fn undo(run: &str) -> Option<(String, u8)> {
    // Control characters never stood in a text: a reading that gives some is no repair, or only half of one.
    let sound = |text: &String| !text.chars().any(char::is_control);
    let once = undo_once(run)?;
    match undo_once(&once).filter(sound) {
        Some(twice) => Some((twice, 2)),
        None => Some((once, 1)).filter(|(text, _)| sound(text)),
    }
}

/// The run's bytes in Windows-1252 read as UTF-8, when every one of them belongs to a valid sequence.
fn undo_once(run: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = run.chars().map(byte_of).collect();
    String::from_utf8(bytes?).ok()
}

/// The byte from 0x80 that Windows-1252 writes for a character; the five bytes it leaves undefined stand for themselves.
fn byte_of(c: char) -> Option<u8> {
    const C1: [char; 32] = [
        '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}',
        '\u{2021}', '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}',
        '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}',
        '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}',
        '\u{178}',
    ];
    match c {
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ if c.is_ascii() => None,
        _ => C1.iter().position(|known| *known == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    fn misread(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn a_text_misread_once_or_twice_comes_back() {
        let text = "\u{201c}Don\u{2019}t\u{201d}, said Andr\u{e9} \u{2014} caf\u{e9}\u{2026} na\u{ef}ve \u{20ac}5";
        for (damaged, times) in [(misread(text), 1), (misread(&misread(text)), 2)] {
            let repaired = repair(&damaged).expect("damage is found");
            assert_eq!(repaired.text, text);
            assert!(repaired.spans.iter().all(|s| s.times == times));
        }
    }

    #[test]
    fn only_the_damaged_spans_change() {
        let repaired = repair("caf\u{e9} caf\u{c3}\u{a9}").expect("damage is found");
        assert_eq!(repaired.text, "caf\u{e9} caf\u{e9}");
        assert_eq!(repaired.spans.len(), 1);
        assert_eq!(repaired.spans.first().map(|s| s.span.clone()), Some(9..13));
    }

    #[test]
    fn sound_text_in_any_language_is_left_alone() {
        for text in [
            "plain",
            "caf\u{e9} na\u{ef}ve",
            "N\u{c3}O \u{c9} N\u{c3}O",
            "\u{201c}\u{2018}Yes,\u{2019} he said\u{201d}",
            "\u{c5}se \u{c4}\u{d6}\u{dc}\u{df}",
            "\u{416}\u{437}",
            "\u{2014}\u{201d}",
            "\u{ab}\u{a0}Non\u{a0}\u{bb}",
            "Ma\u{ef}s\u{2026}\u{201d}",
            "\u{c2}me",
            "\u{20ac}\u{201c}",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn a_run_that_is_not_wholly_damage_is_left_alone() {
        assert_eq!(repair("\u{c3}\u{a9}\u{e9}"), None);
    }
}
