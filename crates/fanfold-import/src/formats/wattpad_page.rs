//! Wattpad page: one part of a story, as a browser saved it.
//!
//! Recognised by the site's name with paragraphs that carry its marks (`data-p-id`). Read: the story's title, the part's
//! title and place in the list of parts, the author, tags, the mature flag where the page shows it; paragraphs without
//! the counters of comments that stand in them. The parts of a story join by its number. Known damage: pages saved
//! before the rest was loaded hold only the first paragraphs: what is there is taken.
//!
//! Not read: comments, votes, story pages without text, pictures.

use super::site_page::{self, Chosen, SitePage, identify, without, without_number};
use crate::body::Body;
use crate::importer::{FormatInfo, Input, Match};
use crate::seen::field;
use crate::site_address::{self, SiteAddress};
use fanfold_model::{Extracted, ExtractedChapter, FieldKind, Identity, IdentityKind, ReadAs};
use fanfold_text::document::Document;
use fanfold_text::paragraphs::html_paragraphs;

/// The importer.
pub(crate) struct WattpadPage;

const RULE: &str = "wattpad-page";

impl SitePage for WattpadPage {
    const FORMAT: FormatInfo = FormatInfo {
        id: "wattpad-page",
        name: "Wattpad page",
        description: "A part's page saved from Wattpad",
        docs: "Title, author, tags and the part's text without counters. Several saved parts of a story become one \
               work.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let named = head.contains("wattpad");
        let signs = [
            "data-p-id=",
            "part-header",
            "part-content",
            "story-parts",
            "content=\"wattpad\"",
            "panel-reading",
        ];
        let found = signs.iter().filter(|sign| head.contains(**sign)).count();
        (named && found >= 1).then_some(Match { score: 950, reason: "It is a page of Wattpad." })
    }

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        let read = read(page, input.url());
        read.unwrap_or_else(|| {
            site_page::not_a_work("It is a page of Wattpad without a part's text.")
        })
    }
}

/// What stands in the text and is not of it.
const ASIDE: &str = ".comment-marker, .num-comment, .component-wrapper, .inline-comment, button, script, style, form, .ad, \
     .advertisement, .media-wrapper .caption, span[data-comments]";

fn read(page: &Document, url: Option<&str>) -> Option<Extracted> {
    let html = text(page)?;
    let mut extracted = Extracted::new(ReadAs::Work);
    let part = page.first(".part-header h1, h1.h2, h1").map(|own| own.line()).unwrap_or_default();
    let mut push = |kind, label: &str, value: &str| {
        if !value.trim().is_empty() {
            extracted.fields.push(field(kind, label, value.trim(), RULE, 0.95));
        }
    };
    push(FieldKind::Title, "title", &title(page, &part));
    let author = page.first(
        ".author a[href*='/user/'], a.author, a[href^='/user/'], a[href*='wattpad.com/user/']",
    );
    push(FieldKind::Creator, "author", &author.map(|own| own.line()).unwrap_or_default());
    for tag in page.select(".tag-items a, .tags a, a[href*='/stories/']") {
        push(FieldKind::Freeform, "Tags", tag.line().trim_start_matches('#'));
    }
    if page.first(".mature, .label-mature, [data-mature=true]").is_some() {
        push(FieldKind::Rating, "mature", "Mature");
    }
    let chosen = place(page, &part);
    let mut body = Body::new(url);
    let html = body.clean(&html_paragraphs(&html).into_string());
    let address = own_address(page, url);
    extracted.chapters.push(ExtractedChapter {
        number: chosen.number.filter(|_| chosen.of > Some(1)).map(|own| own.to_string()),
        title: Some(without_number(&part).to_owned()).filter(|own| !own.is_empty()),
        url: address.clone(),
        html,
        ..ExtractedChapter::default()
    });
    extracted.findings.extend(body.findings());
    if let Some(address) = address {
        extracted.identities.push(Identity::new(IdentityKind::ChapterAddress, address));
    }
    if let Some(address) = story(page) {
        identify(&address, &chosen, RULE, &mut extracted);
    }
    Some(extracted)
}

/// The paragraphs with the site's marks, in all pieces that a long part was loaded in.
fn text(page: &Document) -> Option<String> {
    let marked = page.select("p[data-p-id]");
    let paragraphs: Vec<String> = if marked.is_empty() {
        page.select(".part-content pre, .panel-reading pre, .part-content")
            .iter()
            .take(1)
            .map(|own| without(own, ASIDE))
            .collect()
    } else {
        marked.iter().map(|own| format!("<p>{}</p>", without(own, ASIDE))).collect()
    };
    let html = paragraphs.concat();
    crate::body::has_content(&html).then_some(html)
}

