//! Categories, characters, classes, warnings, rating: numbers of other tables in the newer versions, names in the
//! older ones, and both in sites that were upgraded.

use super::categories;
use super::schema::Fields;
use super::site::{Raw, Site};
use super::story::Seen;
use super::words::{is_cut, list_of};
use crate::text_work;
use fanfold_model::{FieldKind, Finding, FindingCode};
use std::collections::HashMap;

/// Reads every tag of a story.
pub(super) fn read(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    categories::read(seen, fields);
    let site = seen.site;
    let names = |name: &str| site.characters.values().any(|(_, own)| is_name(site, own, name));
    for entry in entries(seen, fields, "charid", &names) {
        let named = named(&entry, |number| site.characters.get(&number).map(|(_, name)| name));
        push(seen, FieldKind::Character, "characters", named);
    }
    classes(seen, fields);
    let older: [(&str, &str, FieldKind, &HashMap<i64, Raw>); 3] = [
        ("gid", "genres", FieldKind::Genre, &site.genres),
        ("wid", "warnings", FieldKind::Warning, &site.warnings),
        ("challenges", "challenges", FieldKind::Challenge, &site.challenges),
    ];
    for (column, label, kind, table) in older {
        let names = |name: &str| table.values().any(|own| is_name(site, own, name));
        for entry in entries(seen, fields, column, &names) {
            push(seen, kind, label, named(&entry, |number| table.get(&number)));
        }
    }
    let rating = site.words.text(fields.get("rid"));
    let rating = Some(rating.trim()).filter(|rating| !rating.is_empty() && *rating != "0");
    if let Some(rating) = rating {
        // A rating may be called by a number, too ("15").
        let by_name = || site.ratings.values().find(|own| is_name(site, own, rating));
        let find = |number| site.ratings.get(&number).or_else(by_name);
        push(seen, FieldKind::Rating, "rating", named(rating, find));
    }
}

/// Whether these bytes of a table are this name.
pub(super) fn is_name(site: &Site, own: &[u8], name: &str) -> bool {
    own == name.as_bytes() || (!own.is_ascii() && site.words.name(own) == name)
}

/// A tag's name as bytes, or the number that names nothing.
pub(super) enum Named<'a> {
    Raw(&'a Raw),
    Text(String),
    Unknown(String),
}

fn named<'a>(entry: &str, find: impl Fn(i64) -> Option<&'a Raw>) -> Named<'a> {
    match entry.parse::<i64>() {
        Ok(number) => find(number).map_or_else(|| Named::Unknown(entry.to_owned()), Named::Raw),
        Err(_) => Named::Text(entry.to_owned()),
    }
}

pub(super) fn push(seen: &mut Seen<'_>, kind: FieldKind, label: &str, name: Named<'_>) {
    match name {
        Named::Raw(bytes) => seen.html(kind, label, bytes),
        Named::Text(text) => seen.html(kind, label, text.as_bytes()),
        // A number whose row is gone is kept as it stands and means nothing.
        Named::Unknown(number) => {
            seen.push(FieldKind::Other, &format!("{label} (number)"), &number)
        }
    }
}

/// The entries of a list. A list that fills its column was cut there, and its last number may be half of one.
pub(super) fn entries(
    seen: &mut Seen<'_>,
    fields: &Fields<'_>,
    column: &str,
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let cell = fields.get(column);
    let mut list = list_of(&seen.site.words.text(cell), is_known);
    if is_cut(cell.bytes())
        && let Some(last) = list.pop()
    {
        let what = format!("The list `{column}` was cut in the dump, behind or inside {last}.");
        seen.story.findings.push(Finding::new(FindingCode::TRUNCATED, what));
        seen.push(FieldKind::Other, &format!("{column} (cut)"), &last);
    }
    list
}

/// Tags of the types that the site made for itself; what a type's title means is what it means before a colon.
fn classes(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    let site = seen.site;
    for entry in entries(seen, fields, "classes", &|_| false) {
        let number = entry.parse::<i64>().ok();
        let Some((class_type, name)) = number.and_then(|number| site.classes.get(&number)) else {
            push(seen, FieldKind::Freeform, "classes", named(&entry, |_| None));
            continue;
        };
        let title = site.class_types.get(class_type).map(|title| site.words.name(title));
        let title = title.unwrap_or_else(|| match class_type {
            1 => "Genres".to_owned(),
            2 => "Warnings".to_owned(),
            _ => "classes".to_owned(),
        });
        seen.html(kind_of_type(&title), &title, name);
    }
}

fn kind_of_type(title: &str) -> FieldKind {
    match text_work::kind_of_label(title) {
        Some(
            kind @ (FieldKind::Fandom
            | FieldKind::Relationship
            | FieldKind::Character
            | FieldKind::Category
            | FieldKind::Genre
            | FieldKind::Warning
            | FieldKind::Rating
            | FieldKind::Language
            | FieldKind::Challenge),
        ) => kind,
        _ => FieldKind::Freeform,
    }
}
