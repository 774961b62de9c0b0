//! A download of the archive's inside a book, whatever kind of book: pages that kept their ids, or a flattened text.

use super::calibre::{restored, unnamed};
use super::flat::rebuilt;
use super::{PageKind, page_kind, read, texts_of};
use crate::formats::flattened::{Block, blocks_of};
use crate::page;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use fanfold_text::document::Document;

/// Reads the joined pages of a book.
pub(crate) fn read_book(html: &str) -> Extracted {
    let page = match page::parse(&restored(html)) {
        Ok(page) => page,
        Err(finding) => return refusal(ReadAs::NotUnderstood, finding),
    };
    let mut extracted = match page_kind(&page) {
        PageKind::Other(what) => match read_flat(&blocks_of(&page)) {
            Some(extracted) => extracted,
            None => {
                let finding = Finding::new(FindingCode::NOT_A_WORK, format!("It is {what}."));
                refusal(ReadAs::NotAWork, finding)
            }
        },
        kind => read(&page, kind, None),
    };
    texts_of(&mut extracted).for_each(unnamed);
    extracted
}

/// Reads a download of which only blocks are left. `None` where it is none.
pub(crate) fn read_flat(blocks: &[Block]) -> Option<Extracted> {
    let page = Document::parse(&rebuilt(blocks)?);
    Some(read(&page, PageKind::Download, None))
}

/// Whether a text has the message that stands before each download, and the number of a work in it.
pub(crate) fn is_download(text: &str) -> bool {
    text.contains("Posted originally on the") && text.contains("/works/")
}

fn refusal(read_as: ReadAs, finding: Finding) -> Extracted {
    let mut extracted = Extracted::new(read_as);
    extracted.findings.push(finding);
    extracted
}
