//! More works like one: found from its tags, of which the reader chooses those that count. Nothing about readers is kept
//! or asked.
//!
//! Works of a chosen fandom (or of any, where none is chosen) that carry at least one of the other chosen tags are an
//! ordinary question, [`Like::query`]. Of its answers those come first that share the most, and what few works carry weighs
//! more than what all carry: the logarithm of how many times rarer than the whole archive a tag is.

use crate::Result;
use crate::archive::Archive;
use crate::search::{Each, NumberedTags};
use crate::shelf::{Standing, with};
use fanfold_model::query::{Node, NumberField, NumberRange, Query};
use fanfold_model::{TagId, TagKind, Viewer, Work, WorkId, fold_tag};
use fanfold_storage::{Card, ChapterChoice, WorkKey};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of tags that can count.
const KINDS: [TagKind; 4] =
    [TagKind::Fandom, TagKind::Relationship, TagKind::Character, TagKind::Freeform];
/// Tags of a work that are offered, and most that count.
const OFFERED: usize = 120;
const COUNTING: usize = 24;
/// Newest works under each counting tag that are compared.
const COMPARED: usize = 150;
/// Works that are shown.
const SHOWN: usize = 20;
/// What counts where the reader has not chosen: so many fandoms, and so many of the rarest freeforms.
const FANDOMS: usize = 3;
const RAREST: usize = 3;

/// What is asked.
#[derive(Debug, Clone)]
pub struct LikeRequest {
    /// The work that others shall be like.
    pub work: WorkId,
    /// The tags that count, by kind and name; `None` for the usual choice.
    pub chosen: Option<Vec<(TagKind, String)>>,
    /// On whose behalf.
    pub viewer: Viewer,
    /// Whose mutes and usual filter are obeyed.
    pub standing: Option<Standing>,
}

/// A tag of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeTag {
    /// Its kind.
    pub kind: TagKind,
    /// Its name as written on the work.
    pub name: String,
    /// How many other works carry it, another name of it or a narrower tag.
    pub others: u64,
    /// Whether it counts.
    pub chosen: bool,
}

/// A work that shares tags.
#[derive(Debug, Clone, PartialEq)]
pub struct LikeWork {
    /// The work.
    pub card: Card,
    /// The counting tags that it carries, as written on the first work.
    pub shared: Vec<String>,
}

/// Works like one.
#[derive(Debug, Clone, PartialEq)]
pub struct Like {
    /// The work.
    pub work: Work,
    /// Its tags.
    pub tags: Vec<LikeTag>,
    /// The works that share the most, at most 20.
    pub works: Vec<LikeWork>,
    /// The question that finds all that share anything; `None` where no tag counts.
    pub query: Option<Query>,
    /// How many works it finds.
    pub total: u64,
}

/// A tag of the work with what it is found under.
struct Own {
    tag: LikeTag,
    ids: Vec<TagId>,
    node: Node,
}

