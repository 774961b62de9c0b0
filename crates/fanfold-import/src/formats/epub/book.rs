//! The archive of a book, within limits, and as far as it goes when it is damaged.

use super::package::{self, Package};
use crate::importer::{ImportError, Input, Sink};
use fanfold_model::{Extracted, Finding, FindingCode, ReadAs};
use fanfold_source::{Archive, Entry, Limits, RandomAccess};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::Read;

/// Why a book is not read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BookError {
    /// Not an archive, or nothing in it.
    Damaged(String),
    /// Over a limit.
    Limit(String),
}

impl BookError {
    /// The finding that says so.
    pub(crate) fn finding(self) -> Finding {
        match self {
            Self::Damaged(what) => Finding::new(FindingCode::CONTAINER_DAMAGED, what),
            Self::Limit(what) => Finding::new(FindingCode::LIMIT_HIT, what),
        }
    }
}

/// An open book.
pub(crate) struct Book<'a> {
    archive: Archive<'a>,
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    left: Cell<u64>,
    findings: RefCell<Vec<Finding>>,
}

impl Book<'_> {
    /// Opens an item as a book, reads it and pushes the reading with what was noticed on the way; an item that is no
    /// book that can be opened is refused with the reason.
    ///
    /// # Errors
    /// If the bytes cannot be had.
    pub(crate) fn extract(
        input: &Input<'_>,
        sink: &mut dyn Sink,
        read: impl FnOnce(&Book<'_>) -> Extracted,
    ) -> Result<(), ImportError> {
        sink.extracted(match Book::open(input.item.random_access()?, input.limits) {
            Ok(book) => {
                let mut extracted = read(&book);
                extracted.findings.splice(0..0, book.findings());
                extracted
            }
            Err(error) => input.refusal(ReadAs::NotUnderstood, error.finding()),
        });
        Ok(())
    }
}

impl<'a> Book<'a> {
    /// Opens a book: lists its members, unpacks nothing.
    pub(crate) fn open(data: &'a dyn RandomAccess, limits: &Limits) -> Result<Self, BookError> {
        let archive = match Archive::open(data) {
            Ok(Some(archive)) => archive,
            Ok(None) => {
                return Err(BookError::Damaged(
                    "Nothing in this book's archive can be read.".to_owned(),
                ));
            }
            Err(error) => {
                return Err(BookError::Damaged(format!("The book could not be read: {error}.")));
            }
        };
        let entries = list(&archive, limits)?;
        let unpacked = entries
            .iter()
            .map(|entry| entry.size.unwrap_or(entry.packed))
            .fold(0_u64, u64::saturating_add);
        if unpacked > limits.book_bytes {
            return Err(BookError::Limit(format!(
                "The book would unpack to {unpacked} bytes, more than {}.",
                limits.book_bytes
            )));
        }
        if unpacked / limits.book_ratio.max(1) > data.size() && unpacked > (1 << 20) {
            return Err(BookError::Limit(format!(
                "The book would unpack to more than {} times its size.",
                limits.book_ratio
            )));
        }
        let by_name = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.name.to_lowercase(), index))
            .collect();
        let findings = RefCell::default();
        let book = Self { archive, entries, by_name, left: Cell::new(limits.book_bytes), findings };
        if book.archive.is_damaged() {
            book.note(FindingCode::CONTAINER_DAMAGED, "The book's archive has lost its directory; its files were found by their own headers.".to_owned());
        }
        Ok(book)
    }

    /// Names of all members in the archive's order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Whether there is a member of this name, upper and lower case alike.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&name.to_lowercase())
    }

    /// A member's bytes, as far as they can be had; `None` where there is no such member or nothing of it can be read.
    /// Damage is noted.
    pub(crate) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let entry = &self.entries[*self.by_name.get(&name.to_lowercase())?];
        let mut bytes = Vec::new();
        let read = self
            .archive
            .read(entry)
            .and_then(|reader| reader.take(self.left.get()).read_to_end(&mut bytes).map(|_| ()));
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64));
        if let Err(error) = read {
            self.note(
                FindingCode::MEMBER_UNREADABLE,
                format!("{}: {error}; {} bytes were read.", entry.name, bytes.len()),
            );
        }
        if self.left.get() == 0 {
            self.note(
                FindingCode::LIMIT_HIT,
                "The book is larger than is read of one book; the rest was not read.".to_owned(),
            );
        }
        (!bytes.is_empty()).then_some(bytes)
    }

    /// The package document, where there is one that says anything.
    pub(crate) fn package(&self) -> Option<Package> {
        let named =
            self.read("META-INF/container.xml").and_then(|bytes| package::root_file(&text(&bytes)));
        let found =
            || self.names().find(|name| name.to_lowercase().ends_with(".opf")).map(str::to_owned);
        let path = named.filter(|path| self.has(path)).or_else(found)?;
        Some(Package::parse(&path, &text(&self.read(&path)?)))
    }

    /// What was noticed so far.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.findings.borrow().clone()
    }

    /// Notes damage, once for each wording.
    pub(crate) fn note(&self, code: FindingCode, what: String) {
        let finding = Finding::new(code, what);
        let mut findings = self.findings.borrow_mut();
        if !findings.contains(&finding) && findings.len() < 100 {
            findings.push(finding);
        }
    }
}

fn list(archive: &Archive<'_>, limits: &Limits) -> Result<Vec<Entry>, BookError> {
    let mut entries = Vec::new();
    for entry in archive.entries() {
        let Ok(entry) = entry else { break };
        if entries.len() as u64 >= limits.book_entries {
            return Err(BookError::Limit(format!(
                "The book holds more than {} files.",
                limits.book_entries
            )));
        }
        if !entry.is_folder && !entry.is_link {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// A member as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    fanfold_text::encoding::decode(bytes, None).text
}
