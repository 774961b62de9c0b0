//! The text: sections as pages of HTML, one for each chapter.

use super::notes::{Notes, is_notes};
use crate::formats::epub::attribute;
use crate::formats::office::{Events, Shape, Style, Writer};
use quick_xml::events::BytesStart;

/// Chapters that are parted; what follows stays in the last one.
const MOST_PARTS: usize = 5_000;

/// Bytes of notes in all chapters; one note that is called a million times would fill the memory.
const MOST_NOTE_BYTES: usize = 8 << 20;

/// Listens to the document.
pub(super) struct Reader<'a> {
    notes: &'a Notes,
    parts: Vec<String>,
    writer: Writer,
    written: bool,
    style: Style,
    in_body: bool,
    in_title: bool,
    in_quote: usize,
    skipped: usize,
    sections: usize,
    /// A section has begun, and nothing in it yet.
    fresh: bool,
    /// Titles of groups of sections that no text followed.
    waiting: Vec<String>,
    title: String,
    /// Text of the body before its first section: an epigraph, a dedication.
    opening: String,
    begun: bool,
    note_bytes: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(notes: &'a Notes) -> Self {
        Self {
            notes,
            parts: Vec::new(),
            writer: Writer::default(),
            written: false,
            style: Style::default(),
            in_body: false,
            in_title: false,
            in_quote: 0,
            skipped: 0,
            sections: 0,
            fresh: false,
            waiting: Vec::new(),
            title: String::new(),
            opening: String::new(),
            begun: false,
            note_bytes: 0,
        }
    }

    /// For a piece that lies inside the body already.
    pub(super) fn inside(notes: &'a Notes) -> Self {
        Self { in_body: true, ..Self::new(notes) }
    }

    /// The chapters' pages.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.head();
        self.flush();
        if !self.opening.is_empty() {
            self.parts.push(self.opening);
        }
        self.parts
    }

    fn flush(&mut self) {
        self.written = false;
        let html = std::mem::take(&mut self.writer).finish();
        if html.is_empty() {
            return;
        }
        if !self.begun {
            return self.opening.push_str(&html);
        }
        let html = with_opening(html, &std::mem::take(&mut self.opening));
        let is_full = self.parts.len() >= MOST_PARTS;
        match self.parts.last_mut().filter(|_| is_full) {
            Some(last) => last.push_str(&html),
            None => self.parts.push(html),
        }
    }

    /// Writes the titles that wait: the last is the chapter's, those before it are of the groups around.
    fn head(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        if let Some(title) = waiting.pop() {
            self.writer.text(&title, Style::default());
            self.writer.end(Shape::Heading(2), None);
            let bold = Style { bold: true, ..Style::default() };
            for group in waiting {
                self.writer.text(&group, bold);
                self.writer.end(Shape::Text, None);
            }
        }
    }

    /// Before anything that is text.
    fn content(&mut self) {
        if std::mem::take(&mut self.fresh) {
            if !self.waiting.is_empty() || self.sections <= 1 {
                self.flush();
            } else if self.written {
                self.writer.between("<hr>");
            }
        }
        self.head();
        self.written = true;
    }

    fn end_title(&mut self) {
        self.in_title = false;
        let title = std::mem::take(&mut self.title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        // The title of the body itself is the work's.
        if !title.is_empty() && self.sections > 0 {
            if self.waiting.len() < 16 {
                self.waiting.push(title);
            }
            self.fresh = true;
        }
    }

    fn emphasis(&mut self, name: &str, is_on: bool) {
        match name {
            "emphasis" => self.style.italic = is_on,
            "strong" => self.style.bold = is_on,
            "strikethrough" => self.style.strike = is_on,
            "sup" => self.style.superscript = is_on,
            "sub" => self.style.subscript = is_on,
            _ => {}
        }
    }

    fn end_paragraph(&mut self, name: &str) {
        let (shape, align) = match name {
            // Mostly a scene break, else a caption inside the chapter.
            "subtitle" => (Shape::Text, Some("center")),
            "text-author" => (Shape::Text, Some("right")),
            _ if self.in_quote > 0 => (Shape::Quote, None),
            _ => (Shape::Text, None),
        };
        self.writer.end(shape, align);
    }

    fn reference(&mut self, tag: &BytesStart<'_>) {
        let href = attribute(tag, "href").unwrap_or_default();
        let note = href.strip_prefix('#').and_then(|id| self.notes.get(id));
        if let Some(html) = note.filter(|html| html.len() + self.note_bytes <= MOST_NOTE_BYTES) {
            self.note_bytes += html.len();
            self.writer.note(html.clone());
            self.skipped = 1;
        }
    }
}

impl Events for Reader<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        match name {
            "body" => self.in_body = !is_notes(tag),
            _ if !self.in_body => {}
            "section" => {
                if !self.begun {
                    self.flush();
                    self.begun = true;
                }
                self.sections += 1;
                self.fresh = true;
            }
            "title" => self.in_title = true,
            _ if self.in_title => {}
            "v" => self.content(),
            "p" | "subtitle" | "text-author" | "td" | "th" => {
                self.content();
                self.end_paragraph("p");
            }
            "empty-line" if self.written => self.writer.between(""),
            "cite" | "epigraph" => self.in_quote += 1,
            "a" => self.reference(tag),
            _ => self.emphasis(name, true),
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            _ if !self.in_body => {}
            "body" => self.in_body = false,
            "section" => self.sections = self.sections.saturating_sub(1),
            "title" => self.end_title(),
            "p" | "v" if self.in_title => self.title.push(' '),
            // Verse is lines of one paragraph.
            "v" => self.writer.line_break(),
            "stanza" => self.end_paragraph("p"),
            "p" | "subtitle" | "text-author" | "td" | "th" => self.end_paragraph(name),
            "cite" | "epigraph" => self.in_quote = self.in_quote.saturating_sub(1),
            _ => self.emphasis(name, false),
        }
    }

    fn text(&mut self, text: &str) {
        if !self.in_body || self.skipped > 0 {
            return;
        }
        if self.in_title {
            self.title.push_str(text);
        } else if self.written && (self.writer.has_line() || !text.trim().is_empty()) {
            self.writer.text(&text.replace('\n', " "), self.style);
        }
    }
}

/// A chapter with the text that stands before the first section: below its heading.
fn with_opening(html: String, opening: &str) -> String {
    let Some((heading, rest)) = html.split_once("</h2>").filter(|_| !opening.is_empty()) else {
        return format!("{opening}{html}");
    };
    format!("{heading}</h2>\n{opening}{rest}")
}
