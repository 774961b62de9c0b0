//! `/works` and `/search`.

use axum::extract::{Query, State};
use axum::response::Response;

use crate::answer::{Answer, page};
use crate::listing::{Asked, Listed, Wishes, feed_address, list as listed};
use crate::reader::Reader;
use crate::site::{Shared, Site};
use crate::urls;
use crate::views::frame::{Frame, Section};
use crate::views::listing::{QueryProblem, SearchPage, WorksListPage};

/// `/works`
pub(crate) async fn list(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let asked = Asked {
        path: "/works".into(),
        tag: None,
        wishes: Wishes::from_pairs(&pairs),
        snippets: false,
    };
    match listed(&site, &asked).await? {
        Listed::Works(listing) => {
            let view = WorksListPage {
                frame: reader
                    .frame(&site, "Works", Section::Works)
                    .with_feed("Works", feed_address(&asked.wishes, None)),
                heading: "Works".into(),
                kicker: None,
                about_href: None,
                hue: None,
                listing: *listing,
            };
            page(&reader, &view)
        }
        Listed::Unreadable(problem) => unreadable(&site, &reader, &asked.wishes.text, problem),
    }
}

/// `/search`
pub(crate) async fn search(
    State(site): Shared,
    reader: Reader,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let wishes = Wishes::from_pairs(&pairs);
    if wishes == Wishes::default() {
        return page(
            &reader,
            &SearchPage {
                frame: frame(&site, &reader, ""),
                problem: None,
                listing: None,
                examples: examples(),
            },
        );
    }
    let asked = Asked { path: "/search".into(), tag: None, wishes, snippets: true };
    match listed(&site, &asked).await? {
        Listed::Works(listing) => {
            // The box says the whole question, so that asking again loses nothing.
            let whole =
                if asked.wishes.is_text_alone() { &asked.wishes.text } else { &listing.query };
            let frame = frame(&site, &reader, whole)
                .with_feed("What is found", feed_address(&asked.wishes, None));
            page(
                &reader,
                &SearchPage { frame, problem: None, listing: Some(*listing), examples: Vec::new() },
            )
        }
        Listed::Unreadable(problem) => unreadable(&site, &reader, &asked.wishes.text, problem),
    }
}

/// The search page pointing at the place where a query cannot be read.
pub(crate) fn unreadable(
    site: &Site,
    reader: &Reader,
    query: &str,
    problem: QueryProblem,
) -> Answer {
    let frame = frame(site, reader, query);
    let answer: Response = page(
        reader,
        &SearchPage { frame, problem: Some(problem), listing: None, examples: Vec::new() },
    )?;
    Ok(answer)
}

fn frame(site: &Site, reader: &Reader, query: &str) -> Frame {
    let title = if query.is_empty() { "Search".to_owned() } else { format!("Search: {query}") };
    Frame { query: query.to_owned(), ..reader.frame(site, title, Section::Search) }
}

fn examples() -> Vec<(String, String, String)> {
    let examples = [
        ("lantern OR candle", "works with either word, chapter text included"),
        ("words:>10k crossover:false", "long works of one fandom"),
        ("\"spy glass\" -storm", "two words side by side, without a third"),
        ("status:complete updated:<30d", "finished, and updated within a month"),
    ];
    examples.map(|(query, finds)| (query.to_owned(), urls::search(query), finds.to_owned())).into()
}
