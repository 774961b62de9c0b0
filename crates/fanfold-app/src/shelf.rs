//! What a reader keeps to find works by: saved filters, of which one may narrow every list, and mutes. Both are conditions of
//! the question itself, so that every count, list and facet agrees with them.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::search::{Answer, Each, NumberedTags, SearchRequest};
use fanfold_model::query::{Node, NumberField, NumberRange, Query, parse};
use fanfold_model::{CreatorId, Mute, Muted, SavedFilter, TagKind, Viewer, WorkId, fold_name};
use fanfold_storage::TagRef;
use std::collections::{BTreeSet, HashMap};

/// The name under which a question asks for all muted tags at once. No tag is called so: names hold no control characters.
const MUTED_TAGS: &str = "\u{0}muted";
/// Longest name of a filter, in characters.
const LONGEST_NAME: usize = 100;
/// Most filters, and most mutes, of a reader.
const MOST: usize = 2_000;

/// On whose behalf a question is asked, and what of theirs it obeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The reader, as in the history; what they muted is left out.
    pub reader: String,
    /// Whether their usual filter narrows the answer too.
    pub usual: bool,
}

/// The numbers that tags of a kind and a folded name are found under.
pub(crate) type TagNumbers = HashMap<(Option<TagKind>, String), Vec<u64>>;

/// A question with what stands for its reader.
pub(crate) struct Narrowed {
    pub(crate) query: Query,
    /// Tags by name, beside those that the question names.
    pub(crate) tags: TagNumbers,
    /// Whether anything was added.
    pub(crate) narrower: bool,
}

