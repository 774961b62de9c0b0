//! A library whose catalogue cannot be read: every book has its data beside it, in `metadata.opf`.

use super::catalogue::Entry;
use crate::formats::epub::{self, Meta, Package};
use crate::importer::Input;
use std::collections::HashSet;

/// Bytes of one such document that are read.
const MOST_BYTES: u64 = 4 << 20;

/// Adds the books whose folders the catalogue did not tell.
pub(super) fn add_missing(input: &Input<'_>, entries: &mut Vec<Entry>) {
    let Some(beside) = input.item.beside.as_ref() else { return };
    let from = input.item.member.as_deref().unwrap_or(&input.item.path);
    let root = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let known: HashSet<String> = entries.iter().map(|own| own.folder.to_lowercase()).collect();
    for name in beside.names_of("metadata.opf") {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(own) = within(folder, root).filter(|own| !known.contains(&own.to_lowercase()))
        else {
            continue;
        };
        let Some(item) = beside.find(from, &name, input.limits) else { continue };
        let Ok(bytes) = item.bytes(MOST_BYTES) else { continue };
        let mut package = Package::parse(&name, &epub::text(&bytes));
        package.whole = true;
        sources(&mut package);
        let columns = columns(&package);
        let inside = beside.names_in(folder);
        let direct = inside.iter().filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/'));
        let files = direct.filter(|file| is_book(file)).map(str::to_owned).collect();
        entries.push(Entry { folder: own.to_owned(), files, package, columns, changed: None });
    }
}

/// A folder relative to the library's.
fn within<'a>(folder: &'a str, root: &str) -> Option<&'a str> {
    if root.is_empty() {
        return Some(folder);
    }
    folder.strip_prefix(root)?.strip_prefix('/')
}

fn is_book(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    !matches!(ending.as_str(), "opf" | "jpg" | "jpeg" | "png" | "db" | "bak" | "original_epub")
}

/// `<dc:identifier opf:scheme="URL">`: an address by its scheme.
fn sources(package: &mut Package) {
    let addresses: Vec<Meta> = package
        .metadata
        .iter()
        .filter(|own| own.name == "identifier")
        .filter(|own| {
            own.kind
                .as_deref()
                .is_some_and(|kind| matches!(kind.to_lowercase().as_str(), "url" | "uri"))
        })
        .map(|own| Meta { name: "source".to_owned(), value: own.value.clone(), ..Meta::default() })
        .collect();
    package.metadata.extend(addresses);
}

/// The owner's columns stand in it as JSON: `calibre:user_metadata:#words`.
fn columns(package: &Package) -> Vec<(String, String)> {
    let own = package.metadata.iter().filter_map(|own| {
        let label = own.name.strip_prefix("calibre:user_metadata:")?;
        let value: serde_json::Value = serde_json::from_str(&own.value).ok()?;
        let name = value["name"].as_str().unwrap_or(label).to_owned();
        let written = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        let values: Vec<String> = match &value["#value#"] {
            serde_json::Value::Array(values) => values.iter().map(written).collect(),
            value => vec![written(value)],
        };
        Some(
            values
                .into_iter()
                .filter(|value| !value.is_empty())
                .map(move |value| (name.clone(), value)),
        )
    });
    own.flatten().collect()
}
