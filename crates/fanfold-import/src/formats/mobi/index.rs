//! Indexes of a book (INDX): entries with tagged numbers, and the strings they point to. The contents, and in KF8 the
//! pieces that the text is made of, are such indexes.

use super::palm::{Palm, u16_at, usize_at};
use std::collections::BTreeMap;

/// Entries of one index that are read.
const MOST_ENTRIES: usize = 200_000;
/// Records of one index that are read.
const MOST_RECORDS: usize = 2_000;

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    tags: BTreeMap<u8, Vec<usize>>,
}

impl Entry {
    /// A number of a tag.
    pub(super) fn value(&self, tag: u8, number: usize) -> Option<usize> {
        self.tags.get(&tag)?.get(number).copied()
    }
}

/// An index and its strings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    strings: Vec<Vec<u8>>,
}

impl Index {
    /// Reads the index that begins in a record; empty where there is none.
    pub(super) fn read(palm: &Palm<'_>, record: usize) -> Self {
        Self::try_read(palm, record).unwrap_or_default()
    }

    fn try_read(palm: &Palm<'_>, record: usize) -> Option<Self> {
        let head = palm.record(record)?;
        if head.get(..4) != Some(b"INDX") {
            return None;
        }
        let count = usize_at(&head, 24)?.min(MOST_RECORDS);
        let strings = usize_at(&head, 52)?.min(MOST_RECORDS);
        let tagx = head.get(usize_at(&head, 4)?..)?;
        let table = Table::parse(tagx)?;
        let mut entries = Vec::new();
        for number in 1..=count {
            let Some(data) = palm.record(record + number) else { break };
            add_entries(&data, &table, &mut entries);
        }
        let strings =
            (0..strings).map_while(|number| palm.record(record + count + 1 + number)).collect();
        Some(Self { entries, strings })
    }

    /// The string at an offset.
    pub(super) fn string(&self, offset: usize) -> Option<&[u8]> {
        let record = self.strings.get(offset >> 16)?;
        let at = offset & 0xFFFF;
        let (length, used) = number(record.get(at..)?)?;
        record.get(at + used..at + used + length)
    }
}

/// Which tags an entry may have.
struct Table {
    control_bytes: usize,
    tags: Vec<TagRow>,
}

struct TagRow {
    tag: u8,
    values: usize,
    mask: u8,
    is_end: bool,
}

impl Table {
    fn parse(tagx: &[u8]) -> Option<Self> {
        if tagx.get(..4) != Some(b"TAGX") {
            return None;
        }
        let (end, control_bytes) = (usize_at(tagx, 4)?, usize_at(tagx, 8)?);
        let rows = tagx.get(12..end.min(tagx.len()))?.chunks_exact(4);
        let row = |own: &[u8]| match own {
            [tag, values, mask, end] => Some(TagRow {
                tag: *tag,
                values: usize::from(*values),
                mask: *mask,
                is_end: *end == 1,
            }),
            _ => None,
        };
        Some(Self { control_bytes: control_bytes.min(16), tags: rows.filter_map(row).collect() })
    }

    /// The tags of one entry whose name has been taken off.
    fn tags_of(&self, entry: &[u8]) -> Option<BTreeMap<u8, Vec<usize>>> {
        let (control, mut rest) = entry.split_at_checked(self.control_bytes)?;
        let mut control = control.iter();
        let mut byte = control.next().copied().unwrap_or_default();
        let mut wanted = Vec::new();
        for row in &self.tags {
            if row.is_end {
                byte = control.next().copied().unwrap_or_default();
                continue;
            }
            let value = byte & row.mask;
            if value == 0 {
                continue;
            }
            if value == row.mask && row.mask.count_ones() > 1 {
                let (length, used) = number(rest)?;
                rest = rest.get(used..)?;
                wanted.push((row, None, length));
            } else {
                wanted.push((row, Some(usize::from(value >> row.mask.trailing_zeros())), 0));
            }
        }
        let mut tags = BTreeMap::new();
        for (row, count, length) in wanted {
            let (values, used) = match count {
                Some(count) => numbers(rest, count * row.values)?,
                None => numbers_within(rest.get(..length)?),
            };
            rest = rest.get(used..)?;
            tags.insert(row.tag, values);
        }
        Some(tags)
    }
}

fn add_entries(data: &[u8], table: &Table, entries: &mut Vec<Entry>) {
    let (Some(list), Some(count)) = (usize_at(data, 20), usize_at(data, 24)) else { return };
    for number in 0..count.min(data.len()) {
        if entries.len() >= MOST_ENTRIES {
            return;
        }
        let place =
            |number: usize| u16_at(data, list.checked_add(4 + number * 2)?).map(usize::from);
        let Some(start) = place(number) else { return };
        let end = if number + 1 < count { place(number + 1) } else { Some(list) };
        let own = end.and_then(|end| data.get(start..end.min(data.len())));
        let Some((length, rest)) = own.and_then(<[u8]>::split_first) else { continue };
        let Some((name, rest)) = rest.split_at_checked(usize::from(*length)) else { continue };
        if let Some(tags) = table.tags_of(rest) {
            entries.push(Entry { name: name.to_vec(), tags });
        }
    }
}

/// A number of seven bits a byte, the last byte marked; and how many bytes it has.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value = value << 7 | usize::from(byte & 0x7F);
        if byte & 0x80 != 0 {
            return Some((value, at + 1));
        }
    }
    None
}

fn numbers(bytes: &[u8], count: usize) -> Option<(Vec<usize>, usize)> {
    let (mut values, mut used) = (Vec::new(), 0);
    for _ in 0..count {
        let (value, length) = number(bytes.get(used..)?)?;
        values.push(value);
        used += length;
    }
    Some((values, used))
}

fn numbers_within(bytes: &[u8]) -> (Vec<usize>, usize) {
    let (mut values, mut used) = (Vec::new(), 0);
    while let Some((value, length)) = bytes.get(used..).and_then(number) {
        values.push(value);
        used += length;
    }
    (values, bytes.len())
}
