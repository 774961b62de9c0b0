//! Originals: durable, named by their hash, never trusted unread.

use super::builders::hash;
use crate::ObjectBlobs;
use fanfold_model::ContentHash;
use fanfold_storage::{BlobStore, OriginalBytes, StorageError};
use std::io::Read;
use std::path::{Path, PathBuf};

fn blob(text: &str) -> (ContentHash, Vec<u8>) {
    (hash(text), text.as_bytes().to_vec())
}

fn file_of(folder: &Path, hash: ContentHash) -> PathBuf {
    let name = hash.to_string();
    folder.join(&name[..2]).join(format!("{name}.zst"))
}

async fn bytes_of(blobs: &ObjectBlobs, hash: ContentHash) -> Option<Vec<u8>> {
    let original = blobs.get(hash).await.unwrap()?;
    let mut bytes = Vec::new();
    original.into_reader().read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

#[tokio::test]
async fn a_large_original_goes_in_and_out_as_a_stream_and_is_checked_on_both_ways() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = ObjectBlobs::local(folder.path()).unwrap();
    let mut number = 1_u32;
    let mut noise = move || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        number.to_le_bytes()
    };
    let bytes: Vec<u8> = (0..5_000_000).flat_map(|_| noise()).collect();
    let hash = ContentHash(*blake3::hash(&bytes).as_bytes());
    let stream = || Box::new(std::io::Cursor::new(bytes.clone()));
    blobs.put_stream(hash, stream()).await.unwrap();
    blobs.put_stream(hash, stream()).await.unwrap();
    let found = blobs.get(hash).await.unwrap().unwrap();
    assert!(matches!(found, OriginalBytes::File(_)), "20 MB of noise do not fit in memory");
    assert_eq!(found.size().unwrap(), 20_000_000);
    assert_eq!(bytes_of(&blobs, hash).await.as_ref(), Some(&bytes));

    let error = blobs.put_stream(self::hash("another"), stream()).await.unwrap_err();
    assert!(matches!(error, StorageError::Refused(_)), "{error}");
    assert!(!blobs.has(self::hash("another")).await.unwrap());

    let path = file_of(folder.path(), hash);
    let mut packed = std::fs::read(&path).unwrap();
    packed[15_000_000] ^= 1;
    std::fs::write(&path, packed).unwrap();
    let error = blobs.get(hash).await.unwrap_err();
    assert!(matches!(error, StorageError::Damaged { .. }), "{error}");
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
        assert_eq!(bytes_of(&blobs, *hash).await.as_ref(), Some(bytes));
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
    assert_eq!(bytes_of(&blobs, hash).await, None);
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
    assert_eq!(bytes_of(&blobs, one.0).await, Some(one.1));
}

#[tokio::test]
async fn bytes_under_a_wrong_name_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = ObjectBlobs::local(folder.path()).unwrap();
    let error = blobs.put_all(vec![(hash("this"), b"that".to_vec())]).await.unwrap_err();
    assert!(matches!(error, StorageError::Refused(_)), "{error}");
    assert_eq!(blobs.list().await.unwrap(), []);
}
