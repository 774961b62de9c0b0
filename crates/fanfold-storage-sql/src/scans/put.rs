//! Taking over the tag graph and the edits of an export. What is there stays.

use super::sql;
use crate::curation::add_edits;
use crate::db::{Conn, text_list, vals};
use crate::tags::{load_edges, load_tags};
use fanfold_model::canonical::{EditRecord, TagRecord};
use fanfold_model::{Edit, TagKind};
use fanfold_storage::{Loaded, LoadedTag, Result, StorageError, TagEdge, TagEdgeKind};
use std::collections::BTreeSet;

pub(super) async fn put(
    conn: &mut Conn,
    tags: Vec<TagRecord>,
    edits: Vec<EditRecord>,
) -> Result<()> {
    if !tags.is_empty() {
        put_tags(conn, tags).await?;
    }
    let refused = |error: &dyn std::fmt::Display| StorageError::Refused(error.to_string());
    let edits = edits.into_iter().map(|record| Edit::try_from(record).map_err(|e| refused(&e)));
    let mut edits = edits.collect::<Result<Vec<_>>>()?;
    let known = known_works(conn, &edits).await?;
    edits.retain(|edit| known.contains(&edit.work.to_string()));
    edits.sort_by(|a, b| a.at.cmp(&b.at));
    if !edits.is_empty() {
        add_edits(conn, edits).await?;
    }
    Ok(())
}

async fn known_works(conn: &mut Conn, edits: &[Edit]) -> Result<BTreeSet<String>> {
    let uids = text_list(edits.iter().map(|edit| edit.work.to_string()));
    let rows = conn.fetch(sql::KNOWN_WORKS, vals![uids]).await?;
    rows.into_iter().map(|mut row| row.text(0)).collect()
}

/// Takes records of tags over; what is decided here stands.
pub(crate) async fn put_tags(conn: &mut Conn, tags: Vec<TagRecord>) -> Result<Loaded> {
    let tags = tags.into_iter().map(|tag| {
        let kind = TagKind::from_name(&tag.kind)
            .ok_or_else(|| StorageError::Refused(format!("`{}` is no kind of tag", tag.kind)))?;
        Ok((kind, tag))
    });
    let tags = tags.collect::<Result<Vec<_>>>()?;
    let own = tags.iter().map(|(kind, tag)| LoadedTag {
        kind: *kind,
        name: tag.name.clone(),
        canonical: tag.canonical,
        unwrangleable: tag.unwrangleable,
        uses: 0,
    });
    let above = tags.iter().flat_map(|(kind, tag)| above(*kind, tag));
    let mentioned = above.clone().map(|(_, kind, name)| LoadedTag {
        kind,
        name: name.to_owned(),
        canonical: false,
        unwrangleable: false,
        uses: 0,
    });
    // A record's own wording comes before the mention of it by another record.
    let (ids, mut loaded) = load_tags(conn, own.chain(mentioned).collect()).await?;
    let mut higher = ids.iter().skip(tags.len());
    let mut edges = Vec::new();
    for ((kind, tag), child) in tags.iter().zip(&ids) {
        for (kind, ..) in self::above(*kind, tag) {
            let Some(parent) = higher.next() else { break };
            edges.push(TagEdge { child: *child, parent: *parent, kind });
        }
    }
    // Synonyms first: what stands above or below one is its canonical tag's.
    edges.sort_by_key(|edge| edge.kind);
    loaded += load_edges(conn, edges).await?;
    Ok(loaded)
}

/// What stands above a tag: the edge, the kind and the name. Parents are fandoms, whatever the
/// child is; the others are of the child's own kind.
fn above(
    kind: TagKind,
    tag: &TagRecord,
) -> impl Iterator<Item = (TagEdgeKind, TagKind, &str)> + Clone {
    use TagEdgeKind::{Metatag, Parent, Synonym};
    let synonym = tag.synonym_of.iter().map(move |name| (Synonym, kind, name.as_str()));
    let metatags = tag.metatags.iter().map(move |name| (Metatag, kind, name.as_str()));
    let parents = tag.parents.iter().map(|name| (Parent, TagKind::Fandom, name.as_str()));
    synonym.chain(metatags).chain(parents)
}
