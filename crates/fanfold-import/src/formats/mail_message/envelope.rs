//! What the headers say, laid under what the story says of itself: a label in the text is believed before the subject
//! line, a subject line before a line that only stands where a title might.

use super::headers::{Header, Headers, sender_name};
use super::subject::Subject;
use crate::decode::DecodedText;
use crate::seen::field;
use fanfold_model::{
    Extracted, ExtractedField, FieldKind, Identity, IdentityKind, PartMark, Span, fold_name,
};
use std::ops::Range;

/// How a value out of a subject line is marked.
pub(super) const SUBJECT: &str = "mail-subject";

/// Adds the headers to a story.
pub(super) fn add(
    headers: &Headers,
    subject: &Subject,
    decoded: &DecodedText,
    read: &mut Extracted,
) {
    let envelope = Envelope { decoded };
    if let Some(line) = headers.first("subject") {
        envelope.subject(line, subject, read);
    }
    envelope.people(headers, read);
    let plain = [
        ("date", FieldKind::Published, "Date", 0.7),
        ("sent", FieldKind::Published, "Sent", 0.6),
        ("newsgroups", FieldKind::Other, "Newsgroups", 0.9),
        ("list-id", FieldKind::Other, "List-Id", 0.9),
        ("mailing-list", FieldKind::Other, "Mailing-List", 0.9),
        ("archive-name", FieldKind::Other, "Archive-Name", 0.9),
        ("keywords", FieldKind::Other, "Keywords", 0.7),
    ];
    for (name, kind, label, confidence) in plain {
        if let Some(header) = headers.first(name) {
            read.fields.push(envelope.whole(header, kind, label, confidence));
        }
    }
    if let Some(header) = headers.first("summary")
        && read.fields_of(FieldKind::Summary).next().is_none()
    {
        read.fields.push(envelope.whole(header, FieldKind::Summary, "Summary", 0.8));
    }
    for (name, label) in [("references", "References"), ("in-reply-to", "In-Reply-To")] {
        let ids: Vec<&str> =
            headers.value(name).split(['<', '>', ' ']).filter(|id| id.contains('@')).collect();
        if !ids.is_empty() {
            read.fields.push(field(FieldKind::Other, label, &ids.join(" "), "mail-header", 0.9));
        }
    }
    for chapter in &mut read.chapters {
        chapter.published = headers.first("date").map(|date| date.value.clone());
    }
    if let Some(id) = message_id(headers.value("message-id")) {
        read.identities.push(Identity::new(IdentityKind::MessageId, id));
    }
}

/// Adds a subject line that stands in no message.
pub(super) fn add_subject(value: &str, subject: &Subject, read: &mut Extracted) {
    if value.trim().is_empty() {
        return;
    }
    let header = Header { name: "subject".to_owned(), value: value.to_owned(), place: 0..0 };
    Envelope { decoded: &DecodedText::default() }.subject(&header, subject, read);
}

/// A Message-ID without its brackets.
fn message_id(value: &str) -> Option<String> {
    let id = value.split_whitespace().next()?.trim_matches(['<', '>']);
    (id.contains('@') && id.len() <= 250).then(|| id.to_owned())
}

struct Envelope<'a> {
    decoded: &'a DecodedText,
}

