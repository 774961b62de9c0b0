//! What each feed asks.

use axum::extract::{Path, Query, State};
use fanfold_app::search::SearchRequest;
use fanfold_app::{AppError, Card};
use fanfold_model::query::{Query as Asking, Sort, SortKey};
use fanfold_model::{CreatorId, fold_name};

use super::{ENTRIES, Feed, answer};
use crate::answer::Answer;
use crate::error::Problem;
use crate::fields::{Pairs, value};
use crate::listing::{Wishes, request};
use crate::present::number;
use crate::reader::Reader;
use crate::series::read;
use crate::shelf::shows_all;
use crate::site::{OWNER, Shared, Site};
use crate::urls::{self, name_of_segment};

/// `/feeds/works`, with the fields of `/works`.
pub(crate) async fn works(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let wishes = Wishes { trail: Vec::new(), ..Wishes::from_pairs(&pairs) };
    let wishes = wishes.settled().map_err(AppError::Query)?;
    let first = wishes.first_page();
    let query = wishes.query(None).map_err(AppError::Query)?;
    let title = Asking { sort: None, ..query.clone() }.to_string();
    let asked = Asked {
        name: first.address("works"),
        title: if title.is_empty() { "All works".to_owned() } else { title },
        page: first.address("/works"),
        path: "/feeds/works".to_owned(),
        address: wishes.clone(),
    };
    list(&site, &reader, asked, wishes, query).await
}

/// `/feeds/filters/NAME`: what a saved filter finds, also after it was changed.
pub(crate) async fn filter(
    State(site): Shared,
    reader: Reader,
    Path(name): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let folded = fold_name(&name_of_segment(&name));
    let filters = site.archive.saved_filters(OWNER).await?;
    let filter = filters.into_iter().find(|filter| fold_name(&filter.name) == folded);
    let filter = filter.ok_or(Problem::Missing)?;
    let address = of_address(&pairs);
    let question = Wishes { text: filter.query.clone(), ..address.clone() };
    let query = question.query(None).map_err(AppError::Query)?;
    let asked = Asked {
        name: address.first_page().address(&format!("filters/{folded}")),
        page: Wishes { text: filter.query, ..address.first_page() }.address("/search"),
        path: urls::filter_feed(&filter.name),
        title: filter.name,
        address,
    };
    list(&site, &reader, asked, question, query).await
}

/// The fields that a feed without fields of a list takes.
fn of_address(pairs: &Pairs) -> Wishes {
    Wishes {
        all: shows_all(pairs),
        after: value(pairs, "after").map(str::to_owned),
        ..Wishes::default()
    }
}

/// A feed that a query answers.
struct Asked {
    name: String,
    title: String,
    page: String,
    path: String,
    /// What stands in its address.
    address: Wishes,
}

async fn list(site: &Site, reader: &Reader, asked: Asked, wishes: Wishes, query: Asking) -> Answer {
    let request = newest(SearchRequest { facets: false, ..request(site, &wishes, query) });
    let found = site.archive.search(&request).await?;
    let first = asked.address.first_page();
    let on = |next: String| Wishes { after: Some(next), ..first.clone() }.address(&asked.path);
    let feed = Feed {
        name: asked.name,
        title: asked.title,
        page: asked.page,
        first: first.address(&asked.path),
        here: asked.address.address(&asked.path),
        next: found.next.map(on),
        total: found.total,
        cards: found.works.into_iter().map(|found| found.card).collect(),
    };
    answer(site, reader, &feed).await
}

/// The question as a feed asks it. Works that came on the same day are told apart by their numbers, because who reads only
/// the first document must not miss the last of a long import.
fn newest(request: SearchRequest) -> SearchRequest {
    let sort = request.query.sort.unwrap_or(Sort::by(SortKey::Id));
    SearchRequest { sort: Some(sort), limit: ENTRIES, ..request }
}

/// `/feeds/creators/ID`
pub(crate) async fn creator(
    State(site): Shared,
    reader: Reader,
    Path(id): Path<i64>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let id = CreatorId(id);
    let creator = site.archive.creator(id, site.viewer()).await?.ok_or(Problem::Missing)?;
    let address = of_address(&pairs);
    let (path, first) = (urls::creator_feed(number(id.0)), address.first_page());
    let asking = SearchRequest { facets: false, ..request(&site, &address, Asking::default()) };
    let found = site.archive.works_by(id, newest(asking)).await?;
    let feed = Feed {
        name: first.address(&format!("creators/{id}")),
        page: first.address(&urls::creator(number(id.0), &creator.name)),
        title: format!("Works by {}", creator.name),
        first: first.address(&path),
        here: address.address(&path),
        next: found.next.map(|next| Wishes { after: Some(next), ..first.clone() }.address(&path)),
        total: found.total,
        cards: found.works.into_iter().map(|found| found.card).collect(),
    };
    answer(&site, &reader, &feed).await
}

/// `/feeds/series/ID`: all parts that are here, the newest here first.
pub(crate) async fn series(
    State(site): Shared,
    reader: Reader,
    Path(id): Path<i64>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let address = of_address(&pairs).first_page();
    let (stored, kept) = read(&site, id, address.all).await?;
    let mut cards: Vec<Card> = stored.works.into_iter().map(|(_, card)| card).collect();
    if let Some(kept) = kept {
        cards.retain(|card| card.work.id.is_some_and(|id| kept.contains(&id)));
    }
    cards.sort_by(|a, b| b.imported.cmp(&a.imported).then(b.work.id.cmp(&a.work.id)));
    let own = address.address(&urls::series_feed(number(id)));
    let feed = Feed {
        name: address.address(&format!("series/{}", stored.uid)),
        title: stored.title,
        page: address.address(&urls::series(number(id))),
        first: own.clone(),
        here: own,
        next: None,
        total: cards.len() as u64,
        cards,
    };
    answer(&site, &reader, &feed).await
}
