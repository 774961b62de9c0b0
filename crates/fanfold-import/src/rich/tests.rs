//! Tag soup as lines and back.

use super::*;
use fanfold_text::document::Document;
use fanfold_text::sanitize;

fn lines(html: &str) -> Vec<Line> {
    let page = Document::parse(html);
    lines_of(&page.first("body").unwrap())
}

fn texts(html: &str) -> Vec<String> {
    lines(html).into_iter().map(|line| line.text).collect()
}

fn whole(html: &str) -> String {
    let rich = RichText::new(lines(html));
    sanitize::clean(&rich.html_between(0..rich.text.len())).html.into_string()
}

#[test]
fn two_breaks_part_paragraphs_and_one_parts_lines() {
    let html = "<font size=2>One.<br>Still one.<br><br>Two.<br>\n<br>\n<br>Three.</font>";
    assert_eq!(whole(html), "<p>One.<br>Still one.</p><p>Two.</p><p>Three.</p>");
    let rich = RichText::new(lines(html));
    assert_eq!(rich.text, "One.\nStill one.\n\nTwo.\n\nThree.");
}

#[test]
fn emphasis_over_paragraphs_is_carried_into_each() {
    assert_eq!(
        whole("<i>One.<br><br>Two.</i> Three."),
        "<p><i>One.</i></p><p><i>Two.</i> Three.</p>"
    );
    assert_eq!(whole("<b><p>One.</p><p>Two.</p></b>"), "<p><b>One.</b></p><p><b>Two.</b></p>");
}

#[test]
fn paragraphs_that_never_close_and_centred_lines_are_kept_apart() {
    assert_eq!(
        whole("<center>Title</center><p>One.<p>Two."),
        "<p align=\"center\">Title</p><p>One.</p><p>Two.</p>"
    );
}

#[test]
fn definition_lists_and_label_tables_become_label_lines() {
    let html = "<dl><dt>Author<dd>Marigold Stitch<dt>Rating:<dd>Teen</dl><table><tr><th>Fandom</th><td>Oz</td></tr><tr><td><b>Title:</b></td><td>Rust</td></tr></table><p>A long enough story stands under all of this, about a tin man and the rain.</p>";
    assert_eq!(
        texts(html)[..4],
        ["Author: Marigold Stitch", "Rating: Teen", "Fandom: Oz", "Title: Rust"]
    );
}

#[test]
fn layout_tables_are_gone_through_at_any_depth() {
    let html = "<table><tr><td><table><tr><td><p>One.<p>Two.</td></tr></table></td></tr></table>";
    assert_eq!(texts(html), ["One.", "Two."]);
}

#[test]
fn quotations_and_lists_stay_whole_unless_they_hold_the_story() {
    let letter = "<p>She read it twice before she understood it at all.</p><blockquote><p>Dear A.,</p><p>no.</p></blockquote><p>Then she laughed so long that the cat went out.</p>";
    assert!(whole(letter).contains("<blockquote><p>Dear A.,</p><p>no.</p></blockquote>"));
    let margin = "<blockquote><p>One.</p><p>Two.</p></blockquote>";
    assert_eq!(whole(margin), "<p>One.</p><p>Two.</p>");
}

#[test]
fn a_row_of_stars_and_a_rule_are_scene_breaks() {
    let html = whole("<p>One.</p><p>* * *</p><p>Two.</p><hr><p>Three.</p>");
    assert_eq!(html.matches("<hr").count(), 2, "{html}");
}

#[test]
fn link_lines_at_the_edges_go_and_those_between_stay() {
    let html = "<p><a href=i.html>Home</a> | <a href=s.html>Stories</a></p><hr><p>One.</p><p><a href=m.html>A map</a></p><p>Two.</p><hr><p><a href=n.html>Next</a><br>Hits: 00312</p>";
    let kept: Vec<String> = without_edges(lines(html)).into_iter().map(|line| line.text).collect();
    assert_eq!(kept, ["One.", "A map", "Two."]);
}

#[test]
fn an_index_is_a_listing_and_a_story_with_a_few_links_is_not() {
    let index: String = (0..8)
        .map(|n| format!("<li><a href={n}.html>A story of number {n}</a> by Somebody (G)"))
        .collect();
    assert!(PageShape::of(&lines(&format!("<ul>{index}</ul>"))).is_listing());
    let prose = "<p>He walked out along the wall and counted the herons, as he had done on every evening of that long and disappointing summer.</p>".repeat(4);
    assert!(
        !PageShape::of(&lines(&format!("{prose}<a href=a>Home</a><br><a href=b>Next</a>")))
            .is_listing()
    );
}

proptest::proptest! {
    #[test]
    fn every_word_of_a_page_is_in_its_lines(pieces in proptest::collection::vec("(<(p|br|i|b|div|table|tr|td|hr|h2|center|font|blockquote|li|ul)>|</(p|i|b|div|table|td|h2)>|[a-z]{1,6} )", 0..40)) {
        let html = pieces.concat();
        let page = Document::parse(&html);
        let body = page.first("body").unwrap();
        let seen: String = lines_of(&body).iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        let letters = |text: &str| { let mut all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect(); all.sort_unstable(); all };
        proptest::prop_assert_eq!(letters(&seen), letters(&body.text()), "{}", html);
        let rich = RichText::new(lines_of(&body));
        let back = rich.html_between(0..rich.text.len());
        proptest::prop_assert_eq!(letters(&fanfold_text::document::text_of(&back)), letters(&body.text()), "{}", html);
    }
}
