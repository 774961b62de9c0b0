//! HTMLZ and TXTZ: calibre's zipped forms of a book as one page or one text.
//!
//! A zip archive with `index.html` or `index.txt` and calibre's `metadata.opf`. The package gives what an EPUB's
//! gives: title, creators, subjects, series, dates, source address; the page is read as a book of one file, whose
//! chapters are found by their marks. Known damage: no package, a lost directory.
//!
//! Not read: pictures; Markdown and Textile in a TXTZ are read as plain text.

use super::epub::{self, Book, Package};
use super::{epub_book, office, plain_text};
use crate::body::Body;
use crate::decode;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs};
use std::collections::HashMap;

/// The importer.
pub(crate) struct Htmlz;

impl Importer for Htmlz {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "htmlz",
            name: "HTMLZ and TXTZ",
            description: "A story as calibre's zipped page or text",
            docs: "Metadata as of an EPUB; chapters by their headings and marks. Pictures are left out.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_zip() {
            return None;
        }
        let book = probe.book()?;
        if !has_index(book) {
            return None;
        }
        if matches!(probe.ending().as_str(), "htmlz" | "txtz") {
            return Some(Match {
                score: 860,
                reason: "It is a zipped book of calibre's, by its name.",
            });
        }
        let package = book.has("metadata.opf");
        package.then_some(Match { score: 780, reason: "It holds one page and calibre's metadata." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        Book::extract(input, sink, |book| {
            let package = package(book);
            match book.read("index.txt") {
                Some(bytes) => read_text(&bytes, package.as_ref()),
                None => read_page(book, package.as_ref()),
            }
        })
    }
}

fn has_index(book: &Book<'_>) -> bool {
    book.has("index.html") || book.has("index.txt")
}

/// The package; it lists no files, so it is whole without them.
fn package(book: &Book<'_>) -> Option<Package> {
    let xml = office::member(book, "metadata.opf");
    let package = (!xml.is_empty()).then(|| Package::parse("metadata.opf", &xml))?;
    let is_whole = ["</package>", "</metadata>"].iter().any(|end| xml.trim_end().ends_with(end));
    Some(Package { whole: is_whole, ..package })
}

fn read_page(book: &Book<'_>, package: Option<&Package>) -> Extracted {
    let html = office::member(book, "index.html");
    let refused = |finding: Finding| {
        let mut refusal = Extracted::new(ReadAs::NotUnderstood);
        refusal.findings.push(finding);
        refusal
    };
    match epub::part("index.html".to_owned(), &html, &HashMap::new()) {
        Ok(Some(part)) => epub_book::read_parts(package, &[part]),
        Ok(None) => {
            let what = "The page inside this file is lost.";
            refused(Finding::new(FindingCode::CONTAINER_DAMAGED, what))
        }
        Err(finding) => refused(finding),
    }
}

/// What the package says comes first; what the text says is added where the package is silent.
fn read_text(bytes: &[u8], package: Option<&Package>) -> Extracted {
    let decoded = decode::whole(bytes);
    let mut extracted = plain_text::read(&decoded);
    super::without_places(&mut extracted);
    let Some(package) = package.filter(|_| extracted.read_as == ReadAs::Work) else {
        return extracted;
    };
    let mut stated = Extracted::new(ReadAs::Work);
    let mut body = Body::new(package.value("source"));
    epub::add_fields(package, &mut body, &mut stated);
    let kinds: Vec<FieldKind> = stated.fields.iter().map(|field| field.kind).collect();
    extracted.fields.retain(|field| !kinds.contains(&field.kind) || !field.label.is_empty());
    extracted.fields.splice(0..0, stated.fields);
    extracted.identities.extend(stated.identities);
    if extracted.series.is_empty() {
        extracted.series = stated.series;
    }
    extracted
}
