//! Originals: bytes named by their BLAKE3 hash.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::ContentHash;
use std::fs::File;
use std::io::{self, Cursor, Read};

/// What is known of a stored blob without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobInfo {
    /// Its name.
    pub hash: ContentHash,
    /// Bytes on disk (compressed).
    pub stored_bytes: u64,
    /// Last change, seconds since 1970 UTC.
    pub modified: i64,
}

/// The bytes of an original, verified against their name.
#[derive(Debug)]
pub enum OriginalBytes {
    /// As most of them are.
    Memory(Vec<u8>),
    /// Too many for the memory: a temporary file that vanishes with this handle.
    File(File),
}

impl OriginalBytes {
    /// How many bytes there are.
    ///
    /// # Errors
    /// If the temporary file cannot be looked at.
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Self::Memory(bytes) => Ok(bytes.len() as u64),
            Self::File(file) => Ok(file.metadata()?.len()),
        }
    }

    /// The bytes from the beginning.
    #[must_use]
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        match self {
            Self::Memory(bytes) => Box::new(Cursor::new(bytes)),
            Self::File(file) => Box::new(file),
        }
    }
}

/// A content-addressed store of original bytes.
#[async_trait]
pub trait BlobStore: Send + Sync {
    /// Stores these originals and returns when all of them are durable (written, synced, renamed
    /// into place). Storing bytes that are already there changes nothing.
    async fn put_all(&self, blobs: Vec<(ContentHash, Vec<u8>)>) -> Result<()>;

    /// Stores one original of any size without taking it into memory, as durable as the others.
    async fn put_stream(&self, hash: ContentHash, bytes: Box<dyn Read + Send>) -> Result<()>;

    /// The original bytes, verified against their name; `None` if they are not here.
    async fn get(&self, hash: ContentHash) -> Result<Option<OriginalBytes>>;

    /// Whether the blob is here.
    async fn has(&self, hash: ContentHash) -> Result<bool>;

    /// All blobs, in no order.
    async fn list(&self) -> Result<Vec<BlobInfo>>;

    /// Deletes a blob; deleting what is not there changes nothing.
    async fn delete(&self, hash: ContentHash) -> Result<()>;
}
