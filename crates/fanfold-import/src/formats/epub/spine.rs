//! The files of a book in reading order, and chapters from them.

use super::book::{Book, text};
use super::package::Package;
use super::{contents, title_page};
use crate::body::{Body, has_content};
use crate::formats::fimfiction;
use crate::page;
use crate::rich::{Kind, Line, PageShape, RichText, lines_of, without_edges};
use crate::text_work;
use fanfold_model::{Extracted, ExtractedChapter, Finding, FindingCode, Identity, IdentityKind};
use fanfold_text::document::Document;
use std::collections::HashMap;

/// One file of the book.
pub(crate) struct Part {
    /// Path in the archive.
    pub(crate) path: String,
    /// Its title in the table of contents.
    pub(crate) listed: Option<String>,
    /// Its type in the guide.
    pub(crate) guide: Option<String>,
    /// The body's class.
    pub(crate) class: String,
    /// The body, without calibre's classes.
    pub(crate) html: String,
    /// Its lines.
    pub(crate) lines: Vec<Line>,
    /// The chapter's address, as FanFicFare writes it.
    pub(crate) url: Option<String>,
    /// Words on it.
    pub(crate) words: usize,
    /// Paragraphs of prose on it.
    pub(crate) prose: usize,
}

/// All files in order. A file that is not there is noted; without a package document all pages of the archive are
/// taken in the archive's order.
pub(crate) fn parts(book: &Book<'_>, package: Option<&Package>) -> Vec<Part> {
    parts_after(book, package, str::to_owned)
}

/// The same, each page changed by `prepare` before it is looked at.
pub(crate) fn parts_after(
    book: &Book<'_>,
    package: Option<&Package>,
    prepare: impl Fn(&str) -> String,
) -> Vec<Part> {
    let titles = package.map(|package| contents::titles(book, package)).unwrap_or_default();
    let mut parts = Vec::new();
    for path in paths(book, package) {
        let Some(bytes) = book.read(&path) else {
            book.note(
                FindingCode::CHAPTER_MISSING,
                format!("The file {path} that the book lists is not in it."),
            );
            continue;
        };
        match part(path, &prepare(&text(&bytes)), &titles) {
            Ok(Some(mut part)) => {
                part.guide = package.and_then(|package| package.guide.get(&part.path).cloned());
                parts.push(part);
            }
            Ok(None) => {}
            Err(finding) => book.note(FindingCode::LIMIT_HIT, finding.message),
        }
    }
    parts
}

/// One page of a book, under the title that the contents give its path. `None` where it has no body.
///
/// # Errors
/// The finding that the page is over a limit.
pub(crate) fn part(
    path: String,
    xhtml: &str,
    titles: &HashMap<String, String>,
) -> Result<Option<Part>, Finding> {
    let page =
        page::parse(&without_calibre_classes(&open_tags(xhtml))).map_err(|mut finding| {
            finding.message = format!("{path}: {}", finding.message);
            finding
        })?;
    let Some(body) = page.first("body") else { return Ok(None) };
    let lines = lines_of(&body);
    let shape = PageShape::of(&lines);
    Ok(Some(Part {
        listed: titles.get(&path).cloned(),
        guide: None,
        class: body.attr("class").unwrap_or_default().to_owned(),
        html: without_calibre_classes(&body.inner_html()),
        url: page.meta("chapterurl"),
        words: shape.words,
        prose: shape.prose,
        lines,
        path,
    }))
}

fn paths(book: &Book<'_>, package: Option<&Package>) -> Vec<String> {
    let listed: Vec<String> = package
        .map(|package| {
            let files = package.spine.iter().filter_map(|id| package.files.get(id));
            files
                .filter(|file| !file.properties.split(' ').any(|word| word == "nav"))
                .map(|file| file.path.clone())
                .collect()
        })
        .unwrap_or_default();
    if !listed.is_empty() {
        return listed;
    }
    book.note(
        FindingCode::CONTAINER_DAMAGED,
        "The book does not say in which order its files are read; they were taken as they lie."
            .to_owned(),
    );
    let is_page = |name: &&str| {
        [".xhtml", ".html", ".htm"].iter().any(|ending| name.to_lowercase().ends_with(ending))
    };
    let is_nav = |name: &str| {
        name.to_lowercase().ends_with("nav.xhtml") || name.to_lowercase().ends_with("toc.xhtml")
    };
    book.names().filter(is_page).filter(|name| !is_nav(name)).map(str::to_owned).collect()
}

