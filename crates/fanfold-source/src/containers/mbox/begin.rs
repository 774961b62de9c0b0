//! Where a message begins. Words alone never decide: a story may quote a letter, and a forwarded message has headers
//! of its own.

use super::lines::Lines;
use std::io::Read;

/// How a message begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    /// With a `From ` line of a mailbox.
    Mailbox,
    /// With a line of a news batch that tells its length.
    Batch(u64),
    /// With its headers.
    Headers,
}

impl Begin {
    /// Whether this ends the message before it: inside a mailbox only `From ` lines do.
    pub(super) fn ends(self, in_mailbox: bool) -> bool {
        !in_mailbox || self == Self::Mailbox
    }
}

/// Lines of headers that are looked at.
const LOOKED_AT: usize = 60;

/// Headers, in lower case, that only the transport of mail and news writes: a quoted or forwarded message seldom has
/// them, and a story's own header never.
pub const TRANSPORT_HEADERS: [&str; 14] = [
    "message-id",
    "newsgroups",
    "path",
    "received",
    "return-path",
    "references",
    "xref",
    "lines",
    "nntp-posting-host",
    "mime-version",
    "delivered-to",
    "x-mailer",
    "organization",
    "in-reply-to",
];

/// How a message begins at the next line, if one does. `outermost`: nothing stands before it.
pub(super) fn begins<R: Read>(lines: &mut Lines<R>, outermost: bool) -> Option<Begin> {
    let first = lines.peek(0)?.to_vec();
    if let Some(length) = first.strip_prefix(b"#! rnews ") {
        let length = std::str::from_utf8(length).ok()?.split_whitespace().next()?;
        return length.parse().ok().map(Begin::Batch);
    }
    if is_from_line(&first)
        && lines
            .peek(1)
            .is_some_and(|line| header_name(line).is_some() || line.starts_with(b">From "))
    {
        return Some(Begin::Mailbox);
    }
    // Some programs that save news write a line of their own in front.
    let skip = usize::from(first.starts_with(b"Article ") && first.len() < 100);
    headers(lines, skip, outermost).then_some(Begin::Headers)
}

/// A block of headers with sender, subject, and a sign of transport.
fn headers<R: Read>(lines: &mut Lines<R>, skip: usize, outermost: bool) -> bool {
    let (mut from, mut subject, mut date, mut transport, mut count) = (false, false, false, 0, 0);
    for ahead in skip..LOOKED_AT {
        let Some(line) = lines.peek(ahead) else { break };
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if count == 0 {
                return false;
            }
            continue;
        }
        let Some(name) = header_name(line) else { return false };
        count += 1;
        match name.as_str() {
            "from" | "sender" => from = true,
            "subject" => subject = true,
            "date" => date = true,
            name if TRANSPORT_HEADERS.contains(&name) => transport += 1,
            _ => {}
        }
    }
    let plain = outermost && from && subject && date;
    (from && subject && transport > 0) || transport > 1 && (from || subject) || plain
}

/// "From sender@host Tue Mar  4 10:11:12 1997", with all the forms that dates there take.
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let text = String::from_utf8_lossy(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    let year = words.iter().any(|word| {
        word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1970..2100).contains(&year))
    });
    let time = words.iter().any(|word| {
        word.split(':').count() >= 2 && word.split(':').all(|part| part.parse::<u32>().is_ok())
    });
    let day = words.iter().any(|word| {
        let start = word.get(..3).unwrap_or_default().to_ascii_lowercase();
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&start.as_str())
    });
    words.len() >= 4 && time && (year || day)
}

/// The name of a header in lower case, if the line is one.
pub(super) fn header_name(line: &[u8]) -> Option<String> {
    let end = line.iter().position(|byte| *byte == b':')?;
    let name = &line[..end];
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let fits = (2..=40).contains(&end) && name.iter().all(plain) && name[0].is_ascii_alphabetic();
    fits.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}
