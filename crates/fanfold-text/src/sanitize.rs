//! The one sanitiser. Every piece of HTML that a work, a note or a comment shows has passed [`clean`].
//!
//! ammonia does the work, configured once: AO3's elements and attributes (`elements`, `attributes`), no `style`, no
//! `id`, no scripts. Around it stand three things of our own: HTML that is certain to be unchanged is not parsed at all
//! (`canonical`), pages that would cost too much are taken as text first (`tree`), and the result is cleaned until it
//! no longer changes, so that cleaning twice is cleaning once.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::attributes;
use crate::canonical::is_canonical;
use crate::clean_html::CleanHtml;
use crate::depth::limit_depth;
use crate::elements::{ALLOWED, REMOVED_WITH_CONTENT};
use crate::long_text::part_long_text;
use crate::source_tags::prepare;
use crate::tree::{Scope, flatten, has_few_tags, parse};

/// What [`clean`] gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The HTML that may be shown.
    pub html: CleanHtml,
    /// Elements (`"font"`) and attributes (`"@style"`) that are no longer there, with how often each stood in the
    /// source. In alphabetical order; at most 64 names.
    pub removed: Vec<(String, usize)>,
    /// True when the page was nested so deeply that only its text and breaks were kept.
    pub flattened: bool,
}

/// Sanitises HTML of any origin. Gives allowed, balanced HTML for any input; time and memory grow with the input's
/// length only, whatever its nesting. `clean(clean(x)) == clean(x)`.
pub fn clean(html: &str) -> Cleaned {
    if is_canonical(html) {
        return Cleaned {
            html: CleanHtml::proved(html.to_owned()),
            removed: Vec::new(),
            flattened: false,
        };
    }
    let (prepared, removed) = prepare(html);
    let costly = !has_few_tags(&prepared) && parse(&prepared, Scope::Piece).is_err();
    let once = if costly { pass(&flatten(&prepared)) } else { pass(&prepared) };
    Cleaned { html: CleanHtml::proved(settle(once)), removed, flattened: costly }
}

/// Plain text as clean HTML: escaped, nothing else. For titles and names shown inside HTML.
pub fn escape_text(text: &str) -> CleanHtml {
    let mut out = String::with_capacity(text.len());
    let safe = text.replace(['\r', '\0'], "");
    crate::escape::push_text(&mut out, &safe);
    CleanHtml::proved(out)
}

/// How often the result may change under another pass before the text alone is kept.
const MOST_PASSES: usize = 6;

/// Cleans until nothing changes. Misnested tables and links can move once more when they are read again.
pub(crate) fn settle(mut html: String) -> String {
    for _ in 0..MOST_PASSES {
        if is_canonical(&html) {
            return html;
        }
        let again = pass(&html);
        if again == html {
            return html;
        }
        html = again;
    }
    let flat = pass(&flatten(&html));
    if is_canonical(&flat) {
        flat
    } else {
        escape_text(&crate::document::text_of(&html)).into_string()
    }
}

/// One run of the configured sanitiser, with the depth bounded. Long pages are handed over in small pieces: the
/// parser's cost for an entity grows with the piece it stands in.
fn pass(html: &str) -> String {
    let html = part_long_text(html);
    let cleaned = match html.len() {
        0..=LONG => SANITIZER.clean(&html),
        _ => match SANITIZER.clean_from_reader(html.as_bytes()) {
            Ok(document) => document,
            // Reading from memory does not fail; if it did, the slow way is right too.
            Err(_) => SANITIZER.clean(&html),
        },
    };
    limit_depth(cleaned.to_string())
}

/// From this many bytes on a page is handed over in pieces.
const LONG: usize = 32 * 1024;

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(ALLOWED.iter().map(|(name, _)| *name).collect())
        .clean_content_tags(REMOVED_WITH_CONTENT.iter().copied().collect())
        .generic_attributes(attributes::GENERIC.iter().copied().collect())
        .tag_attributes(attributes::per_element())
        .url_schemes(["ftp", "http", "https", "mailto"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some(attributes::LINK_REL))
        .set_tag_attribute_value("details", "open", "open")
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("a", "rel") | ("details", "open") => Some(value.into()),
            _ => attributes::filter(element, attribute, value),
        })
        .strip_comments(true);
    builder
});

