//! Zip archives, read in constant memory and as far as they go.
//!
//! Our own reader and not the `zip` crate's, for two reasons: that one keeps every entry of the directory in memory
//! (a million entries are more than an import may use), and it gives up on an archive whose directory is lost, which
//! is the commonest damage of old downloads. Here the directory is streamed, and a lost one is made up for by the
//! headers in front of each member. Methods: stored and deflate, as the old archives have them; others are said to be
//! unreadable. Source of rules: APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.

mod directory;
mod entry;
mod scan;

pub use entry::{Entry, EntryReader};

use crate::random_access::{RandomAccess, fill_at};
use std::io;

/// An open zip archive.
pub struct Archive<'a> {
    data: &'a dyn RandomAccess,
    place: Option<directory::Place>,
}

impl<'a> Archive<'a> {
    /// Opens an archive; `None` when there is neither a directory nor a single member header.
    ///
    /// # Errors
    /// If the bytes cannot be read.
    pub fn open(data: &'a dyn RandomAccess) -> io::Result<Option<Self>> {
        let place = directory::find(data)?;
        let archive = Self { data, place };
        let empty = archive.place.is_none() && archive.entries().next().is_none();
        Ok((!empty).then_some(archive))
    }

    /// Whether the directory is lost and the members were found by their own headers.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.place.is_none()
    }

    /// The number of entries that the archive states; `None` for a damaged one.
    #[must_use]
    pub fn stated_entries(&self) -> Option<u64> {
        self.place.as_ref().map(|place| place.entries)
    }

    /// The entries in the directory's order. Ends early where the directory is broken.
    pub fn entries(&self) -> Box<dyn Iterator<Item = io::Result<Entry>> + 'a> {
        match &self.place {
            Some(place) => Box::new(directory::Entries::new(self.data, place)),
            None => Box::new(scan::Members::new(self.data)),
        }
    }

    /// Opens one entry for reading. The reader ends with an error where the bytes are damaged, and never gives more
    /// than the entry states.
    ///
    /// # Errors
    /// If the entry is encrypted, packed by an unknown method, or has no header where the directory says.
    pub fn read(&self, entry: &Entry) -> io::Result<EntryReader<'a>> {
        EntryReader::open(self.data, entry)
    }
}

/// Whether bytes begin like a zip archive.
#[must_use]
pub(crate) fn looks_like_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(b"PK00PK\x03\x04")
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2).and_then(|slice| slice.try_into().ok());
    pair.map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|slice| slice.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..at + 8).and_then(|slice| slice.try_into().ok());
    eight.map_or(0, u64::from_le_bytes)
}

/// Reads exactly `count` bytes at `offset`; `None` where the data ends before.
fn exact(data: &dyn RandomAccess, offset: u64, count: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = vec![0; count];
    let read = fill_at(data, offset, &mut bytes)?;
    Ok((read == count).then_some(bytes))
}
