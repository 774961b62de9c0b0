//! A flat reader of clean HTML: start tags, end tags and text, in order, with no tree and no recursion.
//!
//! It understands what the sanitiser writes (`"`-quoted attributes, `<` only where a tag starts). On anything
//! else it does not fail; it treats a `<` that opens no tag as text.

/// One piece of clean HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name attrs>`; `attrs` is the raw text between the name and `>`.
    Start {
        /// Lower-case element name.
        name: &'a str,
        /// Raw attributes, still escaped.
        attrs: &'a str,
    },
    /// `</name>`.
    End {
        /// Lower-case element name.
        name: &'a str,
    },
    /// Text between tags, still escaped.
    Text(&'a str),
}

/// Reads the tokens of clean HTML from left to right.
pub(crate) struct Tokens<'a> {
    rest: &'a str,
}

/// The tokens of clean HTML.
pub(crate) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((token, len)) = tag_at(self.rest) {
            self.rest = self.rest.get(len..).unwrap_or_default();
            return Some(token);
        }
        let end = next_tag(self.rest);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(Token::Text(text))
    }
}

/// Where the next thing that reads as a tag begins, or the end of the text.
fn next_tag(text: &str) -> usize {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|t| t.find('<')) {
        let at = from + found;
        if at > 0 && text.get(at..).is_some_and(|t| tag_at(t).is_some()) {
            return at;
        }
        from = at + 1;
    }
    text.len()
}

/// The tag at the very start of `text` and its length in bytes.
fn tag_at(text: &str) -> Option<(Token<'_>, usize)> {
    let body = text.strip_prefix('<')?;
    let (closing, body) = match body.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, body),
    };
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_len = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let close = closing_angle(body.as_bytes(), name_len)?;
    let name = body.get(..name_len)?;
    let len = text.len() - body.len() + close + 1;
    if closing {
        return Some((Token::End { name }, len));
    }
    let attrs = body.get(name_len..close)?.trim_end_matches('/').trim();
    Some((Token::Start { name, attrs }, len))
}

/// The `>` that ends the tag, not counting those inside quotes.
fn closing_angle(bytes: &[u8], from: usize) -> Option<usize> {
    let mut quoted = false;
    for (i, b) in bytes.iter().enumerate().skip(from) {
        match b {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(i),
            _ => {}
        }
    }
    None
}
/// The raw (still escaped) attributes of a start tag, as name and value.
pub(crate) fn attributes(attrs: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attrs;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (name, after) = rest.split_once("=\"")?;
        let (value, tail) = after.split_once('"')?;
        rest = tail;
        Some((name, value))
    })
}

/// The unescaped value of one attribute.
pub(crate) fn attribute(attrs: &str, name: &str) -> Option<String> {
    attributes(attrs)
        .find(|(n, _)| *n == name)
        .map(|(_, v)| crate::escape::unescape(v).into_owned())
}
