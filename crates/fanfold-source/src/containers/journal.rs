//! A month or more of a journal in one XML file, as LiveJournal, Dreamwidth and the programs that keep journals export
//! it: `<livejournal><entry>…</entry>…</livejournal>`. Each entry is an item with its own bytes behind the file's XML
//! declaration, so that its encoding stays known. A file of one entry is a leaf.

use super::{Kind, Place, Sink, too_many_members};
use crate::item::Item;
use crate::limits::Limits;
use fanfold_model::{Finding, FindingCode};
use std::ops::{ControlFlow, Range};

/// Exports with several entries.
pub(super) struct JournalExport;

impl Kind for JournalExport {
    fn is(&self, item: &Item) -> bool {
        let head = item.probe();
        let declared = head.trim_ascii_start();
        let xml = declared.starts_with(b"<") || declared.starts_with(b"\xEF\xBB\xBF<");
        xml && holds(head, b"<livejournal") && (starts(head).len() >= 2 || far(item))
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        let bytes = match item.bytes(limits.text_bytes) {
            Ok(bytes) => bytes.into_owned(),
            Err(error) => {
                let why = Finding::new(FindingCode::LIMIT_HIT, format!("{error}."));
                return place.give_back(item, why, sink);
            }
        };
        let declaration = declaration(&bytes);
        let entries = entries(&bytes);
        for (number, entry) in entries.iter().enumerate() {
            let number = number as u64 + 1;
            if number > limits.container_entries {
                return place.broken_off(number - 1, &too_many_members(limits).message, sink);
            }
            let mut member = bytes[declaration.clone()].to_vec();
            if !member.is_empty() {
                member.push(b'\n');
            }
            member.extend_from_slice(&bytes[entry.clone()]);
            let leaf = Item::from_bytes(place.path, member);
            place.hand_on(leaf, &format!("{number:06}"), limits, sink)?;
        }
        ControlFlow::Continue(())
    }
}

/// Whether more entries follow behind a long first one.
fn far(item: &Item) -> bool {
    let long = item.size > item.probe().len() as u64;
    long && item.bytes(Limits::default().text_bytes).is_ok_and(|bytes| starts(&bytes).len() >= 2)
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

    fn members(text: &str) -> Vec<String> {
        let item = Item::from_bytes("2003-01.xml", text.as_bytes().to_vec());
        if !JournalExport.is(&item) {
            return Vec::new();
        }
        let place = Place { path: "2003-01.xml", prefix: "", depth: 1, passed: 0 };
        let mut members = Vec::new();
        let _ = JournalExport.walk(&place, item, &Limits::default(), &mut |leaf| {
            members.push(String::from_utf8(leaf.bytes(u64::MAX).unwrap().into_owned()).unwrap());
            ControlFlow::Continue(())
        });
        members
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
