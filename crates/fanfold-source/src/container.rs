//! A zip archive as a container: its members as items, nested archives too, within limits.
//!
//! The directory is gone through twice. The first time counts, adds up and looks for members that lie over each other:
//! a bomb is refused whole before anything is unpacked. A book (EPUB) or an office document is a leaf, not a container.

use crate::archive::{Archive, Entry, looks_like_zip};
use crate::item::Item;
use crate::limits::Limits;
use fanfold_model::{Finding, FindingCode};
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Where the items go.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(Item) -> ControlFlow<()>;

/// A container that is being gone through.
pub(crate) struct Container<'a> {
    /// Path of the outermost archive.
    pub(crate) path: &'a str,
    /// Members on the way here, with `!/` behind each.
    pub(crate) prefix: &'a str,
    /// 1 for the outermost.
    pub(crate) depth: u32,
    /// For the items' `passed`.
    pub(crate) passed: u64,
}

/// Whether an item is an archive whose members are items of their own.
pub(crate) fn is_container(item: &Item) -> bool {
    if !looks_like_zip(item.probe()) {
        return false;
    }
    let name = item.file_name().to_ascii_lowercase();
    let by_name = [".epub", ".docx", ".odt", ".cbz", ".kepub"];
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

impl Container<'_> {
    /// Hands on every member of the archive in `item`. Gives the item back, refused, when nothing of it may be read.
    pub(crate) fn walk(&self, mut item: Item, limits: &Limits, sink: Sink<'_>) -> ControlFlow<()> {
        let refusal = match item.random_access().map(Archive::open) {
            Ok(Ok(Some(archive))) => match self.refusal(&archive, item.size, limits) {
                None => return self.members(&archive, item.size, limits, sink),
                Some(finding) => finding,
            },
            Ok(Ok(None)) => {
                Finding::new(FindingCode::CONTAINER_DAMAGED, "Nothing in this archive can be read.")
            }
            Ok(Err(error)) => crate::item::unreadable_finding(&error),
            Err(error) => Finding::new(FindingCode::UNREADABLE, format!("{error}.")),
        };
        item.passed = self.passed;
        item.refuse(refusal);
        sink(item)
    }

    /// Why the whole archive is refused, if it is.
    fn refusal(&self, archive: &Archive<'_>, packed: u64, limits: &Limits) -> Option<Finding> {
        let limit = |what: String| Some(Finding::new(FindingCode::LIMIT_HIT, what));
        if self.depth > limits.container_depth {
            return limit(format!(
                "It lies {} archives deep, more than the {} that are opened.",
                self.depth, limits.container_depth
            ));
        }
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
                "Its members lie over each other, as in an archive made to fill the disk."
                    .to_owned(),
            );
        }
        None
    }

    fn members(
        &self,
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
            let mut item = self.member(archive, &entry, left.min(limits.member_bytes), limits);
            left = left.saturating_sub(item.size);
            if archive.is_damaged() {
                item.findings.push(Finding::new(
                    FindingCode::CONTAINER_DAMAGED,
                    "The archive has lost its directory; this member was found by its own header.",
                ));
            }
            self.hand_on(item, &entry, limits, sink)?;
        }
        ControlFlow::Continue(())
    }

    /// A member that is an archive itself is opened, anything else is handed on.
    fn hand_on(
        &self,
        mut item: Item,
        entry: &Entry,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let member = format!("{}{}", self.prefix, entry.name);
        item.passed = self.passed;
        item.member = Some(member);
        if item.is_refused() || !is_container(&item) {
            return sink(item);
        }
        let prefix = format!("{}{}!/", self.prefix, entry.name);
        let inner = Container {
            path: self.path,
            prefix: &prefix,
            depth: self.depth + 1,
            passed: self.passed,
        };
        inner.walk(item, limits, sink)
    }

    fn member(&self, archive: &Archive<'_>, entry: &Entry, most: u64, limits: &Limits) -> Item {
        if entry.is_link {
            let finding = Finding::new(
                FindingCode::SYMLINK_SKIPPED,
                "A symbolic link in an archive is not followed.",
            );
            return Item::unreadable(self.path, finding);
        }
        let too_large = || {
            let what = format!("The member is larger than the {most} bytes that are read of it.");
            Item::unreadable(self.path, Finding::new(FindingCode::LIMIT_HIT, what))
        };
        if entry.size.is_some_and(|size| size > most) {
            return too_large();
        }
        match self.unpack(archive, entry, most, limits) {
            Ok(Some(item)) => item,
            Ok(None) => too_large(),
            Err(error) => {
                let what = format!("The member could not be read: {error}.");
                Item::unreadable(self.path, Finding::new(FindingCode::MEMBER_UNREADABLE, what))
            }
        }
    }

    /// The member's bytes; of a damaged text as much as can be had.
    fn unpack(
        &self,
        archive: &Archive<'_>,
        entry: &Entry,
        most: u64,
        limits: &Limits,
    ) -> io::Result<Option<Item>> {
        let mut salvage = Salvage { reader: archive.read(entry)?, given: 0, error: None };
        let item = Item::from_stream(self.path, &mut salvage, most, limits)?;
        let given = salvage.given;
        match (salvage.error, item) {
            (Some(error), Some(_)) if given == 0 => Err(error),
            (Some(error), Some(mut item)) => {
                let what =
                    format!("Only the first {given} bytes of the member could be read: {error}.");
                item.findings.push(Finding::new(FindingCode::MEMBER_UNREADABLE, what));
                Ok(Some(item))
            }
            (_, item) => Ok(item),
        }
    }
}

/// A reader that ends where its source is damaged, and remembers why.
struct Salvage<R> {
    reader: R,
    given: u64,
    error: Option<io::Error>,
}

impl<R: Read> Read for Salvage<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.error.is_some() {
            return Ok(0);
        }
        match self.reader.read(buffer) {
            Ok(count) => {
                self.given += count as u64;
                Ok(count)
            }
            Err(error) => {
                self.error = Some(error);
                Ok(0)
            }
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
