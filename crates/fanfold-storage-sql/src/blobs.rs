//! Originals in an object store: `ab/HASH.zst`, named by the BLAKE3 of their bytes.
//!
//! On a local folder the object store itself writes to a file beside, syncs it, renames it into
//! place and syncs the folder (`with_fsync`): what [`BlobStore::put_all`] returned for is on disk.

use crate::db::failed;
use async_trait::async_trait;
use fanfold_model::ContentHash;
use fanfold_storage::{BlobInfo, BlobStore, OriginalBytes, Result, StorageError};
use futures::{StreamExt, TryStreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

mod packing;

/// Writes that wait for the disk at the same time.
const AT_ONCE: usize = 32;
/// A large original goes to the store in pieces of this size.
const PIECE: usize = 8 << 20;

/// A content-addressed store of originals over any object store.
#[derive(Debug, Clone)]
pub struct ObjectBlobs {
    store: Arc<dyn ObjectStore>,
}

impl ObjectBlobs {
    /// Originals in a local folder, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made or opened.
    pub fn local(folder: &Path) -> Result<Self> {
        const DOING: &str = "opening the originals' folder";
        std::fs::create_dir_all(folder).map_err(|error| broken(DOING, error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| broken(DOING, e))?;
        Ok(Self::over(Arc::new(store.with_fsync(true))))
    }

    /// Originals in this object store.
    #[must_use]
    pub fn over(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    async fn put(&self, hash: ContentHash, bytes: Vec<u8>) -> Result<()> {
        const DOING: &str = "writing an original";
        // An empty file is what a crash of another program leaves; it is written again.
        if self.info(hash).await?.is_some_and(|info| info.stored_bytes > 0) {
            return Ok(());
        }
        let packed = tokio::task::spawn_blocking(move || packing::pack(hash, &bytes))
            .await
            .map_err(|error| failed(DOING, error))??;
        let put = self.store.put(&path_of(hash), packed.into()).await;
        put.map(drop).map_err(|error| broken(DOING, error))
    }

    async fn info(&self, hash: ContentHash) -> Result<Option<BlobInfo>> {
        match self.store.head(&path_of(hash)).await {
            Ok(meta) => Ok(Some(BlobInfo {
                hash,
                stored_bytes: meta.size,
                modified: meta.last_modified.timestamp(),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(broken("looking for an original", error)),
        }
    }
}

#[async_trait]
impl BlobStore for ObjectBlobs {
    async fn put_all(&self, blobs: Vec<(ContentHash, Vec<u8>)>) -> Result<()> {
        futures::stream::iter(blobs)
            .map(|(hash, bytes)| self.put(hash, bytes))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }

    async fn put_stream(&self, hash: ContentHash, mut bytes: Box<dyn Read + Send>) -> Result<()> {
        const DOING: &str = "writing a large original";
        if self.info(hash).await?.is_some_and(|info| info.stored_bytes > 0) {
            return Ok(());
        }
        let packed = tokio::task::spawn_blocking(move || packing::pack_file(hash, &mut bytes))
            .await
            .map_err(|error| failed(DOING, error))??;
        let mut packed = tokio::fs::File::from_std(packed);
        let mut upload = BufWriter::with_capacity(self.store.clone(), path_of(hash), PIECE);
        let copied = tokio::io::copy(&mut packed, &mut upload).await;
        copied.map_err(|error| broken(DOING, error))?;
        upload.shutdown().await.map_err(|error| broken(DOING, error))
    }

    async fn get(&self, hash: ContentHash) -> Result<Option<OriginalBytes>> {
        const DOING: &str = "reading an original";
        let found = match self.store.get(&path_of(hash)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(broken(DOING, error)),
        };
        let packed = if found.meta.size > packing::PACKED_IN_MEMORY {
            OriginalBytes::File(spooled(found).await.map_err(|error| broken(DOING, error))?)
        } else {
            let bytes = found.bytes().await.map_err(|error| broken(DOING, error))?;
            OriginalBytes::Memory(bytes.into())
        };
        tokio::task::spawn_blocking(move || packing::unpack(hash, packed).map(Some))
            .await
            .map_err(|error| failed(DOING, error))?
    }

    async fn has(&self, hash: ContentHash) -> Result<bool> {
        Ok(self.info(hash).await?.is_some())
    }

    async fn list(&self) -> Result<Vec<BlobInfo>> {
        let all = self.store.list(None).map_err(|error| broken("listing originals", error));
        let blob = |meta: object_store::ObjectMeta| {
            let hash = meta.location.filename()?.strip_suffix(".zst")?.parse().ok()?;
            Some(BlobInfo {
                hash,
                stored_bytes: meta.size,
                modified: meta.last_modified.timestamp(),
            })
        };
        all.try_filter_map(|meta| std::future::ready(Ok(blob(meta)))).try_collect().await
    }

    async fn delete(&self, hash: ContentHash) -> Result<()> {
        match self.store.delete(&path_of(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(broken("deleting an original", error)),
        }
    }
}

fn path_of(hash: ContentHash) -> ObjectPath {
    let name = hash.to_string();
    // One level of folders: a second one is a new folder for nearly every original of a small library, and each new folder
    // costs more than the file in it.
    ObjectPath::from(format!("{}/{name}.zst", &name[..2]))
}

/// A large object as a temporary file, its place at the beginning.
async fn spooled(found: object_store::GetResult) -> std::io::Result<File> {
    let mut file = tokio::fs::File::from_std(tempfile::tempfile()?);
    let mut pieces = found.into_stream();
    while let Some(piece) = pieces.try_next().await.map_err(std::io::Error::other)? {
        file.write_all(&piece).await?;
    }
    file.rewind().await?;
    file.flush().await?;
    Ok(file.into_std().await)
}

pub(crate) fn broken(
    doing: &'static str,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> StorageError {
    StorageError::Blobs { doing, source: error.into() }
}
