//! A page as lines of text with their markup beside them: what lets the one grammar for plain text read HTML,
//! Markdown and books too, and give back the story with its emphasis.

mod edges;
mod flatten;
mod inline;
mod tables;

pub(crate) use edges::{PageShape, without_edges};
pub(crate) use flatten::lines_of;

use fanfold_text::paragraphs;
use std::ops::Range;

/// What a line is in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of a paragraph.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// A horizontal rule.
    Rule,
    /// A list, quotation, table or drawing that stays as it is.
    Whole,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: Kind,
    /// What a reader sees, white space collapsed; several lines for [`Kind::Whole`].
    pub(crate) text: String,
    /// The same with its markup, not yet cleaned.
    pub(crate) html: String,
    /// Lines of one paragraph share a number.
    pub(crate) block: usize,
    /// Characters that are inside links.
    pub(crate) linked: usize,
    /// "center" or "right".
    pub(crate) align: Option<&'static str>,
}

impl Line {
    /// Whether the line is nothing but links.
    pub(crate) fn is_links(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphanumeric()).count();
        self.linked > 0 && self.linked * 10 >= letters * 8
    }
}

/// Lines as one text, and the way back from a place in it to the markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RichText {
    /// Paragraphs parted by an empty line, their lines by a line end.
    pub(crate) text: String,
    lines: Vec<(Range<usize>, Line)>,
}

impl RichText {
    /// Joins lines.
    pub(crate) fn new(lines: Vec<Line>) -> Self {
        let mut rich = Self::default();
        let mut block = None;
        for line in lines {
            let gap = match block {
                None => "",
                Some(before) if before == line.block => "\n",
                Some(_) => "\n\n",
            };
            rich.text.push_str(gap);
            block = Some(line.block);
            let start = rich.text.len();
            rich.text.push_str(if line.kind == Kind::Rule { "----------" } else { &line.text });
            rich.lines.push((start..rich.text.len(), line));
        }
        rich
    }

    /// All lines with their places.
    pub(crate) fn lines(&self) -> &[(Range<usize>, Line)] {
        &self.lines
    }

    /// The markup of the lines that begin inside a stretch of the text, not yet cleaned.
    pub(crate) fn html_between(&self, range: Range<usize>) -> String {
        let first = self.lines.partition_point(|(place, _)| place.end <= range.start);
        let mut html = String::new();
        let mut rest = &self.lines[first..];
        while let Some((place, line)) = rest.first() {
            if place.start >= range.end {
                break;
            }
            let inside = |(place, other): &&(Range<usize>, Line)| {
                other.block == line.block && place.start < range.end
            };
            let count = rest.iter().take_while(inside).count().max(1);
            let (block, after) = rest.split_at(count);
            write_block(block, &mut html);
            rest = after;
        }
        html
    }
}

fn write_block(block: &[(Range<usize>, Line)], html: &mut String) {
    if let [(_, line)] = block {
        match &line.kind {
            Kind::Rule => return html.push_str("<hr>"),
            Kind::Whole => return html.push_str(&line.html),
            Kind::Heading(level) => {
                return html.push_str(&format!("<h{level}>{}</h{level}>", line.html));
            }
            Kind::Text if paragraphs::is_scene_break(&line.text) => {
                return html.push_str(paragraphs::to_html(&line.text).html.as_str());
            }
            Kind::Text => {}
        }
    }
    match block.first().and_then(|(_, line)| line.align) {
        Some(align) => html.push_str(&format!("<p align=\"{align}\">")),
        None => html.push_str("<p>"),
    }
    for (index, (_, line)) in block.iter().enumerate() {
        if index > 0 {
            html.push_str("<br>");
        }
        html.push_str(line.html.trim());
    }
    html.push_str("</p>");
}

#[cfg(test)]
mod tests;
