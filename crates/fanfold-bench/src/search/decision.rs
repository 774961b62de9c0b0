//! A decision about a tag that is in use, until the front listing counts by it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::Context;
use fanfold_model::TagKind;
use fanfold_model::query::{Node, Query};
use fanfold_search::{FacetCount, Index, NoTags, Results, SearchOptions, TagGraph};
use serde_json::{Value, json};

use super::asking::first_page;

/// About how many works the tags have that come to mean another.
const WORKS: [u64; 3] = [1_000, 100_000, u64::MAX];

/// Canonical forms of the kit's synonyms, and what was decided since.
pub(crate) struct Graph {
    forms: HashMap<u64, u64>,
    /// A canonical tag that became a synonym, and of which.
    decided: Mutex<Vec<(u64, u64)>>,
}

impl Graph {
    pub(crate) fn new(forms: HashMap<u64, u64>) -> Self {
        Self { forms, decided: Mutex::default() }
    }

    fn decided(&self) -> MutexGuard<'_, Vec<(u64, u64)>> {
        self.decided.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that is counted as a tag.
    fn family(&self, tag: u64) -> Vec<u64> {
        let decided = self.decided();
        let synonyms = self.forms.keys().copied().chain(decided.iter().map(|(tag, _)| *tag));
        let form = |tag| self.form(tag, &decided);
        synonyms.filter(|synonym| form(*synonym) == tag).chain([tag]).collect()
    }

    fn form(&self, tag: u64, decided: &[(u64, u64)]) -> u64 {
        let form = self.forms.get(&tag).copied().unwrap_or(tag);
        decided.iter().fold(form, |form, (tag, means)| if form == *tag { *means } else { form })
    }
}

impl TagGraph for Graph {
    fn version(&self) -> u64 {
        self.decided().len() as u64
    }

    fn canonical(&self, tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        let decided = self.decided();
        let forms = tags.iter().map(|tag| (*tag, self.form(*tag, &decided)));
        Ok(forms.filter(|(tag, form)| tag != form).collect())
    }

    fn above(&self, _tags: &[u64]) -> Result<Vec<(u64, u64)>, String> {
        Ok(Vec::new()) // the kit asks for no crossovers
    }

    fn changed_since(&self, version: u64) -> Result<Option<Vec<u64>>, String> {
        let decided: Vec<u64> =
            self.decided().iter().skip(version as usize).map(|(tag, _)| *tag).collect();
        let with_synonyms = |tag| {
            let synonyms = self.forms.iter().filter(move |(_, form)| **form == tag);
            synonyms.map(|(synonym, _)| *synonym).chain([tag])
        };
        Ok(Some(decided.into_iter().flat_map(with_synonyms).collect()))
    }
}

/// For freeforms of very different use: the seconds from the decision that one means the second largest, until the front
/// listing has that one with the right count; beside them the seconds of the same listing before.
pub(crate) fn until_counted(index: &Index, graph: &Graph) -> anyhow::Result<Vec<Value>> {
    let freeforms = counted(&listing(index, 100_000)?);
    let target = freeforms.get(1).context("the kit's works have few freeforms")?.id;
    let mut lines = Vec::new();
    for works in WORKS {
        let is_decided = |tag| graph.decided().iter().any(|(decided, _)| *decided == tag);
        let others = freeforms.iter().filter(|one| one.id != target && !is_decided(one.id));
        let nearest = others.min_by_key(|other| other.count.abs_diff(works));
        let FacetCount { id, count } = *nearest.context("the kit's works have few freeforms")?;
        let both = [graph.family(id), graph.family(target)].concat();
        let expected = total(index, both)?;
        let before = seconds(|| listing(index, 10))?.0;
        graph.decided().push((id, target));
        let (after, listed) = seconds(|| listing(index, 10))?;
        let found = counted(&listed).into_iter().find(|facet| facet.id == target);
        anyhow::ensure!(
            found.is_some_and(|facet| facet.count == expected),
            "tag {id} means {target} now, which {expected} works have; listed: {found:?}"
        );
        lines.push(json!({ "works": count, "seconds": after, "seconds_before": before }));
    }
    Ok(lines)
}

fn seconds<T>(ask: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(f64, T)> {
    let started = Instant::now();
    let answer = ask()?;
    Ok((started.elapsed().as_secs_f64(), answer))
}

fn listing(index: &Index, facets: usize) -> anyhow::Result<Results> {
    let options = SearchOptions { facets: Some(facets), ..first_page(true, &NoTags) };
    Ok(index.search(&Query { root: None, sort: None }, &options)?)
}

fn counted(listing: &Results) -> Vec<FacetCount> {
    let facets = listing.facets.iter().filter_map(|facets| facets.tags.get(&TagKind::Freeform));
    facets.flatten().copied().collect()
}

/// How many works have any of some tags.
fn total(index: &Index, tags: Vec<u64>) -> anyhow::Result<u64> {
    let (kind, name) = (Some(TagKind::Freeform), "either".to_owned());
    let tags = HashMap::from([((kind, name.clone()), tags)]);
    let root = Some(Node::Tag { kind, name, prefix: false });
    Ok(index.search(&Query { root, sort: None }, &first_page(false, &tags))?.total)
}
