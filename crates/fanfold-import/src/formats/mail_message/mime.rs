//! Which bytes of a message are its text. A plain message is read where it stands, so that every value keeps its
//! place; one that was encoded for transport is decoded first. Of several forms of one text the richer is taken.

use super::headers::Headers;
use super::transfer::{unflowed, unquoted};
use crate::decode::DecodedText;
use fanfold_model::{Finding, FindingCode};
use fanfold_text::encoding::{self, EncodingHint};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::ops::Range;

/// The text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    /// It stands in the decoded item as it is.
    InPlace(Range<usize>),
    /// It was decoded.
    Text(String),
    /// It is HTML.
    Html(String),
}

/// The body of a message and what was noticed about it.
pub(super) fn body(bytes: &[u8], decoded: &DecodedText, headers: &Headers) -> (Body, Vec<Finding>) {
    let place = headers.body..decoded.text.len();
    let content = headers.value("content-type").to_ascii_lowercase();
    let transfer = headers.value("content-transfer-encoding").to_ascii_lowercase();
    let text = decoded.text.get(place.clone()).unwrap_or_default();
    let plain = content.is_empty() || content.starts_with("text/plain") || content == "text";
    let as_is = matches!(transfer.as_str(), "" | "7bit" | "8bit" | "binary");
    if plain && as_is {
        if soft_breaks(text) >= 3 {
            return (
                Body::Text(read_bytes(&unquoted(&bytes[after_headers(bytes)..]), None)),
                Vec::new(),
            );
        }
        if let Some(delsp) = flowed(&content) {
            return (Body::Text(unflowed(text, delsp)), Vec::new());
        }
        if !is_foreign(&content) || text.is_ascii() {
            return (Body::InPlace(place), Vec::new());
        }
    }
    let start = headers.start.min(bytes.len());
    match MessageParser::new().parse(&bytes[start..]) {
        Some(message) => of_message(&message, place),
        None => (Body::InPlace(place), Vec::new()),
    }
}

/// Lines that end in `=`, or escapes of blanks before a line end: quoted-printable whose header was lost.
fn soft_breaks(text: &str) -> usize {
    text.lines()
        .filter(|line| line.len() > 40 && (line.ends_with('=') || line.ends_with("=20")))
        .count()
}

fn after_headers(bytes: &[u8]) -> usize {
    let ends = [b"\r\n\r\n".as_slice(), b"\n\n"];
    let found = ends.iter().filter_map(|end| {
        bytes.windows(end.len()).position(|window| window == *end).map(|at| at + end.len())
    });
    found.min().unwrap_or(0)
}

/// Whether a content type asks for `format=flowed`, and whether its blanks go.
fn flowed(content: &str) -> Option<bool> {
    content.contains("flowed").then(|| content.contains("delsp") && content.contains("yes"))
}

/// Whether the stated charset is one that looking at the bytes may miss.
fn is_foreign(content: &str) -> bool {
    let charset = content
        .split("charset")
        .nth(1)
        .unwrap_or_default()
        .trim_start_matches([' ', '=', '"', '\'']);
    const GUESSED: [&str; 7] =
        ["", "us-ascii", "ascii", "utf-8", "iso-8859-1", "windows-1252", "unknown"];
    !GUESSED
        .iter()
        .any(|known| charset == *known || !known.is_empty() && charset.starts_with(known))
        || charset.starts_with("iso-8859-1")
            && charset.as_bytes().get(10).is_some_and(u8::is_ascii_digit)
}

fn of_message(message: &Message<'_>, place: Range<usize>) -> (Body, Vec<Finding>) {
    let findings = attachments(message);
    let texts: Vec<String> = bodies(message, &message.text_body, false);
    let html: Vec<String> = bodies(message, &message.html_body, true);
    let (text, html) = (texts.join("\n\n"), html.join("\n<hr>\n"));
    let body = if !html.trim().is_empty() && is_richer(&html, &text) {
        Body::Html(html)
    } else if !text.trim().is_empty() {
        Body::Text(text)
    } else if findings.is_empty() && message.parts.len() <= 1 {
        Body::InPlace(place)
    } else {
        Body::Text(String::new())
    };
    (body, findings)
}

/// The parts with these numbers that are of the wanted kind.
fn bodies(message: &Message<'_>, numbers: &[u32], html: bool) -> Vec<String> {
    let parts = numbers.iter().filter_map(|number| message.part(*number));
    let wanted = parts.filter(|part| part.attachment_name().is_none());
    wanted
        .filter(|part| matches!(part.body, PartType::Html(_)) == html)
        .filter_map(|part| text_of(message, part))
        .collect()
}

/// The HTML form is taken where the plain one is missing, much shorter, or has lost the emphasis.
fn is_richer(html: &str, text: &str) -> bool {
    let mut inside = false;
    let seen = html.chars().filter(|c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => {}
        }
        !inside && c.is_alphanumeric()
    });
    let (seen, plain) = (seen.count(), text.chars().filter(|c| c.is_alphanumeric()).count());
    let lower = html.to_ascii_lowercase();
    let emphasis = ["<i>", "<em>", "<b>", "<strong>"].iter().any(|tag| lower.contains(tag));
    plain * 10 < seen * 6 || emphasis && !text.contains(['*', '_'])
}

/// The text of a part, decoded by the archive's own rules: stated charsets are often wrong.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    let held = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text,
        _ => return None,
    };
    let place = part.offset_body as usize..part.offset_end as usize;
    let raw = message.raw_message().get(place).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::QuotedPrintable => unquoted(raw),
        Encoding::Base64 => base64_decode(raw).unwrap_or_else(|| held.as_bytes().to_vec()),
        Encoding::None => raw.to_vec(),
    };
    let kind = part.content_type();
    let charset = kind.and_then(|kind| kind.attribute("charset"));
    let text = read_bytes(&bytes, charset);
    let flows = kind
        .and_then(|kind| kind.attribute("format"))
        .is_some_and(|own| own.eq_ignore_ascii_case("flowed"));
    let delsp = kind
        .and_then(|kind| kind.attribute("delsp"))
        .is_some_and(|own| own.eq_ignore_ascii_case("yes"));
    Some(if flows { unflowed(&text, delsp) } else { text })
}

fn read_bytes(bytes: &[u8], charset: Option<&str>) -> String {
    encoding::decode(bytes, charset.map(EncodingHint::declared)).text
}

/// What else the message carries: named, and kept in the original.
fn attachments(message: &Message<'_>) -> Vec<Finding> {
    message
        .parts
        .iter()
        .filter_map(|part| {
            let what = match &part.body {
                PartType::Message(_) => "a forwarded message".to_owned(),
                PartType::Multipart(_) => return None,
                _ => format!("the attachment “{}”", part.attachment_name()?),
            };
            let size = part.offset_end.saturating_sub(part.offset_body);
            let what = format!("The message also carries {what} ({size} bytes).");
            Some(Finding::new(FindingCode::ATTACHMENT, what))
        })
        .collect()
}
