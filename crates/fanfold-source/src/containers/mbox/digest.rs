//! A digest: one message that holds many, parted by rules of dashes (RFC 1153), each with short headers of its own.
//! What stands before the first rule, the list's words and its table of contents, is a member too.

use super::begin::header_name;
use super::{Place, Sink};
use crate::containers::pieces::{self, Pieces};
use crate::item::Item;
use crate::limits::Limits;
use std::ops::{ControlFlow, Range};

/// Whether a message is a digest: its subject says so, and at least two of its parts have headers.
pub(super) fn is(head: &[u8]) -> bool {
    let says =
        head.split(|byte| *byte == b'\n').take(60).take_while(|line| !line.trim_ascii().is_empty());
    let says = says.filter(|line| {
        header_name(line).is_some_and(|name| name == "subject" || name == "content-type")
    });
    let says = says.map(|line| String::from_utf8_lossy(line).to_ascii_lowercase());
    let named = says.into_iter().any(|line| line.contains("digest"));
    named && starts(head).len() >= 2
}

/// Hands on the parts.
pub(super) fn walk(
    place: &Place<'_>,
    item: Item,
    limits: &Limits,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    pieces::walk(place, item, limits, sink, |bytes| Pieces {
        before: 0..0,
        places: parts(bytes),
        name: |at| if at == 0 { "the digest itself".to_owned() } else { format!("{at:04}") },
    })
}

/// The digest's own words, and each part without the rules between.
fn parts(bytes: &[u8]) -> Vec<Range<usize>> {
    let starts = starts(bytes);
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let first = starts.first().copied().unwrap_or(bytes.len());
    let whole = std::iter::once((0, first)).chain(starts.iter().copied().zip(ends));
    whole.map(|(start, end)| start..start + without_rules(&bytes[start..end]).len()).collect()
}

/// Where the parts begin: behind a rule, an optional "Message: 3", with From and Subject among the headers.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut after_rule = false;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let bare = line.trim_ascii();
        if is_rule(bare) {
            after_rule = true;
        } else if after_rule && !bare.is_empty() && !is_number(bare) {
            if has_headers(&bytes[at..]) {
                starts.push(at);
            }
            after_rule = false;
        }
        at += line.len();
    }
    starts
}

fn is_rule(line: &[u8]) -> bool {
    line.len() >= 20 && line.iter().all(|byte| *byte == b'-' || *byte == b'_')
}

fn has_headers(bytes: &[u8]) -> bool {
    let lines = bytes.split(|byte| *byte == b'\n').take(12);
    let names: Vec<String> = lines
        .map_while(|line| match line.first() {
            Some(b' ' | b'\t') => Some(String::new()),
            _ => header_name(line),
        })
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("from") && has("subject")
}

/// A part without what leads over to the next one at its end: rules and "Message: 3".
fn without_rules(part: &[u8]) -> &[u8] {
    let mut part = part;
    loop {
        let bare = part.trim_ascii_end();
        let last = bare.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = bare[last..].trim_ascii();
        if !(is_rule(line) || is_number(line)) || last == 0 {
            return part;
        }
        part = &part[..last];
    }
}

/// "Message: 3", "Message 3", "Nachricht: 3": a word and a number, alone in a line.
fn is_number(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] =
        [b"message", b"nachricht", b"mensaje", b"mensagem", b"messaggio", b"bericht"];
    let lower = line.to_ascii_lowercase();
    let rest = WORDS.iter().find_map(|word| lower.strip_prefix(*word));
    let rest = rest
        .map(|rest| rest.trim_ascii_start())
        .map(|rest| rest.strip_prefix(b":").unwrap_or(rest));
    rest.is_some_and(|rest| {
        let number = rest.trim_ascii().strip_prefix(b"#").unwrap_or(rest.trim_ascii());
        (1..=5).contains(&number.len()) && number.iter().all(u8::is_ascii_digit)
    })
}
