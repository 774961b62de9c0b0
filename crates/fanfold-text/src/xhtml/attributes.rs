//! Attributes as XHTML has them: presentation becomes a style, names become ids, addresses are made valid.

use super::{Xhtml, address, push_xml_text};
use crate::attributes::LINK_REL;
use crate::escape::push_attribute;
use crate::tokens::{attribute, attributes};

impl Xhtml<'_> {
    /// Writes the attributes of an element that stands for `source`.
    pub(super) fn write_attributes(
        &mut self,
        out: &mut String,
        element: &str,
        attrs: &str,
        style: &str,
    ) {
        let mut styles: Vec<String> = Vec::new();
        if !style.is_empty() {
            styles.push(style.to_owned());
        }
        for (name, value) in attributes(attrs) {
            match name {
                "align" => styles.extend(alignment(element, value).map(str::to_owned)),
                "lang" if is_language(value) => {
                    push(out, "lang", value);
                    push(out, "xml:lang", value);
                }
                "dir" => push(out, "dir", &value.to_ascii_lowercase()),
                "title" | "class" => push(out, name, value),
                "href" => self.link(out, attrs),
                "name" => self.id(out, attrs),
                "cite" => cited(out, attrs),
                _ if is_kept(element, name, value) => push(out, name, &value.to_ascii_lowercase()),
                "type" | "start" if element == "ol" => push(out, name, value),
                "abbr" if element == "th" => push(out, name, value),
                _ => {}
            }
        }
        if !styles.is_empty() {
            push(out, "style", &styles.join("; "));
        }
    }

    /// A link to the web, or to a target in this piece.
    fn link(&mut self, out: &mut String, attrs: &str) {
        let Some(href) = attribute(attrs, "href") else {
            return;
        };
        let inside =
            href.strip_prefix('#').filter(|name| self.survey.names.iter().any(|n| n == name));
        let target = match inside {
            Some(name) => Some(format!("#{}{name}", self.prefix)),
            None => address::external(&href),
        };
        if let Some(url) = target {
            out.push_str(" href=\"");
            push_attribute(out, &url);
            out.push('"');
            // Only a link has a `rel`; a mere target has none.
            push(out, "rel", LINK_REL);
        }
    }

    fn id(&mut self, out: &mut String, attrs: &str) {
        let Some(name) = attribute(attrs, "name").filter(|n| !self.used_ids.contains(n)) else {
            return;
        };
        push(out, "id", &format!("{}{name}", self.prefix));
        self.used_ids.push(name);
    }
}

fn push(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_xml_text(out, value);
    out.push('"');
}

fn cited(out: &mut String, attrs: &str) {
    if let Some(url) = attribute(attrs, "cite").and_then(|c| address::external(&c)) {
        out.push_str(" cite=\"");
        push_attribute(out, &url);
        out.push('"');
    }
}

fn alignment(element: &str, value: &str) -> Option<&'static str> {
    let value = value.to_ascii_lowercase();
    match (element, value.as_str()) {
        ("table" | "hr", "center") => Some("margin-left: auto; margin-right: auto"),
        ("table" | "hr" | "caption" | "col" | "colgroup", _) => None,
        (_, "left") => Some("text-align: left"),
        (_, "right") => Some("text-align: right"),
        (_, "center" | "middle") => Some("text-align: center"),
        (_, "justify") => Some("text-align: justify"),
        _ => None,
    }
}

/// Attributes that keep name and value.
fn is_kept(element: &str, name: &str, value: &str) -> bool {
    let number: Option<u32> = value.parse().ok();
    match (element, name) {
        ("td" | "th", "colspan") | ("col" | "colgroup", "span") => {
            number.is_some_and(|n| (1..=1000).contains(&n))
        }
        ("td" | "th", "rowspan") => number.is_some_and(|n| (1..=1000).contains(&n)),
        ("th", "scope") => true,
        _ => false,
    }
}

/// A language with a script or a region at most: what every validator takes.
fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    let language = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
    let region = |s: &str| {
        s.len() == 2 && letters(s) || s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit())
    };
    let script = |s: &str| s.len() == 4 && letters(s);
    (2..=3).contains(&language.len())
        && letters(language)
        && match rest.as_slice() {
            [] => true,
            [one] => region(one) || script(one),
            [first, second] => script(first) && region(second),
            _ => false,
        }
}
