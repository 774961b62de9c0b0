//! A work's text, by chapter or entire; its table of contents; the adult gate before it.

use axum::extract::{Path, Query, State};
use axum::http::Uri;
use fanfold_app::{ChapterChoice, WorkPage as Stored};
use fanfold_model::{LinkRel, Muted, WorkId};

use crate::answer::{Answer, Page, moved_to, page};
use crate::cache::{KeptPage, PageKey};
use crate::error::Problem;
use crate::present;
use crate::reader::Reader;
use crate::shelf::mute_form;
use crate::site::{Shared, Site};
use crate::urls;
use crate::views::frame::Section;
use crate::views::parts::NamedLink;
use crate::views::works::{ContentsPage, Extent, GatePage, WorkHead, WorkPage};

/// What of a work is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Opening,
    Chapter(u32),
    Entire,
}

/// `/works/ID` and `/works/ID?view=full`
pub(crate) async fn show(
    State(site): Shared,
    reader: Reader,
    Path(id): Path<i64>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let entire = pairs.iter().any(|(name, value)| name == "view" && value == "full");
    text(&site, reader, id, if entire { Part::Entire } else { Part::Opening }).await
}

/// `/works/ID/chapters/N`
pub(crate) async fn chapter(
    State(site): Shared,
    reader: Reader,
    Path((id, position)): Path<(i64, u32)>,
) -> Answer {
    text(&site, reader, id, Part::Chapter(position)).await
}

async fn text(site: &Site, mut reader: Reader, id: i64, part: Part) -> Answer {
    let path = urls::work(present::number(id));
    reader.path = match part {
        Part::Opening => path,
        Part::Chapter(position) => urls::chapter(present::number(id), position),
        Part::Entire => format!("{path}?view=full"),
    };
    let newest = site.newest_change().await?;
    let asks = site.settings.adult_gate && !reader.adult;
    let key = PageKey { path: format!("{} {asks}", reader.path), preferences: reader.preferences };
    if let Some(kept) = site.pages.get(&key, newest) {
        return Ok(kept.answer(&reader));
    }
    let choice = match part {
        Part::Opening => ChapterChoice::One(1),
        Part::Chapter(position) => ChapterChoice::One(position),
        Part::Entire => ChapterChoice::All,
    };
    let Some(stored) = site.archive.work(WorkId(id), site.viewer(), choice).await? else {
        return match site.archive.merged_into(WorkId(id), site.viewer()).await? {
            Some(into) => Ok(moved_to(&urls::work(present::number(into.0)))),
            None => Err(Problem::Missing),
        };
    };
    let rendered = match gate(site, &reader, &stored) {
        Some(gate) => Page::render(&gate)?,
        None => Page::render(&view(site, &reader, &stored, part).ok_or(Problem::Missing)?)?,
    };
    let kept = KeptPage::new(newest, rendered);
    site.pages.put(key, &kept);
    Ok(kept.answer(&reader))
}

/// The question before a work that is not known to be for everyone, unless it was answered.
pub(crate) fn gate(site: &Site, reader: &Reader, stored: &Stored) -> Option<GatePage> {
    if !site.settings.adult_gate || reader.adult || !stored.work.is_adult() {
        return None;
    }
    let head = present::head(stored);
    Some(GatePage {
        frame: reader.frame(site, "Before you read", Section::Works),
        title: head.title,
        creators: head.creators,
        facts: head.facts,
        back_href: "/works".into(),
    })
}

fn view(site: &Site, reader: &Reader, stored: &Stored, part: Part) -> Option<WorkPage> {
    let work = &stored.work;
    let several = work.chapters.len() > 1;
    let (at, extent) = match part {
        Part::Entire => (None, if several { Extent::Entire } else { Extent::Whole }),
        Part::Opening => (Some(0), if several { Extent::First } else { Extent::Whole }),
        Part::Chapter(position) => {
            (Some(work.chapters.iter().position(|c| c.position == position)?), Extent::Chapter)
        }
    };
    let shown: Vec<_> = match at {
        Some(at) => work.chapters.get(at).into_iter().collect(),
        None => work.chapters.iter().collect(),
    };
    let step = |at: Option<usize>| {
        let chapter = work.chapters.get(at?)?;
        Some(NamedLink::new(
            present::chapter_title(chapter),
            urls::chapter(present::work_number(work.id), chapter.position),
        ))
    };
    let current = at.and_then(|at| work.chapters.get(at)).map(|chapter| chapter.position);
    let title = match (part, shown.first()) {
        (Part::Chapter(_), Some(chapter)) => {
            format!("{}, {}", present::chapter_title(chapter), work.title)
        }
        _ => work.title.clone(),
    };
    Some(WorkPage {
        frame: reader.frame(site, title, Section::Works),
        work: head_for(site, stored),
        extent,
        chapters: shown.into_iter().map(|chapter| present::chapter_text(work, chapter)).collect(),
        contents: present::chapter_lines(work, current),
        previous: step(at.and_then(|at| at.checked_sub(1))),
        next: step(at.map(|at| at + 1)),
        other_extent: several.then(|| other_extent(stored, extent)),
        related: related(stored),
    })
}

fn other_extent(stored: &Stored, extent: Extent) -> NamedLink {
    let path = urls::work(present::work_number(stored.work.id));
    match extent {
        Extent::Entire => NamedLink::new("By chapter", path),
        _ => NamedLink::new("Entire work", format!("{path}?view=full")),
    }
}

/// Stated links to parts and works that are here.
fn related(stored: &Stored) -> Vec<NamedLink> {
    let link = |(link, to): &(fanfold_model::PartLink, Option<WorkId>)| {
        let words = match link.rel {
            LinkRel::Next => "the next part",
            LinkRel::Previous => "the part before",
            LinkRel::SequelTo => "what this is a sequel to",
            LinkRel::PrequelTo => "what this is a prequel to",
        };
        let name = link.title.clone().unwrap_or_else(|| words.to_owned());
        Some(NamedLink::new(name, urls::work(present::number((*to)?.0))))
    };
    stored.links.iter().filter_map(link).collect()
}

/// `/works/ID/chapters`
pub(crate) async fn contents(State(site): Shared, reader: Reader, Path(id): Path<i64>) -> Answer {
    let stored = site
        .archive
        .work(WorkId(id), site.viewer(), ChapterChoice::None)
        .await?
        .ok_or(Problem::Missing)?;
    let head = present::head(&stored);
    let view = ContentsPage {
        frame: reader.frame(&site, format!("Contents of {}", head.title.text), Section::Works),
        title: head.title,
        href: head.href,
        creators: head.creators,
        facts: head.facts,
        chapters: present::chapter_lines(&stored.work, None),
    };
    page(&reader, &view)
}

/// Any other address: a rescued site's old one leads to the work, everything else is not here.
pub(crate) async fn old_address(State(site): Shared, uri: Uri) -> Answer {
    let address = uri.path_and_query().map_or("/", |path| path.as_str()).trim_start_matches('/');
    match site.archive.work_at(address, site.viewer()).await? {
        Some(id) => Ok(moved_to(&urls::work(present::number(id.0)))),
        None => Err(Problem::Missing),
    }
}

/// The head of a work; strangers get no way to its sources, which the public site does not have.
fn head_for(site: &Site, stored: &Stored) -> WorkHead {
    let mut head = present::head(stored);
    if site.settings.public {
        head.sources_href.clear();
    } else if let Some(id) = stored.work.id {
        let means = "This work is left out of every list.";
        head.mute = Some(mute_form(&Muted::Work(id), &stored.work.title, means));
    }
    head
}
