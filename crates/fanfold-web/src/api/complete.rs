//! `/api/v1/complete`: names that somebody may be typing, as JSON.
//!
//! `q` is the text so far; `kind` a field of the query language that takes names (`fandom`, `rel`, `char`, `freeform`,
//! `creator` …, `tag` for any tag, which is also what is meant without it); `fandom`, as often as wanted, a fandom that is
//! chosen already; `limit` the most names, 25 at most.

use axum::extract::{Query, State};
use fanfold_app::names::{Completed, CompletionRequest, NameKind};
use fanfold_model::TagKind;
use serde_json::{Value, json};

use super::parameters::{MOST, check, of_complete};
use super::{answer, number};
use crate::answer::Answer;
use crate::error::Problem;
use crate::fields::{Pairs, text, value};
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls;

/// Names when no limit is given.
const USUAL: u32 = 10;
/// Longest text that is looked at, in bytes.
const LONGEST: usize = 1_000;
/// Most fandoms that are looked at.
const MOST_FANDOMS: usize = 20;

/// `/api/v1/complete`
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Pairs>,
) -> Answer {
    check(&pairs, &of_complete())?;
    let request = asked(&site, &pairs)?;
    let found = match request.text.is_empty() {
        true => Vec::new(),
        false => site.archive.complete(&request).await?,
    };
    let names: Vec<Value> = found.iter().map(record).collect();
    answer(&site, &reader, &json!({ "q": request.text, "names": names }))
}

fn asked(site: &Site, pairs: &Pairs) -> Result<CompletionRequest, Problem> {
    let typed = text(pairs, "q").replace('\0', "");
    if typed.len() > LONGEST {
        return Err(Problem::Bad(format!("a name has at most {LONGEST} bytes")));
    }
    let kind = value(pairs, "kind").unwrap_or("tag");
    let kind = kind_named(kind).ok_or_else(|| {
        Problem::Bad(format!(
            "“{kind}” is no kind of name: use fandom, rel, char, freeform, tag or creator"
        ))
    })?;
    let limit = number(pairs, "limit", MOST, USUAL)? as usize;
    let fandoms = pairs.iter().filter(|(name, value)| name == "fandom" && !value.trim().is_empty());
    let fandoms = fandoms.map(|(_, value)| value.replace('\0', "")).take(MOST_FANDOMS).collect();
    let (viewer, standing) = (site.viewer(), site.standing());
    Ok(CompletionRequest { text: typed, kind, fandoms, limit, viewer, standing })
}

/// The names of the query language's fields, and of the kinds.
fn kind_named(name: &str) -> Option<NameKind> {
    Some(match name.to_ascii_lowercase().as_str() {
        "tag" | "tags" => NameKind::AnyTag,
        "creator" | "creators" | "author" => NameKind::Creator,
        "rel" | "ship" | "pairing" | "relationships" => NameKind::Tag(TagKind::Relationship),
        "char" | "characters" => NameKind::Tag(TagKind::Character),
        "fandoms" => NameKind::Tag(TagKind::Fandom),
        name => NameKind::Tag(TagKind::from_name(name)?),
    })
}

fn record(own: &Completed) -> Value {
    let href = own.kind.map(|kind| urls::tag_works(kind.as_str(), &own.name));
    json!({
        "kind": own.kind.map_or("creator", TagKind::as_str), "name": own.name, "works": own.works,
        "here": own.here, "also": own.also, "slipped": own.slipped, "href": href,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_query_that_takes_a_tag_is_a_kind_of_name() {
        for name in [
            "fandom",
            "rel",
            "relationship",
            "ship",
            "char",
            "character",
            "freeform",
            "tag",
            "rating",
            "Creator",
        ] {
            assert!(kind_named(name).is_some(), "{name}");
        }
        for name in ["", "words", "title", "sort"] {
            assert!(kind_named(name).is_none(), "{name}");
        }
    }
}
