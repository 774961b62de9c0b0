//! A series with its parts, also those that are not here.

use askama::Template;

use super::frame::{Frame, Section};
use super::listing::LeftOut;
use super::parts::{NamedLink, Pager, WorkCard};
use super::words::{Count, SafeHtml, reading_time};

/// A part of a series.
#[derive(Clone, Debug)]
pub struct SeriesPart {
    /// Number, where known.
    pub number: Option<String>,
    /// What it is.
    pub entry: SeriesEntry,
}

/// What stands at a place in a series.
#[derive(Clone, Debug)]
pub enum SeriesEntry {
    /// A work.
    Work(Box<WorkCard>),
    /// A series inside this one.
    Series(NamedLink),
    /// A part that is known to exist but is not here, with its title if known.
    Missing(Option<String>),
    /// A part that the reader's mutes or usual filter leave out.
    LeftOut,
}

/// `/series/ID`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/series.html")]
pub struct SeriesPage {
    /// The frame.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// Whether it was found by the works' links, and nobody states it.
    pub found: bool,
    /// Creators of its parts.
    pub creators: Vec<NamedLink>,
    /// The series this one belongs to.
    pub parents: Vec<NamedLink>,
    /// What the source says about it.
    pub description: Option<SafeHtml>,
    /// Works that are here and not left out.
    pub works: Count,
    /// Words in them.
    pub words: Count,
    /// `complete`, `in progress`, or nothing.
    pub status: Option<String>,
    /// Parts in order.
    pub parts: Vec<SeriesPart>,
    /// What mutes and the usual filter leave out.
    pub left_out: Option<LeftOut>,
    /// Pages before and after.
    pub pager: Pager,
}

impl SeriesPage {
    /// How long all of it takes to read.
    pub fn reading_time(&self) -> String {
        reading_time(self.words.0)
    }
}
