//! MOBI and AZW3: books of Amazon's readers and of the Mobipocket reader before them.
//!
//! A Palm database of records; made since 2000, by the Archive of Our Own with calibre since 2010. Read: plain
//! PalmDoc texts, Mobipocket's one-page books, KF8 (AZW3) and files that hold both; text that is not packed, packed by
//! PalmDoc or by HUFF/CDIC; Windows-1252 and UTF-8; metadata, contents, pages. A download of the archive gives exactly
//! what its HTML gives: KF8 keeps its ids, and the older form, which keeps none, is built again from its labels.
//! Of any other book chapters are the pages and headings, titles come from its contents. Known damage: files that
//! break off, lost indexes (the text is taken as one page), pieces that are missing.
//!
//! Not read: pictures, and books with copy protection: they are refused with what to do. Where a converter made
//! margins into quotations, nothing tells a note of several paragraphs from the text behind it; its first is taken.

use super::{ao3, epub, epub_book, plain_text};
use crate::decode;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, Finding, FindingCode, Identity, IdentityKind, ReadAs};
use header::Header;
use palm::Palm;

mod header;
mod huff;
mod index;
mod kf8;
mod metadata;
mod mobi6;
mod palm;
mod palmdoc;
mod text;

/// The page of contents that calibre adds to a book.
const CONTENTS: &str = "<body id=\"calibre_generated_inline_toc\"";

/// The importer.
pub(crate) struct Mobi;

impl Importer for Mobi {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "mobi",
            name: "MOBI and AZW3",
            description: "A story as a book for Kindle, Mobipocket or Palm, of any origin",
            docs: "A download from the Archive of Our Own gives what its HTML download gives. Other books: metadata, \
                   chapters by pages, headings and contents. Books with copy protection are refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        match probe.head.get(60..68)? {
            b"BOOKMOBI" => Some(Match {
                score: 960,
                reason: "It says that it is a Mobipocket or Kindle book.",
            }),
            b"TEXtREAd" => Some(Match { score: 950, reason: "It says that it is a PalmDoc text." }),
            _ => None,
        }
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let data = input.item.random_access()?;
        let extracted = match Palm::open(data) {
            Some(palm) => read(&palm),
            None => refusal(
                FindingCode::CONTAINER_DAMAGED,
                "The table of the book's records is not whole; nothing in it can be found.",
            ),
        };
        sink.extracted(extracted);
        Ok(())
    }
}

fn read(palm: &Palm<'_>) -> Extracted {
    let Some(header) = Header::read(palm) else {
        let what =
            "The book's first record is not in the file; nothing else can be read without it.";
        return refusal(FindingCode::CONTAINER_DAMAGED, what);
    };
    if header.encryption != 0 {
        let what = "The book has copy protection and cannot be read; ask its seller for a copy without, or import the \
                    story from another source. Its bytes are kept.";
        return refusal(FindingCode::NOT_UNDERSTOOD, what);
    }
    if !matches!(header.compression, 1 | 2 | 17_480) {
        let what =
            "The book's text is packed in a way that no known program uses; its bytes are kept.";
        return refusal(FindingCode::NOT_UNDERSTOOD, what);
    }
    let (text, mut findings) = text::read(palm, &header);
    if palm.is_cut && findings.is_empty() {
        let what = "The file ends before the last of its records.";
        findings.push(Finding::new(FindingCode::CONTAINER_DAMAGED, what));
    }
    if text.is_empty() {
        findings.push(Finding::new(FindingCode::EMPTY, "There is no text in the book."));
        let mut extracted = Extracted::new(ReadAs::NotAWork);
        extracted.findings = findings;
        return extracted;
    }
    let read = match header.version {
        0 => Ok(palm_text(palm, &text)),
        1..8 => mobi6(palm, &header, &text),
        _ => kf8(palm, &header, &text),
    };
    let mut extracted = read.unwrap_or_else(|finding| {
        let mut extracted = Extracted::new(ReadAs::NotUnderstood);
        extracted.findings.push(finding);
        extracted
    });
    extracted.findings.splice(0..0, findings);
    extracted
}

fn kf8(palm: &Palm<'_>, header: &Header, text: &[u8]) -> Result<Extracted, Finding> {
    let book = kf8::read(palm, header, text);
    let package = metadata::package(header);
    let mut parts = Vec::new();
    for (name, bytes) in &book.pages {
        let page = ao3::realigned(&header.decode(bytes), &book.css);
        if book.pages.len() > 1 && page.contains(CONTENTS) {
            continue;
        }
        parts.extend(epub::part(name.clone(), &page, &book.titles)?);
    }
    if epub_book::is_from_ao3(&package)
        || parts.iter().take(2).any(|part| ao3::is_download(&part.html))
    {
        let joined: String = parts.into_iter().map(|part| part.html).collect();
        return Ok(identified(ao3::read_book(&joined), header));
    }
    Ok(epub_book::read_parts(Some(&package), &parts))
}

fn mobi6(palm: &Palm<'_>, header: &Header, text: &[u8]) -> Result<Extracted, Finding> {
    let head = header.decode(text.get(..text.len().min(16_384)).unwrap_or_default());
    let package = metadata::package(header);
    if epub_book::is_from_ao3(&package) || ao3::is_download(&head) {
        let blocks = mobi6::blocks(text, header)?;
        if let Some(extracted) = ao3::read_flat(&blocks) {
            return Ok(identified(extracted, header));
        }
    }
    let parts = mobi6::parts(palm, header, text)?;
    Ok(epub_book::read_parts(Some(&package), &parts))
}

/// A download that does not say which work it is has at least the book's own name.
fn identified(mut extracted: Extracted, header: &Header) -> Extracted {
    if extracted.identities.is_empty() && extracted.read_as == ReadAs::Work {
        let own = header.values(113).next().map(|id| header.decode(id).to_lowercase());
        extracted.identities.extend(own.map(|id| Identity::new(IdentityKind::BookId, id)));
    }
    extracted
}

/// A text without any markup of its own, read as a text file is; the database's name is a title where it has none.
fn palm_text(palm: &Palm<'_>, text: &[u8]) -> Extracted {
    let decoded = decode::whole(text);
    let mut extracted = plain_text::read(&decoded);
    super::without_places(&mut extracted);
    let name = String::from_utf8_lossy(&palm.name).trim().to_owned();
    if extracted.read_as == ReadAs::Work {
        super::office::add_weak(&super::office::Properties::titled(&name), &mut extracted);
    }
    extracted
}

fn refusal(code: FindingCode, what: &str) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::NotUnderstood);
    extracted.findings.push(Finding::new(code, what));
    extracted
}
