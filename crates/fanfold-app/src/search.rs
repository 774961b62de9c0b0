//! Searching: a query in, cards with snippets and facets out.

mod only;
mod record;
mod totals;

pub use record::answer_record;
pub(crate) use totals::{Each, NumberedTags, creators_name};

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::shelf::{Narrowed, Standing, TagNumbers};
use fanfold_model::query::{Query, Sort};
use fanfold_model::{TagId, TagKind, Viewer, Work, WorkId};
use fanfold_search::{Cursor, Facets, Passage, Results, SearchOptions, snippets};
use fanfold_storage::{Card, TagRef};
use std::collections::HashMap;

/// Snippets shown under a hit.
const SNIPPETS: usize = 2;
/// Tags of a kind in the facets.
pub const FACETS: usize = 10;

/// A question.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// What is asked.
    pub query: Query,
    /// On whose behalf.
    pub viewer: Viewer,
    /// The order; `None` is the query's own, or the usual one.
    pub sort: Option<Sort>,
    /// Hits on a page.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
    /// Go on behind this place, as an earlier answer gave it.
    pub after: Option<String>,
    /// Whether to count the tags of all hits.
    pub facets: bool,
    /// Whether to show where the words stand.
    pub snippets: bool,
    /// Whose mutes and usual filter are obeyed; `None` for nobody's.
    pub standing: Option<Standing>,
}

/// A piece of text with `<mark>` around what was found, escaped otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundText {
    /// The chapter it is from; `None` for the summary.
    pub chapter: Option<u32>,
    /// Safe HTML.
    pub html: String,
}

/// A work that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundWork {
    /// The work.
    pub card: Card,
    /// Where the words stand in it.
    pub snippets: Vec<FoundText>,
}

/// How many hits carry a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The canonical tag; `works` is its use in the whole library.
    pub tag: TagRef,
    /// Hits that carry it or a synonym of it.
    pub count: u64,
}

/// What the hits carry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundFacets {
    /// Tags by kind, in header-block order.
    pub tags: Vec<(TagKind, Vec<TagCount>)>,
    /// Languages as stated.
    pub languages: Vec<(String, u64)>,
    /// Statuses.
    pub statuses: Vec<(String, u64)>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Exactly how many works match.
    pub total: u64,
    /// The page.
    pub works: Vec<FoundWork>,
    /// What all matches carry, if asked for.
    pub facets: Option<FoundFacets>,
    /// The order the hits are in.
    pub sort: Sort,
    /// How many more would match without the reader's mutes and usual filter; `None` where none stand.
    pub left_out: Option<u64>,
    /// Pass this as `after` for the next page; `None` at the end.
    pub next: Option<String>,
}

impl Archive {
    /// Answers a question from the index as it is now.
    ///
    /// # Errors
    /// If the place to go on from cannot be read, or the store or the index fails.
    pub async fn search(&self, request: &SearchRequest) -> Result<Answer> {
        self.crowd().in_turn(self.answered(request)).await
    }

    async fn answered(&self, request: &SearchRequest) -> Result<Answer> {
        let cursor = request.after.as_deref().map(str::parse::<Cursor>).transpose()?;
        let narrowed = self.narrowed(&request.query, request.standing.as_ref()).await?;
        let narrower = narrowed.narrower;
        let found = self.find(request, narrowed, cursor).await?;
        let left_out = match narrower {
            true => Some(self.whole_total(request).await?.saturating_sub(found.total)),
            false => None,
        };
        let next = found.hits.last().map(|hit| hit.cursor.to_string());
        let shown = request.offset as u64 + found.hits.len() as u64;
        let more =
            found.hits.len() == request.limit && (request.after.is_some() || shown < found.total);
        let ids: Vec<WorkId> = found.hits.iter().map(|hit| WorkId::of_number(hit.id)).collect();
        let cards = self.store().cards(&ids, request.viewer).await?;
        let works = self.with_snippets(cards, request).await?;
        let facets = match &found.facets {
            Some(facets) => Some(self.name_facets(facets).await?),
            None => None,
        };
        Ok(Answer {
            total: found.total,
            works,
            facets,
            sort: found.sort,
            left_out,
            next: next.filter(|_| more),
        })
    }

    /// How many match without what stands for the reader, so that no list is silently shorter.
    async fn whole_total(&self, request: &SearchRequest) -> Result<u64> {
        let whole = SearchRequest {
            limit: 0,
            offset: 0,
            after: None,
            facets: false,
            standing: None,
            ..request.clone()
        };
        let narrowed = self.narrowed(&whole.query, None).await?;
        Ok(self.find(&whole, narrowed, None).await?.total)
    }

