//! Just enough of Rust's lexical rules to look at code without being fooled by comments and strings.
//!
//! The result is a mask of the same length as the source, with the inside of comments, strings and characters
//! blanked (quotes and line ends stay), plus the comments and strings that were taken out.

use std::ops::Range;

/// A source file taken apart.
pub(crate) struct Source {
    /// The code alone: same bytes and lines as the source, the rest blanked.
    pub(crate) code: String,
    /// Comments with the line (from 1) on which each begins.
    pub(crate) comments: Vec<(usize, String)>,
    /// Contents of string literals with the line on which each begins, escapes left as written.
    pub(crate) strings: Vec<(usize, String)>,
}

/// Takes a source file apart. Never fails: text that is not Rust gives a mask that is less useful.
pub(crate) fn take_apart(text: &str) -> Source {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        code: text.as_bytes().to_vec(),
        comments: Vec::new(),
        strings: Vec::new(),
    };
    scanner.run();
    Source {
        code: String::from_utf8_lossy(&scanner.code).into_owned(),
        comments: scanner.comments,
        strings: scanner.strings,
    }
}

/// The line, from 1, that holds byte `at`.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// The code without what is compiled for tests only: `#[cfg(test)]` items are blanked, lines stay.
pub(crate) fn without_tests(code: &str) -> String {
    let mut bytes = code.as_bytes().to_vec();
    for item in test_items(code) {
        blank(&mut bytes[item]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where the `#[cfg(test)]` items stand.
pub(crate) fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut from = 0;
    while let Some(found) = code[from..].find("#[cfg(test)]") {
        let start = from + found;
        from = item_end(code.as_bytes(), start);
        items.push(start..from);
    }
    items
}

/// The byte behind the block or statement that begins somewhere after `start`.
pub(crate) fn item_end(code: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut round = 0_isize;
    for (at, byte) in code.iter().enumerate().skip(start) {
        match byte {
            b'(' | b'[' => round += 1,
            b')' | b']' => round -= 1,
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b';' if depth == 0 && round == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    comments: Vec<(usize, String)>,
    strings: Vec<(usize, String)>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            if rest.starts_with(b"//") {
                self.line_comment();
            } else if rest.starts_with(b"/*") {
                self.block_comment();
            } else if let Some(hashes) = self.raw_string() {
                self.string_until(hashes);
            } else if rest[0] == b'"' {
                self.escaped_string();
            } else if rest[0] == b'\'' {
                self.character_or_lifetime();
            } else {
                self.at += 1;
            }
        }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.bytes[..at].iter().filter(|byte| **byte == b'\n').count()
    }

    fn text(&self, start: usize, end: usize) -> String {
        String::from_utf8_lossy(&self.bytes[start..end]).into_owned()
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let length = self.bytes[start..].iter().position(|byte| *byte == b'\n');
        self.at = length.map_or(self.bytes.len(), |length| start + length);
        self.keep_comment(start);
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            if rest.starts_with(b"/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with(b"*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    break;
                }
            } else {
                self.at += 1;
            }
        }
        self.keep_comment(start);
    }

    fn keep_comment(&mut self, start: usize) {
        self.comments.push((self.line(start), self.text(start, self.at)));
        blank(&mut self.code[start..self.at]);
    }

    /// The number of `#` when a raw string begins here (`r"`, `br#"`, `cr##"`), with `at` moved to the `r`.
    fn raw_string(&mut self) -> Option<usize> {
        let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return None;
        }
        let rest = &self.bytes[self.at..];
        let prefix = if rest.starts_with(b"r") {
            1
        } else if rest.starts_with(b"br") || rest.starts_with(b"cr") {
            2
        } else {
            return None;
        };
        let hashes = rest[prefix..].iter().take_while(|byte| **byte == b'#').count();
        if rest.get(prefix + hashes) != Some(&b'"') {
            return None;
        }
        self.at += prefix + hashes;
        Some(hashes)
    }

    fn string_until(&mut self, hashes: usize) {
        let open = self.at;
        let close = [&b"\""[..], &b"#".repeat(hashes)].concat();
        let inside = &self.bytes[open + 1..];
        let length = inside.windows(close.len()).position(|window| window == close);
        let end = length.map_or(self.bytes.len(), |length| open + 1 + length);
        self.keep_string(open, end);
        self.at = (end + close.len()).min(self.bytes.len());
    }

    fn escaped_string(&mut self) {
        let open = self.at;
        let mut end = open + 1;
        while end < self.bytes.len() && self.bytes[end] != b'"' {
            end += if self.bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(self.bytes.len());
        self.keep_string(open, end);
        self.at = (end + 1).min(self.bytes.len());
    }

    fn keep_string(&mut self, open: usize, end: usize) {
        self.strings.push((self.line(open), self.text(open + 1, end)));
        blank(&mut self.code[open + 1..end]);
    }

    /// `'a'`, `'\n'`, `'é'` are characters; `'a` without a closing quote is a lifetime.
    fn character_or_lifetime(&mut self) {
        let inside = &self.bytes[self.at + 1..];
        let length = match inside {
            [b'\\', _, rest @ ..] => rest.iter().position(|byte| *byte == b'\'').map(|at| at + 2),
            [first, ..] => {
                let width = utf8_width(*first);
                (inside.get(width) == Some(&b'\'')).then_some(width)
            }
            [] => None,
        };
        if let Some(length) = length {
            blank(&mut self.code[self.at + 1..=self.at + length]);
            self.at += length + 2;
        } else {
            self.at += 1;
        }
    }
}

fn utf8_width(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_comments_and_characters_are_blanked_and_lines_stay() {
        let text = "let a = \"fs // no\"; // std::fs\nlet b = '\"'; /* x /* y */ z */ let c: &'a str = r#\"q\"q\"#;";
        let source = take_apart(text);
        assert_eq!(source.code.len(), text.len());
        assert_eq!(source.code.lines().count(), 2);
        assert!(!source.code.contains("fs") && !source.code.contains("y"));
        assert!(source.code.contains("let c: &'a str = r#\"   \"#;"), "{}", source.code);
        assert_eq!(source.strings, [(1, "fs // no".to_owned()), (2, "q\"q".to_owned())]);
        assert_eq!(source.comments.len(), 2);
    }

    #[test]
    fn escaped_quotes_do_not_end_a_string_or_a_character() {
        let source =
            take_apart(r#"let a = "x\"fn bad() {"; let b = '\''; let c = b'{'; fn good() {}"#);
        assert!(!source.code.contains("bad"));
        assert_eq!(source.code.matches('{').count(), 1, "{}", source.code);
    }

    #[test]
    fn what_is_for_tests_only_is_taken_out_and_the_code_after_it_stays() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { [1;2]; } }\nfn c() {}\n#[cfg(test)]\nmod other;\nfn d() {}";
        let rest = without_tests(code);
        assert!(rest.contains("fn a") && rest.contains("fn c") && rest.contains("fn d"));
        assert!(!rest.contains("fn b") && !rest.contains("mod other"));
        assert_eq!(rest.lines().count(), code.lines().count());
    }
}
