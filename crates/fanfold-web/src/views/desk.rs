//! What waits for a person, and two texts side by side.

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

/// What speaks for what, in one work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingEvidence {
    /// The work.
    pub work: NamedLink,
    /// What its source says, or what was noticed.
    pub says: String,
}

/// An answer that can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingChoice {
    /// Its name in the form.
    pub name: String,
    /// Its name in words.
    pub words: String,
    /// What it does.
    pub means: String,
}

/// One question for all works that ask the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingQuestion {
    /// Its name, also the anchor.
    pub id: String,
    /// Its kind, for those who look for one.
    pub kind: String,
    /// The question in words.
    pub asks: String,
    /// Which works: `312 works of lanterns.example.org`.
    pub about: String,
    /// The first few works with what they say.
    pub evidence: Vec<WaitingEvidence>,
    /// How many works more.
    pub more: usize,
    /// The answers, the likeliest first.
    pub choices: Vec<WaitingChoice>,
    /// Whether they are few enough to be buttons.
    pub few: bool,
    /// Whether it may be answered in own words.
    pub own_words: bool,
    /// Where the texts stand side by side.
    pub beside: Option<String>,
}

/// `/waiting`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/waiting.html")]
pub struct WaitingPage {
    /// The frame.
    pub frame: Frame,
    /// How many questions wait in all.
    pub total: Count,
    /// The questions of this page.
    pub questions: Vec<WaitingQuestion>,
    /// Pages before and after.
    pub pager: Pager,
}

/// A stretch of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BesideLine {
    /// In both.
    Both(String),
    /// Changed: pieces with the text they stand in, `both`, `first` or `second`.
    Changed(Vec<(&'static str, String)>),
    /// In the first only.
    First(String),
    /// In the second only.
    Second(String),
    /// So many paragraphs more.
    Folded(Count),
}

/// Two texts side by side.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/beside.html")]
pub struct BesidePage {
    /// The frame.
    pub frame: Frame,
    /// What stands over the page.
    pub heading: String,
    /// The first text.
    pub first: NamedLink,
    /// The second text.
    pub second: NamedLink,
    /// What they have in common, in words.
    pub sum: String,
    /// The stretches.
    pub lines: Vec<BesideLine>,
}
