//! Chapters in the order of the page: titles and notes go to the text that follows them, end notes to the one before.

use super::words::{self, Notes};
use crate::body::{Body, has_content};
use crate::formats::site_page::without_number;
use crate::text_work;
use fanfold_model::{Extracted, ExtractedChapter, FieldKind, fold_name};
use fanfold_text::document::{Document, Element};
use fanfold_text::paragraphs::html_paragraphs;

/// The notes of the whole story stand before the first chapter and are called so.
pub(super) fn story_notes(page: &Document, texts: &[Element<'_>]) -> Option<String> {
    let boxed = page.select(".notes").into_iter().find_map(|own| match kind(&own) {
        Some(Notes::Story) => noted(&own),
        _ => None,
    });
    boxed.or_else(|| {
        let first = texts.first().filter(|_| page.first(".notes").is_none())?;
        let told = before(first).find_map(|own| labelled(&own).filter(|own| own.0 == Notes::Story));
        told.map(|(_, html)| html)
    })
}

/// Reads the chapters.
pub(super) fn read(
    page: &Document,
    texts: &[Element<'_>],
    body: &mut Body,
    extracted: &mut Extracted,
) {
    let mut next = ExtractedChapter::default();
    for element in page.select(".chaptertitle, .notes, .chapter, #story, .story") {
        if element.has_class("chaptertitle") {
            next = headed(&element.line(), extracted);
        } else if element.has_class("notes") {
            match (kind(&element), extracted.chapters.last_mut()) {
                (Some(Notes::Story), _) => {}
                (Some(Notes::End), Some(last)) => last.end_notes = noted(&element),
                _ => next.notes = noted(&element),
            }
        } else if texts.contains(&element) && !nested(&element) {
            let html = body.clean(&html_paragraphs(&element.inner_html()).into_string());
            let mut chapter = ExtractedChapter { html, ..std::mem::take(&mut next) };
            if page.first(".notes").is_none() {
                notes_beside(&element, &mut chapter);
            }
            extracted.chapters.push(chapter);
        }
    }
    let title = extracted.fields_of(FieldKind::Title).next().map(|own| own.value.clone());
    if let [only] = extracted.chapters.as_mut_slice()
        && only.title == title
    {
        only.title = None;
    }
}

/// "2. The Sill by Wren": number, title and, where another wrote the chapter, the names.
fn headed(line: &str, extracted: &Extracted) -> ExtractedChapter {
    let (heading, names) = words::parted(line).unwrap_or((line.trim(), ""));
    let (number, title) = titled(heading);
    let own = |name: &&str| {
        extracted
            .fields_of(FieldKind::Creator)
            .all(|known| fold_name(&known.value) != fold_name(name))
    };
    let names = names.split(", ").map(str::trim).filter(|name| !name.is_empty());
    let creators: Vec<String> = names.filter(own).map(str::to_owned).collect();
    let told = extracted.fields_of(FieldKind::Creator).next().is_some();
    let creators = if told { creators } else { Vec::new() };
    ExtractedChapter { number, title, creators, ..ExtractedChapter::default() }
}

/// A chapter's heading as number and title; "1. Chapter 1" is a number alone.
pub(super) fn titled(heading: &str) -> (Option<String>, Option<String>) {
    let title = without_number(heading.trim());
    let bare = text_work::chapter_mark(title).filter(|mark| mark.title.is_none());
    let number = match &bare {
        Some(mark) => title.get(mark.written.clone()).map(str::to_owned),
        None => None,
    };
    (number, Some(title.to_owned()).filter(|own| bare.is_none() && !own.is_empty()))
}

/// Whose notes a box holds, by its heading.
fn kind(notes: &Element<'_>) -> Option<Notes> {
    words::notes(&notes.first(".title, .label")?.line())
}

fn noted(notes: &Element<'_>) -> Option<String> {
    let html = html_paragraphs(&notes.first(".noteinfo")?.inner_html()).into_string();
    has_content(&html).then_some(html)
}

/// A text inside another is the same text once more.
fn nested(element: &Element<'_>) -> bool {
    !element.select(".chapter, #story, .story").is_empty()
}

/// Elements beside a text that may hold its notes.
const NEAR: usize = 6;

fn before<'a>(text: &Element<'a>) -> impl Iterator<Item = Element<'a>> + use<'a> {
    std::iter::successors(text.previous_element(), Element::previous_element).take(NEAR)
}

/// Notes in skins that have no boxes for them: a quotation or paragraph under its heading, before or behind the text.
fn notes_beside(text: &Element<'_>, chapter: &mut ExtractedChapter) {
    for (which, html) in before(text).filter_map(|own| labelled(&own)) {
        if which == Notes::Chapter {
            chapter.notes = chapter.notes.take().or(Some(html));
        }
    }
    let behind = std::iter::successors(text.next_element(), Element::next_element).take(NEAR);
    for (_, html) in behind.filter_map(|own| labelled(&own)) {
        chapter.end_notes = chapter.end_notes.take().or(Some(html));
    }
}

/// Whose notes an element holds, and the notes without their heading.
fn labelled(element: &Element<'_>) -> Option<(Notes, String)> {
    if !matches!(element.name(), "blockquote" | "div" | "p") {
        return None;
    }
    let heading = element.first("b, strong, h2, h3, h4, u, .label")?;
    let line = heading.line();
    let opens = !line.is_empty() && element.line().starts_with(&line) && line.chars().count() <= 40;
    let which = words::notes(&line).filter(|_| opens)?;
    let html = element.inner_html().replacen(&heading.outer_html(), "", 1);
    let html = html_paragraphs(html.trim().trim_start_matches(':')).into_string();
    has_content(&html).then_some((which, html))
}
