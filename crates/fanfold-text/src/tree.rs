//! Parses HTML in pieces into a tree and stops early when the page would become too deep or too large. Unclosed
//! formatting elements let a short page grow without bound in any parser that follows the HTML standard; honest old
//! pages never reach the limits in [`crate::limits`].

use html5ever::driver::{self, ParseOpts, Parser};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use crate::limits::{HARMLESS_TAGS, MAX_NODES, MAX_PARSE_DEPTH, PARSE_STEP};
use crate::long_text::part_long_text;

/// The page would be too deep or too large as a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooCostly;

/// Whole pages and pieces of pages are parsed by different rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A page with `html`, `head` and `body`.
    Page,
    /// A piece that stands inside a `div`.
    Piece,
}

/// Parses, watching depth and size.
pub(crate) fn parse(html: &str, scope: Scope) -> Result<Html, TooCostly> {
    let mut parser = parser(scope);
    let harmless = has_few_tags(html);
    let html = part_long_text(html);
    let mut seen = 0;
    let mut rest = html.as_ref();
    while !rest.is_empty() {
        let step = rest.floor_char_boundary(PARSE_STEP.min(rest.len()));
        let (now, later) = rest.split_at(step);
        parser.process(StrTendril::from(now));
        rest = later;
        if !harmless {
            seen = look(&parser, seen)?;
        }
    }
    Ok(parser.finish())
}

/// True when a page cannot become costly, whatever its tags are.
pub(crate) fn has_few_tags(html: &str) -> bool {
    html.bytes().filter(|b| *b == b'<').count() < HARMLESS_TAGS
}

fn parser(scope: Scope) -> Parser<HtmlTreeSink> {
    match scope {
        Scope::Page => {
            driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default())
        }
        Scope::Piece => driver::parse_fragment(
            HtmlTreeSink::new(Html::new_fragment()),
            ParseOpts::default(),
            QualName::new(None, ns!(html), local_name!("div")),
            Vec::new(),
            false,
        ),
    }
}

/// Checks what the last piece added; gives the number of nodes now.
fn look(parser: &Parser<HtmlTreeSink>, seen: usize) -> Result<usize, TooCostly> {
    let html = parser.tokenizer.sink.sink.0.borrow();
    let nodes = html.tree.nodes();
    let count = nodes.len();
    if count > MAX_NODES {
        return Err(TooCostly);
    }
    let added = count.saturating_sub(seen);
    // A node with a sibling before it is as deep as that one; only first children need counting.
    let too_deep = nodes
        .rev()
        .take(added)
        .filter(|node| node.prev_sibling().is_none())
        .any(|node| node.ancestors().take(MAX_PARSE_DEPTH + 1).count() > MAX_PARSE_DEPTH);
    if too_deep { Err(TooCostly) } else { Ok(count) }
}

/// The page as text with breaks: every tag goes, one that begins a block leaves a paragraph mark behind. Used for
/// pages that are too costly to parse; its own result never is.
pub(crate) fn flatten(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at(at);
        out.push_str(text);
        let Some(close) = tail.find('>') else {
            rest = tail;
            break;
        };
        let (tag, after) = tail.split_at(close + 1);
        let name = tag_name(tag);
        if crate::elements::is_block(&name)
            || crate::elements::STAND_INS.iter().any(|(from, _)| *from == name)
        {
            if !out.ends_with("<p>") {
                out.push_str("<p>");
            }
        } else if name == "br" {
            out.push_str("<br>");
        }
        rest = after;
    }
    out.push_str(&rest.replace('<', "&lt;"));
    out
}

/// Lower-case name of the element in a raw tag; empty when there is none.
pub(crate) fn tag_name(tag: &str) -> String {
    let body = tag.strip_prefix('<').unwrap_or(tag);
    let body = body.strip_prefix('/').unwrap_or(body);
    let len = body
        .bytes()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b':' || *b == b'-')
        .count();
    body.get(..len).unwrap_or_default().to_ascii_lowercase()
}
