//! 7z archives. Encrypted ones are refused: the password is the owner's.

use super::{Kind, Place, Sink, salvage, too_many_members};
use crate::beside::can_tell;
use crate::item::{Item, ItemReader};
use crate::limits::Limits;
use crate::names;
use fanfold_model::{Finding, FindingCode};
use sevenz_rust2::{ArchiveReader, Password};
use std::ops::ControlFlow;

/// 7z archives.
pub(super) struct SevenZip;

const MAGIC: &[u8] = b"7z\xBC\xAF\x27\x1C";

impl Kind for SevenZip {
    fn is(&self, item: &Item) -> bool {
        item.probe().starts_with(MAGIC)
    }

    fn can_tell(&self, item: &Item) -> bool {
        let Ok(archive) = open(item) else { return false };
        can_tell(archive.archive().files.iter().map(|file| names::clean(file.name())))
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let refusal = match open(&item) {
            Ok(archive) => match refusal(&archive, item.size, limits) {
                None => return members(place, archive, item.size, limits, sink),
                Some(finding) => finding,
            },
            Err(why) => Finding::new(
                FindingCode::CONTAINER_DAMAGED,
                format!("The archive cannot be read: {why}."),
            ),
        };
        place.give_back(item, refusal, sink)
    }
}

fn open(item: &Item) -> Result<ArchiveReader<ItemReader<'_>>, String> {
    let reader = item.reader().map_err(|error| error.to_string())?;
    ArchiveReader::new(reader, Password::empty()).map_err(|error| error.to_string())
}

/// Why the whole archive is refused, if it is; told by its directory.
fn refusal(
    archive: &ArchiveReader<ItemReader<'_>>,
    packed: u64,
    limits: &Limits,
) -> Option<Finding> {
    let files = &archive.archive().files;
    let unpacked: u64 = files.iter().map(|file| file.size()).fold(0, u64::saturating_add);
    if files.len() as u64 > limits.container_entries {
        return Some(too_many_members(limits));
    }
    if unpacked / limits.container_ratio > packed {
        let what = format!(
            "It would unpack to {unpacked} bytes, more than {} times its size.",
            limits.container_ratio
        );
        return Some(Finding::new(FindingCode::LIMIT_HIT, what));
    }
    let empty = files.iter().all(|file| file.is_directory());
    empty.then(|| Finding::new(FindingCode::EMPTY, "The archive holds no file."))
}

fn members(
    place: &Place<'_>,
    mut archive: ArchiveReader<ItemReader<'_>>,
    packed: u64,
    limits: &Limits,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    let mut left = packed.saturating_mul(limits.container_ratio);
    let mut seen = 0;
    let mut flow = ControlFlow::Continue(());
    let read = archive.for_each_entries(|entry, stream| {
        if entry.is_directory() {
            return Ok(true);
        }
        seen += 1;
        let member = salvage::member(place.path, stream, left.min(limits.member_bytes), limits);
        left = left.saturating_sub(member.size);
        flow = place.hand_on(member, &names::clean(entry.name()), limits, sink);
        Ok(flow.is_continue())
    });
    flow?;
    match read {
        Ok(_) => ControlFlow::Continue(()),
        Err(error) => place.broken_off(seen, &error.to_string(), sink),
    }
}