    /// All ids a query finds, ascending.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub(crate) async fn all_hits(&self, query: &Query, viewer: Viewer) -> Result<Vec<WorkId>> {
        let mut request = SearchRequest {
            query: query.clone(),
            viewer,
            sort: None,
            limit: 10_000,
            offset: 0,
            after: None,
            facets: false,
            snippets: false,
            standing: None,
        };
        let mut ids = Vec::new();
        loop {
            let cursor = request.after.as_deref().map(str::parse::<Cursor>).transpose()?;
            let narrowed = self.narrowed(&request.query, None).await?;
            let found = self.find(&request, narrowed, cursor).await?;
            ids.extend(found.hits.iter().map(|hit| WorkId::of_number(hit.id)));
            match found.hits.last() {
                Some(last) if found.hits.len() == request.limit => {
                    request.after = Some(last.cursor.to_string())
                }
                _ => break,
            }
        }
        ids.sort_unstable();
        Ok(ids)
    }

    async fn find(
        &self,
        request: &SearchRequest,
        narrowed: Narrowed,
        cursor: Option<Cursor>,
    ) -> Result<Results> {
        self.meanings().refresh().await?;
        let mut tags = narrowed.tags;
        self.look_tags_up(&narrowed.query, &mut tags).await?;
        let query = self.without_others(narrowed.query, request.viewer, &mut tags).await?;
        let (index, request, today) = (self.index().get(), request.clone(), self.today());
        let search = move || {
            let options = SearchOptions {
                viewer: request.viewer,
                sort: request.sort,
                limit: request.limit,
                offset: request.offset,
                after: cursor.as_ref(),
                facets: request.facets.then_some(FACETS),
                today,
                tags: &tags,
            };
            index.search(&query, &options)
        };
        let found = tokio::task::spawn_blocking(search).await;
        Ok(found.map_err(|_| AppError::Broken("the search"))??)
    }

    /// The numbers under which works of these canonical tags are found.
    pub(crate) async fn numbers_under(&self, tags: Vec<TagId>) -> Result<Vec<u64>> {
        self.meanings().under(tags).await
    }

    /// Adds the numbers of the tags that a question names.
    async fn look_tags_up(&self, query: &Query, tags: &mut TagNumbers) -> Result<()> {
        for (kind, name) in query.tag_names() {
            if tags.contains_key(&(kind, name.clone())) {
                continue;
            }
            let ids = self.store().tag_ids(kind, &name).await?;
            tags.insert((kind, name), self.numbers_under(ids).await?);
        }
        Ok(())
    }

    async fn with_snippets(
        &self,
        cards: Vec<Card>,
        request: &SearchRequest,
    ) -> Result<Vec<FoundWork>> {
        let bare = |card| FoundWork { card, snippets: Vec::new() };
        if !request.snippets {
            return Ok(cards.into_iter().map(bare).collect());
        }
        let ids: Vec<WorkId> = cards.iter().filter_map(|card| card.work.id).collect();
        let whole = self.store().whole_works(&ids, request.viewer).await?;
        let query = request.query.clone();
        // Long texts are gone through where nobody waits for the thread.
        let look = move || {
            let found = whole.iter().map(|work| (work.id, found_texts(work, &query)));
            found.collect::<HashMap<_, _>>()
        };
        let found = tokio::task::spawn_blocking(look).await;
        let mut found = found.map_err(|_| AppError::Broken("looking for passages"))?;
        let mark = |card: Card| {
            let snippets = found.remove(&card.work.id).unwrap_or_default();
            FoundWork { card, snippets }
        };
        Ok(cards.into_iter().map(mark).collect())
    }

    async fn name_facets(&self, facets: &Facets) -> Result<FoundFacets> {
        let ids: Vec<TagId> =
            facets.tags.values().flatten().map(|found| TagId::of_number(found.id)).collect();
        let names = self.store().tag_refs(&ids).await?;
        let names: HashMap<TagId, TagRef> = names.into_iter().map(|tag| (tag.id, tag)).collect();
        let name = |kind: TagKind| {
            let counts = facets.tags.get(&kind).into_iter().flatten();
            let named = counts.filter_map(|found| {
                Some(TagCount {
                    tag: names.get(&TagId::of_number(found.id))?.clone(),
                    count: found.count,
                })
            });
            (kind, named.collect())
        };
        Ok(FoundFacets {
            tags: TagKind::ALL.into_iter().map(name).collect(),
            languages: facets.languages.clone(),
            statuses: facets.statuses.clone(),
        })
    }
}

fn found_texts(work: &Work, query: &Query) -> Vec<FoundText> {
    let text_of = fanfold_text::document::text_of;
    let passage = |chapter, html| Passage { chapter, text: text_of(html).into() };
    let summary = work.summary.iter().map(|html| passage(None, html));
    let chapters = work.chapters.iter();
    let chapters = chapters.map(|chapter| passage(Some(chapter.position), &chapter.html));
    let suggested = work.suggestions.iter().find(|suggestion| suggestion.field == "language");
    let language =
        work.language.as_deref().or(suggested.map(|suggestion| suggestion.value.as_str()));
    snippets(query, summary.chain(chapters), language, SNIPPETS)
        .into_iter()
        .map(|snippet| FoundText { chapter: snippet.chapter, html: snippet.html })
        .collect()
}
