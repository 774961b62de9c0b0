//! A work's page.

use super::{address, chains, series, sql};
use crate::db::{Conn, Row, vals};
use crate::forms::{ChapterRow, unpack_text, unpack_work};
use crate::review::guesses;
use crate::statements::viewer as seen_by;
use fanfold_model::{Chapter, CreatorId, Viewer};
use fanfold_storage::{
    ChapterChoice, CreatorRef, Result, SeriesOrigin, StorageError, WorkKey, WorkPage,
};

pub(super) async fn work(
    conn: &mut Conn,
    key: WorkKey,
    viewer: Viewer,
    choice: ChapterChoice,
) -> Result<Option<WorkPage>> {
    let found = match key {
        WorkKey::Id(id) => conn.first(sql::BY_ID, vec![seen_by(viewer), id.0.into()]).await?,
        WorkKey::Uid(uid) => {
            conn.first(sql::BY_UID, vec![seen_by(viewer), uid.to_string().into()]).await?
        }
    };
    let Some(mut row) = found else {
        return Ok(None);
    };
    let id = row.int(0)?;
    let mut work = unpack_work(&row.bytes(1)?)?;
    work.chapters = chapters(conn, id, row.small(2)?, choice).await?;
    let series = series::places(conn, id, viewer).await?;
    if viewer == Viewer::Owner {
        work.suggestions.extend(guesses(conn, id).await?);
        let found = series.iter().filter(|place| place.origin == SeriesOrigin::Links);
        work.suggestions.extend(found.map(chains::suggestion));
    }
    Ok(Some(WorkPage {
        creators: creators(conn, id).await?,
        series,
        links: address::links(conn, id, viewer, &work.title, &work.links).await?,
        imported: row.text(3)?,
        changed: row.int(4)?,
        work,
    }))
}

async fn creators(conn: &mut Conn, work: i64) -> Result<Vec<CreatorRef>> {
    let rows = conn.fetch(sql::CREATORS_OF, vals![work]).await?;
    let creator = |mut row: Row| Ok(CreatorRef { id: CreatorId(row.int(0)?), name: row.text(1)? });
    rows.into_iter().map(creator).collect()
}

/// The chapters of a version, those that were chosen with their text.
pub(super) async fn chapters(
    conn: &mut Conn,
    work: i64,
    version: u32,
    choice: ChapterChoice,
) -> Result<Vec<Chapter>> {
    let wanted = match choice {
        ChapterChoice::None => 0,
        ChapterChoice::One(position) => i64::from(position),
        ChapterChoice::All => -1,
    };
    let rows = conn.fetch(sql::CHAPTERS, vals![wanted, work, version]).await?;
    let chapter = |mut row: Row| {
        let chosen = wanted < 0 || row.int(0)? == wanted;
        chapter_of(&mut row, 0, chosen, work)
    };
    rows.into_iter().map(chapter).collect()
}

/// A chapter from the columns position, uid, number, title, words, text's hash, meta, text.
pub(crate) fn chapter_of(
    row: &mut Row,
    first: usize,
    with_text: bool,
    work: i64,
) -> Result<Chapter> {
    let chapter = ChapterRow {
        position: row.small(first)?,
        uid: row.text_or_null(first + 1)?,
        number: row.text_or_null(first + 2)?,
        title: row.text_or_null(first + 3)?,
        words: row.count(first + 4)?,
        text: row.parsed(first + 5, |text| text.parse().ok())?,
        meta: row.text_or_null(first + 6)?,
    };
    if !with_text {
        return chapter.into_chapter(String::new());
    }
    let damaged = |reason: String| StorageError::Damaged {
        what: format!("the text of work {work}, chapter {}", chapter.position),
        reason,
    };
    let body = row.bytes(first + 7).map_err(|_| damaged("it is not there".to_owned()))?;
    let html = unpack_text(&body).map_err(|error| damaged(error.to_string()))?;
    chapter.into_chapter(html)
}
