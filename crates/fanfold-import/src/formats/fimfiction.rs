//! Fimfiction: a story downloaded from that site as HTML or text, or a chapter's page that a browser saved.
//!
//! Recognised by links to the site's stories with its own boxes, or by the head that it puts on each chapter of a text.
//! Read: title, author, every chapter under its title, the author's notes behind each, and on pages the typed tags
//! (genre, series, character, warning), content rating and status. The story's number joins saved chapters. Known
//! damage: texts whose head lost its marks are read as any text. EPUBs of the site are read as books; their notes go to
//! the chapters too.
//!
//! Not read: comments, blogs, groups, cover pictures.

use super::site_page::{self, Chosen, identify, without};
use crate::body::Body;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::seen::field;
use crate::site_address;
use fanfold_model::{Extracted, ExtractedChapter, FieldKind, ReadAs};
use fanfold_text::document::{Document, Element};
use fanfold_text::paragraphs::html_paragraphs;

mod plain;

/// The importer.
pub(crate) struct Fimfiction;

const RULE: &str = "fimfiction";

impl Importer for Fimfiction {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "fimfiction",
            name: "Fimfiction",
            description: "A story downloaded from Fimfiction, or a chapter's saved page",
            docs: "HTML and text downloads with all chapters, saved chapters with the site's typed tags; the author's \
                   notes stay with their chapters.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        if plain::is_download(probe.text()) {
            return Some(Match {
                score: 930,
                reason: "It has the chapter heads of a Fimfiction text.",
            });
        }
        let head = probe.lower();
        let named = head.contains("fimfiction.net") || head.contains("fimfiction.com");
        let signs = [
            "<article",
            "authors-note",
            "story_name",
            "chapter-title",
            "chapter_title",
            "chapter-body",
            "story-tags",
        ];
        let found = signs.iter().filter(|sign| head.contains(**sign)).count();
        (named && found >= 1 && head.contains("/story/"))
            .then_some(Match { score: 935, reason: "It has the links and boxes of Fimfiction." })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        if plain::is_download(&decoded.text) {
            let mut read = plain::read(decoded);
            read.findings.splice(0..0, decoded.findings.iter().cloned());
            read.encoding = Some(decoded.encoding.to_owned());
            sink.extracted(read);
            return Ok(());
        }
        site_page::extract(input, sink, |page| {
            read(page, input.url()).unwrap_or_else(|| {
                site_page::not_a_work("It is a page of Fimfiction without a chapter's text.")
            })
        })
    }
}

/// The author's notes of a chapter, in downloads, books and pages alike.
pub(crate) const NOTES: &str =
    ".authors-note, .author-note, .authors_note, .author_note, aside.note";

fn read(page: &Document, url: Option<&str>) -> Option<Extracted> {
    let articles = page.select("article, .chapter-content, #chapter-body, #chapter_format");
    let mut texts: Vec<Element<'_>> = Vec::new();
    for own in articles {
        let nested = own.ancestors().any(|above| texts.contains(&above));
        if !nested && own.text().split_whitespace().count() >= 3 {
            texts.push(own);
        }
    }
    if texts.is_empty() {
        return None;
    }
    let mut extracted = Extracted::new(ReadAs::Work);
    header(page, &mut extracted);
    let mut body = Body::new(url);
    let several = texts.len() > 1;
    for text in &texts {
        let shown =
            page.first("#chapter_title, .chapter-title, a.chapter_title").filter(|_| !several);
        let around = (!several).then_some(page);
        extracted.chapters.push(chapter(text, shown.map(|own| own.line()), around, &mut body));
    }
    extracted.findings.extend(body.findings());
    let links = page.select("link[rel=canonical], meta[property='og:url'], header h1 a, h1 a, .story_name, a[href*='/story/']");
    let told = links
        .iter()
        .filter_map(|own| own.attr("href").or_else(|| own.attr("content")))
        .find_map(of_site);
    if let Some(address) = url.and_then(site_address::of).or(told) {
        let count = u32::try_from(
            page.select("ul.chapters li, .chapter-list li, select.chapters option").len(),
        )
        .ok();
        let of = count.filter(|count| *count > 1 && !several);
        let title = extracted.chapters.first().and_then(|own| own.title.clone());
        let chosen = Chosen { number: address.chapter.filter(|_| !several), of, title };
        if let ([only], Some(number)) = (extracted.chapters.as_mut_slice(), chosen.number) {
            only.number = Some(number.to_string());
        }
        identify(&address, &chosen, RULE, &mut extracted);
    }
    Some(extracted)
}

