//! Canonical JSON lines: the `tag` records of an export; other records are passed over.

use super::{BATCH, TagLoad, Tick, open};
use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use fanfold_model::canonical::TagRecord;
use std::io::BufRead;
use std::path::Path;

/// A line that is longer is no tag.
const LONGEST: usize = 1 << 20;

pub(super) async fn load(
    archive: &Archive,
    path: &Path,
    load: &mut TagLoad,
    tick: &Tick<'_>,
) -> Result<()> {
    let mut file = open(path)?;
    let (mut batch, mut at) = (Vec::new(), 0_u64);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = file.read_until(b'\n', &mut line).map_err(|error| {
            AppError::at(path, &error, "read the disk's messages and try again")
        })?;
        at += read as u64;
        if read == 0 {
            break;
        }
        match tag_of(&line) {
            Some(tag) => {
                load.tags += 1;
                batch.push(tag);
            }
            None => load.passed_over += u64::from(!line.trim_ascii().is_empty()),
        }
        if batch.len() >= BATCH {
            load.add(archive.store().load_records(std::mem::take(&mut batch)).await?);
            tick.at(at);
        }
    }
    load.add(archive.store().load_records(batch).await?);
    tick.at(at);
    Ok(())
}

fn tag_of(line: &[u8]) -> Option<TagRecord> {
    if line.len() > LONGEST {
        return None;
    }
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    let tag: TagRecord = serde_json::from_slice(line).ok()?;
    let known = fanfold_model::TagKind::from_name(&tag.kind).is_some();
    (tag.record == "tag" && known && !tag.name.trim().is_empty()).then_some(tag)
}
