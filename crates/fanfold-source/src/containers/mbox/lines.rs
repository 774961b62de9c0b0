//! Lines of a stream with a look ahead, so that a block of headers is seen before it is taken.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};

/// A line that is longer comes in pieces.
const MOST_LINE: u64 = 1 << 20;

/// Lines with their ends, exactly as they stand.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    ahead: VecDeque<Vec<u8>>,
    error: Option<String>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: BufReader::new(reader), ahead: VecDeque::new(), error: None }
    }

    /// The line so many lines ahead; 0 is the next one.
    pub(super) fn peek(&mut self, ahead: usize) -> Option<&[u8]> {
        while self.ahead.len() <= ahead {
            let line = self.read()?;
            self.ahead.push_back(line);
        }
        self.ahead.get(ahead).map(Vec::as_slice)
    }

    /// Takes the next line.
    pub(super) fn take_line(&mut self) -> Option<Vec<u8>> {
        self.ahead.pop_front().or_else(|| self.read())
    }

    /// Why reading ended before the end, if it did.
    pub(super) fn error(&self) -> Option<String> {
        self.error.clone()
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        match (&mut self.reader).take(MOST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => Some(line),
            Err(error) => {
                self.error = Some(error.to_string());
                None
            }
        }
    }
}
