//! eFiction page: a story or a chapter of an archive that runs eFiction, as a browser or a mirror saved it.
//!
//! Recognised by the program's own class names (`#pagetitle`, `.infobox` with `span.label`, `.chaptertitle`,
//! `.noteinfo`, `#archivedat`) in any skin that keeps them; skins that do not are read as any page, by their labels.
//! Read: title and authors from their links, every label of the box in any language, notes of story and chapters, all
//! chapters of a printable page or the one of a usual page, whose number the chooser of chapters tells; pages of one
//! story join by its address. Known damage: the rating is often only on the index page; dates in the site's own order.
//!
//! Not read: reviews below the story, author and index pages.

use crate::body::Body;
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::page;
use crate::seen::{field, html_field};
use crate::site_address::{self, SiteAddress};
use crate::text_work;
use fanfold_model::{
    Extracted, ExtractedChapter, FieldKind, Finding, FindingCode, PartMark, ReadAs, SeriesEntry,
};
use fanfold_text::document::{Document, Element};
use fanfold_text::paragraphs::html_paragraphs;

/// The importer.
pub(crate) struct EfictionPage;

const RULE: &str = "efiction-page";

impl Importer for EfictionPage {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "efiction-page",
            name: "eFiction page",
            description: "A story's page saved from an archive that runs eFiction",
            docs: "Title, authors, every label of the story's box in any language, notes, chapters. Several saved \
                   pages of a story become one work.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        let head = probe.lower();
        let links = head.contains("viewuser.php?uid=") || head.contains("viewstory.php?sid=");
        let signs = [
            "pagetitle",
            "chaptertitle",
            "noteinfo",
            "class=\"infobox\"",
            "class='infobox'",
            "archivedat",
        ];
        let found = signs.iter().filter(|sign| head.contains(**sign)).count();
        (links && found >= 2).then_some(Match {
            score: 940,
            reason: "It has the boxes and links of a story's page of eFiction.",
        })
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        let page = match page::parse(&decoded.text) {
            Ok(page) => page,
            Err(finding) => {
                sink.extracted(input.refusal(ReadAs::NotUnderstood, finding));
                return Ok(());
            }
        };
        let Some(mut extracted) = read(&page, input.url()) else {
            let what = "It is a page of an eFiction archive without a story's text.";
            sink.extracted(
                input.refusal(ReadAs::NotAWork, Finding::new(FindingCode::NOT_A_WORK, what)),
            );
            return Ok(());
        };
        extracted.fields.extend(page::captured(input));
        extracted.findings.extend(page::cut_off(&decoded.text));
        extracted.findings.splice(0..0, decoded.findings.iter().cloned());
        extracted.encoding = Some(decoded.encoding.to_owned());
        sink.extracted(extracted);
        Ok(())
    }
}

