//! Nothing but what is asked for ([`Node::Only`]), said by tags: one of those that are asked for, and none of the others that
//! works beside them carry.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::shelf::TagNumbers;
use fanfold_model::query::{Node, Query};
use fanfold_model::{TagId, TagKind, Viewer};
use fanfold_search::SearchOptions;
use std::collections::BTreeSet;

impl Archive {
    /// The question with every [`Node::Only`] said by tags; the numbers of those that it names are known.
    pub(super) async fn without_others(
        &self,
        query: Query,
        viewer: Viewer,
        tags: &mut TagNumbers,
    ) -> Result<Query> {
        let mut query = query;
        for (kind, names) in query.only() {
            let said = match names.is_empty() {
                true => Node::Not(Box::new(Node::Or(Vec::new()))),
                false => {
                    let asked = names.iter().filter_map(|name| tags.get(name)).flatten();
                    let asked = asked.map(|id| TagId::of_number(*id)).collect();
                    self.none_but(kind, asked, viewer, tags).await?
                }
            };
            query.root = query.root.map(|root| replaced(root, kind, &said));
        }
        Ok(query)
    }

    /// Works with one of these tags, among which are all synonyms and narrower tags, and with no other of the kind.
    async fn none_but(
        &self,
        kind: TagKind,
        asked: BTreeSet<TagId>,
        viewer: Viewer,
        tags: &mut TagNumbers,
    ) -> Result<Node> {
        if asked.is_empty() {
            return Ok(Node::Or(Vec::new()));
        }
        let wanted = numbered(kind, "wanted");
        let numbers = asked.iter().map(|tag| tag.number()).collect();
        tags.insert((Some(kind), name(&wanted)), numbers);
        let beside = self.carried_beside(kind, &wanted, viewer, tags).await?;
        let others: Vec<TagId> = beside.into_iter().filter(|tag| !asked.contains(tag)).collect();
        let mut numbers: Vec<u64> = others.iter().map(|tag| tag.number()).collect();
        let synonyms = self.store().synonyms_of(&others).await?;
        numbers.extend(synonyms.into_iter().map(TagId::number));
        let unwanted = numbered(kind, "unwanted");
        if numbers.is_empty() {
            return Ok(wanted);
        }
        tags.insert((Some(kind), name(&unwanted)), numbers);
        Ok(Node::And(vec![wanted, Node::Not(Box::new(unwanted))]))
    }

    /// The canonical tags of a kind on works of a condition.
    async fn carried_beside(
        &self,
        kind: TagKind,
        condition: &Node,
        viewer: Viewer,
        tags: &TagNumbers,
    ) -> Result<Vec<TagId>> {
        let query = Query { root: Some(condition.clone()), sort: None };
        let (index, today, tags) = (self.index().get(), self.today(), tags.clone());
        let search = move || {
            let options = SearchOptions {
                viewer,
                sort: None,
                limit: 0,
                offset: 0,
                after: None,
                facets: Some(usize::MAX),
                today,
                tags: &tags,
            };
            index.search(&query, &options)
        };
        let found = tokio::task::spawn_blocking(search).await;
        let found = found.map_err(|_| AppError::Broken("the search"))??;
        let mut facets = found.facets.unwrap_or_default();
        let carried = facets.tags.remove(&kind).unwrap_or_default();
        Ok(carried.into_iter().map(|found| TagId::of_number(found.id)).collect())
    }
}

/// Tags that a question names by what they are for; no tag is called so.
fn numbered(kind: TagKind, role: &str) -> Node {
    Node::Tag { kind: Some(kind), name: format!("\u{0}{role}"), prefix: false }
}

fn name(node: &Node) -> String {
    match node {
        Node::Tag { name, .. } => name.clone(),
        _ => String::new(),
    }
}

fn replaced(node: Node, kind: TagKind, by: &Node) -> Node {
    let each = |nodes: Vec<Node>| nodes.into_iter().map(|node| replaced(node, kind, by)).collect();
    match node {
        Node::Only(own) if own == kind => by.clone(),
        Node::And(nodes) => Node::And(each(nodes)),
        Node::Or(nodes) => Node::Or(each(nodes)),
        Node::Not(inner) => Node::Not(Box::new(replaced(*inner, kind, by))),
        node => node,
    }
}
