//! The archive's downloads: values, kinds, chapters, and pages that are no works.

use super::{PageKind, page_kind, read};
use fanfold_model::{Extracted, FieldKind, IdentityKind};
use fanfold_text::document::Document;

fn read_page(html: &str) -> Extracted {
    let page = Document::parse(html);
    read(&page, page_kind(&page), None)
}

fn values(extracted: &Extracted, kind: FieldKind) -> Vec<&str> {
    extracted.fields_of(kind).map(|field| field.value.as_str()).collect()
}

const PREFACE: &str = r#"<div id="preface"><p class="message"><b>Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at <a href="https://archiveofourown.org/works/9990301?view_full_work=true">https://archiveofourown.org/works/9990301</a>.</b></p>
<div class="meta"><dl class="tags"><dt>Archive Warnings:</dt><dd><a href="/tags/x">Major Character Death</a>, <a href="/tags/y">Graphic Depictions Of Violence</a></dd>
<dt>Additional Tags:</dt><dd><a href="/tags/a">Sailors, Drowned</a>, <a href="/tags/b">Salt</a></dd>
<dt>Collections:</dt><dd><a href="/collections/sea">The Sea</a></dd>
<dt>Stats:</dt><dd>Published: 2012-02-03 Updated: 2012-03-04 Words: 1,200 Chapters: 2/? Kudos: 12</dd></dl>
<h1>Salt</h1><div class="byline">by Anonymous</div>
<ul><li>For <a href="/gifts/1">tansy</a>, <a href="/gifts/2">wrack</a>.</li><li>Inspired by <a href="/works/9990300">Brine</a> by <a rel="author" href="/users/keel">keel</a>.</li></ul></div></div>"#;

fn download(chapters: &str) -> String {
    format!("<html><body>{PREFACE}{chapters}</body></html>")
}

#[test]
fn tags_keep_their_kind_their_words_and_their_commas() {
    let extracted =
        read_page(&download("<div id=chapters class=userstuff><p>Text of it.</p></div>"));
    assert_eq!(
        values(&extracted, FieldKind::Warning),
        ["Major Character Death", "Graphic Depictions Of Violence"]
    );
    assert_eq!(values(&extracted, FieldKind::Freeform), ["Sailors, Drowned", "Salt"]);
    assert_eq!(values(&extracted, FieldKind::Collection), ["The Sea"]);
    assert_eq!(values(&extracted, FieldKind::Creator), ["Anonymous"]);
    assert_eq!(values(&extracted, FieldKind::Kudos), ["12"]);
    assert_eq!(values(&extracted, FieldKind::Updated), ["2012-03-04"]);
    assert!(values(&extracted, FieldKind::Status).is_empty(), "an update is not an end");
}

#[test]
fn the_work_number_is_the_identity_whatever_the_address_carries() {
    let extracted = read_page(&download("<div id=chapters class=userstuff><p>Text.</p></div>"));
    let found: Vec<(IdentityKind, &str)> =
        extracted.identities.iter().map(|own| (own.kind, own.value.as_str())).collect();
    let address = "https://archiveofourown.org/works/9990301";
    assert_eq!(found, [(IdentityKind::Address, address), (IdentityKind::SiteId, "ao3:9990301")]);
}

#[test]
fn a_gift_has_recipients_and_an_inspiration_has_title_creator_and_address() {
    let extracted = read_page(&download("<div id=chapters class=userstuff><p>Text.</p></div>"));
    assert_eq!(values(&extracted, FieldKind::Recipient), ["tansy", "wrack"]);
    let related = &extracted.related[0];
    assert_eq!(related.rel, "Inspired by");
    assert_eq!(related.title.as_deref(), Some("Brine"));
    assert_eq!(related.creator.as_deref(), Some("keel"));
    assert_eq!(related.url.as_deref(), Some("https://archiveofourown.org/works/9990300"));
}

#[test]
fn a_story_that_quotes_the_archives_own_class_stays_one_chapter() {
    let story = r#"<div id="chapters" class="userstuff"><p>Before.</p><div class="userstuff"><p>A letter.</p></div><p>After.</p></div>"#;
    let extracted = read_page(&download(story));
    assert_eq!(extracted.chapters.len(), 1);
    let html = &extracted.chapters[0].html;
    assert!(html.contains("Before") && html.contains("letter") && html.contains("After"), "{html}");
}

#[test]
fn a_heading_without_a_number_is_a_title_and_one_without_a_title_a_number() {
    let chapters = r#"<div id="chapters"><div class="meta group"><h2 class="heading">Prologue</h2></div><div class="userstuff"><p>One.</p></div>
        <div class="meta group"><h2 class="heading">Chapter 12</h2></div><div class="userstuff"><p>Two.</p></div></div>"#;
    let extracted = read_page(&download(chapters));
    let heads: Vec<(Option<&str>, Option<&str>)> = extracted
        .chapters
        .iter()
        .map(|chapter| (chapter.number.as_deref(), chapter.title.as_deref()))
        .collect();
    assert_eq!(heads, [(None, Some("Prologue")), (Some("12"), None)]);
}

#[test]
fn fewer_chapters_than_the_counter_says_is_told() {
    let extracted = read_page(&download("<div id=chapters class=userstuff><p>Text.</p></div>"));
    assert!(extracted.findings.iter().any(|finding| finding.code == "chapter-missing"));
}

