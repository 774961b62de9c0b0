//! Two texts side by side: a version beside the one shown, two works that share text.

use axum::extract::{Path, State};
use fanfold_app::ChapterChoice;
use fanfold_app::beside::{Beside, Piece, Stretch};
use fanfold_model::WorkId;

use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls;
use crate::views::desk::{BesideLine, BesidePage};
use crate::views::frame::Section;
use crate::views::parts::NamedLink;
use crate::views::words::Count;

/// `/works/ID/beside/OTHER`
pub(crate) async fn beside(
    State(site): Shared,
    reader: Reader,
    Path((first, second)): Path<(i64, i64)>,
) -> Answer {
    let (first, second) = (WorkId(first), WorkId(second));
    let found = site.archive.works_beside(first, second, site.viewer()).await?;
    let found = found.ok_or(Problem::Missing)?;
    let (first, second) = (named(&site, first).await?, named(&site, second).await?);
    let heading = format!("{} and {}", first.name, second.name);
    show(&site, &reader, heading, first, second, found)
}

/// `/works/ID/versions/N`, or `newest` for N
pub(crate) async fn version(
    State(site): Shared,
    reader: Reader,
    Path((id, number)): Path<(i64, String)>,
) -> Answer {
    let id = WorkId(id);
    let stored =
        site.archive.work(id, site.viewer(), ChapterChoice::None).await?.ok_or(Problem::Missing)?;
    let number = match number.as_str() {
        "newest" => stored.work.versions.iter().map(|version| version.number).max().unwrap_or(1),
        number => number.parse().map_err(|_| Problem::Missing)?,
    };
    let found = site.archive.version_beside(id, number, site.viewer()).await?;
    let found = found.ok_or(Problem::Missing)?;
    let href = urls::work(present::number(id.0));
    let other = NamedLink::new(format!("Version {number}"), format!("{href}/sources#history"));
    let shown = NamedLink::new("the text that is shown", href);
    show(&site, &reader, stored.work.title, other, shown, found)
}

async fn named(site: &Site, id: WorkId) -> Result<NamedLink, Problem> {
    let stored = site.archive.work(id, site.viewer(), ChapterChoice::None).await?;
    let stored = stored.ok_or(Problem::Missing)?;
    Ok(NamedLink::new(stored.work.title, urls::work(present::number(id.0))))
}

fn show(
    site: &Site,
    reader: &Reader,
    heading: String,
    first: NamedLink,
    second: NamedLink,
    found: Beside,
) -> Answer {
    let view = BesidePage {
        frame: reader.frame(site, format!("{heading}, side by side"), Section::Works),
        heading,
        first,
        second,
        sum: sum(&found),
        lines: found.stretches.into_iter().map(line).collect(),
    };
    page(reader, &view)
}

fn sum(found: &Beside) -> String {
    if found.changed + found.first_only + found.second_only == 0 {
        return "Every paragraph is the same.".to_owned();
    }
    let count = |count: usize| Count(count as u64).of("paragraph", "paragraphs");
    format!(
        "{} alike, {} changed, {} in the first only, {} in the second only.",
        count(found.alike),
        count(found.changed),
        count(found.first_only),
        count(found.second_only)
    )
}

fn line(stretch: Stretch) -> BesideLine {
    let piece = |piece: Piece| match piece {
        Piece::Both(text) => ("both", text),
        Piece::First(text) => ("first", text),
        Piece::Second(text) => ("second", text),
    };
    match stretch {
        Stretch::Both(text) => BesideLine::Both(text),
        Stretch::Changed(pieces) => BesideLine::Changed(pieces.into_iter().map(piece).collect()),
        Stretch::First(text) => BesideLine::First(text),
        Stretch::Second(text) => BesideLine::Second(text),
        Stretch::Folded(count) => BesideLine::Folded(Count(count as u64)),
    }
}
