//! The HTML tree for importers. Only this crate knows the parser behind it.
//!
//! Parsing never fails: broken markup is repaired as browsers repair it, and a page nested without bound is taken as
//! text with breaks ([`Document::is_flattened`]). Nothing here recurses.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Selector};

use crate::elements;
use crate::plain::PageText;
use crate::tree::{Scope, flatten, parse};

/// A parsed page or piece of a page.
#[derive(Debug, Clone)]
pub struct Document {
    html: Html,
    flattened: bool,
}

/// A CSS selector, compiled once. Keep it in a static when it is used for every page.
#[derive(Debug, Clone)]
pub struct Query(Selector);

impl Query {
    /// Compiles a selector; `None` when it is not valid CSS.
    pub fn new(css: &str) -> Option<Self> {
        Selector::parse(css).ok().map(Self)
    }
}

impl Document {
    /// Parses a whole page.
    pub fn parse(html: &str) -> Self {
        Self::with_scope(html, Scope::Page)
    }

    /// Parses a piece of a page, such as a chapter's body.
    pub fn parse_fragment(html: &str) -> Self {
        Self::with_scope(html, Scope::Piece)
    }

    fn with_scope(html: &str, scope: Scope) -> Self {
        match parse(html, scope) {
            Ok(html) => Self { html, flattened: false },
            Err(_) => Self { html: Html::parse_fragment(&flatten(html)), flattened: true },
        }
    }

    /// True when the page was nested too deeply and only its text and breaks are here.
    pub fn is_flattened(&self) -> bool {
        self.flattened
    }

    /// The outermost element; always there, also for an empty page.
    pub fn root(&self) -> Element<'_> {
        Element(self.html.root_element())
    }

    /// The elements a selector matches, in document order; none when the selector is not valid.
    pub fn select(&self, css: &str) -> Vec<Element<'_>> {
        Query::new(css).map(|q| self.select_all(&q)).unwrap_or_default()
    }

    /// The elements a compiled selector matches, in document order.
    pub fn select_all(&self, query: &Query) -> Vec<Element<'_>> {
        self.html.select(&query.0).map(Element).collect()
    }

    /// The first element a selector matches.
    pub fn first(&self, css: &str) -> Option<Element<'_>> {
        let query = Query::new(css)?;
        self.html.select(&query.0).next().map(Element)
    }

    /// The page's own title, white space collapsed; `None` when it is missing or empty.
    pub fn title(&self) -> Option<String> {
        self.first("title").map(|t| t.line()).filter(|t| !t.is_empty())
    }

    /// Content of the first `meta` with this name or property.
    pub fn meta(&self, name: &str) -> Option<String> {
        self.select("meta").into_iter().find_map(|m| {
            let own = m.attr("name").or_else(|| m.attr("property"))?;
            own.eq_ignore_ascii_case(name).then(|| m.attr("content").map(str::to_owned))?
        })
    }

    /// The text a reader sees on the page, paragraphs separated by an empty line.
    pub fn visible_text(&self) -> String {
        self.root().visible_text()
    }
}

/// The text a reader would see in any HTML, paragraphs separated by an empty line. Takes unclean HTML too.
pub fn text_of(html: &str) -> String {
    Document::parse_fragment(html).visible_text()
}

/// Whether an element of this name begins a line of its own: those that are kept, those that something stands in for,
/// and the page itself.
pub fn is_block(name: &str) -> bool {
    elements::is_block(name)
        || elements::STAND_INS.iter().any(|(own, _)| *own == name)
        || matches!(name, "body" | "html")
}

/// An element of a [`Document`]. Cheap to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a>(ElementRef<'a>);