fn of_site(link: &str) -> Option<site_address::SiteAddress> {
    let whole = if link.starts_with('/') {
        format!("https://www.fimfiction.net{link}")
    } else {
        link.to_owned()
    };
    site_address::of(&whole)
}

fn header(page: &Document, extracted: &mut Extracted) {
    let mut push = |kind, label: &str, value: String| {
        if !value.trim().is_empty() {
            extracted.fields.push(field(kind, label, value.trim(), RULE, 0.97));
        }
    };
    let title = page.first("a.story_name, .story_name, header h1 a[href*='/story/'], h1 a[href*='/story/'], header h1, h1");
    push(FieldKind::Title, "title", title.map(|own| own.line()).unwrap_or_default());
    let author = page
        .first(".info-container a, header h2 a, h2 a[href*='/user/'], a.author, a[href*='/user/']");
    push(FieldKind::Creator, "author", author.map(|own| own.line()).unwrap_or_default());
    let tags = [
        (".story-tags a.tag-series, .tags a.tag-series", FieldKind::Fandom, "series"),
        (".story-tags a.tag-genre, .tags a.tag-genre", FieldKind::Genre, "genre"),
        (".story-tags a.tag-character, .tags a.tag-character", FieldKind::Character, "character"),
        (".story-tags a.tag-warning, .tags a.tag-warning", FieldKind::Warning, "warning"),
        (".story-tags a.tag-content, .tags a.tag-content", FieldKind::Freeform, "content"),
        ("[class*='content-rating-']", FieldKind::Rating, "content rating"),
        ("[class*='completed-status-']", FieldKind::Status, "status"),
    ];
    for (place, kind, label) in tags {
        let one = matches!(kind, FieldKind::Rating | FieldKind::Status);
        for own in page.select(place).into_iter().take(if one { 1 } else { 100 }) {
            let value = own
                .attr("title")
                .filter(|_| own.line().chars().count() <= 2)
                .map_or_else(|| own.line(), str::to_owned);
            push(kind, label, value);
        }
    }
}

/// A chapter with its own heading and the author's notes parted from the text; on a page of one chapter they may stand
/// anywhere.
fn chapter(
    text: &Element<'_>,
    shown: Option<String>,
    page: Option<&Document>,
    body: &mut Body,
) -> ExtractedChapter {
    let heading = text.first("header h1, header h2, h1, h2, h3").filter(|own| {
        // A heading in the middle is the author's.
        let before = text.text().find(own.text().trim()).unwrap_or(0);
        before < 200 && !own.ancestors().any(|above| is_note(&above))
    });
    let outside = || page?.first(NOTES).filter(|own| !own.ancestors().any(|above| above == *text));
    let notes = text.first(NOTES).or_else(outside).and_then(|own| noted(&own, body));
    let mut html =
        without(text, &format!("{NOTES}, script, style, form, .ad, .chapter-toolbar, header"));
    if let Some(heading) = heading.filter(|_| shown.is_none()) {
        html = html.replacen(&heading.outer_html(), "", 1);
    }
    let title = shown.or_else(|| heading.map(|own| own.line())).filter(|own| !own.is_empty());
    let html = body.clean(&html_paragraphs(&html).into_string());
    ExtractedChapter { title, end_notes: notes, html, ..ExtractedChapter::default() }
}

