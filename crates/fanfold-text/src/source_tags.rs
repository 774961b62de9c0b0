//! One pass over raw HTML before it is parsed: counts what the sanitiser is going to take away, and gives block
//! elements that are not kept an allowed stand-in so that their text is not glued to its neighbour's.
//!
//! The pass does not decide what is safe; the sanitiser behind it does.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::attributes;
use crate::elements::{STAND_INS, role};
use crate::tree::tag_name;

/// Page structure that is never part of a work; its going is not worth a word.
const STRUCTURE: &[&str] = &["html", "head", "body"];

/// How many different names are counted; a hostile page could invent a million.
const MOST_NAMES: usize = 64;

/// The page with stand-ins, and what will be missing after cleaning: element names, and attribute names with `@`.
pub(crate) fn prepare(html: &str) -> (Cow<'_, str>, Vec<(String, usize)>) {
    let mut removed = BTreeMap::new();
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut from = 0;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + found;
        let tag = html.get(start..).unwrap_or_default();
        let name = tag_name(tag);
        from = start + 1;
        if name.is_empty() {
            continue;
        }
        from += name.len();
        let closing = tag.starts_with("</");
        if let Some((_, stand_in)) = STAND_INS.iter().find(|(old, _)| *old == name) {
            let name_start = start + 1 + usize::from(closing);
            let text = out.get_or_insert_with(|| String::with_capacity(html.len()));
            text.push_str(html.get(copied..name_start).unwrap_or_default());
            text.push_str(stand_in);
            copied = name_start + name.len();
        }
        if !closing {
            count(&mut removed, &name, tag);
        }
    }
    let prepared = match out {
        Some(mut text) => {
            text.push_str(html.get(copied..).unwrap_or_default());
            Cow::Owned(text)
        }
        None => Cow::Borrowed(html),
    };
    (prepared, removed.into_iter().collect())
}

fn count(removed: &mut BTreeMap<String, usize>, name: &str, tag: &str) {
    if role(name).is_none() {
        if !STRUCTURE.contains(&name) {
            add(removed, name.to_owned());
        }
        return;
    }
    let limit = tag.floor_char_boundary(tag.len().min(2000));
    let inside = tag.get(name.len() + 1..limit).unwrap_or_default();
    let inside = inside.split(['>', '<']).next().unwrap_or_default();
    for (before_value, _) in inside.match_indices('=') {
        let written = inside.get(..before_value).unwrap_or_default().trim_end();
        let attribute =
            written.rsplit([' ', '\n', '\t', '"', '\'', '/']).next().unwrap_or_default();
        let attribute = attribute.to_ascii_lowercase();
        let known = !attribute.is_empty()
            && attribute.len() < 30
            && attribute.bytes().all(|b| b.is_ascii_alphabetic());
        if known && attribute != "rel" && !attributes::is_allowed(name, &attribute) {
            add(removed, format!("@{attribute}"));
        }
    }
}

fn add(removed: &mut BTreeMap<String, usize>, name: String) {
    if removed.len() < MOST_NAMES || removed.contains_key(&name) {
        *removed.entry(name).or_default() += 1;
    }
}
