//! Series.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use fanfold_app::{Card, SeriesOrigin, SeriesPage as Stored};
use fanfold_model::{SeriesId, WorkId};

use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::fields::Pairs;
use crate::present;
use crate::reader::Reader;
use crate::shelf::{show_other, shows_all};
use crate::site::{Shared, Site};
use crate::urls;
use crate::views::frame::Section;
use crate::views::listing::LeftOut;
use crate::views::parts::{NamedLink, Pager};
use crate::views::series::{SeriesEntry, SeriesPage, SeriesPart};
use crate::views::words::Count;

/// `/series/ID`. A part that the reader muted keeps its place, without its name.
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path(id): Path<i64>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let all = shows_all(&pairs);
    let (stored, kept) = read(&site, id, all).await?;
    let is_kept = |card: &Card| {
        kept.as_ref().is_none_or(|kept| card.work.id.is_some_and(|id| kept.contains(&id)))
    };
    let shown: Vec<&Card> =
        stored.works.iter().map(|(_, card)| card).filter(|card| is_kept(card)).collect();
    let entries = stored.works.iter().map(|(part, card)| {
        let entry = match is_kept(card) {
            true => SeriesEntry::Work(Box::new(present::card(card))),
            false => SeriesEntry::LeftOut,
        };
        (*part, entry)
    });
    let left_out = kept.is_some().then(|| (stored.works.len() - shown.len()) as u64);
    let view = SeriesPage {
        frame: reader
            .frame(&site, &stored.title, Section::Works)
            .with_feed(&stored.title, urls::series_feed(present::number(id))),
        title: stored.title.clone(),
        found: stored.origin == SeriesOrigin::Links,
        creators: creators(&shown),
        parents: Vec::new(),
        description: None,
        works: Count(shown.len() as u64),
        words: Count(shown.iter().map(|card| card.work.words).sum()),
        status: None,
        parts: parts(entries),
        left_out: LeftOut::of_works(
            left_out,
            all,
            show_other(&urls::series(present::number(id)), all),
        ),
        pager: Pager::default(),
    };
    page(&reader, &view)
}

/// A series, and which of its works the reader's mutes leave; `None` where none stands in the way, as when `all` are asked
/// for.
pub(crate) async fn read(
    site: &Site,
    id: i64,
    all: bool,
) -> Result<(Stored, Option<BTreeSet<WorkId>>), Problem> {
    let stored = site.archive.series(SeriesId(id), site.viewer()).await?.ok_or(Problem::Missing)?;
    let standing = site.standing().filter(|_| !all);
    let ids: Vec<WorkId> = stored.works.iter().filter_map(|(_, card)| card.work.id).collect();
    let kept = site.archive.kept(&ids, site.viewer(), standing.as_ref()).await?;
    Ok((stored, kept))
}

fn creators(cards: &[&Card]) -> Vec<NamedLink> {
    let mut creators: Vec<NamedLink> = Vec::new();
    for creator in cards.iter().flat_map(|card| present::creator_links(&card.creators)) {
        if !creators.contains(&creator) {
            creators.push(creator);
        }
    }
    creators
}

/// The works, with a line for each number between them that is not here.
fn parts(works: impl Iterator<Item = (Option<u32>, SeriesEntry)>) -> Vec<SeriesPart> {
    /// A stated number far beyond the others is a mistake of the source, not a thousand missing works.
    const WIDEST_GAP: u32 = 12;
    let mut parts = Vec::new();
    let mut next = 1;
    for (part, entry) in works {
        if let Some(part) = part {
            if part > next && part - next <= WIDEST_GAP {
                let missing = |n: u32| SeriesPart {
                    number: Some(n.to_string()),
                    entry: SeriesEntry::Missing(None),
                };
                parts.extend((next..part).map(missing));
            }
            next = part.saturating_add(1).max(next);
        }
        parts.push(SeriesPart { number: part.map(|n| n.to_string()), entry });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_not_here_are_named_and_wild_ones_are_not_filled_up() {
        let made = |given: &[Option<u32>]| {
            let works = given.iter().map(|part| (*part, SeriesEntry::LeftOut));
            parts(works)
                .iter()
                .map(|part| part.number.clone().unwrap_or_else(|| "-".into()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(made(&[Some(2), Some(4), None]), "1 2 3 4 -");
        assert_eq!(made(&[Some(1), Some(1999)]), "1 1999");
        assert_eq!(made(&[]), "");
    }
}
