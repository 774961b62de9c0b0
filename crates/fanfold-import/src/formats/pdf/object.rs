//! The things a PDF is written in: numbers, names, strings, arrays, dictionaries, references; and the operators of a
//! page, which are words between them. Read tolerantly: what makes no sense is passed over.

use std::collections::BTreeMap;

/// Arrays in arrays that are read.
const MOST_DEPTH: usize = 40;

/// A dictionary.
pub(super) type Dict = BTreeMap<String, Object>;

/// One thing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Number(f64),
    Text(Vec<u8>),
    Name(String),
    Array(Vec<Object>),
    Dict(Dict),
    /// A reference to an object by its number.
    Reference(u32),
    /// An operator, or a word like `true` and `null`.
    Word(Vec<u8>),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// As a count or a place.
    pub(super) fn count(&self) -> Option<usize> {
        let number = self.number().filter(|number| (0.0..4e9).contains(number))?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the range above"
        )]
        Some(number as usize)
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    pub(super) fn dict(&self) -> Option<&Dict> {
        if let Self::Dict(dict) = self { Some(dict) } else { None }
    }
}

/// Reads things from bytes, one after the other.
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next thing; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.thing(0)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                0 | 9 | 10 | 12 | 13 | 32 => self.at += 1,
                b'%' => {
                    while self.peek().is_some_and(|byte| !matches!(byte, 10 | 13)) {
                        self.at += 1;
                    }
                }
                _ => return,
            }
        }
    }

    fn thing(&mut self, depth: usize) -> Option<Object> {
        self.skip_white();
        let byte = self.peek()?;
        match byte {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::Text(self.string())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dict(depth),
            b'<' => Some(Object::Text(self.hex())),
            b'[' => self.array(depth),
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number()),
            b']' | b'>' | b'{' | b'}' | b')' => {
                self.at += 1;
                Some(Object::Word(vec![byte]))
            }
            _ => Some(Object::Word(self.word().to_vec())),
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let word = self.word();
        let mut name = Vec::new();
        let mut at = 0;
        while let Some(byte) = word.get(at).copied() {
            let code = word.get(at + 1..at + 3).filter(|_| byte == b'#').and_then(hex_byte);
            name.push(code.unwrap_or(byte));
            at += if code.is_some() { 3 } else { 1 };
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// A number, or a reference: a number, a number and R.
    fn number(&mut self) -> Object {
        let word = self.word();
        let text = String::from_utf8_lossy(word);
        let value: f64 = text.parse().unwrap_or_default();
        let Ok(number) = text.parse::<u32>() else { return Object::Number(value) };
        let back = self.at;
        self.skip_white();
        let generation = self.word();
        self.skip_white();
        let is_reference = (1..=5).contains(&generation.len())
            && generation.iter().all(u8::is_ascii_digit)
            && self.word() == b"R";
        if is_reference {
            return Object::Reference(number);
        }
        self.at = back;
        Object::Number(value)
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut items = Vec::new();
        if depth > MOST_DEPTH {
            return None;
        }
        while let Some(item) = self.thing(depth + 1) {
            match item {
                Object::Word(word) if word == b"]" => break,
                // The end of an object inside an array: its bracket is lost.
                Object::Word(word) if word.starts_with(b"end") => break,
                item => items.push(item),
            }
        }
        Some(Object::Array(items))
    }

    fn dict(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut dict = Dict::new();
        if depth > MOST_DEPTH {
            return None;
        }
        loop {
            self.skip_white();
            if self.bytes.get(self.at..self.at + 2) == Some(b">>") {
                self.at += 2;
                break;
            }
            match self.thing(depth + 1) {
                Some(Object::Name(key)) => {
                    let value = self.thing(depth + 1)?;
                    dict.insert(key, value);
                }
                Some(Object::Word(word)) if word.starts_with(b"end") || word == b"stream" => break,
                Some(_) => {}
                None => break,
            }
        }
        Some(Object::Dict(dict))
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if byte.is_ascii_hexdigit() {
                digits.push(byte);
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(b'0');
        }
        digits.chunks_exact(2).filter_map(hex_byte).collect()
    }

    fn string(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text),
                b'(' => {
                    open += 1;
                    text.push(byte);
                }
                b')' if open == 1 => break,
                b')' => {
                    open -= 1;
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' | b'f' | b'\n' => {}
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push((code & 0xFF) as u8);
            }
            _ => text.push(byte),
        }
    }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | 9
            | 10
            | 12
            | 13
            | 32
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

fn hex_byte(pair: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_read_whatever_stands_around_them() {
        let mut lexer = Lexer::new(b"<</A#20B 12 0 R/C[1 -.5(x\\(y\\051\\\n)]%c\n/D<48 6>>>Tj", 0);
        let dict = lexer.next().unwrap();
        let dict = dict.dict().unwrap();
        assert_eq!(dict["A B"], Object::Reference(12));
        let items = dict["C"].array().unwrap();
        assert_eq!(items[2].text(), Some(b"x(y)".as_slice()));
        assert_eq!(dict["D"].text(), Some(b"H`".as_slice()));
        assert_eq!(lexer.next(), Some(Object::Word(b"Tj".to_vec())));
        assert_eq!(lexer.next(), None);
    }

    #[test]
    fn arrays_in_arrays_without_end_come_to_an_end() {
        let mut lexer = Lexer::new(&[b'['; 100_000], 0);
        while lexer.next().is_some() {}
        let open = b"<</A".repeat(50_000);
        let mut lexer = Lexer::new(&open, 0);
        while lexer.next().is_some() {}
    }
}
