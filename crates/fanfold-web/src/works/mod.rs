//! Works: lists of them, their texts, where they come from.

mod beside;
mod facsimile;
mod like;
mod lists;
mod show;
mod sources;

pub(crate) use beside::{beside, version};
pub(crate) use like::show as like;
pub(crate) use lists::{list, search, unreadable};
pub(crate) use show::{chapter, contents, old_address, show};
pub(crate) use sources::{format_words, sources};
