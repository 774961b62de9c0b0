//! What a library says about its books, from its tables or from the package document beside a book.

use super::sqlite::Value;
use super::tables::Tables;
use crate::formats::epub::{Meta, Package};
use std::collections::{BTreeMap, HashMap};

/// One book.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    /// Its folder, relative to the library.
    pub(super) folder: String,
    /// Names of its files without the folder, with the ending in lower case.
    pub(super) files: Vec<String>,
    /// Title, creators, tags and so on, as a package document has them.
    pub(super) package: Package,
    /// The library's own columns: name and value.
    pub(super) columns: Vec<(String, String)>,
    /// When the library last changed the entry.
    pub(super) changed: Option<String>,
}

/// Books by their numbers.
type Books = BTreeMap<i64, Entry>;

/// All books of a library, in the order of their numbers.
pub(super) fn entries(tables: &mut Tables<'_>) -> Vec<Entry> {
    let mut books = Books::new();
    for row in tables
        .rows("books", &["id", "title", "pubdate", "series_index", "path", "uuid", "last_modified"])
    {
        let [Value::Integer(id), title, pubdate, index, path, uuid, changed] = row.as_slice()
        else {
            continue;
        };
        let mut entry = Entry { folder: written(path), ..Entry::default() };
        entry.package.whole = true;
        entry.package.unique = Some("uuid".to_owned());
        add(&mut entry, "title", &written(title));
        // "2011-05-06 00:00:00+00:00"
        add(&mut entry, "date", written(pubdate).split([' ', 'T']).next().unwrap_or_default());
        let uuid = Meta {
            name: "identifier".to_owned(),
            value: written(uuid),
            id: Some("uuid".to_owned()),
            ..Meta::default()
        };
        entry.package.metadata.extend((!uuid.value.is_empty()).then_some(uuid));
        add(&mut entry, "calibre:series_index", &written(index));
        entry.changed = Some(written(changed)).filter(|changed| !changed.is_empty());
        books.insert(*id, entry);
    }
    // Comma and bar: the library writes a comma inside a name as a bar.
    linked(tables, &mut books, ("authors", "name", "author"), |entry, name| {
        add(entry, "creator", &name.replace('|', ","));
    });
    linked(tables, &mut books, ("tags", "name", "tag"), |entry, name| add(entry, "subject", name));
    linked(tables, &mut books, ("publishers", "name", "publisher"), |entry, name| {
        add(entry, "publisher", name)
    });
    linked(tables, &mut books, ("languages", "lang_code", "lang_code"), |entry, code| {
        add(entry, "language", code)
    });
    linked(tables, &mut books, ("series", "name", "series"), |entry, name| {
        add(entry, "calibre:series", name)
    });
    direct(tables, &mut books);
    own_columns(tables, &mut books);
    books.into_values().collect()
}

/// What is linked to books through a table of its own: `books_authors_link(book, author)`.
fn linked(
    tables: &mut Tables<'_>,
    books: &mut Books,
    (table, name, column): (&str, &str, &str),
    mut give: impl FnMut(&mut Entry, &str),
) {
    let names = names(tables, table, name);
    for row in tables.rows(&format!("books_{table}_link"), &["book", column]) {
        if let [Value::Integer(book), Value::Integer(id)] = row.as_slice()
            && let (Some(entry), Some(name)) = (books.get_mut(book), names.get(id))
        {
            give(entry, name);
        }
    }
}

fn names(tables: &mut Tables<'_>, table: &str, column: &str) -> HashMap<i64, String> {
    let rows = tables.rows(table, &["id", column]);
    let pairs = rows.iter().filter_map(|row| match row.as_slice() {
        [Value::Integer(id), value] => Some((*id, written(value))),
        _ => None,
    });
    pairs.collect()
}

/// What names its book itself: comments, identifiers, files.
fn direct(tables: &mut Tables<'_>, books: &mut Books) {
    for row in tables.rows("comments", &["book", "text"]) {
        if let [Value::Integer(book), text] = row.as_slice()
            && let Some(entry) = books.get_mut(book)
        {
            add(entry, "description", &written(text));
        }
    }
    for row in tables.rows("identifiers", &["book", "type", "val"]) {
        if let [Value::Integer(book), kind, value] = row.as_slice()
            && let Some(entry) = books.get_mut(book)
        {
            identifier(entry, &written(kind), &written(value));
        }
    }
    for row in tables.rows("data", &["book", "format", "name"]) {
        if let [Value::Integer(book), format, name] = row.as_slice()
            && let Some(entry) = books.get_mut(book)
        {
            entry.files.push(format!("{}.{}", written(name), written(format).to_lowercase()));
        }
    }
}

/// An identifier: an address, a number of a site, an ISBN.
fn identifier(entry: &mut Entry, kind: &str, value: &str) {
    match kind.to_lowercase().as_str() {
        "url" | "uri" => add(entry, "source", &value.replace('|', ":")),
        "ao3" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
            add(entry, "source", &format!("https://archiveofourown.org/works/{value}"));
        }
        kind => entry.columns.push((format!("identifier {kind}"), value.to_owned())),
    }
}

/// Columns that the library's owner made. Their values stand with the book, or in a table that is linked.
fn own_columns(tables: &mut Tables<'_>, books: &mut Books) {
    for row in tables.rows("custom_columns", &["id", "label", "name"]) {
        let [Value::Integer(id), label, name] = row.as_slice() else { continue };
        let name =
            Some(written(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| written(label));
        let (table, link) =
            (format!("custom_column_{id}"), format!("books_custom_column_{id}_link"));
        if tables.has(&link) {
            let values = names(tables, &table, "value");
            for row in tables.rows(&link, &["book", "value"]) {
                if let [Value::Integer(book), Value::Integer(value)] = row.as_slice()
                    && let (Some(entry), Some(value)) = (books.get_mut(book), values.get(value))
                {
                    entry.columns.push((name.clone(), value.clone()));
                }
            }
            continue;
        }
        for row in tables.rows(&table, &["book", "value"]) {
            if let [Value::Integer(book), value] = row.as_slice()
                && let Some(entry) = books.get_mut(book)
            {
                entry.columns.push((name.clone(), written(value)));
            }
        }
    }
}

/// A value as text; a whole number without a point.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Null | Value::Blob => String::new(),
    }
}

fn add(entry: &mut Entry, name: &str, value: &str) {
    if !value.is_empty() {
        let (name, value) = (name.to_owned(), value.to_owned());
        entry.package.metadata.push(Meta { name, value, ..Meta::default() });
    }
}
