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
    assert!(
        !decoded.text.chars().any(bad),
        "a control character is left"
    );
    assert!(
        (0.0..=1.0).contains(&decoded.confidence),
        "confidence out of range"
    );
    assert!(
        decoded
            .notes
            .iter()
            .all(|n| n.count > 0 && n.span.start <= n.span.end),
        "an empty note"
    );
}

/// Cleaning twice is cleaning once, and nothing forbidden is left.
pub fn fuzz_sanitize(data: &[u8]) {
    let once = clean(&String::from_utf8_lossy(data)).html;
    assert_eq!(clean(once.as_str()).html, once, "cleaning is not stable");
    assert_allowed(once.as_str());
}

/// Paragraphs are clean as they are written.
pub fn fuzz_paragraphs(data: &[u8]) {
    let text = decode(data, None).text;
    let html = paragraphs::to_html(&text).html;
    assert_eq!(clean(html.as_str()).html, html, "paragraphs are not clean");
    assert_allowed(html.as_str());
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
            let script: String = value
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control())
                .take(11)
                .collect();
            assert!(
                !script.eq_ignore_ascii_case("javascript:") || attribute == "title",
                "a script in {attribute}"
            );
        }
    }
}
