//! Bytes of a dump with their place, one ahead; comments, names and statements that are passed over.

use std::io::{self, Read};

pub(super) struct Scanner<R> {
    reader: R,
    buffer: Vec<u8>,
    /// How much of the buffer is taken.
    taken: usize,
    at: u64,
    /// Whether nothing but white space stands before on this line.
    line_start: bool,
}

impl<R: Read> Scanner<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), taken: 0, at: 0, line_start: true }
    }

    /// What is at hand: at least so many bytes, unless the dump ends before.
    fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        const PIECE: usize = 256 << 10;
        while self.buffer.len() - self.taken < count {
            self.buffer.drain(..self.taken);
            self.taken = 0;
            let old = self.buffer.len();
            self.buffer.resize(old + PIECE, 0);
            let read = loop {
                match self.reader.read(&mut self.buffer[old..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            };
            self.buffer.truncate(old + *read.as_ref().unwrap_or(&0));
            if read? == 0 {
                break;
            }
        }
        Ok(&self.buffer[self.taken..])
    }

    fn pass(&mut self, count: usize) {
        self.taken += count;
        self.at += count as u64;
    }

    /// The place of the next byte.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.ahead(1)?.first().copied())
    }

    pub(super) fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.pass(1);
            self.line_start = byte == b'\n' || (self.line_start && byte.is_ascii_whitespace());
        }
        Ok(byte)
    }

    /// Takes bytes up to one of these, which stays; gives them to `keep`.
    pub(super) fn take_until(&mut self, stops: [u8; 2], keep: &mut Vec<u8>) -> io::Result<()> {
        loop {
            let buffer = self.ahead(1)?;
            let end = buffer.iter().position(|byte| stops.contains(byte));
            let count = end.unwrap_or(buffer.len());
            keep.extend_from_slice(&buffer[..count]);
            self.pass(count);
            if end.is_some() || count == 0 {
                return Ok(());
            }
            self.line_start = false;
        }
    }

    /// White space and comments. A conditional comment is a comment: what it says to a server does not matter here.
    pub(super) fn skip_space(&mut self) -> io::Result<()> {
        loop {
            match self.ahead(2)? {
                [] => return Ok(()),
                [byte, ..] if byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF) => {
                    self.take()?;
                }
                [b'#', ..] => self.skip_line()?,
                [b'-', b'-', ..] => self.skip_line()?,
                [b'/', b'*', ..] => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        while !matches!(self.take()?, None | Some(b'\n')) {}
        Ok(())
    }

    fn skip_comment(&mut self) -> io::Result<()> {
        self.pass(2);
        let mut star = false;
        loop {
            match self.take()? {
                None => return Ok(()),
                Some(b'/') if star => return Ok(()),
                Some(byte) => star = byte == b'*',
            }
        }
    }

    /// A bare word.
    pub(super) fn word(&mut self) -> io::Result<String> {
        let mut word = String::new();
        while let Some(byte) = self.peek()? {
            let fits = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80;
            if !fits || word.len() > 200 {
                break;
            }
            self.take()?;
            word.push(char::from(byte));
        }
        Ok(word)
    }

    /// A name, bare or in quotes, without the database before it.
    pub(super) fn name(&mut self) -> io::Result<String> {
        loop {
            let name = match self.peek()? {
                Some(quote @ (b'`' | b'"' | b'\'')) => {
                    self.take()?;
                    let mut bytes = Vec::new();
                    self.take_until([quote, b'\n'], &mut bytes)?;
                    self.take()?;
                    String::from_utf8_lossy(&bytes).into_owned()
                }
                _ => self.word()?,
            };
            if self.peek()? != Some(b'.') || name.is_empty() {
                return Ok(name);
            }
            self.take()?;
        }
    }

    /// Passes over the rest of a statement, with what it quotes.
    pub(super) fn skip_statement(&mut self) -> io::Result<()> {
        loop {
            self.skip_space()?;
            match self.take()? {
                None | Some(b';') => return Ok(()),
                Some(quote @ (b'\'' | b'"' | b'`')) => self.skip_quoted(quote)?,
                Some(_) => {}
            }
        }
    }

    /// Passes over one definition of a table; tells whether another follows.
    pub(super) fn skip_definition(&mut self) -> io::Result<bool> {
        let mut depth = 0_u32;
        loop {
            self.skip_space()?;
            match self.take()? {
                None | Some(b';') => return Ok(false),
                Some(b',') if depth == 0 => return Ok(true),
                Some(b')') if depth == 0 => return Ok(false),
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(quote @ (b'\'' | b'"' | b'`')) => self.skip_quoted(quote)?,
                Some(_) => {}
            }
        }
    }

    fn skip_quoted(&mut self, quote: u8) -> io::Result<()> {
        while let Some(byte) = self.take()? {
            if byte == b'\\' && quote != b'`' {
                self.take()?;
            } else if byte == quote {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Behind the word DELIMITER: triggers and routines, which hold statements of their own, go up to the line that
    /// sets the semicolon again.
    pub(super) fn skip_routines(&mut self) -> io::Result<()> {
        let mut sign = Vec::new();
        self.take_until([b'\n', b'\r'], &mut sign)?;
        if sign.trim_ascii() == b";" {
            return Ok(());
        }
        while self.peek()?.is_some() {
            self.skip_line()?;
            let head = self.ahead(9)?.get(..9);
            if head.is_some_and(|word| word.eq_ignore_ascii_case(b"DELIMITER")) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Goes on behind damage: to the next line that begins like a row (true) or like a statement, or to the next row in
    /// the same line (true).
    pub(super) fn skip_damage(&mut self) -> io::Result<bool> {
        const STARTS: [&str; 6] = ["INSERT", "REPLACE", "CREATE", "DROP", "LOCK", "UNLOCK"];
        loop {
            let Some(byte) = self.take()? else { return Ok(false) };
            if byte == b')'
                && let [b',', b'(', b'\'' | b'"' | b'0'..=b'9', ..] = self.ahead(3)?
            {
                return Ok(true);
            }
            if self.line_start {
                let head = self.ahead(8)?;
                if let [b'(', b'\'' | b'"' | b'0'..=b'9', ..] = head {
                    return Ok(true);
                }
                let head = String::from_utf8_lossy(&head[..head.len().min(8)]).to_ascii_uppercase();
                if STARTS.iter().any(|start| head.starts_with(start)) {
                    return Ok(false);
                }
            }
        }
    }
}
