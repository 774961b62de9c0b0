//! The pages of a file in their order, each with what it shows and the addresses that its links lead to.

use super::content::{Painter, Shown};
use super::file::File;
use super::object::{Dict, Object};
use std::collections::HashSet;

/// Pages that are read.
const MOST_PAGES: usize = 20_000;
/// Links of one page that are read.
const MOST_LINKS: usize = 1_000;
/// Trees in trees of pages.
const MOST_DEPTH: usize = 40;
/// Letters of all pages together.
const MOST_LETTERS: usize = 12_000_000;

/// A place on a page that leads to an address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub(super) left: f64,
    pub(super) low: f64,
    pub(super) right: f64,
    pub(super) high: f64,
    pub(super) address: String,
}

/// Hands on every page. Gives whether all of them were read.
pub(super) fn each(file: &File<'_>, give: &mut dyn FnMut(Shown, Vec<Link>)) -> bool {
    let mut pages = Vec::new();
    let root = file.root().unwrap_or_default();
    let mut seen = HashSet::new();
    if let Some(tree) = root.get("Pages") {
        collect(file, tree, &Dict::new(), 0, &mut seen, &mut pages);
    }
    if pages.is_empty() {
        pages = file.loose_pages();
    }
    let mut painter = Painter::new(file);
    let mut letters = 0;
    for page in pages.iter().take(MOST_PAGES) {
        let mut shown = painter.page(&content(file, page), &file.sub(page, "Resources"));
        shown.middle = middle(file, page);
        letters += shown.glyphs.len();
        give(shown, links(file, page));
        if letters > MOST_LETTERS {
            return false;
        }
    }
    pages.len() <= MOST_PAGES
}

/// Pages below a node; what a node says counts for those below it.
fn collect(
    file: &File<'_>,
    node: &Object,
    above: &Dict,
    depth: usize,
    seen: &mut HashSet<u32>,
    pages: &mut Vec<Dict>,
) {
    let is_new = match node {
        Object::Reference(number) => seen.insert(*number),
        _ => true,
    };
    let Some(mut own) = file.dict(node).filter(|_| is_new && depth < MOST_DEPTH) else { return };
    for key in ["Resources", "MediaBox"] {
        if let (false, Some(value)) = (own.contains_key(key), above.get(key)) {
            own.insert(key.to_owned(), value.clone());
        }
    }
    match file.get(&own, "Kids") {
        Some(Object::Array(kids)) => {
            for kid in kids.iter().take(MOST_PAGES) {
                collect(file, kid, &own, depth + 1, seen, pages);
            }
        }
        _ if pages.len() <= MOST_PAGES => pages.push(own),
        _ => {}
    }
}

/// The middle of a page: of a letter's paper where it does not say how large it is.
fn middle(file: &File<'_>, page: &Dict) -> f64 {
    let Some(Object::Array(corners)) = file.get(page, "MediaBox") else { return 306.0 };
    let number = |at: usize| file.resolve(corners.get(at)?)?.number();
    match (number(0), number(2)) {
        (Some(left), Some(right)) => (left + right) / 2.0,
        _ => 306.0,
    }
}

/// A page's operators; they may stand in several streams.
fn content(file: &File<'_>, page: &Dict) -> Vec<u8> {
    let stream = |own: &Object| match own {
        Object::Reference(number) => file.stream(*number),
        _ => None,
    };
    let Some(own) = page.get("Contents") else { return Vec::new() };
    if let Some(whole) = stream(own) {
        return whole;
    }
    let mut all = Vec::new();
    if let Some(Object::Array(parts)) = file.resolve(own) {
        for part in parts.iter().take(1_000).filter_map(stream) {
            all.extend(part);
            all.push(b'\n');
        }
    }
    all
}

fn links(file: &File<'_>, page: &Dict) -> Vec<Link> {
    let Some(Object::Array(notes)) = file.get(page, "Annots") else { return Vec::new() };
    notes.iter().take(MOST_LINKS).filter_map(|own| link(file, &file.dict(own)?)).collect()
}

fn link(file: &File<'_>, note: &Dict) -> Option<Link> {
    let action = file.sub(note, "A");
    let address = file.get(&action, "URI")?;
    let address = String::from_utf8_lossy(address.text()?).into_owned();
    let Object::Array(corners) = file.get(note, "Rect")? else { return None };
    let corners: Vec<f64> = corners.iter().filter_map(|own| file.resolve(own)?.number()).collect();
    let [x, y, z, w] = corners.as_slice() else { return None };
    Some(Link { left: x.min(*z), low: y.min(*w), right: x.max(*z), high: y.max(*w), address })
}
