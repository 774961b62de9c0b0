//! Word counts as AO3 counts them (its word counter): text only, no tags; `--` and the long dash part words;
//! apostrophes and hyphens join them; punctuation alone counts nothing; in scripts without word spaces (Han, Hiragana,
//! Katakana, Thai) every character is a word.

use crate::clean_html::CleanHtml;
use crate::elements::is_block;
use crate::escape::unescape;
use crate::tokens::{Token, tokens};

/// Words in the text of clean HTML. Blocks and line breaks part words, inline tags do not: `<b>w</b>ord` is one.
pub fn count(html: &CleanHtml) -> usize {
    let mut counter = Counter::default();
    for token in tokens(html.as_str()) {
        match token {
            Token::Text(text) => counter.text(&unescape(text)),
            Token::Start { name: "br", .. } => counter.part(),
            Token::Start { name, .. } | Token::End { name } if is_block(name) => counter.part(),
            _ => {}
        }
    }
    counter.finish()
}

/// Words in plain text.
pub fn count_text(text: &str) -> usize {
    let mut counter = Counter::default();
    counter.text(text);
    counter.finish()
}

#[derive(Default)]
struct Counter {
    words: usize,
    in_word: bool,
    dash: bool,
}

impl Counter {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_lowercase() {
                self.in_word = true;
                self.dash = false;
                continue;
            }
            self.char(c);
        }
    }

    fn char(&mut self, c: char) {
        let second_dash = c == '-' && self.dash;
        self.dash = c == '-';
        if is_counted_alone(c) {
            self.part();
            self.words += 1;
        } else if c.is_whitespace() || second_dash || matches!(c, '\u{2014}' | '\u{2015}') {
            self.part();
        } else if c.is_alphanumeric() || c == '_' {
            self.in_word = true;
        }
    }

    fn part(&mut self) {
        self.words += usize::from(std::mem::take(&mut self.in_word));
    }

    fn finish(mut self) -> usize {
        self.part();
        self.words
    }
}

/// Letters of scripts that put no space between words.
fn is_counted_alone(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0e30}' | '\u{0e32}'..='\u{0e33}' | '\u{0e40}'..='\u{0e46}' | '\u{0e50}'..='\u{0e59}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sanitize::clean;

    #[test]
    fn apostrophes_and_hyphens_join_while_dashes_part() {
        assert_eq!(count_text("Don't use well-known words"), 4);
        assert_eq!(count_text("He stopped--then ran"), 4);
        assert_eq!(count_text("He stopped\u{2014}then ran"), 4);
        assert_eq!(count_text("a---b"), 2);
    }

    #[test]
    fn punctuation_alone_is_no_word() {
        assert_eq!(count_text("* * * ... -- ? \u{2014} !"), 0);
        assert_eq!(count_text("Oh ... no !"), 2);
    }

    #[test]
    fn scripts_without_spaces_count_each_character() {
        assert_eq!(count_text("\u{4f60}\u{597d}"), 2);
        assert_eq!(count_text("\u{3042}\u{30a2}\u{6f22} abc"), 4);
    }

    #[test]
    fn tags_are_not_words_and_inline_tags_do_not_part_them() {
        assert_eq!(count(&clean("<p>one <em>t</em>wo</p><p>three<br>four</p>").html), 4);
        assert_eq!(count(&clean("<p>AT&amp;T &lt;b&gt;</p>").html), 2);
    }
}
