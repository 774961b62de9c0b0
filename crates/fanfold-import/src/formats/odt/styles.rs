//! Styles by name: the shared ones and those that the program made for single paragraphs and runs.

use crate::formats::epub::attribute;
use crate::formats::office::{Events, Style, walk};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// One style.
#[derive(Debug, Clone, Default)]
struct Own {
    parent: Option<String>,
    style: Style,
    align: Option<&'static str>,
    outline: Option<u8>,
}

/// All styles by name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Own>,
    open: Option<(String, Own)>,
}

impl Styles {
    /// From the style sheet and the content; later ones win.
    pub(super) fn parse(documents: &[&str]) -> Self {
        let mut styles = Self::default();
        for xml in documents {
            walk(xml, &mut styles);
        }
        styles
    }

    /// The emphasis of a style with all it is made from.
    pub(super) fn style(&self, name: &str) -> Style {
        self.line(name).fold(Style::default(), |all, (_, own)| all.and(own.style))
    }

    /// "center" or "right".
    pub(super) fn align(&self, name: &str) -> Option<&'static str> {
        self.line(name).find_map(|(_, own)| own.align)
    }

    /// The heading level of a paragraph style: 1 for a title, 2 for the first heading.
    pub(super) fn heading(&self, name: &str) -> Option<u8> {
        let named = |name: &str| {
            let plain = name.replace("_20_", " ").to_lowercase();
            if plain == "title" {
                return Some(1);
            }
            let level = plain.strip_prefix("heading")?.trim();
            level.parse::<u8>().ok().map(|level| level.saturating_add(1).clamp(2, 6))
        };
        let by_outline = |own: &Own| own.outline.map(|level| level.saturating_add(1).clamp(2, 6));
        let known = self.line(name).find_map(|(name, own)| named(name).or_else(|| by_outline(own)));
        known.or_else(|| named(name))
    }

    /// Whether paragraphs of this style are quotations.
    pub(super) fn is_quote(&self, name: &str) -> bool {
        name == "Quotations" || self.line(name).any(|(name, _)| name == "Quotations")
    }

    fn line<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Own)> {
        let mut next = Some(name);
        let known = std::iter::from_fn(move || {
            let name = next?;
            let (name, own) = self.by_name.get_key_value(name)?;
            next = own.parent.as_deref();
            Some((name.as_str(), own))
        });
        known.take(10)
    }
}

impl Events for Styles {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        if name == "style" {
            let own = Own {
                parent: attribute(tag, "parent-style-name"),
                outline: attribute(tag, "default-outline-level")
                    .and_then(|level| level.parse().ok()),
                ..Own::default()
            };
            self.open = attribute(tag, "name").map(|name| (name, own));
            return;
        }
        let Some((_, own)) = &mut self.open else { return };
        match name {
            "text-properties" => own.style = style_of(tag),
            "paragraph-properties" => {
                own.align = match attribute(tag, "text-align").as_deref() {
                    Some("center") => Some("center"),
                    Some("end" | "right") => Some("right"),
                    _ => None,
                };
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "style"
            && let Some((name, own)) = self.open.take()
        {
            self.by_name.insert(name, own);
        }
    }

    fn text(&mut self, _text: &str) {}
}

fn style_of(tag: &BytesStart<'_>) -> Style {
    let value = |name: &str| attribute(tag, name).unwrap_or_default();
    let lined = |name: &str| !matches!(value(name).as_str(), "" | "none");
    let position = value("text-position");
    let weight = value("font-weight");
    Style {
        bold: weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600),
        italic: matches!(value("font-style").as_str(), "italic" | "oblique"),
        underline: lined("text-underline-style"),
        strike: lined("text-line-through-style"),
        superscript: position.starts_with("super")
            || position.starts_with(|c: char| ('1'..='9').contains(&c)),
        subscript: position.starts_with("sub") || position.starts_with('-'),
    }
}
