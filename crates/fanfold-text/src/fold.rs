//! Folds text so that copies of the same words compare equal, whatever happened to quotes, dashes, spaces, letter case
//! and tags on their way. Names of tags and creators are folded elsewhere, by stricter rules.

use crate::clean_html::CleanHtml;
use crate::elements::is_block;
use crate::escape::unescape;
use crate::tokens::{Token, tokens};

/// The words of clean HTML, folded, one space between them. Equal keys mean the same text.
///
/// Formatting does not count, nor does the way paragraphs are shown: the key is one line. A paragraph's border parts
/// words as a space does.
pub fn same_text_key(html: &CleanHtml) -> String {
    let mut folder = Folder { out: String::with_capacity(html.len()), space: false };
    for token in tokens(html.as_str()) {
        match token {
            Token::Text(text) => folder.text(&unescape(text)),
            Token::Start { name, .. } | Token::End { name } if is_block(name) || name == "br" => {
                folder.space = true
            }
            _ => {}
        }
    }
    folder.out
}

/// The words of plain text, folded like [`same_text_key`].
pub fn same_plain_text_key(text: &str) -> String {
    let mut folder = Folder { out: String::with_capacity(text.len()), space: false };
    folder.text(text);
    folder.out
}

struct Folder {
    out: String,
    space: bool,
}

impl Folder {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                'a'..='z' | '0'..='9' => self.push(c),
                'A'..='Z' => self.push(c.to_ascii_lowercase()),
                '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '`' | '\u{b4}' | '\u{2032}' => {
                    self.push('\'')
                }
                '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}'
                | '\u{2033}' => self.push('"'),
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => self.dash(),
                '\u{2026}' => (0..3).for_each(|_| self.push('.')),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                _ if c.is_whitespace() => self.space = true,
                _ => c.to_lowercase().for_each(|l| self.push(l)),
            }
        }
    }

    /// `--`, `---`, en and em dash are one dash, and the spaces around a dash do not count.
    fn dash(&mut self) {
        self.space = false;
        if !self.out.ends_with('-') {
            self.out.push('-');
        }
    }

    fn push(&mut self, c: char) {
        if std::mem::take(&mut self.space) && !self.out.is_empty() && !self.out.ends_with('-') {
            self.out.push(' ');
        }
        self.out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sanitize::clean;

    #[test]
    fn quotes_dashes_spaces_case_and_tags_do_not_count() {
        let curly = clean("<p>\u{201c}Don\u{2019}t,\u{201d}  said\nALICE \u{2014} and <em>w</em>ent\u{2026}</p><p>Home.</p>").html;
        let plain = "\"Don't,\" said Alice -- and went...\n\nHome.";
        assert_eq!(same_text_key(&curly), same_plain_text_key(plain));
        assert_eq!(same_text_key(&curly), "\"don't,\" said alice-and went... home.");
    }

    #[test]
    fn other_words_give_other_keys() {
        assert_ne!(same_plain_text_key("one two"), same_plain_text_key("one too"));
        assert_ne!(same_plain_text_key("a b"), same_plain_text_key("ab"));
    }
}
