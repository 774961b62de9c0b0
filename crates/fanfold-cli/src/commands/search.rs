//! `fanfold search`.

use super::list;
use crate::arguments::{Globals, SearchArgs};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;
use fanfold_app::names::{NameKind, Unknown};
use fanfold_app::search::{Answer, FoundFacets, FoundWork, SearchRequest};
use fanfold_model::Viewer;
use fanfold_model::query::Sort;
use serde_json::{Map, Value, json};

pub(crate) async fn run(
    globals: &Globals,
    output: &Output,
    args: SearchArgs,
) -> Result<Exit, Failure> {
    let sort = args.sort.as_deref().map(sort_key).transpose()?;
    let query = super::query(Some(&args.query))?.unwrap_or_default();
    let archive = open::existing(globals).await?;
    archive.follow_if_free().await?;
    let request = SearchRequest {
        query,
        viewer: Viewer::Owner,
        sort,
        limit: args.limit as usize,
        offset: args.offset as usize,
        after: None,
        facets: args.facets,
        snippets: true,
        standing: None,
    };
    let answer = archive.search(&request).await?;
    let unknown = archive.unknown_names(&request.query, answer.total, request.viewer, None).await?;
    if output.json {
        let mut object = json(&answer);
        if !unknown.is_empty() {
            object["unknown"] = unknown.iter().map(unknown_object).collect();
        }
        output.object(&object);
    } else {
        print(output, &answer);
        unknown.iter().for_each(|own| tell(output, own));
    }
    Ok(Exit::Done)
}

fn sort_key(text: &str) -> Result<Sort, Failure> {
    Sort::from_text(text).ok_or_else(|| {
        Failure::usage(
            format!("`{text}` is no sort key"),
            "relevance, title, creator, published, updated, imported, words, hits, kudos, comments or bookmarks; `>words` turns the order round",
        )
    })
}

fn json(answer: &Answer) -> Value {
    let hits: Vec<Value> = answer.works.iter().map(hit).collect();
    let mut object = json!({"total": answer.total, "hits": hits});
    if let Some(facets) = &answer.facets {
        object["facets"] = facet_object(facets);
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
        "fandoms": work.fandoms, "rating": work.rating.map(|rating| rating.as_str()),
        "status": work.status.as_str(), "language": work.language, "words": work.words,
        "chapters": found.card.chapters, "updated": work.updated.map(|date| date.to_string()),
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

fn print(output: &Output, answer: &Answer) {
    let works = if answer.total == 1 { "work" } else { "works" };
    output.line(output.strong(&format!("{} {works}", answer.total)));
    for found in &answer.works {
        output.line(list::line(&found.card));
        for text in &found.snippets {
            output.line(output.muted(&format!("        {}", plain(&text.html))));
        }
    }
    for (kind, counts) in answer.facets.iter().flat_map(|facets| &facets.tags) {
        if !counts.is_empty() {
            output.line(output.strong(kind.as_str()));
            counts
                .iter()
                .for_each(|found| output.line(format!("{:>8} {}", found.count, found.tag.name)));
        }
    }
}

fn unknown_object(unknown: &Unknown) -> Value {
    let meant = unknown.meant.iter().map(|own| {
        json!({
            "kind": kind_word(own.kind), "name": own.name, "works": own.works,
            "query": own.query.to_string(),
        })
    });
    json!({
        "condition": unknown.condition, "kind": unknown.kind.map(kind_word), "name": unknown.name,
        "did_you_mean": meant.collect::<Vec<_>>(),
    })
}

fn kind_word(kind: NameKind) -> &'static str {
    match kind {
        NameKind::AnyTag => "tag",
        NameKind::Tag(kind) => kind.as_str(),
        NameKind::Creator => "creator",
    }
}

/// What nothing here carries, and what would be found instead.
fn tell(output: &Output, unknown: &Unknown) {
    let what = unknown.kind.map_or("nothing here has".to_owned(), |kind| match kind {
        NameKind::Creator => "no work here is by".to_owned(),
        kind => format!("no work here has the {}", kind_word(kind)),
    });
    output.note(format!("{what} “{}”", unknown.name));
    for own in &unknown.meant {
        let works = if own.works == 1 { "work" } else { "works" };
        let offer = format!("did you mean {} ({} {works})?", own.name, own.works);
        output.note(format!("  {offer}  {}", own.query));
    }
}

/// A snippet for a terminal: marks as brackets, entities as letters.
fn plain(html: &str) -> String {
    let marked = html.replace("<mark>", "[").replace("</mark>", "]");
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(marked, |text, (entity, letter)| text.replace(entity, letter))
}
