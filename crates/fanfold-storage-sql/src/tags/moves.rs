//! A tag becomes a synonym: what hung on it moves to the canonical tag.

use super::excerpt::Excerpt;
use super::plan::{refused, same_kind};
use fanfold_model::TagId;
use fanfold_storage::{Result, TagDelta, TagEdge, TagEdgeKind, TagState};
use std::collections::BTreeSet;

/// `height`: all metatags and all subtags of the tag it is merged into.
pub(super) fn merge(
    excerpt: &Excerpt,
    tag: TagId,
    of: TagId,
    height: &(BTreeSet<TagId>, BTreeSet<TagId>),
) -> Result<TagDelta> {
    may_merge(excerpt, tag, of)?;
    let mut delta = TagDelta::default();
    let node = excerpt.node(tag)?;
    let after = TagState { canonical: false, unwrangleable: false, ..node.state.clone() };
    if after != node.state {
        delta.states.push((tag, node.state.clone(), after));
    }
    move_edges(excerpt, tag, of, height, &mut delta);
    delta.added.push(TagEdge { child: tag, parent: of, kind: TagEdgeKind::Synonym });
    // An edge that goes and comes again stays.
    let both: BTreeSet<TagEdge> =
        delta.added.iter().filter(|edge| delta.removed.contains(edge)).copied().collect();
    delta.added.retain(|edge| !both.contains(edge));
    delta.removed.retain(|edge| !both.contains(edge));
    Ok(delta)
}

/// Takes every edge off a tag and hangs those that fit on another.
pub(super) fn move_edges(
    excerpt: &Excerpt,
    tag: TagId,
    of: TagId,
    (above, below): &(BTreeSet<TagId>, BTreeSet<TagId>),
    delta: &mut TagDelta,
) {
    for edge in excerpt.edges.iter().filter(|edge| edge.child == tag || edge.parent == tag) {
        delta.removed.push(*edge);
        let moved = if edge.child == tag {
            TagEdge { child: of, ..*edge }
        } else {
            TagEdge { parent: of, ..*edge }
        };
        // Its old meaning goes; what would stand above itself, or on its own head, cannot move.
        let fits = match (edge.kind, edge.child == tag) {
            (TagEdgeKind::Synonym, up) => !up,
            (TagEdgeKind::Metatag, true) => !below.contains(&edge.parent),
            (TagEdgeKind::Metatag, false) => !above.contains(&edge.child),
            (TagEdgeKind::Parent, _) => true,
        };
        if fits && moved.child != moved.parent && !excerpt.edges.contains(&moved) {
            delta.added.push(moved);
        }
    }
}

fn may_merge(excerpt: &Excerpt, tag: TagId, of: TagId) -> Result<()> {
    if tag == of {
        return refused(format!("{} cannot be merged into itself", excerpt.name(tag)));
    }
    same_kind(excerpt, tag, of)?;
    let (name, into) = (excerpt.name(tag), excerpt.name(of));
    if excerpt.means(tag) == Some(of) {
        return refused(format!("{name} is a synonym of {into} already"));
    }
    if let Some(means) = excerpt.means(of) {
        let means = excerpt.name(means);
        return refused(format!("{into} is itself a synonym of {means}; merge into {means}"));
    }
    let node = excerpt.node(of)?;
    if !node.state.canonical {
        let kind = node.kind;
        return refused(format!(
            "{into} is not canonical; `fanfold tag canonical {kind} NAME` makes it so"
        ));
    }
    Ok(())
}
