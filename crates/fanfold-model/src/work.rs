//! A work: what normalisation makes, the store keeps and every reader sees.

use crate::chapter::Chapter;
use crate::creator::Credit;
use crate::date::PartialDate;
use crate::evidence::{Evidence, Suggestion};
use crate::finding::Finding;
use crate::ids::{ContentHash, Uid, WorkId};
use crate::rating::Rating;
use crate::series::{PartLink, Related, SeriesEntry};
use crate::tag::TagKind;
use crate::viewer::Visibility;

/// How far along a work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Finished.
    Complete,
    /// Going on.
    InProgress,
    /// Paused, as its author says.
    Hiatus,
    /// Given up, as its author says.
    Abandoned,
    /// Not stated.
    #[default]
    Unknown,
}

impl Status {
    /// All statuses.
    pub const ALL: [Self; 5] =
        [Self::Complete, Self::InProgress, Self::Hiatus, Self::Abandoned, Self::Unknown];

    /// The name in JSON, queries and the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::InProgress => "in-progress",
            Self::Hiatus => "hiatus",
            Self::Abandoned => "abandoned",
            Self::Unknown => "unknown",
        }
    }

    /// The status with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

/// Counters that came with a work, as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each name is the counter AO3 shows under it")]
pub struct Stats {
    pub kudos: Option<u64>,
    pub hits: Option<u64>,
    pub comments: Option<u64>,
    pub bookmarks: Option<u64>,
    pub as_of: Option<PartialDate>,
}

/// What the author says about keeping copies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permissions {
    /// `yes`, `ask`, `no`, or `None` where nothing is said.
    pub archiving: Option<String>,
    /// The author's own words.
    pub as_read: Option<String>,
}

/// Whether a source's bytes are in this library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlobState {
    /// The bytes are kept.
    Stored,
    /// Only the hash is known.
    Absent,
}

impl BlobState {
    /// The word of the canonical JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Absent => "absent",
        }
    }
}

/// An original that a work was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path as given to the import, relative to its root.
    pub path: String,
    /// Path inside the container, if there is one.
    pub member: Option<String>,
    /// The importer's name.
    pub format: String,
    /// The encoding that was decided.
    pub encoding: Option<String>,
    /// BLAKE3 of the bytes.
    pub blake3: ContentHash,
    /// Whether the bytes are here.
    pub blob: BlobState,
    /// The address it came from.
    pub url: Option<String>,
}

/// The site that a work's names belong to: the host of its sources, else what their format tells; empty if unknown.
#[must_use]
pub fn site_of(sources: &[Source]) -> String {
    let host = sources.iter().find_map(|source| host_of(source.url.as_deref()?));
    let by_format = || {
        let ao3 = sources.iter().any(|source| source.format.starts_with("ao3"));
        ao3.then(|| "archiveofourown.org".to_owned())
    };
    host.or_else(by_format).unwrap_or_default()
}

fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// An earlier or alternative text of a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionNote {
    /// 1 for the first.
    pub number: u32,
    /// When it was stored, RFC 3339 UTC.
    pub stored: String,
    /// Words in it.
    pub words: u64,
    /// Whether it is the one shown.
    pub shown: bool,
}

/// A work with everything that is known about it.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "the fields are those of canonical JSON, contract section 2")]
pub struct Work {
    pub id: Option<WorkId>,
    pub uid: Option<Uid>,
    pub title: String,
    pub title_is_placeholder: bool,
    pub creators: Vec<Credit>,
    pub poster: Option<String>,
    pub recipients: Vec<String>,
    pub fandoms: Vec<String>,
    pub relationships: Vec<String>,
    pub characters: Vec<String>,
    pub categories: Vec<String>,
    pub warnings: Vec<String>,
    pub freeforms: Vec<String>,
    pub rating: Option<Rating>,
    /// Clean HTML.
    pub summary: Option<String>,
    /// Clean HTML.
    pub notes: Option<String>,
    /// Clean HTML.
    pub end_notes: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    pub status: Status,
    pub chapters_expected: Option<u32>,
    pub written: Option<PartialDate>,
    pub published: Option<PartialDate>,
    pub updated: Option<PartialDate>,
    pub captured: Option<PartialDate>,
    pub series: Vec<SeriesEntry>,
    pub links: Vec<PartLink>,
    pub related: Vec<Related>,
    pub chapters: Vec<Chapter>,
    pub missing_parts: Vec<u32>,
    pub words: u64,
    pub stats: Stats,
    pub visibility: Visibility,
    /// Why the work waits (`policy`, `permission`, `underage`, `takedown` …).
    pub held: Option<String>,
    pub permissions: Permissions,
    /// Original labels and values, in the order of the source.
    pub original: Vec<(String, Vec<String>)>,
    pub sources: Vec<Source>,
    /// Field name to evidence, sorted by name.
    pub evidence: Vec<(String, Evidence)>,
    pub suggestions: Vec<Suggestion>,
    /// Names of fields that a curator edited.
    pub curated: Vec<String>,
    pub versions: Vec<VersionNote>,
    pub findings: Vec<Finding>,
}

impl Work {
    /// The tags of one kind, as written and in the order written.
    #[must_use]
    pub fn tags(&self, kind: TagKind) -> Vec<&str> {
        let list = match kind {
            TagKind::Rating => return self.rating.iter().map(|r| r.as_str()).collect(),
            TagKind::Warning => &self.warnings,
            TagKind::Category => &self.categories,
            TagKind::Fandom => &self.fandoms,
            TagKind::Relationship => &self.relationships,
            TagKind::Character => &self.characters,
            TagKind::Freeform => &self.freeforms,
        };
        list.iter().map(String::as_str).collect()
    }

    /// Every tag with its kind, in header-block order.
    pub fn all_tags(&self) -> impl Iterator<Item = (TagKind, &str)> {
        TagKind::ALL
            .into_iter()
            .flat_map(|kind| self.tags(kind).into_iter().map(move |tag| (kind, tag)))
    }

    /// Whether a reader is asked before the text is shown.
    #[must_use]
    pub fn is_adult(&self) -> bool {
        Rating::is_adult(self.rating)
    }
}
