//! Undoes UTF-8 that was read as Windows-1252 and saved again, once or twice: `â€™` for a curly apostrophe, `Ã©` for `é`.
//!
//! Conservative: a run of such characters is repaired only when all of it turns back into valid UTF-8, and into signs that
//! a text has. Honest text can do that too: `»Spaß«`, `«Perché»…`, `IRMÃ»` end in a quote, a dash or a blank that is also
//! the second byte of a letter. A run whose letters all stand on such signs is repaired only in the company of runs that
//! cannot be honest, and only to Latin letters and punctuation. A text about mojibake may be hit; the spans in the result
//! let a person take the repair back.

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
    let undone: Vec<(RepairedSpan, Trust)> =
        runs(text).filter_map(|run| undone(text, run)).collect();
    if !undone.iter().any(|(_, trust)| *trust == Trust::Sure) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut spans = Vec::with_capacity(undone.len());
    let mut copied = 0;
    for (span, _) in undone {
        out.push_str(text.get(copied..span.span.start).unwrap_or_default());
        out.push_str(&span.now);
        copied = span.span.end;
        spans.push(span);
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

/// How likely it is that a run is damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Nobody writes this.
    Sure,
    /// A letter and a quote, a dash or a blank: damage in a damaged text, honest in any other.
    InCompany,
}

fn undone(text: &str, run: Range<usize>) -> Option<(RepairedSpan, Trust)> {
    let written = text.get(run.clone())?;
    let (now, times) = undo(written)?;
    let trust = trust(written, &now)?;
    Some((RepairedSpan { span: run, now, times }, trust))
}

/// How far to trust a repair; `None` where the result is no text that anybody writes.
fn trust(written: &str, now: &str) -> Option<Trust> {
    let familiar =
        |c: char| matches!(c, '\u{a0}'..='\u{17f}' | '\u{2000}'..='\u{20cf}' | '\u{2122}');
    let greek_or_cyrillic = |c: char| matches!(c, '\u{370}'..='\u{4ff}');
    let rare = |c: char| {
        matches!(c, '\u{18f}'..='\u{21b}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{6d3}')
            || matches!(c, '\u{e01}'..='\u{e5b}')
    };
    let known = |c: char| familiar(c) || greek_or_cyrillic(c) || rare(c) || c >= '\u{1e00}';
    if !now.chars().all(known) || (now.chars().any(rare) && now.chars().count() < 3) {
        return None;
    }
    if written.chars().any(|c| goes_on(c) && !ends_a_word(c)) {
        return Some(Trust::Sure);
    }
    now.chars().all(familiar).then_some(Trust::InCompany)
}

/// Whether Windows-1252 writes the character with a byte that goes on a UTF-8 sequence.
fn goes_on(c: char) -> bool {
    byte_of(c).is_some_and(|byte| (0x80..=0xbf).contains(&byte))
}

/// What honest text sets right behind a letter.
fn ends_a_word(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ab}' | '\u{ad}' | '\u{ae}' | '\u{b7}' | '\u{bb}' | '\u{2122}')
        || matches!(c, '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201e}' | '\u{2022}')
        || matches!(c, '\u{2026}' | '\u{2039}' | '\u{203a}')
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
            "\u{bb}Ein Spa\u{df}\u{ab}, und wei\u{df}\u{2026} der Spie\u{df}\u{bb}",
            "\u{ab}\u{a0}Voil\u{e0}\u{a0}\u{bb}, d\u{e9}j\u{e0}\u{a0}\u{2013} all\u{e9}\u{a0}\u{bb}",
            "\u{ab}Perch\u{e9}\u{bb}\u{2026} NO\u{cb}L\u{a0}\u{bb}",
            "IRM\u{c3}\u{bb}, MANH\u{c3}\u{2026}, S\u{c3}\u{2013} ESPA\u{d1}\u{2026}",
            "\u{bb}N\u{c5}\u{ab}, J\u{c4}\u{201c}, CAF\u{c9}\u{ae}",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    #[test]
    fn a_doubtful_run_is_turned_back_in_the_company_of_sure_ones() {
        let text = "\u{d6}l und \u{c4}pfel: caf\u{e9} \u{e0} l\u{e0}";
        assert_eq!(repair(&misread(text)).map(|repaired| repaired.text).as_deref(), Some(text));
        assert_eq!(repair("\u{c3}\u{2013}l"), None);
        let mixed = format!("{} \u{ab}Spa\u{df}\u{bb}", misread("caf\u{e9}"));
        let repaired = repair(&mixed).expect("the first word is damage");
        assert_eq!(repaired.text, "caf\u{e9} \u{ab}Spa\u{df}\u{bb}");
    }

    #[test]
    fn other_scripts_come_back_too() {
        for text in [
            "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}",
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            "\u{3053}\u{3093}\u{306b}",
            "\u{1f431}",
        ] {
            let repaired = repair(&misread(text)).map(|repaired| repaired.text);
            assert_eq!(repaired.as_deref(), Some(text), "{text}");
        }
    }

    #[test]
    fn a_run_that_is_not_wholly_damage_is_left_alone() {
        assert_eq!(repair("\u{c3}\u{a9}\u{e9}"), None);
    }
}
