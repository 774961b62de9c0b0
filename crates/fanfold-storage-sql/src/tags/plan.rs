//! What a change would do to the graph: the rules, and what has to come first where they forbid it.

use super::excerpt::{Excerpt, Node, above, below};
use super::moves::merge;
use crate::db::Conn;
use fanfold_model::{TagId, TagKind, fold_tag};
use fanfold_storage::{Result, StorageError, TagChange, TagDelta, TagEdge, TagEdgeKind, TagState};

pub(super) fn refused<T>(why: impl Into<String>) -> Result<T> {
    Err(StorageError::Refused(why.into()))
}

/// The rows that the change changes, or why it cannot be made.
pub(super) async fn plan(conn: &mut Conn, change: &TagChange) -> Result<TagDelta> {
    let tags = [Some(change.tag()), change.other()];
    let excerpt = Excerpt::around(conn, tags.into_iter().flatten()).await?;
    let tag = change.tag();
    let node = excerpt.node(tag)?;
    match change {
        TagChange::Canonical(_) => canonical(&excerpt, tag, node),
        TagChange::NotCanonical(_) => not_canonical(&excerpt, tag, node),
        TagChange::Synonym { of, .. } => {
            let height = (above(conn, &[*of]).await?, below(conn, &[*of]).await?);
            merge(&excerpt, tag, *of, &height)
        }
        TagChange::Split(_) => split(&excerpt, tag),
        TagChange::Metatag { above: wider, .. } => {
            let cycle = tag == *wider || above(conn, &[*wider]).await?.contains(&tag);
            metatag(&excerpt, tag, *wider, cycle)
        }
        TagChange::Parent { fandom, .. } => parent(&excerpt, tag, *fandom),
        TagChange::NoMetatag { above, .. } => without(&excerpt, tag, *above, TagEdgeKind::Metatag),
        TagChange::NoParent { fandom, .. } => without(&excerpt, tag, *fandom, TagEdgeKind::Parent),
        TagChange::Unwrangleable(_) => unwrangleable(&excerpt, tag, node),
        TagChange::Wrangleable(_) => {
            if !node.state.unwrangleable {
                return refused(format!("{} is not set aside", excerpt.name(tag)));
            }
            Ok(state(tag, node, TagState { unwrangleable: false, ..node.state.clone() }))
        }
        TagChange::Rename { name, .. } => rename(&excerpt, tag, node, name),
    }
}

fn state(tag: TagId, node: &Node, after: TagState) -> TagDelta {
    let states = vec![(tag, node.state.clone(), after)];
    TagDelta { states, ..TagDelta::default() }
}

/// Refuses what cannot be asked of a synonym.
fn no_synonym(excerpt: &Excerpt, tag: TagId) -> Result<()> {
    match excerpt.means(tag) {
        Some(means) => refused(format!(
            "{} is a synonym of {}; do it to that tag, or take the synonym out with \
             `fanfold tag split` first",
            excerpt.name(tag),
            excerpt.name(means)
        )),
        None => Ok(()),
    }
}

fn canonical(excerpt: &Excerpt, tag: TagId, node: &Node) -> Result<TagDelta> {
    if node.state.canonical {
        return refused(format!("{} is canonical already", excerpt.name(tag)));
    }
    no_synonym(excerpt, tag)?;
    let after = TagState { canonical: true, unwrangleable: false, ..node.state.clone() };
    Ok(state(tag, node, after))
}

fn not_canonical(excerpt: &Excerpt, tag: TagId, node: &Node) -> Result<TagDelta> {
    if !node.state.canonical {
        return refused(format!("{} is not canonical", excerpt.name(tag)));
    }
    let in_the_way = [
        (excerpt.down(tag, TagEdgeKind::Synonym).count(), "synonyms"),
        (excerpt.up(tag, TagEdgeKind::Metatag).count(), "metatags"),
        (excerpt.down(tag, TagEdgeKind::Metatag).count(), "subtags"),
        (excerpt.down(tag, TagEdgeKind::Parent).count(), "tags that belong to it"),
    ];
    let held: Vec<String> = in_the_way
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !held.is_empty() {
        return refused(format!(
            "{} has {}; merge it into another tag, which takes them along, or take them away first",
            excerpt.name(tag),
            held.join(", ")
        ));
    }
    Ok(state(tag, node, TagState { canonical: false, ..node.state.clone() }))
}