fn read(page: &Document, url: Option<&str>) -> Option<Extracted> {
    let texts = page.select(".chapter, #story, .story");
    let texts: Vec<Element<'_>> = texts.into_iter().filter(|own| own.line().len() > 1).collect();
    if texts.is_empty() {
        return None;
    }
    let mut extracted = Extracted::new(ReadAs::Work);
    let address = address_of(page, url);
    heading(page, &mut extracted);
    for infobox in page.select(".infobox .content, .infobox, .storyinfo") {
        if !infobox.select(".label").is_empty() {
            labels(&infobox, &mut extracted);
            break;
        }
    }
    story_notes(page, &mut extracted);
    let mut body = Body::new(url);
    chapters(page, &texts, &mut body, &mut extracted);
    if let Some(address) = &address {
        extracted.fields.push(field(FieldKind::SourceUrl, "address", &address.work, RULE, 0.97));
        part(page, address, &mut extracted);
    }
    extracted.findings.extend(body.findings());
    Some(extracted)
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

/// The title and the authors, each a link.
fn heading(page: &Document, extracted: &mut Extracted) {
    let Some(heading) = page.first("#pagetitle, .pagetitle") else { return };
    let title = heading.select("a[href*='viewstory.php']").first().map(|link| link.line());
    let title = title.or_else(|| Some(heading.line().rsplit_once(" by ")?.0.to_owned()));
    let title = title.unwrap_or_else(|| heading.line());
    extracted.fields.push(field(FieldKind::Title, "title", &title, RULE, 0.97));
    for author in heading.select("a[href*='viewuser.php']") {
        extracted.fields.push(field(FieldKind::Creator, "author", &author.line(), RULE, 0.97));
    }
}

/// Each label with what stands between it and the next.
fn labels(infobox: &Element<'_>, extracted: &mut Extracted) {
    let html = infobox.inner_html();
    for (label, value) in labelled(&html) {
        let kind = match text_work::kind_of_label(&label) {
            // On a page the box's categories are the archive's sections.
            Some(FieldKind::Classification | FieldKind::Category) => FieldKind::Fandom,
            // How often the story was opened.
            _ if matches!(
                label.to_lowercase().as_str(),
                "read" | "reads" | "gelesen" | "lu" | "leído"
            ) =>
            {
                FieldKind::Hits
            }
            Some(kind) => kind,
            None => FieldKind::Other,
        };
        let text = Document::parse_fragment(&value).root().line();
        let none = text.is_empty() || text.eq_ignore_ascii_case("none");
        match kind {
            _ if none => {}
            FieldKind::Summary => {
                let html = html_paragraphs(&value).into_string();
                extracted.fields.push(html_field(kind, &label, html, RULE, 0.97));
            }
            FieldKind::Series => {
                let title = text.trim().to_owned();
                extracted.series.push(SeriesEntry { title, ..SeriesEntry::default() });
            }
            FieldKind::Fandom
            | FieldKind::Character
            | FieldKind::Genre
            | FieldKind::Warning
            | FieldKind::Relationship
            | FieldKind::Challenge => {
                for tag in tags(&value, &text) {
                    extracted.fields.push(field(kind, &label, &tag, RULE, 0.97));
                }
            }
            _ => extracted.fields.push(field(kind, &label, text.trim(), "efiction-label", 0.9)),
        }
    }
}

/// The pieces of the box: a label's words, and the HTML up to the next label.
fn labelled(html: &str) -> Vec<(String, String)> {
    let marks: Vec<usize> = html.match_indices("class=\"label\"").map(|(at, _)| at).collect();
    let start_of = |at: usize| html[..at].rfind('<').unwrap_or(at);
    let mut pieces = Vec::new();
    for (place, at) in marks.iter().enumerate() {
        let end = marks.get(place + 1).map_or(html.len(), |next| start_of(*next));
        let piece = &html[start_of(*at)..end];
        let Some(close) = piece.find("</span>").map(|at| at + 7).or_else(|| {
            piece.find("</").and_then(|at| piece[at..].find('>').map(|end| at + end + 1))
        }) else {
            continue;
        };
        let label = Document::parse_fragment(&piece[..close]).root().line();
        let label = label.trim().trim_end_matches(':').trim().to_owned();
        if !label.is_empty() {
            pieces.push((label, piece[close..].to_owned()));
        }
    }
    pieces
}

/// Tags are links where the site has pages for them, else names parted by commas.
fn tags(value: &str, text: &str) -> Vec<String> {
    let piece = Document::parse_fragment(value);
    let links: Vec<String> =
        piece.select("a").iter().map(|link| link.line()).filter(|name| !name.is_empty()).collect();
    if !links.is_empty() {
        return links;
    }
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The notes of the whole story stand before the first chapter and are called so.
fn story_notes(page: &Document, extracted: &mut Extracted) {
    for notes in page.select(".notes") {
        let title = notes
            .first(".title")
            .map(|title| title.line().to_ascii_lowercase())
            .unwrap_or_default();
        if title.contains("story")
            && let Some(html) = noted(&notes)
        {
            extracted.fields.push(html_field(FieldKind::Notes, "Story Notes", html, RULE, 0.97));
            return;
        }
    }
}

fn noted(notes: &Element<'_>) -> Option<String> {
    let html = html_paragraphs(&notes.first(".noteinfo")?.inner_html()).into_string();
    crate::body::has_content(&html).then_some(html)
}

/// Chapters in the order of the page; titles and notes go to the text that follows them, end notes to the one before.
fn chapters(page: &Document, texts: &[Element<'_>], body: &mut Body, extracted: &mut Extracted) {
    let mut next = ExtractedChapter::default();
    for element in page.select(".chaptertitle, .notes, .chapter, #story, .story") {
        let is_text = texts.iter().any(|text| text.outer_html() == element.outer_html());
        if element.has_class("chaptertitle") {
            let line = element.line();
            next.title =
                Some(line.rsplit_once(" by ").map_or(line.clone(), |(title, _)| title.to_owned()));
        } else if element.has_class("notes") {
            let title = element
                .first(".title")
                .map(|title| title.line().to_ascii_lowercase())
                .unwrap_or_default();
            match extracted.chapters.last_mut() {
                _ if title.contains("story") => {}
                Some(last) if title.contains("end") => last.end_notes = noted(&element),
                _ => next.notes = noted(&element),
            }
        } else if is_text && !nested(&element) {
            let html = body.clean(&html_paragraphs(&element.inner_html()).into_string());
            let chapter = std::mem::take(&mut next);
            extracted.chapters.push(ExtractedChapter { html, ..chapter });
        }
    }
    let title = extracted.fields_of(FieldKind::Title).next().map(|own| own.value.clone());
    if let [only] = extracted.chapters.as_mut_slice()
        && only.title == title
    {
        only.title = None;
    }
}

/// A text inside another is the same text once more.
fn nested(element: &Element<'_>) -> bool {
    !element.select(".chapter, #story, .story").is_empty()
}

/// A page with a chooser of chapters is one chapter of the story.
fn part(page: &Document, address: &SiteAddress, extracted: &mut Extracted) {
    let chooser = page.first("select[name=chapter]");
    let options = chooser.map(|chooser| chooser.select("option")).unwrap_or_default();
    let chosen = options.iter().find(|option| option.attr("selected").is_some());
    let chosen = chosen.and_then(|option| option.attr("value")?.parse::<u32>().ok());
    let number = chosen.or(address.chapter).filter(|number| *number > 0);
    let of = u32::try_from(options.len()).ok().filter(|count| *count > 1);
    let [only] = extracted.chapters.as_mut_slice() else {
        number_all(address, extracted);
        return;
    };
    only.url = Some(format!("{}&chapter={}", address.work, number.unwrap_or(1)));
    if let (Some(number), true) = (number, of.is_some() || address.chapter.is_some()) {
        only.number = Some(number.to_string());
        let written = only.title.clone().unwrap_or_else(|| number.to_string());
        extracted.part = Some(PartMark { part: number, through: number, of, written, span: None });
    }
}

fn number_all(address: &SiteAddress, extracted: &mut Extracted) {
    for (number, chapter) in (1..).zip(&mut extracted.chapters) {
        chapter.url = Some(format!("{}&chapter={number}", address.work));
    }
}
