//! What an EPUB is made of: a zip archive with limits, a package document, a table of contents.

mod book;
mod contents;
mod metadata;
mod own;
mod package;
mod spine;
mod title_page;

pub(crate) use book::{Book, text};
pub(crate) use metadata::add_fields;
pub(crate) use own::{is_own, read_own};
pub(crate) use package::{Meta, Package, attribute, local, resolve};
pub(crate) use spine::{Part, chapters, part, parts, parts_after};
pub(crate) use title_page::is_title_page;
