//! Containers: files whose members are items of their own. One file a kind, one line in [`KINDS`].
//!
//! A container inside a container is opened as far as the limits allow. A book or an office document is a leaf, though
//! it is a zip archive. Where a member is a catalogue of the others (a database dump beside its story files), the
//! members wait on a [`Shelf`], so that the catalogue comes first and can look at the rest; and so do pages of a site and
//! files with a list of them, which tell something of each other.

mod journal;
mod mbox;
#[cfg(test)]
mod opened;
mod packed;
mod pieces;
mod salvage;
mod seven_zip;
mod tarball;
mod warc;
mod yahoo;
mod zip;

pub use mbox::TRANSPORT_HEADERS;

use crate::item::Item;
use crate::limits::Limits;
use crate::shelf::Shelf;
use fanfold_model::{Finding, FindingCode};
use std::ops::ControlFlow;

/// Where the items go.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(Item) -> ControlFlow<()>;

/// One kind of container.
pub(crate) trait Kind: Sync {
    /// Whether the item is of this kind.
    fn is(&self, item: &Item) -> bool;

    /// Whether its members can tell something of each other, told without unpacking more than is needed.
    fn can_tell(&self, _item: &Item) -> bool {
        false
    }

    /// Hands on every member. Gives the item back, refused, when nothing of it may be read.
    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()>;
}

/// Every kind. The first that knows the item opens it.
const KINDS: [&dyn Kind; 8] = [
    &zip::Zip,
    &seven_zip::SevenZip,
    &tarball::Tarball,
    &packed::Packed,
    &warc::Warc,
    &mbox::Mailbox,
    &journal::JournalExport,
    &yahoo::YahooTopics,
];

/// The kind of container that an item is, if it is one.
pub(crate) fn kind_of(item: &Item) -> Option<&'static dyn Kind> {
    let open = item.has_bytes() && !item.is_refused();
    KINDS.into_iter().filter(|_| open).find(|kind| kind.is(item))
}

/// A container that is being gone through.
pub(crate) struct Place<'a> {
    /// Path of the outermost container.
    pub(crate) path: &'a str,
    /// Members on the way here, with `!/` behind each.
    pub(crate) prefix: &'a str,
    /// 1 for the outermost.
    pub(crate) depth: u32,
    /// For the items' `passed`.
    pub(crate) passed: u64,
}

impl Place<'_> {
    /// Opens a container and hands on what it holds, a catalogue first where members look at each other.
    pub(crate) fn open(
        &self,
        kind: &dyn Kind,
        mut item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        if self.depth > limits.container_depth {
            item.passed = self.passed;
            item.refuse(Finding::new(
                FindingCode::LIMIT_HIT,
                format!(
                    "It lies {} archives deep, more than the {} that are opened.",
                    self.depth, limits.container_depth
                ),
            ));
            return sink(item);
        }
        if !kind.can_tell(&item) {
            return kind.walk(self, item, limits, sink);
        }
        match Shelf::new() {
            Ok(mut shelf) => {
                // The shelf takes everything: what it cannot hold it hands on at once.
                kind.walk(self, item, limits, &mut |leaf| shelf.put(leaf, sink))?;
                shelf.hand_on(limits, sink)
            }
            Err(_) => kind.walk(self, item, limits, sink),
        }
    }

    /// Hands on a member under its name; one that is a container itself is opened.
    pub(crate) fn hand_on(
        &self,
        mut item: Item,
        name: &str,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        item.passed = self.passed;
        item.member = Some(format!("{}{name}", self.prefix));
        let Some(kind) = kind_of(&item) else { return sink(item) };
        let prefix = format!("{}{name}!/", self.prefix);
        let inner =
            Place { path: self.path, prefix: &prefix, depth: self.depth + 1, passed: self.passed };
        inner.open(kind, item, limits, sink)
    }

    /// Gives a container back as a leaf that no importer reads.
    pub(crate) fn give_back(
        &self,
        mut item: Item,
        why: Finding,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        item.passed = self.passed;
        item.refuse(why);
        sink(item)
    }

    /// A leaf that stands for what could not be read behind the last member.
    pub(crate) fn broken_off(&self, after: u64, why: &str, sink: Sink<'_>) -> ControlFlow<()> {
        let what = format!("The container breaks off behind its member {after}: {why}.");
        let mut rest =
            Item::unreadable(self.path, Finding::new(FindingCode::CONTAINER_DAMAGED, what));
        rest.member = Some(format!("{}(the rest)", self.prefix));
        rest.passed = self.passed;
        sink(rest)
    }
}

/// The finding for a member over a limit.
pub(crate) fn member_too_large(most: u64) -> Finding {
    let what = format!("The member is larger than the {most} bytes that are read of it.");
    Finding::new(FindingCode::LIMIT_HIT, what)
}

/// The finding for more members than are read.
pub(crate) fn too_many_members(limits: &Limits) -> Finding {
    let what = format!("It holds more than {} members.", limits.container_entries);
    Finding::new(FindingCode::LIMIT_HIT, what)
}
