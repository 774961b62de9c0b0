//! One leaf of an input: its place, its hash, what was noticed on the way, and its bytes within limits.

use crate::beside::Beside;
use crate::error::SourceError;
use crate::limits::Limits;
use crate::random_access::{DiskFile, RandomAccess, Stretch, fill_at};
use fanfold_model::{ContentHash, Finding, FindingCode};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

/// How much of an item's beginning is at hand without reading it.
const PROBE_BYTES: usize = 64 * 1024;

/// What a container knows about its member beside the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The address the bytes were taken from.
    pub url: Option<String>,
    /// When they were taken, as the container writes it.
    pub captured: Option<String>,
    /// The encoding that a server stated with them, as it wrote it.
    pub charset: Option<String>,
}

/// One leaf of an input. May be sent to another thread; dropping it drops its temporary file.
pub struct Item {
    /// Path relative to the root that was given, with forward slashes.
    pub path: String,
    /// Path inside the container, `inner.zip!/a.txt` inside nested ones.
    pub member: Option<String>,
    /// Size in bytes; 0 where it could not be read.
    pub size: u64,
    /// BLAKE3 of the bytes; `None` where they could not be read.
    pub blake3: Option<ContentHash>,
    /// What the container knows.
    pub hints: Hints,
    /// What was noticed before any importer looked.
    pub findings: Vec<Finding>,
    /// Bytes of the inputs that the walk has passed once this item is done: for a progress bar.
    pub passed: u64,
    /// What lies beside it, where it came out of a folder or is a catalogue of other files.
    pub beside: Option<Arc<Beside>>,
    refused: bool,
    body: Body,
    head: Vec<u8>,
}

enum Body {
    Absent,
    Memory(Vec<u8>),
    Disk(DiskFile),
}

/// The bytes of an item as a stream that can be placed anywhere.
pub type ItemReader<'a> = Box<dyn ReadSeek + 'a>;

/// A stream with a place.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl Item {
    /// An item from bytes at hand: an upload, a stored original, a test.
    #[must_use]
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let hash = ContentHash(*blake3::hash(&bytes).as_bytes());
        let size = bytes.len() as u64;
        Self::new(path.into(), size, Some(hash), Body::Memory(bytes))
    }

    /// An item from a file that is open for reading. Up to `limits.memory_bytes` are kept in memory, a larger file is
    /// read where it lies.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn from_file(
        path: impl Into<String>,
        file: File,
        limits: &Limits,
    ) -> Result<Self, SourceError> {
        let path = path.into();
        let read = read_file(file, limits.memory_bytes);
        let (hash, body) = read.map_err(|source| SourceError::Io { path: path.clone(), source })?;
        let size = body_size(&body);
        Self::new(path, size, Some(hash), body).with_head()
    }

    /// An item from a stream of unknown length: at most `most` bytes are taken; more than `limits.memory_bytes` go to
    /// an anonymous temporary file. `None` when the stream is longer than `most`.
    pub(crate) fn from_stream(
        path: &str,
        stream: &mut dyn Read,
        most: u64,
        limits: &Limits,
    ) -> io::Result<Option<Self>> {
        let Some((hash, body)) = spool(stream, most, limits.memory_bytes)? else {
            return Ok(None);
        };
        let size = body_size(&body);
        let item = Self::new(path.to_owned(), size, Some(hash), body);
        item.with_head().map(Some).map_err(io::Error::other)
    }

    /// A leaf whose bytes could not be had.
    #[must_use]
    pub fn unreadable(path: impl Into<String>, finding: Finding) -> Self {
        let mut item = Self::new(path.into(), 0, None, Body::Absent);
        item.refuse(finding);
        item
    }

    fn new(path: String, size: u64, blake3: Option<ContentHash>, body: Body) -> Self {
        Self {
            path,
            member: None,
            size,
            blake3,
            hints: Hints::default(),
            findings: Vec::new(),
            passed: 0,
            beside: None,
            refused: false,
            body,
            head: Vec::new(),
        }
    }

    fn with_head(mut self) -> Result<Self, SourceError> {
        if let Body::Disk(disk) = &self.body {
            let mut head = vec![0; PROBE_BYTES];
            let count = fill_at(disk, 0, &mut head)
                .map_err(|source| SourceError::Io { path: self.path.clone(), source })?;
            head.truncate(count);
            self.head = head;
        }
        Ok(self)
    }

    /// The same item as a member of a container.
    #[must_use]
    pub fn inside(mut self, member: impl Into<String>) -> Self {
        self.member = Some(member.into());
        self
    }

    /// Marks the item as one that no importer shall read, and says why. Its bytes, if any, stay at hand.
    pub fn refuse(&mut self, finding: Finding) {
        self.refused = true;
        self.findings.push(finding);
    }

    /// Whether the item is unreadable or over a limit.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused
    }

    /// Whether there are bytes.
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        !matches!(self.body, Body::Absent)
    }

    /// The file name without its folders: the member's, or the path's.
    #[must_use]
    pub fn file_name(&self) -> &str {
        let full = self.member.as_deref().unwrap_or(&self.path);
        full.rsplit('/').next().unwrap_or(full)
    }

    /// The name among the files beside it: its place in the folder or the container, and for a capture of the web its
    /// address without the scheme.
    #[must_use]
    pub fn name_beside(&self) -> String {
        match &self.hints.url {
            Some(url) => named_by_address(url),
            None => self.member.as_ref().unwrap_or(&self.path).clone(),
        }
    }

    /// The first 64 KiB.
    #[must_use]
    pub fn probe(&self) -> &[u8] {
        match &self.body {
            Body::Memory(bytes) => &bytes[..bytes.len().min(PROBE_BYTES)],
            _ => &self.head,
        }
    }

    /// All bytes, if they are at most `most`.
    ///
    /// # Errors
    /// If there are more, if they could not be read when the item was found, or if they cannot be read now.
    pub fn bytes(&self, most: u64) -> Result<Cow<'_, [u8]>, SourceError> {
        let path = || self.path.clone();
        if self.size > most {
            return Err(SourceError::TooLarge { path: path(), size: self.size, limit: most });
        }
        match &self.body {
            Body::Absent => Err(SourceError::Absent { path: path() }),
            Body::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Body::Disk(disk) => {
                let mut bytes = Vec::new();
                Stretch::new(disk, 0, disk.size())
                    .read_to_end(&mut bytes)
                    .map_err(|source| SourceError::Io { path: path(), source })?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// The bytes for reading at any place, as archives want it.
    ///
    /// # Errors
    /// If there are none.
    pub fn random_access(&self) -> Result<&dyn RandomAccess, SourceError> {
        match &self.body {
            Body::Absent => Err(SourceError::Absent { path: self.path.clone() }),
            Body::Memory(bytes) => Ok(bytes),
            Body::Disk(disk) => Ok(disk),
        }
    }

    /// The bytes as a stream from the beginning. Several readers do not disturb each other.
    ///
    /// # Errors
    /// If there are none.
    pub fn reader(&self) -> Result<ItemReader<'_>, SourceError> {
        let data = self.random_access()?;
        Ok(Box::new(io::BufReader::with_capacity(PROBE_BYTES, Placed { data, at: 0 })))
    }
}

