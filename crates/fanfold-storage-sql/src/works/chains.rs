//! Series that were found by the works' own links: a work's place in one, and its page. They have no title of their
//! own; they are called after the first work that the viewer may see.

use super::{cards, sql};
use crate::db::Conn;
use crate::statements::viewer as seen_by;
use fanfold_model::{SeriesId, Suggestion, Uid, Viewer, WorkId, fold_name};
use fanfold_storage::{Result, SeriesNeighbour, SeriesOrigin, SeriesPage, SeriesPlace};

/// A work's place in the series that links make of it, if the viewer may see another work of it.
pub(super) async fn place(
    conn: &mut Conn,
    work: i64,
    viewer: Viewer,
) -> Result<Option<SeriesPlace>> {
    let mut chain = 0;
    let mut mates: Vec<SeriesNeighbour> = Vec::new();
    for mut row in conn.fetch(sql::CHAIN_MATES, vec![seen_by(viewer), work.into()]).await? {
        chain = row.int(0)?;
        mates.push(SeriesNeighbour { id: WorkId(row.int(1)?), title: row.text(2)? });
    }
    let own = mates.iter().position(|mate| mate.id.0 == work);
    let Some(at) = own.filter(|_| mates.len() > 1) else {
        return Ok(None);
    };
    let titles: Vec<&str> = mates.iter().map(|mate| mate.title.as_str()).collect();
    Ok(Some(SeriesPlace {
        id: SeriesId(chain),
        title: title(&titles),
        part: u32::try_from(at + 1).ok(),
        origin: SeriesOrigin::Links,
        previous: at.checked_sub(1).and_then(|at| mates.get(at)).cloned(),
        next: mates.get(at + 1).cloned(),
    }))
}

/// A found series with the works that the viewer may see; with fewer than two it is none.
pub(super) async fn page(
    conn: &mut Conn,
    id: SeriesId,
    viewer: Viewer,
) -> Result<Option<SeriesPage>> {
    let (mut works, mut titles) = (Vec::new(), Vec::new());
    let mut uid: Option<Uid> = None;
    for mut row in conn.fetch(sql::CHAIN, vec![seen_by(viewer), id.0.into()]).await? {
        works.push(row.int(0)?);
        titles.push(row.text(1)?);
        uid = Some(row.parsed(2, |text| text.parse().ok())?);
    }
    let Some(uid) = uid.filter(|_| works.len() > 1) else {
        return Ok(None);
    };
    let cards = cards::cards(conn, works, viewer).await?;
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    Ok(Some(SeriesPage {
        id,
        uid,
        title: title(&titles),
        origin: SeriesOrigin::Links,
        works: (1..).map(Some).zip(cards).collect(),
    }))
}

/// The place as what it is: a suggestion, with why.
pub(super) fn suggestion(place: &SeriesPlace) -> Suggestion {
    let part = place.part.map(|part| format!("part {part}; ")).unwrap_or_default();
    let named = |way: &str, to: &Option<SeriesNeighbour>| {
        to.as_ref().map(|to| format!("{way} work {}, “{}”", to.id.0, to.title))
    };
    let steps = [named("after", &place.previous), named("before", &place.next)];
    let steps: Vec<String> = steps.into_iter().flatten().collect();
    Suggestion {
        field: "series".to_owned(),
        value: place.title.clone(),
        confidence: 0.9,
        why: format!("{part}the works' own links put it {}", steps.join(" and ")),
    }
}

/// The first title alone where the others only add to it, else with a word that says what this is.
fn title(titles: &[&str]) -> String {
    let Some((first, others)) = titles.split_first() else {
        return String::new();
    };
    let folded = fold_name(first);
    if others.iter().all(|other| fold_name(other).starts_with(&folded)) {
        return (*first).to_owned();
    }
    format!("{first} and what follows")
}
