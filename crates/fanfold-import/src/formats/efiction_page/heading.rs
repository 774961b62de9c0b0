//! The title and the authors: links where the skin kept them, else a line that parts them by a word of its language.

use super::words::{parted, without_between};
use fanfold_text::document::{Document, Element};

/// What stands above a story.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
}

/// The page's heading, else the window's title.
pub(super) fn of(page: &Document, texts: &[Element<'_>]) -> Heading {
    let outside = |own: &Element<'_>| {
        !texts.iter().any(|text| text == own || own.ancestors().any(|above| above == *text))
    };
    let named = page.first("#pagetitle, .pagetitle").filter(|own| !own.line().is_empty());
    let found = named.or_else(|| {
        let headings = page.select("h1, h2, h3, h4, h5, .title, center, caption, div");
        headings.into_iter().filter(outside).find(is_heading)
    });
    match found {
        Some(heading) => read(&heading),
        None => {
            let window = page.title().unwrap_or_default();
            parted(window.trim()).map(|(title, names)| split(title, names)).unwrap_or_default()
        }
    }
}

/// A short line with an author's link, or with a title and a name parted in it.
fn is_heading(element: &Element<'_>) -> bool {
    let line = element.line();
    if line.is_empty() || line.chars().count() > 200 || line.contains("©") {
        return false;
    }
    let author = element.first("a[href*='viewuser.php']").is_some();
    match element.name() {
        "div" => author && element.first("a[href*='viewstory.php']").is_some(),
        _ => author || parted(&line).is_some(),
    }
}

fn read(heading: &Element<'_>) -> Heading {
    let line = without_reviews(heading);
    let links = |css: &str| -> Vec<String> {
        let lines = heading.select(css).into_iter().map(|link| link.line());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let title = links("a[href*='viewstory.php']").into_iter().next();
    let authors = links("a[href*='viewuser.php']");
    match (title, authors.first()) {
        (Some(title), Some(_)) => Heading { title, authors },
        (Some(title), None) => {
            let names = line.split_once(&title).map_or("", |(_, rest)| without_between(rest));
            split(&title, names)
        }
        (None, Some(first)) => {
            let before = line.rsplit_once(first.as_str()).map_or(line.as_str(), |(own, _)| own);
            let padded = format!("{} ", before.trim());
            let title = parted(&format!("{padded}{first}")).map(|(title, _)| title.to_owned());
            Heading { title: title.unwrap_or_else(|| before.trim().to_owned()), authors }
        }
        (None, None) => match parted(&line) {
            Some((title, names)) => split(title, names),
            None => Heading { title: line, authors: Vec::new() },
        },
    }
}

fn split(title: &str, names: &str) -> Heading {
    let authors = names.split(", ").map(str::trim).filter(|name| !name.is_empty());
    Heading { title: title.trim().to_owned(), authors: authors.map(str::to_owned).collect() }
}

/// The heading's line without "[Reviews - 3]".
fn without_reviews(heading: &Element<'_>) -> String {
    let line = heading.line();
    let line = match heading.first("a[href*='reviews.php']") {
        Some(_) => line.split(" [").next().unwrap_or_default().to_owned(),
        None => line,
    };
    line.trim().to_owned()
}
