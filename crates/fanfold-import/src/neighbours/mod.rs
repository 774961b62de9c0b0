//! What lies beside a file and says something of it: other pages of the same site, which show what is furniture, pages of
//! readers' reviews, and the folder's own catalogue, which may know a title.
//!
//! What was learnt there goes with the reading, so that a stored work is read again the same when its neighbours are not
//! at hand. It is evidence, and no source of the work's text. Neighbours are the files of one folder, on the disk or in
//! an archive, and the pages of one folder of one host in a capture of the web.

pub(crate) mod catalogue;
pub(crate) mod furniture;
mod lists;
pub(crate) mod reviews;

use fanfold_model::{Extracted, Learnt};
use fanfold_source::Item;

/// The folder of a name; empty at the root.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Lays what was learnt with the reading, for the next one.
fn keep(item: &Item, kind: &str, text: String, extracted: &mut Extracted) {
    let name = item.name_beside();
    let folder = folder_of(&name);
    let path = if folder.is_empty() { kind.to_owned() } else { format!("{folder}/{kind}") };
    extracted.learnt.push(Learnt { path, text });
}

/// What an earlier reading learnt.
fn kept(item: &Item, kind: &str) -> Option<String> {
    let beside = item.beside.as_ref()?;
    let note = beside.find(&item.name_beside(), kind, &fanfold_source::Limits::default())?;
    String::from_utf8(note.bytes(1 << 20).ok()?.into_owned()).ok()
}