fn is_note(own: &Element<'_>) -> bool {
    ["authors-note", "author-note", "authors_note", "author_note"]
        .iter()
        .any(|class| own.has_class(class))
}

/// A note without its own heading.
fn noted(own: &Element<'_>, body: &mut Body) -> Option<String> {
    let html = without(own, "header, h1, h2, h3");
    body.clean_some(&html_paragraphs(&html).into_string())
}

/// The notes of a book's chapter, parted from its text: the rest of the page, and the note.
pub(crate) fn parted(html: &str, body: &mut Body) -> Option<(String, String)> {
    let piece = Document::parse_fragment(html);
    let note = noted(&piece.first(NOTES)?, body)?;
    Some((without(&piece.root(), NOTES), note))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "<p>\"Is it lit?\" asked Dorothy, and went down.</p>";

    #[test]
    fn a_download_gives_chapters_with_their_notes() {
        let html = format!(
            "<html><body><header><h1><a href=\"https://www.fimfiction.net/story/42/the-lamp\">The Lamp</a></h1><h2>by <a href=\"https://www.fimfiction.net/user/7/Wren\">Wren</a></h2></header><article class=\"chapter\"><header><h1>The Cellar</h1></header>{ONE}</article><article class=\"chapter\"><header><h1>The Sill</h1></header>{ONE}<aside class=\"authors-note\"><header><h1>Author's Note</h1></header><p>Thank you.</p></aside></article></body></html>"
        );
        let read = read(&Document::parse(&html), None).unwrap();
        let first = |kind| read.fields_of(kind).next().map(|own| own.value.as_str());
        assert_eq!(
            (first(FieldKind::Title), first(FieldKind::Creator)),
            (Some("The Lamp"), Some("Wren"))
        );
        let titles: Vec<Option<&str>> =
            read.chapters.iter().map(|own| own.title.as_deref()).collect();
        assert_eq!(titles, [Some("The Cellar"), Some("The Sill")]);
        assert_eq!(read.chapters[1].end_notes.as_deref(), Some("<p>Thank you.</p>"));
        assert_eq!(
            (read.chapters[0].end_notes.as_deref(), read.chapters[1].html.as_str()),
            (None, ONE)
        );
        assert!(read.identities.iter().any(|own| own.value == "fimfiction:42"));
        assert_eq!(read.part, None);
    }

    #[test]
    fn a_saved_chapter_has_the_typed_tags_and_is_a_part() {
        let html = format!(
            "<html><head><link rel=\"canonical\" href=\"https://www.fimfiction.net/story/42/2/the-lamp/the-sill\"></head><body><a class=\"story_name\" href=\"/story/42/the-lamp\">The Lamp</a><ul class=\"story-tags\"><li><a class=\"tag-series\">Oz</a></li><li><a class=\"tag-genre\">Adventure</a></li></ul><a class=\"content-rating-teen\" title=\"Teen\">T</a><ul class=\"chapters\"><li>The Cellar</li><li>The Sill</li></ul><h1 id=\"chapter_title\">The Sill</h1><div id=\"chapter-body\">{ONE}</div><div class=\"authors-note\"><h1>Note</h1>Thanks.</div></body></html>"
        );
        let read = read(&Document::parse(&html), None).unwrap();
        let first = |kind| read.fields_of(kind).next().map(|own| own.value.as_str());
        assert_eq!(
            (first(FieldKind::Fandom), first(FieldKind::Genre), first(FieldKind::Rating)),
            (Some("Oz"), Some("Adventure"), Some("Teen"))
        );
        assert_eq!(read.part.as_ref().map(|part| (part.part, part.of)), Some((2, Some(2))));
        assert_eq!(read.chapters[0].title.as_deref(), Some("The Sill"));
        assert_eq!(read.chapters[0].end_notes.as_deref(), Some("<p>Thanks.</p>"));
    }
}
