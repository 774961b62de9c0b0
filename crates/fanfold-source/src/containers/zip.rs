//! A zip archive as a container: its members as items, nested archives too, within limits.
//!
//! The directory is gone through twice. The first time counts, adds up and looks for members that lie over each other:
//! a bomb is refused whole before anything is unpacked. A book (EPUB) or an office document is a leaf, not a container.

use super::{Kind, Place, Sink, member_too_large, salvage};
use crate::archive::{Archive, Entry, looks_like_zip};
use crate::beside::can_tell;
use crate::item::Item;
use crate::limits::Limits;
use fanfold_model::{Finding, FindingCode};
use std::ops::ControlFlow;

/// Zip archives.
pub(super) struct Zip;

impl Kind for Zip {
    fn is(&self, item: &Item) -> bool {
        is_container(item)
    }

    fn can_tell(&self, item: &Item) -> bool {
        let Ok(data) = item.random_access() else { return false };
        let Ok(Some(archive)) = Archive::open(data) else { return false };
        can_tell(archive.entries().map_while(Result::ok).map(|entry| entry.name))
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let refusal = match item.random_access().map(Archive::open) {
            Ok(Ok(Some(archive))) => match refusal(&archive, item.size, limits) {
                None => return members(place, &archive, item.size, limits, sink),
                Some(finding) => finding,
            },
            Ok(Ok(None)) => {
                Finding::new(FindingCode::CONTAINER_DAMAGED, "Nothing in this archive can be read.")
            }
            Ok(Err(error)) => crate::item::unreadable_finding(&error),
            Err(error) => Finding::new(FindingCode::UNREADABLE, format!("{error}.")),
        };
        place.give_back(item, refusal, sink)
    }
}

/// Whether an item is an archive whose members are items of their own.
fn is_container(item: &Item) -> bool {
    if !looks_like_zip(item.probe()) {
        return false;
    }
    let name = item.file_name().to_ascii_lowercase();
    let by_name = [".epub", ".docx", ".odt", ".cbz", ".kepub", ".fb2.zip", ".htmlz", ".txtz"];
    if by_name.iter().any(|ending| name.ends_with(ending)) {
        return false;
    }
    let Ok(data) = item.random_access() else {
        return false;
    };
    !matches!(Archive::open(data), Ok(Some(archive)) if is_document(&archive))
}

/// EPUB, OpenDocument and Office Open XML say what they are among their first members.
fn is_document(archive: &Archive<'_>) -> bool {
    archive.entries().take(2_000).map_while(Result::ok).enumerate().any(|(index, entry)| {
        let first = index == 0 && entry.name == "mimetype" && entry.packed < 200;
        first || entry.name == "META-INF/container.xml" || entry.name == "[Content_Types].xml"
    })
}

/// Why the whole archive is refused, if it is.
fn refusal(archive: &Archive<'_>, packed: u64, limits: &Limits) -> Option<Finding> {
    let limit = |what: String| Some(Finding::new(FindingCode::LIMIT_HIT, what));
    let mut places: Vec<(u64, u64)> = Vec::new();
    let mut unpacked: u64 = 0;
    let mut files = 0;
    for entry in archive.entries() {
        let Ok(entry) = entry else { break };
        if places.len() as u64 >= limits.container_entries {
            return limit(format!("It holds more than {} members.", limits.container_entries));
        }
        files += u64::from(!entry.is_folder);
        unpacked = unpacked.saturating_add(entry.size.unwrap_or(entry.packed));
        places.push((entry.offset(), entry.packed));
    }
    if files == 0 {
        return Some(Finding::new(FindingCode::EMPTY, "The archive holds no file."));
    }
    if unpacked / limits.container_ratio > packed {
        return limit(format!(
            "It would unpack to {unpacked} bytes, more than {} times its size.",
            limits.container_ratio
        ));
    }
    if overlap(&mut places) {
        return limit(
            "Its members lie over each other, as in an archive made to fill the disk.".to_owned(),
        );
    }
    None
}

fn members(
    place: &Place<'_>,
    archive: &Archive<'_>,
    packed: u64,
    limits: &Limits,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    let mut left = packed.saturating_mul(limits.container_ratio);
    for entry in archive.entries() {
        let Ok(entry) = entry else { break };
        if entry.is_folder {
            continue;
        }
        let mut item = member(place, archive, &entry, left.min(limits.member_bytes), limits);
        left = left.saturating_sub(item.size);
        if archive.is_damaged() {
            item.findings.push(Finding::new(
                FindingCode::CONTAINER_DAMAGED,
                "The archive has lost its directory; this member was found by its own header.",
            ));
        }
        place.hand_on(item, &entry.name, limits, sink)?;
    }
    ControlFlow::Continue(())
}

fn member(
    place: &Place<'_>,
    archive: &Archive<'_>,
    entry: &Entry,
    most: u64,
    limits: &Limits,
) -> Item {
    if entry.is_link {
        let finding = Finding::new(
            FindingCode::SYMLINK_SKIPPED,
            "A symbolic link in an archive is not followed.",
        );
        return Item::unreadable(place.path, finding);
    }
    if entry.size.is_some_and(|size| size > most) {
        return Item::unreadable(place.path, member_too_large(most));
    }
    match archive.read(entry) {
        Ok(mut reader) => salvage::member(place.path, &mut reader, most, limits),
        Err(error) => {
            let what = format!("The member could not be read: {error}.");
            Item::unreadable(place.path, Finding::new(FindingCode::MEMBER_UNREADABLE, what))
        }
    }
}

/// Whether two members share bytes of the archive.
fn overlap(places: &mut [(u64, u64)]) -> bool {
    places.sort_unstable();
    places.windows(2).any(|pair| {
        let [(start, packed), (next, _)] = pair else {
            return false;
        };
        start.saturating_add(30).saturating_add(*packed) > *next
    })
}
