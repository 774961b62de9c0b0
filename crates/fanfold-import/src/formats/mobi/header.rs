//! The first record: how the text is packed, which encoding it has, where the indexes stand, and the metadata (EXTH).

use super::palm::{Palm, u16_at, u32_at, usize_at};

/// What the first record says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Number of the record that this header is; the book's other records are counted from it.
    pub(super) base: usize,
    /// 1 none, 2 PalmDoc, 17480 HUFF/CDIC.
    pub(super) compression: u16,
    /// Bytes of the text, unpacked.
    pub(super) text_length: usize,
    /// Records of text.
    pub(super) text_records: usize,
    /// Not 0 where the text is encrypted.
    pub(super) encryption: u16,
    /// 65001 is UTF-8, anything else Windows-1252.
    pub(super) code_page: u32,
    /// 8 and more is KF8; 0 where there is no MOBI header at all.
    pub(super) version: u32,
    /// Number of the first record of the HUFF dictionary, and how many there are.
    pub(super) huff: (usize, usize),
    /// What stands behind the text in each record.
    pub(super) extra: u16,
    /// Records of the contents, of fragments and skeletons, of the table of flows.
    pub(super) ncx: Option<usize>,
    pub(super) fragments: Option<usize>,
    pub(super) skeletons: Option<usize>,
    pub(super) flows: Option<usize>,
    /// The title in the header.
    pub(super) title: Vec<u8>,
    /// Types and values of the metadata.
    pub(super) exth: Vec<(u32, Vec<u8>)>,
}

/// What the metadata calls the place where the second book of a double file begins.
const BOUNDARY: u32 = 121;

impl Header {
    /// Reads the book's header; of a file that holds the book in both forms, that of the newer one.
    pub(super) fn read(palm: &Palm<'_>) -> Option<Self> {
        let first = Self::parse(&palm.record(0)?, 0)?;
        let boundary = first.values(BOUNDARY).next().and_then(|value| usize_at(value, 0));
        let second = boundary
            .filter(|at| first.version < 8 && *at < palm.count())
            .and_then(|at| Self::parse(&palm.record(at)?, at))
            .filter(|second| second.version >= 8 && second.text_records > 0);
        Some(second.unwrap_or(first))
    }

    fn parse(record: &[u8], base: usize) -> Option<Self> {
        let mut header = Self {
            base,
            compression: u16_at(record, 0)?,
            text_length: usize_at(record, 4)?,
            text_records: usize::from(u16_at(record, 8)?),
            encryption: u16_at(record, 12).unwrap_or_default(),
            code_page: 1252,
            ..Self::default()
        };
        if record.get(16..20) == Some(b"MOBI") {
            header.mobi(record);
        }
        Some(header)
    }

    fn mobi(&mut self, record: &[u8]) {
        let length = usize_at(record, 20).unwrap_or_default();
        // A field counts only where the header is long enough to have it.
        let within = |at: usize| (at + 4 <= 16 + length).then(|| usize_at(record, at)).flatten();
        let index = |at: usize| within(at).filter(|value| *value < 0x00FF_FFFF);
        self.code_page = u32_at(record, 28).unwrap_or(1252);
        self.version = u32_at(record, 36).unwrap_or(6);
        self.huff = (within(112).unwrap_or_default(), within(116).unwrap_or_default());
        self.extra = within(240).map_or(0, |flags| (flags & 0xFFFF) as u16);
        self.ncx = index(244);
        if self.version >= 8 {
            self.fragments = index(248);
            self.skeletons = index(252);
            self.flows = index(192);
        }
        if let (Some(at), Some(long)) = (usize_at(record, 84), usize_at(record, 88)) {
            let end = at.saturating_add(long);
            self.title = record.get(at..end).unwrap_or_default().to_vec();
        }
        if u32_at(record, 128).is_some_and(|flags| flags & 0x40 != 0) {
            self.exth = exth(record.get(16 + length..).unwrap_or_default());
        }
    }

    /// Values of one type of the metadata.
    pub(super) fn values(&self, kind: u32) -> impl Iterator<Item = &[u8]> {
        self.exth.iter().filter(move |(own, _)| *own == kind).map(|(_, value)| value.as_slice())
    }

    /// Bytes in the book's encoding as text.
    pub(super) fn decode(&self, bytes: &[u8]) -> String {
        let label = if self.code_page == 65001 { "utf-8" } else { "windows-1252" };
        fanfold_text::encoding::decode_as(bytes, label)
    }
}

/// Entries of the metadata, as far as they go.
fn exth(block: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut entries = Vec::new();
    if block.get(..4) != Some(b"EXTH") {
        return entries;
    }
    let count = usize_at(block, 8).unwrap_or_default().min(5_000);
    let mut at = 12;
    for _ in 0..count {
        let (Some(kind), Some(length)) = (u32_at(block, at), usize_at(block, at + 4)) else {
            break;
        };
        let Some(value) = block.get(at + 8..at.saturating_add(length)) else { break };
        entries.push((kind, value.to_vec()));
        at += length.max(8);
    }
    entries
}
