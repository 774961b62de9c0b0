//! The headers of a message as they stand in its text: names, unfolded values, places. Reading is lenient: an empty
//! line may be missing behind the block, and programs put lines of their own in front of it.

use fanfold_source::TRANSPORT_HEADERS;
use mail_parser::MessageParser;
use std::ops::Range;

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The name in lower case.
    pub(super) name: String,
    /// The value, folded lines joined, encoded words read.
    pub(super) value: String,
    /// Where the value stands.
    pub(super) place: Range<usize>,
}

/// The block of headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headers {
    list: Vec<Header>,
    /// Where the first header begins.
    pub(super) start: usize,
    /// Where the body begins.
    pub(super) body: usize,
}

/// Names that mail and news programs write; `x-...` and `list-...` are known too.
const KNOWN: &[&str] = &[
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "newsgroups",
    "path",
    "xref",
    "lines",
    "references",
    "in-reply-to",
    "organization",
    "organisation",
    "summary",
    "keywords",
    "followup-to",
    "distribution",
    "expires",
    "approved",
    "nntp-posting-host",
    "nntp-posting-date",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-length",
    "content-description",
    "received",
    "return-path",
    "delivered-to",
    "status",
    "precedence",
    "mailing-list",
    "errors-to",
    "user-agent",
    "archive-name",
    "supersedes",
    "control",
    "originator",
    "complaints-to",
    "dkim-signature",
    "domainkey-signature",
    "authentication-results",
    "thread-topic",
    "thread-index",
    "importance",
    "priority",
    "comments",
    "sent",
    "received-spf",
    "return-receipt-to",
    "disposition-notification-to",
    "message",
    "mail-from",
    "article",
    "posted-by",
    "apparently-to",
    "old-subject",
    "mailer",
    "content-language",
    "cancel-lock",
    "injection-info",
];

/// Beside those that only transport writes, names that count where the block stands at the very beginning: a quoted
/// message has them too.
const ADDRESSED: [&str; 6] =
    ["reply-to", "to", "content-type", "mailing-list", "list-id", "precedence"];

impl Headers {
    /// The headers at the beginning of a text, if it is a message.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut list: Vec<Header> = Vec::new();
        let start = start(text);
        let mut at = start;
        let mut body = text.len();
        for line in text.get(at..)?.split_inclusive('\n') {
            let place = at..at + line.trim_end().len();
            let folded = line.starts_with([' ', '\t']) && !line.trim().is_empty();
            if let (true, Some(last)) = (folded, list.last_mut()) {
                last.place.end = place.end;
            } else if let Some((name, value)) = header(line) {
                let from = at + line.len() - value.len();
                let place = from..place.end.max(from);
                list.push(Header { name, value: String::new(), place });
            } else {
                body = if line.trim().is_empty() { at + line.len() } else { at };
                break;
            }
            at += line.len();
        }
        for header in &mut list {
            let written = text.get(header.place.clone()).unwrap_or_default();
            header.place.start += written.len() - written.trim_start().len();
            header.value = unfolded(written);
        }
        let headers = Self { list, start, body };
        headers.is_message().then_some(headers)
    }

    fn is_message(&self) -> bool {
        let has = |name: &str| self.first(name).is_some();
        let names = TRANSPORT_HEADERS.iter().chain(&ADDRESSED);
        let transport = names.filter(|name| has(name)).count();
        let (from, subject) = (has("from") || has("sender"), has("subject"));
        (from && subject && (has("date") || has("sent") || transport > 0))
            || (transport > 1 && (from || subject))
    }

    /// The first header of a name, if it says anything.
    pub(super) fn first(&self, name: &str) -> Option<&Header> {
        self.list.iter().find(|header| header.name == name && !header.value.is_empty())
    }

    /// The value of the first header of a name.
    pub(super) fn value(&self, name: &str) -> &str {
        self.first(name).map_or("", |header| &header.value)
    }
}

/// Behind empty lines and the lines that mailboxes and newsreaders put in front.
fn start(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}').trim_end();
        let in_front = bare.trim().is_empty()
            || bare.starts_with("From ") && bare.contains(':')
            || bare.starts_with(">From ")
            || bare.starts_with("#! rnews ")
            || bare.starts_with("Article ") && bare.len() < 100
            || bare.len() >= 5 && bare.chars().all(|c| "-=_*#~".contains(c));
        if !in_front {
            break;
        }
        at += line.len();
    }
    at
}

fn header(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_start_matches('\u{feff}').to_ascii_lowercase();
    let spelled = (2..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let known = KNOWN.contains(&name.as_str())
        || ["x-", "list-", "resent-", "arc-"].iter().any(|start| name.starts_with(start));
    (spelled && known).then_some((name, value))
}

/// A value in one line; words that were encoded for transport are read.
fn unfolded(written: &str) -> String {
    let joined = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if !joined.contains("=?") {
        return joined;
    }
    let message = format!("Subject: {joined}\r\n\r\n");
    let parsed = MessageParser::new().parse(message.as_bytes());
    let read = parsed.as_ref().and_then(|message| message.subject().map(str::to_owned));
    read.unwrap_or(joined)
}

/// The name in a From header: `"Wren" <a@b>`, `a@b (Wren)`, `Wren`; empty where there is only an address.
pub(super) fn sender_name(value: &str) -> String {
    let bare = value.trim();
    let inside = bare
        .split_once('(')
        .filter(|(before, _)| before.contains('@'))
        .and_then(|(_, rest)| rest.rsplit_once(')'))
        .map(|(name, _)| name);
    let before = bare.split_once('<').map(|(name, _)| name);
    let name = inside.or(before).unwrap_or(bare);
    let name = name.trim().trim_matches(['"', '\'', ' ']);
    let hides = fanfold_text::addresses::holds_address(name) || name.contains('@');
    if hides { String::new() } else { name.replace("\\\"", "\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_headers_ends_at_the_first_line_that_is_none() {
        let text = "Path: news!x\nFrom: wren@example.org (Wren)\nSubject: The\n\tLamp (1/2)\nDate: 4 Mar 1997\nTitle: The Lamp\n\nIt burned.\n";
        let headers = Headers::read(text).unwrap();
        assert_eq!(headers.value("subject"), "The Lamp (1/2)");
        assert!(text[headers.body..].starts_with("Title: The Lamp"));
        assert_eq!(&text[headers.first("date").unwrap().place.clone()], "4 Mar 1997");
    }

    #[test]
    fn a_story_header_and_a_letter_in_a_story_are_no_message() {
        for text in [
            "Title: The Lamp\nFrom: Wren\nSubject: oil\n\nIt burned.\n",
            "From: Wren\n\nDear Alice,\n",
            "Subject: lamps\nAuthor: Wren\n\nIt burned.\n",
            "",
            "\n\n",
        ] {
            assert_eq!(Headers::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn names_of_senders_come_without_addresses() {
        for (written, name) in [
            ("\"Wren Ash\" <wren@example.org>", "Wren Ash"),
            ("wren@example.org (Wren Ash)", "Wren Ash"),
            ("wren@example.org", ""),
            ("Wren", "Wren"),
            ("\"wren@example.org\" <wren@example.org>", ""),
            ("<wren@example.org>", ""),
        ] {
            assert_eq!(sender_name(written), name, "{written}");
        }
        assert_eq!(unfolded("=?iso-8859-1?Q?Das_M=E4dchen?= (1/2)"), "Das Mädchen (1/2)");
    }
}
