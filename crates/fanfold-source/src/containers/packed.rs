//! One file packed by gzip, bzip2, xz or zstd. A packed tar archive is a [`tarball`](super::tarball).

use super::{Kind, Place, Sink, salvage};
use crate::item::Item;
use crate::limits::Limits;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Packed single files.
pub(super) struct Packed;

/// The endings that unpacking takes off a name, and what they stand for otherwise.
const ENDINGS: [(&str, &str); 8] = [
    (".gz", ""),
    (".z", ""),
    (".bz2", ""),
    (".xz", ""),
    (".zst", ""),
    (".tgz", ".tar"),
    (".svgz", ".svg"),
    (".warcz", ".warc"),
];

impl Kind for Packed {
    fn is(&self, item: &Item) -> bool {
        unpacked(item).is_some()
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let name = name_inside(item.file_name());
        let most = item.size.saturating_mul(limits.container_ratio).min(limits.member_bytes);
        let Some(mut stream) = unpacked(&item) else { return ControlFlow::Continue(()) };
        let member = salvage::member(place.path, &mut stream, most, limits);
        place.hand_on(member, &name, limits, sink)
    }
}

/// The unpacked stream of a packed item; `None` if it is not packed.
pub(super) fn unpacked(item: &Item) -> Option<Box<dyn Read + '_>> {
    let head = item.probe();
    let open = || item.reader().ok();
    if head.starts_with(&[0x1F, 0x8B, 8]) {
        // Archives of captures have a gzip member for each record; all of them are one stream.
        return Some(Box::new(flate2::read::MultiGzDecoder::new(open()?)));
    }
    if head.starts_with(b"BZh") && head.get(4..10) == Some(&[0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) {
        return Some(Box::new(bzip2::read::MultiBzDecoder::new(open()?)));
    }
    if head.starts_with(&[0xFD, b'7', b'z', b'X', b'Z', 0]) {
        return Some(Box::new(lzma_rust2::XzReader::new(open()?, true)));
    }
    if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        return zstd::Decoder::new(open()?).ok().map(|stream| Box::new(stream) as Box<dyn Read>);
    }
    None
}

/// The beginning of the unpacked stream: as much of `count` bytes as there is.
pub(super) fn head(stream: &mut dyn Read, count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count);
    // A damaged stream shows its damage again when it is read.
    let _: io::Result<usize> = stream.take(count as u64).read_to_end(&mut bytes);
    bytes
}

fn name_inside(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending));
    match ending.and_then(|(ending, stands_for)| {
        let stem = name.get(..name.len() - ending.len()).filter(|stem| !stem.is_empty())?;
        Some(format!("{stem}{stands_for}"))
    }) {
        Some(inside) => inside,
        None => format!("{name} (unpacked)"),
    }
}
