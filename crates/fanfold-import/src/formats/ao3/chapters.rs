//! The chapters of a download. The text between the archive's own marks is the creator's and is only cleaned.

use crate::body::Body;
use fanfold_model::{Extracted, ExtractedChapter};
use fanfold_text::document::{Document, Element};

/// Reads all chapters, in order, from every `#chapters` on the page: an EPUB has one in each of its files.
pub(super) fn read(page: &Document, body: &mut Body, extracted: &mut Extracted) {
    let mut chapters = Vec::new();
    for part in page.select("#chapters") {
        read_part(&part, body, &mut chapters);
    }
    extracted.chapters = chapters.into_iter().map(Open::close).collect();
}

/// A chapter whose end has not been seen.
#[derive(Default)]
struct Open {
    chapter: ExtractedChapter,
    html: Vec<String>,
}

impl Open {
    fn close(mut self) -> ExtractedChapter {
        self.chapter.html = self.html.concat();
        self.chapter
    }
}

fn read_part(part: &Element<'_>, body: &mut Body, chapters: &mut Vec<Open>) {
    // A single chapter's text may lie here bare, and may hold a `userstuff` of the creator's own.
    let bare = part.has_class("userstuff");
    let marked = part.children().any(|child| is_head(&child) || (!bare && is_text(&child)));
    if !marked {
        let own = part
            .nodes()
            .filter(|node| node.element().is_none_or(|element| !element.has_class("toc-heading")));
        let html: String = match only_text(part) {
            Some(text) => text.inner_html(),
            None => own.map(|node| node.html()).collect(),
        };
        let html = body.clean(html.trim());
        // A file of a book may hold nothing but the end of a page.
        if !chapters.is_empty() || crate::body::has_content(&html) {
            current(chapters).html.push(html);
        }
        return;
    }
    for child in part.children() {
        if is_head(&child) {
            let mut open = Open::default();
            head(&child, body, &mut open.chapter);
            chapters.push(open);
        } else if is_text(&child) {
            let html = body.clean(child.inner_html().trim());
            current(chapters).html.push(html);
        } else if is_end_notes(&child) {
            for (_, html) in labelled_blocks(&child) {
                current(chapters).chapter.end_notes = body.clean_some(&html);
            }
        }
    }
}

fn current(chapters: &mut Vec<Open>) -> &mut Open {
    if chapters.is_empty() {
        chapters.push(Open::default());
    }
    let last = chapters.len() - 1;
    &mut chapters[last]
}

/// In a book the head of a chapter has lost its name, and is known by its heading.
fn is_head(element: &Element<'_>) -> bool {
    let heads = |child: Element<'_>| child.name() == "h2" && child.has_class("heading");
    element.has_class("meta") && element.has_class("group")
        || element.has_class("heading") && element.name() == "h2"
        || element.name() == "div"
            && !element.has_class("userstuff")
            && element.children().any(heads)
}

/// The one text that a part wraps.
fn only_text<'a>(part: &Element<'a>) -> Option<Element<'a>> {
    let mut texts =
        part.children().filter(|child| !child.has_class("toc-heading") && child.line().len() > 1);
    let first = texts.next().filter(is_text)?;
    texts.next().is_none().then_some(first)
}

fn is_text(element: &Element<'_>) -> bool {
    element.has_class("userstuff") && element.name() == "div"
}

fn is_end_notes(element: &Element<'_>) -> bool {
    element.attr("id").is_some_and(|id| id.starts_with("endnotes"))
}

fn head(meta: &Element<'_>, body: &mut Body, chapter: &mut ExtractedChapter) {
    let heading = if meta.name() == "h2" { Some(*meta) } else { meta.first(".heading, h2, h3") };
    if let Some(heading) = heading {
        let (number, title) = number_and_title(&heading.line());
        chapter.number = number;
        chapter.title = title;
    }
    if let Some(byline) = meta.first(".byline") {
        chapter.creators = byline.select("a[rel=author]").iter().map(Element::line).collect();
    }
    for (label, html) in labelled_blocks(meta) {
        match label.as_str() {
            "Chapter Summary" | "Summary" => chapter.summary = body.clean_some(&html),
            "Chapter Notes" | "Notes" => chapter.notes = body.clean_some(&html),
            "Chapter End Notes" | "End Notes" => chapter.end_notes = body.clean_some(&html),
            _ => {}
        }
    }
}

/// "Chapter 1: The Knife" and "Chapter 2"; any other heading is a title.
pub(super) fn number_and_title(heading: &str) -> (Option<String>, Option<String>) {
    let rest = heading.strip_prefix("Chapter ").unwrap_or_default();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        let title = (!heading.is_empty()).then(|| heading.to_owned());
        return (None, title);
    }
    let after = rest[digits.len()..].trim_start();
    let title = after.strip_prefix(':').unwrap_or(after).trim();
    let title = (!title.is_empty()).then(|| title.to_owned());
    (Some(digits), title)
}

/// The pairs of a short line (`<p>Summary</p>`) and the block quotation behind it, among an element's own children.
pub(super) fn labelled_blocks(meta: &Element<'_>) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut label = String::new();
    for child in meta.children() {
        match child.name() {
            "p" | "h3" | "b" => child.line().trim_end_matches(':').clone_into(&mut label),
            "blockquote" => blocks.push((std::mem::take(&mut label), child.inner_html())),
            _ => {}
        }
    }
    blocks
}
