//! The values of a row.

use super::scanner::Scanner;
use std::io::{self, Read};

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// NULL.
    Null,
    /// A number, or another bare word, as written.
    Bare(String),
    /// A text's bytes, its escapes undone.
    Text(Vec<u8>),
}

impl Cell {
    /// The bytes, where there is a value.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Null => b"",
            Self::Bare(word) => word.as_bytes(),
            Self::Text(bytes) => bytes,
        }
    }

    /// The value as a whole number.
    pub(crate) fn number(&self) -> Option<i64> {
        std::str::from_utf8(self.bytes()).ok()?.trim().parse().ok()
    }
}

/// A row whose parenthesis is next. The inner error says why it cannot be read.
pub(super) fn row<R: Read>(
    scanner: &mut Scanner<R>,
    most: u64,
) -> io::Result<Result<Vec<Cell>, &'static str>> {
    let start = scanner.at();
    if scanner.take()? != Some(b'(') {
        return Ok(Err("a row does not begin with a parenthesis"));
    }
    let mut cells = Vec::new();
    loop {
        scanner.skip_space()?;
        if scanner.peek()? == Some(b')') && cells.is_empty() {
            scanner.take()?;
            return Ok(Ok(cells));
        }
        match cell(scanner, start + most)? {
            Ok(cell) => cells.push(cell),
            Err(why) => return Ok(Err(why)),
        }
        scanner.skip_space()?;
        match scanner.take()? {
            Some(b',') => {}
            Some(b')') => return Ok(Ok(cells)),
            None => return Ok(Err("the dump ends inside a row")),
            Some(_) => return Ok(Err("a value is followed by neither a comma nor a parenthesis")),
        }
    }
}

fn cell<R: Read>(scanner: &mut Scanner<R>, most: u64) -> io::Result<Result<Cell, &'static str>> {
    match scanner.peek()? {
        Some(quote @ (b'\'' | b'"')) => quoted(scanner, quote, most),
        Some(b',' | b')') => Ok(Ok(Cell::Null)),
        None => Ok(Err("the dump ends inside a row")),
        Some(_) => bare(scanner, most),
    }
}

fn bare<R: Read>(scanner: &mut Scanner<R>, most: u64) -> io::Result<Result<Cell, &'static str>> {
    let mut word = String::new();
    let mut depth = 0_u32;
    while let Some(byte) = scanner.peek()? {
        let ends = depth == 0 && (matches!(byte, b',' | b')') || byte.is_ascii_whitespace());
        if ends || word.len() > 4_096 && !word.starts_with("0x") {
            break;
        }
        if matches!(byte, b'\'' | b'"') {
            // `_binary'…'`, `x'…'`, `N'…'`.
            let inside = match quoted(scanner, byte, most)? {
                Ok(Cell::Text(inside)) => inside,
                other => return Ok(other),
            };
            let is_hex = word.eq_ignore_ascii_case("x");
            let bytes = if is_hex { hex(&String::from_utf8_lossy(&inside)) } else { Some(inside) };
            return Ok(bytes.map(Cell::Text).ok_or("a hexadecimal value is damaged"));
        }
        scanner.take()?;
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        word.push(char::from(byte));
    }
    if word.starts_with('_') {
        // A character set before a value that a space parts from it.
        scanner.skip_space()?;
        if matches!(scanner.peek()?, Some(b'\'' | b'"' | b'0')) {
            return cell(scanner, most);
        }
    }
    if let Some(digits) = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        return Ok(hex(digits).map(Cell::Text).ok_or("a hexadecimal value is damaged"));
    }
    Ok(Ok(if word.eq_ignore_ascii_case("null") { Cell::Null } else { Cell::Bare(word) }))
}

/// A text in quotes: a doubled quote is one, a backslash escapes as MySQL has it.
fn quoted<R: Read>(
    scanner: &mut Scanner<R>,
    quote: u8,
    most: u64,
) -> io::Result<Result<Cell, &'static str>> {
    scanner.take()?;
    let mut bytes = Vec::new();
    loop {
        scanner.take_until([quote, b'\\'], &mut bytes)?;
        if scanner.at() > most {
            return Ok(Err("a row is longer than is read"));
        }
        match scanner.take()? {
            None => return Ok(Err("the dump ends inside a text")),
            Some(b'\\') => match scanner.take()? {
                None => return Ok(Err("the dump ends inside a text")),
                Some(byte) => escape(byte, &mut bytes),
            },
            Some(_) if scanner.peek()? == Some(quote) => {
                scanner.take()?;
                bytes.push(quote);
            }
            Some(_) => return Ok(Ok(Cell::Text(bytes))),
        }
    }
}

fn escape(byte: u8, bytes: &mut Vec<u8>) {
    match byte {
        b'n' => bytes.push(b'\n'),
        b'r' => bytes.push(b'\r'),
        b't' => bytes.push(b'\t'),
        b'b' => bytes.push(8),
        b'0' => bytes.push(0),
        b'Z' => bytes.push(26),
        // For a search pattern's sake these two keep their backslash.
        b'%' | b'_' => bytes.extend([b'\\', byte]),
        other => bytes.push(other),
    }
}

fn hex(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.trim();
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.map(|pair| if pair.len() == 2 { byte(pair) } else { None }).collect()
}
