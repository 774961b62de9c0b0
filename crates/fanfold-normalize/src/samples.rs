//! Readings for the tests of this crate: fields, parts, and the work that comes of them.

use crate::{Context, normalize};
use fanfold_model::{
    Extracted, ExtractedChapter, ExtractedField, FieldKind, PartMark, ReadAs, Work,
};

/// 2026-01-01.
pub(crate) const TODAY: i32 = 20_454;

pub(crate) fn field(kind: FieldKind, label: &str, value: &str) -> ExtractedField {
    ruled(kind, label, value, "label")
}

pub(crate) fn ruled(
    kind: FieldKind,
    label: &str,
    value: &str,
    rule: &'static str,
) -> ExtractedField {
    ExtractedField {
        kind,
        label: label.to_owned(),
        value: value.to_owned(),
        html: false,
        source: 0,
        span: None,
        rule,
        confidence: 0.9,
    }
}

pub(crate) fn of(fields: impl IntoIterator<Item = ExtractedField>) -> Extracted {
    let mut extracted = Extracted::new(ReadAs::Work);
    extracted.fields = fields.into_iter().collect();
    extracted
}

pub(crate) fn normalized(extracted: &Extracted) -> Work {
    normalize(extracted, &Context::on(TODAY))
}

pub(crate) fn work(fields: impl IntoIterator<Item = ExtractedField>) -> Work {
    normalized(&of(fields))
}

pub(crate) fn part(part: u32, of: Option<u32>) -> PartMark {
    PartMark {
        part,
        through: part,
        of,
        written: format!("{part}/{}", of.map_or("?".to_owned(), |of| of.to_string())),
        span: None,
    }
}

pub(crate) fn chapter(html: &str) -> ExtractedChapter {
    ExtractedChapter { html: html.to_owned(), ..ExtractedChapter::default() }
}

pub(crate) fn codes(work: &Work) -> Vec<&str> {
    work.findings.iter().map(|finding| finding.code.as_str()).collect()
}
