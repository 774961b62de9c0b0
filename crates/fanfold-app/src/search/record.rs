//! An answer as JSON: `fanfold search --json` and the search of the web's API give the same object, made here.

use super::{Answer, FoundFacets, FoundWork};
use crate::names::Unknown;
use serde_json::{Map, Value, json};

/// `{total, hits, facets, unknown}`: `facets` where they were asked for, `unknown` where the question names what nothing
/// here carries. Fields of hits are called as in canonical JSON; creators are their names alone.
#[must_use]
pub fn answer_record(answer: &Answer, unknown: &[Unknown]) -> Value {
    let hits: Vec<Value> = answer.works.iter().map(hit).collect();
    let mut object = json!({"total": answer.total, "hits": hits});
    if let Some(facets) = &answer.facets {
        object["facets"] = facet_object(facets);
    }
    if !unknown.is_empty() {
        object["unknown"] = unknown.iter().map(unknown_object).collect();
    }
    object
}

fn hit(found: &FoundWork) -> Value {
    let work = &found.card.work;
    let snippets =
        found.snippets.iter().map(|text| json!({"chapter": text.chapter, "html": text.html}));
    json!({
        "id": work.id.map(|id| id.0), "uid": work.uid.map(|uid| uid.to_string()), "title": work.title,
        "creators": work.creators.iter().map(|credit| credit.name.as_str()).collect::<Vec<_>>(),
        "fandoms": work.fandoms, "relationships": work.relationships, "characters": work.characters,
        "categories": work.categories, "warnings": work.warnings, "freeforms": work.freeforms,
        "rating": work.rating.map(|rating| rating.as_str()), "summary": work.summary,
        "language": work.language, "status": work.status.as_str(),
        "published": work.published.map(|date| date.to_string()),
        "updated": work.updated.map(|date| date.to_string()), "words": work.words,
        "chapters": found.card.chapters, "chapters_expected": work.chapters_expected,
        "snippets": snippets.collect::<Vec<_>>(),
    })
}

fn facet_object(facets: &FoundFacets) -> Value {
    let mut object = Map::new();
    for (kind, counts) in &facets.tags {
        let counts: Vec<Value> = counts
            .iter()
            .map(|found| json!({"name": found.tag.name, "count": found.count}))
            .collect();
        object.insert(kind.as_str().to_owned(), Value::Array(counts));
    }
    for (name, counts) in [("language", &facets.languages), ("status", &facets.statuses)] {
        let counts: Vec<Value> =
            counts.iter().map(|(name, count)| json!({"name": name, "count": count})).collect();
        object.insert(name.to_owned(), Value::Array(counts));
    }
    Value::Object(object)
}

fn unknown_object(unknown: &Unknown) -> Value {
    let meant = unknown.meant.iter().map(|own| {
        json!({
            "kind": own.kind.as_str(), "name": own.name, "works": own.works,
            "query": own.query.to_string(),
        })
    });
    json!({
        "condition": unknown.condition, "kind": unknown.kind.map(|kind| kind.as_str()),
        "name": unknown.name, "did_you_mean": meant.collect::<Vec<_>>(),
    })
}
