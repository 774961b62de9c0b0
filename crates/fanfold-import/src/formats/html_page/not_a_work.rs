//! Pages that are no stories, told by their shape and by what they ask for. Words of prose are for the text grammar,
//! which decides about recipes, lists of recommendations and the like for all formats.

use crate::rich::{Line, PageShape};
use fanfold_text::document::Document;

/// What the page is, if it is no story.
pub(super) fn reason(page: &Document, lines: &[Line]) -> Option<&'static str> {
    let shape = PageShape::of(lines);
    if shape.words == 0 {
        return Some(if page.first("frameset, frame, iframe").is_some() {
            "a frame around other pages"
        } else {
            "a page without words"
        });
    }
    if shape.prose <= 3 && page.first("input[type=password]").is_some() {
        return Some("a login page");
    }
    if shape.is_listing() {
        return Some("an index: mostly links, hardly a paragraph");
    }
    if shape.prose <= 3 {
        let title = page.title().unwrap_or_default().to_lowercase();
        let text = lines
            .iter()
            .take(60)
            .map(|line| line.text.to_lowercase())
            .collect::<Vec<_>>()
            .join(" ");
        return short_page(&title, &text, &shape);
    }
    None
}

fn short_page(title: &str, text: &str, shape: &PageShape) -> Option<&'static str> {
    let says =
        |words: &[&str]| words.iter().any(|word| title.contains(word) || text.contains(word));
    let titled = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let is_missing = says(&[
        "page not found",
        "404 not found",
        "cannot be found on this server",
        "error 404",
        "story not found",
        "story does not exist",
        "no such story",
        "no story with that",
        "invalid story",
        "story has been removed",
        "story has been deleted",
        "page you requested",
        "page does not exist",
        "page no longer exists",
        "no longer available",
        "página no encontrada",
        "pagina non trovata",
        "não foi encontrada",
        "seite nicht gefunden",
        "page introuvable",
        "страница не найдена",
    ]);
    let asks_age = says(&[
        "you must be 18",
        "over the age of 18",
        "i am over 18",
        "adult content warning",
        "contains adult content",
    ]) && says(&["enter", "proceed", "continue", "leave"]);
    if is_missing && shape.words < 400 {
        Some("a page that says that there is nothing here (404)")
    } else if asks_age && shape.words < 300 {
        Some("the question before adult content, not the story behind it")
    } else if titled(&["guestbook", "guest book", "gästebuch", "livre d'or"])
        || says(&["sign my guestbook", "my guestbook"]) && text.matches("comment").count() >= 2
    {
        Some("a guest book")
    } else if says(&[
        "log in to continue",
        "please log in",
        "you must be logged in",
        "members only",
    ]) && shape.words < 200
    {
        Some("a login page")
    } else if says(&["not yet been revealed", "has not been revealed", "will be revealed soon"])
        && shape.words < 200
    {
        Some("a work that is not revealed yet")
    } else {
        None
    }
}
