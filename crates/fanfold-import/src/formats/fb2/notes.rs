//! Notes: a body of their own behind the text, each a section with an id.

use super::body;
use crate::formats::epub::attribute;
use crate::formats::office::{Events, walk};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Notes as HTML by their ids.
pub(super) type Notes = HashMap<String, String>;

/// All notes of a document.
pub(super) fn read(xml: &str) -> Notes {
    let none = Notes::new();
    let mut reader =
        Reader { none: &none, in_notes: false, open: None, in_title: false, notes: Notes::new() };
    walk(xml, &mut reader);
    reader.notes
}

/// Whether a body holds notes and no story.
pub(super) fn is_notes(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "name").is_some_and(|name| {
        matches!(name.to_lowercase().as_str(), "notes" | "comments" | "footnotes")
    })
}

struct Reader<'a> {
    none: &'a Notes,
    in_notes: bool,
    open: Option<(String, body::Reader<'a>)>,
    in_title: bool,
    notes: Notes,
}

impl Events for Reader<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "body" => self.in_notes = is_notes(tag),
            "section" if self.in_notes => {
                self.open = attribute(tag, "id").map(|id| (id, body::Reader::inside(self.none)));
            }
            // A note's title is its number.
            "title" => self.in_title = true,
            _ => {
                if let Some((_, reader)) = self.open.as_mut().filter(|_| !self.in_title) {
                    reader.start(name, tag);
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "title" => self.in_title = false,
            "section" => {
                if let Some((id, reader)) = self.open.take() {
                    self.notes.insert(id, reader.finish().concat());
                }
            }
            _ => {
                if let Some((_, reader)) = self.open.as_mut().filter(|_| !self.in_title) {
                    reader.end(name);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, reader)) = self.open.as_mut().filter(|_| !self.in_title) {
            reader.text(text);
        }
    }
}
