//! The style sheet: which styles are headings, and what they emphasise. Style names are English in the file whatever
//! the program's language; the ids are not.

use crate::formats::epub::attribute;
use crate::formats::office::{Events, Style, walk};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// One style.
#[derive(Debug, Clone, Default)]
struct Own {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    style: Style,
}

/// All styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Own>,
    open: Option<(String, Own)>,
}

impl Styles {
    pub(super) fn parse(xml: &str) -> Self {
        let mut styles = Self::default();
        walk(xml, &mut styles);
        styles
    }

    /// The heading level of a paragraph style: 1 for a title, 2 for the first heading, and so on.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        self.line(id).find_map(|(name, own)| {
            let name = name.to_lowercase();
            let numbered = name.strip_prefix("heading").map(str::trim);
            match numbered.and_then(|level| level.parse::<u8>().ok()) {
                Some(level) => Some(level.saturating_add(1).min(6)),
                None if name == "title" => Some(1),
                None => own?.outline.map(|level| level.saturating_add(2).min(6)),
            }
        })
    }

    /// Whether paragraphs of this style belong to a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        let is_listed = |name: &str| {
            name.to_lowercase().strip_prefix("toc").is_some_and(|rest| {
                rest.trim().chars().all(|c| c.is_ascii_digit()) || rest.trim() == "heading"
            })
        };
        self.line(id).any(|(name, _)| is_listed(name))
    }

    /// Whether paragraphs of this style are quotations.
    pub(super) fn is_quote(&self, id: &str) -> bool {
        self.line(id).any(|(name, _)| {
            matches!(name.to_lowercase().as_str(), "quote" | "intense quote" | "block text")
        })
    }

    /// Whether paragraphs of this style are items of a list.
    pub(super) fn is_list(&self, id: &str) -> bool {
        self.line(id).any(|(name, _)| {
            let name = name.to_lowercase();
            name.starts_with("list bullet") || name.starts_with("list number")
        })
    }

    /// The emphasis of a style.
    pub(super) fn style(&self, id: &str) -> Style {
        self.line(id)
            .filter_map(|(_, own)| own)
            .fold(Style::default(), |all, own| all.and(own.style))
    }

    /// A style and those it is based on. Without a style sheet the id is the name.
    fn line<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a str, Option<&'a Own>)> {
        let lost = (!self.by_id.contains_key(id)).then_some((id, None));
        let mut next = Some(id);
        let known = std::iter::from_fn(move || {
            let own = self.by_id.get(next?)?;
            next = own.based_on.as_deref();
            Some((own.name.as_str(), Some(own)))
        });
        lost.into_iter().chain(known.take(10))
    }
}

impl Events for Styles {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        if name == "style" {
            self.open = attribute(tag, "styleId").map(|id| (id, Own::default()));
            return;
        }
        let Some((_, own)) = &mut self.open else { return };
        match name {
            "name" => own.name = attribute(tag, "val").unwrap_or_default(),
            "basedOn" => own.based_on = attribute(tag, "val"),
            "outlineLvl" => {
                own.outline = attribute(tag, "val").and_then(|own| own.parse().ok());
                own.outline = own.outline.filter(|level| *level < 9);
            }
            _ => set(&mut own.style, name, tag),
        }
    }

    fn end(&mut self, name: &str) {
        if name == "style"
            && let Some((id, own)) = self.open.take()
        {
            self.by_id.insert(id, own);
        }
    }

    fn text(&mut self, _text: &str) {}
}

/// Takes a run property into a style.
pub(super) fn set(style: &mut Style, name: &str, tag: &BytesStart<'_>) {
    let value = attribute(tag, "val");
    let is_on = !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"));
    match name {
        "b" => style.bold = is_on,
        "i" => style.italic = is_on,
        "u" => style.underline = is_on,
        "strike" | "dstrike" => style.strike = is_on,
        "vertAlign" => {
            style.superscript = value.as_deref() == Some("superscript");
            style.subscript = value.as_deref() == Some("subscript");
        }
        _ => {}
    }
}