/// The story's title: its own box, else the window's title without the part and the site.
fn title(page: &Document, part: &str) -> String {
    let boxed =
        page.first(".toc-header .title, .story-title, h2.title, .info h2, a.story-info__title");
    let boxed = boxed.map(|own| own.line()).filter(|line| !line.is_empty());
    boxed.unwrap_or_else(|| {
        let title = page.title().unwrap_or_default();
        let title = title.trim().trim_end_matches(" - Wattpad").trim_end_matches(" - Page 2");
        let title = title.strip_suffix(part).unwrap_or(title).trim_end();
        title.trim_end_matches('-').trim_end().to_owned()
    })
}

/// The part's place in the list of parts.
fn place(page: &Document, part: &str) -> Chosen {
    let parts = page.select(".table-of-contents li, .story-parts li, ul.toc li");
    let shown = parts
        .iter()
        .position(|own| own.has_class("active") || own.has_class("current") || own.line() == part);
    let number = shown.and_then(|at| u32::try_from(at + 1).ok());
    let of = u32::try_from(parts.len()).ok().filter(|count| *count > 0);
    Chosen {
        number,
        of: of.filter(|_| number.is_some()),
        title: Some(without_number(part).to_owned()),
    }
}

fn story(page: &Document) -> Option<SiteAddress> {
    let links = page.select("a[href*='/story/'], meta[property='og:url'], link[rel=canonical]");
    let mut told = links.iter().filter_map(|own| own.attr("href").or_else(|| own.attr("content")));
    told.find_map(|link| {
        let whole = if link.starts_with('/') {
            format!("https://www.wattpad.com{link}")
        } else {
            link.to_owned()
        };
        site_address::of(&whole)
    })
}

/// The part's own address: `https://www.wattpad.com/998877-the-lamp-2`.
fn own_address(page: &Document, url: Option<&str>) -> Option<String> {
    let linked =
        || page.first("link[rel=canonical]").and_then(|own| own.attr("href").map(str::to_owned));
    let address = url.map(str::to_owned).or_else(linked)?;
    let (_, path) = address.split_once("wattpad.com/")?;
    let number: String = path.chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then(|| format!("https://www.wattpad.com/{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title>The Lamp - 2. The Sill - Wattpad</title><link rel=\"canonical\" href=\"https://www.wattpad.com/998877-the-lamp-2-the-sill\"></head><body><a href=\"/story/4242-the-lamp\">story</a><div class=\"part-header\"><h1 class=\"h2\">2. The Sill</h1></div><div class=\"author\"><a href=\"/user/wrenash\">wrenash</a></div><pre><p data-p-id=\"a\">\"Is it lit?\" asked <i>Ozma</i>. <span class=\"comment-marker\">3</span></p></pre><pre><p data-p-id=\"b\">It was.</p></pre><ul class=\"table-of-contents\"><li>1. The Cellar</li><li class=\"active\">2. The Sill</li><li>3. Oil</li></ul><section class=\"comments\"><p>great!!</p></section></body></html>";

    #[test]
    fn a_part_knows_its_story_its_place_and_its_text() {
        let read = read(&Document::parse(PAGE), None).unwrap();
        let first = |kind| read.fields_of(kind).next().map(|own| own.value.as_str());
        assert_eq!(
            (first(FieldKind::Title), first(FieldKind::Creator)),
            (Some("The Lamp"), Some("wrenash"))
        );
        assert_eq!(read.part.as_ref().map(|part| (part.part, part.of)), Some((2, Some(3))));
        let [only] = read.chapters.as_slice() else { panic!("{:?}", read.chapters) };
        assert_eq!((only.number.as_deref(), only.title.as_deref()), (Some("2"), Some("The Sill")));
        assert_eq!(
            only.html.replace('\n', ""),
            "<p>\"Is it lit?\" asked <i>Ozma</i>.</p><p>It was.</p>"
        );
        assert_eq!(only.url.as_deref(), Some("https://www.wattpad.com/998877"));
        assert!(read.identities.iter().any(|own| own.value == "wattpad:4242"));
    }

    #[test]
    fn a_page_without_a_text_is_none() {
        assert_eq!(
            read(
                &Document::parse(
                    "<html><body><h1>The Lamp</h1><p>Read it in the app.</p></body></html>"
                ),
                None
            ),
            None
        );
    }
}
