//! Entry points for mutated bytes. None may panic; each asserts its invariants.

use crate::containers::{Place, kind_of};
use crate::item::Item;
use crate::limits::Limits;
use std::ops::ControlFlow;

/// Any bytes as a container of any kind: exactly the members or exactly one refused item come out, no member is larger
/// than its limit, and every name is safe to show.
pub fn fuzz_archive(data: &[u8]) {
    let limits = Limits { member_bytes: 1 << 20, container_entries: 10_000, ..Limits::default() };
    let item = Item::from_bytes("box", data.to_vec());
    let Some(kind) = kind_of(&item) else { return };
    let mut seen = 0;
    let place = Place { path: "box", prefix: "", depth: 1, passed: 0 };
    let flow = place.open(kind, item, &limits, &mut |item| {
        seen += 1;
        assert_eq!(item.path, "box");
        assert!(item.member.is_none() || !item.has_bytes() || item.size <= limits.member_bytes);
        assert!(item.is_refused() || item.has_bytes());
        let name = item.member.as_deref().unwrap_or_default();
        assert!(name.split('/').all(|part| part != ".."));
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue() && seen > 0, "a container gives at least one item");
}
