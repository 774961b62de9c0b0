//! eFiction page: a story or a chapter of an archive that runs eFiction, as a browser or a mirror saved it.
//!
//! Recognised by the program's own class names (`#pagetitle`, `.infobox` with `span.label`, `.chaptertitle`,
//! `.noteinfo`, `#archivedat`), or by the labels of its box, which survive in every skin, translated; with the links
//! that only this program makes. Read: title and authors from their links or from the line that parts them, every label
//! of the box however the skin marks it, notes of story and chapters, all chapters of a printable page or the one of a
//! usual page, whose number the chooser of chapters tells; where a skin has no box for the text, what stands behind the
//! facts is the text. Pages of one story join by its address. Known damage: the rating is often only on the index page;
//! dates in the site's own order.
//!
//! Readers' reviews below a story are kept, each with its chapter, stars and the author's response.
//!
//! Not read: author and index pages.

use super::html_page;
use super::site_page::{self, SitePage};
use crate::body::Body;
use crate::importer::{FormatInfo, Input, Match};
use crate::page;
use crate::rich::lines_of;
use crate::seen::{field, html_field};
use crate::site_address::{self, SiteAddress};
use fanfold_model::{Extracted, FieldKind, PartMark, ReadAs};
use fanfold_text::document::{Document, Element, Node};

mod chapters;
mod facts;
mod heading;
mod reviews;
mod words;

/// The importer.
pub(crate) struct EfictionPage;

/// The rule that its fields are read by.
pub(crate) const RULE: &str = "efiction-page";

impl SitePage for EfictionPage {
    const FORMAT: FormatInfo = FormatInfo {
        id: "efiction-page",
        name: "eFiction page",
        description: "A story's page saved from an archive that runs eFiction",
        docs: "Title, authors, every label of the story's box in any language, notes, chapters. Several saved \
               pages of a story become one work.",
    };

    fn recognise(&self, head: &str) -> Option<Match> {
        let count = |signs: &[&str]| signs.iter().filter(|sign| head.contains(**sign)).count();
        let (links, classes) = (count(LINKS), count(CLASSES));
        if links == 0 && classes < 2 {
            return None;
        }
        let fits = links > 0 && classes >= 2 || has_own_labels(head);
        fits.then_some(Match {
            score: 940,
            reason: "It has the boxes, labels and links of a story's page of eFiction.",
        })
    }

    fn read(&self, page: &Document, input: &Input<'_>) -> Extracted {
        let read = read(page, input.url());
        read.unwrap_or_else(|| {
            let reviews = reviews::of(page, &[], &[], 0);
            site_page::not_a_work(if reviews.is_empty() {
                "It is a page of an eFiction archive without a story's text."
            } else {
                "It is a page of readers' reviews; a story's page beside it takes them."
            })
        })
    }
}

/// Links that only this program makes.
const LINKS: &[&str] =
    &["viewuser.php?uid=", "viewstory.php?", "reviews.php?sid=", "reviews.php?type=st"];

/// Names of its boxes.
const CLASSES: &[&str] = &[
    "pagetitle",
    "chaptertitle",
    "noteinfo",
    "class=\"infobox\"",
    "class='infobox'",
    "class=\"listbox\"",
    "class='listbox'",
    "archivedat",
];

/// Whether a page has so many of the box's labels, and one that only this program has.
fn has_own_labels(head: &str) -> bool {
    let mut kinds: Vec<FieldKind> = Vec::new();
    for piece in head.split('>').filter(|piece| piece.len() < 4_000) {
        let text = piece.split('<').next().unwrap_or_default();
        let label = text.split_once(':').map_or(text, |(label, _)| label).trim();
        let known = (1..=40).contains(&label.len()).then(|| words::kind_of(label)).flatten();
        if let Some(kind) = known.filter(|kind| !kinds.contains(kind)) {
            kinds.push(kind);
        }
    }
    let own = [FieldKind::Status, FieldKind::Hits].iter().any(|kind| kinds.contains(kind));
    own && kinds.len() >= 5
}

