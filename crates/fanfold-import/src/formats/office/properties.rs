//! What a document says about itself beside its text. Programs fill it in unasked, so it counts for little: a title
//! only where the text has none, a language. The author is often the owner of the computer, and private: it is not
//! read.

use super::xml::{Events, walk};
use crate::seen::field;
use fanfold_model::{Extracted, FieldKind};
use quick_xml::events::BytesStart;

const RULE: &str = "file-properties";

/// The properties that are read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Properties {
    title: String,
    language: String,
    open: Option<&'static str>,
}

impl Properties {
    /// From `docProps/core.xml` or `meta.xml`: both use Dublin Core.
    pub(crate) fn parse(xml: &str) -> Self {
        let mut properties = Self::default();
        walk(xml, &mut properties);
        properties
    }

    /// Properties that were read elsewhere.
    pub(crate) fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }
}

impl Events for Properties {
    fn start(&mut self, name: &str, _tag: &BytesStart<'_>) {
        self.open = match name {
            "title" => Some("title"),
            "language" => Some("language"),
            _ => None,
        };
    }

    fn end(&mut self, _name: &str) {
        self.open = None;
    }

    fn text(&mut self, text: &str) {
        match self.open {
            Some("title") => self.title.push_str(text),
            Some(_) => self.language.push_str(text),
            None => {}
        }
    }
}

/// Adds them where the text itself says nothing.
pub(crate) fn add_weak(properties: &Properties, extracted: &mut Extracted) {
    let candidates = [
        (FieldKind::Title, "dc:title", properties.title.trim(), 0.3),
        (FieldKind::Language, "dc:language", properties.language.trim(), 0.4),
    ];
    for (kind, label, value, confidence) in candidates {
        let is_known = extracted.fields_of(kind).next().is_some();
        if !is_known && !value.is_empty() && !is_generic(value) {
            extracted.fields.push(field(kind, label, value, RULE, confidence));
        }
    }
}

/// Titles that programs give: file names and the names of empty documents.
fn is_generic(value: &str) -> bool {
    let lower = value.to_lowercase();
    let ends = [".doc", ".docx", ".odt", ".rtf", ".pdf", ".htm", ".html", ".txt"];
    let starts = ["microsoft word", "untitled", "document", "unbenannt", "normal", "template"];
    ends.iter().any(|end| lower.ends_with(end)) || starts.iter().any(|own| lower.starts_with(own))
}
