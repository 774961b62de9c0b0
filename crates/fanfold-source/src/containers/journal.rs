//! A month or more of a journal in one XML file, as LiveJournal, Dreamwidth and the programs that keep journals export
//! it: `<livejournal><entry>…</entry>…</livejournal>`. Each entry is an item with its own bytes behind the file's XML
//! declaration, so that its encoding stays known. A file of one entry is a leaf.

use super::pieces::{self, Pieces};
use super::{Kind, Place, Sink};
use crate::item::Item;
use crate::limits::Limits;
use std::ops::{ControlFlow, Range};

/// Exports with several entries.
pub(super) struct JournalExport;

impl Kind for JournalExport {
    fn is(&self, item: &Item) -> bool {
        let head = item.probe();
        let declared = head.trim_ascii_start();
        let xml = declared.starts_with(b"<") || declared.starts_with(b"\xEF\xBB\xBF<");
        xml && holds(head, b"<livejournal") && pieces::several(item, |bytes| starts(bytes).len())
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        pieces::walk(place, item, limits, sink, |bytes| Pieces {
            before: declaration(bytes),
            ..Pieces::numbered(entries(bytes))
        })
    }
}

/// The XML declaration with a byte order mark before it.
fn declaration(bytes: &[u8]) -> Range<usize> {
    let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    match find(bytes, b"?>", start) {
        Some(end) if bytes[start..].trim_ascii_start().starts_with(b"<?xml") && end < 1_000 => {
            0..end + 2
        }
        _ => 0..start,
    }
}

/// Each entry to its end, or to where the next begins when its end is lost.
fn entries(bytes: &[u8]) -> Vec<Range<usize>> {
    let starts = starts(bytes);
    let next = starts.iter().skip(1).copied().chain([bytes.len()]);
    let whole = |(start, next): (usize, usize)| {
        let end = find(&bytes[..next], b"</entry>", start).map(|at| at + b"</entry>".len());
        start..end.unwrap_or_else(|| start + bytes[start..next].trim_ascii_end().len())
    };
    starts.iter().copied().zip(next).map(whole).collect()
}

fn starts(bytes: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(bytes, b"<entry", at) {
        if matches!(bytes.get(start + 6), Some(b'>' | b' ' | b'\n' | b'\r' | b'\t')) {
            found.push(start);
        }
        at = start + 6;
    }
    found
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    find(bytes, wanted, 0).is_some()
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(wanted.len()).position(|own| own == wanted).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::containers::opened::{members_within, texts};

    fn members(text: &str) -> Vec<String> {
        texts(&JournalExport, "2003-01.xml", text)
    }

    #[test]
    fn each_entry_of_a_month_is_an_item_behind_the_declaration() {
        let found = members(
            "<?xml version=\"1.0\" encoding='utf-8'?>\n<livejournal>\n<entry><itemid>1</itemid></entry>\n<entry>\n<itemid>2</itemid>\n</entry>\n</livejournal>\n",
        );
        assert_eq!(
            found,
            [
                "<?xml version=\"1.0\" encoding='utf-8'?>\n<entry><itemid>1</itemid></entry>",
                "<?xml version=\"1.0\" encoding='utf-8'?>\n<entry>\n<itemid>2</itemid>\n</entry>"
            ]
        );
    }

    #[test]
    fn a_lost_end_costs_no_other_entry() {
        let found = members("<livejournal><entry>one\n<entry>two</entry><entry>three");
        assert_eq!(found, ["<entry>one", "<entry>two</entry>", "<entry>three"]);
    }

    #[test]
    fn a_limit_on_members_leaves_a_leaf_that_stands_for_the_rest() {
        let text = format!("<livejournal>{}</livejournal>", "<entry>one</entry>".repeat(5));
        let limits = Limits { container_entries: 3, ..Limits::default() };
        let found = members_within(&JournalExport, "2003.xml", text.as_bytes(), &limits);
        assert_eq!(found.len(), 4);
        assert!(found[3].is_empty() && !found[2].is_empty());
    }

    #[test]
    fn one_entry_and_other_documents_are_leaves() {
        for text in [
            "<livejournal><entry>one</entry></livejournal>",
            "<feed><entry>one</entry><entry>two</entry></feed>",
            "He wrote <livejournal and <entry> and <entry>.",
            "",
        ] {
            assert!(members(text).is_empty(), "{text}");
        }
    }
}