#[test]
fn pages_of_the_archive_that_are_no_works_say_what_they_are() {
    let pages = [
        (
            "<title>Error 404 | Archive of Our Own</title><h2>Error 404</h2><p>The page you were looking for doesn't exist.",
            "404",
        ),
        (
            "<title>Tale | Archive of Our Own</title><p>This work could have adult content. If you proceed you have agreed that you are willing to see such content.",
            "adult",
        ),
        (
            "<title>Mystery Work | Archive of Our Own</title><p>This work is part of an ongoing challenge and will be revealed soon!",
            "revealed",
        ),
        (
            "<title>Log In | Archive of Our Own</title><form action=/users/login><input type=password></form>",
            "login",
        ),
        (
            "<title>keel - Works | Archive of Our Own</title><ol class='work index group'><li class='blurb'>x</ol>",
            "listing",
        ),
    ];
    for (html, word) in pages {
        match page_kind(&Document::parse(html)) {
            PageKind::Other(what) => assert!(what.contains(word), "{what} for {word}"),
            kind => panic!("{word}: {kind:?}"),
        }
    }
}

#[test]
fn a_saved_page_gives_counters_and_the_chapter_that_it_holds() {
    let html = r#"<dl class="work meta group"><dt class="rating tags">Rating:</dt><dd class="rating tags"><ul><li><a class="tag" href="/tags/G">General Audiences</a></li></ul></dd>
        <dt class="series">Series:</dt><dd class="series"><span class="series"><span class="position">Part 2 of <a href="/series/9990602">Towers</a></span></span></dd>
        <dt class="stats">Stats:</dt><dd class="stats"><dl class="stats"><dt class="published">Published:</dt><dd class="published">2014-01-02</dd><dt>Chapters:</dt><dd>3/5</dd><dt>Hits:</dt><dd>1,234</dd></dl></dd></dl>
        <div id="workskin"><div class="preface group"><h2 class="title heading"> Towers </h2><h3 class="byline heading"><a rel="author" href="/users/w">wren</a></h3>
        <div class="summary module"><h3>Summary:</h3><blockquote class="userstuff"><p>Short.</p></blockquote></div></div>
        <div id="chapters"><div class="chapter" id="chapter-2"><div class="chapter preface group"><h3 class="title"><a href="/works/9990303/chapters/7">Chapter 2</a>: The Stair</h3></div>
        <div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3><p>Up she went.</p></div></div></div></div>"#;
    let extracted = read_page(html);
    assert_eq!(values(&extracted, FieldKind::Hits), ["1234"]);
    assert_eq!(values(&extracted, FieldKind::Rating), ["General Audiences"]);
    assert_eq!(values(&extracted, FieldKind::Title), ["Towers"]);
    assert_eq!(values(&extracted, FieldKind::Summary), ["<p>Short.</p>"]);
    assert_eq!(extracted.series[0].part, Some(2));
    assert_eq!(extracted.identities[1].value, "ao3:9990303");
    let chapter = &extracted.chapters[0];
    assert_eq!(
        (chapter.number.as_deref(), chapter.title.as_deref()),
        (Some("2"), Some("The Stair"))
    );
    assert_eq!(chapter.html, "<p>Up she went.</p>");
}

#[test]
fn the_text_of_a_saved_page_without_chapters_is_not_its_summary() {
    let page = |text: &str| {
        format!(
            r#"<dl class="work meta group"><dt class="rating tags">Rating:</dt><dd class="rating tags">Mature</dd></dl><div id="workskin"><div class="preface group"><h2 class="title heading">Towers</h2>
        <div class="summary module"><blockquote class="userstuff"><p>Short.</p></blockquote></div><div class="notes module"><blockquote class="userstuff"><p>For M.</p></blockquote></div></div>
        <div id="chapters" role="article"><h3 class="landmark heading" id="work">Work Text:</h3>{text}</div></div>"#
        )
    };
    let extracted = read_page(&page(r#"<div class="userstuff"><p>Up she went.</p></div>"#));
    assert_eq!(values(&extracted, FieldKind::Summary), ["<p>Short.</p>"]);
    assert_eq!(extracted.chapters[0].html, "<p>Up she went.</p>");
    let kind = page_kind(&Document::parse(&page("")));
    assert!(matches!(kind, PageKind::Other(_)), "a summary alone is no text");
}

#[test]
fn a_work_of_another_archive_keeps_its_own_address() {
    let page = |title: &str, link: &str| {
        let html = format!(
            r#"<html><head><title>{title}</title></head><body><dl class="work meta group"><dd><a href="{link}">x</a></dd></dl><div id="workskin"><h2 class="title heading">Towers</h2><div id="chapters"><div class="userstuff" role="article"><p>Up she went.</p></div></div></div></body></html>"#
        );
        let read = read_page(&html);
        read.identities.iter().map(|own| own.value.clone()).collect::<Vec<_>>()
    };
    let own =
        page("Towers - wren [SquidgeWorld]", "https://www.squidgeworld.org/works/12/chapters/3");
    assert_eq!(own, ["https://squidgeworld.org/works/12", "squidgeworld:12"]);
    assert_eq!(
        page("Towers [Lamp Archive]", "https://lamps.example/works/12"),
        ["https://lamps.example/works/12"]
    );
    assert_eq!(page("Towers [Lamp Archive]", "/works/12"), [""; 0]);
    assert_eq!(page("Towers - wren [Archive of Our Own]", "/works/12")[1], "ao3:12");
    let captured = "https://web.archive.org/web/2013/http://archiveofourown.org/works/12";
    assert_eq!(page("Towers", captured)[1], "ao3:12");
}
