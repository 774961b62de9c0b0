//! Loose text in HTML to paragraphs, after AO3's rules: text outside blocks gets `p`, two `br` part paragraphs and more
//! leave a blank one, lists and tables and headings stand between paragraphs, inline elements that span a border are
//! closed and opened again. What stands in lists, tables, headings and preformatted text is left alone. Running it
//! again changes nothing.

use super::layout;
use super::lines;
use crate::canonical::is_canonical;
use crate::clean_html::CleanHtml;
use crate::flow::{Dialect, LineEnds, Loose, rebuild};
use crate::sanitize::{clean, settle};
use crate::tokens::{Token, tokens};

/// What line ends in loose text mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Newlines {
    /// Looked up in the text: without any `p`, `br` or `div` its line ends show its paragraphs (the test that old
    /// archive scripts used), read as wrapped when they fall at a fixed width; otherwise they are white space.
    #[default]
    Detect,
    /// White space, as everywhere in HTML.
    Space,
    /// One is a line break, two part paragraphs, as in AO3's form.
    Breaks,
}

/// Sanitises HTML and gives its loose text paragraphs. Line ends are read by [`Newlines::Detect`].
pub fn html_paragraphs(html: &str) -> CleanHtml {
    html_paragraphs_with(html, Newlines::Detect)
}

/// Like [`html_paragraphs`], with the meaning of line ends given.
pub fn html_paragraphs_with(html: &str, newlines: Newlines) -> CleanHtml {
    let clean = clean(&crate::encoding::normalize_newlines(html)).html;
    let ends = match newlines {
        Newlines::Space => LineEnds::Space,
        Newlines::Breaks => LineEnds::Breaks,
        Newlines::Detect => detect(clean.as_str()),
    };
    let mut html = clean.into_string();
    for _ in 0..MOST_PASSES {
        let again = settle(rebuild(&html, Loose::Paragraphs(ends), Stored));
        let done = again == html || is_canonical(&again);
        html = again;
        if done {
            break;
        }
    }
    CleanHtml::proved(html)
}

/// Tables in tables and the like may need a second rebuilding; what is plain never does.
const MOST_PASSES: usize = 4;

fn detect(html: &str) -> LineEnds {
    let mut text = String::new();
    for token in tokens(html) {
        match token {
            Token::Start { name: "p" | "br" | "div" | "table", .. } => return LineEnds::Space,
            Token::Text(piece) => text.push_str(piece),
            _ => {}
        }
    }
    if !text.trim().contains('\n') {
        return LineEnds::Space;
    }
    match layout::measure(&lines::split(&text)).wrap {
        Some(_) => LineEnds::Wrapped,
        None => LineEnds::Breaks,
    }
}

/// Writes HTML as the sanitiser does.
pub(crate) struct Stored;

impl Dialect for Stored {
    fn open(&mut self, out: &mut String, name: &str, attrs: &str) {
        out.push('<');
        out.push_str(name);
        if !attrs.is_empty() {
            out.push(' ');
            out.push_str(attrs);
        }
        out.push('>');
    }

    fn close(&mut self, out: &mut String, name: &str) {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }

    fn void(&mut self, out: &mut String, name: &str, attrs: &str) {
        self.open(out, name, attrs);
    }

    fn text(&mut self, out: &mut String, text: &str) {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        html_paragraphs(source).into_string()
    }

    #[test]
    fn loose_text_gets_paragraphs_at_double_breaks() {
        assert_eq!(html("one<br><br>two"), "<p>one</p>\n<p>two</p>");
        assert_eq!(html("one<br>\n<br/>two<br>three"), "<p>one</p>\n<p>two<br>three</p>");
        assert_eq!(html("one<br><br><br>two"), "<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>");
        assert_eq!(
            html("<p align=center>one<br><br>two</p>"),
            "<p align=\"center\">one</p>\n<p align=\"center\">two</p>"
        );
    }

    #[test]
    fn line_ends_count_only_where_nothing_else_shows_paragraphs() {
        assert_eq!(
            html("one\ntwo\n\nthree\n\n\n\nfour"),
            "<p>one<br>two</p>\n<p>three</p>\n<p>&nbsp;</p>\n<p>four</p>"
        );
        assert_eq!(html("one\ntwo<br>three"), "<p>one\ntwo<br>three</p>");
        assert_eq!(html("<p>one\n\ntwo</p>"), "<p>one\n\ntwo</p>");
    }

    #[test]
    fn wrapped_loose_text_is_joined() {
        let row = "the fog came down upon the river and nobody could see the far bank,";
        let source =
            format!("<i>Once</i> {row}\n{row}\n{row}\nat all.\n\nThen {row}\n{row}\nagain.");
        let expected =
            format!("<p><i>Once</i> {row} {row} {row} at all.</p>\n<p>Then {row} {row} again.</p>");
        assert_eq!(html(&source), expected);
    }

    #[test]
    fn inline_elements_over_a_border_are_closed_and_opened_again() {
        assert_eq!(
            html("<i class=ab>one<br><br>two</i>"),
            "<p><i class=\"ab\">one</i></p>\n<p><i class=\"ab\">two</i></p>"
        );
        assert_eq!(
            html("<b>one<p>two</p>three</b>"),
            "<p><b>one</b></p>\n<p><b>two</b></p>\n<p><b>three</b></p>"
        );
    }

    #[test]
    fn blocks_are_lifted_out_and_left_alone_inside() {
        assert_eq!(
            html("before<ul><li>a<br><br>b<li>c</ul>after"),
            "<p>before</p>\n<ul>\n<li>a<br><br>b</li>\n<li>c</li></ul>\n<p>after</p>"
        );
        assert_eq!(
            html("a<h2>b<br><br>c</h2>d<hr>e"),
            "<p>a</p>\n<h2>b<br><br>c</h2>\n<p>d</p>\n<hr>\n<p>e</p>"
        );
        assert_eq!(html("<pre>a\n\n  b</pre>"), "<pre>a\n\n  b</pre>");
    }

    #[test]
    fn empty_paragraphs_go_and_blank_ones_stay() {
        assert_eq!(
            html("<p></p><p> </p><p><b></b></p><p>a</p><p>&nbsp;</p><p>b</p>"),
            "<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>"
        );
    }

    #[test]
    fn headings_keep_their_text_when_blocks_stand_in_them() {
        assert_eq!(
            html("<h1><div align=center>Title</div><div>by Ann</div></h1>"),
            "<h1>Title<br>by Ann</h1>"
        );
    }

    #[test]
    fn stray_items_and_stray_text_in_lists_are_housed() {
        assert_eq!(html("<ul>text<li>a</li></ul>"), "<ul>\n<li>text</li>\n<li>a</li></ul>");
        assert_eq!(html("<li>a</li>"), "<div>\n<p>a</p></div>");
    }

    #[test]
    fn link_targets_are_kept_once() {
        assert_eq!(
            html("<a name=\"n1\"></a>text"),
            "<p><a name=\"n1\" rel=\"nofollow noopener noreferrer\"></a>text</p>"
        );
    }
}
