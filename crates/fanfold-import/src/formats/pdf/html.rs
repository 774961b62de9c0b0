//! Paragraphs as blocks and as HTML: emphasis by the fonts' styles, links by the places on the page.

use super::lines::Run;
use super::paragraphs::{Paragraph, Sort, line_of};
use crate::formats::flattened::{Block, Kind};
use fanfold_text::sanitize::escape_text;

/// A paragraph as a block that stands in so many quotations.
pub(super) fn block(paragraph: &Paragraph, quotes: usize) -> Block {
    let align = paragraph.is_centred.then_some("center");
    let mut runs = paragraph.label.clone().unwrap_or_default();
    if let Some(last) = runs.last_mut() {
        last.text.push(' ');
    }
    runs.extend(paragraph.runs.iter().cloned());
    let line = line_of(&runs);
    match paragraph.sort {
        Sort::Rule => Block { kind: Kind::Rule, line, html: String::new() },
        Sort::Heading(level) => {
            let html = escape_text(&line).into_string();
            Block { kind: Kind::Heading(level), line, html }
        }
        Sort::Text => Block { kind: Kind::Paragraph { quotes, align }, line, html: inline(&runs) },
    }
}

/// Runs as a paragraph of their own.
pub(super) fn plain(runs: &[Run], quotes: usize) -> Block {
    let kind = Kind::Paragraph { quotes, align: None };
    Block { kind, line: line_of(runs), html: inline(runs) }
}

/// Runs with their markup.
pub(super) fn inline(runs: &[Run]) -> String {
    let mut html = String::new();
    for run in runs {
        let core = run.text.trim();
        let start = run.text.len() - run.text.trim_start().len();
        let (before, behind) = (&run.text[..start], &run.text[start + core.len()..]);
        push_white(before, &mut html);
        if core.is_empty() {
            continue;
        }
        let text = escape_text(core).as_str().replace('\n', "<br>");
        let text = if run.is_italic { format!("<i>{text}</i>") } else { text };
        let text = if run.is_bold { format!("<b>{text}</b>") } else { text };
        match &run.address {
            Some(address) => {
                let spelled = escape_text(address).as_str().replace('"', "&quot;");
                let rel = if address.contains("/users/") { " rel=\"author\"" } else { "" };
                html.push_str(&format!("<a{rel} href=\"{spelled}\">{text}</a>"));
            }
            None => html.push_str(&text),
        }
        push_white(behind, &mut html);
    }
    html.trim().to_owned()
}

fn push_white(white: &str, html: &mut String) {
    if white.contains('\n') {
        html.push_str("<br>");
    } else if !white.is_empty() {
        html.push(' ');
    }
}
