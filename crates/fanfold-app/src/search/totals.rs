//! How many works each of several conditions finds by itself.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::shelf::{Standing, with};
use fanfold_model::query::{Node, Query, Sort, SortKey, TextField, TextMatch};
use fanfold_model::{TagId, Viewer};
use fanfold_search::{Results, SearchOptions};
use std::collections::HashMap;

/// Tags that conditions name by their numbers.
#[derive(Default)]
pub(crate) struct NumberedTags(HashMap<String, TagId>);

impl NumberedTags {
    /// The condition that finds works under a tag, its synonyms and subtags. No tag is called so: names hold no control
    /// characters.
    pub(crate) fn node(&mut self, id: TagId) -> Node {
        let name = format!("\u{0}{}", id.number());
        self.0.insert(name.clone(), id);
        Node::Tag { kind: None, name, prefix: false }
    }
}

/// The condition that finds works of a creator by name.
pub(crate) fn creators_name(name: &str) -> Node {
    Node::Text { field: TextField::Creator, what: TextMatch::Phrase(name.to_owned()) }
}

/// How each of several conditions is answered.
#[derive(Clone, Copy)]
pub(crate) struct Each<'a> {
    /// On whose behalf.
    pub(crate) viewer: Viewer,
    /// Whose mutes and usual filter are obeyed.
    pub(crate) standing: Option<&'a Standing>,
    /// The newest so many works of each.
    pub(crate) limit: usize,
}

impl Archive {
    /// How many works each condition finds, with what stands for the reader.
    pub(crate) async fn totals(
        &self,
        conditions: Vec<Node>,
        tags: NumberedTags,
        viewer: Viewer,
        standing: Option<&Standing>,
    ) -> Result<Vec<u64>> {
        let found = self.each(conditions, tags, Each { viewer, standing, limit: 0 }).await?;
        Ok(found.into_iter().map(|found| found.total).collect())
    }

    /// What each condition finds by itself, the latest updated first.
    pub(crate) async fn each(
        &self,
        conditions: Vec<Node>,
        tags: NumberedTags,
        how: Each<'_>,
    ) -> Result<Vec<Results>> {
        if conditions.is_empty() {
            return Ok(Vec::new());
        }
        self.meanings().refresh().await?;
        let narrowed = self.narrowed(&Query::default(), how.standing).await?;
        let mut known = narrowed.tags;
        for (name, tag) in tags.0 {
            known.insert((None, name), self.numbers_under(vec![tag]).await?);
        }
        let own = |node| Query { sort: None, ..with(narrowed.query.clone(), vec![node]) };
        let queries: Vec<Query> = conditions.into_iter().map(own).collect();
        let (index, today, Each { viewer, limit, .. }) = (self.index().get(), self.today(), how);
        let mut asked = Vec::with_capacity(queries.len());
        for query in queries {
            self.look_tags_up(&query, &mut known).await?;
            // What may stand beside what is asked for differs from question to question; names do not.
            let mut own = (!query.only().is_empty()).then(|| known.clone());
            let query = match &mut own {
                Some(own) => self.without_others(query, viewer, own).await?,
                None => query,
            };
            asked.push((query, own));
        }
        let answer = move || -> Result<Vec<Results>> {
            let answered = asked.iter().map(|(query, own)| {
                let tags = own.as_ref().unwrap_or(&known);
                let options = SearchOptions {
                    viewer,
                    sort: Some(Sort::by(SortKey::Updated)),
                    limit,
                    offset: 0,
                    after: None,
                    facets: None,
                    today,
                    tags,
                };
                Ok(index.search(query, &options)?)
            });
            answered.collect()
        };
        let answered = tokio::task::spawn_blocking(answer).await;
        answered.map_err(|_| AppError::Broken("counting works"))?
    }
}
