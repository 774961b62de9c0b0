//! Goes through a page's tree once and writes its lines: layout elements are gone through, quotations and lists stay
//! whole, `<br><br>` parts paragraphs, inline elements that reach over paragraphs are carried over.

use super::inline::{Writer, letters};
use super::tables::{definition_list, table};
use super::{Kind, Line};
use fanfold_text::document::{Element, Node, is_block};

/// The lines of everything inside an element.
pub(crate) fn lines_of(root: &Element<'_>) -> Vec<Line> {
    let mut flatten = Flatten { writer: Writer::default(), total: root.text().len() };
    flatten.inside(root);
    flatten.writer.finish()
}

pub(super) struct Flatten {
    pub(super) writer: Writer,
    total: usize,
}

impl Flatten {
    pub(super) fn inside(&mut self, element: &Element<'_>) {
        for node in element.nodes() {
            match node {
                Node::Text(text) => self.writer.text(text),
                Node::Element(child) => self.element(&child),
            }
        }
    }

    fn element(&mut self, element: &Element<'_>) {
        match element.name() {
            name if is_skipped(name) => {}
            "nav" if !self.is_major(element) => {}
            "form" | "footer" | "aside" if !self.is_major(element) && is_furniture(element) => {}
            "br" => self.writer.line_break(),
            "hr" => self.writer.whole(Kind::Rule, String::new(), String::new(), 0),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "blockquote" | "ul" | "ol" | "menu" | "dir" | "figure" | "details" | "pre" => {
                self.kept(element)
            }
            "dl" => definition_list(self, element),
            "table" => table(self, element),
            "img" => self.writer.element(&element.outer_html(), "", 0),
            name if is_block(name) => self.container(element),
            _ => self.inline(element),
        }
    }

    /// A layout element: its content, in paragraphs of its own.
    pub(super) fn container(&mut self, element: &Element<'_>) {
        self.writer.block_break();
        let outer = self.writer.align;
        self.writer.align = alignment(element).or(outer);
        self.inside(element);
        self.writer.block_break();
        self.writer.align = outer;
    }

    fn heading(&mut self, element: &Element<'_>) {
        let level = element.name().bytes().last().map_or(3, |digit| digit.saturating_sub(b'0'));
        if contains_break(element) && element.text().len() > 200 {
            return self.container(element);
        }
        self.writer.block_break();
        let line = element.line();
        let html: String = element
            .nodes()
            .filter(|node| node.element().is_none_or(|child| child.name() != "br"))
            .map(|node| node.html())
            .collect();
        self.writer.element(&html, &line, linked(element));
        self.writer.heading(level);
    }

    /// A list or quotation stays whole, unless most of the page is inside it.
    fn kept(&mut self, element: &Element<'_>) {
        if self.is_major(element) && element.name() != "pre" {
            return self.list_or_container(element);
        }
        self.writer.whole(
            Kind::Whole,
            element.visible_text(),
            element.outer_html(),
            linked(element),
        );
    }

    fn list_or_container(&mut self, element: &Element<'_>) {
        if matches!(element.name(), "ul" | "ol" | "menu" | "dir") {
            for node in element.nodes() {
                match node {
                    Node::Text(text) => self.writer.text(text),
                    Node::Element(item) => self.container(&item),
                }
            }
        } else {
            self.container(element);
        }
    }

    fn inline(&mut self, element: &Element<'_>) {
        if !contains_break(element) {
            let html = element.outer_html();
            return self.writer.element(&html, &element.text(), linked(element));
        }
        let is_link = element.name() == "a" && element.attr("href").is_some();
        let was_in_link = self.writer.in_link;
        self.writer.in_link |= is_link;
        if is_emphasis(element.name()) {
            self.writer.open(element.name());
            self.inside(element);
            self.writer.close();
        } else {
            self.inside(element);
        }
        self.writer.in_link = was_in_link;
    }

    /// Whether more than half of the page's text is inside.
    pub(super) fn is_major(&self, element: &Element<'_>) -> bool {
        element.text().len() * 2 > self.total
    }
}

/// A form's, footer's or aside's content that is controls or links; a note to the story is more than that.
fn is_furniture(element: &Element<'_>) -> bool {
    let all = letters(&element.text());
    let is_controls = element.first("input, button, select, textarea").is_some() && all < 400;
    all < 40 && element.name() != "aside" || is_controls || linked(element) * 2 > all
}

/// Letters inside links.
pub(super) fn linked(element: &Element<'_>) -> usize {
    if element.name() == "a" && element.attr("href").is_some() {
        return letters(&element.text());
    }
    element.select("a[href]").iter().map(|link| letters(&link.text())).sum()
}

fn alignment(element: &Element<'_>) -> Option<&'static str> {
    if element.name() == "center" {
        return Some("center");
    }
    let align = element.attr("align").unwrap_or_default();
    ["center", "right"].into_iter().find(|name| align.eq_ignore_ascii_case(name))
}

fn contains_break(element: &Element<'_>) -> bool {
    element.descendants().any(|node| {
        node.element().is_some_and(|child| child.name() == "br" || is_block(child.name()))
    })
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "noscript"
            | "iframe"
            | "svg"
            | "math"
            | "select"
            | "button"
            | "textarea"
            | "input"
            | "object"
            | "embed"
            | "applet"
            | "map"
            | "option"
            | "link"
            | "meta"
    )
}

fn is_emphasis(name: &str) -> bool {
    matches!(
        name,
        "i" | "em"
            | "b"
            | "strong"
            | "u"
            | "s"
            | "strike"
            | "del"
            | "ins"
            | "small"
            | "big"
            | "tt"
            | "code"
            | "cite"
            | "q"
    )
}
