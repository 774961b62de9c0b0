//! The metadata of a book (EXTH) as the package document that an EPUB of the same book has, so that one code makes
//! fields of both.

use super::header::Header;
use crate::formats::epub::{Meta, Package};

/// Types of the metadata that are read, by the name that a package has for them.
const KINDS: [(u32, &str); 10] = [
    (100, "creator"),
    (101, "publisher"),
    (103, "description"),
    (105, "subject"),
    (106, "date"),
    (108, "contributor"),
    (109, "rights"),
    (112, "source"),
    (113, "identifier"),
    (524, "language"),
];

/// What a book says about itself.
pub(super) fn package(header: &Header) -> Package {
    let mut package = Package { whole: true, unique: Some("uid".to_owned()), ..Package::default() };
    let updated = header.values(503).next().map(|title| header.decode(title));
    let title = updated.unwrap_or_else(|| header.decode(&header.title));
    let mut add = |name: &str, value: &str| {
        let value = value.trim().trim_matches('\0');
        if !value.is_empty() {
            let id = (name == "identifier").then(|| "uid".to_owned());
            let (name, value) = (name.to_owned(), value.to_owned());
            package.metadata.push(Meta { name, value, id, ..Meta::default() });
        }
    };
    add("title", &title);
    for (kind, name) in KINDS {
        for value in header.values(kind).map(|value| header.decode(value)) {
            match name {
                // Programs write one entry with all of them.
                "subject" => value.split(';').for_each(|subject| add(name, subject)),
                "creator" => value.split('&').for_each(|creator| add(name, creator)),
                _ => add(name, &value),
            }
        }
    }
    package
}