struct Placed<'a> {
    data: &'a dyn RandomAccess,
    at: u64,
}

impl Read for Placed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.data.read_at(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Placed<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.data.size().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// "http://host/a/b.php?x=1/2" as host, folders and one last name; ports and the marks of archives of the web stay.
fn named_by_address(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split('#').next().unwrap_or(bare);
    let (path, query) =
        bare.split_once('?').map_or((bare, None), |(path, rest)| (path, Some(rest)));
    let path = path.trim_end_matches('/');
    match query {
        Some(query) => format!("{path}?{}", query.replace('/', "%2F")),
        None => path.to_owned(),
    }
}

/// A finding for an item that the system would not read.
pub(crate) fn unreadable_finding(error: &io::Error) -> Finding {
    Finding::new(FindingCode::UNREADABLE, format!("It could not be read: {error}."))
}

fn body_size(body: &Body) -> u64 {
    match body {
        Body::Absent => 0,
        Body::Memory(bytes) => bytes.len() as u64,
        Body::Disk(disk) => disk.size,
    }
}

fn read_file(mut file: File, in_memory: u64) -> io::Result<(ContentHash, Body)> {
    let size = file.metadata()?.len();
    if size <= in_memory {
        // The file may grow while it is read: no more than the limit is taken into memory.
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        (&mut file).take(in_memory).read_to_end(&mut bytes)?;
        let hash = ContentHash(*blake3::hash(&bytes).as_bytes());
        return Ok((hash, Body::Memory(bytes)));
    }
    let disk = DiskFile { file, size };
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; PROBE_BYTES];
    let mut stream = Stretch::new(&disk, 0, size);
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
    }
    Ok((ContentHash(*hasher.finalize().as_bytes()), Body::Disk(disk)))
}

/// Takes a stream into memory, and into a temporary file once it is larger than `in_memory`.
fn spool(
    stream: &mut dyn Read,
    most: u64,
    in_memory: u64,
) -> io::Result<Option<(ContentHash, Body)>> {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = Vec::new();
    let mut file: Option<File> = None;
    let mut size = 0;
    let mut buffer = vec![0; PROBE_BYTES];
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        let piece = &buffer[..count];
        size += count as u64;
        if size > most {
            return Ok(None);
        }
        hasher.update(piece);
        match &mut file {
            Some(file) => file.write_all(piece)?,
            None if size <= in_memory => bytes.extend_from_slice(piece),
            None => {
                let mut spooled = tempfile::tempfile()?;
                spooled.write_all(&bytes)?;
                spooled.write_all(piece)?;
                bytes = Vec::new();
                file = Some(spooled);
            }
        }
    }
    let hash = ContentHash(*hasher.finalize().as_bytes());
    let body = match file {
        Some(file) => Body::Disk(DiskFile { file, size }),
        None => Body::Memory(bytes),
    };
    Ok(Some((hash, body)))
}
