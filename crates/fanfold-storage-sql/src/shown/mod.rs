//! The shown work: the normalised layer with the curator's edits over it, made anew at each change,
//! with every row that lists and pages are read from.

mod compose;
mod credits;
mod load;
mod names;
mod sql;
mod tags;
mod write;

pub(crate) use compose::{Beneath, compose};
pub(crate) use load::{load, refresh, replace};
pub(crate) use write::{Touch, forget, write};

#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};
pub(crate) use tags::{TagKey, ensure as ensure_tags};

use fanfold_model::{Uid, Work};

/// A work as it is shown, and where it hangs.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: i64,
    pub(crate) uid: Uid,
    /// Edits applied, sources and versions filled in, chapters left out.
    pub(crate) work: Work,
    pub(crate) chapters: u64,
    pub(crate) version: u32,
    pub(crate) removed: bool,
    pub(crate) lone_part: bool,
    pub(crate) import: i64,
    pub(crate) imported: String,
}
