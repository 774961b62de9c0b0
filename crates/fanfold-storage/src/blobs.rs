//! Originals: bytes named by their BLAKE3 hash.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::ContentHash;

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

/// A content-addressed store of original bytes.
#[async_trait]
pub trait BlobStore: Send + Sync {
    /// Stores these originals and returns when all of them are durable (written, synced, renamed
    /// into place). Storing bytes that are already there changes nothing.
    async fn put_all(&self, blobs: Vec<(ContentHash, Vec<u8>)>) -> Result<()>;

    /// The original bytes, verified against their name; `None` if they are not here.
    async fn get(&self, hash: ContentHash) -> Result<Option<Vec<u8>>>;

    /// Whether the blob is here.
    async fn has(&self, hash: ContentHash) -> Result<bool>;

    /// All blobs, in no order.
    async fn list(&self) -> Result<Vec<BlobInfo>>;

    /// Deletes a blob; deleting what is not there changes nothing.
    async fn delete(&self, hash: ContentHash) -> Result<()>;
}
