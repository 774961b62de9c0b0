//! The Palm database that every book of this family is: a table of records, and their bytes. Only the records that are
//! asked for are read.

use fanfold_source::RandomAccess;

/// Bytes of one record that are read; places inside records of text and index have two bytes.
const MOST_RECORD_BYTES: u64 = 256 << 10;

/// An open database.
pub(super) struct Palm<'a> {
    data: &'a dyn RandomAccess,
    /// Where each record begins, and where it ends.
    places: Vec<(u64, u64)>,
    /// The database's name, as old files of plain text have it for a title.
    pub(super) name: Vec<u8>,
    /// Whether the file ends before its last record.
    pub(super) is_cut: bool,
}

impl<'a> Palm<'a> {
    /// Reads the table. `None` where there is none.
    pub(super) fn open(data: &'a dyn RandomAccess) -> Option<Self> {
        let head = read(data, 0, 78)?;
        let count = usize::from(u16_at(&head, 76)?);
        let table = read(data, 78, count as u64 * 8)?;
        let size = data.size();
        let starts: Vec<u64> =
            table.chunks_exact(8).filter_map(|entry| u32_at(entry, 0)).map(u64::from).collect();
        let ends = starts.iter().skip(1).copied().chain([size.max(1)]);
        let places: Vec<(u64, u64)> = starts.iter().copied().zip(ends).collect();
        let is_cut = count == 0 || starts.last().is_none_or(|last| *last >= size);
        let name = head.get(..32)?.split(|byte| *byte == 0).next().unwrap_or_default().to_vec();
        Some(Self { data, places, name, is_cut })
    }

    /// How many records there are.
    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// A record's bytes, as many as the file has of it; `None` where it is not there at all.
    pub(super) fn record(&self, index: usize) -> Option<Vec<u8>> {
        let (start, end) = *self.places.get(index)?;
        let end = end.min(self.data.size());
        let length = end.checked_sub(start)?.min(MOST_RECORD_BYTES);
        read(self.data, start, length)
    }
}

/// Exactly `length` bytes; `None` where the file is shorter or cannot be read.
fn read(data: &dyn RandomAccess, start: u64, length: u64) -> Option<Vec<u8>> {
    let end = start.checked_add(length)?;
    if end > data.size() {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    let mut done = 0;
    while let Some(rest) = bytes.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match data.read_at(start + done as u64, rest) {
            Ok(0) | Err(_) => return None,
            Ok(count) => done += count,
        }
    }
    Some(bytes)
}

/// A number of two bytes, the larger first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

/// A number of four bytes, the larger first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

/// The same as a place or a count.
pub(super) fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}
