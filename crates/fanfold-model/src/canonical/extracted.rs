//! What an importer saw, as JSON: the extracted layer of the store and `inspect --stage extract`.
//! Chapter text is left out (it lies beside, once), its place and length stay.

use super::parts::{FindingJson, span_pair};
use crate::extracted::{Extracted, ExtractedChapter, ExtractedField};
use serde_json::{Value, json};

/// The extracted layer of one work.
#[must_use]
pub fn extracted_json(extracted: &Extracted) -> Value {
    let identities: Vec<Value> = extracted
        .identities
        .iter()
        .map(|identity| json!({"kind": identity.kind.as_str(), "value": identity.value}))
        .collect();
    let findings: Vec<FindingJson> = extracted.findings.iter().map(FindingJson::from).collect();
    json!({
        "read_as": extracted.read_as.as_str(),
        "encoding": extracted.encoding,
        "fields": extracted.fields.iter().map(field_json).collect::<Vec<_>>(),
        "part": extracted.part.as_ref().map(|part| json!({
            "part": part.part, "through": part.through, "of": part.of, "written": part.written,
        })),
        "series": extracted.series.iter().map(|entry| json!({
            "title": entry.title, "part": entry.part, "of": entry.of, "url": entry.url,
        })).collect::<Vec<_>>(),
        "links": extracted.links.iter().map(|link| json!({
            "rel": link.rel.as_str(), "part": link.part, "title": link.title, "url": link.url,
        })).collect::<Vec<_>>(),
        "chapters": extracted.chapters.iter().map(chapter_json).collect::<Vec<_>>(),
        "identities": identities,
        "findings": findings,
    })
}

fn field_json(field: &ExtractedField) -> Value {
    let (span, unit) = span_pair(field.span);
    json!({
        "field": format!("{:?}", field.kind).to_lowercase(),
        "label": field.label,
        "value": field.value,
        "html": field.html,
        "rule": field.rule,
        "confidence": field.confidence,
        "source": field.source,
        "span": span,
        "in": unit,
    })
}

fn chapter_json(chapter: &ExtractedChapter) -> Value {
    let (span, unit) = span_pair(chapter.span);
    json!({
        "number": chapter.number,
        "title": chapter.title,
        "url": chapter.url,
        "published": chapter.published,
        "bytes": chapter.html.len(),
        "source": chapter.source,
        "span": span,
        "in": unit,
    })
}
