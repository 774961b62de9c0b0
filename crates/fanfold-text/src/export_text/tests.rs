//! Text and Markdown out of clean HTML, and the way back.

use super::*;
use crate::markdown::to_html;
use crate::sanitize::clean;

fn text(html: &str, width: usize) -> String {
    html_to_text(&clean(html).html, width)
}

fn markdown(html: &str) -> String {
    html_to_markdown(&clean(html).html)
}

#[test]
fn paragraphs_are_wrapped_and_parted_by_an_empty_line() {
    assert_eq!(
        text("<p>one two three four</p><p>five<br>six</p><hr><p>seven</p>", 10),
        "one two\nthree four\n\nfive\nsix\n\n* * *\n\nseven\n"
    );
    assert_eq!(text("<p>one two three</p>", 0), "one two three\n");
    assert_eq!(text("", 70), "");
}

#[test]
fn lists_quotes_links_and_tables_are_readable_text() {
    assert_eq!(text("<ul><li>a b</li><li>c</li></ul><p>d</p>", 40), "- a b\n- c\n\nd\n");
    assert_eq!(text("<ol start=3><li>a<ul><li>b</ul></ol>", 40), "3. a\n   - b\n");
    assert_eq!(text("<blockquote><p>a</p></blockquote>", 40), "    a\n");
    assert_eq!(
        text("<p><a href=\"https://example.org/\">here</a> <i>it</i> <b>is</b></p>", 60),
        "here <https://example.org/> *it* **is**\n"
    );
    assert_eq!(
        text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", 40),
        "a | b\nc\n"
    );
    assert_eq!(text("<pre>a\n   b</pre>", 3), "a\n   b\n");
}

#[test]
fn markdown_says_what_it_can_and_escapes_what_it_must() {
    assert_eq!(
        markdown("<h2>A</h2><p>b <em>c</em> <strong>d</strong></p>"),
        "## A\n\nb *c* **d**\n"
    );
    assert_eq!(
        markdown("<p># not 1. *x* _y_ &lt;z&gt;</p><p>1. a</p><p>- b</p>"),
        "\\# not 1. \\*x\\* \\_y\\_ \\<z\\>\n\n1\\. a\n\n\\- b\n"
    );
    assert_eq!(
        markdown("<p>a<br>b</p><blockquote><p>c</p><p>d</p></blockquote>"),
        "a\\\nb\n\n> c\n>\n> d\n"
    );
    assert_eq!(
        markdown("<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>"),
        "- a\n- b\n\n<!-- -->\n\n- c\n"
    );
    assert_eq!(
        markdown("<p>in<em>fan</em>t <u>u</u></p><hr title=oOo>"),
        "in<em>fan</em>t <u>u</u>\n\n<hr title=\"oOo\">\n"
    );
    assert_eq!(markdown("<p><em>a </em>b</p>"), "*a* b\n");
}

/// Words, and the words that are emphasised, of a page.
fn essence(html: &str) -> (String, String, String) {
    let document = crate::document::Document::parse_fragment(html);
    let words =
        |texts: Vec<String>| texts.join(" ").split_whitespace().collect::<Vec<_>>().join("");
    let of = |css: &str| words(document.select(css).iter().map(|e| e.text()).collect());
    (words(vec![document.root().text()]), of("em, i"), of("strong, b"))
}

#[test]
fn the_way_back_gives_the_same_words_and_emphasis() {
    for html in [
        "<p>a<em>b</em>c <strong>\"d\"</strong>e <em>f <strong>g</strong></em></p>",
        "<p><em>a</em><em>b</em> <i>c<br>d</i></p>",
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
        "<div align=center><p>a</p><p align=right>b</p></div><center>c</center>",
        "<table><tr><td>a<br><br>b</td><td><em>c</em></td></tr></table>",
        "<pre>a\n\n  * b</pre><p>&nbsp;</p><p>c</p>",
        "<ol start=7><li>x</li></ol><p>&amp;amp; \\ ` | ~~ + = http://example.org/_x_</p>",
        "<blockquote>a<ul><li>b</li></ul>c</blockquote><dl><dt>d</dt><dd>e</dd></dl>",
        "<h1>a<br>b</h1><p><a href=\"https://example.org/(x)\">l*i*nk</a></p><p>===</p><p>+ a</p><p>a<br>- b</p>",
    ] {
        let clean = clean(html).html;
        let there = html_to_markdown(&clean);
        assert_eq!(essence(to_html(&there).as_str()), essence(clean.as_str()), "{there}");
    }
}

#[test]
fn an_address_with_a_line_break_does_not_break_a_heading() {
    let written = markdown("<h2><a href=\"a\nb\">The Lamp</a></h2><p>It burned.</p>");
    let heading = written.lines().find(|line| line.starts_with('#')).unwrap();
    assert!(heading.contains("The Lamp"), "{written}");
}