fn read(page: &Document, url: Option<&str>) -> Option<Extracted> {
    let texts = page.select(".chapter, #story, .story");
    let texts: Vec<Element<'_>> = texts.into_iter().filter(|own| own.line().len() > 1).collect();
    let infobox = facts::found(page, &texts);
    let facts = infobox.map(|own| facts::facts(&own)).unwrap_or_default();
    let mut extracted = Extracted::new(ReadAs::Work);
    let heading = heading::of(page, &texts);
    if !heading.title.is_empty() {
        extracted.fields.push(field(FieldKind::Title, "title", &heading.title, RULE, 0.97));
    }
    for author in &heading.authors {
        extracted.fields.push(field(FieldKind::Creator, "author", author, RULE, 0.97));
    }
    facts::push(&facts, &mut extracted);
    if let Some(html) = chapters::story_notes(page, &texts) {
        extracted.fields.push(html_field(FieldKind::Notes, "Story Notes", html, RULE, 0.97));
    }
    if texts.is_empty() {
        behind_the_facts(&infobox?, url, &mut extracted)?;
    } else {
        let mut body = Body::new(url);
        chapters::read(page, &texts, &mut body, &mut extracted);
        extracted.findings.extend(body.findings());
    }
    if let Some(address) = &address_of(page, url) {
        extracted.fields.push(field(FieldKind::SourceUrl, "address", &address.work, RULE, 0.97));
        part(page, address, &mut extracted);
    }
    keep_reviews(page, &texts, &mut extracted);
    Some(extracted)
}

/// Where no box holds the text: what stands behind the facts, if it tells a story.
fn behind_the_facts(
    infobox: &Element<'_>,
    url: Option<&str>,
    extracted: &mut Extracted,
) -> Option<()> {
    let mut html = String::new();
    for element in std::iter::once(*infobox).chain(infobox.ancestors()) {
        if matches!(element.name(), "body" | "html") {
            break;
        }
        for node in element.following() {
            if reviews::begin_in(&node) {
                break;
            }
            html.push_str(&node.html());
        }
    }
    let piece = page::parse_piece(&html).ok()?;
    // A page of many stories has the facts of each.
    let others = piece.root().descendants().filter_map(Node::element);
    let others = others.filter_map(|own| facts::label_of(&own));
    if others.filter(|label| words::kind_of(label) == Some(FieldKind::Summary)).count() > 0 {
        return None;
    }
    let told = html_page::read_lines(lines_of(&piece.root()), &piece, None, url);
    if told.read_as != ReadAs::Work {
        return None;
    }
    extracted.chapters = told.chapters;
    extracted.findings.extend(told.findings);
    let more = told.fields.into_iter().filter(|own| {
        !matches!(own.kind, FieldKind::Title | FieldKind::Creator)
            && extracted.fields.iter().all(|known| known.kind != own.kind)
    });
    let more: Vec<_> = more.collect();
    extracted.fields.extend(more);
    Some(())
}

/// A page of reviews of one story.
pub(crate) struct Reviewed {
    /// The story's number at its site.
    pub(crate) number: Option<String>,
    /// Its title; may be empty.
    pub(crate) title: String,
    /// Its authors, as far as the page names them.
    pub(crate) authors: Vec<String>,
    /// The reviews as they are kept.
    pub(crate) reviews: Vec<String>,
}

/// Reads a page of reviews, and which story they are about; `name` is its address or its file's name.
pub(crate) fn reviewed(page: &Document, name: &str) -> Option<Reviewed> {
    let mut kept = Extracted::new(ReadAs::NotAWork);
    for review in reviews::of(page, &[], &[], 0) {
        review.keep(RULE, &mut kept);
    }
    let heading = heading::of(page, &[]);
    let named =
        page.first("#pagetitle a[href*='viewstory.php'], .pagetitle a[href*='viewstory.php']");
    let linked = named.and_then(|link| number_in(link.attr("href")?));
    let title = reviews::without_heading(&heading.title).to_owned();
    let reviews: Vec<String> = kept.fields.into_iter().map(|own| own.value).collect();
    (!reviews.is_empty()).then(|| Reviewed {
        number: linked.or_else(|| number_in(name)),
        title,
        authors: heading.authors,
        reviews,
    })
}

