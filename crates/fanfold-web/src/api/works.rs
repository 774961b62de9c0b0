//! `/api/v1/works` and `/api/v1/works/ID`.

use axum::extract::{Path, Query, State};
use fanfold_app::search::{Answer as Found, SearchRequest, answer_record};
use fanfold_app::{AppError, ChapterChoice, WorkKey};
use fanfold_model::canonical::work_line;
use fanfold_model::query::Query as Asking;
use fanfold_model::{Uid, WorkId};
use serde_json::{Value, json};

use super::parameters::{MOST, check, of_work, of_works, wishes_of};
use super::{answer, number, open_to_pages};
use crate::answer::{Answer, JSON, document, moved_to};
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::listing::{Wishes, request};
use crate::present;
use crate::reader::Reader;
use crate::site::{Shared, Site};

/// Works in an answer when no limit is given.
const USUAL: u32 = 20;

/// `/api/v1/works`: the object of `fanfold search --json`, with the question as it was understood and the way on.
pub(crate) async fn search(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Pairs>,
) -> Answer {
    check(&pairs, &of_works())?;
    let wishes = wishes_of(&pairs)?.settled().map_err(AppError::Query)?;
    let query = wishes.query(None).map_err(AppError::Query)?;
    let is_on = |name| value(&pairs, name) == Some("true");
    let request = SearchRequest {
        limit: number(&pairs, "limit", MOST, USUAL)? as usize,
        facets: is_on("facets"),
        snippets: is_on("snippets"),
        ..request(&site, &wishes, query.clone())
    };
    let found = site.archive.search(&request).await?;
    let unknown = match wishes.after {
        // Told on the first page only.
        Some(_) => Vec::new(),
        None => {
            let standing = request.standing.as_ref();
            site.archive.unknown_names(&query, found.total, request.viewer, standing).await?
        }
    };
    let mut object = answer_record(&found, &unknown);
    tell_the_way_on(&mut object, &query, &found, &pairs, &wishes);
    answer(&site, &reader, &object)
}

fn tell_the_way_on(
    object: &mut Value,
    query: &Asking,
    found: &Found,
    pairs: &Pairs,
    wishes: &Wishes,
) {
    object["query"] = json!(Asking { sort: None, ..query.clone() }.to_string());
    object["sort"] = json!(found.sort.to_string());
    object["left_out"] = json!(found.left_out);
    object["next"] = json!(found.next);
    let on = found.next.as_ref().map(|next| {
        let mut href =
            Wishes { after: Some(next.clone()), ..wishes.clone() }.address("/api/v1/works");
        for name in ["limit", "facets", "snippets"] {
            let said = value(pairs, name).map(|value| format!("&{name}={value}"));
            href.extend(said);
        }
        href
    });
    object["next_href"] = json!(on);
}

/// `/api/v1/works/ID`, the number or the uid: the work as canonical JSON.
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path(key): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    check(&pairs, &of_work())?;
    let key = key_named(&key).ok_or(Problem::Missing)?;
    let Some(head) = site.archive.work_by_key(key, site.viewer(), ChapterChoice::None).await?
    else {
        return elsewhere(&site, key).await;
    };
    let passed = reader.adult || value(&pairs, "view_adult") == Some("true");
    if site.settings.adult_gate && !passed && head.work.is_adult() {
        return Err(Problem::AsksFirst {
            what: "this work is not known to be for everyone",
            hint: "add view_adult=true if you want to see it",
        });
    }
    let work = site.archive.work_to_carry(key, site.viewer()).await?.ok_or(Problem::Missing)?;
    Ok(open_to_pages(&site, document(&reader, JSON, work_line(&work))?))
}

fn key_named(text: &str) -> Option<WorkKey> {
    match text.parse() {
        Ok(id) => Some(WorkKey::Id(WorkId(id))),
        Err(_) => text.parse::<Uid>().ok().map(WorkKey::Uid),
    }
}

/// A number that led to a work which was merged leads to the other.
async fn elsewhere(site: &Site, key: WorkKey) -> Answer {
    let WorkKey::Id(id) = key else { return Err(Problem::Missing) };
    let into = site.archive.merged_into(id, site.viewer()).await?.ok_or(Problem::Missing)?;
    Ok(moved_to(&format!("/api/v1/works/{}", present::number(into.0))))
}
