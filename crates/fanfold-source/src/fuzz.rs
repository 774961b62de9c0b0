//! Entry points for mutated bytes. None may panic; each asserts its invariants.

use crate::container::{Container, is_container};
use crate::item::Item;
use crate::limits::Limits;
use std::ops::ControlFlow;

/// Any bytes as an archive: exactly the members or exactly one refused item come out, no member is larger than its
/// limit, and every name is safe to show.
pub fn fuzz_archive(data: &[u8]) {
    let limits = Limits { member_bytes: 1 << 20, container_entries: 10_000, ..Limits::default() };
    let item = Item::from_bytes("box.zip", data.to_vec());
    if !is_container(&item) {
        return;
    }
    let mut seen = 0;
    let container = Container { path: "box.zip", prefix: "", depth: 1, passed: 0 };
    let flow = container.walk(item, &limits, &mut |item| {
        seen += 1;
        assert_eq!(item.path, "box.zip");
        assert!(item.member.is_none() || !item.has_bytes() || item.size <= limits.member_bytes);
        assert!(item.is_refused() || item.has_bytes());
        let name = item.member.as_deref().unwrap_or_default();
        assert!(name.split('/').all(|part| part != ".."));
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue() && seen > 0, "a container gives at least one item");
}
