//! Where a work comes from, and its other versions.

use super::{page, sql};
use crate::db::{Conn, Row, vals};
use crate::forms::{unpack_text, unpack_work};
use crate::records::{edit_of, source_of};
use crate::statements::viewer as seen_by;
use fanfold_model::{Edit, Viewer, Work, WorkId};
use fanfold_storage::{ChapterChoice, Result, SourcesPage, StorageError};

pub(super) async fn page(
    conn: &mut Conn,
    id: WorkId,
    viewer: Viewer,
) -> Result<Option<SourcesPage>> {
    let found = conn.first(sql::BY_ID, vec![seen_by(viewer), id.0.into()]).await?;
    let Some(mut row) = found else {
        return Ok(None);
    };
    let mut work = unpack_work(&row.bytes(1)?)?;
    let version = row.small(2)?;
    work.chapters = page::chapters(conn, id.0, version, ChapterChoice::None).await?;
    let layers = layers(conn, id.0, version).await?;
    let mut normalised = layers.normalised;
    normalised.id = work.id;
    normalised.uid = work.uid;
    normalised.sources.clone_from(&work.sources);
    normalised.versions.clone_from(&work.versions);
    Ok(Some(SourcesPage {
        work,
        normalised,
        extracted: layers.extracted,
        rules: layers.rules,
        edits: edits(conn, id.0).await?,
    }))
}

/// The lower layers of a version.
struct Layers {
    extracted: String,
    rules: String,
    normalised: Work,
}

async fn layers(conn: &mut Conn, work: i64, version: u32) -> Result<Layers> {
    let (mut extracted, mut normalised) = (None, None);
    for mut row in conn.fetch(sql::LAYERS, vals![work, version]).await? {
        let (layer, rules, body) = (row.text(0)?, row.text(1)?, row.bytes(2)?);
        match layer.as_str() {
            "extracted" => extracted = Some((unpack_text(&body)?, rules)),
            _ => normalised = Some(unpack_work(&body)?),
        }
    }
    let missing = || StorageError::Damaged {
        what: format!("work {work}, version {version}"),
        reason: "a layer is not there".to_owned(),
    };
    let (extracted, rules) = extracted.ok_or_else(missing)?;
    Ok(Layers { extracted, rules, normalised: normalised.ok_or_else(missing)? })
}

async fn edits(conn: &mut Conn, work: i64) -> Result<Vec<Edit>> {
    let rows = conn.fetch(sql::EDITS, vals![work]).await?;
    rows.into_iter().map(|mut row: Row| edit_of(&mut row, 0)).collect()
}

/// A version as it was read, without edits, with all its chapters. One that is known by name only
/// is not there.
pub(super) async fn version(
    conn: &mut Conn,
    id: WorkId,
    viewer: Viewer,
    number: u32,
) -> Result<Option<Work>> {
    let values = vec![seen_by(viewer), id.0.into(), number.into()];
    let Some(mut row) = conn.first(sql::VERSION, values).await? else {
        return Ok(None);
    };
    let shown = unpack_work(&row.bytes(0)?)?;
    let mut work = unpack_work(&row.bytes(1)?)?;
    work.id = shown.id;
    work.uid = shown.uid;
    work.versions = shown.versions;
    let sources = conn.fetch(sql::VERSION_SOURCES, vals![id.0, number]).await?;
    let sources = sources.into_iter().map(|mut row| source_of(&mut row, 0));
    work.sources = sources.collect::<Result<_>>()?;
    work.chapters = page::chapters(conn, id.0, number, ChapterChoice::All).await?;
    Ok(Some(work))
}