/// XHTML closes any element in one tag; HTML would leave `<a id="x"/>` and `<title/>` open over the rest of the page.
fn open_tags(xhtml: &str) -> String {
    const VOID: [&str; 14] = [
        "br", "hr", "img", "meta", "link", "input", "col", "area", "base", "embed", "param",
        "source", "track", "wbr",
    ];
    let mut out = String::with_capacity(xhtml.len());
    let mut rest = xhtml;
    while let Some(end) = rest.find("/>") {
        let (before, after) = rest.split_at(end);
        out.push_str(before);
        let name = before.rfind('<').map(|open| {
            before[open + 1..]
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default()
        });
        match name.filter(|name| !name.is_empty() && !VOID.contains(name)) {
            Some(name) => out.push_str(&format!("></{name}>")),
            None => out.push_str("/>"),
        }
        rest = &after[2..];
    }
    out.push_str(rest);
    out
}

/// calibre numbers the styles of what it converts; its class names say nothing.
pub(super) fn without_calibre_classes(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(" class=\"") {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let Some(length) = tail[8..].find('"') else { break };
        let is_own = |class: &&str| {
            !class
                .strip_prefix("calibre")
                .is_some_and(|end| end.chars().all(|c| c.is_ascii_digit() || c == '_'))
        };
        let kept: Vec<&str> = tail[8..8 + length]
            .split(' ')
            .filter(|class| !class.is_empty())
            .filter(is_own)
            .collect();
        if !kept.is_empty() {
            out.push_str(&format!(" class=\"{}\"", kept.join(" ")));
        }
        rest = &tail[8 + length + 1..];
    }
    out.push_str(rest);
    out
}

/// Chapters from the files; title pages give their labels instead.
pub(crate) fn chapters(parts: &[Part], body: &mut Body, extracted: &mut Extracted) {
    for part in parts {
        if title_page::is_title_page(part, extracted.chapters.len()) {
            title_page::read(&part.lines, extracted);
            continue;
        }
        let chapter = chapter(part, body);
        let continues = part.path.contains("_split_")
            && part.listed.is_none()
            && chapter.title.is_none()
            && chapter.number.is_none();
        match extracted.chapters.last_mut().filter(|_| continues) {
            Some(last) => last.html.push_str(&chapter.html),
            None if has_content(&chapter.html) || part.listed.is_some() => push(chapter, extracted),
            None => {}
        }
    }
}

pub(super) fn push(chapter: ExtractedChapter, extracted: &mut Extracted) {
    if let Some(url) = &chapter.url {
        extracted.identities.push(Identity::new(IdentityKind::ChapterAddress, url.clone()));
    }
    extracted.chapters.push(chapter);
}

fn chapter(part: &Part, body: &mut Body) -> ExtractedChapter {
    let parted =
        part.html.contains("-note").then(|| fimfiction::parted(&part.html, body)).flatten();
    let (text, end_notes) = match parted {
        Some((text, note)) => (text, Some(note)),
        None => (part.html.clone(), None),
    };
    let page = Document::parse_fragment(&text);
    let mut lines = without_edges(lines_of(&page.root()));
    let headed = lines
        .first()
        .filter(|line| matches!(line.kind, Kind::Heading(_)))
        .map(|line| line.text.clone());
    if headed.is_some() {
        lines.remove(0);
    }
    let marked = lines
        .first()
        .map(|line| line.text.clone())
        .filter(|text| headed.is_none() && text_work::chapter_mark(text).is_some());
    if marked.is_some() {
        lines.remove(0);
    }
    let heading = headed.or(marked).or_else(|| part.listed.clone());
    let (number, title) = heading.as_deref().map_or((None, None), number_and_title);
    let rich = RichText::new(lines);
    let html = body.clean(&rich.html_between(0..rich.text.len()));
    let url = part.url.clone();
    ExtractedChapter { number, title, url, html, end_notes, ..ExtractedChapter::default() }
}

/// A heading taken apart: "Chapter 2: The Stair", "2. The Stair", "The Stair".
pub(super) fn number_and_title(heading: &str) -> (Option<String>, Option<String>) {
    let whole = || (None, (!heading.is_empty()).then(|| heading.to_owned()));
    let Some(mark) = text_work::chapter_mark(heading) else { return whole() };
    let number = heading.get(mark.written.clone()).map(str::to_owned);
    let title = mark.title.and_then(|range| heading.get(range)).map(str::to_owned);
    (number, title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_closed_in_one_tag_does_not_swallow_the_page() {
        assert_eq!(
            open_tags("<a id=\"x\"/><br/><p>T</p><title/>"),
            "<a id=\"x\"></a><br/><p>T</p><title></title>"
        );
    }

    #[test]
    fn only_calibres_own_classes_go() {
        let html = "<p class=\"calibre3\">a</p><p class=\"calibre1 verse\">b</p><p class=\"calibrated\">c</p>";
        assert_eq!(
            without_calibre_classes(html),
            "<p>a</p><p class=\"verse\">b</p><p class=\"calibrated\">c</p>"
        );
    }
}
