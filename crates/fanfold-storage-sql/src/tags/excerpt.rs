//! The piece of the graph around some tags, in memory.

use super::sql;
use crate::db::{Conn, int_list, vals};
use fanfold_model::{TagId, TagKind};
use fanfold_storage::{Result, StorageError, TagEdge, TagEdgeKind, TagState};
use std::collections::{BTreeMap, BTreeSet};

/// A tag.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: TagKind,
    pub(super) folded: String,
    pub(super) state: TagState,
}

/// Some tags, their neighbours, and all edges of the former.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    pub(super) nodes: BTreeMap<TagId, Node>,
    pub(super) edges: BTreeSet<TagEdge>,
}

impl Excerpt {
    pub(super) async fn around(
        conn: &mut Conn,
        tags: impl IntoIterator<Item = TagId>,
    ) -> Result<Self> {
        let list = int_list(tags.into_iter().map(|tag| tag.0));
        let mut excerpt = Self::default();
        for mut row in conn.fetch(sql::NODES, vec![list.clone()]).await? {
            let state = TagState {
                name: row.text(2)?,
                canonical: row.flag(4)?,
                unwrangleable: row.flag(5)?,
            };
            let kind = row.parsed(1, TagKind::from_name)?;
            let node = Node { kind, folded: row.text(3)?, state };
            excerpt.nodes.insert(TagId(row.int(0)?), node);
        }
        for mut row in conn.fetch(sql::AROUND, vec![list]).await? {
            let kind = row.parsed(2, TagEdgeKind::from_name)?;
            let (child, parent) = (TagId(row.int(0)?), TagId(row.int(1)?));
            excerpt.edges.insert(TagEdge { child, parent, kind });
        }
        Ok(excerpt)
    }

    /// The tag, which must be there.
    pub(super) fn node(&self, tag: TagId) -> Result<&Node> {
        self.nodes.get(&tag).ok_or_else(|| {
            StorageError::Refused(format!("there is no tag {tag} in this library any more"))
        })
    }

    /// The tag's name in quotes, for messages.
    pub(super) fn name(&self, tag: TagId) -> String {
        self.nodes
            .get(&tag)
            .map_or_else(|| format!("tag {tag}"), |node| format!("“{}”", node.state.name))
    }

    /// What stands above a tag.
    pub(super) fn up(&self, tag: TagId, kind: TagEdgeKind) -> impl Iterator<Item = TagId> {
        let own = self.edges.iter().filter(move |edge| edge.child == tag && edge.kind == kind);
        own.map(|edge| edge.parent)
    }

    /// What stands below a tag.
    pub(super) fn down(&self, tag: TagId, kind: TagEdgeKind) -> impl Iterator<Item = TagId> {
        let own = self.edges.iter().filter(move |edge| edge.parent == tag && edge.kind == kind);
        own.map(|edge| edge.child)
    }

    /// The canonical tag that a tag means.
    pub(super) fn means(&self, tag: TagId) -> Option<TagId> {
        self.up(tag, TagEdgeKind::Synonym).next()
    }

    pub(super) fn has(&self, child: TagId, parent: TagId, kind: TagEdgeKind) -> bool {
        self.edges.contains(&TagEdge { child, parent, kind })
    }
}

/// All metatags of these tags, at any height.
pub(super) async fn above(conn: &mut Conn, tags: &[TagId]) -> Result<BTreeSet<TagId>> {
    closure(conn, sql::ABOVE, tags).await
}

/// All subtags of these tags, at any depth.
pub(super) async fn below(conn: &mut Conn, tags: &[TagId]) -> Result<BTreeSet<TagId>> {
    closure(conn, sql::BELOW, tags).await
}

async fn closure(conn: &mut Conn, sql: &'static str, tags: &[TagId]) -> Result<BTreeSet<TagId>> {
    let rows = conn.fetch(sql, vals![int_list(tags.iter().map(|tag| tag.0))]).await?;
    rows.into_iter().map(|row| Ok(TagId(row.int(0)?))).collect()
}
