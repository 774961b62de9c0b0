//! HTML page: a story on anybody's page, as home pages and small archives of the 1990s and later have it.
//!
//! Recognised as HTML that is no known site's. The page is taken as lines with their markup beside them: labels in
//! bold, in definition lists and in small tables become label lines, layout tables and fonts are gone through,
//! paragraphs are rebuilt from `<p>` and `<br><br>`. The grammar for plain text then finds header, chapters and end.
//! Links at the page's edges are left out, and what most pages of the folder share word for word (menus, adverts,
//! footers); nothing else is. Known damage: unclosed and crossed tags, a
//! declared encoding that is wrong, a text file inside `<pre>`, pages cut off. Indexes, login and error pages,
//! guest books and question-and-answer pages are refused with the reason.
//!
//! Not read: templates of single sites, frames, text in pictures.

use super::site_page;
use crate::body::Body;
use crate::decode::DecodedText;
use crate::from_text::{TextPlaces, extracted};
use crate::importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
use crate::neighbours::furniture;
use crate::page;
use crate::rich::{Line, RichText, lines_of, without_edges};
use crate::seen::{Places, field};
use crate::text_work;
use fanfold_model::{
    Extracted, ExtractedField, FieldKind, Finding, FindingCode, Identity, IdentityKind, ReadAs,
    Span, SpanUnit,
};
use fanfold_text::document::Document;
use fanfold_text::paragraphs;
use std::ops::Range;

mod address;
mod headings;
mod line_places;
mod not_a_work;
mod page_names;

use line_places::LinePlaces;

/// The importer.
pub(crate) struct HtmlPage;

