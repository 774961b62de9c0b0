//! What office files have in common: XML as events, paragraphs with emphasis as HTML, and the way from there to a work.
//!
//! A word processor keeps a story as paragraphs with styles. They become a page, and the page is read as any other:
//! headings are title and chapters, label lines the header. So the same grammar serves every program.

mod properties;
mod style;
mod writer;
mod xml;

pub(crate) use properties::{Properties, add_weak};
pub(crate) use style::Style;
pub(crate) use writer::{Shape, Writer};
pub(crate) use xml::{Events, walk};

use super::epub::{Book, text};
use super::html_page;
use crate::page;
use crate::rich::lines_of;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};

/// Bytes of one member that are read. The longest honest works have a tenth of that.
const MOST_MEMBER_BYTES: usize = 64 << 20;

/// A document as HTML, with what was noticed on the way.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Paragraphs, headings, lists; not yet cleaned.
    pub(crate) html: String,
    /// Damage, and what was left out.
    pub(crate) findings: Vec<Finding>,
}

/// A member of an office file as text; empty where there is none.
pub(crate) fn member(book: &Book<'_>, name: &str) -> String {
    let mut bytes = book.read(name).unwrap_or_default();
    if bytes.len() > MOST_MEMBER_BYTES {
        bytes.truncate(MOST_MEMBER_BYTES);
        let what = format!("{name} is longer than is read of one document; the rest was not read.");
        book.note(FindingCode::LIMIT_HIT, what);
    }
    text(&bytes)
}

/// Reads a written document as a story.
pub(crate) fn read(written: Written) -> Extracted {
    let mut extracted = match page::parse_piece(&written.html) {
        Ok(page) => html_page::read_lines(lines_of(&page.root()), &page, None, None),
        Err(finding) => {
            let mut refusal = Extracted::new(ReadAs::NotUnderstood);
            refusal.findings.push(finding);
            refusal
        }
    };
    extracted.findings.splice(0..0, written.findings);
    extracted
}
