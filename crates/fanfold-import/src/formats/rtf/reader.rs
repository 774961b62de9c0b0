//! The document: groups and their settings, text in its code pages, where it goes.

use super::codes;
use super::state::{State, Target};
use super::tokens::{Token, Tokens};
use crate::formats::office::{Shape, Writer, Written};
use fanfold_model::{Finding, FindingCode};
use fanfold_text::encoding::decode_as;
use std::collections::HashMap;

/// Groups inside one another whose settings are remembered; deeper ones are read with those around them.
const MOST_GROUPS: usize = 1_000;

/// A document that was read.
pub(super) struct Document {
    pub(super) written: Written,
    pub(super) title: String,
    /// The document's code page.
    pub(super) encoding: &'static str,
}

/// Reads a document as far as it goes.
pub(super) fn read(bytes: &[u8]) -> Document {
    let mut reader = Reader::default();
    let mut tokens = Tokens::new(bytes);
    while let Some(token) = tokens.next() {
        if let Token::Word("bin", Some(count)) = token {
            tokens.jump(usize::try_from(count).unwrap_or_default());
        } else {
            reader.token(token);
        }
    }
    reader.finish()
}

struct Reader {
    state: State,
    groups: Vec<State>,
    /// Groups beyond the limit.
    deeper: usize,
    /// Nothing but `{` or `{\*` has been read of this group.
    fresh: bool,
    starred: bool,
    page: Option<&'static str>,
    fonts: HashMap<i32, &'static str>,
    headings: HashMap<i32, u8>,
    /// The style whose name is being read.
    named: i32,
    name: String,
    title: String,
    /// Bytes that wait for the rest of a letter.
    bytes: Vec<u8>,
    /// Half of a character beyond the first plane.
    surrogate: Option<u16>,
    /// Characters to be skipped behind a `\u`.
    skip: usize,
    writer: Writer,
    note: Option<Box<(Writer, usize)>>,
    dropped: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            state: State::default(),
            groups: Vec::new(),
            deeper: 0,
            fresh: false,
            starred: false,
            page: None,
            fonts: HashMap::new(),
            headings: HashMap::new(),
            named: -1,
            name: String::new(),
            title: String::new(),
            bytes: Vec::new(),
            surrogate: None,
            skip: 0,
            writer: Writer::default(),
            note: None,
            dropped: false,
        }
    }
}

