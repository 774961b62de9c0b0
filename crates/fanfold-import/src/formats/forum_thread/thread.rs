//! What a page says of its thread: title, opener, tags, address, which page of how many.

use super::posts::{self, Post};
use crate::site_address::{self, SiteAddress};
use fanfold_text::document::Document;

/// A page of a thread.
pub(super) struct Thread {
    pub(super) title: String,
    /// The opener's name, where the page tells it.
    pub(super) opener: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) posts: Vec<Post>,
    pub(super) address: Option<SiteAddress>,
    /// Counted from 1.
    pub(super) page: u32,
    pub(super) pages: Option<u32>,
}

/// The thread of a page; `None` where there are no posts.
pub(super) fn of(page: &Document, url: Option<&str>) -> Option<Thread> {
    let (posts, title_place) = posts::of(page)?;
    let linked =
        || page.first("link[rel=canonical]").and_then(|link| link.attr("href").map(str::to_owned));
    let address = url.map(str::to_owned).or_else(linked).or_else(|| page.meta("og:url"));
    let address = address.as_deref().and_then(site_address::of);
    let (current, last) = pagination(page);
    let number = current.or_else(|| address.as_ref().and_then(|own| own.chapter)).unwrap_or(1);
    let told = page
        .first(".p-description a.username, .p-description .username, #pageDescription a.username");
    let marked = posts.iter().find(|post| post.is_openers).map(|post| post.author.clone());
    let first = posts.first().map(|post| post.author.clone()).filter(|_| number == 1);
    let opener = told.map(|own| own.line()).or(marked).or(first).filter(|name| !name.is_empty());
    Some(Thread {
        title: title(page, title_place),
        opener,
        tags: tags(page),
        posts,
        address,
        page: number,
        pages: last.filter(|last| *last >= number),
    })
}

/// The heading without the board's coloured prefixes; else the window's title without the board's name.
fn title(page: &Document, place: &str) -> String {
    let heading = page.select(place).into_iter().find(|own| !own.line().is_empty());
    let heading = heading.map(|own| {
        let mut line = own.line();
        for prefix in own.select(".label, .prefix, .prefixes, .ipsBadge") {
            line = line.replacen(&prefix.line(), "", 1);
        }
        line.trim_start_matches("Topic:").trim_start_matches("Thread:").trim().to_owned()
    });
    heading.filter(|line| !line.is_empty()).unwrap_or_else(|| {
        let title = page.title().unwrap_or_default();
        let title = title.rsplit(" View topic - ").next().unwrap_or_default();
        let title = title.split(" | ").next().unwrap_or_default();
        title.split(" - Page ").next().unwrap_or_default().trim().to_owned()
    })
}

fn tags(page: &Document) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for own in page.select(
        ".p-description .tagItem, .tagList a.tag, .js-tagList a, .discourse-tag, .ipsTags a.ipsTag",
    ) {
        let tag = own.line();
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The page that is shown and the last one.
fn pagination(page: &Document) -> (Option<u32>, Option<u32>) {
    let number = |text: &str| text.trim().replace(',', "").parse::<u32>().ok();
    let current = page.first(
        ".pageNav-page--current, .PageNav .currentPage, .pagination .active, .pagination strong, .pagelinks strong, \
         .pagination .selected, .ipsPagination_active, .pages .current",
    );
    let current = current.and_then(|own| number(&own.line()));
    let all = page.select(
        ".pageNav-page a, .pageNav-page, .PageNav a, .pagination a, .pagination strong, .pagelinks a, .ipsPagination a",
    );
    let last = all.iter().filter_map(|own| number(&own.line())).max();
    let words = page.select(".pageNavHeader, .pagenav td.vbmenu_control, .popupctrl, .pagination");
    let told = words.iter().find_map(|own| page_of(&own.line()));
    (current.or(told.map(|own| own.0)), last.max(current).or(told.map(|own| own.1)))
}

/// "Page 2 of 7", in any language: two numbers with words before and between.
fn page_of(line: &str) -> Option<(u32, u32)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.windows(4).position(|four| {
        let numeric = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        numeric(four[1]) && numeric(four[3]) && !numeric(four[0]) && !numeric(four[2])
    })?;
    let (one, all) = (words[at + 1].parse().ok()?, words[at + 3].parse().ok()?);
    (one >= 1 && one <= all).then_some((one, all))
}
