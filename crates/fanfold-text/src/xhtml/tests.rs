//! Obsolete, stray and misplaced markup as XHTML.

use super::*;
use crate::sanitize::clean;

fn xhtml(html: &str) -> String {
    to_xhtml(&clean(html).html)
}

#[test]
fn voids_are_closed_and_spaces_are_numbers() {
    assert_eq!(xhtml("<p>a<br>b&nbsp;c &amp; d</p><hr>"), "<p>a<br/>b&#160;c &amp; d</p>\n<hr/>");
}

#[test]
fn obsolete_elements_become_valid_ones() {
    assert_eq!(
        xhtml("<center><strike>a</strike><big>b</big><tt>c</tt><acronym>d</acronym></center>"),
        "<div style=\"text-align: center\"><s>a</s><span style=\"font-size: larger\">b</span><code>c</code><abbr>d</abbr></div>"
    );
    assert_eq!(xhtml("<p align=right>a</p>"), "<p style=\"text-align: right\">a</p>");
}

#[test]
fn inline_elements_hold_no_blocks() {
    assert_eq!(xhtml("<i>a<p>b</p></i>"), "<i>a</i>\n<p><i>b</i></p>");
    assert_eq!(
        xhtml("<a href=\"https://example.org/\"><h2>b</h2></a>"),
        "<h2><a href=\"https://example.org/\" rel=\"nofollow noopener noreferrer\">b</a></h2>"
    );
}

#[test]
fn links_inside_the_piece_need_a_target() {
    assert_eq!(
        xhtml(
            "<p><a href=\"#n1\">1</a> <a href=\"#n2\">2</a> <a href=\"two.html\">3</a> <a name=n1>note</a></p>"
        ),
        "<p><a href=\"#n1\" rel=\"nofollow noopener noreferrer\">1</a> <a>2</a> \
         <a>3</a> <a id=\"n1\">note</a></p>"
    );
    let html = clean("<p><a href=\"#n\">1</a><a name=n>2</a></p>").html;
    assert!(to_xhtml_with_ids(&html, "c1-").contains("href=\"#c1-n\""));
    assert!(to_xhtml_with_ids(&html, "c1-").contains("id=\"c1-n\""));
}

#[test]
fn pictures_become_their_description() {
    assert_eq!(
        xhtml("<p><img src=\"https://example.org/a.png\" alt=\"a &amp; b\"></p>"),
        "<p><a class=\"image\" href=\"https://example.org/a.png\">[a &amp; b]</a></p>"
    );
    assert_eq!(xhtml("<p><img src=\"a.png\"></p>"), "<p><span class=\"image\">[image]</span></p>");
}

#[test]
fn tables_come_in_order() {
    assert_eq!(
        xhtml(
            "<table border=1><tr><td width=10 colspan=2>a<caption>c</caption><thead><tr><th><h2>h</h2></table>"
        ),
        "<table>\n<tbody>\n<tr>\n<td colspan=\"2\">a</td></tr></tbody>\n<tbody><tr><td>c</td></tr></tbody>\n<tbody>\n<tr>\n<th>\n<p><strong>h</strong></p></th></tr></tbody></table>"
    );
}

#[test]
fn unsound_lists_and_ruby_become_plain() {
    assert_eq!(xhtml("<dl><dt>a</dt><dd>b</dd></dl>"), "<dl>\n<dt>a</dt>\n<dd>b</dd></dl>");
    assert_eq!(
        xhtml("<dl><dd>b</dd></dl>"),
        "<div>\n<div style=\"margin-left: 2em\">b</div></div>"
    );
    assert_eq!(
        xhtml("<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>"),
        "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>"
    );
    assert_eq!(xhtml("<p><ruby>a<rt></rt></ruby></p>"), "<p><span>a</span></p>");
    assert_eq!(xhtml("<ul>a<li>b</ul>"), "<ul>\n<li>a</li>\n<li>b</li></ul>");
}

#[test]
fn details_stand_open() {
    assert_eq!(
        xhtml("<details><summary>s</summary>t</details>"),
        "<div>\n<p><strong>s</strong></p>t</div>"
    );
}

#[test]
fn characters_that_xml_does_not_know_are_left_out() {
    assert_eq!(xhtml("<p title=\"a&#1;b\">a&#1;b&#x0C;c</p>"), "<p title=\"ab\">abc</p>");
}
