//! Walking the input and packing items into batches that fit in memory.

use crate::Result;
use crate::error::AppError;
use fanfold_model::ContentHash;
use fanfold_source::{Item, Limits};
use fanfold_storage::Known;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Works in a group, and what closes it earlier (design.md section 2).
const GROUP_ITEMS: usize = 256;
const GROUP_TIME: Duration = Duration::from_millis(500);
/// Original bytes in a group: keeps three groups in flight far below the memory limit.
const GROUP_BYTES: u64 = 12 << 20;

/// Mebibytes of originals between the walker and the last commit: a batch with one huge item goes its way alone.
pub(super) const MIB_UNDER_WAY: u32 = 28;

/// Items that are read and committed together.
pub(super) struct Batch {
    pub(super) items: Vec<Item>,
    bytes: u64,
    since: Instant,
}

impl Batch {
    fn new() -> Self {
        Self { items: Vec::new(), bytes: 0, since: Instant::now() }
    }

    fn push(&mut self, item: Item) {
        if self.items.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += item.size;
        self.items.push(item);
    }

    fn is_full(&self) -> bool {
        self.items.len() >= GROUP_ITEMS
            || self.bytes >= GROUP_BYTES
            || (!self.items.is_empty() && self.since.elapsed() >= GROUP_TIME)
    }

    /// What it takes of the bytes that may be on their way at once; never more than all.
    pub(super) fn weight(&self) -> u32 {
        u32::try_from(self.bytes >> 20).unwrap_or(u32::MAX).clamp(1, MIB_UNDER_WAY)
    }

    pub(super) fn hashes(&self) -> Vec<ContentHash> {
        self.items.iter().filter_map(|item| item.blake3).collect()
    }
}

/// Walks the roots and sends full batches until the end, or until stopped.
pub(super) fn walk(
    roots: &[PathBuf],
    limits: &Limits,
    stop: &AtomicBool,
    out: &mpsc::Sender<Batch>,
) -> Result<()> {
    let mut batch = Batch::new();
    let mut take = |item: Item| {
        batch.push(item);
        if batch.is_full()
            && out.blocking_send(std::mem::replace(&mut batch, Batch::new())).is_err()
        {
            return ControlFlow::Break(());
        }
        if stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    fanfold_source::walk(roots, limits, &mut take)
        .map_err(|error| AppError::Refused(error.to_string()))?;
    if !batch.items.is_empty() && !stop.load(Ordering::Relaxed) {
        // The receiver is gone only when the committer failed, and then its error is the one to tell.
        let _ = out.blocking_send(batch);
    }
    Ok(())
}

/// As what an item's bytes are known.
pub(super) fn known_as<'a>(known: &'a [Known], item: &Item) -> Option<&'a Known> {
    let hash = item.blake3?;
    let mut known = known.iter().filter(|known| known.hash == hash);
    known.clone().find(|known| known.absent).or_else(|| known.next())
}

/// Bytes of the files under these roots, for an estimate of the time; links are not followed.
pub(super) fn bytes_under(roots: &[PathBuf]) -> u64 {
    let mut waiting: Vec<PathBuf> = roots.to_vec();
    let mut bytes = 0;
    while let Some(path) = waiting.pop() {
        bytes += measure(&path, &mut waiting);
    }
    bytes
}

fn measure(path: &Path, waiting: &mut Vec<PathBuf>) -> u64 {
    match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => meta.len(),
        Ok(meta) if meta.is_dir() => {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            waiting.extend(entries.map(|entry| entry.path()));
            0
        }
        _ => 0,
    }
}