/// The number of a story in an address of its page, or of the page of its reviews.
pub(crate) fn number_in(address: &str) -> Option<String> {
    let query = address.split_once(['?', '@']).map(|(_, query)| query)?;
    let number = query.split(['&', ';', '#']).find_map(|own| {
        own.strip_prefix("sid=").or_else(|| own.strip_prefix("item=")).filter(|own| !own.is_empty())
    })?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// Lays the page's reviews with the reading. A page of one chapter counts it as its first.
fn keep_reviews(page: &Document, texts: &[Element<'_>], extracted: &mut Extracted) {
    let titles: Vec<String> = extracted
        .chapters
        .iter()
        .map(|chapter| chapter.title.clone().unwrap_or_default())
        .collect();
    let before = extracted.part.as_ref().map_or(0, |part| part.part.saturating_sub(1)) as usize;
    for mut review in reviews::of(page, texts, &titles, before) {
        review.chapter = review.chapter.and_then(|at| at.checked_sub(before)).filter(|at| *at > 0);
        review.keep(RULE, extracted);
    }
}

/// Where the page says that it lies, else where it was captured.
fn address_of(page: &Document, url: Option<&str>) -> Option<SiteAddress> {
    let links = page.select("#archivedat a, .archivedat a, link[rel=canonical]");
    let told = links.iter().filter_map(|link| link.attr("href")).find_map(site_address::of);
    let told = told.or_else(|| {
        page.first("#archivedat")
            .and_then(|own| own.line().split_whitespace().find_map(site_address::of))
    });
    let captured = url.and_then(site_address::of);
    match (told, captured) {
        (Some(told), captured) => {
            let chapter = told.chapter.or(captured.and_then(|own| own.chapter));
            Some(SiteAddress { chapter, ..told })
        }
        (None, captured) => captured,
    }
}

/// A page with a chooser of chapters is one chapter of the story.
fn part(page: &Document, address: &SiteAddress, extracted: &mut Extracted) {
    let chooser = page.first("select[name=chapter]");
    let options = chooser.map(|chooser| chooser.select("option")).unwrap_or_default();
    let chosen = options.iter().find(|option| option.attr("selected").is_some());
    let listed = chosen.and_then(|option| chapters::titled(&option.line()).1);
    let chosen = chosen.and_then(|option| chapter_of(option.attr("value")?));
    let number = chosen.or(address.chapter).filter(|number| *number > 0);
    let of = u32::try_from(options.len()).ok().filter(|count| *count > 1);
    let [only] = extracted.chapters.as_mut_slice() else {
        number_all(address, extracted);
        return;
    };
    only.url = Some(format!("{}&chapter={}", address.work, number.unwrap_or(1)));
    if only.title.is_none() && of.is_some() {
        only.title = listed;
    }
    if let (Some(number), true) = (number, of.is_some() || address.chapter.is_some()) {
        only.number = Some(number.to_string());
        let written = only.title.clone().unwrap_or_else(|| number.to_string());
        extracted.part = Some(PartMark { part: number, through: number, of, written, span: None });
    }
}

/// The chapter that an option of the chooser leads to: its number, or its address.
fn chapter_of(value: &str) -> Option<u32> {
    let number = value.rsplit_once("chapter=").map_or(value, |(_, number)| number);
    number.split('&').next()?.trim().parse().ok()
}

fn number_all(address: &SiteAddress, extracted: &mut Extracted) {
    for (number, chapter) in (1..).zip(&mut extracted.chapters) {
        chapter.url = Some(format!("{}&chapter={number}", address.work));
    }
}

#[cfg(test)]
mod tests;