fn split(excerpt: &Excerpt, tag: TagId) -> Result<TagDelta> {
    let Some(parent) = excerpt.means(tag) else {
        return refused(format!(
            "{} is no synonym, so there is nothing to split",
            excerpt.name(tag)
        ));
    };
    let removed = vec![TagEdge { child: tag, parent, kind: TagEdgeKind::Synonym }];
    Ok(TagDelta { removed, ..TagDelta::default() })
}

fn need_canonical(excerpt: &Excerpt, tag: TagId) -> Result<()> {
    no_synonym(excerpt, tag)?;
    if excerpt.node(tag)?.state.canonical {
        return Ok(());
    }
    let kind = excerpt.node(tag)?.kind;
    refused(format!(
        "{} is not canonical; `fanfold tag canonical {kind} NAME` makes it so",
        excerpt.name(tag)
    ))
}

pub(super) fn same_kind(excerpt: &Excerpt, tag: TagId, other: TagId) -> Result<()> {
    let (one, two) = (excerpt.node(tag)?.kind, excerpt.node(other)?.kind);
    if one == two {
        return Ok(());
    }
    refused(format!(
        "{} is a {one} and {} a {two}; only tags of one kind can be one",
        excerpt.name(tag),
        excerpt.name(other)
    ))
}

fn metatag(excerpt: &Excerpt, tag: TagId, wider: TagId, cycle: bool) -> Result<TagDelta> {
    same_kind(excerpt, tag, wider)?;
    need_canonical(excerpt, tag)?;
    need_canonical(excerpt, wider)?;
    if cycle {
        return refused(format!(
            "{} stands above {} already, so it cannot stand below it, too",
            excerpt.name(tag),
            excerpt.name(wider)
        ));
    }
    with(excerpt, tag, wider, TagEdgeKind::Metatag)
}

fn parent(excerpt: &Excerpt, tag: TagId, fandom: TagId) -> Result<TagDelta> {
    let kind = excerpt.node(tag)?.kind;
    if !matches!(kind, TagKind::Character | TagKind::Relationship | TagKind::Freeform) {
        return refused(format!(
            "{} is a {kind}; only characters, relationships and freeforms belong to a fandom",
            excerpt.name(tag)
        ));
    }
    if excerpt.node(fandom)?.kind != TagKind::Fandom {
        return refused(format!("{} is no fandom", excerpt.name(fandom)));
    }
    no_synonym(excerpt, tag)?;
    need_canonical(excerpt, fandom)?;
    with(excerpt, tag, fandom, TagEdgeKind::Parent)
}

fn with(excerpt: &Excerpt, child: TagId, parent: TagId, kind: TagEdgeKind) -> Result<TagDelta> {
    if excerpt.has(child, parent, kind) {
        return refused(format!(
            "{} is a {} of {} already",
            excerpt.name(parent),
            kind.as_str(),
            excerpt.name(child)
        ));
    }
    Ok(TagDelta { added: vec![TagEdge { child, parent, kind }], ..TagDelta::default() })
}

fn without(excerpt: &Excerpt, child: TagId, parent: TagId, kind: TagEdgeKind) -> Result<TagDelta> {
    if !excerpt.has(child, parent, kind) {
        return refused(format!(
            "{} is no {} of {}",
            excerpt.name(parent),
            kind.as_str(),
            excerpt.name(child)
        ));
    }
    Ok(TagDelta { removed: vec![TagEdge { child, parent, kind }], ..TagDelta::default() })
}

fn unwrangleable(excerpt: &Excerpt, tag: TagId, node: &Node) -> Result<TagDelta> {
    no_synonym(excerpt, tag)?;
    if node.state.canonical {
        return refused(format!("{} is canonical, so something was made of it", excerpt.name(tag)));
    }
    if node.state.unwrangleable {
        return refused(format!("{} is set aside already", excerpt.name(tag)));
    }
    Ok(state(tag, node, TagState { unwrangleable: true, ..node.state.clone() }))
}

fn rename(excerpt: &Excerpt, tag: TagId, node: &Node, name: &str) -> Result<TagDelta> {
    need_canonical(excerpt, tag)?;
    let name = name.trim();
    if fold_tag(node.kind, name) != node.folded {
        return refused(format!(
            "“{name}” is another name than {}: only its case and spacing can be changed, and the order of \
             a relationship's members; make “{name}” canonical and merge {} into it instead",
            excerpt.name(tag),
            excerpt.name(tag)
        ));
    }
    if name == node.state.name {
        return refused(format!("{} is spelt so already", excerpt.name(tag)));
    }
    Ok(state(tag, node, TagState { name: name.to_owned(), ..node.state.clone() }))
}
