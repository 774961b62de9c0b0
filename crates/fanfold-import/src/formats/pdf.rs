//! PDF: stories that were printed into a file, by the Archive of Our Own and by word processors.
//!
//! A PDF has no paragraphs: it has letters at places. Lines are built from the letters, paragraphs from the lines;
//! running heads and page numbers go, words that a line's end parted are joined where that is sure. A download of the
//! archive gives what its HTML gives but for the fine structure of the text (headings inside it, tables); lists are
//! put together again where their marks are clear.
//! Of other files title and chapters come from large letters, labels and marks. Emphasis comes from the fonts, links
//! from their places. Known damage: files that break off or were changed by mail programs (objects are looked for in
//! the bytes), letters that no table names (told).
//!
//! Not read: pictures of pages (scans), columns, files with a password; they are refused with what to do.

use super::{ao3, html_page, office};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use crate::rich::lines_of;
use encoding::utf16;
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use file::File;
use lines::Line;
use paragraphs::Paragraph;

mod content;
mod download;
mod encoding;
mod file;
mod filters;
mod font;
mod furniture;
mod html;
mod hyphens;
mod lines;
mod lists;
mod measure;
mod object;
mod pages;
mod paragraphs;

/// Bytes of a file that are looked at.
const MOST_BYTES: u64 = 128 << 20;

/// The importer.
pub(crate) struct Pdf;

impl Importer for Pdf {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "pdf",
            name: "PDF",
            description: "A story that was printed into a PDF, by AO3 or a word processor",
            docs: "Text with its paragraphs, emphasis and links. A download from the Archive of Our Own keeps every tag \
                   with its kind. Scanned pages and files with a password are refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let head = probe.head.get(..probe.head.len().min(1_024))?;
        let says = head.windows(5).any(|own| own == b"%PDF-");
        says.then_some(Match { score: 940, reason: "It says that it is a PDF." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let bytes = input.item.bytes(MOST_BYTES.min(input.limits.book_bytes))?;
        sink.extracted(read(&bytes));
        Ok(())
    }
}

fn read(bytes: &[u8]) -> Extracted {
    let file = File::open(bytes);
    if file.is_encrypted {
        let what = "The PDF is protected by a password; open it, print it into a new PDF or copy its text, and import \
                    that. Its bytes are kept.";
        return refusal(FindingCode::NOT_UNDERSTOOD, what);
    }
    let (mut lines, mut unknown, mut pages) = (Vec::<Line>::new(), 0, 0);
    let whole = pages::each(&file, &mut |shown, links| {
        unknown += shown.unknown;
        lines.extend(lines::of_page(pages, shown, &links));
        pages += 1;
    });
    let letters: usize = lines.iter().map(Line::letters).sum();
    if letters == 0 {
        let what = match pages {
            0 => "There are no pages in the PDF that could be found.",
            _ => {
                "The pages of the PDF hold no text, only pictures of it; read it with a program for text recognition and \
                  import what that gives. Its bytes are kept."
            }
        };
        return refusal(FindingCode::NOT_UNDERSTOOD, what);
    }
    let paragraphs = paragraphs::of(&furniture::without(lines));
    let mut extracted = story(&file, &paragraphs);
    let mut tell = |code, what: &str| extracted.findings.insert(0, Finding::new(code, what));
    if !whole {
        tell(
            FindingCode::LIMIT_HIT,
            "The PDF has more pages than are read; the last ones were not read.",
        );
    }
    if !file.is_whole {
        tell(
            FindingCode::CONTAINER_DAMAGED,
            "The PDF has no end or no list of its pages; what could be found was read.",
        );
    }
    if unknown * 50 > letters {
        let what = format!(
            "{unknown} letters of the PDF are in fonts that do not tell what they are; they are lost."
        );
        tell(FindingCode::DECODING, &what);
    }
    extracted
}

fn story(file: &File<'_>, paragraphs: &[Paragraph]) -> Extracted {
    let is_download = paragraphs.iter().take(12).any(|own| ao3::is_download(&own.text()));
    if is_download
        && let Some(extracted) = ao3::read_flat(&lists::gathered(download::blocks(paragraphs)))
    {
        return extracted;
    }
    let blocks = lists::gathered(paragraphs.iter().map(|own| html::block(own, 0)).collect());
    let html = super::flattened::nested(&blocks, 0);
    let page = match page::parse_piece(&html) {
        Ok(page) => page,
        Err(finding) => {
            let mut extracted = Extracted::new(ReadAs::NotUnderstood);
            extracted.findings.push(finding);
            return extracted;
        }
    };
    let mut extracted = html_page::read_lines(lines_of(&page.root()), &page, None, None);
    if extracted.read_as == ReadAs::Work {
        let title = title(file);
        office::add_weak(&office::Properties::titled(title.trim()), &mut extracted);
    }
    extracted
}

/// The title that the file says it has.
fn title(file: &File<'_>) -> String {
    let about = file.about();
    let Some(title) = file.get(&about, "Title") else { return String::new() };
    let bytes = title.text().unwrap_or_default();
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(wide) => utf16(wide),
        None => fanfold_text::encoding::decode_as(bytes, "windows-1252"),
    }
}

fn refusal(code: FindingCode, what: &str) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::NotUnderstood);
    extracted.findings.push(Finding::new(code, what));
    extracted
}
