//! Mail message: one message of a mailing list or a newsgroup, as mail programs, newsreaders and list archives kept it.
//!
//! Recognised by its headers at the very beginning: sender and subject with a date or a sign of transport; a story's
//! own header that only looks like them is none. Mailboxes, batches and digests are taken apart before, so that each
//! message is an item of its own. Read: encoded words, MIME with its transfer encodings and charsets (of two forms of
//! one text the richer), `format=flowed`, quoted-printable whose header was lost; then the header, chapters and end of
//! the story by the rules for plain text. The subject gives title, part, rating and pairing where the story itself
//! says none; the sender is the poster and not the author; the date is when it was posted. Signatures, list footers
//! and advertisements are parted from the text and kept. Answers, questions, list rules and praise are no works.
//!
//! Not read: texts in attachments (they are named), encrypted messages, several stories in one message.

use crate::decode::DecodedText;
use crate::from_text::{self, TextPlaces};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::rich::lines_of;
use crate::seen::{Places, field};
use crate::{page, text_work};
use fanfold_model::{Extracted, FieldKind, Finding, FindingCode, ReadAs, Span, SpanUnit};
use fanfold_text::paragraphs;
use headers::Headers;
use mime::Body;
use std::ops::Range;

mod envelope;
mod headers;
mod mime;
mod subject;
mod subject_words;
mod tail;
mod talk;
mod transfer;

/// The importer.
pub(crate) struct MailMessage;

impl Importer for MailMessage {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "mail-message",
            name: "Mail message",
            description: "A story posted to a mailing list or a newsgroup",
            docs: "Mailboxes, news batches and digests are taken apart; each message is read with its MIME parts, its \
                   subject, sender and date, and the story's own header. Parts over several messages become one work. \
                   Signatures and footers are kept beside the text. Answers, questions and list business are refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        let first = probe.head.iter().find(|byte| !byte.is_ascii_whitespace())?;
        if !probe.is_text() || *first == b'<' || *first == b'{' {
            return None;
        }
        Headers::read(probe.text())
            .map(|_| Match { score: 700, reason: "It begins with the headers of a message." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        sink.extracted(read(input)?);
        Ok(())
    }
}

/// Reads a message; what begins with no headers is a text.
///
/// # Errors
/// If the bytes cannot be had.
pub(crate) fn read(input: &Input<'_>) -> Result<Extracted, ImportError> {
    let decoded = input.text()?;
    let Some(headers) = Headers::read(&decoded.text) else {
        return Ok(crate::formats::plain_text::read(decoded));
    };
    let (body, findings) = mime::body(&input.bytes()?, decoded, &headers);
    let mut read = Message { decoded, headers: &headers }.read(body);
    read.findings.splice(0..0, decoded.findings.iter().cloned().chain(findings));
    read.encoding = Some(decoded.encoding.to_owned());
    Ok(read)
}

/// What a subject line says about the text under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SubjectSays {
    /// A tag announces a story.
    pub(crate) announces: bool,
    /// A tag says that it is something else.
    pub(crate) denies: bool,
    /// It numbers a part.
    pub(crate) part: bool,
    /// It holds a rating or a pairing.
    pub(crate) rated: bool,
}

/// Lays a subject line under a story that was posted under it somewhere else than in a message.
pub(crate) fn under_subject(value: &str, read: &mut Extracted) -> SubjectSays {
    let subject = subject::read(value);
    envelope::add_subject(value, &subject, read);
    SubjectSays {
        announces: subject.announces,
        denies: subject.denies,
        part: subject.part.is_some(),
        rated: !subject.ratings.is_empty() || !subject.pairings.is_empty(),
    }
}

struct Message<'a> {
    decoded: &'a DecodedText,
    headers: &'a Headers,
}