/// The sanitiser alone, for the tests that hold the fast way to it.
#[cfg(test)]
pub(crate) fn pass_for_tests(html: &str) -> String {
    pass(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str) -> String {
        clean(html).html.into_string()
    }

    #[test]
    fn formatting_goes_but_its_text_stays() {
        let result = clean("<p><font color=red>red</font> <blink>b</blink></p>");
        assert_eq!(result.html.as_str(), "<p>red b</p>");
        assert_eq!(result.removed, [("blink".to_owned(), 1), ("font".to_owned(), 1)]);
    }

    #[test]
    fn scripts_styles_and_drawings_go_with_their_content() {
        let html = "a<script>x()</script><style>y</style><svg><text>z</text></svg><math><mi>m</mi></math><iframe>f</iframe><title>t</title>b";
        assert_eq!(cleaned(html), "ab");
    }

    #[test]
    fn obsolete_elements_that_creators_wrote_stay() {
        let html = "<center><strike>a</strike><big>b</big><tt>c</tt><acronym title=\"x\">d</acronym></center>";
        assert_eq!(cleaned(html), html);
    }

    #[test]
    fn styles_ids_and_handlers_go_and_are_counted() {
        let result =
            clean("<p style=\"color:red\" id=x onclick='y()' align=center>a</p><p STYLE='z'>b</p>");
        assert_eq!(result.html.as_str(), "<p align=\"center\">a</p><p>b</p>");
        assert_eq!(
            result.removed,
            [("@id".to_owned(), 1), ("@onclick".to_owned(), 1), ("@style".to_owned(), 2)]
        );
    }

    #[test]
    fn links_keep_safe_schemes_only_and_carry_no_credit() {
        let rel = "rel=\"nofollow noopener noreferrer\"";
        for url in [
            "http://example.org/",
            "https://example.org/a?b=c&amp;d",
            "ftp://example.org/x",
            "mailto:a@example.org",
            "chapter2.html",
            "#top",
        ] {
            assert_eq!(
                cleaned(&format!("<a href=\"{url}\" rel=me>x</a>")),
                format!("<a href=\"{url}\" {rel}>x</a>")
            );
        }
        for url in [
            "javascript:alert(1)",
            " java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "JaVaScRiPt:x",
            "&#106;avascript:x",
        ] {
            assert_eq!(
                cleaned(&format!("<a href=\"{url}\">x</a>")),
                format!("<a {rel}>x</a>"),
                "{url}"
            );
        }
    }

    #[test]
    fn pictures_come_from_the_web_only() {
        assert_eq!(
            cleaned("<img src=\"https://example.org/a.png\" alt=a onerror=x>"),
            "<img src=\"https://example.org/a.png\" alt=\"a\">"
        );
        assert_eq!(cleaned("<img src=a.png alt=a>"), "<img alt=\"a\">");
        assert_eq!(cleaned("<img src=\"data:image/png;base64,xx\">"), "<img>");
    }

    #[test]
    fn one_letter_and_odd_class_names_go_one_by_one() {
        assert_eq!(cleaned("<p class=\"a ab 1x x-y\">t</p>"), "<p class=\"ab x-y\">t</p>");
        assert_eq!(cleaned("<p class=\"a\">t</p>"), "<p>t</p>");
    }

    #[test]
    fn blocks_that_are_not_kept_do_not_glue_their_text() {
        assert_eq!(cleaned("<article>a</article><section>b</section>"), "<div>a</div><div>b</div>");
    }

    #[test]
    fn deep_nesting_costs_no_more_than_its_length() {
        for tag in ["b", "div", "span", "blockquote", "font size=1", "table><tr><td", "ul><li"] {
            let html = format!("{}<p>text</p>", format!("<{tag}>").repeat(100_000));
            let result = clean(&html);
            assert!(result.html.as_str().contains("text"), "{tag}");
            assert!(result.html.len() < 100_000, "{tag}");
        }
    }

    #[test]
    fn formatting_that_is_opened_again_in_each_paragraph_does_not_multiply() {
        let opened: String = (0..3000).map(|i| format!("<font size={i}>")).collect();
        let html = format!("{opened}{}", "<p>x".repeat(3000));
        assert!(clean(&html).html.len() < 1_000_000);
    }

    #[test]
    fn a_small_stack_is_enough_for_any_depth() {
        let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(|| {
            let html = format!("{}x", "<i>".repeat(900));
            let deep = format!("{}x", "<div><b>".repeat(50_000));
            (cleaned(&html), cleaned(&deep), crate::document::Document::parse(&deep).visible_text())
        });
        let (few, many, text) = thread.expect("a thread starts").join().expect("no overflow");
        assert!(few.contains('x') && many.contains('x') && text.contains('x'));
    }
}
