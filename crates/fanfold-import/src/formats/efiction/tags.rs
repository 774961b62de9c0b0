//! Categories, characters, classes, warnings, rating: numbers of other tables in the newer versions, names in the
//! older ones, and both in sites that were upgraded.

use super::schema::Fields;
use super::site::{Raw, Site};
use super::story::Seen;
use super::words::{list, plain};
use crate::text_work;
use fanfold_model::FieldKind;
use std::collections::HashMap;

/// Reads every tag of a story.
pub(super) fn read(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    categories(seen, fields);
    let site = seen.site;
    for entry in entries(site, fields, "charid") {
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
        for entry in entries(site, fields, column) {
            push(seen, kind, label, named(&entry, |number| table.get(&number)));
        }
    }
    let rating = site.words.text(fields.get("rid"));
    let rating = Some(rating.trim()).filter(|rating| !rating.is_empty() && *rating != "0");
    if let Some(rating) = rating {
        push(seen, FieldKind::Rating, "rating", named(rating, |number| site.ratings.get(&number)));
    }
}

/// A tag's name as bytes, or the number that names nothing.
enum Named<'a> {
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

fn push(seen: &mut Seen<'_>, kind: FieldKind, label: &str, name: Named<'_>) {
    match name {
        Named::Raw(bytes) => seen.html(kind, label, bytes),
        Named::Text(text) => seen.html(kind, label, text.as_bytes()),
        // A number whose row is gone is kept as it stands and means nothing.
        Named::Unknown(number) => {
            seen.push(FieldKind::Other, &format!("{label} (number)"), &number)
        }
    }
}

fn entries(site: &Site, fields: &Fields<'_>, column: &str) -> Vec<String> {
    list(&site.words.text(fields.get(column)))
}

/// Categories are fandoms where the site has many of them; a site about one fandom sorts by pairing or genre.
fn categories(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    let site = seen.site;
    let kind =
        if categories_are_fandoms(site) { FieldKind::Fandom } else { FieldKind::Classification };
    for entry in entries(site, fields, "catid") {
        let Ok(number) = entry.parse::<i64>() else {
            push(seen, kind, "category", Named::Text(entry));
            continue;
        };
        let Some((parent, name)) = site.categories.get(&number) else {
            push(seen, kind, "category", Named::Unknown(entry));
            continue;
        };
        match kind {
            FieldKind::Classification => seen.loose(kind, "category", name),
            _ => seen.html(kind, "category", name),
        }
        let path = path_of(site, *parent);
        if !path.is_empty() {
            seen.push(FieldKind::Other, "category path", &path);
        }
    }
}

/// The names above a category, outermost first.
fn path_of(site: &Site, parent: i64) -> String {
    let mut names = Vec::new();
    let mut at = parent;
    while let Some((above, name)) = site.categories.get(&at).filter(|_| names.len() < 20) {
        names.push(plain(&site.words.name(name)));
        at = *above;
    }
    names.reverse();
    names.join(" > ")
}

/// Characters belong to categories only where the categories are worlds of their own.
fn categories_are_fandoms(site: &Site) -> bool {
    let bound =
        site.characters.values().filter(|(category, _)| site.categories.contains_key(category));
    let bound = bound.count();
    bound > 0 && bound * 2 >= site.characters.len()
}

/// Tags of the types that the site made for itself; what a type's title means is what it means before a colon.
fn classes(seen: &mut Seen<'_>, fields: &Fields<'_>) {
    let site = seen.site;
    for entry in entries(site, fields, "classes") {
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
            | FieldKind::Challenge),
        ) => kind,
        _ => FieldKind::Freeform,
    }
}
