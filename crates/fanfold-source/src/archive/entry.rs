//! One member of an archive and its unpacked bytes.

use super::{exact, u16_at};
use crate::random_access::{RandomAccess, Stretch};
use flate2::read::DeflateDecoder;
use std::io::{self, Read};

/// A member as its header states it. The name is for display only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path inside the archive, decoded and cleaned.
    pub name: String,
    /// Whether it is a folder's own entry.
    pub is_folder: bool,
    /// Whether it is a symbolic link.
    pub is_link: bool,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// Packed size in bytes.
    pub packed: u64,
    /// Unpacked size as stated; `None` where no header says.
    pub size: Option<u64>,
    pub(super) method: u16,
    pub(super) checksum: Option<u32>,
    pub(super) header: u64,
}

impl Entry {
    /// Where the entry's header stands in the archive.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.header
    }
}

/// The unpacked bytes of an entry.
pub struct EntryReader<'a> {
    stream: Stream<'a>,
    sum: flate2::Crc,
    given: u64,
    size: Option<u64>,
    checksum: Option<u32>,
}

enum Stream<'a> {
    Stored(Stretch<'a>),
    Deflated(Box<DeflateDecoder<Stretch<'a>>>),
}

impl<'a> EntryReader<'a> {
    pub(super) fn open(data: &'a dyn RandomAccess, entry: &Entry) -> io::Result<Self> {
        if entry.encrypted {
            return Err(damage("it is encrypted"));
        }
        let header =
            exact(data, entry.header, 30)?.filter(|header| header.starts_with(b"PK\x03\x04"));
        let Some(header) = header else {
            return Err(damage("the archive has no header at its place"));
        };
        let skip = 30 + u64::from(u16_at(&header, 26)) + u64::from(u16_at(&header, 28));
        let start = entry.header + skip;
        let stretch = Stretch::new(data, start, start.saturating_add(entry.packed));
        let stream = match entry.method {
            0 => Stream::Stored(stretch),
            8 => Stream::Deflated(Box::new(DeflateDecoder::new(stretch))),
            method => {
                return Err(damage(&format!(
                    "it is packed by method {method}, which is not known here"
                )));
            }
        };
        let (size, checksum) = (entry.size, entry.checksum);
        Ok(Self { stream, sum: flate2::Crc::new(), given: 0, size, checksum })
    }

    fn at_end(&self) -> io::Result<usize> {
        if self.size.is_some_and(|size| size != self.given) {
            return Err(damage("it is shorter than stated"));
        }
        if self.checksum.is_some_and(|sum| sum != self.sum.sum()) {
            return Err(damage("its checksum is wrong"));
        }
        Ok(0)
    }
}

impl Read for EntryReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = match &mut self.stream {
            Stream::Stored(stream) => stream.read(buffer)?,
            Stream::Deflated(stream) => stream.read(buffer)?,
        };
        if count == 0 {
            return self.at_end();
        }
        self.given += count as u64;
        if self.size.is_some_and(|size| self.given > size) {
            return Err(damage("it is longer than stated"));
        }
        self.sum.update(&buffer[..count]);
        Ok(count)
    }
}

fn damage(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
