//! What a kind of container makes of some bytes, for the tests of the kinds.

use super::{Kind, Place};
use crate::item::Item;
use crate::limits::Limits;
use std::ops::ControlFlow;

/// The bytes of every member; none where the kind does not know the bytes as its own.
pub(super) fn members(kind: &dyn Kind, path: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    members_within(kind, path, bytes, &Limits::default())
}

/// The same within other limits.
pub(super) fn members_within(
    kind: &dyn Kind,
    path: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Vec<Vec<u8>> {
    let item = Item::from_bytes(path, bytes.to_vec());
    let mut members = Vec::new();
    if !kind.is(&item) {
        return members;
    }
    let place = Place { path, prefix: "", depth: 1, passed: 0 };
    let all = kind.walk(&place, item, limits, &mut |leaf| {
        members.push(leaf.bytes(u64::MAX).map(|own| own.into_owned()).unwrap_or_default());
        ControlFlow::Continue(())
    });
    assert!(all.is_continue(), "nobody stopped it");
    members
}

/// The members as texts.
pub(super) fn texts(kind: &dyn Kind, path: &str, text: &str) -> Vec<String> {
    let text_of = |own: Vec<u8>| String::from_utf8(own).unwrap();
    members(kind, path, text.as_bytes()).into_iter().map(text_of).collect()
}
