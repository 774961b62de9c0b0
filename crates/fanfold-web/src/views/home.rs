//! The home page: a greeting for the library one has.

use askama::Template;

use super::chart::BarChart;
use super::desk::WaitingLine;
use super::frame::{Frame, Section};
use super::imports::ImportLine;
use super::parts::{CountedLink, WorkCard};
use super::words::{Count, reading_time};

/// `/`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// Works that may be seen.
    pub works: Count,
    /// Words in them.
    pub words: Count,
    /// Creators.
    pub creators: Count,
    /// Fandoms.
    pub fandoms: Count,
    /// Series.
    pub series: Count,
    /// The largest fandoms.
    pub largest: Vec<CountedLink>,
    /// The newest works.
    pub newest: Vec<WorkCard>,
    /// What waits for a person; only for the owner.
    pub waiting: Vec<WaitingLine>,
    /// The last imports; only for the owner.
    pub imports: Vec<ImportLine>,
    /// Works by year.
    pub years: Option<BarChart>,
}

impl HomePage {
    /// How long all of it would take to read.
    pub fn reading_time(&self) -> String {
        reading_time(self.words.0)
    }
}
