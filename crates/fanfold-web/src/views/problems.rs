//! What a reader sees when a page cannot be shown.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::NamedLink;

/// An error page: what happened and what to do next.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/problem.html")]
pub struct ProblemPage {
    /// The frame.
    pub frame: Frame,
    /// HTTP status.
    pub status: u16,
    /// In a few words.
    pub heading: String,
    /// In a sentence or two.
    pub message: String,
    /// What to do next.
    pub next: Vec<NamedLink>,
}