impl Message<'_> {
    fn read(&self, body: Body) -> Extracted {
        let (text, mut read) = match body {
            Body::InPlace(place) => {
                let text = self.decoded.text.get(place.clone()).unwrap_or_default();
                (text.to_owned(), self.plain(text, Some(place.start)))
            }
            Body::Text(text) => {
                let read = self.plain(&text, None);
                (text, read)
            }
            Body::Html(html) => self.html(&html),
        };
        let subject_line = self.headers.value("subject");
        let subject = subject::read(subject_line);
        if matches!(read.read_as, ReadAs::Work | ReadAs::Part) {
            let title = subject_line.get(subject.title.clone()).unwrap_or_default();
            match talk::reason(&subject, title, &text, &read) {
                Some(reason) => read = refused(reason),
                None => envelope::add(self.headers, &subject, self.decoded, &mut read),
            }
        }
        read
    }

    /// A plain text; `at` is its place in the item where it stands there as it is.
    fn plain(&self, text: &str, at: Option<usize>) -> Extracted {
        let around = tail::around(text);
        let end = around
            .last()
            .filter(|own| own.place.end == text.len())
            .map_or(text.len(), |own| own.place.start);
        let inside = around.iter().filter(|own| own.place.end <= end && own.place.end < text.len());
        let holes: Vec<Range<usize>> = inside.map(|own| own.place.clone()).collect();
        let mut read = match at.filter(|_| holes.is_empty()) {
            Some(at) => {
                let text = &text[..end];
                let places = &mut InPlace { text, decoded: self.decoded, at };
                from_text::extracted(text_work::read(text, SpanUnit::Decoded), text, places)
            }
            None => {
                let text = &without(&text[..end], &holes);
                let places = &mut Found { text, places: Places::new(Some(self.decoded)) };
                from_text::extracted(text_work::read(text, SpanUnit::Decoded), text, places)
            }
        };
        for own in around {
            let mut kept =
                field(FieldKind::Other, own.what, text[own.place.clone()].trim(), "mail-tail", 0.9);
            let lead = text[own.place.clone()].len() - text[own.place.clone()].trim_start().len();
            let start = own.place.start + lead;
            kept.span = at.map(|at| self.decoded.span(at + start..at + start + kept.value.len()));
            read.fields.push(kept);
        }
        read
    }

    fn html(&self, html: &str) -> (String, Extracted) {
        let page = match page::parse(html) {
            Ok(page) => page,
            Err(finding) => {
                let mut read = Extracted::new(ReadAs::NotUnderstood);
                read.findings.push(finding);
                return (String::new(), read);
            }
        };
        let lines = lines_of(&page.first("body").unwrap_or(page.root()));
        let text: Vec<String> = lines.iter().map(|line| line.text.clone()).collect();
        let read = crate::formats::html_page::read_lines(lines, &page, None, None);
        (text.join("\n"), read)
    }
}

fn refused(reason: &str) -> Extracted {
    let mut read = Extracted::new(ReadAs::NotAWork);
    read.findings.push(Finding::new(FindingCode::NOT_A_WORK, from_text::sentence(reason)));
    read
}

/// A text without some of its stretches.
fn without(text: &str, holes: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for hole in holes {
        out.push_str(text.get(at..hole.start).unwrap_or_default());
        at = hole.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The text stands in the item.
struct InPlace<'a> {
    text: &'a str,
    decoded: &'a DecodedText,
    at: usize,
}

impl TextPlaces for InPlace<'_> {
    fn html(&mut self, range: Range<usize>) -> String {
        paragraphs::to_html(self.text.get(range).unwrap_or_default()).html.into_string()
    }

    fn place(&mut self, range: Range<usize>, _written: &str) -> Option<Span> {
        Some(self.decoded.span(self.at + range.start..self.at + range.end))
    }
}

/// The text was decoded; short values are looked for in the item.
struct Found<'a> {
    text: &'a str,
    places: Places<'a>,
}

impl TextPlaces for Found<'_> {
    fn html(&mut self, range: Range<usize>) -> String {
        paragraphs::to_html(self.text.get(range).unwrap_or_default()).html.into_string()
    }

    fn place(&mut self, _range: Range<usize>, written: &str) -> Option<Span> {
        if written.len() > 300 { None } else { self.places.of(written) }
    }
}
