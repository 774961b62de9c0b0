//! Bringing files in: the form, the progress, the report whose numbers add up.

use askama::Template;

use super::chart::Flow;
use super::frame::{Frame, Section};
use super::parts::{NamedLink, Pager};
use super::words::{Count, When};

/// What happened to the items of an import. `seen` is the sum of the other five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Began a new work.
    pub taken: Count,
    /// Joined a work as a part, a version or a further copy.
    pub merged: Count,
    /// Same identity and same bytes as already stored.
    pub unchanged: Count,
    /// Would be taken or merged, but waits.
    pub held: Count,
    /// Not a work, not understood, unreadable or over a limit.
    pub refused: Count,
}

impl Tally {
    /// All items.
    pub fn seen(&self) -> Count {
        Count(self.taken.0 + self.merged.0 + self.unchanged.0 + self.held.0 + self.refused.0)
    }
}

/// How an import stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportState {
    /// Waits for its turn.
    #[default]
    Waiting,
    /// Runs.
    Running,
    /// Done.
    Done,
    /// Stopped by an error of disk or limits; what was taken stays.
    Failed,
    /// Taken back.
    Undone,
    /// Runs elsewhere, or was cut off; the same files again pick up where it stopped.
    Unfinished,
}

impl ImportState {
    /// In words.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Waiting => "waits for its turn",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "stopped",
            Self::Undone => "taken back",
            Self::Unfinished => "not finished",
        }
    }
}

/// An import in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Number.
    pub id: u64,
    /// Its page.
    pub href: String,
    /// What was brought, in words: `attic.zip and 3 more`.
    pub what: String,
    /// When.
    pub when: Option<When>,
    /// How it stands.
    pub state: ImportState,
    /// What happened.
    pub tally: Tally,
    /// Items that want a person.
    pub needs_person: Count,
}

/// `/import`: the form and the imports so far.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/imports.html")]
pub struct ImportsPage {
    /// The frame.
    pub frame: Frame,
    /// Formats that are understood, in words.
    pub formats: Vec<String>,
    /// The most that one upload may hold, in words.
    pub limit: String,
    /// What went wrong with the last upload.
    pub problem: Option<String>,
    /// Imports so far, newest first.
    pub imports: Vec<ImportLine>,
    /// Pages before and after.
    pub pager: Pager,
}

/// An item of an import that wants a person, or was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemLine {
    /// Path in the pile.
    pub path: String,
    /// What happened, in words.
    pub outcome: String,
    /// Why, and what to do.
    pub why: String,
    /// The work it belongs to.
    pub work: Option<NamedLink>,
}

/// `/imports/ID`: progress while it runs, the report when it is done.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pages/import.html")]
pub struct ImportPage {
    /// The frame.
    pub frame: Frame,
    /// Number.
    pub id: u64,
    /// What was brought, in words.
    pub what: String,
    /// When it began.
    pub when: Option<When>,
    /// How it stands.
    pub state: ImportState,
    /// What happened so far.
    pub tally: Tally,
    /// How much of the bytes is read, where that is known.
    pub percent: Option<u64>,
    /// Where it is now.
    pub current: Option<String>,
    /// What went wrong.
    pub problem: Option<String>,
    /// What the items became, by format.
    pub flow: Flow,
    /// Works that this import brought: a page of them.
    pub works: Vec<NamedLink>,
    /// Where the next page of them is.
    pub more_works: Option<String>,
    /// What wants a person.
    pub needs_person: Vec<ItemLine>,
    /// What was refused.
    pub refused: Vec<ItemLine>,
    /// How many lines are left out of the two lists.
    pub left_out: Count,
}

impl ImportPage {
    /// Whether the page should ask again by itself.
    pub fn is_running(&self) -> bool {
        matches!(self.state, ImportState::Waiting | ImportState::Running)
    }
}
