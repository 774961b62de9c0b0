//! A creator's page.

use askama::Template;

use super::frame::{Frame, Section};
use super::listing::LeftOut;
use super::parts::{CountedLink, NamedLink, Pager, WorkCard};
use super::shelf::MuteForm;
use super::words::Count;

/// `/creators/ID/NAME`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/creator.html")]
pub struct CreatorPage {
    /// The frame.
    pub frame: Frame,
    /// The name as written.
    pub name: String,
    /// The site the name comes from, where known.
    pub site: Option<String>,
    /// The form that mutes them, for a reader who may.
    pub mute: Option<MuteForm>,
    /// Other names that a person joined to this one.
    pub other_names: Vec<NamedLink>,
    /// Works.
    pub works: Count,
    /// Words in them.
    pub words: Count,
    /// Fandoms written in.
    pub fandoms: Vec<CountedLink>,
    /// Series.
    pub series: Vec<CountedLink>,
    /// What mutes and the usual filter leave out.
    pub left_out: Option<LeftOut>,
    /// Works of this page, newest first.
    pub cards: Vec<WorkCard>,
    /// A search in this creator's works.
    pub works_href: String,
    /// Pages before and after.
    pub pager: Pager,
}
