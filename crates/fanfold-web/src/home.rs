//! The home page.

use axum::extract::State;
use fanfold_app::search::{Answer as Found, SearchRequest};
use fanfold_app::tags::{TagFilter, TagStanding};
use fanfold_model::TagKind;
use fanfold_model::query::{Query, Sort, SortKey};

use crate::answer::{Answer, page};
use crate::error::Problem;
use crate::imports::import_line;
use crate::present;
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::tags::counted;
use crate::views::desk::WaitingLine;
use crate::views::frame::Section;
use crate::views::home::HomePage;
use crate::views::words::Count;

/// New works shown.
const NEWEST: usize = 6;

/// `/`
pub(crate) async fn show(State(site): Shared, reader: Reader) -> Answer {
    let found = newest(&site).await?;
    let largest = found
        .facets
        .iter()
        .flat_map(|facets| &facets.tags)
        .filter(|(kind, _)| *kind == TagKind::Fandom);
    let mut view = HomePage {
        frame: reader.frame(&site, "", Section::Home).with_feed("New here", "/feeds/works"),
        works: Count(found.total),
        largest: largest
            .flat_map(|(_, tags)| tags)
            .take(8)
            .map(|found| counted(&found.tag, found.count))
            .collect(),
        newest: found.works.iter().map(|work| present::card(&work.card)).collect(),
        ..HomePage::default()
    };
    if site.is_owners() {
        add_what_the_owner_sees(&site, &mut view).await?;
    }
    page(&reader, &view)
}

async fn newest(site: &Site) -> Result<Found, Problem> {
    let request = SearchRequest {
        query: Query::default(),
        viewer: site.viewer(),
        sort: Some(Sort::by(SortKey::Imported)),
        limit: NEWEST,
        offset: 0,
        after: None,
        facets: true,
        snippets: false,
        standing: site.standing(),
    };
    Ok(site.archive.search(&request).await?)
}

/// Undecided tags are counted up to so many.
const SHOWN_OF_TAGS: u32 = 100;

/// Totals count held and hidden works too, so strangers do not see them.
async fn add_what_the_owner_sees(site: &Site, view: &mut HomePage) -> Result<(), Problem> {
    let status = site.archive.status().await?;
    view.works = Count(status.works);
    view.words = Count(status.words);
    view.creators = Count(status.creators);
    view.series = Count(status.series);
    let fandoms = status.tags.iter().find(|(kind, _)| *kind == TagKind::Fandom);
    view.fandoms = Count(fandoms.map_or(0, |(_, count)| *count));
    // Until the questions are counted, the works that ask must do.
    let waiting = site.archive.question_count(status.works).await?.unwrap_or(status.needs_person);
    let filter = TagFilter { standing: Some(TagStanding::Unwrangled), ..TagFilter::default() };
    let undecided = site.archive.wrangling_list(filter, SHOWN_OF_TAGS).await?.len() as u64;
    let lines = [
        ("questions for you", "/waiting", waiting),
        ("works that are held", "/waiting", status.held),
        ("tags that nobody has decided on, at least", "/wrangling", undecided),
    ];
    let line = |(words, href, count): (&str, &str, u64)| {
        (count > 0).then(|| WaitingLine {
            words: words.into(),
            href: href.into(),
            count: Count(count),
        })
    };
    view.waiting = lines.into_iter().filter_map(line).collect();
    view.imports = site.archive.imports(4).await?.iter().map(import_line).collect();
    Ok(())
}
