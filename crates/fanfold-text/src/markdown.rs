//! Markdown to clean HTML. Raw HTML in it passes through and then the sanitiser.

use pulldown_cmark::{Options, Parser, html};

use crate::clean_html::CleanHtml;
use crate::sanitize::clean;

/// Reads CommonMark with tables and `~~deleted~~` text.
pub fn to_html(markdown: &str) -> CleanHtml {
    let text = crate::encoding::normalize_newlines(markdown);
    let parser = Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    html::push_html(&mut out, parser);
    clean(out.trim_end_matches('\n')).html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_marks_become_elements() {
        let html = to_html(
            "# One\n\nThe *fog* was **thick**.\n\n> quoted\n\n- a\n- b\n\n* * *\n\n~~gone~~ [x](https://example.org/)",
        );
        for part in [
            "<h1>One</h1>",
            "<em>fog</em>",
            "<strong>thick</strong>",
            "<blockquote>",
            "<li>b</li>",
            "<hr>",
            "<del>gone</del>",
            "rel=\"nofollow",
        ] {
            assert!(html.as_str().contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn raw_html_is_cleaned() {
        assert_eq!(
            to_html("a <u>b</u> <script>x()</script>\n\n<div onclick=x>c</div>").as_str(),
            "<p>a <u>b</u> </p>\n<div>c</div>"
        );
    }

    #[test]
    fn nesting_without_end_is_read_in_time() {
        assert!(to_html(&format!("{}x", "> ".repeat(20_000))).as_str().contains('x'));
        assert!(to_html(&format!("{}x", "*a _b ".repeat(20_000))).as_str().contains('x'));
    }
}
