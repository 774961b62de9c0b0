//! The preface of a download: typed tags, counters, title, by-line, summary, notes, related works.

use super::chapters::labelled_blocks;
use crate::body::Body;
use crate::seen::{Places, field, html_field};
use fanfold_model::{Extracted, ExtractedField, FieldKind, Related, SeriesEntry};
use fanfold_text::document::{Document, Element};

const RULE: &str = "ao3-preface";

/// Reads everything around the chapters: preface and afterword.
pub(super) fn read(
    page: &Document,
    places: &mut Places<'_>,
    body: &mut Body,
    extracted: &mut Extracted,
) {
    for list in page.select("#preface dl.tags, dl.tags") {
        tag_list(&list, places, extracted);
    }
    let title = page.first("#preface h1, h1").map(|title| title.line());
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        let span = places.of(&title);
        extracted
            .fields
            .push(ExtractedField { span, ..field(FieldKind::Title, "", &title, RULE, 1.0) });
    }
    let byline = page.first("#preface .byline, .byline").or_else(|| {
        let behind = page.select("#preface h1 + *").into_iter();
        behind.into_iter().find(|own| own.line().starts_with("by "))
    });
    if let Some(byline) = byline {
        creators(&byline, places, extracted);
    }
    for meta in page.select("#preface .meta, #preface, #preface > div, #preface > div > div") {
        blocks_of(&meta, body, extracted);
    }
    for item in
        page.select("#preface ul.associations li, #preface .meta > ul li, #preface > div > ul > li")
    {
        association(&item, extracted);
    }
    for notes in page.select("#afterword #endnotes, #endnotes") {
        for (_, html) in labelled_blocks(&notes) {
            end_notes(&html, body, extracted);
        }
    }
}

fn blocks_of(meta: &Element<'_>, body: &mut Body, extracted: &mut Extracted) {
    for (label, html) in labelled_blocks(meta) {
        let kind = match label.as_str() {
            "Summary" => FieldKind::Summary,
            "Notes" => FieldKind::Notes,
            "End Notes" => FieldKind::EndNotes,
            _ => continue,
        };
        if let Some(html) = body.clean_some(&html) {
            let known = extracted.fields_of(kind).any(|field| field.value == html);
            if !known {
                extracted.fields.push(html_field(kind, &label, html, RULE, 1.0));
            }
        }
    }
}

fn end_notes(html: &str, body: &mut Body, extracted: &mut Extracted) {
    let Some(html) = body.clean_some(html) else { return };
    let known = extracted.fields_of(FieldKind::EndNotes).any(|field| field.value == html);
    if !known {
        extracted.fields.push(html_field(FieldKind::EndNotes, "End Notes", html, RULE, 1.0));
    }
}

fn tag_list(list: &Element<'_>, places: &mut Places<'_>, extracted: &mut Extracted) {
    let mut label = String::new();
    for child in list.children() {
        match child.name() {
            "dt" => label = child.line().trim_end_matches(':').trim().to_owned(),
            "dd" => definition(&label, &child, places, extracted),
            _ => {}
        }
    }
}

fn definition(
    label: &str,
    value: &Element<'_>,
    places: &mut Places<'_>,
    extracted: &mut Extracted,
) {
    match tag_kind(label) {
        Some(FieldKind::Series) => series(label, value, places, extracted),
        Some(kind) => tags(kind, label, value, places, extracted),
        None if label == "Stats" => stats(&value.text(), places, extracted),
        None => tags(FieldKind::Other, label, value, places, extracted),
    }
}

/// The kind of a `dt`, singular or plural.
pub(super) fn tag_kind(label: &str) -> Option<FieldKind> {
    Some(match label {
        "Rating" | "Ratings" => FieldKind::Rating,
        "Archive Warning" | "Archive Warnings" | "Warning" | "Warnings" => FieldKind::Warning,
        "Category" | "Categories" => FieldKind::Category,
        "Fandom" | "Fandoms" => FieldKind::Fandom,
        "Relationship" | "Relationships" | "Pairing" | "Pairings" => FieldKind::Relationship,
        "Character" | "Characters" => FieldKind::Character,
        "Additional Tag" | "Additional Tags" | "Freeform" | "Freeforms" => FieldKind::Freeform,
        "Language" => FieldKind::Language,
        "Series" => FieldKind::Series,
        "Collection" | "Collections" => FieldKind::Collection,
        _ => return None,
    })
}

/// One field for each tag; a tag may hold a comma, so the links part them where there are links.
pub(super) fn tags(
    kind: FieldKind,
    label: &str,
    value: &Element<'_>,
    places: &mut Places<'_>,
    extracted: &mut Extracted,
) {
    let links: Vec<String> =
        value.select("a").iter().map(Element::line).filter(|tag| !tag.is_empty()).collect();
    let values = if links.is_empty() { plain_values(kind, &value.line()) } else { links };
    places.skip_to(label);
    for value in values {
        let span = places.of(&value);
        extracted.fields.push(ExtractedField { span, ..field(kind, label, &value, RULE, 1.0) });
    }
}

