//! Compressing originals and getting them back: in memory as a rule, through temporary files where they are large.

use super::broken;
use fanfold_model::ContentHash;
use fanfold_storage::{OriginalBytes, Result, StorageError};
use std::fs::File;
use std::io::{self, Read, Seek, Write};

/// Compressed originals up to this size are read into memory.
pub(super) const PACKED_IN_MEMORY: u64 = 16 << 20;
/// Originals up to this size are handed out in memory.
const IN_MEMORY: u64 = 64 << 20;
/// From here on speed counts more than size.
const BIG: usize = 1 << 20;

/// Compresses bytes that must have this hash.
pub(super) fn pack(hash: ContentHash, bytes: &[u8]) -> Result<Vec<u8>> {
    if *blake3::hash(bytes).as_bytes() != hash.0 {
        return Err(not_its_own(hash));
    }
    let level = if bytes.len() > BIG { 1 } else { 3 };
    zstd::bulk::compress(bytes, level).map_err(|error| broken("compressing an original", error))
}

/// Compresses a stream that must have this hash into a temporary file, its place at the beginning.
pub(super) fn pack_file(hash: ContentHash, bytes: &mut dyn Read) -> Result<File> {
    let failed = |error: io::Error| broken("compressing an original", error);
    let mut hashing = Hashing { inner: bytes, hasher: blake3::Hasher::new() };
    let mut packed =
        zstd::Encoder::new(tempfile::tempfile().map_err(failed)?, 1).map_err(failed)?;
    io::copy(&mut hashing, &mut packed).map_err(failed)?;
    let mut file = packed.finish().map_err(failed)?;
    if *hashing.hasher.finalize().as_bytes() != hash.0 {
        return Err(not_its_own(hash));
    }
    file.rewind().map_err(failed)?;
    Ok(file)
}

/// The bytes of a compressed original, if they have this hash.
pub(super) fn unpack(hash: ContentHash, packed: OriginalBytes) -> Result<OriginalBytes> {
    let damaged = |reason: String| damaged(hash, reason);
    let OriginalBytes::Memory(bytes) = &packed else { return unpack_file(hash, packed) };
    match zstd::zstd_safe::get_frame_content_size(bytes) {
        // A stream was compressed without knowing its length.
        Ok(None) => unpack_file(hash, packed),
        Ok(Some(length)) if length > IN_MEMORY => unpack_file(hash, packed),
        Err(_) => Err(damaged("its length cannot be read".to_owned())),
        Ok(Some(length)) => {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            let bytes =
                zstd::bulk::decompress(bytes, length).map_err(|e| damaged(e.to_string()))?;
            if *blake3::hash(&bytes).as_bytes() != hash.0 {
                return Err(damaged("its bytes have another hash than its name".to_owned()));
            }
            Ok(OriginalBytes::Memory(bytes))
        }
    }
}

fn unpack_file(hash: ContentHash, packed: OriginalBytes) -> Result<OriginalBytes> {
    let damaged = |error: io::Error| damaged(hash, error.to_string());
    let mut unpacked = zstd::Decoder::new(packed.into_reader()).map_err(damaged)?;
    let mut hashing = Hashing { inner: &mut unpacked, hasher: blake3::Hasher::new() };
    let mut file =
        tempfile::tempfile().map_err(|error| broken("making room for an original", error))?;
    let mut piece = vec![0; BIG];
    loop {
        let count = hashing.read(&mut piece).map_err(damaged)?;
        if count == 0 {
            break;
        }
        let written = file.write_all(&piece[..count]);
        written.map_err(|error| broken("making room for an original", error))?;
    }
    if *hashing.hasher.finalize().as_bytes() != hash.0 {
        return Err(damaged(io::Error::other("its bytes have another hash than its name")));
    }
    file.rewind().map_err(|error| broken("reading an original", error))?;
    Ok(OriginalBytes::File(file))
}

/// Hashes what is read through it.
struct Hashing<'a> {
    inner: &'a mut dyn Read,
    hasher: blake3::Hasher,
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

fn not_its_own(hash: ContentHash) -> StorageError {
    StorageError::Refused(format!("the bytes named {hash} have another hash"))
}

fn damaged(hash: ContentHash, reason: String) -> StorageError {
    StorageError::Damaged { what: format!("the original {hash}"), reason }
}
