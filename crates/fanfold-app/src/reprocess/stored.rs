//! What a work was read from: its sources as stored, and how it is told from the other works of one original.

use crate::Result;
use crate::error::AppError;
use crate::import::ReadContext;
use fanfold_model::canonical::extracted_json;
use fanfold_model::{BlobState, Extracted, Source, Uid, Work};
use fanfold_source::Item;
use fanfold_storage::OriginalBytes;

/// The sources the stored text was read from, as the extracted layer counts them: those that are read by themselves,
/// and those beside them. Later copies with equal text add nothing to the reading.
pub(super) fn first_reading<'a>(
    work: &'a Work,
    extracted: &str,
) -> (Vec<&'a Source>, Vec<&'a Source>) {
    let layer: serde_json::Value = serde_json::from_str(extracted).unwrap_or_default();
    let count = |name: &str| {
        let count = layer.get(name).and_then(serde_json::Value::as_u64)?;
        usize::try_from(count).ok()
    };
    let (all, beside) = (count("sources").unwrap_or(1).max(1), count("companions").unwrap_or(0));
    let stored = work.sources.iter().filter(|source| source.blob == BlobState::Stored);
    let mut read: Vec<&Source> = stored.take(all).collect();
    let beside = read.split_off(all.saturating_sub(beside).min(read.len()));
    (read, beside)
}

pub(super) fn item_of(
    source: &Source,
    bytes: OriginalBytes,
    context: &ReadContext,
) -> Result<Item> {
    let path = source.path.clone();
    let item = match bytes {
        OriginalBytes::Memory(bytes) => Item::from_bytes(path, bytes),
        OriginalBytes::File(file) => Item::from_file(path, file, &context.limits)
            .map_err(|error| AppError::Refused(error.to_string()))?,
    };
    let mut item = match &source.member {
        Some(member) => item.inside(member.clone()),
        None => item,
    };
    item.hints.url.clone_from(&source.url);
    item.hints.charset = source.encoding.clone().filter(|_| source.url.is_some());
    Ok(item)
}

pub(super) fn place_of(source: &Source) -> String {
    match &source.member {
        Some(member) => format!("{}/{member}", source.path),
        None => source.path.clone(),
    }
}

/// What the neighbours of its originals taught the stored reading, by name.
pub(super) fn learnt(extracted: &str) -> Vec<(String, Item)> {
    let layer: serde_json::Value = serde_json::from_str(extracted).unwrap_or_default();
    let all = layer.get("learnt").and_then(serde_json::Value::as_array);
    let one = |own: &serde_json::Value| {
        let (path, text) = (own.get(0)?.as_str()?, own.get(1)?.as_str()?);
        Some((path.to_owned(), Item::from_bytes(path, text.as_bytes().to_vec())))
    };
    all.into_iter().flatten().filter_map(one).collect()
}

/// What tells one work of an item from the others in it.
pub(super) struct Wanted {
    pub(super) uid: Uid,
    /// The identities of the reading, as the extracted layer keeps them.
    pub(super) identities: serde_json::Value,
}

impl Wanted {
    pub(super) fn of(uid: Uid, extracted: &str) -> Self {
        let layer: serde_json::Value = serde_json::from_str(extracted).unwrap_or_default();
        Self { uid, identities: layer.get("identities").cloned().unwrap_or_default() }
    }

    /// How surely a reading is the wanted one; the first of those that are equally sure counts.
    pub(super) fn likeness(&self, extracted: &Extracted, uid: Uid) -> u8 {
        if uid == self.uid {
            return 2;
        }
        let identities = &extracted_json(extracted)["identities"];
        u8::from(
            identities.as_array().is_some_and(|own| !own.is_empty())
                && *identities == self.identities,
        )
    }
}
