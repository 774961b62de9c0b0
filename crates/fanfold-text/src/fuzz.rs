//! Entry points for mutated bytes. Each must not panic and asserts what its module promises, so that a plain test can
//! run it over the fixtures on any toolchain.

use crate::attributes;
use crate::document::{Document, Node};
use crate::elements;
use crate::encoding::decode;
use crate::paragraphs;
use crate::sanitize::clean;

/// Decoding gives text without control characters and counts what it drops.
pub fn fuzz_decode(data: &[u8]) {
    let decoded = decode(data, None);
    let bad = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c');
    assert!(!decoded.text.chars().any(bad), "a control character is left");
    assert!((0.0..=1.0).contains(&decoded.confidence), "confidence out of range");
    assert!(
        decoded.notes.iter().all(|n| n.count > 0 && n.span.start <= n.span.end),
        "an empty note"
    );
}

/// Cleaning twice is cleaning once, and nothing forbidden is left.
pub fn fuzz_sanitize(data: &[u8]) {
    let once = clean(&String::from_utf8_lossy(data)).html;
    assert!(clean(once.as_str()).html == once, "cleaning is not stable");
    assert_allowed(once.as_str());
}

/// Paragraphs are clean as they are written.
pub fn fuzz_paragraphs(data: &[u8]) {
    let text = decode(data, None).text;
    let html = paragraphs::to_html(&text).html;
    assert!(clean(html.as_str()).html == html, "paragraphs are not clean");
    assert_allowed(html.as_str());
}

/// Markdown of any kind gives clean HTML.
pub fn fuzz_markdown(data: &[u8]) {
    let html = crate::markdown::to_html(&String::from_utf8_lossy(data));
    assert!(clean(html.as_str()).html == html, "Markdown's HTML is not clean");
    assert_allowed(html.as_str());
}

/// Paragraphs of loose HTML: running it again changes nothing; as XHTML it is well-formed.
pub fn fuzz_html_paragraphs(data: &[u8]) {
    let once = paragraphs::html_paragraphs(&String::from_utf8_lossy(data));
    assert!(clean(once.as_str()).html == once, "paragraphs are not clean");
    assert!(paragraphs::html_paragraphs(once.as_str()) == once, "paragraphs are not stable");
    assert_well_formed(&crate::xhtml::to_xhtml(&once));
}

/// Panics unless every tag of the XHTML is closed in order and only XML's own entities occur; gives the text.
pub fn assert_well_formed(xhtml: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut text = String::new();
    let mut rest = xhtml;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let close = tag.find('>').unwrap_or_else(|| panic!("a tag without end: {tag}"));
        let inside = tag.get(1..close).unwrap_or_default();
        assert!(!inside.contains('<'), "a tag in a tag: {inside}");
        match inside.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "closed out of order"),
            None if inside.ends_with('/') => {}
            None => open.push(inside.split(' ').next().unwrap_or_default()),
        }
        rest = tag.get(close + 1..).unwrap_or_default();
    }
    text.push_str(rest);
    assert!(open.is_empty(), "left open: {open:?}");
    let entities = xhtml.split('&').skip(1).map(|e| e.split(';').next().unwrap_or_default());
    for entity in entities {
        let known = matches!(entity, "amp" | "lt" | "gt" | "quot") || entity.starts_with('#');
        assert!(known, "unknown entity {entity}");
    }
    text
}

/// Panics when an element or attribute stands in the HTML that the sanitiser must not let through.
pub fn assert_allowed(html: &str) {
    let document = Document::parse_fragment(html);
    for element in document.root().descendants().filter_map(Node::element) {
        let name = element.name();
        assert!(elements::role(name).is_some(), "forbidden element {name}");
        for (attribute, value) in element.attributes() {
            let added = matches!((name, attribute), ("a", "rel") | ("details", "open"));
            assert!(
                added || attributes::is_allowed(name, attribute),
                "forbidden attribute {attribute}"
            );
            let script: String =
                value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(11).collect();
            assert!(
                !script.eq_ignore_ascii_case("javascript:") || attribute == "title",
                "a script in {attribute}"
            );
        }
    }
}
