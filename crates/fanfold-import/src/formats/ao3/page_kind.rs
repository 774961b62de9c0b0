//! Which kind of the archive's pages this is. Only a download and a saved work are works.

use super::web_page::text_box;
use fanfold_text::document::Document;

/// A kind of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// A download: preface, chapters, afterword.
    Download,
    /// A work's page, saved by a browser.
    SavedWork,
    /// Anything else, with what it is.
    Other(&'static str),
}

/// Looks at the page's own marks, then at its words.
pub(crate) fn page_kind(page: &Document) -> PageKind {
    if page.first("#preface dl.tags, #preface h1, #chapters .meta.group").is_some()
        && page.first("#chapters, #preface").is_some()
    {
        return PageKind::Download;
    }
    if text_box(page).is_some()
        && page.first("dl.work.meta, #workskin .preface, #workskin h2.title").is_some()
    {
        return PageKind::SavedWork;
    }
    PageKind::Other(other_kind(page))
}

fn other_kind(page: &Document) -> &'static str {
    let title = page.title().unwrap_or_default().to_lowercase();
    let main = page.first("#main, body").map(|main| main.line().to_lowercase()).unwrap_or_default();
    let head: String = main.chars().take(3_000).collect();
    let says = |needle: &str| head.contains(needle) || title.contains(needle);
    if page.first("form[action*=login], #user_session_login, input[type=password]").is_some()
        || says("log in to access")
    {
        "a login page"
    } else if says("error 404") || says("couldn't find the page") || title.contains("404") {
        "a page that says that there is nothing here (404)"
    } else if says("adult content") && says("proceed") {
        "the question before adult content, not the work behind it"
    } else if says("part of an ongoing challenge") || says("unrevealed") || says("mystery work") {
        "a work that is not revealed yet"
    } else if says("retry later") || says("error 5") || says("shields are up") {
        "an error page"
    } else if page.first("ol.index, ul.index, .blurb").is_some()
        || head.contains(" works in ")
        || title.contains("works")
    {
        "a listing of works"
    } else {
        "a page of the archive that holds no work"
    }
}
