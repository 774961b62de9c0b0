//! The posts of a page, whatever program wrote it.

use super::layouts::{ASIDE, LAYOUTS, Layout, ROW_NAME, ROW_TEXT};
use crate::formats::site_page::without;
use fanfold_text::document::{Document, Element};

/// One post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    /// Who posted it.
    pub(super) author: String,
    /// Its text as HTML, without quotations of others and signatures.
    pub(super) html: String,
    /// The day, as written.
    pub(super) day: Option<String>,
    /// The title of its threadmark.
    pub(super) mark: Option<String>,
    /// Whether the board marks it as the opener's.
    pub(super) is_openers: bool,
}

/// The posts of a page and the layout that found them.
pub(super) fn of(page: &Document) -> Option<(Vec<Post>, &'static str)> {
    for layout in &LAYOUTS {
        let posts: Vec<Post> =
            page.select(layout.post).iter().filter_map(|own| post(own, layout)).collect();
        if !posts.is_empty() {
            return Some((posts, layout.title));
        }
    }
    let rows = in_rows(page);
    (!rows.is_empty()).then_some((rows, "a.maintitle, h1"))
}

fn post(own: &Element<'_>, layout: &Layout) -> Option<Post> {
    let author = own.attr("data-author").map(str::to_owned);
    let author = author.or_else(|| own.first(layout.author).map(|name| name.line()));
    let text = own.first(layout.text)?;
    Some(Post {
        author: author.unwrap_or_default().trim().to_owned(),
        html: without(&text, ASIDE),
        day: own.first(layout.day).and_then(|day| day_of(&day)),
        mark: mark(own),
        is_openers: own.has_class("is-op")
            || own.has_class("message-threadStarterPost")
            || own.first(".is-op, .userBanner--op, .topic-owner, .message-threadStarter").is_some(),
    })
}

/// The threadmark's own title, without the word before it.
fn mark(own: &Element<'_>) -> Option<String> {
    const PLACES: &str = ".threadmarkLabel, .threadmarker .label, .message-cell--threadmark-header .threadmark-label, \
         .message-cell--threadmark-header label, .threadmark-title";
    let label = own.first(PLACES)?;
    let line = label.line();
    let title = line
        .strip_prefix("Threadmarks:")
        .or_else(|| line.strip_prefix("Threadmark:"))
        .unwrap_or(&line);
    let title = title.trim().to_owned();
    (!title.is_empty()).then_some(title)
}

/// A machine's form of the day where there is one, else the words.
fn day_of(own: &Element<'_>) -> Option<String> {
    let machine =
        own.attr("datetime").or_else(|| own.attr("title")).or_else(|| own.attr("content"));
    let has_digit = |text: &&str| text.len() <= 80 && text.chars().any(|c| c.is_ascii_digit());
    let line = own.line();
    let words = line.rsplit('»').next().unwrap_or(&line).trim();
    machine.filter(has_digit).or(Some(words).filter(has_digit)).map(str::to_owned)
}

/// Names and texts in turn: the text behind a name is its own.
fn in_rows(page: &Document) -> Vec<Post> {
    let both = format!("{ROW_NAME}, {ROW_TEXT}");
    let mut posts: Vec<Post> = Vec::new();
    let mut name: Option<String> = None;
    for own in page.select(&both) {
        if own.has_class("name") {
            name = Some(own.line());
        } else if let Some(author) = &name
            && own.line().chars().any(char::is_alphanumeric)
            && !own.ancestors().any(|above| above.has_class("postbody"))
        {
            let html = without(&own, ASIDE);
            match posts.last_mut().filter(|_| own.line().starts_with("_____")) {
                Some(_) => {}
                None => posts.push(Post {
                    author: author.clone(),
                    html,
                    day: None,
                    mark: None,
                    is_openers: false,
                }),
            }
        }
    }
    posts
}