impl Reader {
    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Byte(byte) if self.skip > 0 => {
                let _ = byte;
                self.skip -= 1;
            }
            Token::Byte(byte) => self.bytes.push(byte),
            Token::Text(text) => {
                let skipped = self.skip.min(text.len());
                self.skip -= skipped;
                self.bytes.extend_from_slice(&text[skipped..]);
            }
            Token::Word("u", Some(number)) => self.unicode(number),
            _ => {
                self.flush();
                self.skip = 0;
                match token {
                    Token::Open => self.open(),
                    Token::Close => self.close(),
                    Token::Word(word, number) => self.word(word, number),
                    Token::Symbol(symbol) => self.symbol(symbol),
                    Token::Byte(_) | Token::Text(_) => {}
                }
            }
        }
        let keeps_fresh = matches!(token, Token::Open | Token::Symbol(b'*') | Token::Text(b""));
        self.fresh &= keeps_fresh;
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.state.fallback;
        let unit = u16::try_from(number & 0xFFFF).unwrap_or_default();
        let pair = self.surrogate.take().map(|high| [high, unit]);
        let text = match pair {
            Some(pair) => String::from_utf16_lossy(&pair),
            None if (0xD800..0xDC00).contains(&unit) => {
                self.surrogate = Some(unit);
                return;
            }
            None => String::from_utf16_lossy(&[unit]),
        };
        self.write(&text);
    }

    fn open(&mut self) {
        if self.groups.len() < MOST_GROUPS {
            self.groups.push(self.state);
        } else {
            self.deeper += 1;
        }
        self.fresh = true;
        self.starred = false;
    }

    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if self.state.target == Target::Styles {
            self.end_style();
        }
        if self.note.as_ref().is_some_and(|note| note.1 == self.groups.len()) {
            self.end_note();
        }
        let paragraph = self.state.paragraph;
        if let Some(state) = self.groups.pop() {
            self.state = state;
            // A paragraph's settings last until the next `\pard`, whatever group said them.
            if self.state.target == Target::Body {
                self.state.paragraph = paragraph;
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.starred = self.fresh,
            b'\\' | b'{' | b'}' => self.write(&char::from(symbol).to_string()),
            b'~' => self.write("\u{A0}"),
            b'_' => self.write("\u{2011}"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\t' => self.write("\t"),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let first = std::mem::take(&mut self.fresh);
        if first && self.destination(word) {
            return;
        }
        match (self.state.target, word) {
            (Target::Fonts, "f") => self.state.font = number.unwrap_or_default(),
            (Target::Fonts, "fcharset") => {
                if let Some(encoding) = number.and_then(codes::of_charset) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            (Target::Styles, "s") => self.named = number.unwrap_or_default(),
            (Target::Styles, "outlinelevel") => {
                let level = number.and_then(|level| u8::try_from(level).ok());
                if let Some(level) = level.filter(|level| *level < 9) {
                    self.headings.insert(self.named, (level + 2).min(6));
                }
            }
            (Target::Body | Target::Note, _) => self.body_word(word, number),
            (_, "ansicpg") => self.page = number.and_then(codes::of_page),
            (_, "uc") => {
                self.state.letters(word, number);
            }
            (Target::Title, _) => {
                if let Some(c) = codes::character(word) {
                    self.title.push(c);
                }
            }
            _ => {}
        }
    }

    fn body_word(&mut self, word: &str, number: Option<i32>) {
        if self.state.letters(word, number) || self.state.lines(word, number) {
            return;
        }
        match word {
            "ansicpg" => self.page = number.and_then(codes::of_page),
            "mac" => self.page = self.page.or(Some("macintosh")),
            "par" | "sect" | "page" | "row" | "cell" | "nestcell" => self.end_paragraph(),
            "line" => self.break_line(),
            "s" => {
                if let Some(level) = number.and_then(|style| self.headings.get(&style)) {
                    self.state.paragraph.shape = Shape::Heading(*level);
                }
            }
            _ => {
                if let Some(c) = codes::character(word) {
                    self.write(c.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// Takes a word that begins a group. Gives whether the group goes elsewhere.
    fn destination(&mut self, word: &str) -> bool {
        let target = match word {
            "fonttbl" => Target::Fonts,
            "stylesheet" => Target::Styles,
            "title" if self.state.target == Target::Nowhere => Target::Title,
            "footnote" if self.note.is_none() && self.state.target == Target::Body => {
                self.begin_note();
                return true;
            }
            "listtext" | "pntext" => {
                self.state.paragraph.shape = Shape::Item;
                Target::Nowhere
            }
            "info" | "pict" | "object" | "colortbl" | "filetbl" | "revtbl" | "header"
            | "footer" | "headerl" | "headerr" | "headerf" | "footerl" | "footerr" | "footerf"
            | "fldinst" | "bkmkstart" | "bkmkend" | "annotation" | "atnid" | "atnauthor" | "xe"
            | "tc" | "nonshppict" | "listtable" | "listoverridetable" | "themedata"
            | "datastore" | "footnote" | "txe" | "rxe" => Target::Nowhere,
            "shptxt" | "shppict" | "upr" | "ud" => return false,
            _ if self.starred => Target::Nowhere,
            _ => return false,
        };
        let inside_other = matches!(self.state.target, Target::Nowhere) && target != Target::Title;
        if !inside_other {
            self.state.target = target;
        }
        true
    }

    fn begin_note(&mut self) {
        let writer = std::mem::take(&mut self.writer);
        self.note = Some(Box::new((writer, self.groups.len())));
        self.state.target = Target::Note;
    }

    fn end_note(&mut self) {
        if let Some(note) = self.note.take() {
            self.writer.end(Shape::Text, None);
            let inner = std::mem::replace(&mut self.writer, note.0);
            self.writer.note(inner.finish());
        }
    }

    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.name).to_lowercase();
        let name = name.split(';').next().unwrap_or_default().trim();
        let level = match name.strip_prefix("heading") {
            Some(level) => level.trim().parse::<u8>().ok().map(|level| level.saturating_add(1)),
            None => (name == "title").then_some(1),
        };
        if let Some(level) = level {
            self.headings.insert(self.named, level.clamp(1, 6));
        }
    }

    /// Bytes that wait become text in the code page that holds here.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if self.state.target == Target::Nowhere {
            return;
        }
        let own = self.fonts.get(&self.state.font).copied();
        let text = decode_as(&bytes, own.or(self.page).unwrap_or("windows-1252"));
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        match self.state.target {
            Target::Body | Target::Note if self.state.hidden || self.state.deleted => {
                self.dropped |= !text.trim().is_empty();
            }
            Target::Body | Target::Note => self.writer.text(text, self.state.style),
            Target::Title if self.title.len() < 1_000 => self.title.push_str(text),
            Target::Styles if self.name.len() < 1_000 => self.name.push_str(text),
            _ => {}
        }
    }

    fn break_line(&mut self) {
        if matches!(self.state.target, Target::Body | Target::Note) {
            self.writer.line_break();
        }
    }

    fn end_paragraph(&mut self) {
        if matches!(self.state.target, Target::Body | Target::Note) {
            self.writer.end(self.state.paragraph.shape, self.state.paragraph.align);
        }
    }

    fn finish(mut self) -> Document {
        self.flush();
        let mut findings = Vec::new();
        if !self.groups.is_empty() {
            let what = "The document breaks off; it was read as far as it goes.";
            findings.push(Finding::new(FindingCode::TRUNCATED, what));
        }
        if self.dropped {
            let what = "Hidden or deleted text was left out.";
            findings.push(Finding::new(FindingCode::MARKUP_REMOVED, what));
        }
        self.end_note();
        self.end_paragraph();
        Document {
            written: Written { html: self.writer.finish(), findings },
            title: self.title,
            encoding: self.page.unwrap_or("windows-1252"),
        }
    }
}
