//! Mail and news kept in one file: mailboxes with `From ` lines, news batches (`#! rnews`), messages that were simply
//! saved one behind the other, and digests. Each message is an item with its own bytes.
//!
//! A file is a mailbox only if at least two messages begin in it, or if it begins with a `From ` line; one message
//! alone is a leaf. `Content-Length` is not believed: too many programs write it wrongly. `>From ` lines lose one `>`
//! (mboxrd; what the older dialects make of it differs by that one sign).

mod begin;
mod digest;
mod lines;

use super::{Kind, Place, Sink, too_many_members};
use crate::item::Item;
use crate::limits::Limits;
pub use begin::TRANSPORT_HEADERS;
use begin::{Begin, begins};
use fanfold_model::{Finding, FindingCode};
use lines::Lines;
use std::io::Read;
use std::ops::ControlFlow;

/// Mailboxes, news batches, digests.
pub(super) struct Mailbox;

impl Kind for Mailbox {
    fn is(&self, item: &Item) -> bool {
        let head = item.probe();
        if !looks_like_text(head) {
            return false;
        }
        let mut lines = Lines::new(head);
        match begins(&mut lines, true) {
            Some(Begin::Mailbox | Begin::Batch(_)) => true,
            Some(Begin::Headers) => digest::is(head) || another(lines) || far(item),
            None => false,
        }
    }

    fn walk(
        &self,
        place: &Place<'_>,
        item: Item,
        limits: &Limits,
        sink: Sink<'_>,
    ) -> ControlFlow<()> {
        if digest::is(item.probe()) {
            return digest::walk(place, item, limits, sink);
        }
        let Ok(reader) = item.reader() else { return ControlFlow::Continue(()) };
        let mut messages = Messages { lines: Lines::new(reader), most: limits.text_bytes };
        let mut seen = 0;
        while let Some(message) = messages.next() {
            seen += 1;
            if seen > limits.container_entries {
                return place.broken_off(seen - 1, &too_many_members(limits).message, sink);
            }
            let mut member = Item::from_bytes(place.path, message.bytes);
            if message.cut > 0 {
                let what = format!(
                    "The message is longer than is read; {} bytes are not here.",
                    message.cut
                );
                member.findings.push(Finding::new(FindingCode::LIMIT_HIT, what));
            }
            place.hand_on(member, &format!("{seen:06}"), limits, sink)?;
        }
        if let Some(error) = messages.lines.error() {
            return place.broken_off(seen, &error, sink);
        }
        ControlFlow::Continue(())
    }
}

fn looks_like_text(head: &[u8]) -> bool {
    !head.is_empty() && !head.iter().take(1_000).any(|byte| matches!(byte, 0..=6 | 14..=25))
}

/// Whether another message begins further on.
fn another(mut lines: Lines<impl Read>) -> bool {
    let mut gap = false;
    lines.take_line();
    loop {
        if gap && begins(&mut lines, false).is_some() {
            return true;
        }
        let Some(line) = lines.take_line() else { return false };
        gap = is_gap(&line);
    }
}

/// The same, where the beginning of a long file holds one message only.
fn far(item: &Item) -> bool {
    /// A single message of this size is longer than people write.
    const MOST: u64 = 4 << 20;
    let long = item.size > item.probe().len() as u64;
    long && item.reader().is_ok_and(|reader| another(Lines::new(reader.take(MOST))))
}

/// What stands between two messages: an empty line, a form feed, a rule.
fn is_gap(line: &[u8]) -> bool {
    let bare = line.trim_ascii();
    let rule = bare.len() >= 10 && bare.iter().all(|byte| b"-=_*#~".contains(byte));
    bare.is_empty() || rule || bare == b"\x0C" || bare == b"\x1A"
}

struct Message {
    bytes: Vec<u8>,
    /// Bytes over the limit.
    cut: u64,
}

struct Messages<R> {
    lines: Lines<R>,
    most: u64,
}

impl<R: Read> Messages<R> {
    fn next(&mut self) -> Option<Message> {
        while self.lines.peek(0).is_some_and(is_gap) {
            self.lines.take_line();
        }
        self.lines.peek(0)?;
        let begin = begins(&mut self.lines, true);
        let unescapes = begin == Some(Begin::Mailbox);
        match begin {
            Some(Begin::Batch(length)) => {
                self.lines.take_line();
                return Some(self.batched(length));
            }
            Some(Begin::Mailbox) => drop(self.lines.take_line()),
            _ => {}
        }
        let mut message = Message { bytes: Vec::new(), cut: 0 };
        let mut gap = false;
        let mut first = true;
        while self.lines.peek(0).is_some() {
            if gap
                && !first
                && begins(&mut self.lines, false).is_some_and(|begin| begin.ends(unescapes))
            {
                break;
            }
            let Some(line) = self.lines.take_line() else { break };
            gap = is_gap(&line);
            first = false;
            self.add(&mut message, unescaped(&line, unescapes));
        }
        if unescapes {
            // The empty line before the next `From ` line belongs to the mailbox.
            trim_one_line(&mut message.bytes);
        }
        Some(message)
    }

    fn batched(&mut self, length: u64) -> Message {
        let mut message = Message { bytes: Vec::new(), cut: 0 };
        let mut left = length;
        while left > 0 {
            let Some(line) = self.lines.take_line() else { break };
            left = left.saturating_sub(line.len() as u64);
            self.add(&mut message, &line);
        }
        message
    }

    fn add(&self, message: &mut Message, line: &[u8]) {
        if message.bytes.len() as u64 + line.len() as u64 > self.most {
            message.cut += line.len() as u64;
        } else {
            message.bytes.extend_from_slice(line);
        }
    }
}

fn unescaped(line: &[u8], unescapes: bool) -> &[u8] {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    if unescapes && quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { line }
}

fn trim_one_line(bytes: &mut Vec<u8>) {
    for end in [b"\n\r\n".as_slice(), b"\n\n"] {
        if bytes.ends_with(end) {
            bytes.truncate(bytes.len() - (end.len() - 1));
            return;
        }
    }
}

#[cfg(test)]
mod tests;
