//! Reading a query character by character: quotes, bare words, keywords. Knows nothing of fields' meanings.

use super::error::QueryError;

/// A place in the text; indices count characters.
pub(super) struct Scan {
    chars: Vec<char>,
    at: usize,
}

/// A bare word.
pub(super) struct Bare {
    /// The word with escapes resolved and without its closing star.
    pub(super) text: String,
    /// It ended in an unescaped star.
    pub(super) star: bool,
    /// Something in it was escaped, so it is no keyword.
    pub(super) escaped: bool,
}

/// Words that join or negate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    And,
    Or,
    Not,
}

/// Straight and curly marks; any of them opens, any of them closes.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// The keyword that a word would be read as.
pub(super) fn keyword(word: &str) -> Option<Keyword> {
    match word {
        "||" => Some(Keyword::Or),
        "&&" => Some(Keyword::And),
        _ if word.eq_ignore_ascii_case("or") => Some(Keyword::Or),
        _ if word.eq_ignore_ascii_case("and") => Some(Keyword::And),
        _ if word.eq_ignore_ascii_case("not") => Some(Keyword::Not),
        _ => None,
    }
}

impl Scan {
    pub(super) fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn rewind(&mut self, to: usize) {
        self.at = to;
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn peek_second(&self) -> Option<char> {
        self.chars.get(self.at + 1).copied()
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Takes a character if it is next.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// The name that may stand before `:`; the place moves behind it.
    pub(super) fn take_name(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == '.') {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    /// The keyword that stands here as a whole word, without moving.
    pub(super) fn peek_keyword(&self) -> Option<(Keyword, usize)> {
        let rest = &self.chars[self.at.min(self.chars.len())..];
        let length = rest.iter().position(|c| ends_word(*c)).unwrap_or(rest.len());
        let word: String = rest[..length].iter().collect();
        keyword(&word).map(|found| (found, length))
    }

    /// What stands between quotes; the place is on the opening mark.
    pub(super) fn take_quoted(&mut self) -> Result<String, QueryError> {
        let opening = self.at;
        self.skip();
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.skip();
            match c {
                '\\' => text.push(self.take_escaped()),
                c if is_quote(c) => return nonempty(text, opening),
                c => text.push(c),
            }
        }
        Err(QueryError::at(
            opening,
            "this quotation mark is never closed",
            "put a second \" after the phrase",
        ))
    }

    /// The character after a backslash; a backslash at the very end stands for itself.
    fn take_escaped(&mut self) -> char {
        let c = self.peek().unwrap_or('\\');
        self.at = (self.at + 1).min(self.chars.len());
        c
    }

    /// A bare word: up to white space, a quote or a parenthesis.
    pub(super) fn take_bare(&mut self) -> Result<Bare, QueryError> {
        let mut bare = Bare { text: String::new(), star: false, escaped: false };
        while let Some(c) = self.peek().filter(|c| !ends_word(*c)) {
            if bare.star {
                return Err(star_inside(self.at - 1));
            }
            self.skip();
            match c {
                '\\' => {
                    bare.escaped = true;
                    bare.text.push(self.take_escaped());
                }
                '*' if bare.text.is_empty() => return Err(star_alone(self.at - 1)),
                '*' => bare.star = true,
                c => bare.text.push(c),
            }
        }
        Ok(bare)
    }
}

fn nonempty(text: String, opening: usize) -> Result<String, QueryError> {
    if text.trim().is_empty() {
        return Err(QueryError::at(
            opening,
            "there is nothing between the quotation marks",
            "put words between them",
        ));
    }
    Ok(text)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || c == '(' || c == ')'
}

fn star_inside(index: usize) -> QueryError {
    QueryError::at(
        index,
        "a star works only at the end of a word",
        "write the beginning of the word, as in treas*",
    )
}

fn star_alone(index: usize) -> QueryError {
    QueryError::at(
        index,
        "a star needs letters before it",
        "write the beginning of the word, as in treas*",
    )
}
