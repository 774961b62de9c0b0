//! The package's metadata as fields. Subjects of a book have no kind of their own: they are additional tags unless the
//! normaliser knows better.

use super::package::{Meta, Package};
use crate::body::Body;
use crate::seen::{field, html_field};
use fanfold_model::{Extracted, FieldKind, Identity, IdentityKind, SeriesEntry};

const RULE: &str = "opf";

/// Adds what the package says to a reading.
pub(crate) fn add_fields(package: &Package, body: &mut Body, extracted: &mut Extracted) {
    if let Some(title) = package.values("title").next() {
        extracted.fields.push(field(FieldKind::Title, "dc:title", &title.value, RULE, 0.95));
    }
    creators(package, extracted);
    for subject in package.values("subject") {
        extracted.fields.push(field(FieldKind::Freeform, "dc:subject", &subject.value, RULE, 0.7));
    }
    if let Some(html) = package.value("description").and_then(|text| description(text, body)) {
        extracted.fields.push(html_field(FieldKind::Summary, "dc:description", html, RULE, 0.9));
    }
    let simple = [
        ("language", FieldKind::Language, "dc:language"),
        ("rights", FieldKind::Permission, "dc:rights"),
    ];
    for (name, kind, label) in simple {
        if let Some(value) = package.value(name) {
            extracted.fields.push(field(kind, label, value, RULE, 0.8));
        }
    }
    dates(package, extracted);
    series(package, extracted);
    identities(package, extracted);
}

fn creators(package: &Package, extracted: &mut Extracted) {
    for creator in package.values("creator").filter(|creator| !is_nobody(&creator.value)) {
        let role = creator
            .kind
            .as_deref()
            .or_else(|| package.refinement(creator, "role"))
            .unwrap_or("aut");
        let label =
            if role == "aut" { "dc:creator".to_owned() } else { format!("dc:creator ({role})") };
        let kind = if matches!(role, "aut" | "dub" | "cre") {
            FieldKind::Creator
        } else {
            FieldKind::Other
        };
        extracted.fields.push(field(kind, &label, &creator.value, RULE, 0.95));
    }
}

/// Programs write these where nobody is named.
fn is_nobody(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "unknown" | "unbekannt" | "inconnu" | "n/a" | "author" | "none"
    )
}

fn description(text: &str, body: &mut Body) -> Option<String> {
    if text.contains('<') {
        return body.clean_some(text);
    }
    let html = fanfold_text::paragraphs::to_html(text).html.into_string();
    crate::body::has_content(&html).then_some(html)
}

fn dates(package: &Package, extracted: &mut Extracted) {
    for date in package.values("date").filter(|date| !is_no_date(&date.value)) {
        let (kind, label) = match date.kind.as_deref() {
            Some("modification" | "modified") => (FieldKind::Updated, "dc:date (modification)"),
            Some("creation") => (FieldKind::Other, "dc:date (creation)"),
            _ => (FieldKind::Published, "dc:date"),
        };
        extracted.fields.push(field(kind, label, day(&date.value), RULE, 0.7));
    }
}

/// calibre's and other programs' "no date".
fn is_no_date(value: &str) -> bool {
    value.starts_with("0101-") || value.starts_with("0100-") || value.starts_with("0001-")
}

/// The day of a time stamp at midnight, which is how programs write a day; any other time stays.
fn day(value: &str) -> &str {
    value.split_once('T').map_or(value, |(day, _)| day)
}

fn series(package: &Package, extracted: &mut Extracted) {
    let collections = package
        .values("belongs-to-collection")
        .filter(|own| package.refinement(own, "collection-type") != Some("set"));
    let mut found: Vec<(String, Option<u32>)> = collections
        .map(|own| (own.value.clone(), package.refinement(own, "group-position").and_then(place)))
        .collect();
    if let Some(title) = package.value("calibre:series") {
        let part = package.value("calibre:series_index").and_then(place);
        if !found.iter().any(|(known, _)| known == title) {
            found.push((title.to_owned(), part));
        }
    }
    for (title, part) in found {
        let written = part.map_or_else(|| title.clone(), |part| format!("{title}, part {part}"));
        extracted.fields.push(field(FieldKind::Series, "series", &written, RULE, 0.95));
        extracted.series.push(SeriesEntry { title, part, ..SeriesEntry::default() });
    }
}

/// "3", "3.0"; a fraction is no place we can hold.
fn place(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    fraction
        .chars()
        .all(|c| c == '0')
        .then(|| whole.trim().parse().ok())?
        .filter(|place| *place > 0)
}

fn identities(package: &Package, extracted: &mut Extracted) {
    let sources = package.values("source").chain(package.values("identifier"));
    let addresses: Vec<&str> = sources
        .map(|meta| meta.value.trim_start_matches("url:").trim())
        .filter(|value| is_story_address(value))
        .collect();
    if let Some(address) = addresses.first() {
        extracted.fields.push(field(FieldKind::SourceUrl, "dc:source", address, RULE, 0.95));
        extracted.identities.push(Identity::new(IdentityKind::Address, *address));
    }
    let own = package.values("identifier").find(|meta| is_own(package, meta));
    if let Some(own) = own {
        let value = own.value.trim_start_matches("urn:uuid:").trim().to_lowercase();
        extracted.identities.push(Identity::new(IdentityKind::BookId, value));
    }
}

/// The book's own identifier, where it is one: an ISBN is of an edition, short ones are of some program.
fn is_own(package: &Package, meta: &Meta) -> bool {
    let shared = meta.value.to_lowercase().contains("isbn");
    meta.id.is_some() && meta.id == package.unique && meta.value.len() >= 16 && !shared
}

fn is_story_address(value: &str) -> bool {
    (value.starts_with("http://") || value.starts_with("https://"))
        && !value.contains(char::is_whitespace)
        && value.split('/').skip(3).any(|part| !part.is_empty())
}
