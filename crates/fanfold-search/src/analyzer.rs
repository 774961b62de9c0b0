//! The tokenizer handed to Tantivy. Each text carries its language in a short header, so that one field serves works in
//! every language; and each text that has been read is taken off the backlog, which bounds the memory of a fast import.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::stems::{StemCache, StemLanguage};
use crate::words::{Shape, Words, composed, fold_word};

/// The name under which the tokenizer is registered.
pub(crate) const ANALYZER: &str = "fanfold";

const HEADER: char = '\u{2}';

/// A text in composed form with its header.
pub(crate) fn with_header(language: Option<StemLanguage>, text: &str) -> String {
    let code = language.map_or("", StemLanguage::code);
    format!("{HEADER}{code}{HEADER}{}", composed(text))
}

fn split_header(text: &str) -> (Option<StemLanguage>, &str) {
    let header = text.strip_prefix(HEADER).and_then(|rest| rest.split_once(HEADER));
    header.map_or((None, text), |(code, body)| (StemLanguage::for_tag(code), body))
}

/// Bytes of text handed to the indexing threads and not read yet.
#[derive(Default)]
pub(crate) struct Backlog {
    bytes: Mutex<usize>,
    read: Condvar,
}

/// Text that may wait at once; Tantivy's own bound counts 10,000 works of any size.
const MAX_BACKLOG: usize = 16 << 20;

impl Backlog {
    /// Waits until there is room, then counts these bytes. Gives up waiting when nothing moves for ten seconds: the
    /// indexing thread has died then, and the next call to it says why.
    pub(crate) fn enter(&self, bytes: usize) {
        let mut waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        while *waiting > MAX_BACKLOG {
            let woken = self
                .read
                .wait_timeout(waiting, Duration::from_secs(10))
                .unwrap_or_else(PoisonError::into_inner);
            waiting = woken.0;
            if woken.1.timed_out() {
                *waiting = 0;
            }
        }
        *waiting += bytes;
    }

    /// Forgets what a former writer left unread.
    pub(crate) fn reset(&self) {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) = 0;
    }

    fn leave(&self, bytes: usize) {
        let mut waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(bytes);
        drop(waiting);
        self.read.notify_all();
    }
}

/// See the module comment.
#[derive(Clone)]
pub(crate) struct Analyzer {
    backlog: Arc<Backlog>,
    stems: StemCache,
}

impl Analyzer {
    pub(crate) fn new(backlog: Arc<Backlog>) -> Self {
        Self { backlog, stems: StemCache::default() }
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.backlog.leave(text.len());
        let (language, body) = split_header(text);
        WordStream {
            scan: Words::new(body),
            language,
            stems: &mut self.stems,
            lower: String::new(),
            stem: String::new(),
            token: Token::default(),
        }
    }
}

/// The tokens of one text: each word, and its stem at the same place where it differs.
pub(crate) struct WordStream<'a> {
    scan: Words<'a>,
    language: Option<StemLanguage>,
    stems: &'a mut StemCache,
    lower: String,
    /// The stem that comes next; empty when there is none.
    stem: String,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if !self.stem.is_empty() {
            std::mem::swap(&mut self.token.text, &mut self.stem);
            self.stem.clear();
            return true;
        }
        let Some(place) = self.scan.next_into(&mut self.lower) else {
            return false;
        };
        let folded = fold_word(&self.lower, place.shape);
        if let (Some(language), Shape::Word) = (self.language, place.shape) {
            let stem = self.stems.marked_stem(language, &self.lower, &folded);
            self.stem.push_str(stem.unwrap_or(""));
        }
        self.token.text.clear();
        self.token.text.push_str(&folded);
        self.token.offset_from = place.from;
        self.token.offset_to = place.to;
        self.token.position = place.position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
