//! Small makers for what importers push: a field with its rule, and the places of values in a text.

use crate::decode::DecodedText;
use fanfold_model::{ExtractedField, FieldKind, Span};

/// A plain-text field.
pub(crate) fn field(
    kind: FieldKind,
    label: &str,
    value: &str,
    rule: &'static str,
    confidence: f64,
) -> ExtractedField {
    ExtractedField {
        kind,
        label: label.to_owned(),
        value: value.to_owned(),
        html: false,
        source: 0,
        span: None,
        rule,
        confidence,
    }
}

/// A field whose value is HTML.
pub(crate) fn html_field(
    kind: FieldKind,
    label: &str,
    html: String,
    rule: &'static str,
    confidence: f64,
) -> ExtractedField {
    ExtractedField { html: true, ..field(kind, label, &html, rule, confidence) }
}

/// Finds where values stand in the text they were read from, each behind the one before.
pub(crate) struct Places<'a> {
    decoded: Option<&'a DecodedText>,
    at: usize,
}

impl<'a> Places<'a> {
    /// Places in this text; none are found where there is no text (a member of a book).
    pub(crate) fn new(decoded: Option<&'a DecodedText>) -> Self {
        Self { decoded, at: 0 }
    }

    /// The next place of a value, spelled as it is or with HTML's escapes.
    pub(crate) fn of(&mut self, value: &str) -> Option<Span> {
        let decoded = self.decoded?;
        let rest = decoded.text.get(self.at..)?;
        let (found, length) = find(rest, value)?;
        let start = self.at + found;
        self.at = start + length;
        Some(decoded.span(start..start + length))
    }

    /// Goes on behind the next place of a mark; stays where it is when there is none.
    pub(crate) fn skip_to(&mut self, mark: &str) {
        let rest = self.decoded.and_then(|decoded| decoded.text.get(self.at..));
        if let Some(found) = rest.and_then(|rest| rest.find(mark)) {
            self.at += found + mark.len();
        }
    }
}

/// Where a value stands in a text, spelled as it is or with HTML's escapes, and how long it is there.
pub(crate) fn find(text: &str, value: &str) -> Option<(usize, usize)> {
    if value.is_empty() {
        return None;
    }
    if let Some(found) = text.find(value) {
        return Some((found, value.len()));
    }
    if !value.contains(['&', '<', '>', '\'', '"']) {
        return None;
    }
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = escaped.replace('\'', "&#39;").replace('"', "&quot;");
    [escaped, quoted]
        .iter()
        .find_map(|spelled| text.find(spelled.as_str()).map(|found| (found, spelled.len())))
}
