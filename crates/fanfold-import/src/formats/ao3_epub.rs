//! AO3 EPUB: the download of a work from the Archive of Our Own as a book.
//!
//! Made by the archive with calibre since 2010. Recognised by the publisher in the package document. The same preface,
//! chapters and afterword as in the HTML download lie split over several files; joined in reading order they are read
//! by the same code and give the same values. The package's flat subjects are not used: the preface has every tag with
//! its kind. Known damage: chapter files that are no XML, no table of contents, pages of the archive made into a book
//! by other programs (a listing is refused).

use super::ao3;
use super::epub::{self, Book};
use super::epub_book::is_from_ao3;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use fanfold_model::{Extracted, Identity, IdentityKind, ReadAs};

/// The importer.
pub(crate) struct Ao3Epub;

impl Importer for Ao3Epub {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "ao3-epub",
            name: "AO3 EPUB download",
            description: "A work downloaded from the Archive of Our Own as EPUB",
            docs: "Gives exactly what the HTML download of the same work gives: every tag with its kind, series, notes, \
                   chapters.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_zip() {
            return None;
        }
        let package = probe.book()?.package()?;
        is_from_ao3(&package)
            .then_some(Match { score: 970, reason: "Its publisher is the Archive of Our Own." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        Book::extract(input, sink, read)
    }
}

fn read(book: &Book<'_>) -> Extracted {
    let package = book.package();
    let styles = styles(book);
    let parts = epub::parts_after(book, package.as_ref(), |page| ao3::realigned(page, &styles));
    let joined: String = parts.into_iter().map(|part| part.html).collect();
    let mut extracted = ao3::read_book(&joined);
    if extracted.identities.is_empty() && extracted.read_as == ReadAs::Work {
        let own = package.as_ref().and_then(|package| package.value("identifier"));
        extracted
            .identities
            .extend(own.map(|id| Identity::new(IdentityKind::BookId, id.to_lowercase())));
    }
    extracted
}

/// All style sheets of a book.
fn styles(book: &Book<'_>) -> String {
    let sheets = book.names().filter(|name| name.to_lowercase().ends_with(".css"));
    sheets.filter_map(|name| book.read(name)).map(|bytes| epub::text(&bytes)).collect()
}
