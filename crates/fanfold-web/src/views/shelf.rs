//! What a reader keeps to find works by: the page of filters and mutes, and the form that mutes something.

use askama::Template;

use super::frame::{Frame, Section};

/// A saved filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterLine {
    /// The reader's name for it.
    pub name: String,
    /// The query.
    pub query: String,
    /// The works it finds.
    pub href: String,
    /// The feed of them.
    pub feed_href: String,
    /// Whether it narrows every list.
    pub usual: bool,
    /// Why its query cannot be read any more.
    pub problem: Option<String>,
}

/// Something muted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteLine {
    /// `tag`, `creator` or `work`.
    pub sort: &'static str,
    /// What it is, with `sort`.
    pub key: String,
    /// In words: `Character`, `Creator`, `Work`.
    pub what: String,
    /// Its name.
    pub name: String,
    /// Until when, in words; `None` until it is lifted.
    pub until: Option<String>,
    /// Whether it has run out.
    pub over: bool,
}

/// The form that mutes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteForm {
    /// `tag`, `creator` or `work`.
    pub sort: &'static str,
    /// What it is, with `sort`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What muting does, as a sentence.
    pub means: &'static str,
}

/// `/filters`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/filters.html")]
pub struct FiltersPage {
    /// The frame.
    pub frame: Frame,
    /// What could not be done.
    pub problem: Option<String>,
    /// Saved filters, by name.
    pub filters: Vec<FilterLine>,
    /// Mutes, the newest first.
    pub mutes: Vec<MuteLine>,
}
