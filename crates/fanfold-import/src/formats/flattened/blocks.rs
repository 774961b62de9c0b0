//! A flattened page as a row of blocks. Readers of the Mobipocket time know no classes and ids: labels are paragraphs,
//! headings are large letters, a paragraph of a quotation is a quotation of its own, and margins become quotations.

use super::{Block, Kind};
use fanfold_text::document::{Document, Element, Node, is_block};
use fanfold_text::sanitize::escape_text;

/// Quotations in quotations that are told apart.
const MOST_DEPTH: usize = 16;

/// The blocks of a page, in order.
pub(crate) fn blocks_of(page: &Document) -> Vec<Block> {
    let mut walk = Walk::default();
    let root = page.first("body").unwrap_or_else(|| page.root());
    walk.inside(&root, 0, 0);
    walk.blocks
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    /// Inline pieces that stand in no paragraph of their own.
    loose: String,
    loose_line: String,
}

impl Walk {
    fn inside(&mut self, parent: &Element<'_>, quotes: usize, level: usize) {
        for node in parent.nodes() {
            match node {
                Node::Text(text) => {
                    self.loose.push_str(escape_text(text).as_str());
                    self.loose_line.push_str(text);
                }
                Node::Element(element) if is_block(element.name()) => {
                    self.settle(quotes);
                    self.block(&element, quotes, level);
                }
                Node::Element(element) if element.name() == "br" && self.is_bare() => {
                    self.push(Kind::Gap, String::new(), String::new());
                }
                Node::Element(element) => {
                    inline(&element, &mut self.loose, false);
                    self.loose_line.push_str(&element.text());
                }
            }
        }
        self.settle(quotes);
    }

    fn block(&mut self, element: &Element<'_>, quotes: usize, level: usize) {
        let name = element.name();
        let has_blocks = level < 200 && element.children().any(|child| is_block(child.name()));
        match name {
            "hr" if element.has_class("page") => self.push_empty(Kind::Page),
            "hr" => self.push_empty(Kind::Rule),
            "ul" | "ol" | "table" | "pre" => {
                let html = whole(element);
                self.push(Kind::Whole { quotes }, element.line(), html);
            }
            _ if has_blocks => {
                let deeper = usize::from(name == "blockquote");
                self.inside(element, (quotes + deeper).min(MOST_DEPTH), level + 1);
            }
            "blockquote" => self.paragraph(element, (quotes + 1).min(MOST_DEPTH)),
            _ => self.paragraph(element, quotes),
        }
    }

    fn paragraph(&mut self, element: &Element<'_>, quotes: usize) {
        let line = element.line();
        let level = level(element);
        let mut html = String::new();
        inline_children(element, &mut html, level.is_some());
        if line.is_empty() && !html.contains("<img") {
            // What stands for an empty paragraph holds a space that does not break.
            if html.contains('\u{a0}') {
                self.push_empty(Kind::Gap);
            }
            return;
        }
        let align = match element.attr("align") {
            Some("center") => Some("center"),
            Some("right") => Some("right"),
            _ => None,
        };
        let kind = match level.filter(|_| quotes == 0) {
            Some(level) => Kind::Heading(level),
            None => Kind::Paragraph { quotes, align },
        };
        self.push(kind, line, html);
    }

    fn is_bare(&self) -> bool {
        self.loose_line.trim().is_empty()
    }

    fn settle(&mut self, quotes: usize) {
        let html = std::mem::take(&mut self.loose);
        let line = std::mem::take(&mut self.loose_line);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            self.push(Kind::Paragraph { quotes, align: None }, line, html);
        }
    }

    fn push_empty(&mut self, kind: Kind) {
        self.push(kind, String::new(), String::new());
    }

    fn push(&mut self, kind: Kind, line: String, html: String) {
        // The converter parts a table from what stands before it by a line end of its own.
        let is_table = matches!(kind, Kind::Whole { .. }) && html.starts_with("<table");
        if is_table && self.blocks.last().is_some_and(|last| last.kind == Kind::Gap) {
            self.blocks.pop();
        }
        self.blocks.push(Block { kind, line, html: html.trim().to_owned() });
    }
}

/// The level of a heading: by its name, or by the size of its letters where all of it is large.
fn level(element: &Element<'_>) -> Option<u8> {
    if let Some(digit) = element.name().strip_prefix('h').filter(|rest| rest.len() == 1) {
        return digit.parse().ok();
    }
    let mut nodes = element.nodes().filter(|node| match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(_) => true,
    });
    let only = nodes.next()?.element()?;
    let is_large = nodes.next().is_none() && only.name() == "font" && only.first("b").is_some();
    match only.attr("size").filter(|_| is_large)? {
        "7" | "6" => Some(1),
        "5" => Some(2),
        "4" => Some(3),
        _ => None,
    }
}

/// An element that stays as it is, without the converter's attributes.
fn whole(element: &Element<'_>) -> String {
    let name = element.name();
    let mut html = format!("<{name}>");
    for node in element.nodes() {
        match node {
            Node::Text(text) => html.push_str(escape_text(text).as_str()),
            Node::Element(child) if is_block(child.name()) => html.push_str(&whole(&child)),
            Node::Element(child) => inline(&child, &mut html, false),
        }
    }
    html.push_str(&format!("</{name}>"));
    html
}

fn inline_children(element: &Element<'_>, html: &mut String, plain: bool) {
    for node in element.nodes() {
        match node {
            Node::Text(text) => html.push_str(escape_text(text).as_str()),
            Node::Element(child) => inline(&child, html, plain),
        }
    }
}

/// An inline element in the markup of the archive: sizes of letters become what they were made of. In a heading
/// (`plain`) nothing is large or bold by itself.
fn inline(element: &Element<'_>, html: &mut String, plain: bool) {
    let raised = element.parent().is_some_and(|own| matches!(own.name(), "sup" | "sub" | "small"));
    let name = match (element.name(), element.attr("size")) {
        ("br", _) => return html.push_str("<br>"),
        ("img", _) => return html.push_str(&element.outer_html()),
        ("font" | "b", _) if plain => "",
        ("font", Some("1" | "2")) if !raised => "small",
        ("font", Some("4" | "5" | "6" | "7")) => "big",
        ("small", _) if raised => "",
        ("tt", _) => "code",
        (
            name @ ("b" | "i" | "u" | "s" | "em" | "strong" | "sup" | "sub" | "small" | "big"
            | "code" | "a" | "strike"),
            _,
        ) => name,
        _ => "",
    };
    let href = element.attr("href").filter(|href| !href.starts_with("kindle:"));
    match (name, href) {
        ("a", Some(href)) => {
            let spelled = href.replace('&', "&amp;").replace('"', "&quot;");
            let rel = if href.contains("/users/") { " rel=\"author\"" } else { "" };
            html.push_str(&format!("<a{rel} href=\"{spelled}\">"));
            inline_children(element, html, plain);
            html.push_str("</a>");
        }
        ("" | "a", _) => inline_children(element, html, plain),
        (name, _) => {
            html.push_str(&format!("<{name}>"));
            inline_children(element, html, plain);
            html.push_str(&format!("</{name}>"));
        }
    }
}
