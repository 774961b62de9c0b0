//! Series: a work's places in them, and their pages.

use super::{cards, chains, sql};
use crate::db::{Conn, int_list, vals};
use crate::statements::viewer as seen_by;
use fanfold_model::{SeriesId, Viewer, WorkId};
use fanfold_storage::{Result, SeriesNeighbour, SeriesOrigin, SeriesPage, SeriesPlace};

/// A work among the visible works of a series.
#[derive(Debug, Clone)]
struct Member {
    series: i64,
    work: i64,
    title: String,
    part: Option<u32>,
}

async fn members(conn: &mut Conn, series: Vec<i64>, viewer: Viewer) -> Result<Vec<Member>> {
    let values = vec![seen_by(viewer), int_list(series)];
    let mut members: Vec<Member> = Vec::new();
    for mut row in conn.fetch(sql::IN_SERIES, values).await? {
        let (series, work) = (row.int(0)?, row.int(1)?);
        // A work stands once in a series, even where its source says so twice.
        if !members.iter().any(|other| (other.series, other.work) == (series, work)) {
            let (title, part) = (row.text(2)?, row.small_or_null(3)?);
            members.push(Member { series, work, title, part });
        }
    }
    Ok(members)
}

/// A work's places in its series, with the neighbours that the viewer may see.
pub(super) async fn places(conn: &mut Conn, work: i64, viewer: Viewer) -> Result<Vec<SeriesPlace>> {
    let mut own = Vec::new();
    for mut row in conn.fetch(sql::SERIES_OF, vals![work]).await? {
        own.push((row.int(0)?, row.text(1)?, row.small_or_null(2)?));
    }
    if own.is_empty() {
        return Ok(Vec::from_iter(chains::place(conn, work, viewer).await?));
    }
    let all = members(conn, own.iter().map(|(id, ..)| *id).collect(), viewer).await?;
    let place = |(id, title, part): (i64, String, Option<u32>)| {
        let those: Vec<&Member> = all.iter().filter(|member| member.series == id).collect();
        let at = those.iter().position(|member| member.work == work);
        let previous = at.and_then(|at| at.checked_sub(1)).and_then(|at| those.get(at));
        let next = at.and_then(|at| those.get(at + 1));
        let neighbour = |member: &&Member| SeriesNeighbour {
            id: WorkId(member.work),
            title: member.title.clone(),
        };
        SeriesPlace {
            id: SeriesId(id),
            title,
            part,
            origin: SeriesOrigin::Stated,
            previous: previous.map(neighbour),
            next: next.map(neighbour),
        }
    };
    let stated = own.into_iter().map(place);
    Ok(stated.chain(chains::place(conn, work, viewer).await?).collect())
}

/// A series with the works that the viewer may see; without any, it is not there.
pub(super) async fn page(
    conn: &mut Conn,
    id: SeriesId,
    viewer: Viewer,
) -> Result<Option<SeriesPage>> {
    let Some(mut row) = conn.first(sql::SERIES, vals![id.0]).await? else {
        return chains::page(conn, id, viewer).await;
    };
    let members = members(conn, vec![id.0], viewer).await?;
    let ids = members.iter().map(|member| member.work).collect();
    let cards = cards::cards(conn, ids, viewer).await?;
    if cards.is_empty() {
        return Ok(None);
    }
    let works = members.iter().map(|member| member.part).zip(cards).collect();
    Ok(Some(SeriesPage {
        id,
        uid: row.parsed(1, |text| text.parse().ok())?,
        title: row.text(2)?,
        origin: SeriesOrigin::Stated,
        works,
    }))
}
