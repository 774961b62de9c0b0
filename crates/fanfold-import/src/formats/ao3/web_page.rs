//! A work's page as a browser saved it: the same facts under other classes, with kudos and hits, and often only one
//! chapter of many.

use super::chapters::number_and_title;
use super::preface::{association, creators, series, stat, tag_kind, tags};
use crate::body::Body;
use crate::seen::{Places, field, html_field};
use fanfold_model::{Extracted, ExtractedChapter, ExtractedField, FieldKind};
use fanfold_text::document::{Document, Element};

const RULE: &str = "ao3-page";

pub(super) fn read(
    page: &Document,
    places: &mut Places<'_>,
    body: &mut Body,
    extracted: &mut Extracted,
) {
    if let Some(list) = page.first("dl.work.meta") {
        header(&list, places, extracted);
    }
    if let Some(title) =
        page.first("#workskin h2.title, h2.title.heading").map(|title| title.line())
    {
        let span = places.of(&title);
        extracted
            .fields
            .push(ExtractedField { span, ..field(FieldKind::Title, "", &title, RULE, 1.0) });
    }
    if let Some(byline) = page.first("#workskin > .preface .byline, h3.byline") {
        creators(&byline, places, extracted);
    }
    for item in page.select("#workskin > .preface .associations li") {
        association(&item, extracted);
    }
    let around = [
        ("#workskin > .preface .summary blockquote", FieldKind::Summary, "Summary"),
        ("#workskin > .preface .notes blockquote", FieldKind::Notes, "Notes"),
        ("#work_endnotes blockquote", FieldKind::EndNotes, "End Notes"),
    ];
    for (place, kind, label) in around {
        let html = page.first(place).and_then(|quote| body.clean_some(&quote.inner_html()));
        extracted.fields.extend(html.map(|html| html_field(kind, label, html, RULE, 1.0)));
    }
    extracted.chapters = chapters(page, body);
}

fn header(list: &Element<'_>, places: &mut Places<'_>, extracted: &mut Extracted) {
    let mut label = String::new();
    for child in list.children() {
        if child.name() == "dt" {
            child.line().trim_end_matches(':').clone_into(&mut label);
        } else if child.name() == "dd" && child.has_class("stats") {
            counters(&child, places, extracted);
        } else if child.name() == "dd" {
            match tag_kind(&label) {
                Some(FieldKind::Series) => child
                    .select(".position")
                    .iter()
                    .for_each(|place| series(&label, place, places, extracted)),
                Some(kind) => tags(kind, &label, &child, places, extracted),
                None => {}
            }
        }
    }
}

fn counters(stats: &Element<'_>, places: &mut Places<'_>, extracted: &mut Extracted) {
    let mut label = String::new();
    for child in stats.select("dt, dd") {
        if child.name() == "dt" {
            child.line().trim_end_matches(':').clone_into(&mut label);
        } else {
            stat(&label, &child.line().replace(',', ""), places, extracted);
        }
    }
}

fn chapters(page: &Document, body: &mut Body) -> Vec<ExtractedChapter> {
    let parts = page.select("#chapters > .chapter");
    if parts.is_empty() {
        let html = text_box(page).map(|text| body.clean(&story(&text)));
        return html
            .map(|html| ExtractedChapter { html, ..ExtractedChapter::default() })
            .into_iter()
            .collect();
    }
    parts.iter().map(|part| chapter(part, body)).collect()
}

/// The box of a text without chapters. Summaries and notes, which stand before it, are quotations of the same class.
pub(super) fn text_box(page: &Document) -> Option<Element<'_>> {
    page.first("#chapters .userstuff:not(blockquote), #workskin .userstuff:not(blockquote)")
}

fn chapter(part: &Element<'_>, body: &mut Body) -> ExtractedChapter {
    let heading = part.first(".title").map(|title| title.line()).unwrap_or_default();
    let (number, title) = number_and_title(&heading);
    let mut quoted =
        |place: &str| part.first(place).and_then(|quote| body.clean_some(&quote.inner_html()));
    let summary = quoted(".preface .summary blockquote");
    let notes = quoted(".preface .notes blockquote");
    let end_notes = quoted(".end.notes blockquote");
    let own = part
        .first(".userstuff[role=article]")
        .or_else(|| part.children().find(|child| child.has_class("userstuff")));
    let html = own.map(|text| body.clean(&story(&text))).unwrap_or_default();
    ExtractedChapter {
        number,
        title,
        summary,
        notes,
        end_notes,
        html,
        ..ExtractedChapter::default()
    }
}

/// The text without the page's own hidden heading ("Chapter Text").
fn story(text: &Element<'_>) -> String {
    let own = text
        .nodes()
        .filter(|node| node.element().is_none_or(|element| !element.has_class("landmark")));
    own.map(|node| node.html()).collect::<String>().trim().to_owned()
}
