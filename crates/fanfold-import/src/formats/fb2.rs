//! FB2: FictionBook, the book format of the Russian-speaking reading world; Ficbook and others give works in it.
//!
//! One XML file with `<FictionBook>`, in UTF-8 or an old code page, alone or zipped (`.fb2.zip`). Read: title,
//! creators by pen name, annotation as summary with the label lines in it, genres, keywords, language, date, series
//! with its place, address and id of the document; sections with titles as chapters, the title of a group of sections
//! at the head of its first chapter, epigraphs, verse, quotations, subtitles, emphasis; notes at the end of the
//! chapter that calls them. Known damage: a wrong declared encoding, a document that breaks off, tags that do not
//! match.
//!
//! Not read: pictures; what the publisher says; who converted the file.

use super::epub::{self, Package, Part};
use super::epub_book;
use super::office::{self, walk};
use super::text_labels;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use std::collections::HashMap;

mod body;
mod description;
mod notes;

/// The importer.
pub(crate) struct Fb2;

impl Importer for Fb2 {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "fb2",
            name: "FB2",
            description: "A story as a FictionBook",
            docs: "Title, creators, annotation, genres, series and language; sections as chapters, notes at the end \
                   of the chapter that calls them. Pictures are left out.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if probe.is_zip() {
            let inside = probe.book().is_some_and(|book| member(book.names()).is_some());
            return inside.then_some(Match { score: 880, reason: "It is a zipped FictionBook." });
        }
        let root = probe.is_text() && probe.lower().contains("<fictionbook");
        root.then_some(Match { score: 950, reason: "Its root element is a FictionBook's." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        if !input.item.probe().starts_with(b"PK") {
            let decoded = input.text()?;
            let mut extracted = read(&decoded.text);
            extracted.findings.splice(0..0, decoded.findings.iter().cloned());
            extracted.encoding = Some(decoded.encoding.to_owned());
            sink.extracted(extracted);
            return Ok(());
        }
        epub::Book::extract(input, sink, |book| {
            read(&office::member(book, member(book.names()).unwrap_or_default()))
        })
    }
}

/// The one FictionBook of an archive.
fn member<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut found = names.filter(|name| name.to_ascii_lowercase().ends_with(".fb2"));
    found.next().filter(|_| found.next().is_none())
}

fn read(xml: &str) -> Extracted {
    let package: Package = description::read(xml);
    let notes = notes::read(xml);
    let mut reader = body::Reader::new(&notes);
    let whole = walk(xml, &mut reader);
    let mut findings = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for (index, html) in reader.finish().into_iter().enumerate() {
        match epub::part(format!("section-{index}"), &html, &HashMap::new()) {
            Ok(part) => parts.extend(part),
            Err(finding) => findings.push(finding),
        }
    }
    let mut extracted = epub_book::read_parts(Some(&package), &parts);
    if extracted.read_as == ReadAs::Work {
        text_labels::add(package.value("description").unwrap_or_default(), &mut extracted);
    }
    if !whole {
        let what =
            "The document breaks off or its tags do not match; it was read as far as it goes.";
        findings.push(Finding::new(FindingCode::TRUNCATED, what));
    }
    extracted.findings.extend(findings);
    extracted
}
