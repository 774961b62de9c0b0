//! Tags: lists, names, pages.

use super::sql;
use crate::db::{Conn, Row, Val, int_list, vals};
use crate::statements::{keys, viewer as seen_by};
use fanfold_model::{TagId, TagKind, Viewer, WorkId};
use fanfold_storage::{Result, TagPage, TagRef};

/// A tag from the columns id, kind, name, works.
pub(super) fn tag_ref(mut row: Row) -> Result<TagRef> {
    Ok(TagRef {
        id: TagId(row.int(0)?),
        kind: row.parsed(1, TagKind::from_name)?,
        name: row.text(2)?,
        works: row.count(3)?,
    })
}

async fn refs(conn: &mut Conn, sql: &'static str, values: Vec<Val>) -> Result<Vec<TagRef>> {
    conn.fetch(sql, values).await?.into_iter().map(tag_ref).collect()
}

pub(super) async fn list(
    conn: &mut Conn,
    kind: TagKind,
    viewer: Viewer,
    after: String,
    limit: u32,
) -> Result<Vec<TagRef>> {
    let values = vec![seen_by(viewer), kind.as_str().into(), after.into(), limit.into()];
    refs(conn, sql::TAGS, values).await
}

pub(super) async fn named(conn: &mut Conn, name: String, viewer: Viewer) -> Result<Vec<TagRef>> {
    let [folded, ordered] = keys(&name);
    refs(conn, sql::TAGS_NAMED, vec![seen_by(viewer), folded, ordered]).await
}

/// The ids under which a name is found; a synonym's is its canonical tag's.
pub(super) async fn ids(
    conn: &mut Conn,
    kind: Option<TagKind>,
    name: String,
) -> Result<Vec<TagId>> {
    let [folded, ordered] = keys(&name);
    let values = vals![kind.map_or("", TagKind::as_str), folded, ordered];
    let rows = conn.fetch(sql::TAG_IDS, values).await?;
    rows.into_iter().map(|row| Ok(TagId(row.int(0)?))).collect()
}

/// These tags, by id.
pub(super) async fn refs_of(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<TagRef>> {
    refs(conn, sql::TAG_REFS, vals![int_list(ids)]).await
}

pub(super) async fn carried(conn: &mut Conn, works: Vec<i64>) -> Result<Vec<(WorkId, TagId)>> {
    let rows = conn.fetch(sql::TAGS_OF_WORKS, vals![int_list(works)]).await?;
    rows.into_iter().map(|row| Ok((WorkId(row.int(0)?), TagId(row.int(1)?)))).collect()
}

pub(super) async fn page(conn: &mut Conn, id: TagId, viewer: Viewer) -> Result<Option<TagPage>> {
    let seen = || seen_by(viewer);
    let Some(row) = conn.first(sql::TAG, vec![seen(), id.0.into()]).await? else {
        return Ok(None);
    };
    let canonical = row.flag(4)?;
    let tag = tag_ref(row)?;
    let along = |kind: &str| vec![seen(), id.0.into(), kind.into()];
    let synonym_of = refs(conn, sql::TAG_ABOVE, along("synonym")).await?.into_iter().next();
    let written = conn.fetch(sql::TAG_WRITTEN, vec![seen(), id.0.into()]).await?;
    Ok(Some(TagPage {
        tag,
        canonical,
        synonym_of,
        synonyms: refs(conn, sql::TAG_BELOW, along("synonym")).await?,
        metatags: refs(conn, sql::TAG_METATAGS, vec![id.0.into(), seen()]).await?,
        subtags: refs(conn, sql::TAG_BELOW, along("metatag")).await?,
        parents: refs(conn, sql::TAG_ABOVE, along("parent")).await?,
        written: written.into_iter().map(|mut row| row.text(0)).collect::<Result<_>>()?,
    }))
}