impl Importer for HtmlPage {
    fn format(&self) -> FormatInfo {
        FormatInfo {
            id: "html-page",
            name: "HTML page",
            description: "A story on a web page of any kind",
            docs: "Labels in bold, lists or tables, headings, by-lines, chapters as headings, paragraphs from any tag \
                   soup. Navigation at the edges is left out. Indexes, login pages and guest books are refused.",
        }
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Match> {
        if !probe.is_text() {
            return None;
        }
        let head = probe.lower();
        if !head.contains('<') {
            return None;
        }
        let starts = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if starts.starts_with("<!doctype html") || starts.starts_with("<html") {
            return Some(Match { score: 600, reason: "It begins like an HTML page." });
        }
        let tags = [
            "<html", "<body", "<title>", "<p>", "<br>", "<br/>", "<br />", "<hr>", "<center>",
            "<font ", "<b>", "<i>", "<div", "<p ", "<h1", "<h2", "<table", "<pre>",
        ];
        let found: usize = tags.iter().map(|tag| head.matches(tag).count().min(5)).sum();
        let named =
            matches!(probe.ending().as_str(), "html" | "htm" | "shtml" | "xhtml" | "php" | "asp");
        match found {
            0 => None,
            _ if named => {
                Some(Match { score: 550, reason: "It holds HTML tags, and its name says so." })
            }
            1 | 2 => None,
            3..=7 => Some(Match { score: 180, reason: "It holds a few HTML tags." }),
            _ => Some(Match { score: 400, reason: "It is full of HTML tags." }),
        }
    }

    fn extract(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let decoded = input.text()?;
        site_page::pushed(input, sink, |page| {
            let mut story = read(page, decoded, input);
            if story.read_as == ReadAs::Work {
                story.fields.extend(page::captured(input));
            }
            story
        })
    }
}

/// Reads a page.
fn read(page: &Document, decoded: &DecodedText, input: &Input<'_>) -> Extracted {
    let address = address::of_page(page, &decoded.text, input.url());
    let mut story = if let Some(pre) = address::preformatted(page) {
        read_preformatted(&pre, decoded)
    } else {
        let lines = lines_of(&page.first("body").unwrap_or(page.root()));
        let furniture = furniture::of(input.item);
        let (lines, went) = furniture.without(lines);
        let mut story = read_lines(lines, page, Some(decoded), address.as_deref());
        if went && story.read_as == ReadAs::Work {
            furniture.keep(input.item, &mut story);
        }
        story
    };
    let lang = page
        .first("html")
        .and_then(|html| html.attr("lang"))
        .filter(|lang| !lang.trim().is_empty());
    if let Some(lang) = lang.filter(|_| story.fields_of(FieldKind::Language).next().is_none()) {
        story.fields.push(field(FieldKind::Language, "lang", lang, "page-language", 0.8));
    }
    if let Some(address) = address {
        story.fields.push(field(FieldKind::SourceUrl, "", &address, "page-address", 0.9));
        story.identities.push(Identity::new(IdentityKind::Address, address));
    }
    story
}

/// Lines of a page, of a Markdown file or of a book's chapter as a story.
pub(crate) fn read_lines(
    lines: Vec<Line>,
    page: &Document,
    decoded: Option<&DecodedText>,
    address: Option<&str>,
) -> Extracted {
    if let Some(reason) = not_a_work::reason(page, &lines) {
        let mut extracted = Extracted::new(ReadAs::NotAWork);
        extracted.findings.push(Finding::new(FindingCode::NOT_A_WORK, format!("It is {reason}.")));
        return extracted;
    }
    let headed: Vec<(u8, String)> = headings::of(&lines);
    let rich = RichText::new(without_edges(lines));
    let reading = text_work::read(&rich.text, SpanUnit::Decoded);
    let split = headings::split(&reading, &rich);
    let mut body = Body::new(address);
    let mut places = Rich { rich: &rich, body: &mut body, source: LinePlaces::new(&rich, decoded) };
    let mut story = extracted(reading, &rich.text, &mut places);
    if let Some(chapters) = split.filter(|_| story.read_as == ReadAs::Work) {
        story.chapters = chapters.into_iter().map(|chapter| chapter.cut(&mut places)).collect();
    }
    story.findings.extend(body.findings());
    if story.read_as == ReadAs::Work {
        page_names::add_author(page, &mut story);
        prefer_larger_heading(&mut story, &headed);
        add_title(&mut story, &headed, page, decoded);
    }
    story
}

/// A line that the grammar guessed to be the title is none where a larger heading stands above it.
fn prefer_larger_heading(story: &mut Extracted, headed: &[(u8, String)]) {
    let Some(at) = story.fields.iter().position(|own| own.kind == FieldKind::Title) else { return };
    let guessed = &story.fields[at];
    if guessed.confidence >= 0.7 || !guessed.label.is_empty() {
        return;
    }
    let Some(own) = headed.iter().position(|(_, text)| same_title(text, &guessed.value)) else {
        return;
    };
    let larger = headed[..own]
        .iter()
        .find(|(level, text)| *level < headed[own].0 && text_work::chapter_mark(text).is_none());
    if let Some((_, text)) = larger {
        let known = story
            .fields
            .iter()
            .position(|own| own.kind == FieldKind::Title && same_title(&own.value, text));
        let title = match known {
            Some(known) => story.fields.remove(known),
            None => field(FieldKind::Title, "", text, "page-heading", 0.7),
        };
        story.fields.insert(at, title);
    }
}

/// Where the grammar found no title: the first heading, else the page's own title.
fn add_title(
    story: &mut Extracted,
    headed: &[(u8, String)],
    page: &Document,
    decoded: Option<&DecodedText>,
) {
    let heading =
        headed.iter().map(|(_, text)| text).find(|text| text_work::chapter_mark(text).is_none());
    let named = page.title().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let composed = named.as_deref().and_then(page_names::window_title);
    let tagged = story.fields_of(FieldKind::Fandom).next().is_some();
    if let Some(window) = composed.as_ref().filter(|_| !tagged) {
        for fandom in &window.fandoms {
            story.fields.push(field(FieldKind::Fandom, "title", fandom, "window-title", 0.7));
        }
    }
    let named = composed.as_ref().map(|window| window.title.to_owned()).or_else(|| named.clone());
    let has_title = story.fields_of(FieldKind::Title).next().is_some();
    let candidates = [
        (heading.cloned(), "page-heading", 0.8),
        (named.filter(|title| !is_file_name(title)), "page-title", 0.5),
    ];
    for (title, rule, confidence) in candidates {
        let Some(title) = title.filter(|title| !title.is_empty()) else { continue };
        if has_title
            || story.fields_of(FieldKind::Title).any(|known| same_title(&known.value, &title))
        {
            continue;
        }
        let span = Places::new(decoded).of(&title);
        story
            .fields
            .push(ExtractedField { span, ..field(FieldKind::Title, "", &title, rule, confidence) });
        return;
    }
}

fn same_title(one: &str, other: &str) -> bool {
    fanfold_model::fold_name(one) == fanfold_model::fold_name(other)
}

fn is_file_name(title: &str) -> bool {
    let generic =
        ["untitled", "untitled document", "new page 1", "no title", "index", "home", "document"];
    let stem = title
        .rsplit_once('.')
        .is_some_and(|(_, ending)| (2..=5).contains(&ending.len()) && !title.contains(' '));
    stem || generic.contains(&title.to_lowercase().as_str())
}

struct Rich<'a> {
    rich: &'a RichText,
    body: &'a mut Body,
    source: LinePlaces<'a>,
}

impl TextPlaces for Rich<'_> {
    fn html(&mut self, range: Range<usize>) -> String {
        self.body.clean(&self.rich.html_between(range))
    }

    fn place(&mut self, range: Range<usize>, written: &str) -> Option<Span> {
        // A chapter has no one place in a page: its lines are parted by markup.
        if written.len() > 300 || written.contains('\n') {
            return None;
        }
        self.source.of(self.rich, &range, written)
    }
}

/// A text file inside `<pre>`.
fn read_preformatted(text: &str, decoded: &DecodedText) -> Extracted {
    let reading = text_work::read(text, SpanUnit::Decoded);
    let mut places = Preformatted { text, places: Places::new(Some(decoded)) };
    extracted(reading, text, &mut places)
}

struct Preformatted<'a> {
    text: &'a str,
    places: Places<'a>,
}

impl TextPlaces for Preformatted<'_> {
    fn html(&mut self, range: Range<usize>) -> String {
        paragraphs::to_html(self.text.get(range).unwrap_or_default()).html.into_string()
    }

    fn place(&mut self, _range: Range<usize>, written: &str) -> Option<Span> {
        if written.len() > 300 { None } else { self.places.of(written) }
    }
}
