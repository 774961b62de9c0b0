//! "Where this comes from": a facsimile of the sources with the places that were read, and the reading.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::{NamedLink, Title};
use super::words::{When, bytes, confidence_word};

/// A source of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Path as imported, members of containers after ` › `.
    pub path: String,
    /// The format in words.
    pub format: String,
    /// Encoding that was found.
    pub encoding: Option<String>,
    /// Size of the original in bytes, where known.
    pub size: Option<u64>,
    /// BLAKE3 of the original, in hex.
    pub hash: String,
    /// The original, byte for byte; `None` when only a record of it is left.
    pub download_href: Option<String>,
    /// The address it had on the web.
    pub url: Option<String>,
    /// When it was imported.
    pub imported: Option<When>,
}

impl SourceLine {
    /// The size in words.
    pub fn size_words(&self) -> Option<String> {
        self.size.map(bytes)
    }

    /// The beginning of the hash, enough to compare by eye.
    pub fn short_hash(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }
}

/// One value and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Number shown beside the place in the facsimile; `None` when no place is shown.
    pub number: Option<usize>,
    /// Field in words.
    pub field: String,
    /// Value as shown on the work.
    pub value: String,
    /// The rule that read it, in words.
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f64,
    /// The original text.
    pub quote: Option<String>,
    /// Whether a person changed the value since.
    pub curated: bool,
}

impl Reading {
    /// Confidence in a word.
    pub fn confidence_word(&self) -> &'static str {
        confidence_word(self.confidence)
    }

    /// Confidence as a percentage, cut to whole numbers so that it never says 100 for less.
    pub fn percent(&self) -> u32 {
        (self.confidence.clamp(0.0, 1.0) * 100.0).floor() as u32
    }
}

/// A stretch of the original text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The text.
    pub text: String,
    /// Number of the reading it was read for.
    pub number: Option<usize>,
}

/// The original text of one source with the places that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facsimile {
    /// Which source.
    pub path: String,
    /// The text in stretches, in order.
    pub stretches: Vec<Stretch>,
    /// How many bytes of the source come after what is shown.
    pub left_out: u64,
}

impl Facsimile {
    /// What is left out, in words.
    pub fn left_out_words(&self) -> String {
        bytes(self.left_out)
    }
}

/// A label of the original with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginalLabel {
    /// As written.
    pub label: String,
    /// As written.
    pub values: Vec<String>,
}

/// Something that a reader of the source should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingLine {
    /// `info`, `review` or `damage`.
    pub level: &'static str,
    /// The code, as in the documentation.
    pub code: String,
    /// In words.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

/// A value offered, not stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionLine {
    /// Field in words.
    pub field: String,
    /// Value.
    pub value: String,
    /// Why.
    pub why: String,
}

/// A version of the work, or an edit by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// When.
    pub when: Option<When>,
    /// Who, where known.
    pub actor: Option<String>,
    /// What happened, in words.
    pub words: String,
    /// Where it can be looked at.
    pub href: Option<String>,
}

/// `/works/ID/sources`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pages/sources.html")]
pub struct SourcesPage {
    /// The frame.
    pub frame: Frame,
    /// Title of the work.
    pub title: Title,
    /// The work's page.
    pub href: String,
    /// The work's permanent id.
    pub uid: String,
    /// Creators.
    pub creators: Vec<NamedLink>,
    /// Sources.
    pub sources: Vec<SourceLine>,
    /// What was read.
    pub readings: Vec<Reading>,
    /// What it was read from.
    pub facsimiles: Vec<Facsimile>,
    /// Labels as the source has them.
    pub labels: Vec<OriginalLabel>,
    /// Findings.
    pub findings: Vec<FindingLine>,
    /// Suggestions.
    pub suggestions: Vec<SuggestionLine>,
    /// Versions.
    pub versions: Vec<HistoryLine>,
    /// Edits.
    pub edits: Vec<HistoryLine>,
}