/// A child of an element: another element or text. Comments are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node<'a> {
    /// An element.
    Element(Element<'a>),
    /// Text, entities resolved, white space as in the source.
    Text(&'a str),
}

impl<'a> Element<'a> {
    /// Lower-case name.
    pub fn name(&self) -> &'a str {
        self.0.value().name()
    }

    /// Value of an attribute, entities resolved.
    pub fn attr(&self, name: &str) -> Option<&'a str> {
        self.0.value().attr(name)
    }

    /// All attributes, entities resolved.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.0.value().attrs()
    }

    /// True when the element carries the class, upper and lower case alike.
    pub fn has_class(&self, class: &str) -> bool {
        self.0.value().has_class(class, scraper::CaseSensitivity::AsciiCaseInsensitive)
    }

    /// All text inside, exactly as in the source and without breaks.
    pub fn text(&self) -> String {
        self.0.text().collect()
    }

    /// All text inside on one line: white space collapsed, ends trimmed.
    pub fn line(&self) -> String {
        let mut out = String::new();
        for word in self.visible_text().split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }

    /// The text a reader sees inside: line breaks kept, an empty line between blocks, scripts and styles left out.
    pub fn visible_text(&self) -> String {
        let mut page = PageText::default();
        let mut hidden = 0usize;
        for edge in self.0.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    scraper::Node::Element(e) if is_hidden(e.name()) => hidden += 1,
                    scraper::Node::Element(e) if hidden == 0 => page.open(e.name()),
                    scraper::Node::Text(text) if hidden == 0 => page.text(text),
                    _ => {}
                },
                Edge::Close(node) => match node.value() {
                    scraper::Node::Element(e) if is_hidden(e.name()) => {
                        hidden = hidden.saturating_sub(1)
                    }
                    scraper::Node::Element(e) if hidden == 0 => page.close(e.name()),
                    _ => {}
                },
            }
        }
        if self.name() == "title" { self.text() } else { page.finish() }
    }

    /// The HTML inside the element. Unclean: it goes through the sanitiser before anything shows it.
    pub fn inner_html(&self) -> String {
        self.0.inner_html()
    }

    /// The HTML of the element itself. Unclean.
    pub fn outer_html(&self) -> String {
        self.0.html()
    }

    /// The elements below that a selector matches; none when the selector is not valid.
    pub fn select(&self, css: &str) -> Vec<Element<'a>> {
        Query::new(css).map(|q| self.0.select(&q.0).map(Element).collect()).unwrap_or_default()
    }

    /// The first element below that a selector matches.
    pub fn first(&self, css: &str) -> Option<Element<'a>> {
        let query = Query::new(css)?;
        self.0.select(&query.0).next().map(Element)
    }

    /// The elements below that a compiled selector matches.
    pub fn select_all(&self, query: &Query) -> Vec<Element<'a>> {
        self.0.select(&query.0).map(Element).collect()
    }

    /// The element around this one.
    pub fn parent(&self) -> Option<Element<'a>> {
        self.0.parent().and_then(ElementRef::wrap).map(Element)
    }

    /// The elements around this one, innermost first.
    pub fn ancestors(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        self.0.ancestors().filter_map(ElementRef::wrap).map(Element)
    }

    /// The element's children, text too.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.0.children().filter_map(node)
    }

    /// The element's child elements.
    pub fn children(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        self.0.children().filter_map(ElementRef::wrap).map(Element)
    }

    /// Everything inside in document order: elements and text, the element itself not counted.
    pub fn descendants(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.0.descendants().skip(1).filter_map(node)
    }

    /// The siblings after this element, text too, nearest first.
    pub fn following(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.0.next_siblings().filter_map(node)
    }

    /// The next sibling that is an element.
    pub fn next_element(&self) -> Option<Element<'a>> {
        self.0.next_siblings().find_map(ElementRef::wrap).map(Element)
    }

    /// The previous sibling that is an element.
    pub fn previous_element(&self) -> Option<Element<'a>> {
        self.0.prev_siblings().find_map(ElementRef::wrap).map(Element)
    }
}

impl<'a> Node<'a> {
    /// The node when it is an element.
    pub fn element(self) -> Option<Element<'a>> {
        match self {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        }
    }

    /// The node as HTML: an element with all it holds, or escaped text. Unclean.
    pub fn html(&self) -> String {
        match self {
            Node::Element(e) => e.outer_html(),
            Node::Text(text) => {
                let mut out = String::new();
                crate::escape::push_text(&mut out, text);
                out
            }
        }
    }
}

fn node(node: NodeRef<'_, scraper::Node>) -> Option<Node<'_>> {
    if let scraper::Node::Text(text) = node.value() {
        return Some(Node::Text(text));
    }
    ElementRef::wrap(node).map(|e| Node::Element(Element(e)))
}

fn is_hidden(name: &str) -> bool {
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
    )
}