impl Archive {
    /// Works like one, with the work itself left out; `None` if the viewer may not see the work.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub async fn like(&self, request: &LikeRequest) -> Result<Option<Like>> {
        let key = WorkKey::Id(request.work);
        let page = self.store().work(key, request.viewer, ChapterChoice::None).await?;
        let Some(page) = page else { return Ok(None) };
        let mut own = self.tags_that_may_count(request, &page.work).await?;
        choose(&mut own, request.chosen.as_deref());
        let not_itself = not_itself(request.work);
        let query = question(&own).map(|query| with(query, vec![not_itself.clone()]));
        let (works, total) = match &query {
            Some(query) => self.nearest(request, &own, query).await?,
            None => (Vec::new(), 0),
        };
        let tags = own.into_iter().map(|own| own.tag).collect();
        Ok(Some(Like { work: page.work, tags, works, query, total }))
    }

    async fn tags_that_may_count(&self, request: &LikeRequest, work: &Work) -> Result<Vec<Own>> {
        let mut own: Vec<Own> = Vec::new();
        for kind in KINDS {
            for name in work.tags(kind).into_iter().take(OFFERED) {
                let ids = self.store().tag_ids(Some(kind), name).await?;
                if own.iter().any(|other| other.tag.kind == kind && other.ids == ids) {
                    continue;
                }
                let node = Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false };
                let tag = LikeTag { kind, name: name.to_owned(), others: 0, chosen: false };
                own.push(Own { tag, ids, node });
            }
        }
        let not_itself = not_itself(request.work);
        let others = own.iter().map(|own| Node::And(vec![own.node.clone(), not_itself.clone()]));
        let (others, tags) = (others.collect(), NumberedTags::default());
        let totals = self.totals(others, tags, request.viewer, request.standing.as_ref()).await?;
        own.iter_mut().zip(totals).for_each(|(own, total)| own.tag.others = total);
        Ok(own)
    }

    /// The works that share the most, and how many share anything.
    async fn nearest(
        &self,
        request: &LikeRequest,
        own: &[Own],
        query: &Query,
    ) -> Result<(Vec<LikeWork>, u64)> {
        let counting: Vec<&Own> = own.iter().filter(|own| own.tag.chosen).collect();
        let all = Node::Not(Box::new(Node::Or(Vec::new())));
        let whole = query.root.clone().unwrap_or_else(|| all.clone());
        let mut nodes = vec![whole.clone(), all];
        nodes.extend(counting.iter().map(|own| Node::And(vec![own.node.clone(), whole.clone()])));
        let standing = request.standing.as_ref();
        let how = Each { viewer: request.viewer, standing, limit: COMPARED };
        let found = self.each(nodes, NumberedTags::default(), how).await?;
        let mut found = found.into_iter();
        let total = found.next().map_or(0, |found| found.total);
        let works = found.next().map_or(0, |found| found.total);
        let ids = |hits: Vec<fanfold_search::Hit>| -> Vec<WorkId> {
            hits.into_iter().map(|hit| WorkId::of_number(hit.id)).collect()
        };
        let under: Vec<Vec<WorkId>> = found.map(|found| ids(found.hits)).collect();
        let shared = self.shared(&counting, &under).await?;
        let weight = |at: &usize| weight(counting[*at].tag.others, works);
        let mut order: Vec<(f64, WorkId)> = shared
            .iter()
            .map(|(work, tags)| (tags.iter().map(weight).sum::<f64>(), *work))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        let best: Vec<WorkId> = order.into_iter().take(SHOWN).map(|(_, work)| work).collect();
        let cards = self.store().cards(&best, request.viewer).await?;
        let like = |card: Card| {
            let tags = card.work.id.and_then(|id| shared.get(&id));
            let shared = tags.into_iter().flatten().map(|at| counting[*at].tag.name.clone());
            LikeWork { shared: shared.collect(), card }
        };
        Ok((cards.into_iter().map(like).collect(), total))
    }

    /// Which of the counting tags each work that was found carries: those it was found under, and those it was not among
    /// the newest of.
    async fn shared(
        &self,
        counting: &[&Own],
        under: &[Vec<WorkId>],
    ) -> Result<BTreeMap<WorkId, BTreeSet<usize>>> {
        let mut shared: BTreeMap<WorkId, BTreeSet<usize>> = BTreeMap::new();
        for (at, works) in under.iter().enumerate() {
            for work in works {
                shared.entry(*work).or_default().insert(at);
            }
        }
        let works: Vec<WorkId> = shared.keys().copied().collect();
        for (work, tag) in self.store().tags_of_works(&works).await? {
            let tags = shared.entry(work).or_default();
            tags.extend((0..counting.len()).filter(|at| counting[*at].ids.contains(&tag)));
        }
        Ok(shared)
    }
}

/// Chosen are those that the reader names; without a choice the fandoms, the first relationship (else the first two
/// characters) and the rarest freeforms that other works carry too.
fn choose(own: &mut [Own], chosen: Option<&[(TagKind, String)]>) {
    if let Some(chosen) = chosen {
        let named = |tag: &LikeTag| {
            let same = |(kind, name): &(TagKind, String)| {
                *kind == tag.kind && fold_tag(*kind, name) == fold_tag(*kind, &tag.name)
            };
            chosen.iter().any(same)
        };
        let named = own.iter_mut().filter(|own| named(&own.tag));
        named.take(COUNTING).for_each(|own| own.tag.chosen = true);
        return;
    }
    let relationship = first(own, TagKind::Relationship, 1);
    let people = match relationship.is_empty() {
        true => first(own, TagKind::Character, 2),
        false => relationship,
    };
    let mut rare = first(own, TagKind::Freeform, usize::MAX);
    rare.retain(|at| own[*at].tag.others > 0);
    rare.sort_by_key(|at| own[*at].tag.others);
    rare.truncate(RAREST);
    let fandoms = first(own, TagKind::Fandom, FANDOMS);
    for at in fandoms.into_iter().chain(people).chain(rare) {
        own[at].tag.chosen = true;
    }
}

