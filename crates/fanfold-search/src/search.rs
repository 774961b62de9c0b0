//! Asking: what goes in, what comes out.

use std::collections::HashMap;
use std::sync::Arc;

use fanfold_model::query::{Node, Query, Sort, SortKey};
use fanfold_model::{TagKind, Viewer};
use tantivy::Searcher;

use crate::compile::Compiler;
use crate::error::IndexError;
use crate::facets::Facets;
use crate::index::Index;
use crate::order::{By, Cursor, CursorKey, Order};
use crate::page::{Page, PageRequest, page};
use crate::plan::Plan;

/// Turns a tag's name into the numbers it is found under.
pub trait TagLookup {
    /// Every tag whose works are found under this folded name ([`fold_name`](fanfold_model::fold_name)) of this kind, of
    /// any kind when `None`: the canonical tag, its synonyms, and all below them. Empty when no tag has the name: then
    /// its words are looked for.
    fn ids(&self, kind: Option<TagKind>, folded_name: &str) -> Vec<u64>;
}

/// Knows no tag: every tag condition is looked for by its words.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTags;

impl TagLookup for NoTags {
    fn ids(&self, _kind: Option<TagKind>, _folded_name: &str) -> Vec<u64> {
        Vec::new()
    }
}

/// Names fetched beforehand: see [`Query::tag_names`].
impl TagLookup for HashMap<(Option<TagKind>, String), Vec<u64>> {
    fn ids(&self, kind: Option<TagKind>, folded_name: &str) -> Vec<u64> {
        self.get(&(kind, folded_name.to_owned())).cloned().unwrap_or_default()
    }
}

/// How a search is answered.
#[derive(Clone)]
pub struct SearchOptions<'a> {
    /// On whose behalf.
    pub viewer: Viewer,
    /// The order; `None` is the query's own `sort:`, else relevance for words and newest first for everything else.
    pub sort: Option<Sort>,
    /// Most hits to give.
    pub limit: usize,
    /// Hits to leave out from the top (behind `after`, if given). Costs as much as showing them: prefer `after`.
    pub offset: usize,
    /// Go on behind this hit.
    pub after: Option<&'a Cursor>,
    /// How many facets of each kind to count; `None` for no facets.
    pub facets: Option<usize>,
    /// The day of asking, in days since 1970-01-01.
    pub today: i32,
    /// Names of tags.
    pub tags: &'a dyn TagLookup,
}

/// A work that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The work.
    pub id: u64,
    /// How well the words fit; only in an order by relevance.
    pub score: Option<f32>,
    /// To go on behind this hit.
    pub cursor: Cursor,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Exactly how many works match.
    pub total: u64,
    /// The page.
    pub hits: Vec<Hit>,
    /// What the matches carry, if asked for.
    pub facets: Option<Facets>,
    /// The order the hits are in.
    pub sort: Sort,
}

impl Index {
    /// Answers a query from the last commit, whoever made it; for a few seconds after very much has changed at once from the
    /// one before (see [`BoardLimits::lag`](crate::BoardLimits::lag)).
    ///
    /// # Errors
    /// Disk failures, and a cursor that belongs to another order.
    pub fn search(
        &self,
        query: &Query,
        options: &SearchOptions<'_>,
    ) -> Result<Results, IndexError> {
        let searcher = self.boards().view(self.searcher()?, self.canonical())?;
        self.canonical().refresh()?;
        let sort = options.sort.or(query.sort).unwrap_or_else(|| usual_sort(query));
        let order = Order::from(sort);
        if let Some(cursor) = options.after {
            cursor.fits(order)?;
        }
        let languages = self.stem_languages(&searcher)?;
        let compiler = Compiler {
            fields: self.fields(),
            languages: &languages,
            today: options.today,
            tags: options.tags,
            names: self.names(),
            searcher: &searcher,
            canonical: self.canonical(),
        };
        let compiled = Arc::new(compiler.compile(query, options.viewer)?);
        let best =
            if options.limit == 0 { 0 } else { options.offset.saturating_add(options.limit) };
        let request = PageRequest { order, best, after: options.after, facets: options.facets };
        let found = self.page(&searcher, &compiled, &request)?;
        let hits =
            found.best.into_iter().skip(options.offset).map(|cursor| hit(order, cursor)).collect();
        Ok(Results { total: found.total, hits, facets: found.facets, sort })
    }
}

impl Index {
    /// From the boards where they can answer. How well some questions fit only Tantivy can say: then the boards count.
    fn page(
        &self,
        searcher: &Searcher,
        plan: &Arc<Plan>,
        request: &PageRequest<'_>,
    ) -> Result<Page, IndexError> {
        let boards = |request: &PageRequest<'_>| {
            self.boards().page(searcher, self.canonical(), plan, request)
        };
        let plain = |request: &PageRequest<'_>| {
            page(searcher, &*plan.question(), request, self.canonical())
        };
        if let Some(page) = boards(request)? {
            return Ok(page);
        }
        // Many of these at once would keep the boards from being made, and everybody from an answer.
        let _turn = self.boards().turn();
        if let Some(page) = boards(request)? {
            return Ok(page);
        }
        if request.order.by != By::Score || request.best == 0 || request.facets.is_none() {
            return plain(request);
        }
        let counted = PageRequest { best: 0, after: None, ..*request };
        let Some(counted) = boards(&counted)? else {
            return plain(request);
        };
        let best = plain(&PageRequest { facets: None, ..*request })?.best;
        Ok(Page { best, ..counted })
    }
}

fn hit(order: Order, cursor: Cursor) -> Hit {
    let score = match (&cursor.key, order.by) {
        (CursorKey::Number(key), By::Score) => Some(order.score_of(*key)),
        _ => None,
    };
    Hit { id: cursor.id, score, cursor }
}

/// Words ask for the best; anything else for the newest.
fn usual_sort(query: &Query) -> Sort {
    let by_words = query.root.as_ref().is_some_and(asks_for_words);
    Sort::by(if by_words { SortKey::Relevance } else { SortKey::Updated })
}

fn asks_for_words(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_for_words),
        Node::Text { .. } => true,
        _ => false,
    }
}
