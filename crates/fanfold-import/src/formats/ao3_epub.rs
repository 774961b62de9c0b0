//! AO3 EPUB: the download of a work from the Archive of Our Own as a book.
//!
//! Made by the archive with calibre since 2010. Recognised by the publisher in the package document. The same preface,
//! chapters and afterword as in the HTML download lie split over several files; joined in reading order they are read
//! by the same code and give the same values. The package's flat subjects are not used: the preface has every tag with
//! its kind. Known damage: chapter files that are no XML, no table of contents, pages of the archive made into a book
//! by other programs (a listing is refused).

use super::ao3::{self, PageKind, page_kind};
use super::epub::{self, Book};
use super::epub_book::is_from_ao3;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use fanfold_model::{Extracted, Finding, FindingCode, Identity, IdentityKind, ReadAs};

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
        let book = match Book::open(input.item.random_access()?, input.limits) {
            Ok(book) => book,
            Err(error) => {
                sink.extracted(input.refusal(ReadAs::NotUnderstood, error.finding()));
                return Ok(());
            }
        };
        let package = book.package();
        let joined: String =
            epub::parts(&book, package.as_ref()).into_iter().map(|part| part.html).collect();
        let page = match page::parse(&ao3::restored(&joined)) {
            Ok(page) => page,
            Err(finding) => {
                sink.extracted(input.refusal(ReadAs::NotUnderstood, finding));
                return Ok(());
            }
        };
        let mut extracted = match page_kind(&page) {
            PageKind::Other(what) => {
                let finding = Finding::new(FindingCode::NOT_A_WORK, format!("It is {what}."));
                input.refusal(ReadAs::NotAWork, finding)
            }
            kind => ao3::read(&page, kind, None),
        };
        texts_of(&mut extracted).for_each(ao3::unnamed);
        extracted.findings.splice(0..0, book.findings());
        if extracted.identities.is_empty() && extracted.read_as == ReadAs::Work {
            let own = package.as_ref().and_then(|package| package.value("identifier"));
            extracted
                .identities
                .extend(own.map(|id| Identity::new(IdentityKind::BookId, id.to_lowercase())));
        }
        sink.extracted(extracted);
        Ok(())
    }
}

/// Every text of the creator's.
fn texts_of(extracted: &mut Extracted) -> impl Iterator<Item = &mut String> {
    let fields =
        extracted.fields.iter_mut().filter(|field| field.html).map(|field| &mut field.value);
    let chapters = extracted.chapters.iter_mut().flat_map(|chapter| {
        let beside = [&mut chapter.summary, &mut chapter.notes, &mut chapter.end_notes];
        beside.into_iter().flatten().chain([&mut chapter.html])
    });
    fields.chain(chapters)
}
