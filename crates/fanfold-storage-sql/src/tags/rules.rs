//! The rules of the graph, held around some tags after a change.

use super::excerpt::{Excerpt, above};
use crate::db::Conn;
use fanfold_model::{TagId, TagKind};
use fanfold_storage::{Result, TagEdge, TagEdgeKind};
use std::collections::BTreeSet;

/// What is against the rules around these tags, in words; `None` if nothing is.
pub(super) async fn fault(conn: &mut Conn, tags: &BTreeSet<TagId>) -> Result<Option<String>> {
    let excerpt = Excerpt::around(conn, tags.iter().copied()).await?;
    // What a neighbour of a neighbour may be is decided by the edges of the former.
    let excerpt = Excerpt::around(conn, excerpt.nodes.keys().copied()).await?;
    for tag in tags {
        if let Some(fault) = state_fault(&excerpt, *tag) {
            return Ok(Some(fault));
        }
    }
    let own = |edge: &&TagEdge| tags.contains(&edge.child) || tags.contains(&edge.parent);
    let edges: Vec<TagEdge> = excerpt.edges.iter().filter(own).copied().collect();
    for edge in &edges {
        if let Some(fault) = edge_fault(&excerpt, *edge) {
            return Ok(Some(fault));
        }
    }
    for edge in edges.iter().filter(|edge| edge.kind == TagEdgeKind::Metatag) {
        if above(conn, &[edge.parent]).await?.contains(&edge.parent) {
            return Ok(Some(format!("{} standing above itself", excerpt.name(edge.parent))));
        }
    }
    Ok(None)
}

fn state_fault(excerpt: &Excerpt, tag: TagId) -> Option<String> {
    let Some(node) = excerpt.nodes.get(&tag) else {
        return Some(format!("a place for tag {tag}, which is not in the library any more,"));
    };
    let meanings = excerpt.up(tag, TagEdgeKind::Synonym).count();
    let name = excerpt.name(tag);
    if meanings > 1 {
        return Some(format!("two meanings of {name}"));
    }
    if node.state.canonical && node.state.unwrangleable {
        return Some(format!("{name} being canonical and set aside"));
    }
    let others = excerpt.edges.iter().filter(|edge| edge.child == tag || edge.parent == tag);
    let decided = node.state.canonical || node.state.unwrangleable || others.count() > 1;
    (meanings == 1 && decided).then(|| format!("{name} being a synonym and more than that"))
}

fn edge_fault(excerpt: &Excerpt, edge: TagEdge) -> Option<String> {
    let (child, parent) = (excerpt.nodes.get(&edge.child)?, excerpt.nodes.get(&edge.parent)?);
    let (below, above) = (excerpt.name(edge.child), excerpt.name(edge.parent));
    if !parent.state.canonical {
        return Some(format!("{above} standing above {below} without being canonical"));
    }
    let fits = match edge.kind {
        TagEdgeKind::Synonym => child.kind == parent.kind,
        TagEdgeKind::Metatag => child.kind == parent.kind && child.state.canonical,
        TagEdgeKind::Parent => {
            parent.kind == TagKind::Fandom
                && matches!(
                    child.kind,
                    TagKind::Character | TagKind::Relationship | TagKind::Freeform
                )
        }
    };
    (!fits).then(|| format!("{above} as a {} of {below}", edge.kind.as_str()))
}
