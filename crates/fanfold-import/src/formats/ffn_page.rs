//! FanFiction.Net page: one chapter as a browser saved it, desktop or mobile.
//!
//! Recognised by `#profile_top` with `#storytext`, or `#storycontent` of the mobile page. Read: title, author, fandom
//! from the path above, summary, the grey line of facts ("Rated: Fiction T - English - Humor - Dorothy, Ozma -
//! Chapters: 2 - …"), whose order says what each is though genres, language and characters have no label; brackets
//! are a pairing; dates from the page's own clock values. The chapter's number and title come from the chooser of
//! chapters; the pages of one story join by its number. Known damage: the site strips signs, so scene breaks are
//! often gone; counts of the mobile page are rounded.
//!
//! Not read: reviews, profiles, lists.

use super::site_page::{self, SitePage};
use crate::body::Body;
use crate::importer::{FormatInfo, Input, Match};
use crate::seen::{field, html_field};
use crate::site_address;
use fanfold_model::{
    Extracted, ExtractedChapter, FieldKind, Identity, IdentityKind, PartMark, ReadAs,
};
use fanfold_text::document::Document;
use fanfold_text::paragraphs::html_paragraphs;

mod facts;

pub(crate) use facts::{characters, genres};

/// The importer.
pub(crate) struct FfnPage;

const RULE: &str = "ffn-page";

impl SitePage for FfnPage {
    const FORMAT: FormatInfo = FormatInfo {
        id: "ffn-page",
        name: "FanFiction.Net page",
        description: "A chapter's page saved from FanFiction.Net, desktop or mobile",
        docs: "Title, author, fandom, summary and the line of facts with everything in it. Several saved pages of \
               a story become one work.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let has = |id: &str| {
            head.contains(&format!("id={id}"))
                || head.contains(&format!("id='{id}'"))
                || head.contains(&format!("id=\"{id}\""))
        };
        if has("profile_top")
            && (has("storytext") || has("chap_select") || head.contains("fictionratings"))
        {
            return Some(Match {
                score: 970,
                reason: "It has the story's box of a FanFiction.Net page.",
            });
        }
        let mobile = has("storycontent") && head.contains("fanfiction");
        mobile.then_some(Match {
            score: 965,
            reason: "It is a story's page of FanFiction.Net's mobile site.",
        })
    }

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        let read = read(page, input.url());
        read.unwrap_or_else(|| {
            site_page::not_a_work("It is a page of FanFiction.Net without a story's text.")
        })
    }
}

fn read(page: &Document, url: Option<&str>) -> Option<Extracted> {
    let text = page.first("#storytext, #storycontent")?;
    let mut extracted = Extracted::new(ReadAs::Work);
    let mut push = |kind, label: &str, value: &str| {
        let value = value.trim();
        if !value.is_empty() {
            extracted.fields.push(field(kind, label, value, RULE, 0.97));
        }
    };
    let title = page.first("#profile_top b").or_else(|| page.first("#content b, b"));
    push(FieldKind::Title, "title", &title.map(|title| title.line()).unwrap_or_default());
    let author = page.first("#profile_top a[href*='/u/'], #content a[href*='/u/'], a[href*='/u/']");
    push(FieldKind::Creator, "author", &author.map(|author| author.line()).unwrap_or_default());
    for fandom in facts::fandoms(page) {
        push(FieldKind::Fandom, "fandom", &fandom);
    }
    let line = facts::line(page);
    for (kind, label, value) in facts::read(&line) {
        push(kind, label, &value);
    }
    let summary = page.first("#profile_top > div");
    let summary = summary.map(|summary| html_paragraphs(&summary.inner_html()).into_string());
    let summary = summary.filter(|html| crate::body::has_content(html));
    extracted
        .fields
        .extend(summary.map(|html| html_field(FieldKind::Summary, "summary", html, RULE, 0.97)));
    chapter(page, &text.inner_html(), url, &mut extracted);
    Some(extracted)
}

/// The one chapter of the page, and the part of the story that it is.
fn chapter(page: &Document, html: &str, url: Option<&str>, extracted: &mut Extracted) {
    let mut body = Body::new(url);
    let chooser = page.first("#chap_select");
    let options = chooser.map(|chooser| chooser.select("option")).unwrap_or_default();
    let chosen =
        options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
    let number = chosen.and_then(|option| option.attr("value")?.parse::<u32>().ok());
    let story = facts::number(page, url);
    let known = url.and_then(site_address::of).and_then(|address| address.chapter);
    let number = number.or(known);
    let title = chosen.map(|option| option.line());
    let title =
        title.map(|title| title.split_once(". ").map_or(title.clone(), |(_, own)| own.to_owned()));
    let address = story
        .as_ref()
        .map(|story| format!("https://www.fanfiction.net/s/{story}/{}", number.unwrap_or(1)));
    if let Some(story) = &story {
        let work = format!("https://www.fanfiction.net/s/{story}");
        extracted.fields.push(field(FieldKind::SourceUrl, "address", &work, RULE, 0.97));
        extracted.identities.push(Identity::new(IdentityKind::SiteId, format!("ffn:{story}")));
        extracted.identities.push(Identity::new(IdentityKind::Address, work));
    }
    let of = u32::try_from(options.len()).ok().filter(|count| *count > 1);
    if let (Some(part), Some(_)) = (number, of) {
        let written = title.clone().unwrap_or_else(|| part.to_string());
        extracted.part = Some(PartMark { part, through: part, of, written, span: None });
    }
    let html = body.clean(&html_paragraphs(html).into_string());
    extracted.chapters.push(ExtractedChapter {
        number: number.map(|number| number.to_string()),
        title: title.filter(|title| !is_bare_number(title)),
        url: address,
        html,
        ..ExtractedChapter::default()
    });
    extracted.findings.extend(body.findings());
}

/// "Chapter 3" says no more than the number does.
fn is_bare_number(title: &str) -> bool {
    let rest = title.trim_start_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    title.to_ascii_lowercase().starts_with("chapter") && rest.chars().all(|c| c.is_ascii_digit())
}
