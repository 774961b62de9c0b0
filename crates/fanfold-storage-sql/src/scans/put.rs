//! Taking over the tag graph and the edits of an export. What is there stays.

use super::sql::{self, inserts};
use crate::curation::add_edits;
use crate::db::{Conn, int_list, text_list, vals};
use crate::shown::{TagKey, ensure_tags};
use fanfold_model::canonical::{EditRecord, TagRecord};
use fanfold_model::{Edit, TagKind, fold_name};
use fanfold_storage::{Result, StorageError};
use std::collections::{BTreeMap, BTreeSet};

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

async fn put_tags(conn: &mut Conn, tags: Vec<TagRecord>) -> Result<()> {
    let tags = tags.into_iter().map(|tag| {
        let kind = TagKind::from_name(&tag.kind)
            .ok_or_else(|| StorageError::Refused(format!("`{}` is no kind of tag", tag.kind)))?;
        Ok((kind, tag))
    });
    let tags = tags.collect::<Result<Vec<_>>>()?;
    let mut wanted: BTreeMap<TagKey, String> = BTreeMap::new();
    for (kind, tag) in &tags {
        // A record's own wording comes before the mention of it by another record.
        wanted.insert((*kind, fold_name(&tag.name)), tag.name.clone());
    }
    for (kind, tag) in &tags {
        for (_, kind, name) in above(*kind, tag) {
            wanted.entry((kind, fold_name(name))).or_insert_with(|| name.to_owned());
        }
    }
    let ids = ensure_tags(conn, wanted).await?;
    name_canonical(conn, &tags, &ids).await?;
    put_edges(conn, &tags, &ids).await
}

/// What stands above a tag: the edge, the kind and the name. Parents are fandoms, whatever the
/// child is; the others are of the child's own kind.
fn above(kind: TagKind, tag: &TagRecord) -> impl Iterator<Item = (&'static str, TagKind, &str)> {
    let synonym = tag.synonym_of.iter().map(move |name| ("synonym", kind, name.as_str()));
    let metatags = tag.metatags.iter().map(move |name| ("metatag", kind, name.as_str()));
    let parents = tag.parents.iter().map(|name| ("parent", TagKind::Fandom, name.as_str()));
    synonym.chain(metatags).chain(parents)
}

async fn name_canonical(
    conn: &mut Conn,
    tags: &[(TagKind, TagRecord)],
    ids: &BTreeMap<TagKey, i64>,
) -> Result<()> {
    let canonical = tags.iter().filter(|(_, tag)| tag.canonical);
    let canonical: Vec<(i64, &str)> = canonical
        .filter_map(|(kind, tag)| Some((*ids.get(&(*kind, fold_name(&tag.name)))?, &*tag.name)))
        .collect();
    let rows = canonical.into_iter().map(|(id, name)| vals![id, name]);
    conn.insert(&inserts::CANONICAL, rows.collect()).await
}

async fn put_edges(
    conn: &mut Conn,
    tags: &[(TagKind, TagRecord)],
    ids: &BTreeMap<TagKey, i64>,
) -> Result<()> {
    let mut edges = BTreeSet::new();
    for (kind, tag) in tags {
        let child = ids.get(&(*kind, fold_name(&tag.name)));
        for (edge, above_kind, name) in above(*kind, tag) {
            let parent = ids.get(&(above_kind, fold_name(name)));
            if let (Some(child), Some(parent)) = (child, parent)
                && child != parent
            {
                edges.insert((*child, *parent, edge));
            }
        }
    }
    // A tag that already has its canonical tag keeps it.
    let children = int_list(edges.iter().map(|(child, ..)| *child));
    for mut row in conn.fetch(sql::EDGES_OF, vals![children]).await? {
        let (child, kind) = (row.int(0)?, row.text(1)?);
        edges.retain(|(other, _, edge)| *other != child || *edge != "synonym" || kind != "synonym");
    }
    let rows = edges.iter().map(|(child, parent, kind)| vals![*child, *parent, *kind]);
    conn.insert(&inserts::EDGES, rows.collect()).await?;
    tell_index(conn, edges.into_iter().map(|(child, ..)| child).collect()).await
}

/// Works under tags whose neighbours changed are to be indexed again.
async fn tell_index(conn: &mut Conn, tags: BTreeSet<i64>) -> Result<()> {
    let rows = conn.fetch(sql::WORKS_WITH, vals![int_list(tags)]).await?;
    let works = rows.into_iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
    let before = conn.take_numbers("change", works.len()).await?;
    let rows = (before + 1..).zip(works).map(|(seq, work)| vals![seq, work, "put"]);
    conn.insert(&inserts::CHANGES, rows.collect()).await
}
