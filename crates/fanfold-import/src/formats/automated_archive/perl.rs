//! Perl's literals as values: strings, numbers, hashes, arrays. A grammar and nothing else: no line of the file is run,
//! no variable is looked up, what is not a literal is passed over.
//!
//! People wrote these files by hand and by careless programs, so a quote inside a string is often not escaped. A string
//! ends at the quote behind which a value can end; any other is part of the text, and told.

use std::ops::Range;

/// A value and its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A string, a number or a bare word, without quotes and escapes.
    Text(String, Range<usize>),
    /// Pairs of a hash or entries of a list, in their order. A list's entries have no names.
    List(Vec<(Option<String>, Value)>, Range<usize>),
}

impl Value {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<(&str, Range<usize>)> {
        match self {
            Self::Text(text, place) => Some((text, place.clone())),
            Self::List(..) => None,
        }
    }

    /// The named entries of a hash.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &Value)> {
        let list: &[(Option<String>, Value)] = match self {
            Self::List(list, _) => list,
            Self::Text(..) => &[],
        };
        list.iter().filter_map(|(name, value)| Some((name.as_deref()?, value)))
    }
}

/// What could not be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Damage {
    pub(super) at: usize,
    pub(super) what: &'static str,
}

/// Nothing honest is nested deeper.
const DEEPEST: usize = 20;

/// Reads the literals of a text one after the other.
pub(super) struct Perl<'a> {
    text: &'a str,
    at: usize,
    pub(super) damage: Vec<Damage>,
}

