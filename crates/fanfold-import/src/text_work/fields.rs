//! Collects what the rules read: fields with their places, links, findings, the part.

use std::ops::Range;

use fanfold_model::PartLink;
use fanfold_model::{ExtractedField, FieldKind};
use fanfold_model::{Finding, FindingCode};
use fanfold_model::{Span, SpanUnit};

use super::codes::rated_in;
use super::ends::related_work;
use super::lines::{ends_sentence, is_blank_char};

/// What has been read so far.
pub(super) struct Fields<'a> {
    text: &'a str,
    unit: SpanUnit,
    pub(super) fields: Vec<ExtractedField>,
    pub(super) links: Vec<PartLink>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Fields<'a> {
    /// Nothing read yet.
    pub(super) fn new(text: &'a str, unit: SpanUnit) -> Self {
        Self { text, unit, fields: Vec::new(), links: Vec::new(), findings: Vec::new() }
    }

    /// A place in the unit of this reading.
    pub(super) fn span(&self, place: &Range<usize>) -> Span {
        Span { start: place.start as u64, end: place.end as u64, unit: self.unit }
    }

    /// Adds a field whose value is the text of a place, its wrapped lines joined.
    pub(super) fn add(
        &mut self,
        kind: FieldKind,
        label: &str,
        place: Range<usize>,
        rule: &'static str,
        confidence: f64,
    ) {
        let value = unwrapped(&self.text[place.clone()]);
        self.add_value(kind, label, value, place, rule, confidence);
    }

    /// Adds a field whose value is not simply the text of its place.
    pub(super) fn add_value(
        &mut self,
        kind: FieldKind,
        label: &str,
        value: String,
        place: Range<usize>,
        rule: &'static str,
        confidence: f64,
    ) {
        self.link_from(kind, &value);
        self.fields.push(ExtractedField {
            kind,
            label: label.to_owned(),
            value,
            html: false,
            source: 0,
            span: Some(self.span(&place)),
            rule,
            confidence,
        });
    }

    /// "Rated R: ..." hidden in prose.
    pub(super) fn rating_inside(&mut self, place: Range<usize>) {
        if let Some(range) = rated_in(&self.text[place.clone()]) {
            let place = place.start + range.start..place.start + range.end;
            self.add(FieldKind::Rating, "", place, "rated-in-prose", 0.7);
        }
    }

    /// Adds a finding at a place.
    pub(super) fn note(
        &mut self,
        code: FindingCode,
        message: impl Into<String>,
        place: &Range<usize>,
    ) {
        let span = Some(self.span(place));
        self.findings.push(Finding::new(code, message).at(span));
    }

    /// A sequel or prequel that a note or series line names.
    fn link_from(&mut self, kind: FieldKind, value: &str) {
        use FieldKind as K;
        if !matches!(
            kind,
            K::Notes
                | K::Series
                | K::Summary
                | K::Status
                | K::Disclaimer
                | K::Timeline
                | K::Spoilers
                | K::Other
        ) {
            return;
        }
        if let Some((rel, title)) = related_work(value) {
            let link =
                PartLink { rel, part: None, title: Some(value[title].to_owned()), url: None };
            if !self.links.contains(&link) {
                self.links.push(link);
            }
        }
    }

    /// The preferred value of a kind.
    pub(super) fn first(&self, kind: FieldKind) -> Option<&str> {
        self.fields.iter().find(|field| field.kind == kind).map(|field| field.value.as_str())
    }

    /// Whether a field of this kind was read.
    pub(super) fn has(&self, kind: FieldKind) -> bool {
        self.fields.iter().any(|field| field.kind == kind)
    }
}

/// Wrapped lines joined by a blank; a short line that ends a sentence keeps its end.
pub(super) fn unwrapped(value: &str) -> String {
    let mut joined = String::with_capacity(value.len());
    let mut last_size = 0;
    for line in super::lines::lines(value) {
        let text = line.text.trim_matches(is_blank_char);
        if text.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            let keeps = last_size < 60 && ends_sentence(&joined);
            joined.push(if keeps { '\n' } else { ' ' });
        }
        last_size = text.chars().count();
        joined.push_str(text);
    }
    joined
}
