//! What a format has to provide: read this first when you add one.
//!
//! An importer is asked twice. [`Importer::probe`] looks at a bounded beginning of an item and says how sure it is and
//! why; the best answer wins and is explained to the user. [`Importer::extract`] then reads the whole item and pushes
//! what it saw into a [`Sink`], so that the same code feeds the store, a dry run and a test. Content that is broken is
//! a finding on what is pushed, never an error.

use crate::capture::Capture;
use crate::convert::{Converter, NoConverter};
use crate::decode::{self, DecodedText};
use crate::formats::Book;
use fanfold_model::canonical::Record;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use fanfold_source::{Item, Limits, RandomAccess, SourceError};
use std::borrow::Cow;
use std::cell::OnceCell;

/// One format.
pub trait Importer: Send + Sync {
    /// Names and documentation.
    fn format(&self) -> FormatInfo;

    /// Whether an item of this format may hold many works, so that a large one is read as a stream and never whole.
    fn holds_many(&self) -> bool {
        false
    }

    /// How sure this importer is that the item is its own, and why. `None`: it is not.
    fn probe(&self, probe: &Probe<'_>) -> Option<Match>;

    /// Reads the item and pushes at least one reading into the sink.
    ///
    /// # Errors
    /// If the bytes cannot be had: the disk, or a limit. Never for what the bytes say.
    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError>;
}

/// What a format is called and what its page in the documentation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatInfo {
    /// Stable name in records ("ao3-html").
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// One line.
    pub description: &'static str,
    /// What is read, what is not, known damage.
    pub docs: &'static str,
}

/// An importer's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// 0 to 1000: 900 and more for a fingerprint that nothing else has, 500 for the right kind of file with signs of
    /// the format, 100 for a fallback.
    pub score: u16,
    /// Why, as a sentence for the user.
    pub reason: &'static str,
}

/// Why the bytes of an item could not be read to their end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The source would not give them.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Reading failed on the way.
    #[error("{path}: reading stopped ({source}); check the disk")]
    Io {
        /// The item's path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl ImportError {
    /// The finding that tells the same in an item's reading.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let code = match self {
            Self::Source(SourceError::TooLarge { .. }) => FindingCode::LIMIT_HIT,
            _ => FindingCode::UNREADABLE,
        };
        Finding::new(code, format!("{self}."))
    }
}

/// Where an importer puts what it saw.
pub trait Sink {
    /// One work, or one thing that is not a work.
    fn extracted(&mut self, extracted: Extracted);

    /// A record of canonical JSON that is no work: a tag, a series, a creator, an edit.
    fn record(&mut self, record: Record);

    /// Something noticed about the item as a whole and none of its works.
    fn finding(&mut self, finding: Finding);

    /// Whether anybody still listens. An importer that pushes many works may stop when nobody does.
    fn wants_more(&self) -> bool {
        true
    }
}

/// The beginning of an item, as an importer sees it when it is asked.
pub struct Probe<'a> {
    /// The first 64 KiB.
    pub head: &'a [u8],
    /// The file's name without folders.
    pub file_name: &'a str,
    /// The item's size in bytes.
    pub size: u64,
    is_text: OnceCell<bool>,
    text: OnceCell<String>,
    lower: OnceCell<String>,
    whole: Option<&'a dyn RandomAccess>,
    book: OnceCell<Option<Book<'a>>>,
}

impl<'a> Probe<'a> {
    /// A probe of these bytes.
    #[must_use]
    pub fn new(head: &'a [u8], file_name: &'a str, size: u64) -> Self {
        let (text, lower, book) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { head, file_name, size, is_text: OnceCell::new(), text, lower, whole: None, book }
    }

    /// A probe of an item.
    #[must_use]
    pub fn of(item: &'a Item) -> Self {
        let whole = item.random_access().ok();
        Self { whole, ..Self::new(item.probe(), item.file_name(), item.size) }
    }