impl Archive {
    /// A reader's saved filters, by name.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn saved_filters(&self, reader: &str) -> Result<Vec<SavedFilter>> {
        Ok(self.store().saved_filters(reader).await?)
    }

    /// Keeps a filter in the place of one with the same name.
    ///
    /// # Errors
    /// If it has no name or one of more than 100 characters, if its query is empty or cannot be read, if the reader has very
    /// many, or if the store fails.
    pub async fn save_filter(&self, reader: &str, filter: SavedFilter) -> Result<()> {
        let name = filter.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let why = format!("a filter needs a name of 1 to {LONGEST_NAME} characters");
            return Err(AppError::Refused(why));
        }
        let query = parse(&filter.query).map_err(|error| {
            AppError::Refused(format!("column {}: {}. {}", error.column, error.message, error.hint))
        })?;
        if query == Query::default() {
            let why = "a filter needs a condition or an order; this one would keep every work";
            return Err(AppError::Refused(why.to_owned()));
        }
        let kept = self.store().saved_filters(reader).await?;
        let others = kept.iter().filter(|own| fold_name(&own.name) != fold_name(name));
        has_room(others.count(), "filters")?;
        let kept = SavedFilter { name: name.to_owned(), query: query.to_string(), ..filter };
        Ok(self.store().save_filter(reader, kept, &self.stamp()).await?)
    }

    /// Forgets a filter; `false` if there is none of that name.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn forget_filter(&self, reader: &str, name: &str) -> Result<bool> {
        Ok(self.store().forget_filter(reader, name).await?)
    }

    /// What a reader muted, the newest first, also what has run out.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn mutes(&self, reader: &str) -> Result<Vec<Mute>> {
        Ok(self.store().mutes(reader).await?)
    }

    /// Mutes something for so many days, today included, or until it is lifted.
    ///
    /// # Errors
    /// If the reader has muted very much, or the store fails.
    pub async fn mute(
        &self,
        reader: &str,
        what: Muted,
        name: &str,
        days: Option<u16>,
    ) -> Result<()> {
        let others = self.store().mutes(reader).await?;
        has_room(others.iter().filter(|own| own.what.key() != what.key()).count(), "mutes")?;
        let until = days.map(|days| self.today() + i32::from(days.max(1)) - 1);
        let mute = Mute { what, name: name.chars().take(LONGEST_NAME * 2).collect(), until };
        Ok(self.store().mute(reader, mute, &self.stamp()).await?)
    }

    /// Lifts a mute; `false` if there is none.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn unmute(&self, reader: &str, what: &Muted) -> Result<bool> {
        Ok(self.store().unmute(reader, what).await?)
    }

    /// Which of these works are left when those are taken away that the reader muted or that the usual filter leaves out;
    /// `None` where nothing stands for the reader.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn kept(
        &self,
        works: &[WorkId],
        viewer: Viewer,
        standing: Option<&Standing>,
    ) -> Result<Option<BTreeSet<WorkId>>> {
        if !self.narrowed(&Query::default(), standing).await?.narrower {
            return Ok(None);
        }
        let how = Each { viewer, standing, limit: works.len() };
        let found = self.each(vec![any_work(works)], NumberedTags::default(), how).await?;
        let hits = found.into_iter().flat_map(|found| found.hits);
        Ok(Some(hits.map(|hit| WorkId::of_number(hit.id)).collect()))
    }

    /// How many works a list finds under each of these tags, as its own page says it: with synonyms and narrower tags, and
    /// without what the reader muted.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn counted_for(
        &self,
        tags: &[TagRef],
        viewer: Viewer,
        standing: Option<&Standing>,
    ) -> Result<Vec<u64>> {
        let mut numbered = NumberedTags::default();
        let conditions = tags.iter().map(|tag| numbered.node(tag.id)).collect();
        self.totals(conditions, numbered, viewer, standing).await
    }

    /// A creator's works as a list of their own, asked as these works.
    ///
    /// # Errors
    /// If the store or the index fails, or the place to go on from cannot be read.
    pub async fn works_by(&self, creator: CreatorId, request: SearchRequest) -> Result<Answer> {
        let works = self.store().works_of_creator(creator, request.viewer).await?;
        let query = with(request.query.clone(), vec![any_work(&works)]);
        self.search(&SearchRequest { query, ..request }).await
    }

    /// A question with its reader's mutes and usual filter in it.
    pub(crate) async fn narrowed(
        &self,
        query: &Query,
        standing: Option<&Standing>,
    ) -> Result<Narrowed> {
        let mut narrowed =
            Narrowed { query: query.clone(), tags: TagNumbers::new(), narrower: false };
        let Some(standing) = standing else { return Ok(narrowed) };
        if standing.usual {
            self.add_usual(&standing.reader, &mut narrowed).await?;
        }
        let muted = self.store().muted_ids(&standing.reader, self.today()).await?;
        let mut unwanted = Vec::new();
        if !muted.works.is_empty() {
            unwanted.push(any_work(&muted.works));
        }
        if !muted.tags.is_empty() {
            let ids = self.numbers_under(muted.tags).await?;
            narrowed.tags.insert((None, MUTED_TAGS.to_owned()), ids);
            let name = MUTED_TAGS.to_owned();
            unwanted.push(Node::Tag { kind: None, name, prefix: false });
        }
        narrowed.add(unwanted.into_iter().map(|node| Node::Not(Box::new(node))).collect());
        Ok(narrowed)
    }

    /// A filter that an older version kept and this one cannot read narrows nothing; the page of filters shows it.
    async fn add_usual(&self, reader: &str, narrowed: &mut Narrowed) -> Result<()> {
        let filters = self.store().saved_filters(reader).await?;
        let usual = filters.into_iter().find(|filter| filter.usual);
        let Some(usual) = usual.and_then(|filter| parse(&filter.query).ok()) else { return Ok(()) };
        narrowed.query.sort = narrowed.query.sort.or(usual.sort);
        narrowed.add(usual.root.into_iter().collect());
        Ok(())
    }
}

impl Narrowed {
    fn add(&mut self, conditions: Vec<Node>) {
        if conditions.is_empty() {
            return;
        }
        self.narrower = true;
        self.query = with(std::mem::take(&mut self.query), conditions);
    }
}

/// A question with further conditions.
pub(crate) fn with(mut query: Query, conditions: Vec<Node>) -> Query {
    let mut nodes = match query.root.take() {
        Some(Node::And(nodes)) => nodes,
        own => own.into_iter().collect(),
    };
    nodes.extend(conditions);
    query.root = if nodes.len() > 1 { Some(Node::And(nodes)) } else { nodes.pop() };
    query
}

/// Whether one more may be kept beside so many others.
fn has_room(others: usize, what: &str) -> Result<()> {
    if others < MOST {
        return Ok(());
    }
    Err(AppError::Refused(format!("{MOST} {what} are kept at most; forget one first")))
}

/// The condition that finds these works.
fn any_work(works: &[WorkId]) -> Node {
    let exactly = |work: &WorkId| NumberRange::exactly(work.number());
    let work = |work| Node::Number { field: NumberField::Id, range: exactly(work) };
    Node::Or(works.iter().map(work).collect())
}