fn first(own: &[Own], kind: TagKind, most: usize) -> Vec<usize> {
    let of_kind = own.iter().enumerate().filter(|(_, own)| own.tag.kind == kind);
    of_kind.map(|(at, _)| at).take(most).collect()
}

/// Any chosen fandom, and any other chosen tag.
fn question(own: &[Own]) -> Option<Query> {
    let chosen = |fandoms: bool| {
        let chosen = own.iter().filter(|own| own.tag.chosen);
        let mut nodes: Vec<Node> = chosen
            .filter(|own| (own.tag.kind == TagKind::Fandom) == fandoms)
            .map(|own| own.node.clone())
            .collect();
        if nodes.len() > 1 { Some(Node::Or(nodes)) } else { nodes.pop() }
    };
    let nodes: Vec<Node> = chosen(true).into_iter().chain(chosen(false)).collect();
    (!nodes.is_empty()).then(|| with(Query::default(), nodes))
}

fn not_itself(work: WorkId) -> Node {
    let range = NumberRange::exactly(work.number());
    Node::Not(Box::new(Node::Number { field: NumberField::Id, range }))
}

/// How much a tag says that so many of all works carry.
fn weight(carriers: u64, works: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "works are far fewer than 2^52")]
    let (carriers, works) = (carriers.max(1) as f64, works.max(1) as f64);
    (1.0 + works / carriers).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(kind: TagKind, name: &str, others: u64) -> Own {
        let node = Node::Tag { kind: Some(kind), name: name.to_owned(), prefix: false };
        let tag = LikeTag { kind, name: name.to_owned(), others, chosen: false };
        Own { tag, ids: Vec::new(), node }
    }

    fn chosen(mut all: Vec<Own>, by: Option<&[(TagKind, String)]>) -> String {
        choose(&mut all, by);
        question(&all).map(|query| query.to_string()).unwrap_or_default()
    }

    fn all() -> Vec<Own> {
        vec![
            own(TagKind::Fandom, "Oz", 40),
            own(TagKind::Relationship, "a/b", 3),
            own(TagKind::Relationship, "c/d", 1),
            own(TagKind::Character, "Toto", 9),
            own(TagKind::Freeform, "common", 30),
            own(TagKind::Freeform, "alone", 0),
            own(TagKind::Freeform, "rare", 1),
            own(TagKind::Freeform, "seldom", 2),
            own(TagKind::Freeform, "often", 20),
        ]
    }

    #[test]
    fn the_fandom_the_first_pair_and_the_rarest_shared_freeforms_count_unless_the_reader_chooses() {
        assert_eq!(
            chosen(all(), None),
            "fandom:Oz rel:a/b OR freeform:rare OR freeform:seldom OR freeform:often"
        );
        let without_pairs = all().into_iter().filter(|own| own.tag.kind != TagKind::Relationship);
        assert!(chosen(without_pairs.collect(), None).contains("char:Toto OR "));
        let by =
            [(TagKind::Freeform, "COMMON".to_owned()), (TagKind::Freeform, "other".to_owned())];
        assert_eq!(chosen(all(), Some(&by)), "freeform:common");
        assert_eq!(chosen(all(), Some(&by[1..])), "");
        assert_eq!(chosen(Vec::new(), None), "");
    }

    #[test]
    fn a_rarer_tag_weighs_more_and_none_weighs_nothing() {
        assert!(weight(1, 1_000) > weight(100, 1_000));
        assert!(weight(1_000, 1_000) > 0.0 && weight(0, 0).is_finite());
    }
}