    /// The file name's ending in lower case, without the dot; empty where there is none.
    #[must_use]
    pub fn ending(&self) -> String {
        let ending = self.file_name.rsplit_once('.').map(|(_, ending)| ending);
        ending.unwrap_or_default().to_ascii_lowercase()
    }

    /// The head as text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| decode::head(self.head))
    }

    /// The head as text, ASCII letters lower-cased: for looking for tags.
    #[must_use]
    pub fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.text().to_ascii_lowercase())
    }

    /// Whether the head is text and not a binary format.
    #[must_use]
    pub fn is_text(&self) -> bool {
        *self.is_text.get_or_init(|| !self.head.is_empty() && decode::is_text(self.head))
    }

    /// All of the item, where more than its beginning says what it is.
    pub(crate) fn whole(&self) -> Option<&'a dyn RandomAccess> {
        self.whole
    }

    /// The item as a book, if it is a zip archive within a book's limits. Only its directory is read.
    pub(crate) fn book(&self) -> Option<&Book<'a>> {
        let open = || Book::open(self.whole?, &Limits::default()).ok();
        self.book.get_or_init(open).as_ref()
    }

    /// Whether the bytes are a zip archive with an EPUB's or any other members.
    #[must_use]
    pub fn is_zip(&self) -> bool {
        self.head.starts_with(b"PK\x03\x04")
    }
}

/// A whole item, as an importer sees it when it reads.
pub struct Input<'a> {
    /// The item.
    pub item: &'a Item,
    /// How much may be read.
    pub limits: &'a Limits,
    converter: &'a dyn Converter,
    text: OnceCell<DecodedText>,
    capture: OnceCell<Capture>,
}

impl<'a> Input<'a> {
    /// An input for this item.
    #[must_use]
    pub fn new(item: &'a Item, limits: &'a Limits) -> Self {
        Self::with(item, limits, &NoConverter)
    }

    /// An input for this item, with what reads formats that only foreign programs read.
    #[must_use]
    pub fn with(item: &'a Item, limits: &'a Limits, converter: &'a dyn Converter) -> Self {
        Self { item, limits, converter, text: OnceCell::new(), capture: OnceCell::new() }
    }

    /// What reads formats that only foreign programs read.
    pub(crate) fn converter(&self) -> &'a dyn Converter {
        self.converter
    }

    /// All bytes, within the limit for files read as a whole.
    ///
    /// # Errors
    /// If there are too many, or they cannot be read.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, ImportError> {
        Ok(self.item.bytes(self.limits.text_bytes)?)
    }

    /// All text, with the decision how it was decoded. Decoded once.
    ///
    /// # Errors
    /// If there are too many bytes, or they cannot be read.
    pub fn text(&self) -> Result<&DecodedText, ImportError> {
        if self.text.get().is_none() {
            let decoded = decode::whole(&self.bytes()?);
            return Ok(self.text.get_or_init(|| decoded));
        }
        Ok(self.text.get_or_init(DecodedText::default))
    }

    /// What was decoded, if an importer asked for it.
    #[must_use]
    pub fn decoded(&self) -> Option<&DecodedText> {
        self.text.get()
    }

    /// The address the bytes were taken from, where the container, the page or a mirror's folders tell it.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.capture().url.as_deref()
    }

    /// Where and when the bytes were captured.
    pub(crate) fn capture(&self) -> &Capture {
        let text = || self.text.get().map_or("", |decoded| decoded.text.as_str());
        self.capture.get_or_init(|| Capture::of(self.item, text()))
    }

    /// A reading that says that this is no work, and why.
    #[must_use]
    pub fn refusal(&self, read_as: ReadAs, finding: Finding) -> Extracted {
        let mut extracted = Extracted::new(read_as);
        extracted.findings.push(finding);
        extracted.encoding = self.decoded().map(|decoded| decoded.encoding.to_owned());
        extracted
    }
}
