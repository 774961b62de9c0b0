//! What lies beside a file and says something of it: other pages of the same site, which show what is furniture, and the
//! folder's own catalogue, which may know a title.
//!
//! What was learnt there goes with the reading as a small companion, so that a stored work is read again the same when
//! its neighbours are not at hand.

pub(crate) mod catalogue;
pub(crate) mod furniture;
mod lists;

use fanfold_model::{Companion, Extracted};
use fanfold_source::Item;

/// An item's name among its neighbours.
fn name_of(item: &Item) -> &str {
    item.member.as_deref().unwrap_or(&item.path)
}

/// The folder of a name; empty at the root.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A companion with what was learnt, for the next reading.
fn keep(item: &Item, kind: &str, text: String, extracted: &mut Extracted) {
    let folder = folder_of(name_of(item));
    let path = if folder.is_empty() { kind.to_owned() } else { format!("{folder}/{kind}") };
    let note = Item::from_bytes(path.as_str(), text.clone().into_bytes());
    let Some(blake3) = note.blake3 else { return };
    let encoding = Some("utf-8".to_owned());
    extracted.companions.push(Companion {
        path,
        member: None,
        blake3,
        encoding,
        bytes: text.into_bytes(),
    });
}

/// What an earlier reading learnt.
fn kept(item: &Item, kind: &str) -> Option<String> {
    let beside = item.beside.as_ref()?;
    let note = beside.find(name_of(item), kind, &fanfold_source::Limits::default())?;
    String::from_utf8(note.bytes(1 << 20).ok()?.into_owned()).ok()
}
