//! A book's own title page: labels to read, no chapter to keep.

use super::spine::Part;
use crate::formats::fichub;
use crate::rich::Line;
use crate::seen::field;
use crate::text_work;
use fanfold_model::{Extracted, ExtractedField, FieldKind};

/// Whether a file is a title page, cover or log by what the book calls it or by what stands on it.
pub(crate) fn is_title_page(part: &Part, chapters_before: usize) -> bool {
    if part.class.contains("fff_titlepage") || part.class.contains("fff_logpage") {
        return true;
    }
    if matches!(part.guide.as_deref(), Some("title-page" | "cover" | "toc" | "copyright-page")) {
        return true;
    }
    let stem = part
        .path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .split('.')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let named = matches!(
        stem.as_str(),
        "title"
            | "titlepage"
            | "title_page"
            | "title-page"
            | "cover"
            | "coverpage"
            | "introduction"
            | "log_page"
            | "toc_page"
            | "toc"
            | "jacket"
            | "info"
            | "copyright"
    );
    let short = part.words <= 400 && part.prose == 0;
    (named && part.prose <= 2) || (chapters_before == 0 && short && labels(&part.lines) >= 2)
}

fn labels(lines: &[Line]) -> usize {
    lines.iter().flat_map(|line| line.text.lines()).map(|line| text_work::labels(line).len()).sum()
}

/// Adds the labels of a title page. What the package already says is kept beside it.
pub(super) fn read(lines: &[Line], extracted: &mut Extracted) {
    if let Some(end) = lines.iter().position(|line| fichub::is_export_note(&line.text)) {
        let known = |kind| extracted.fields_of(kind).next().is_some();
        let told = fichub::introduction(&lines[..end]);
        let new: Vec<ExtractedField> = told.into_iter().filter(|own| !known(own.kind)).collect();
        return extracted.fields.extend(new);
    }
    for line in lines.iter().flat_map(|line| line.text.lines()) {
        for hit in text_work::labels(line) {
            let (label, value) = (hit.label_in(line), hit.value_in(line));
            for kind in hit.kinds.iter().filter(|_| !value.is_empty()) {
                let known =
                    extracted.fields.iter().any(|own| own.kind == *kind && own.value == value);
                if !known {
                    add(*kind, label, value, extracted);
                }
            }
        }
    }
}

fn add(kind: FieldKind, label: &str, value: &str, extracted: &mut Extracted) {
    extracted.fields.push(field(kind, label, value, "title-page", 0.9));
}
