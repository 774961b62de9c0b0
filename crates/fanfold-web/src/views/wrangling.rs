//! The wrangling desk.

use askama::Template;

use super::frame::{Frame, Section};
use super::parts::{NamedLink, Pager};
use super::words::Count;

/// What a tag probably means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The canonical tag's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
    /// Whether nothing else comes near.
    pub sure: bool,
}

/// A tag that nobody has decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Its number.
    pub id: i64,
    /// Its name, and its works.
    pub tag: NamedLink,
    /// Its kind in words.
    pub kind: String,
    /// Works that carry it.
    pub works: Count,
    /// What it probably means.
    pub guess: Option<Guess>,
}

/// `/wrangling`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/wrangling.html")]
pub struct WranglingPage {
    /// The frame.
    pub frame: Frame,
    /// The fandom whose tags are shown.
    pub bin: Option<String>,
    /// The address of this page, to come back to.
    pub back: String,
    /// Fandoms, and whether each is open.
    pub bins: Vec<(NamedLink, bool)>,
    /// Kinds of tags, and whether each is open.
    pub kinds: Vec<(NamedLink, bool)>,
    /// The tags of this page.
    pub tags: Vec<Undecided>,
    /// What was decided lately: number, words, whether it can be taken back.
    pub lately: Vec<(i64, String, bool)>,
    /// Pages before and after.
    pub pager: Pager,
}

/// What one merge does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergePreview {
    /// The tag.
    pub tag: String,
    /// What it will mean.
    pub of: String,
    /// Works that are found under other tags then.
    pub works: Count,
    /// Tags that move along.
    pub moves: Vec<String>,
    /// Works under the canonical tag now.
    pub now: Count,
    /// Works under it then, if they can be counted at once.
    pub then: Option<Count>,
}

/// What the decisions of a page do, before they are made.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/wrangling_preview.html")]
pub struct PreviewPage {
    /// The frame.
    pub frame: Frame,
    /// The merges.
    pub merges: Vec<MergePreview>,
    /// Decisions that are no merges.
    pub others: Count,
    /// The form's fields, to be sent again.
    pub fields: Vec<(String, String)>,
    /// Where it goes on.
    pub back: String,
}
