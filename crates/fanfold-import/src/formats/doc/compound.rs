//! The directory of a compound file ("OLE2"): only the names of its streams. Source of the layout: Microsoft, [MS-CFB].

use fanfold_source::RandomAccess;

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Sectors of a directory that are looked at: 512 entries of small sectors. A document has a dozen.
const MOST_SECTORS: usize = 128;

/// Bytes of one entry.
const ENTRY: usize = 128;

/// Whether bytes begin as a compound file.
pub(super) fn is_compound(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// The names in the directory, as far as it can be followed.
pub(super) fn names(file: &dyn RandomAccess) -> Vec<String> {
    let Some(header) = Header::read(file) else { return Vec::new() };
    let mut names = Vec::new();
    let mut sector = header.directory;
    for _ in 0..MOST_SECTORS {
        let Some(bytes) = header.sector(file, sector) else { break };
        names.extend(bytes.chunks_exact(ENTRY).filter_map(name));
        let Some(next) = header.next(file, sector) else { break };
        sector = next;
    }
    names
}

struct Header {
    /// Bytes of a sector.
    size: usize,
    /// The first sector of the directory.
    directory: u32,
    /// The sectors that hold the table of sectors; the first 109 of them.
    tables: Vec<u32>,
}

impl Header {
    fn read(file: &dyn RandomAccess) -> Option<Self> {
        let bytes = exactly(file, 0, 512)?;
        let shift = u16::from_le_bytes([*bytes.get(30)?, *bytes.get(31)?]);
        if !is_compound(&bytes) || !(7..=16).contains(&shift) {
            return None;
        }
        let tables = (0..109).filter_map(|place| number(&bytes, 76 + place * 4)).collect();
        Some(Self { size: 1 << shift, directory: number(&bytes, 48)?, tables })
    }

    fn sector(&self, file: &dyn RandomAccess, sector: u32) -> Option<Vec<u8>> {
        let at = (u64::from(sector) + 1).checked_mul(self.size as u64)?;
        exactly(file, at, self.size)
    }

    /// The sector after this one, by the table; none at the end of a chain.
    fn next(&self, file: &dyn RandomAccess, sector: u32) -> Option<u32> {
        let in_table = self.size / 4;
        let sector = usize::try_from(sector).ok()?;
        let table = self.tables.get(sector / in_table)?;
        let bytes = self.sector(file, *table)?;
        number(&bytes, sector % in_table * 4).filter(|next| *next < 0xFFFF_FFFA)
    }
}

/// So many bytes at a place; none where the file is shorter.
fn exactly(file: &dyn RandomAccess, at: u64, count: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; count];
    let mut filled = 0;
    while filled < count {
        match file.read_at(at.checked_add(filled as u64)?, &mut bytes[filled..]) {
            Ok(0) | Err(_) => return None,
            Ok(read) => filled += read,
        }
    }
    Some(bytes)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}

/// The name of an entry: UTF-16 with its length in bytes, the closing zero counted.
fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    let bytes = entry.get(..length.checked_sub(2)?.min(62))?;
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let name = String::from_utf16_lossy(&units);
    (!name.is_empty()).then_some(name)
}
