//! A Calibre library: the folder of the program calibre, with its catalogue `metadata.db` and a folder for each book.
//!
//! Made since 2008. The catalogue is an SQLite file; it is read by its bytes alone and never written. Every book is
//! one work whatever the number of its files: the best of them is read (EPUB, then AZW3, MOBI, HTMLZ and the others),
//! all are kept. Title, creators, tags, series, languages, comments, dates and identifiers of the catalogue are
//! evidence beside what the file says; the owner's own columns keep their names. Where the catalogue cannot be read,
//! the `metadata.opf` beside each book is. Known damage: files that are missing (the book is kept as a card and told),
//! a catalogue that breaks off, files that the catalogue does not know (they are read by themselves).
//!
//! Not read: ratings by stars, reading positions, annotations, changes that are still in the catalogue's journal.

use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use catalogue::Entry;
use fanfold_model::{Finding, FindingCode, ReadAs};
use sqlite::{MAGIC, Sqlite};
use tables::Tables;

mod book;
mod catalogue;
mod folders;
mod sqlite;
mod tables;

/// The importer.
pub(crate) struct CalibreLibrary;

impl Importer for CalibreLibrary {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "calibre-library",
            name: "Calibre library",
            description: "A library of the program calibre: its catalogue with the books beside it",
            docs: "Give the library's whole folder. Each book is one work; its best file is read and all are kept. \
                   The catalogue is never written.",
        }
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let is_named = probe.file_name.eq_ignore_ascii_case("metadata.db");
        if !probe.head.starts_with(MAGIC) {
            return is_named.then_some(Match {
                score: 300,
                reason: "It is named as the catalogue of a Calibre library.",
            });
        }
        let says = |what: &[u8]| probe.head.windows(what.len()).any(|own| own == what);
        if says(b"books_authors_link") || says(b"custom_columns") {
            return Some(Match { score: 950, reason: "It has the tables of a Calibre library." });
        }
        is_named.then_some(Match {
            score: 850,
            reason: "It is a database named as the catalogue of a Calibre library.",
        })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let data = input.item.random_access()?;
        let mut damaged = true;
        let mut entries = Vec::new();
        if let Some(file) = Sqlite::open(data) {
            let mut tables = Tables::of(file);
            entries = catalogue::entries(&mut tables);
            damaged = tables.damaged || !tables.has("books");
        }
        if damaged {
            let known = entries.len();
            folders::add_missing(input, &mut entries);
            let what = format!(
                "The library's catalogue is damaged: it tells of {known} books; {} more were found by their folders.",
                entries.len() - known
            );
            sink.finding(Finding::new(FindingCode::CONTAINER_DAMAGED, what));
        }
        push(input, &entries, sink);
        Ok(())
    }
}

fn push(input: &Input<'_>, entries: &[Entry], sink: &mut dyn Sink) {
    if entries.is_empty() {
        let what = "There are no books in the library.";
        sink.extracted(input.refusal(ReadAs::NotAWork, Finding::new(FindingCode::EMPTY, what)));
    }
    for entry in entries {
        if !sink.wants_more() {
            return;
        }
        sink.extracted(book::read(input, entry));
    }
}
