//! Several messages of a Yahoo group in one JSON file, as the programs that saved groups wrote topics and batches: an
//! object or a list with a list of messages inside. Each message is an item with its own bytes: the object as it stands
//! in the file. A file of one message is a leaf, and so is a list that holds no texts (metadata, members, polls).

use super::pieces::{self, Pieces};
use super::{Kind, Place, Sink};
use crate::item::Item;
use crate::limits::Limits;
use std::ops::{ControlFlow, Range};

/// Topics and batches of messages.
pub(super) struct YahooTopics;

impl Kind for YahooTopics {
    fn is(&self, item: &Item) -> bool {
        let head = item.probe();
        let bare = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let json = matches!(bare.first(), Some(b'{' | b'['));
        json && has_texts(head) && pieces::several(item, |bytes| messages(bytes).len())
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        pieces::walk(place, item, limits, sink, |bytes| Pieces::numbered(messages(bytes)))
    }
}

fn has_texts(bytes: &[u8]) -> bool {
    let has = |key: &[u8]| bytes.windows(key.len()).any(|own| own == key);
    has(b"\"msgId\"") && (has(b"\"rawEmail\"") || has(b"\"messageBody\""))
}

/// The objects that are messages: those with a number and a text of their own. One that does not end (a file that
/// breaks off) goes to the end.
fn messages(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut scan = Scan::default();
    for (at, byte) in bytes.iter().enumerate() {
        scan.take(at, *byte, bytes);
    }
    while let Some(open) = scan.open.pop() {
        scan.closed(open, bytes.len());
    }
    scan.found.sort_by_key(|range| range.start);
    scan.found
}

/// Goes through JSON once, strings apart, without building it.
#[derive(Default)]
struct Scan {
    open: Vec<Object>,
    found: Vec<Range<usize>>,
    string: Option<usize>,
    escaped: bool,
    lists: u32,
}

#[derive(Clone, Copy)]
struct Object {
    start: usize,
    number: bool,
    text: bool,
}

/// More nesting than any of these files has.
const DEEPEST: usize = 64;

impl Scan {
    fn take(&mut self, at: usize, byte: u8, bytes: &[u8]) {
        if let Some(start) = self.string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.string = None;
                    self.name(&bytes[start + 1..at], &bytes[at + 1..]);
                }
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.string = Some(at),
            b'{' if self.open.len() < DEEPEST => {
                self.open.push(Object { start: at, number: false, text: false });
            }
            b'}' => {
                if let Some(open) = self.open.pop() {
                    self.closed(open, at + 1);
                }
            }
            b'[' => self.lists += 1,
            _ => {}
        }
    }

    /// A string that is a key says what the object holds.
    fn name(&mut self, name: &[u8], behind: &[u8]) {
        let is_key = behind.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
        let Some(object) = self.open.last_mut().filter(|_| is_key) else { return };
        object.number |= name == b"msgId";
        object.text |= name == b"rawEmail" || name == b"messageBody";
    }

    fn closed(&mut self, object: Object, end: usize) {
        if object.number && object.text && self.lists > 0 {
            self.found.push(object.start..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::containers::opened::texts;

    fn members(text: &str) -> Vec<String> {
        texts(&YahooTopics, "7.json", text)
    }

    #[test]
    fn each_message_of_a_topic_is_an_item() {
        let text = r#"{"topicId": 7, "messages": [{"msgId": 1, "messageBody": "a {\"} b"}, {"msgId": 2, "rawEmail": "c"}]}"#;
        assert_eq!(
            members(text),
            [r#"{"msgId": 1, "messageBody": "a {\"} b"}"#, r#"{"msgId": 2, "rawEmail": "c"}"#]
        );
    }

    #[test]
    fn a_file_that_breaks_off_keeps_its_last_message() {
        let text = r#"[{"msgId": 1, "rawEmail": "a"}, {"msgId": 2, "rawEmail": "b and no en"#;
        assert_eq!(members(text).len(), 2);
    }

    #[test]
    fn one_message_and_lists_without_texts_are_leaves() {
        for text in [
            r#"{"msgId": 1, "rawEmail": "a"}"#,
            r#"{"ygData": {"msgId": 1, "messageBody": "a"}}"#,
            r#"[{"msgId": 1, "subject": "a"}, {"msgId": 2, "subject": "b"}]"#,
            "[]",
            "\"msgId\" and \"rawEmail\"",
        ] {
            assert!(members(text).is_empty(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_ranges_in_order(text in "(\\{|\\}|\\[|\\]|\"msgId\":|\"rawEmail\":|\"|\\\\|,| |x){0,40}") {
            let found = messages(text.as_bytes());
            proptest::prop_assert!(found.iter().all(|range| range.start < range.end && range.end <= text.len()));
        }
    }
}
