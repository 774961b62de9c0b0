//! A chapter of a work.

use crate::creator::Credit;
use crate::date::PartialDate;
use crate::ids::Uid;

/// One chapter. HTML fields hold only what the one sanitiser let through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chapter {
    /// Minted once; kept through versions when the chapter can be matched.
    pub uid: Option<Uid>,
    /// 1 for the first.
    pub position: u32,
    /// The chapter's own title, without its number.
    pub title: Option<String>,
    /// The number as the source gives it ("1", "IV", "Prologue").
    pub number: Option<String>,
    /// Words as AO3 counts them.
    pub words: u64,
    /// Creators of this chapter where they differ from the work's.
    pub creators: Vec<Credit>,
    /// When the chapter was published.
    pub published: Option<PartialDate>,
    /// The chapter's address at its source.
    pub url: Option<String>,
    /// Clean HTML.
    pub summary: Option<String>,
    /// Clean HTML.
    pub notes: Option<String>,
    /// Clean HTML.
    pub end_notes: Option<String>,
    /// Clean HTML of the text itself.
    pub html: String,
}
