//! What an importer saw: original labels and values with their places, chapters, links. Nothing is
//! normalised here, so that a better rule can read it again later.

use crate::evidence::Span;
use crate::finding::Finding;
use crate::identity::Identity;
use crate::ids::ContentHash;
use crate::outcome::ReadAs;
use crate::series::{PartLink, Related, SeriesEntry};
use crate::work::Work;

/// What a header label is about: the label families of fan fiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each name is the label family it stands for")]
pub enum FieldKind {
    Title,
    Creator,
    Poster,
    Recipient,
    Fandom,
    Relationship,
    Character,
    /// AO3's category: F/F, F/M, Gen, M/M, Multi, Other.
    Category,
    /// A header's "Category" or "Classification", which mixes genre, pairing and letter codes.
    Classification,
    Genre,
    Warning,
    Freeform,
    Rating,
    Summary,
    Notes,
    EndNotes,
    Disclaimer,
    Language,
    Status,
    Chapters,
    Words,
    Published,
    Updated,
    Written,
    Captured,
    /// A series title, with its part if stated ("Attic Tales, part 2").
    Series,
    /// Archiving permission in the author's words.
    Permission,
    Spoilers,
    Timeline,
    Feedback,
    Email,
    Thanks,
    Challenge,
    Dedication,
    Kudos,
    Hits,
    Comments,
    Bookmarks,
    Collection,
    SourceUrl,
    /// A label we do not know.
    Other,
}

/// One label and its value, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtractedField {
    /// What the label is about.
    pub kind: FieldKind,
    /// The label as written ("Paring", "Автор"); empty where there was none (a by-line).
    pub label: String,
    /// The value as written: plain text, or HTML if `html`.
    pub value: String,
    /// Whether the value is (not yet cleaned) HTML.
    pub html: bool,
    /// Which of the reading's sources it stands in; 0 unless several files were joined.
    pub source: u32,
    /// Where the value stands.
    pub span: Option<Span>,
    /// The rule that read it ("label", "by-line", "title-line", "ao3-preface", "opf" …).
    pub rule: &'static str,
    /// 0 to 1.
    pub confidence: f64,
}

/// A chapter as found. HTML here has passed the one sanitiser.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExtractedChapter {
    /// The number as written ("2", "IV", "Prologue").
    pub number: Option<String>,
    /// The title without its number.
    pub title: Option<String>,
    /// Names of this chapter's own creators.
    pub creators: Vec<String>,
    /// The date as written.
    pub published: Option<String>,
    /// The chapter's address.
    pub url: Option<String>,
    /// Clean HTML.
    pub summary: Option<String>,
    /// Clean HTML.
    pub notes: Option<String>,
    /// Clean HTML.
    pub end_notes: Option<String>,
    /// Clean HTML of the text.
    pub html: String,
    /// Which of the reading's sources it stands in; 0 unless several files were joined.
    pub source: u32,
    /// Where the chapter's text stands in the source, if it has a single place.
    pub span: Option<Span>,
}

/// "Part 2 of 5" of a work that lies in several files or messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartMark {
    /// The first part this file holds.
    pub part: u32,
    /// The last part this file holds ("Part 1 - 3"); equal to `part` otherwise.
    pub through: u32,
    /// The stated total; `None` for "?" or unstated.
    pub of: Option<u32>,
    /// The mark as written.
    pub written: String,
    /// Where it stands.
    pub span: Option<Span>,
}

/// A file beside the item, which a work was read from too: a chapter that a database dump names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// Path relative to the import's root.
    pub path: String,
    /// Path inside a container.
    pub member: Option<String>,
    /// The hash of its bytes.
    pub blake3: ContentHash,
    /// The encoding that was decided.
    pub encoding: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the files beside an item taught its reading: page furniture, an entry of the folder's own catalogue. It is
/// evidence and no source of the text; kept with the reading so that the stored original is read the same again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learnt {
    /// What it is, behind the folder or the file that it is about.
    pub path: String,
    /// What was learnt.
    pub text: String,
}

/// Everything an importer saw of one work (or of one thing that is not a work).
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// What this is.
    pub read_as: ReadAs,
    /// Labels and values in the order of the source; of two values for one field, the one the
    /// grammar prefers stands first.
    pub fields: Vec<ExtractedField>,
    /// Chapters in reading order.
    pub chapters: Vec<ExtractedChapter>,
    /// The part this file is, if the work lies in several.
    pub part: Option<PartMark>,
    /// Series with a known place.
    pub series: Vec<SeriesEntry>,
    /// Links to other parts.
    pub links: Vec<PartLink>,
    /// Related works.
    pub related: Vec<Related>,
    /// Identities at the source.
    pub identities: Vec<Identity>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// Encoding that was decided, as a label ("utf-8", "windows-1252"); `None` for binary books.
    pub encoding: Option<String>,
    /// Why the source kept it from the public ("unvalidated", "friends-only"); such a work waits for a person.
    pub held: Option<String>,
    /// Further files that it was read from; source number n stands in `companions[n - 1]`.
    pub companions: Vec<Companion>,
    /// What lies beside it taught.
    pub learnt: Vec<Learnt>,
    /// A whole work that needs no normalisation: canonical JSON only.
    pub canonical: Option<Box<Work>>,
}

impl Extracted {
    /// An empty reading of this kind, to be filled.
    #[must_use]
    pub fn new(read_as: ReadAs) -> Self {
        Self {
            read_as,
            fields: Vec::new(),
            chapters: Vec::new(),
            part: None,
            series: Vec::new(),
            links: Vec::new(),
            related: Vec::new(),
            identities: Vec::new(),
            findings: Vec::new(),
            encoding: None,
            held: None,
            companions: Vec::new(),
            learnt: Vec::new(),
            canonical: None,
        }
    }

    /// The fields of one kind, preferred first.
    pub fn fields_of(&self, kind: FieldKind) -> impl Iterator<Item = &ExtractedField> {
        self.fields.iter().filter(move |field| field.kind == kind)
    }
}
