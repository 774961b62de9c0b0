//! Series.

use axum::extract::{Path, State};
use fanfold_app::SeriesOrigin;
use fanfold_model::SeriesId;

use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::site::Shared;
use crate::views::frame::Section;
use crate::views::parts::{NamedLink, Pager};
use crate::views::series::{SeriesEntry, SeriesPage, SeriesPart};
use crate::views::words::Count;

/// `/series/ID`
pub(crate) async fn show(State(site): Shared, reader: Reader, Path(id): Path<i64>) -> Answer {
    let stored = site.archive.series(SeriesId(id), site.viewer()).await?.ok_or(Problem::Missing)?;
    let mut creators: Vec<NamedLink> = Vec::new();
    for (_, card) in &stored.works {
        for creator in present::creator_links(&card.creators) {
            if !creators.contains(&creator) {
                creators.push(creator);
            }
        }
    }
    let view = SeriesPage {
        frame: reader.frame(&site, &stored.title, Section::Works),
        title: stored.title.clone(),
        found: stored.origin == SeriesOrigin::Links,
        creators,
        parents: Vec::new(),
        description: None,
        works: Count(stored.works.len() as u64),
        words: Count(stored.works.iter().map(|(_, card)| card.work.words).sum()),
        status: None,
        parts: parts(stored.works.iter().map(|(part, card)| (*part, present::card(card)))),
        pager: Pager::default(),
    };
    page(&reader, &view)
}

/// The works, with a line for each number between them that is not here.
fn parts(
    works: impl Iterator<Item = (Option<u32>, crate::views::parts::WorkCard)>,
) -> Vec<SeriesPart> {
    /// A stated number far beyond the others is a mistake of the source, not a thousand missing works.
    const WIDEST_GAP: u32 = 12;
    let mut parts = Vec::new();
    let mut next = 1;
    for (part, card) in works {
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
        parts.push(SeriesPart {
            number: part.map(|n| n.to_string()),
            entry: SeriesEntry::Work(Box::new(card)),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::parts::WorkCard;

    #[test]
    fn numbers_that_are_not_here_are_named_and_wild_ones_are_not_filled_up() {
        let made = |given: &[Option<u32>]| {
            let works = given.iter().map(|part| (*part, WorkCard::default()));
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