impl<'a> Perl<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, damage: Vec::new() }
    }

    /// The next record: a name with a hash behind it, wherever it stands. What surrounds records is passed over.
    pub(super) fn record(&mut self) -> Option<(String, Value)> {
        loop {
            self.skip_space();
            let start = self.at;
            let first = self.peek()?;
            if let Some(name) = self.name()
                && self.arrow()
                && self.peek() == Some('{')
            {
                let open = self.at;
                match self.value(0) {
                    Some(value) => return Some((name, value)),
                    None => {
                        self.told(open, "a record does not come to its end");
                        self.at = open + 1;
                        self.skip_to_record();
                    }
                }
            } else {
                self.at = start + first.len_utf8();
                self.pass_word(first);
            }
        }
    }

    /// Passes over the rest of a bare word, or of a string that begins no record.
    fn pass_word(&mut self, first: char) {
        if first.is_alphanumeric() {
            let rest = self.rest();
            self.at += rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        } else if matches!(first, '\'' | '"') {
            self.at -= 1;
            if self.quoted(first).is_none() {
                self.at += 1;
            }
        }
    }

    /// To the next line that begins like a record.
    fn skip_to_record(&mut self) {
        while let Some(end) = self.text[self.at..].find('\n') {
            self.at += end + 1;
            let mut ahead = Perl { text: self.text, at: self.at, damage: Vec::new() };
            ahead.skip_blanks();
            if ahead.name().is_some() && ahead.arrow() && ahead.peek() == Some('{') {
                return;
            }
        }
        self.at = self.text.len();
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        let start = self.at;
        let value = match self.peek()? {
            _ if depth > DEEPEST => return None,
            '{' => self.list('}', depth)?,
            '[' => self.list(']', depth)?,
            '(' => self.list(')', depth)?,
            '\\' => {
                self.at += 1;
                self.value(depth + 1)?
            }
            '<' => self.here_document()?,
            _ => Value::Text(self.scalar()?, start..self.at),
        };
        Some(self.joined(value, start))
    }

    /// `'one' . 'two'`: strings that a full stop joins.
    fn joined(&mut self, value: Value, start: usize) -> Value {
        let Value::Text(mut text, mut place) = value else { return value };
        loop {
            let before = self.at;
            self.skip_space();
            if self.peek() != Some('.') {
                self.at = before;
                return Value::Text(text, place);
            }
            self.at += 1;
            self.skip_space();
            let Some(more) = self.scalar() else {
                self.at = before;
                return Value::Text(text, place);
            };
            text.push_str(&more);
            place = start..self.at;
        }
    }

    fn scalar(&mut self) -> Option<String> {
        match self.peek()? {
            quote @ ('\'' | '"') => self.quoted(quote),
            'q' if self.is_quote_like() => self.quote_like(),
            _ => self.bare(),
        }
    }

    fn list(&mut self, close: char, depth: usize) -> Option<Value> {
        let start = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            match self.peek()? {
                c if c == close => {
                    self.at += 1;
                    return Some(Value::List(entries, start..self.at));
                }
                ',' | ';' => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let before = self.at;
            if let Some(name) = self.name()
                && self.arrow()
            {
                let value = self.value(depth + 1)?;
                entries.push((Some(name), value));
                continue;
            }
            self.at = before;
            if self.text[self.at..].starts_with("qw") {
                entries.extend(self.words()?);
                continue;
            }
            let value = self.value(depth + 1)?;
            entries.push((None, value));
        }
    }

    /// A key: quoted, or a bare word.
    fn name(&mut self) -> Option<String> {
        match self.peek()? {
            quote @ ('\'' | '"') => {
                let rest = &self.text[self.at + 1..];
                let end = rest.find([quote, '\n']).filter(|end| *end < 200)?;
                let name = rest[..end].to_owned();
                self.at += end + 2;
                rest[end..].starts_with(quote).then_some(name)
            }
            c if is_word(c) => self.bare(),
            _ => None,
        }
    }

    fn arrow(&mut self) -> bool {
        self.skip_space();
        let found = self.text[self.at..].starts_with("=>");
        if found {
            self.at += 2;
            self.skip_space();
        }
        found
    }

    fn bare(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        match word {
            "" => None,
            "undef" => Some(String::new()),
            word => Some(word.to_owned()),
        }
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let c = self.take()?;
            if c == '\\' {
                self.escape(quote, &mut text)?;
            } else if c != quote {
                text.push(c);
            } else if self.ends_value() {
                return Some(text);
            } else {
                if self.damage.last().is_none_or(|last| last.at != start) {
                    self.told(start, "a quote inside a text is not escaped");
                }
                text.push(c);
            }
        }
    }

    /// Whether a value can end here: in front of a comma that something of the same grammar follows, or of an end.
    fn ends_value(&self) -> bool {
        let mut ahead = Perl { text: self.text, at: self.at, damage: Vec::new() };
        ahead.skip_blanks();
        let rest = &ahead.text[ahead.at..];
        let Some(next) = rest.chars().next() else { return true };
        if matches!(next, '}' | ']' | ';' | '#') || rest.starts_with("=>") {
            return true;
        }
        if next == ')' {
            // The list's end has nothing behind it but its statement's.
            let behind = rest[1..].trim_start();
            return behind.is_empty() || behind.starts_with([';', ',', ')', '}']);
        }
        if next == '.' {
            return rest[1..].trim_start().starts_with(['\'', '"']);
        }
        if next != ',' {
            return false;
        }
        ahead.at += 1;
        ahead.skip_space();
        match ahead.peek() {
            None | Some('}' | ']' | ')') => true,
            Some('\'' | '"') => {
                let list_entry = ahead.clone_at().list_entry_follows();
                list_entry || (ahead.name().is_some() && ahead.arrow())
            }
            Some(_) => ahead.name().is_some() && ahead.arrow(),
        }
    }

    fn clone_at(&self) -> Self {
        Self { text: self.text, at: self.at, damage: Vec::new() }
    }

    /// A quoted entry of a plain list, with a comma or the list's end behind it.
    fn list_entry_follows(mut self) -> bool {
        let named = self.name().is_some();
        self.skip_space();
        named && matches!(self.peek(), Some(',' | ')' | ']'))
    }

    fn escape(&mut self, quote: char, text: &mut String) -> Option<()> {
        let c = self.take()?;
        if quote == '\'' {
            if !matches!(c, '\'' | '\\') {
                text.push('\\');
            }
            text.push(c);
            return Some(());
        }
        match c {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'x' => text.push(self.numbered()),
            other => text.push(other),
        }
        Some(())
    }

    /// `\x41`, `\x{263a}`.
    fn numbered(&mut self) -> char {
        let rest = self.rest();
        let (digits, length) = match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((digits, _)) => (digits, digits.len() + 2),
            None => {
                let count = rest.bytes().take(2).take_while(u8::is_ascii_hexdigit).count();
                (&rest[..count], count)
            }
        };
        let read = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        if read.is_some() {
            self.at += length;
        }
        read.unwrap_or('x')
    }

    fn is_quote_like(&self) -> bool {
        let rest = self.text[self.at + 1..].trim_start_matches(['q', 'w']);
        rest.starts_with(['(', '{', '[', '|', '/', '!', '~'])
    }

    /// `q(…)`, `qq{…}`.
    fn quote_like(&mut self) -> Option<String> {
        let rest = self.rest();
        let open = rest.find(|c: char| !c.is_alphabetic())?;
        let sign = rest[open..].chars().next()?;
        let close = closing(sign);
        let (mut depth, mut end) = (0_usize, None);
        for (at, c) in rest.char_indices().skip_while(|(at, _)| *at <= open) {
            if c == close && depth == 0 {
                end = Some(at);
                break;
            }
            depth = if c == close { depth - 1 } else { depth + usize::from(c == sign) };
        }
        let end = end?;
        self.at += end + close.len_utf8();
        Some(rest[open + sign.len_utf8()..end].to_owned())
    }

    /// `qw(one two)`.
    fn words(&mut self) -> Option<Vec<(Option<String>, Value)>> {
        let start = self.at;
        let text = self.quote_like()?;
        let place = start..self.at;
        Some(
            text.split_whitespace()
                .map(|word| (None, Value::Text(word.to_owned(), place.clone())))
                .collect(),
        )
    }

    /// `<<'END'`: the lines from the next one to the one that says END; what stands behind the mark goes on there.
    fn here_document(&mut self) -> Option<Value> {
        let rest = self.text[self.at..].strip_prefix("<<")?.trim_start_matches('~');
        let mark: String =
            rest.trim_start_matches(['\'', '"']).chars().take_while(|c| is_word(*c)).collect();
        if mark.is_empty() {
            return None;
        }
        let line = self.at + self.text[self.at..].find('\n')? + 1;
        let body = &self.text[line..];
        let mut end = 0;
        for own in body.split_inclusive('\n') {
            if own.trim() == mark {
                let place = line..line + end;
                self.at = line + end + own.len();
                return Some(Value::Text(body[..end].to_owned(), place));
            }
            end += own.len();
        }
        None
    }

    fn told(&mut self, at: usize, what: &'static str) {
        self.damage.push(Damage { at: at.min(self.text.len()), what });
    }

    /// What is not read yet; nothing where a construct ended beyond a text that breaks off.
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// White space and comments.
    fn skip_space(&mut self) {
        loop {
            self.skip_blanks();
            if self.peek() != Some('#') {
                return;
            }
            let rest = self.rest();
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '+')
}

fn closing(sign: char) -> char {
    match sign {
        '(' => ')',
        '{' => '}',
        '[' => ']',
        same => same,
    }
}

#[cfg(test)]
mod tests;
