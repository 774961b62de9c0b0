//! Originals: durable, named by their hash, never trusted unread.

use super::builders::hash;
use crate::ObjectBlobs;
use fanfold_model::ContentHash;
use fanfold_storage::{BlobStore, StorageError};
use std::path::{Path, PathBuf};

fn blob(text: &str) -> (ContentHash, Vec<u8>) {
    (hash(text), text.as_bytes().to_vec())
}

fn file_of(folder: &Path, hash: ContentHash) -> PathBuf {
    let name = hash.to_string();
    folder.join(&name[..2]).join(format!("{name}.zst"))
}

#[tokio::test]
async fn originals_come_back_as_they_were_put() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = ObjectBlobs::local(folder.path()).unwrap();
    let big: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let big_hash = ContentHash(*blake3::hash(&big).as_bytes());
    let mut all: Vec<_> = (0..40).map(|n| blob(&format!("tale {n}"))).collect();
    all.push((big_hash, big.clone()));
    all.push(blob(""));
    blobs.put_all(all.clone()).await.unwrap();
    blobs.put_all(all.clone()).await.unwrap();
    for (hash, bytes) in &all {
        assert_eq!(blobs.get(*hash).await.unwrap().as_ref(), Some(bytes));
        assert!(blobs.has(*hash).await.unwrap());
        assert!(file_of(folder.path(), *hash).is_file());
    }
    let listed = blobs.list().await.unwrap();
    assert_eq!(listed.len(), all.len());
    assert!(listed.iter().all(|info| info.stored_bytes > 0 && info.modified > 1_600_000_000));
}

#[tokio::test]
async fn what_is_not_there_is_none_and_deleting_it_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = ObjectBlobs::local(folder.path()).unwrap();
    let (hash, bytes) = blob("a tale");
    assert_eq!(blobs.get(hash).await.unwrap(), None);
    blobs.delete(hash).await.unwrap();
    blobs.put_all(vec![(hash, bytes)]).await.unwrap();
    blobs.delete(hash).await.unwrap();
    assert!(!blobs.has(hash).await.unwrap());
    assert_eq!(blobs.list().await.unwrap(), []);
}

#[tokio::test]
async fn a_damaged_original_is_an_error_and_an_empty_file_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = ObjectBlobs::local(folder.path()).unwrap();
    let (one, other) = (blob("one tale"), blob("another tale"));
    blobs.put_all(vec![one.clone(), other.clone()]).await.unwrap();
    let (path, foreign) = (file_of(folder.path(), one.0), file_of(folder.path(), other.0));
    std::fs::copy(&foreign, &path).unwrap();
    let error = blobs.get(one.0).await.unwrap_err();
    assert!(matches!(error, StorageError::Damaged { .. }), "{error}");
    for damage in [&b"not zstd at all"[..], &std::fs::read(&foreign).unwrap()[..9]] {
        std::fs::write(&path, damage).unwrap();
        assert!(blobs.get(one.0).await.is_err());
    }
    std::fs::write(&path, b"").unwrap();
    blobs.put_all(vec![one.clone()]).await.unwrap();
    assert_eq!(blobs.get(one.0).await.unwrap(), Some(one.1));
}

#[tokio::test]
async fn bytes_under_a_wrong_name_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = ObjectBlobs::local(folder.path()).unwrap();
    let error = blobs.put_all(vec![(hash("this"), b"that".to_vec())]).await.unwrap_err();
    assert!(matches!(error, StorageError::Refused(_)), "{error}");
    assert_eq!(blobs.list().await.unwrap(), []);
}