impl Envelope<'_> {
    fn whole(
        &self,
        header: &Header,
        kind: FieldKind,
        label: &str,
        confidence: f64,
    ) -> ExtractedField {
        let mut own = field(kind, label, &header.value, "mail-header", confidence);
        own.span = self.span(header, &(0..header.value.len()));
        own
    }

    /// The place of a stretch of a header's value; none where the value was folded or encoded.
    fn span(&self, header: &Header, range: &Range<usize>) -> Option<Span> {
        let written = self.decoded.text.get(header.place.clone())?;
        let value = header.value.get(range.clone())?;
        let at = if written == header.value { Some(range.start) } else { written.find(value) };
        let start = header.place.start + at.filter(|_| !value.is_empty())?;
        Some(self.decoded.span(start..start + value.len()))
    }

    fn piece(
        &self,
        header: &Header,
        range: &Range<usize>,
        kind: FieldKind,
        confidence: f64,
    ) -> ExtractedField {
        let value = header.value.get(range.clone()).unwrap_or_default();
        let mut own = field(kind, "Subject", value, SUBJECT, confidence);
        own.span = self.span(header, range);
        own
    }

    fn subject(&self, line: &Header, subject: &Subject, read: &mut Extracted) {
        read.fields.push(self.whole(line, FieldKind::Other, "Subject", 0.9));
        if !subject.title.is_empty() && !is_no_title(&line.value[subject.title.clone()]) {
            let title = self.piece(line, &subject.title, FieldKind::Title, 0.65);
            place_title(title, read);
        }
        let has = |kind: FieldKind, read: &Extracted| read.fields_of(kind).next().is_some();
        if let Some(range) = subject.creator.as_ref().filter(|_| !has(FieldKind::Creator, read)) {
            read.fields.push(self.piece(line, range, FieldKind::Creator, 0.7));
        }
        for range in &subject.tags {
            let tag = self.piece(line, range, FieldKind::Other, 0.8);
            read.fields.push(ExtractedField { label: "Subject tag".to_owned(), ..tag });
        }
        for range in &subject.ratings {
            read.fields.push(self.piece(line, range, FieldKind::Rating, 0.7));
        }
        if !has(FieldKind::Relationship, read) {
            let pairs = subject.pairings.iter();
            read.fields
                .extend(pairs.map(|range| self.piece(line, range, FieldKind::Relationship, 0.6)));
        }
        self.part(line, subject, read);
    }

    /// The subject numbers the messages; a label in the text that also knows the whole is believed first.
    fn part(&self, line: &Header, subject: &Subject, read: &mut Extracted) {
        let Some(part) = &subject.part else { return };
        let written = &line.value[part.place.clone()];
        let says_more = read.part.as_ref().is_some_and(|own| own.of.is_some() && part.of.is_none());
        let counts = part.part > 0 || part.of.is_some() || is_outside(written);
        if part.of == Some(1) {
            read.part = None;
        }
        if says_more || !counts || part.of == Some(1) {
            return;
        }
        read.part = Some(PartMark {
            part: part.part,
            through: part.through,
            of: part.of,
            written: written.to_owned(),
            span: self.span(line, &part.place),
        });
    }

    fn people(&self, headers: &Headers, read: &mut Extracted) {
        let Some(from) = headers.first("from").or_else(|| headers.first("sender")) else { return };
        let name = sender_name(&from.value);
        if name.is_empty() {
            return;
        }
        let at = from.value.find(&name).unwrap_or(0);
        let mut poster = field(FieldKind::Poster, "From", &name, "mail-header", 0.9);
        poster.span = self.span(from, &(at..at + name.len()));
        read.fields.push(poster);
    }
}

/// A prologue or an epilogue: before the first part, behind the last.
fn is_outside(written: &str) -> bool {
    let folded = fold_name(written);
    folded.contains("prolog") || folded.contains("epilog")
}

/// "New story", "my first fic", "Chapter 3": subjects that name no story.
fn is_no_title(title: &str) -> bool {
    const NONE: [&str; 14] = [
        "new story",
        "story",
        "my story",
        "new fic",
        "fic",
        "my first fic",
        "first fic",
        "my first story",
        "fanfic",
        "none",
        "no subject",
        "(no subject)",
        "untitled",
        "repost",
    ];
    let folded = fold_name(title);
    NONE.contains(&folded.as_str()) || !title.chars().any(char::is_alphanumeric)
}

/// Puts the subject's title before one that was only guessed, and behind one that was stated.
fn place_title(title: ExtractedField, read: &mut Extracted) {
    const GUESSED: [&str; 6] = [
        "line-above-labels",
        "line-above-body",
        "first-line",
        "subject",
        "page-heading",
        "page-title",
    ];
    let first = read.fields.iter().position(|own| own.kind == FieldKind::Title);
    match first {
        Some(at)
            if GUESSED.contains(&read.fields[at].rule)
                && !same(&read.fields[at].value, &title.value) =>
        {
            read.fields.insert(at, title);
        }
        _ => read.fields.push(title),
    }
}

fn same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| fold_name(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(one) == letters(other)
}