fn plain_values(kind: FieldKind, line: &str) -> Vec<String> {
    let single = matches!(kind, FieldKind::Rating | FieldKind::Language | FieldKind::Other);
    let values = if single { vec![line] } else { line.split(", ").collect() };
    values.into_iter().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// "Part 3 of LINK, Part 1 of LINK".
pub(super) fn series(
    label: &str,
    value: &Element<'_>,
    places: &mut Places<'_>,
    extracted: &mut Extracted,
) {
    places.skip_to(label);
    for link in value.select("a") {
        let href = link.attr("href").unwrap_or_default();
        if !href.contains("/series/") {
            continue;
        }
        let title = link.line();
        let part = text_before(&link).and_then(|text| part_number(&text));
        let span = places.of(&title);
        let written = part.map_or_else(|| title.clone(), |part| format!("Part {part} of {title}"));
        extracted
            .fields
            .push(ExtractedField { span, ..field(FieldKind::Series, label, &written, RULE, 1.0) });
        let url = archive_address(href);
        extracted.series.push(SeriesEntry { uid: None, title, part, of: None, url });
    }
}

/// The archive's addresses in one spelling.
fn archive_address(href: &str) -> Option<String> {
    let path = match href.split_once("archiveofourown.org") {
        Some((_, path)) => path,
        None if href.starts_with('/') => href,
        None => return Some(href.to_owned()),
    };
    Some(format!("https://archiveofourown.org{path}"))
}

/// The text between the link and the link before it.
fn text_before(link: &Element<'_>) -> Option<String> {
    let parent = link.parent()?;
    let mut text = String::new();
    for node in parent.nodes() {
        match node {
            fanfold_text::document::Node::Element(element) if element == *link => {
                return Some(text);
            }
            fanfold_text::document::Node::Element(element) if element.name() == "a" => text.clear(),
            fanfold_text::document::Node::Element(element) => text.push_str(&element.text()),
            fanfold_text::document::Node::Text(piece) => text.push_str(piece),
        }
    }
    None
}

fn part_number(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().rposition(|word| word.eq_ignore_ascii_case("of"))?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// "Published: 2019-05-01 Completed: 2019-05-09 Words: 151 Chapters: 2/2".
fn stats(text: &str, places: &mut Places<'_>, extracted: &mut Extracted) {
    places.skip_to("Stats");
    let mut label: Option<&str> = None;
    for word in text.split_whitespace() {
        if let Some(name) = word.strip_suffix(':') {
            label = Some(name);
        } else if let Some(name) = label.take() {
            stat(name, word, places, extracted);
        }
    }
}

/// One counter or date.
pub(super) fn stat(label: &str, value: &str, places: &mut Places<'_>, extracted: &mut Extracted) {
    let kind = match label {
        "Published" => FieldKind::Published,
        "Updated" | "Completed" => FieldKind::Updated,
        "Words" => FieldKind::Words,
        "Chapters" => FieldKind::Chapters,
        "Kudos" => FieldKind::Kudos,
        "Hits" => FieldKind::Hits,
        "Comments" => FieldKind::Comments,
        "Bookmarks" => FieldKind::Bookmarks,
        _ => FieldKind::Other,
    };
    let span = places.of(value);
    extracted.fields.push(ExtractedField { span, ..field(kind, label, value, RULE, 1.0) });
    if label == "Completed" {
        extracted.fields.push(field(FieldKind::Status, label, label, RULE, 1.0));
    }
}

/// "by A, B" with a link each, or a plain "Anonymous".
pub(super) fn creators(byline: &Element<'_>, places: &mut Places<'_>, extracted: &mut Extracted) {
    let links: Vec<String> = byline
        .select("a[rel=author]")
        .iter()
        .map(Element::line)
        .filter(|name| !name.is_empty())
        .collect();
    let names = if links.is_empty() {
        let line = byline.line();
        let plain = line.strip_prefix("by ").unwrap_or(&line).trim();
        if plain.is_empty() { Vec::new() } else { vec![plain.to_owned()] }
    } else {
        links
    };
    for name in names {
        let span = places.of(&name);
        extracted
            .fields
            .push(ExtractedField { span, ..field(FieldKind::Creator, "by", &name, RULE, 1.0) });
    }
}

/// "For NAME", "Inspired by TITLE by NAME", "A translation of …", "In response to a prompt by …".
pub(super) fn association(item: &Element<'_>, extracted: &mut Extracted) {
    let line = item.line();
    let links = item.select("a");
    let address = |link: &Element<'_>| link.attr("href").and_then(archive_address);
    if let Some(names) = line.strip_prefix("For ").filter(|_| {
        links.iter().all(|link| !link.attr("href").unwrap_or_default().contains("/works/"))
    }) {
        let linked: Vec<String> = links.iter().map(Element::line).collect();
        let names =
            if linked.is_empty() { vec![names.trim_end_matches('.').to_owned()] } else { linked };
        for name in names {
            extracted.fields.push(field(FieldKind::Recipient, "For", &name, RULE, 1.0));
        }
        return;
    }
    let work = links.iter().find(|link| !is_author(link));
    let creator = links.iter().find(|link| is_author(link)).map(Element::line);
    let rel = work.and_then(|link| text_before(link)).unwrap_or_else(|| line.clone());
    extracted.related.push(Related {
        rel: rel.split_whitespace().collect::<Vec<_>>().join(" "),
        title: work.map(Element::line),
        creator,
        url: work.and_then(address),
    });
}

fn is_author(link: &Element<'_>) -> bool {
    link.attr("rel") == Some("author") || link.attr("href").unwrap_or_default().contains("/users/")
}
