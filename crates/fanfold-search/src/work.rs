//! What the index needs to know of a work.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use fanfold_model::{Status, TagKind, Visibility};

/// A partial date as the days it may mean, since 1970-01-01, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayInterval {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

/// A work as the index takes it. Plain text everywhere: markup is the caller's to remove.
#[derive(Debug, Clone, Default)]
pub struct IndexedWork {
    /// The number in the work's address; the key of the index.
    pub id: u64,
    /// How far it may be shown.
    pub visibility: Visibility,
    /// Waits for something (policy, permission, takedown …).
    pub held: bool,
    /// Needs the adult gate.
    pub adult: bool,
    /// Title, if there is one.
    pub title: Option<String>,
    /// Names of creators, the first one first: the list is sorted by it.
    pub creators: Vec<String>,
    /// Summary, notes and end notes.
    pub summary: Vec<String>,
    /// Texts of the chapters, in order.
    pub chapters: Vec<String>,
    /// Tags as they stand on it.
    pub tags: Vec<IndexedTag>,
    /// Titles of series.
    pub series: Vec<String>,
    /// Names of collections.
    pub collections: Vec<String>,
    /// Formats and hosts of its sources.
    pub sources: Vec<String>,
    /// Language as stated, BCP 47.
    pub language: Option<String>,
    /// Language by whose rules the words are stemmed: the stated one, else one suggested by the text. Never shown.
    pub text_language: Option<String>,
    /// Complete or not.
    pub status: Status,
    /// Words.
    pub words: u64,
    /// Chapters there are; may differ from `chapters.len()` when texts are not indexed.
    pub chapter_count: u64,
    /// Kudos, if known. Unknown is in no range and sorts last.
    pub kudos: Option<u64>,
    /// Hits, if known.
    pub hits: Option<u64>,
    /// Comments, if known.
    pub comments: Option<u64>,
    /// Bookmarks, if known.
    pub bookmarks: Option<u64>,
    /// First published, if known.
    pub published: Option<DayInterval>,
    /// Last updated, if known.
    pub updated: Option<DayInterval>,
    /// Came into this library.
    pub imported: Option<DayInterval>,
}

/// A tag as it stands on works. The index keeps its number alone: what it means is asked of the tag graph. Works share its
/// names: a copy costs nothing.
#[derive(Debug, Clone)]
pub struct IndexedTag {
    /// Its own number.
    pub id: u64,
    /// Its kind.
    pub kind: TagKind,
    names: Arc<[String]>,
    /// Another one when a name or the kind is another.
    pub(crate) mark: u64,
}

impl IndexedTag {
    /// A tag with every name by whose words it is found: as written, the canonical form's, other synonyms'.
    pub fn new(id: u64, kind: TagKind, names: Vec<String>) -> Self {
        let mut hasher = DefaultHasher::new();
        (kind.as_str(), &names).hash(&mut hasher);
        Self { id, kind, names: names.into(), mark: hasher.finish() }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }
}
