//! The pages of a book: title page, notes, chapters, end notes.

use super::Part;
use super::xml::{escape, language};
use crate::colophon::{self, chapter_heading};
use fanfold_model::{Chapter, Work};
use fanfold_text::CleanHtml;
use fanfold_text::document::Document;
use fanfold_text::xhtml::to_xhtml_with_ids;
use std::fmt::Write;

/// Readers take seconds to page through files much larger than this.
const LARGEST_PAGE: usize = 240_000;

pub(crate) const STYLE: &str = "body { line-height: 1.5; }\n\
h1, h2 { text-align: center; line-height: 1.2; }\n\
p { margin: 0 0 0.6em; }\n\
hr { border: 0; border-top: 1px dotted; width: 30%; margin: 1.5em auto; }\n\
.byline { text-align: center; }\n\
dl { font-size: 0.9em; }\ndt { font-weight: bold; }\ndd { margin: 0 0 0.3em 1em; }\n\
.notes { border-left: 2px dotted; padding-left: 1em; font-size: 0.95em; margin: 1em 0; }\n";

pub(crate) fn parts(work: &Work) -> Vec<Part> {
    let mut parts = vec![title_page(work)];
    parts.extend(notes_page(work, "notes", "Notes", work.notes.as_deref()));
    for chapter in &work.chapters {
        parts.extend(chapter_pages(work, chapter));
    }
    parts.extend(notes_page(work, "end-notes", "End notes", work.end_notes.as_deref()));
    parts
}

fn title_page(work: &Work) -> Part {
    let mut body = format!("<section epub:type=\"titlepage\">\n<h1>{}</h1>\n", escape(&work.title));
    if let Some(names) = colophon::by_line(work) {
        let _ = writeln!(body, "<p class=\"byline\">by {}</p>", escape(&names));
    }
    body.push_str("<dl>\n");
    for line in colophon::lines(work) {
        let _ = writeln!(body, "<dt>{}</dt>", line.label);
        for value in &line.values {
            let _ = writeln!(body, "<dd>{}</dd>", escape(value));
        }
    }
    for url in colophon::addresses(work) {
        let _ = writeln!(body, "<dt>Source</dt>\n<dd>{}</dd>", escape(url));
    }
    body.push_str("</dl>\n");
    if let Some(summary) = &work.summary {
        let _ = writeln!(body, "<h2>Summary</h2>\n<div>{}</div>", xhtml(summary, "s-"));
    }
    body.push_str("</section>");
    part(work, "title", work.title.clone(), &[], &body)
}

fn notes_page(work: &Work, id: &str, heading: &str, html: Option<&str>) -> Option<Part> {
    let html = html?;
    let body =
        format!("<section>\n<h1>{heading}</h1>\n<div>{}</div>\n</section>", xhtml(html, "n-"));
    Some(part(work, id, heading.to_owned(), &[], &body))
}

fn chapter_pages(work: &Work, chapter: &Chapter) -> Vec<Part> {
    let heading = match work.chapters.len() {
        1 if chapter.title.is_none() && chapter.number.is_none() => work.title.clone(),
        _ => chapter_heading(chapter),
    };
    let name = chapter.uid.map_or_else(|| chapter.position.to_string(), |uid| uid.to_string());
    let id = format!("chapter-{name}");
    let pieces = pieces(&chapter.html);
    let last = pieces.len().saturating_sub(1);
    let metas = chapter_metas(chapter, &heading);
    let mut pages = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        let mut body = String::from("<section epub:type=\"chapter\" role=\"doc-chapter\">\n");
        if place == 0 {
            let _ = writeln!(body, "<h1>{}</h1>", escape(&heading));
            aside(&mut body, "Summary", chapter.summary.as_deref(), "cs-");
            aside(&mut body, "Notes", chapter.notes.as_deref(), "cn-");
        }
        let _ = writeln!(body, "<div>{}</div>", xhtml(piece, "t-"));
        if place == last {
            aside(&mut body, "End notes", chapter.end_notes.as_deref(), "ce-");
        }
        body.push_str("</section>");
        let piece_id = if place == 0 { id.clone() } else { format!("{id}-{}", place + 1) };
        let mut page =
            part(work, &piece_id, heading.clone(), if place == 0 { &metas } else { &[] }, &body);
        page.heading = page.heading.filter(|_| place == 0);
        pages.push(page);
    }
    pages
}

/// What FanFicFare writes, so that it can update our books and we can read its.
fn chapter_metas(chapter: &Chapter, heading: &str) -> Vec<(&'static str, String)> {
    let Some(url) = &chapter.url else { return Vec::new() };
    let title = chapter.title.clone().unwrap_or_else(|| heading.to_owned());
    vec![
        ("chapterurl", url.clone()),
        ("chapterorigtitle", title.clone()),
        ("chaptertoctitle", heading.to_owned()),
        ("chaptertitle", title),
    ]
}

/// A chapter in pieces that readers can page through, cut between its outermost elements.
fn pieces(html: &str) -> Vec<String> {
    if html.len() <= LARGEST_PAGE {
        return vec![html.to_owned()];
    }
    let document = Document::parse_fragment(html);
    let mut pieces = vec![String::new()];
    for node in document.root().nodes() {
        let node = node.html();
        if let Some(last) = pieces.last_mut()
            && (last.is_empty() || last.len() + node.len() <= LARGEST_PAGE)
        {
            last.push_str(&node);
            continue;
        }
        pieces.push(node);
    }
    pieces
}

fn aside(body: &mut String, label: &str, html: Option<&str>, prefix: &str) {
    if let Some(html) = html {
        let _ = writeln!(
            body,
            "<aside class=\"notes\"><p><b>{label}</b></p>\n<div>{}</div>\n</aside>",
            xhtml(html, prefix)
        );
    }
}

fn xhtml(html: &str, prefix: &str) -> String {
    to_xhtml_with_ids(&CleanHtml::trusted_from_store(html.to_owned()), prefix)
}

fn part(work: &Work, id: &str, heading: String, metas: &[(&str, String)], body: &str) -> Part {
    let lang = language(work);
    let mut xhtml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{lang}\" xml:lang=\"{lang}\">\n<head>\n<title>{}</title>\n",
        escape(&heading)
    );
    for (name, content) in metas {
        let _ = writeln!(xhtml, "<meta name=\"{name}\" content=\"{}\"/>", escape(content));
    }
    let _ = write!(
        xhtml,
        "<link rel=\"stylesheet\" href=\"style.css\"/>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    );
    Part { file: format!("{id}.xhtml"), id: id.to_owned(), heading: Some(heading), xhtml }
}
