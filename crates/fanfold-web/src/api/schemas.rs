//! The forms of the API's answers, as JSON Schema.

use serde_json::{Value, json};

/// All of them, by name.
pub(super) fn all() -> Value {
    json!({
        "Found": found(), "Hit": hit(), "Unknown": unknown(), "Counted": counted(),
        "Work": work(), "Chapter": chapter(), "Tag": tag(), "Tags": tags(), "Names": names(),
        "Problem": problem(),
    })
}

fn found() -> Value {
    object(
        &["total", "hits", "query", "sort", "left_out", "next", "next_href"],
        json!({
            "total": whole(), "hits": list(named("Hit")),
            "facets": {"type": "object", "additionalProperties": list(named("Counted"))},
            "unknown": list(named("Unknown")), "query": text(), "sort": text(),
            "left_out": or_null(&whole()), "next": or_null(&text()), "next_href": or_null(&text()),
        }),
    )
}

fn hit() -> Value {
    let words = || list(text());
    object(
        &["id", "uid", "title", "creators", "fandoms", "rating", "status", "words", "chapters"],
        json!({
            "id": whole(), "uid": text(), "title": text(), "creators": words(), "fandoms": words(),
            "relationships": words(), "characters": words(), "categories": words(),
            "warnings": words(), "freeforms": words(), "rating": or_null(&text()),
            "summary": or_null(&text()), "language": or_null(&text()), "status": text(),
            "published": or_null(&text()), "updated": or_null(&text()), "words": whole(),
            "chapters": whole(), "chapters_expected": or_null(&whole()),
            "snippets": list(object(
                &["chapter", "html"],
                json!({"chapter": or_null(&whole()), "html": text()}),
            )),
        }),
    )
}

fn unknown() -> Value {
    let meant = json!({"kind": text(), "name": text(), "works": whole(), "query": text()});
    object(
        &["condition", "kind", "name", "did_you_mean"],
        json!({
            "condition": text(), "kind": or_null(&text()), "name": text(),
            "did_you_mean": list(object(&["kind", "name", "works", "query"], meant)),
        }),
    )
}

fn counted() -> Value {
    object(&["name", "count"], json!({"name": text(), "count": whole()}))
}

/// Canonical JSON: what is not said here is said in the guide to it.
fn work() -> Value {
    let words = || list(text());
    object(
        &["type", "schema", "id", "uid", "title", "creators", "fandoms", "chapters", "words"],
        json!({
            "type": {"const": "work"}, "schema": whole(), "id": whole(), "uid": text(),
            "title": text(),
            "creators": list(object(&["name", "role"], json!({"name": text(), "role": text()}))),
            "fandoms": words(), "relationships": words(), "characters": words(),
            "categories": words(), "warnings": words(), "freeforms": words(),
            "rating": or_null(&text()), "summary": or_null(&text()), "notes": or_null(&text()),
            "language": or_null(&text()), "status": text(), "published": or_null(&text()),
            "updated": or_null(&text()), "chapters": list(named("Chapter")), "words": whole(),
        }),
    )
}

fn chapter() -> Value {
    object(
        &["uid", "position", "html", "words"],
        json!({
            "uid": or_null(&text()), "position": whole(), "title": or_null(&text()),
            "html": text(), "words": whole(),
        }),
    )
}

fn tag() -> Value {
    let words = || list(text());
    object(
        &["type", "kind", "name", "canonical", "synonym_of", "parents", "metatags", "works"],
        json!({
            "type": {"const": "tag"}, "kind": text(), "name": text(),
            "canonical": {"type": "boolean"}, "synonym_of": or_null(&text()), "parents": words(),
            "metatags": words(), "synonyms": words(), "subtags": words(), "works": whole(),
        }),
    )
}

fn tags() -> Value {
    let line = json!({"kind": text(), "name": text(), "works": whole(), "href": text()});
    object(
        &["tags", "next"],
        json!({
            "tags": list(object(&["kind", "name", "works", "href"], line)),
            "next": or_null(&text()),
        }),
    )
}

fn names() -> Value {
    let line = json!({
        "kind": text(), "name": text(), "works": whole(), "here": {"type": ["integer", "null"]},
        "also": or_null(&text()), "slipped": {"type": "boolean"}, "href": or_null(&text()),
    });
    object(
        &["q", "names"],
        json!({"q": text(), "names": list(object(&["kind", "name", "works"], line))}),
    )
}

fn problem() -> Value {
    object(&["error"], json!({"error": text(), "hint": text(), "column": whole()}))
}

/// An object with what it always has; more may stand in it.
fn object(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

fn named(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn whole() -> Value {
    json!({"type": "integer", "minimum": 0})
}

fn or_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    schema["type"] = json!([schema["type"].clone(), "null"]);
    schema
}
