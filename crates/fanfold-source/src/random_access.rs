//! Bytes that can be read at any place by several readers at once: a file, or a buffer.

use std::fs::File;
use std::io::{self, Read};

/// Read-only bytes with a known size.
pub trait RandomAccess: Send + Sync {
    /// Reads at `offset` into `buffer`; gives how many bytes were read, 0 at the end.
    ///
    /// # Errors
    /// What the system says.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// The size in bytes.
    fn size(&self) -> u64;
}

impl RandomAccess for Vec<u8> {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(self.len());
        let rest = &self[start..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    fn size(&self) -> u64 {
        self.len() as u64
    }
}

/// A file on disk, or an anonymous temporary one.
#[derive(Debug)]
pub(crate) struct DiskFile {
    pub(crate) file: File,
    pub(crate) size: u64,
}

impl RandomAccess for DiskFile {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        read_file_at(&self.file, offset, &mut buffer[..wanted])
    }

    fn size(&self) -> u64 {
        self.size
    }
}

#[cfg(unix)]
fn read_file_at(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_file_at(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

/// A stretch of random-access bytes as a stream.
pub(crate) struct Stretch<'a> {
    data: &'a dyn RandomAccess,
    at: u64,
    end: u64,
}

impl<'a> Stretch<'a> {
    /// From `start` to `end`, cut at the end of the data.
    pub(crate) fn new(data: &'a dyn RandomAccess, start: u64, end: u64) -> Self {
        let end = end.min(data.size());
        Self { data, at: start.min(end), end }
    }
}

impl Read for Stretch<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let count = self.data.read_at(self.at, &mut buffer[..wanted])?;
        self.at += count as u64;
        Ok(count)
    }
}

/// Fills the buffer from `offset` as far as there are bytes; gives how many.
pub(crate) fn fill_at(
    data: &dyn RandomAccess,
    offset: u64,
    buffer: &mut [u8],
) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        let count = match data.read_at(offset + filled as u64, &mut buffer[filled..]) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if count == 0 {
            break;
        }
        filled += count;
    }
    Ok(filled)
}
