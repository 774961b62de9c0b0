//! Tar archives, plain or packed by gzip, bzip2, xz or zstd. Read as a stream, in the order of the archive.

use super::packed::{head, unpacked};
use super::{Kind, Place, Sink, salvage, too_many_members};
use crate::beside::can_tell;
use crate::item::Item;
use crate::limits::Limits;
use crate::names;
use fanfold_model::{Finding, FindingCode};
use std::io::{self, Read};
use std::ops::ControlFlow;
use tar::EntryType;

/// Tar archives.
pub(super) struct Tarball;

/// The size of a header and of everything's unit in a tar archive.
const BLOCK: usize = 512;

impl Kind for Tarball {
    fn is(&self, item: &Item) -> bool {
        match unpacked(item) {
            Some(mut stream) => is_header(&head(&mut stream, BLOCK)),
            None => is_header(item.probe().get(..BLOCK).unwrap_or_default()),
        }
    }

    fn can_tell(&self, item: &Item) -> bool {
        let Some(stream) = stream(item) else { return false };
        let mut archive = tar::Archive::new(stream);
        let Ok(entries) = archive.entries() else { return false };
        can_tell(entries.map_while(Result::ok).map(|entry| name_of(&entry)))
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let Some(stream) = stream(&item) else { return ControlFlow::Continue(()) };
        let mut left = item.size.saturating_mul(limits.container_ratio);
        let mut archive = tar::Archive::new(stream);
        let mut seen = 0;
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return place.broken_off(seen, &error.to_string(), sink),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(error) => return place.broken_off(seen, &error.to_string(), sink),
            };
            if entry.header().entry_type().is_dir() {
                continue;
            }
            seen += 1;
            if seen > limits.container_entries {
                return place.broken_off(seen - 1, &too_many_members(limits).message, sink);
            }
            let name = name_of(&entry);
            let member = member(place, &mut entry, left.min(limits.member_bytes), limits);
            left = left.saturating_sub(member.size);
            place.hand_on(member, &name, limits, sink)?;
        }
        if seen == 0 {
            drop(archive);
            let why = Finding::new(FindingCode::EMPTY, "The archive holds no file.");
            return place.give_back(item, why, sink);
        }
        ControlFlow::Continue(())
    }
}

fn member<R: Read>(
    place: &Place<'_>,
    entry: &mut tar::Entry<'_, R>,
    most: u64,
    limits: &Limits,
) -> Item {
    match entry.header().entry_type() {
        EntryType::Symlink | EntryType::Link => {
            let what = "A link in an archive is not followed.";
            Item::unreadable(place.path, Finding::new(FindingCode::SYMLINK_SKIPPED, what))
        }
        kind if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() => {
            let stated = entry.size();
            salvage::member(place.path, &mut Whole { entry, stated }, most, limits)
        }
        _ => {
            let what = "It is a device, pipe or other thing that is no file.";
            Item::unreadable(place.path, Finding::new(FindingCode::UNREADABLE, what))
        }
    }
}

/// A member that tells when the archive ends inside it.
struct Whole<'a, R> {
    entry: &'a mut R,
    stated: u64,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.entry.read(buffer)?;
        self.stated = self.stated.saturating_sub(count as u64);
        if count == 0 && !buffer.is_empty() && self.stated > 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends inside it"));
        }
        Ok(count)
    }
}

fn stream(item: &Item) -> Option<Box<dyn Read + '_>> {
    match unpacked(item) {
        Some(stream) => Some(stream),
        None => Some(Box::new(item.reader().ok()?)),
    }
}

fn name_of<R: Read>(entry: &tar::Entry<'_, R>) -> String {
    names::decode(&entry.path_bytes(), false)
}

/// Whether a block is a tar header: its sum of bytes is right, which nothing else's is by chance.
fn is_header(block: &[u8]) -> bool {
    if block.len() < BLOCK || block.iter().all(|byte| *byte == 0) {
        return false;
    }
    let field = std::str::from_utf8(&block[148..156]).unwrap_or_default();
    let digits = field.trim_matches(['\0', ' ']);
    let Ok(stated) = u32::from_str_radix(digits, 8) else { return false };
    let sum = |(at, byte): (usize, &u8)| {
        if (148..156).contains(&at) { u32::from(b' ') } else { u32::from(*byte) }
    };
    stated == block[..BLOCK].iter().enumerate().map(sum).sum::<u32>()
}
