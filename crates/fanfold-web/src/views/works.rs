//! A work: its head and colophon, its text by chapter or entire, its table of contents, the adult gate.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::{Download, Facts, NamedLink, SeriesPlace, TagRun, Title};
use super::shelf::MuteForm;
use super::words::{Count, SafeHtml, When, direction, reading_time};

/// One row of the colophon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColophonRow {
    /// `Rating`, `Archive warnings` …
    pub label: &'static str,
    /// Tags that lead somewhere; empty where the row is plain text.
    pub links: Vec<NamedLink>,
    /// Plain text, used when there are no links.
    pub text: String,
}

/// A dated event: `Published`, `Updated`, `Written`, `Captured`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// What happened.
    pub label: &'static str,
    /// When.
    pub when: When,
}

/// A number that the source reports: kudos, hits, comments, bookmarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// What is counted.
    pub label: &'static str,
    /// How many.
    pub count: Count,
}

/// What stands above and beside the text.
#[derive(Clone, Debug, Default)]
pub struct WorkHead {
    /// Number of the work.
    pub id: u64,
    /// The work's page.
    pub href: String,
    /// Title.
    pub title: Title,
    /// Creators.
    pub creators: Vec<NamedLink>,
    /// For whom it is a gift.
    pub recipients: Vec<String>,
    /// Who posted it, when that is someone else.
    pub poster: Option<String>,
    /// Fandoms.
    pub fandoms: Vec<NamedLink>,
    /// One of 24 hues.
    pub hue: u8,
    /// Facts in one line.
    pub facts: Facts,
    /// Relationships, shown above the text.
    pub relationships: TagRun,
    /// Rows in the order AO3 readers know: rating, warnings, categories, fandoms, relationships,
    /// characters, additional tags, language.
    pub colophon: Vec<ColophonRow>,
    /// Series.
    pub series: Vec<SeriesPlace>,
    /// Dates that are known.
    pub dates: Vec<Dated>,
    /// Stats that the source reports.
    pub stats: Vec<Stat>,
    /// The day the stats were true.
    pub stats_as_of: Option<When>,
    /// Permissions the creator states, as read.
    pub permissions: Vec<String>,
    /// Summary as written.
    pub summary: Option<SafeHtml>,
    /// Notes before the text.
    pub notes: Option<SafeHtml>,
    /// Notes after the text.
    pub end_notes: Option<SafeHtml>,
    /// Downloads.
    pub downloads: Vec<Download>,
    /// The sources page; empty for strangers, who do not see it.
    pub sources_href: String,
    /// The table of contents.
    pub contents_href: String,
    /// Why it waits, when it is held.
    pub held: Option<String>,
    /// The form that mutes it, for a reader who may.
    pub mute: Option<MuteForm>,
}

impl WorkHead {
    /// Writing direction of the text.
    pub fn direction(&self) -> &'static str {
        direction(self.title.language.as_deref())
    }

    /// Words here of chapters known, as in the facts.
    pub fn reading_time(&self) -> String {
        reading_time(self.facts.words.0)
    }
}

/// A chapter with its text.
#[derive(Clone, Debug, Default)]
pub struct ChapterText {
    /// Place in the work, from 1; also the anchor `chapter-N`.
    pub position: u32,
    /// Its page.
    pub href: String,
    /// `Chapter 3`, or the label the source gives; `None` in a work of one silent chapter.
    pub label: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Summary of the chapter.
    pub summary: Option<SafeHtml>,
    /// Notes before.
    pub notes: Option<SafeHtml>,
    /// Notes after.
    pub end_notes: Option<SafeHtml>,
    /// The text.
    pub html: SafeHtml,
    /// Words.
    pub words: Count,
    /// When it was published.
    pub published: Option<When>,
}

/// A line of the table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChapterLine {
    /// `1`, `2` or what the source counts.
    pub number: String,
    /// Title, or `Chapter 3`.
    pub title: String,
    /// Its page; `None` when the part is missing.
    pub href: Option<String>,
    /// Words.
    pub words: Count,
    /// When it was published.
    pub published: Option<When>,
    /// Whether it is the one on this page.
    pub current: bool,
}

impl ChapterLine {
    /// How long it takes to read.
    pub fn reading_time(&self) -> String {
        reading_time(self.words.0)
    }
}

/// How much of the work the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// The only chapter.
    #[default]
    Whole,
    /// The first chapter, on the work's own page.
    First,
    /// A chapter on its own page.
    Chapter,
    /// All chapters of a work that has several.
    Entire,
}

/// `/works/ID`, `/works/ID?view=full`, `/works/ID/chapters/N`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pages/work.html")]
pub struct WorkPage {
    /// The frame.
    pub frame: Frame,
    /// Head and colophon.
    pub work: WorkHead,
    /// How much is shown.
    pub extent: Extent,
    /// The chapters shown.
    pub chapters: Vec<ChapterText>,
    /// All chapters, for the menu.
    pub contents: Vec<ChapterLine>,
    /// The chapter before.
    pub previous: Option<NamedLink>,
    /// The chapter after.
    pub next: Option<NamedLink>,
    /// Where the other extent is: entire work, or by chapter.
    pub other_extent: Option<NamedLink>,
    /// Works that the source relates to this one, in words.
    pub related: Vec<NamedLink>,
}

impl WorkPage {
    /// Whether the head is shown in full, with summary and notes.
    pub fn opens_the_work(&self) -> bool {
        self.extent != Extent::Chapter
    }

    /// Whether this is the end of the work.
    pub fn ends_the_work(&self) -> bool {
        self.next.is_none()
    }

    /// Whether chapters carry headings.
    pub fn has_headings(&self) -> bool {
        self.extent != Extent::Whole
            || self.chapters.iter().any(|c| c.title.is_some() || c.label.is_some())
    }

    /// The part of a series that follows, offered at the end.
    pub fn next_in_series(&self) -> Vec<&SeriesPlace> {
        self.work.series.iter().filter(|place| place.next.is_some()).collect()
    }
}

/// `/works/ID/chapters`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/contents.html")]
pub struct ContentsPage {
    /// The frame.
    pub frame: Frame,
    /// Title of the work.
    pub title: Title,
    /// The work's page.
    pub href: String,
    /// Creators.
    pub creators: Vec<NamedLink>,
    /// Facts in one line.
    pub facts: Facts,
    /// Chapters, missing ones too.
    pub chapters: Vec<ChapterLine>,
}

/// What a reader should know before the text of a work that is not for everyone.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/gate.html")]
pub struct GatePage {
    /// The frame; its `path` is what the reader asked for.
    pub frame: Frame,
    /// Title of the work.
    pub title: Title,
    /// Creators.
    pub creators: Vec<NamedLink>,
    /// Rating and warnings, among other facts.
    pub facts: Facts,
    /// Where "go back" leads.
    pub back_href: String,
}

impl GatePage {
    /// Why the reader is asked.
    pub fn reason(&self) -> &'static str {
        match self.facts.rating.as_deref() {
            Some("Mature") => "The creator rated this work Mature.",
            Some("Explicit") => "The creator rated this work Explicit.",
            Some("Not Rated") => {
                "The creator chose not to rate this work, so it may hold anything."
            }
            _ => "Nothing states a rating for this work, so it may hold anything.",
        }
    }
}
