//! Containers that are one text whose members are stretches of it: a journal's export, the topics of a group, a digest.
//! The text is read into memory as a whole, within the limit for texts; each member gets a copy of its own stretch only
//! when its turn comes.

use super::{Place, Sink, too_many_members};
use crate::item::Item;
use crate::limits::Limits;
use fanfold_model::{Finding, FindingCode};
use std::ops::{ControlFlow, Range};

/// Where the members lie in a text.
pub(super) struct Pieces {
    /// What every member keeps in front of its own bytes, in a line of its own; empty for nothing.
    pub(super) before: Range<usize>,
    /// The members in order. An empty one is no member, but has its number.
    pub(super) places: Vec<Range<usize>>,
    /// The name of the member with this place in the list.
    pub(super) name: fn(usize) -> String,
}

impl Pieces {
    /// Members numbered from 1, with nothing in front.
    pub(super) fn numbered(places: Vec<Range<usize>>) -> Self {
        Self { before: 0..0, places, name: |at| format!("{:06}", at + 1) }
    }
}

/// Hands on every member; gives the item back where it is larger than a text may be.
pub(super) fn walk(
    place: &Place<'_>,
    item: Item,
    limits: &Limits,
    sink: Sink<'_>,
    cut: impl FnOnce(&[u8]) -> Pieces,
) -> ControlFlow<()> {
    let bytes = match item.bytes(limits.text_bytes) {
        Ok(bytes) => bytes.into_owned(),
        Err(error) => {
            let why = Finding::new(FindingCode::LIMIT_HIT, format!("{error}."));
            return place.give_back(item, why, sink);
        }
    };
    let pieces = cut(&bytes);
    for (at, piece) in pieces.places.iter().enumerate() {
        if at as u64 >= limits.container_entries {
            return place.broken_off(at as u64, &too_many_members(limits).message, sink);
        }
        let own = &bytes[piece.clone()];
        if own.trim_ascii().is_empty() {
            continue;
        }
        let mut member = bytes[pieces.before.clone()].to_vec();
        if !member.is_empty() {
            member.push(b'\n');
        }
        member.extend_from_slice(own);
        let leaf = Item::from_bytes(place.path, member);
        place.hand_on(leaf, &(pieces.name)(at), limits, sink)?;
    }
    ControlFlow::Continue(())
}

/// Whether a text has several members, by its beginning or, where that holds a long first one, by the whole.
pub(super) fn several(item: &Item, count: impl Fn(&[u8]) -> usize) -> bool {
    let head = item.probe();
    let long = item.size > head.len() as u64;
    count(head) >= 2
        || long && item.bytes(Limits::default().text_bytes).is_ok_and(|bytes| count(&bytes) >= 2)
}
