//! EPUB: books of any origin, version 2 or 3, and those that download programs make of a story.
//!
//! Recognised by the archive's first member or by its container document. Read: the package's metadata (title,
//! creators with their roles, subjects, description, language, dates, series in both spellings, source address,
//! identifiers), files in reading order, titles from the navigation document or the NCX, labels of a title page,
//! addresses of chapters as FanFicFare writes them. Fanfold's own exports say the kind of every tag and keep notes
//! apart; both come back as they were.
//! Known damage: a lost directory, missing or broken files, no package document: what can be read is taken.
//!
//! Not read: pictures, fixed layout, encrypted books.

use super::epub::{self, Book, Package};
use super::html_page;
use crate::body::Body;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::text_work;
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs, SpanUnit, fold_name};
use fanfold_text::document::Document;

/// The importer.
pub(crate) struct EpubBook;

impl Importer for EpubBook {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "epub",
            name: "EPUB",
            description: "A story as an electronic book, of any origin",
            docs: "Metadata, files in reading order, titles from the table of contents, labels of the title page. Books \
                   made by FanFicFare keep each chapter's address; books exported by Fanfold come back with every tag's kind and the notes in their places. Damaged \
                   books are read as far as they go.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_zip() {
            return None;
        }
        let says = probe.head.get(30..58) == Some(b"mimetypeapplication/epub+zip");
        if says {
            return Some(Match { score: 800, reason: "Its first member says that it is an EPUB." });
        }
        if probe.ending() == "epub" {
            return Some(Match { score: 700, reason: "It is a zip archive named as an EPUB." });
        }
        let has_container = probe.book().is_some_and(|book| book.has("META-INF/container.xml"));
        has_container
            .then_some(Match { score: 750, reason: "It holds an EPUB's container document." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        Book::extract(input, sink, read)
    }
}

/// Reads a book that is open.
pub(crate) fn read(book: &Book<'_>) -> Extracted {
    let package = book.package();
    let parts = epub::parts(book, package.as_ref());
    read_parts(package.as_ref(), &parts)
}

/// A book from what it says about itself and its pages in reading order, whatever carried them.
pub(crate) fn read_parts(package: Option<&Package>, parts: &[epub::Part]) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::Work);
    let address = package.and_then(|package| package.value("source"));
    let mut body = Body::new(address);
    if let Some(package) = package {
        epub::add_fields(package, &mut body, &mut extracted);
        if !package.whole {
            let what = "The package document is broken; it was read as far as it goes.";
            extracted.findings.push(Finding::new(FindingCode::CONTAINER_DAMAGED, what));
        }
    }
    if let Some(package) = package.filter(|package| epub::is_own(package)) {
        epub::read_own(parts, package, &mut body, &mut extracted);
        extracted.findings.extend(body.findings());
        return extracted;
    }
    if let Some(reason) = not_a_work(parts) {
        extracted.read_as = ReadAs::NotAWork;
        extracted.findings.push(Finding::new(FindingCode::NOT_A_WORK, reason));
        return extracted;
    }
    epub::chapters(parts, &mut body, &mut extracted);
    split_single(parts, &mut extracted);
    drop_doubled_title(&mut extracted);
    for (index, chapter) in extracted.chapters.iter().enumerate() {
        if !crate::body::has_content(&chapter.html) {
            let what = format!("Chapter {} holds no text.", index + 1);
            extracted.findings.push(Finding::new(FindingCode::EMPTY_CHAPTER, what));
        }
    }
    extracted.findings.extend(body.findings());
    extracted
}

/// A book in one file: its chapters are found by their marks, its labels by the grammar.
fn split_single(parts: &[epub::Part], extracted: &mut Extracted) {
    let stories: Vec<&epub::Part> =
        parts.iter().filter(|part| !epub::is_title_page(part, 0)).collect();
    let ([part], [_]) = (stories.as_slice(), extracted.chapters.as_slice()) else { return };
    let page = Document::parse_fragment(&part.html);
    let inside = html_page::read_lines(part.lines.clone(), &page, None, None);
    if inside.read_as != ReadAs::Work {
        return;
    }
    if inside.chapters.len() > 1 {
        extracted.chapters = inside.chapters;
    }
    let known = |extracted: &Extracted, kind| extracted.fields_of(kind).next().is_some();
    for field in inside.fields {
        if !known(extracted, field.kind) {
            extracted.fields.push(field);
        }
    }
}

/// The only chapter's title says nothing when it is the work's.
fn drop_doubled_title(extracted: &mut Extracted) {
    let title = extracted.fields_of(FieldKind::Title).next().map(|field| fold_name(&field.value));
    if let [only] = extracted.chapters.as_mut_slice()
        && only.title.as_deref().map(fold_name) == title
    {
        only.title = None;
    }
}

/// Why a book is no story: nothing in it, or what the grammar says about its text.
fn not_a_work(parts: &[epub::Part]) -> Option<String> {
    let stories = text_of(parts.iter().filter(|part| !epub::is_title_page(part, 0)));
    let has_story = stories.chars().any(char::is_alphanumeric);
    let text = if has_story { stories } else { text_of(parts.iter()) };
    let reading = text_work::read(&text, SpanUnit::Decoded);
    let is_refused = reading.read_as == ReadAs::NotAWork && text.chars().any(char::is_alphanumeric);
    match (is_refused, has_story) {
        (true, _) => Some(crate::from_text::sentence(&reading.reason)),
        (false, true) => None,
        (false, false) => Some("There is no text in the book.".to_owned()),
    }
}

/// As much of the pages' text as tells what it is.
fn text_of<'a>(parts: impl Iterator<Item = &'a epub::Part>) -> String {
    const ENOUGH: usize = 60_000;
    let mut text = String::new();
    for line in parts.flat_map(|part| &part.lines) {
        text.push_str(&line.text);
        text.push_str("\n\n");
        if text.len() > ENOUGH {
            break;
        }
    }
    text
}

/// Whether a package names the Archive of Our Own as the publisher.
pub(crate) fn is_from_ao3(package: &Package) -> bool {
    package.value("publisher").is_some_and(|name| name.eq_ignore_ascii_case("archive of our own"))
}
