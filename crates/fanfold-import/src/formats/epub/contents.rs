//! The table of contents: titles of files, from the navigation document of EPUB 3 or the NCX of EPUB 2.

use super::book::{Book, text};
use super::package::{Package, attribute, local, resolve_path};
use crate::page;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::collections::HashMap;

/// The first title that the contents give each file; the path is the file's in the archive.
pub(super) fn titles(book: &Book<'_>, package: &Package) -> HashMap<String, String> {
    let nav =
        package.files.values().find(|file| file.properties.split(' ').any(|word| word == "nav"));
    let by_nav = nav.and_then(|file| Some(from_nav(&file.path, &text(&book.read(&file.path)?))));
    let ncx = package
        .toc
        .as_ref()
        .and_then(|id| package.files.get(id))
        .or_else(|| package.files.values().find(|file| file.media.contains("dtbncx")));
    let by_ncx = ncx.and_then(|file| Some(from_ncx(&file.path, &text(&book.read(&file.path)?))));
    by_nav.filter(|titles| !titles.is_empty()).or(by_ncx).unwrap_or_default()
}

fn from_nav(path: &str, xhtml: &str) -> HashMap<String, String> {
    let Ok(page) = page::parse(xhtml) else { return HashMap::new() };
    let list = page
        .select("nav")
        .into_iter()
        .find(|nav| nav.attr("epub:type").is_none_or(|kind| kind == "toc"));
    let links = list.map(|nav| nav.select("a")).unwrap_or_else(|| page.select("a"));
    collect(
        links.iter().map(|link| (link.attr("href").unwrap_or_default().to_owned(), link.line())),
        path,
    )
}

fn from_ncx(path: &str, ncx: &str) -> HashMap<String, String> {
    let mut reader = Reader::from_str(ncx);
    reader.config_mut().check_end_names = false;
    let mut points = Vec::new();
    let (mut label, mut in_text) = (String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if local(&tag) == "content" => {
                points
                    .push((attribute(&tag, "src").unwrap_or_default(), std::mem::take(&mut label)));
            }
            Ok(Event::Start(tag)) => {
                in_text = local(&tag) == "text";
                if local(&tag) == "navPoint" {
                    label.clear();
                }
            }
            Ok(Event::Text(text)) if in_text => label.push_str(&text.html_content()),
            Ok(Event::GeneralRef(entity)) if in_text => {
                let name = entity.html_content();
                let char_ref = entity.resolve_char_ref().ok().flatten().map(String::from);
                label.push_str(
                    &char_ref
                        .or_else(|| {
                            quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
                        })
                        .unwrap_or_default(),
                );
            }
            Ok(Event::End(_)) => in_text = false,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    collect(points.into_iter(), path)
}

fn collect(points: impl Iterator<Item = (String, String)>, path: &str) -> HashMap<String, String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut titles = HashMap::new();
    for (href, title) in points {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            titles.entry(resolve_path(folder, &href)).or_insert(title);
        }
    }
    titles
}
