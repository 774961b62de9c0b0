//! DOCX: a story as a Word document (Office Open XML), from Word 2007 to now and from every program that writes it.
//!
//! A zip archive with `word/document.xml`. Read: paragraphs, headings by style or outline level, bold, italic,
//! underline, strike, raised and lowered text, lists, tables, footnotes and endnotes at the end of their chapter,
//! alignment. The page that results is read as any other: headings are title and chapters, label lines the header.
//! Tracked changes are read as accepted; what they delete is left out and told, and so are comments. Known damage: a
//! document that breaks off, a lost style sheet, members with wrong checksums: what can be read is taken.
//!
//! Not read: pictures, text boxes, formulas; the author in the file's properties, who is often only the owner of the
//! computer. A document with a password is no zip archive and is not understood.

use super::epub::Book;
use super::office::{self, Properties, Written, add_weak};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};

mod body;
mod notes;
mod styles;

/// The importer.
pub(crate) struct Docx;

impl Importer for Docx {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "docx",
            name: "DOCX",
            description: "A story as a Word document, 2007 and later",
            docs: "Headings by style, emphasis, lists, tables and footnotes. Tracked changes are read as accepted; \
                   comments and deleted text are left out and told. The file's own title counts only where the text \
                   has none, and its author never.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_zip() {
            return None;
        }
        if probe.book().is_some_and(|book| book.has("word/document.xml")) {
            return Some(Match { score: 900, reason: "It holds a Word document." });
        }
        matches!(probe.ending().as_str(), "docx" | "docm" | "dotx").then_some(Match {
            score: 600,
            reason: "It is a zip archive named as a Word document.",
        })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        Book::extract(input, sink, read)
    }
}

/// The members that matter, as text; empty where there is none.
pub(crate) struct Parts {
    /// `word/document.xml`
    pub(crate) document: String,
    /// `word/styles.xml`
    pub(crate) styles: String,
    /// `word/footnotes.xml`
    pub(crate) footnotes: String,
    /// `word/endnotes.xml`
    pub(crate) endnotes: String,
    /// `docProps/core.xml`
    pub(crate) properties: String,
}

fn read(book: &Book<'_>) -> Extracted {
    let part = |name: &str| office::member(book, name);
    read_parts(&Parts {
        document: part("word/document.xml"),
        styles: part("word/styles.xml"),
        footnotes: part("word/footnotes.xml"),
        endnotes: part("word/endnotes.xml"),
        properties: part("docProps/core.xml"),
    })
}

/// Reads a document's members.
pub(crate) fn read_parts(parts: &Parts) -> Extracted {
    if parts.document.is_empty() {
        let what = "The document inside this file is lost.";
        let mut refusal = Extracted::new(ReadAs::NotUnderstood);
        refusal.findings.push(Finding::new(FindingCode::CONTAINER_DAMAGED, what));
        return refusal;
    }
    let styles = styles::Styles::parse(&parts.styles);
    let mut notes = notes::parse(&parts.footnotes, "footnote", &styles);
    notes.extend(notes::parse(&parts.endnotes, "endnote", &styles));
    let written: Written = body::read(&parts.document, &styles, &notes);
    let mut extracted = office::read(written);
    if extracted.read_as == ReadAs::Work {
        add_weak(&Properties::parse(&parts.properties), &mut extracted);
    }
    extracted
}
