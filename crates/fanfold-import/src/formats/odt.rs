//! ODT: a story as an OpenDocument text, from OpenOffice, LibreOffice and every program that writes it.
//!
//! A zip archive whose member `mimetype` says so, with `content.xml`. Read: paragraphs, headings by outline level or
//! style, bold, italic, underline, strike, raised and lowered text, lists, tables, footnotes and endnotes at the end
//! of their chapter, alignment. The page that results is read as any other. Tracked changes are read as accepted;
//! what they delete and comments in the margin are left out and told. Also read: the flat form in one XML file
//! (`.fodt`). Known damage: a document that breaks off, a lost style sheet.
//!
//! Not read: pictures, frames, formulas; the author in the file's properties, who is often only the owner of the
//! computer; documents with a password.

use super::epub::Book;
use super::office::{self, Properties, add_weak};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};

mod body;
mod styles;

/// The importer.
pub(crate) struct Odt;

impl Importer for Odt {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "odt",
            name: "ODT",
            description: "A story as an OpenDocument text",
            docs: "Headings by outline level, emphasis, lists, tables and footnotes. Tracked changes are read as \
                   accepted; comments and deleted text are left out and told. The file's own title counts only where \
                   the text has none, and its author never.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_zip() {
            let is_flat = probe.is_text() && probe.text().contains("<office:document ");
            return is_flat.then_some(Match { score: 900, reason: "It is a flat OpenDocument." });
        }
        let says = probe.head.windows(39).take(200).any(|own| own == MIME);
        if says {
            return Some(Match { score: 920, reason: "It says that it is an OpenDocument text." });
        }
        let named = matches!(probe.ending().as_str(), "odt" | "ott");
        let has_content = probe.book().is_some_and(|book| book.has("content.xml"));
        (named || has_content)
            .then_some(Match { score: 600, reason: "It holds an OpenDocument's content." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        if !input.item.probe().starts_with(b"PK") {
            let decoded = input.text()?;
            let mut extracted = read(&decoded.text, &decoded.text, &decoded.text);
            extracted.encoding = Some(decoded.encoding.to_owned());
            sink.extracted(extracted);
            return Ok(());
        }
        Book::extract(input, sink, |book| {
            let part = |name: &str| office::member(book, name);
            if !part("META-INF/manifest.xml").contains("encryption-data") {
                return read(&part("content.xml"), &part("styles.xml"), &part("meta.xml"));
            }
            let what =
                "The document is locked with a password; save it without one and import that.";
            input.refusal(ReadAs::NotUnderstood, Finding::new(FindingCode::NOT_UNDERSTOOD, what))
        })
    }
}

/// What stands in the first member.
const MIME: &[u8] = b"application/vnd.oasis.opendocument.text";

/// Reads the three members that matter.
pub(crate) fn read(content: &str, shared: &str, meta: &str) -> Extracted {
    if content.is_empty() {
        let what = "The document inside this file is lost.";
        let mut refusal = Extracted::new(ReadAs::NotUnderstood);
        refusal.findings.push(Finding::new(FindingCode::CONTAINER_DAMAGED, what));
        return refusal;
    }
    let styles = styles::Styles::parse(&[shared, content]);
    let mut extracted = office::read(body::read(content, &styles));
    if extracted.read_as == ReadAs::Work {
        add_weak(&Properties::parse(meta), &mut extracted);
    }
    extracted
}
