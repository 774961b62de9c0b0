//! One file for each format, named for it. A folder beside a file holds what that format needs more.

mod ao3;
pub(crate) mod ao3_epub;
pub(crate) mod ao3_html;
pub(crate) mod automated_archive;
pub(crate) mod canonical_json;
pub(crate) mod efiction;
pub(crate) mod efiction_page;
mod epub;
pub(crate) mod epub_book;
pub(crate) mod ffn_page;
pub(crate) mod html_page;
pub(crate) mod markdown;
pub(crate) mod plain_text;
mod row_dates;

pub(crate) use epub::Book;
