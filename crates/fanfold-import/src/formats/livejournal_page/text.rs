//! The entry's own text in a page of any style.

use super::threads;
use crate::formats::site_page::without;
use fanfold_text::document::{Document, Element, Node};

/// An entry's text.
pub(super) struct Found {
    pub(super) html: String,
}

/// Where styles put the text, the surest first.
const PLACES: [&str; 12] = [
    "article.b-singlepost-body",
    ".aentry-post__text",
    ".entry-content",
    ".asset-body",
    "#entrytext",
    ".entry_text, .entrytext, .entryText",
    ".entry-body, .entry-text",
    "#entry",
    "td.entry, .entry .text",
    ".journal-entry-text, .post-body, .post_content",
    ".entry",
    ".text, .subcontent",
];

/// What stands inside that place and is not the text.
const ASIDE: &str = ".currents, .lj-currents, .metadata, .bottom-metadata, .ljtags, .tag, .tags, .b-singlepost-tags, \
     .entry-interaction-links, .entry-management-links, .restrictions, .edittime, .entry-footer, .entryfooter, .footer, \
     h3.entry-title, .header.inner, #entrysubj, .entrysubj, .comments, #comments, #Comments, .commentbar, .userpic, \
     .entry-userpic, .lj-like, .b-singlepost-standout, .ljsocial, .quickreply, #qrdiv, form, script, style, .datesubject, \
     .entry-date, .datetime, .entry-poster, .entry_links, .entry-links, .prevnext, .asset-meta, .asset-tags";

/// What holds readers' words below an entry.
const COMMENTS: &str = "#comments, #Comments, .comments, .comment, .b-tree, .b-leaf, .mdspost-comments, [id^=ljcmt], \
     [id^=cmt], .comment-thread, .ljcomments, #qrform, #qrformdiv";

/// More places of one kind than this need not be looked at: a page of so many entries is none of one.
const MOST_PLACES: usize = 100;

/// The text, or why there is none.
pub(super) fn of(page: &Document) -> Result<Found, &'static str> {
    for place in PLACES {
        let mut outermost: Vec<Element<'_>> = Vec::new();
        for own in page.select(place).into_iter().take(MOST_PLACES) {
            let inside = own.ancestors().any(|above| outermost.contains(&above));
            if !inside && !is_inside(&own, COMMENTS_OWN) && own.line().chars().count() > 20 {
                outermost.push(own);
            }
        }
        match outermost.as_slice() {
            [] => {}
            [only] => return Ok(Found { html: without(only, ASIDE) }),
            // The last names are words that pages use for anything.
            _ if place == PLACES[11] => {}
            _ => return Err(SEVERAL),
        }
    }
    unstyled(page).ok_or("it is a journal's page without an entry's text")
}

const SEVERAL: &str =
    "it is a journal's page of several entries: their texts stand on pages of their own";

/// Class names of comments, for ancestors.
const COMMENTS_OWN: [&str; 6] =
    ["comments", "comment", "comment-thread", "ljcomments", "b-tree", "comment-content"];

fn is_inside(element: &Element<'_>, classes: [&str; 6]) -> bool {
    element.ancestors().chain([*element]).any(|above| {
        classes.iter().any(|class| above.has_class(class))
            || above.attr("id").is_some_and(|id| id.eq_ignore_ascii_case("comments"))
    })
}

/// A page without class names: the block with most words, comments left out.
fn unstyled(page: &Document) -> Option<Found> {
    let blocks = page.select("div, td, blockquote");
    let threads = threads::blocks(page);
    let said: Vec<Element<'_>> = threads
        .iter()
        .flat_map(|block| block.pieces.iter().copied().filter_map(Node::element))
        .collect();
    let is_said =
        |own: &Element<'_>| said.contains(own) || own.ancestors().any(|up| said.contains(&up));
    let outside: Vec<Element<'_>> =
        blocks.into_iter().filter(|own| !is_inside(own, COMMENTS_OWN) && !is_said(own)).collect();
    let own_words = |own: &Element<'_>| {
        let inner: usize = own
            .children()
            .filter(|child| matches!(child.name(), "div" | "td" | "table" | "tbody" | "tr"))
            .map(|child| child.text().split_whitespace().count())
            .sum();
        own.text().split_whitespace().count().saturating_sub(inner)
    };
    // Of equals the first: comments come behind the entry.
    let best = outside
        .into_iter()
        .map(|own| (own_words(&own), own))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    let (words, best) = best;
    (words >= 30).then(|| {
        let mut html = without(&best, &format!("{ASIDE}, {COMMENTS}"));
        // Comments may lie in the entry's own block.
        let inner = said.iter().filter(|own| own.ancestors().any(|up| up == best));
        for gone in inner.map(Element::outer_html) {
            html = html.replacen(&gone, "", 1);
        }
        Found { html }
    })
}

/// Pages that stand in front of an entry, or in its place.
pub(super) fn closed_page(page: &Document) -> Option<&'static str> {
    let words = page.visible_text();
    if words.split_whitespace().count() > 600 {
        return None;
    }
    let title = page.title().unwrap_or_default();
    let text = format!("{title}\n{words}").to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    if says(&[
        "not authorized to view this",
        "this entry is protected",
        "protected entry",
        "you do not have permission to view",
        "this entry has been locked",
        "this journal is friends-only",
        "you don't have access to this",
        "only visible to",
    ]) {
        Some("it is the page before an entry that is not for everybody")
    } else if says(&[
        "deleted and purged",
        "has been deleted",
        "has been suspended",
        "no such entry",
        "unknown journal",
    ]) {
        Some("it is a page that says that the entry or its journal is gone")
    } else if says(&[
        "adult content notice",
        "adult concepts",
        "are you over 18",
        "age confirmation",
        "confirm that you are at least",
    ]) {
        Some("it is the question before adult content, not the story behind it")
    } else if page.first("input[type=password]").is_some()
        && page.first(PLACES[2]).is_none()
        && says(&["log in", "login", "войти"])
        && words.split_whitespace().count() < 120
    {
        Some("it is a login page")
    } else {
        None
    }
}
