//! Clean HTML back to plain text and to Markdown, for exports.

mod markdown;
mod markdown_line;
mod plain;

pub use markdown::html_to_markdown;
pub use plain::html_to_text;

use crate::clean_html::CleanHtml;
use crate::flow::{LineEnds, Loose, rebuild};
use crate::paragraphs::Stored;

/// The HTML with every piece of loose text in a paragraph and no block inside an inline element: the form that both
/// writers read.
fn normal_form(html: &CleanHtml) -> String {
    rebuild(html.as_str(), Loose::Paragraphs(LineEnds::Space), Stored)
}

/// What stands before every line of the present place: quote signs, list indents.
#[derive(Debug, Default)]
struct Margin {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    /// Before the first line; empty once it has been written.
    first: String,
    /// Before every later line.
    later: String,
}

impl Margin {
    fn push(&mut self, first: &str, later: &str) {
        self.parts.push(Part { first: first.to_owned(), later: later.to_owned() });
    }

    fn pop(&mut self) {
        self.parts.pop();
    }

    /// The margin of the next line; a list item's sign is given out once.
    fn take(&mut self) -> String {
        let mut out = String::new();
        for part in &mut self.parts {
            let first = std::mem::take(&mut part.first);
            out.push_str(if first.is_empty() { &part.later } else { &first });
        }
        out
    }

    /// The margin of an empty line: of the parts that have begun.
    fn empty(&self) -> String {
        self.parts.iter().take_while(|p| p.first.is_empty()).map(|p| p.later.as_str()).collect()
    }

    /// True when a list item's sign has not been written yet.
    fn is_fresh(&self) -> bool {
        self.parts.last().is_some_and(|p| !p.first.is_empty())
    }
}

/// Lists around the present place: numbered ones with the next number.
#[derive(Debug, Default)]
struct Lists {
    open: Vec<Option<i64>>,
}

impl Lists {
    fn begin(&mut self, name: &str, attrs: &str) {
        let start =
            crate::tokens::attribute(attrs, "start").and_then(|s| s.parse().ok()).unwrap_or(1);
        self.open.push((name == "ol").then_some(start));
    }

    fn end(&mut self) {
        self.open.pop();
    }

    /// The sign of the next item.
    fn sign(&mut self) -> String {
        match self.open.last_mut() {
            Some(Some(number)) => {
                let sign = format!("{number}. ");
                *number += 1;
                sign
            }
            _ => "- ".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
