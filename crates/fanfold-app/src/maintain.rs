//! Looking after a library: check, backup, restore, gc, undo.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::library::LibraryPaths;
use fanfold_model::{ContentHash, ImportId};
use fanfold_storage::{BlobStore, OriginalBytes, RowFault, StorageError, Store, UndoReport};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// Blobs that no row names are kept this long: an import may be about to name them.
const GARBAGE_AGE: i64 = 30 * 86_400;

/// How much of the originals a check reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadData {
    /// None; only that they are there.
    No,
    /// Every one.
    All,
    /// One in n, another n-th each day, so that n days read all.
    OneIn(u32),
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Faults; empty for a sound library.
    pub faults: Vec<RowFault>,
    /// Blobs that rows name.
    pub blobs_named: u64,
    /// Blobs read and hashed.
    pub blobs_read: u64,
    /// Blobs that no row names (garbage that `gc` takes after 30 days).
    pub blobs_unnamed: u64,
    /// Works in the store and in the index.
    pub works: (u64, u64),
}

/// What a collection of garbage did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Garbage {
    /// Blobs deleted.
    pub deleted: u64,
    /// Bytes they took on the disk.
    pub bytes: u64,
    /// Unnamed blobs that are not 30 days old yet.
    pub young: u64,
}

impl Archive {
    /// Checks that every row has its blob, every hash is right, rows agree with each other, and
    /// the index agrees with the store.
    ///
    /// # Errors
    /// If the store cannot be read at all; damage is in the report.
    pub async fn check(&self, read: ReadData) -> Result<CheckReport> {
        let mut report =
            CheckReport { faults: self.store().row_faults().await?, ..CheckReport::default() };
        let named = self.store().named_blobs().await?;
        let present: HashSet<ContentHash> =
            self.blobs().list().await?.into_iter().map(|blob| blob.hash).collect();
        report.blobs_named = named.len() as u64;
        for hash in &named {
            self.check_blob(*hash, &present, read, &mut report).await?;
        }
        let named: HashSet<ContentHash> = named.into_iter().collect();
        report.blobs_unnamed = present.difference(&named).count() as u64;
        self.check_index(&mut report).await?;
        Ok(report)
    }

    async fn check_blob(
        &self,
        hash: ContentHash,
        present: &HashSet<ContentHash>,
        read: ReadData,
        report: &mut CheckReport,
    ) -> Result<()> {
        let mut fault = |reason: &str| {
            report
                .faults
                .push(RowFault { what: format!("original {hash}"), reason: reason.to_owned() });
        };
        if !present.contains(&hash) {
            fault("a row names it, but its file is missing");
            return Ok(());
        }
        if !self.is_read_today(hash, read) {
            return Ok(());
        }
        match self.blobs().get(hash).await {
            Ok(Some(_)) => {}
            Ok(None) => fault("its file vanished during the check"),
            Err(StorageError::Damaged { reason, .. }) => fault(&reason),
            Err(error) => return Err(error.into()),
        }
        report.blobs_read += 1;
        Ok(())
    }

    fn is_read_today(&self, hash: ContentHash, read: ReadData) -> bool {
        match read {
            ReadData::No => false,
            ReadData::All => true,
            ReadData::OneIn(n) => {
                let n = n.max(1);
                let own = u32::from_le_bytes([hash.0[0], hash.0[1], hash.0[2], hash.0[3]]);
                own % n == self.today().unsigned_abs() % n
            }
        }
    }

    async fn check_index(&self, report: &mut CheckReport) -> Result<()> {
        self.catch_up().await?;
        let works = self.store().status().await?.works;
        let indexed = self.index().count()?;
        report.works = (works, indexed);
        if works != indexed {
            report.faults.push(RowFault {
                what: "the search index".to_owned(),
                reason: format!(
                    "it holds {indexed} works, the library {works}; run `fanfold reindex`"
                ),
            });
        }
        Ok(())
    }

