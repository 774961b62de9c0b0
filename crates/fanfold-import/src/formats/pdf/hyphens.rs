//! Words that a line's end parted. The hyphen goes only when the whole word stands elsewhere in the text, and the
//! word with its hyphen does not: "to-day" may be the author's.

use super::lines::Line;
use std::collections::HashSet;

/// All words of a text.
pub(super) struct Words {
    known: HashSet<String>,
}

impl Words {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut known = HashSet::new();
        for line in lines {
            known.extend(words_of(&line.text()));
        }
        Self { known }
    }

    /// Whether a text that ends with a hyphen goes on in the next line without a space: `None` if it ends otherwise;
    /// else whether the hyphen stays.
    pub(super) fn hyphen(&self, before: &str, behind: &str) -> Option<bool> {
        let is_soft = before.ends_with('\u{ad}');
        let head = before.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
        let first = last_word(head);
        let second: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
        let fits = head.ends_with(char::is_alphabetic) && second.starts_with(char::is_lowercase);
        if !fits {
            // A dash spelled as two hyphens, or the end of a piece of speech.
            return None;
        }
        let whole = format!("{first}{second}").to_lowercase();
        let parted = format!("{first}-{second}").to_lowercase();
        let is_sure = is_soft || (self.known.contains(&whole) && !self.known.contains(&parted));
        Some(!is_sure)
    }
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    text.get(start..).unwrap_or_default()
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_part = |c: char| c.is_alphabetic() || c == '-';
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
