//! Members of an archive whose directory is lost, found by the header in front of each.

use super::entry::Entry;
use super::{exact, u16_at, u32_at};
use crate::names;
use crate::random_access::{RandomAccess, fill_at};
use std::io;

const HEADER_SIZE: usize = 30;
const WINDOW: usize = 64 * 1024;

/// The members in the order of the file.
pub(super) struct Members<'a> {
    data: &'a dyn RandomAccess,
    at: u64,
}

impl<'a> Members<'a> {
    pub(super) fn new(data: &'a dyn RandomAccess) -> Self {
        Self { data, at: 0 }
    }

    fn member(&mut self) -> io::Result<Option<Entry>> {
        while let Some(header_at) = next_mark(self.data, self.at, &[b"PK\x03\x04"])? {
            self.at = header_at + 4;
            let Some(header) = exact(self.data, header_at, HEADER_SIZE)? else {
                return Ok(None);
            };
            let name_size = usize::from(u16_at(&header, 26));
            let Some(name) = exact(self.data, header_at + HEADER_SIZE as u64, name_size)? else {
                continue;
            };
            if name.is_empty() || name_size > 1024 {
                continue;
            }
            let skip = name_size as u64 + u64::from(u16_at(&header, 28));
            let body_at = header_at + HEADER_SIZE as u64 + skip;
            return self.entry(header_at, body_at, &header, &name).map(Some);
        }
        Ok(None)
    }

    fn entry(
        &mut self,
        header_at: u64,
        body_at: u64,
        header: &[u8],
        name: &[u8],
    ) -> io::Result<Entry> {
        let flags = u16_at(header, 6);
        let stated = u64::from(u32_at(header, 18));
        let sizes_follow = flags & 8 != 0 || stated == u64::from(u32::MAX);
        let packed = if sizes_follow {
            let marks: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x01\x02", b"PK\x07\x08"];
            let end = next_mark(self.data, body_at, &marks)?.unwrap_or(self.data.size());
            end.saturating_sub(body_at)
        } else {
            stated.min(self.data.size().saturating_sub(body_at))
        };
        self.at = body_at.saturating_add(packed).max(self.at);
        Ok(Entry {
            name: names::decode(name, flags & 0x800 != 0),
            is_folder: name.ends_with(b"/") || name.ends_with(b"\\"),
            is_link: false,
            method: u16_at(header, 8),
            encrypted: flags & 1 != 0,
            checksum: (!sizes_follow).then(|| u32_at(header, 14)),
            packed,
            size: (!sizes_follow).then(|| u64::from(u32_at(header, 22))),
            header: header_at,
        })
    }
}

impl Iterator for Members<'_> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.member().transpose()
    }
}

/// The next place at or after `from` where one of the four-byte marks stands.
fn next_mark(data: &dyn RandomAccess, from: u64, marks: &[&[u8]]) -> io::Result<Option<u64>> {
    let mut window = vec![0; WINDOW];
    let mut at = from;
    loop {
        let count = fill_at(data, at, &mut window)?;
        let bytes = &window[..count];
        let found = bytes.windows(4).position(|four| four[0] == b'P' && marks.contains(&four));
        if let Some(found) = found {
            return Ok(Some(at + found as u64));
        }
        if count < WINDOW {
            return Ok(None);
        }
        at += (count - 3) as u64;
    }
}
