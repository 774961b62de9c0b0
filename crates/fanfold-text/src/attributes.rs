//! Which attributes an element may carry and which values they may have. Source: AO3's sanitiser configuration;
//! values are checked too, so that what is stored can be written into an e-book as it stands.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Allowed on every element. No `style`, no `id`, no event handlers.
pub(crate) const GENERIC: &[&str] = &["align", "class", "dir", "lang", "title"];

/// Allowed on single elements.
pub(crate) const PER_ELEMENT: &[(&str, &[&str])] = &[
    ("a", &["href", "name"]),
    ("blockquote", &["cite"]),
    ("col", &["span", "width"]),
    ("colgroup", &["span", "width"]),
    ("hr", &["width"]),
    ("img", &["alt", "border", "height", "src", "width"]),
    ("ol", &["start", "type"]),
    ("q", &["cite"]),
    ("table", &["border", "summary", "width"]),
    ("td", &["abbr", "axis", "colspan", "height", "rowspan", "width"]),
    ("th", &["abbr", "axis", "colspan", "height", "rowspan", "scope", "width"]),
    ("ul", &["type"]),
];

/// What every link carries: no credit to the target, no window handle, no address of the page that was read.
pub(crate) const LINK_REL: &str = "nofollow noopener noreferrer";

/// The attribute table in the sanitiser's form.
pub(crate) fn per_element() -> HashMap<&'static str, HashSet<&'static str>> {
    PER_ELEMENT.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect()
}

/// True when the element may carry the attribute at all.
pub(crate) fn is_allowed(element: &str, attribute: &str) -> bool {
    GENERIC.contains(&attribute)
        || PER_ELEMENT
            .iter()
            .any(|(name, attributes)| *name == element && attributes.contains(&attribute))
}

/// The value to keep for an allowed attribute, or `None` to drop it.
pub(crate) fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match attribute {
        "class" => classes(value),
        "href" => Some(Cow::Borrowed(value)),
        "src" => image_source(value),
        "cite" => (!has_scheme(value, &["ftp", "mailto"])).then_some(Cow::Borrowed(value)),
        _ => word_value(element, attribute, value).then_some(Cow::Borrowed(value)),
    }
}

/// True when an attribute of canonical HTML is sure to pass the sanitiser unchanged.
pub(crate) fn is_plain_value(element: &str, attribute: &str, escaped: &str) -> bool {
    match attribute {
        "rel" => element == "a" && escaped == LINK_REL,
        "href" => element == "a" && is_plain_address(escaped),
        "class" => matches!(classes(escaped), Some(Cow::Borrowed(kept)) if kept == escaped),
        "title" => true,
        "align" | "dir" | "lang" => word_value(element, attribute, escaped),
        _ => false,
    }
}

/// Class names of a letter and at least one more letter, digit, `_` or `-`; others go one by one.
fn classes(value: &str) -> Option<Cow<'_, str>> {
    let good = |name: &&str| {
        let mut chars = name.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && name.len() > 1
            && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    let kept: Vec<&str> = value.split_whitespace().filter(good).collect();
    let joined = kept.join(" ");
    match joined.as_str() {
        "" => None,
        same if same == value => Some(Cow::Borrowed(value)),
        _ => Some(Cow::Owned(joined)),
    }
}

/// Pictures come over http or https only; a missing scheme means https.
fn image_source(value: &str) -> Option<Cow<'_, str>> {
    let trimmed = value.trim();
    if has_scheme(trimmed, &["http", "https"]) {
        return Some(Cow::Borrowed(value));
    }
    trimmed
        .strip_prefix("//")
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        .map(|rest| Cow::Owned(format!("https://{rest}")))
}

fn has_scheme(value: &str, schemes: &[&str]) -> bool {
    value
        .trim_start()
        .split_once(':')
        .is_some_and(|(scheme, _)| schemes.iter().any(|s| scheme.eq_ignore_ascii_case(s)))
}

/// Checks attributes whose values are words or numbers.
fn word_value(element: &str, attribute: &str, value: &str) -> bool {
    let word = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(value));
    match attribute {
        "align" => word(&["left", "right", "center", "justify", "top", "middle", "bottom"]),
        "dir" => word(&["ltr", "rtl", "auto"]),
        "lang" => is_language(value),
        "type" if element == "ol" => matches!(value, "1" | "a" | "A" | "i" | "I"),
        "type" => word(&["disc", "circle", "square"]),
        "scope" => word(&["row", "col", "rowgroup", "colgroup"]),
        "name" => {
            value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        }
        "start" => is_number(value.strip_prefix('-').unwrap_or(value), 6),
        "width" | "height" => is_number(value.strip_suffix(['%', '*']).unwrap_or(value), 5),
        "border" | "colspan" | "rowspan" | "span" => is_number(value, 4),
        _ => true,
    }
}

fn is_number(value: &str, most_digits: usize) -> bool {
    (1..=most_digits).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    parts
        .next()
        .is_some_and(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// An ordinary web address: what every URL parser reads in the same way. Odd ones take the slow way.
fn is_plain_address(value: &str) -> bool {
    if let Some(fragment) = value.strip_prefix('#') {
        return fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    }
    let Some(rest) = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"))
    else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let labels: Vec<&str> = host.split('.').collect();
    let last_is_word = labels.last().is_some_and(|l| l.bytes().all(|b| b.is_ascii_lowercase()));
    labels.len() > 1
        && last_is_word
        && labels.iter().all(|l| is_plain_host_label(l))
        && path.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
}

fn is_plain_host_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.contains("--")
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