    /// Deletes blobs that no row has named for 30 days.
    ///
    /// # Errors
    /// If an import or a backup is under way, or the store fails.
    pub async fn gc(&self) -> Result<Garbage> {
        let now = self.clock().now().as_second();
        if self.store().busy(&self.stamp()).await? {
            return Err(AppError::Busy {
                what: "an import or a backup",
                hint: "collect garbage when it has ended",
            });
        }
        let named: HashSet<ContentHash> = self.store().named_blobs().await?.into_iter().collect();
        let mut garbage = Garbage::default();
        for blob in self.blobs().list().await? {
            if named.contains(&blob.hash) {
                continue;
            }
            if now - blob.modified < GARBAGE_AGE {
                garbage.young += 1;
                continue;
            }
            self.blobs().delete(blob.hash).await?;
            garbage.deleted += 1;
            garbage.bytes += blob.stored_bytes;
        }
        Ok(garbage)
    }

    /// Takes back what only this import brought.
    ///
    /// # Errors
    /// If there is no such import, or the store fails.
    pub async fn undo(&self, import: ImportId, actor: &str) -> Result<UndoReport> {
        let known = self.store().imports(u32::MAX).await?;
        let Some(summary) = known.into_iter().find(|summary| summary.id == import) else {
            return Err(AppError::Missing {
                what: "import",
                name: import.to_string(),
                hint: "`fanfold status` lists the imports",
            });
        };
        if let Some(at) = summary.undone {
            return Err(AppError::Refused(format!(
                "import {import} was already taken back at {at}"
            )));
        }
        let report = self.store().undo_import(import, actor, &self.stamp()).await?;
        self.follow_if_free().await?;
        Ok(report)
    }

    /// Copies the library into a folder (see [`empty_folder`]) while others go on using it. Every original is
    /// verified against its hash as it is copied. `blobs` are the originals of the copy.
    ///
    /// # Errors
    /// If the folder cannot be written, or an original is damaged.
    pub async fn backup(&self, to: &Path, blobs: &Arc<dyn BlobStore>) -> Result<u64> {
        self.store().mark_backup(true, &self.stamp()).await?;
        let copied = self.copy_all(to, blobs).await;
        self.store().mark_backup(false, &self.stamp()).await?;
        copied
    }

    async fn copy_all(&self, to: &Path, blobs: &Arc<dyn BlobStore>) -> Result<u64> {
        self.store().copy_database_to(to).await?;
        let settings = self.paths().settings();
        if settings.exists() {
            let target = LibraryPaths::new(to).settings();
            std::fs::copy(&settings, &target)
                .map_err(|error| AppError::at(target, &error, "make room there"))?;
        }
        copy_blobs(self.store().named_blobs().await?, self.blobs(), blobs).await
    }
}

/// Fills an empty store and its originals from a backup; every original is verified on the way.
///
/// # Errors
/// If the backup cannot be read, or an original in it is missing or damaged.
pub async fn restore(
    from: &Path,
    from_blobs: &Arc<dyn BlobStore>,
    store: &Arc<dyn Store>,
    blobs: &Arc<dyn BlobStore>,
) -> Result<u64> {
    store.load_database_from(from).await?;
    copy_blobs(store.named_blobs().await?, from_blobs, blobs).await
}

async fn copy_blobs(
    hashes: Vec<ContentHash>,
    from: &Arc<dyn BlobStore>,
    to: &Arc<dyn BlobStore>,
) -> Result<u64> {
    let mut copied = 0;
    for hash in hashes {
        let bytes = from.get(hash).await?.ok_or_else(|| StorageError::Damaged {
            what: format!("original {hash}"),
            reason: "a row names it, but its file is missing".to_owned(),
        })?;
        match bytes {
            OriginalBytes::Memory(bytes) => to.put_all(vec![(hash, bytes)]).await?,
            large => to.put_stream(hash, large.into_reader()).await?,
        }
        copied += 1;
    }
    Ok(copied)
}

/// A folder that does not exist or is empty.
///
/// # Errors
/// If there is something in it: nothing is ever overwritten.
pub fn empty_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path)
        .map_err(|error| AppError::at(path, &error, "choose another folder"))?;
    let mut entries = std::fs::read_dir(path)
        .map_err(|error| AppError::at(path, &error, "choose another folder"))?;
    if entries.next().is_some() {
        return Err(AppError::Path {
            path: path.to_owned(),
            reason: "the folder is not empty".to_owned(),
            hint: "choose an empty one; nothing is overwritten".to_owned(),
        });
    }
    Ok(())
}
