//! What waits for a person: held works and findings to review, one question in plain words each.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::{NamedLink, Pager};
use super::words::Count;

/// A kind of question with how many of it wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingLine {
    /// In words: `works whose rating can be read two ways`.
    pub words: String,
    /// Where they are listed.
    pub href: String,
    /// How many.
    pub count: Count,
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingItem {
    /// The work, or the path of an item that became none.
    pub subject: NamedLink,
    /// What was found.
    pub message: String,
    /// The words of the source it is about.
    pub evidence: Option<String>,
    /// Answers one could give, in words.
    pub choices: Vec<String>,
}

/// All that wait for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingGroup {
    /// Code of the finding or hold, also the anchor.
    pub code: String,
    /// The question in plain words.
    pub question: String,
    /// What to do about it.
    pub advice: Option<String>,
    /// How many wait.
    pub count: Count,
    /// The first of them.
    pub items: Vec<WaitingItem>,
    /// All of them, when more wait than are shown.
    pub all_href: Option<String>,
}

/// `/waiting`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/waiting.html")]
pub struct WaitingPage {
    /// The frame.
    pub frame: Frame,
    /// How many wait in all.
    pub total: Count,
    /// By reason, most frequent first.
    pub groups: Vec<WaitingGroup>,
    /// Pages before and after.
    pub pager: Pager,
}
