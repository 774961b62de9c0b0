//! RTF as tokens. Any bytes are some tokens.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word without its backslash, and its number.
    Word(&'a str, Option<i32>),
    /// A control symbol: the character behind the backslash.
    Symbol(u8),
    /// `\'xx`
    Byte(u8),
    /// Bytes of text.
    Text(&'a [u8]),
}

/// The tokens of a document.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Jumps over raw bytes (`\bin`).
    pub(super) fn jump(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if !first.is_ascii_alphabetic() {
            self.take(1);
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let hex = std::str::from_utf8(self.rest.get(..2).unwrap_or_default()).ok();
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            return Some(match byte {
                Some(byte) => {
                    self.take(2);
                    Token::Byte(byte)
                }
                None => Token::Text(b""),
            });
        }
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        // Control words have at most 32 letters; anything longer is damage.
        let name = std::str::from_utf8(self.take(letters.min(32))).unwrap_or_default();
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        if digits > 0 {
            let written = std::str::from_utf8(self.take(sign + digits)).unwrap_or_default();
            number = Some(written.parse::<i32>().unwrap_or(i32::MAX));
        }
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        Some(Token::Word(name, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        match *self.rest.first()? {
            b'{' => {
                self.take(1);
                Some(Token::Open)
            }
            b'}' => {
                self.take(1);
                Some(Token::Close)
            }
            b'\\' => {
                self.take(1);
                self.control()
            }
            b'\r' | b'\n' | 0 => {
                self.take(1);
                Some(Token::Text(b""))
            }
            _ => {
                let is_text = |byte: &&u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                let length = self.rest.iter().take_while(is_text).count();
                Some(Token::Text(self.take(length)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_symbols_and_bytes_come_apart() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\b0 on\\'92s\\~\\u-3913?}\\'zz").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Text(b"on"),
            Token::Byte(0x92),
            Token::Text(b"s"),
            Token::Symbol(b'~'),
            Token::Word("u", Some(-3913)),
            Token::Text(b"?"),
            Token::Close,
            Token::Text(b""),
            Token::Text(b"zz"),
        ];
        assert_eq!(tokens, expected);
    }
}
