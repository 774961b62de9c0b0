//! Footnotes and endnotes: a document of their own beside the text.

use super::body;
use super::styles::Styles;
use crate::formats::epub::attribute;
use crate::formats::office::{Events, walk};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Notes as HTML by the kind of note and its id.
pub(super) type Notes = HashMap<(String, String), String>;

/// All notes of one kind ("footnote", "endnote").
pub(super) fn parse(xml: &str, kind: &'static str, styles: &Styles) -> Notes {
    let none = Notes::new();
    let mut reader = Reader { kind, styles, none: &none, open: None, notes: Notes::new() };
    walk(xml, &mut reader);
    reader.notes
}

struct Reader<'a> {
    kind: &'static str,
    styles: &'a Styles,
    none: &'a Notes,
    open: Option<(String, body::Reader<'a>)>,
    notes: Notes,
}

impl Events for Reader<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        if name == self.kind {
            // Separators between text and notes are typed; notes are not.
            let id = attribute(tag, "id").filter(|_| attribute(tag, "type").is_none());
            self.open = id.map(|id| (id, body::Reader::new(self.styles, self.none)));
        } else if let Some((_, reader)) = &mut self.open {
            reader.start(name, tag);
        }
    }

    fn end(&mut self, name: &str) {
        if name != self.kind {
            if let Some((_, reader)) = &mut self.open {
                reader.end(name);
            }
        } else if let Some((id, reader)) = self.open.take() {
            self.notes.insert((self.kind.to_owned(), id), reader.finish().html);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, reader)) = &mut self.open {
            reader.text(text);
        }
    }
}
