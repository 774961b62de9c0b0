//! More works like one.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::{Title, WorkCard};
use super::words::Count;

/// A tag of the work that may count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeChoice {
    /// Its name, also the value of the form field.
    pub name: String,
    /// Other works with it.
    pub others: Count,
    /// Whether it counts.
    pub chosen: bool,
}

/// The tags of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeGroup {
    /// The kind as in URLs; the form field is `tag.KIND`.
    pub kind: &'static str,
    /// The kind in words: `Fandoms`.
    pub title: &'static str,
    /// Its tags, as the work has them.
    pub choices: Vec<LikeChoice>,
}

/// A work, with what it shares.
#[derive(Clone, Debug)]
pub struct SharedCard {
    /// The work.
    pub card: WorkCard,
    /// The counting tags that it carries.
    pub shared: Vec<String>,
}

/// `/works/ID/like`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/like.html")]
pub struct LikePage {
    /// The frame.
    pub frame: Frame,
    /// The work's title.
    pub title: Title,
    /// The work's page.
    pub href: String,
    /// Where the form goes.
    pub action: String,
    /// Its tags.
    pub groups: Vec<LikeGroup>,
    /// Works that share anything.
    pub total: Count,
    /// Works shown.
    pub shown: Count,
    /// Those that share the most, first.
    pub cards: Vec<SharedCard>,
    /// The question behind the page.
    pub query: String,
    /// The list of all that share anything.
    pub all_href: Option<String>,
}
