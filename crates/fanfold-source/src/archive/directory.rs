//! The central directory at the end of an archive: where it is, and its records one after the other.

use super::entry::Entry;
use super::{exact, u16_at, u32_at, u64_at};
use crate::names;
use crate::random_access::{RandomAccess, Stretch};
use std::io::{self, BufReader, Read};

const END_MARK: &[u8] = b"PK\x05\x06";
const RECORD_MARK: u32 = 0x0201_4b50;
const END_SIZE: usize = 22;
const RECORD_SIZE: usize = 46;

/// Where the directory lies.
pub(super) struct Place {
    start: u64,
    end: u64,
    /// What must be added to every stated offset, because something was put in front of the archive.
    shift: u64,
    /// How many entries are stated.
    pub(super) entries: u64,
}

/// Finds the directory from its end record; `None` when it is not whole.
pub(super) fn find(data: &dyn RandomAccess) -> io::Result<Option<Place>> {
    let size = data.size();
    let tail_size = size.min((END_SIZE + usize::from(u16::MAX)) as u64);
    let tail_start = size - tail_size;
    let Some(tail) = exact(data, tail_start, usize::try_from(tail_size).unwrap_or(0))? else {
        return Ok(None);
    };
    let mut from = tail.len();
    while let Some(at) = tail[..from].windows(4).rposition(|window| window == END_MARK) {
        if let Some(place) = place_of(data, tail_start + at as u64, &tail[at..])? {
            return Ok(Some(place));
        }
        from = at + 3;
    }
    Ok(None)
}

fn place_of(data: &dyn RandomAccess, at: u64, end: &[u8]) -> io::Result<Option<Place>> {
    if end.len() < END_SIZE {
        return Ok(None);
    }
    let mut entries = u64::from(u16_at(end, 10));
    let mut length = u64::from(u32_at(end, 12));
    let mut stated = u64::from(u32_at(end, 16));
    let mut directory_end = at;
    let full = u64::from(u32::MAX);
    let is_large = entries == u64::from(u16::MAX) || length == full || stated == full;
    if is_large && let Some((large_at, large)) = large_end(data, at)? {
        entries = u64_at(&large, 32);
        length = u64_at(&large, 40);
        stated = u64_at(&large, 48);
        directory_end = large_at;
    }
    let Some(start) = directory_end.checked_sub(length) else {
        return Ok(None);
    };
    let Some(shift) = start.checked_sub(stated) else {
        return Ok(None);
    };
    let begins = exact(data, start, 4)?.is_some_and(|mark| u32_at(&mark, 0) == RECORD_MARK);
    let whole = begins || (length == 0 && entries == 0);
    Ok(whole.then_some(Place { start, end: directory_end, shift, entries }))
}

/// The ZIP64 end record in front of an end record.
fn large_end(data: &dyn RandomAccess, at: u64) -> io::Result<Option<(u64, Vec<u8>)>> {
    let Some(locator_at) = at.checked_sub(20) else {
        return Ok(None);
    };
    let Some(locator) = exact(data, locator_at, 20)? else {
        return Ok(None);
    };
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    let stated = u64_at(&locator, 8);
    for large_at in [Some(stated), locator_at.checked_sub(56)].into_iter().flatten() {
        let record = exact(data, large_at, 56)?;
        if let Some(record) = record.filter(|record| record.starts_with(b"PK\x06\x06")) {
            return Ok(Some((large_at, record)));
        }
    }
    Ok(None)
}

/// The records of a directory as a stream.
pub(super) struct Entries<'a> {
    stream: BufReader<Stretch<'a>>,
    shift: u64,
}

impl<'a> Entries<'a> {
    pub(super) fn new(data: &'a dyn RandomAccess, place: &Place) -> Self {
        Self {
            stream: BufReader::with_capacity(32 * 1024, Stretch::new(data, place.start, place.end)),
            shift: place.shift,
        }
    }

    fn record(&mut self) -> io::Result<Option<Entry>> {
        let mut fixed = [0; RECORD_SIZE];
        if read_full(&mut self.stream, &mut fixed)? < RECORD_SIZE
            || u32_at(&fixed, 0) != RECORD_MARK
        {
            return Ok(None);
        }
        let mut name = vec![0; usize::from(u16_at(&fixed, 28))];
        let mut extra = vec![0; usize::from(u16_at(&fixed, 30))];
        let mut comment = vec![0; usize::from(u16_at(&fixed, 32))];
        for part in [&mut name, &mut extra, &mut comment] {
            if read_full(&mut self.stream, part)? < part.len() {
                return Ok(None);
            }
        }
        let flags = u16_at(&fixed, 8);
        let mut entry = Entry {
            name: names::decode(&name, flags & 0x800 != 0),
            is_folder: name.ends_with(b"/") || name.ends_with(b"\\"),
            is_link: u32_at(&fixed, 38) >> 16 & 0o170_000 == 0o120_000 && fixed[5] == 3,
            method: u16_at(&fixed, 10),
            encrypted: flags & 1 != 0,
            checksum: Some(u32_at(&fixed, 16)),
            packed: u64::from(u32_at(&fixed, 20)),
            size: Some(u64::from(u32_at(&fixed, 24))),
            header: u64::from(u32_at(&fixed, 42)),
        };
        widen(&mut entry, &extra);
        entry.header = entry.header.saturating_add(self.shift);
        Ok(Some(entry))
    }
}

impl Iterator for Entries<'_> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.record().transpose()
    }
}

/// Takes the 64-bit numbers of the ZIP64 extra field where the short ones are full.
fn widen(entry: &mut Entry, extra: &[u8]) {
    let full = u64::from(u32::MAX);
    let mut rest = extra;
    while rest.len() >= 4 {
        let length = usize::from(u16_at(rest, 2));
        let Some(body) = rest.get(4..4 + length) else {
            return;
        };
        if u16_at(rest, 0) == 1 {
            let mut numbers = body.chunks_exact(8).map(|chunk| u64_at(chunk, 0));
            if entry.size == Some(full) {
                entry.size = numbers.next();
            }
            if entry.packed == full {
                entry.packed = numbers.next().unwrap_or(full);
            }
            if entry.header == full {
                entry.header = numbers.next().unwrap_or(full);
            }
            return;
        }
        rest = &rest[4 + length..];
    }
}

fn read_full(stream: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match stream.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
