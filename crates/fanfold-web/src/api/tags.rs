//! `/api/v1/tags` and `/api/v1/tags/KIND/NAME`.

use axum::extract::{Path, Query, State};
use fanfold_app::{TagPage, TagRef};
use fanfold_model::{TagKind, fold_name};
use serde_json::{Value, json};

use super::parameters::{MOST, check, of_tag, of_tags};
use super::{answer, number};
use crate::answer::Answer;
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::reader::Reader;
use crate::shelf::shows_all;
use crate::site::{Shared, Site};
use crate::urls;

/// `/api/v1/tags`: tags of a kind by name, or those with a name. Counts are those of the lists of works; a tag of which
/// the reader muted everything is left out.
pub(crate) async fn list(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Pairs>,
) -> Answer {
    check(&pairs, &of_tags())?;
    let limit = number(&pairs, "limit", MOST, MOST)?;
    let kind = value(&pairs, "kind").and_then(TagKind::from_name);
    let name = value(&pairs, "name").map(|name| name.replace('\0', ""));
    let after = value(&pairs, "after").map(|after| after.replace('\0', ""));
    let (found, next) = match (name, kind) {
        (Some(name), kind) => (named(&site, &name, kind).await?, None),
        (None, Some(_)) if limit == 0 => (Vec::new(), None),
        (None, Some(kind)) => {
            let found = site.archive.tags(kind, site.viewer(), after.as_deref(), limit).await?;
            let last = found.last().filter(|_| found.len() == limit as usize);
            let next = last.map(|tag| fold_name(&tag.name));
            (found, next)
        }
        (None, None) => {
            return Err(Problem::Bad("a `kind` or a `name` is needed".to_owned()));
        }
    };
    let standing = site.standing().filter(|_| !shows_all(&pairs));
    let counts = site.archive.counted_for(&found, site.viewer(), standing.as_ref()).await?;
    let counted = found.iter().zip(counts).filter(|(_, count)| *count > 0);
    let tags: Vec<Value> =
        counted.take(limit as usize).map(|(tag, count)| line(tag, count)).collect();
    answer(&site, &reader, &json!({ "tags": tags, "next": next }))
}

async fn named(site: &Site, name: &str, kind: Option<TagKind>) -> Result<Vec<TagRef>, Problem> {
    let mut found = site.archive.tags_named(name, site.viewer()).await?;
    found.retain(|tag| kind.is_none_or(|kind| tag.kind == kind));
    Ok(found)
}

fn line(tag: &TagRef, works: u64) -> Value {
    json!({
        "kind": tag.kind.as_str(), "name": tag.name, "works": works,
        "href": format!("/api/v1{}", urls::tag(tag.kind.as_str(), &tag.name)),
    })
}

/// `/api/v1/tags/KIND/NAME`: the tag's record as canonical JSON has it, with the names around it and how many works its
/// list finds.
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path((kind, name)): Path<(String, String)>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    check(&pairs, &of_tag())?;
    let (kind, name) = crate::tags::named(&kind, &name)?;
    let stored =
        site.archive.tag_named(kind, &name, site.viewer()).await?.ok_or(Problem::Missing)?;
    let standing = site.standing().filter(|_| !shows_all(&pairs));
    let own = std::slice::from_ref(&stored.tag);
    let counts = site.archive.counted_for(own, site.viewer(), standing.as_ref()).await?;
    let works = counts.first().copied().unwrap_or(0);
    answer(&site, &reader, &record(&stored, works))
}

fn record(stored: &TagPage, works: u64) -> Value {
    let names = |tags: &[TagRef]| tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>();
    json!({
        "type": "tag", "kind": stored.tag.kind.as_str(), "name": stored.tag.name,
        "canonical": stored.canonical,
        "synonym_of": stored.synonym_of.as_ref().map(|tag| tag.name.as_str()),
        "parents": names(&stored.parents), "metatags": names(&stored.metatags),
        "synonyms": names(&stored.synonyms), "subtags": names(&stored.subtags), "works": works,
    })
}
