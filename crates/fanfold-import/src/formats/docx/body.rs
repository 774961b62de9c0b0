//! The text itself: paragraphs and runs of `word/document.xml`.

use super::notes::Notes;
use super::styles::{Styles, set};
use crate::formats::epub::attribute;
use crate::formats::office::{Events, Shape, Style, Writer, Written, walk};
use fanfold_model::{Finding, FindingCode};
use quick_xml::events::BytesStart;

/// Reads the document.
pub(super) fn read(xml: &str, styles: &Styles, notes: &Notes) -> Written {
    let mut reader = Reader::new(styles, notes);
    let whole = walk(xml, &mut reader);
    let mut written = reader.finish();
    if !whole {
        let what = "The document breaks off; it was read as far as it goes.";
        written.findings.push(Finding::new(FindingCode::TRUNCATED, what));
    }
    written
}

/// A paragraph's own settings.
#[derive(Debug, Default)]
struct Paragraph {
    shape: Shape,
    align: Option<&'static str>,
    style: Style,
    is_contents: bool,
}

/// Listens to the document.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    notes: &'a Notes,
    writer: Writer,
    paragraph: Paragraph,
    run: Style,
    /// The element whose properties are being read: "pPr", "rPr" or none.
    properties: Option<&'static str>,
    in_text: bool,
    /// How deep inside an element that is not read.
    skipped: usize,
    tables: usize,
    deleted: bool,
    commented: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(styles: &'a Styles, notes: &'a Notes) -> Self {
        Self {
            styles,
            notes,
            writer: Writer::default(),
            paragraph: Paragraph::default(),
            run: Style::default(),
            properties: None,
            in_text: false,
            skipped: 0,
            tables: 0,
            deleted: false,
            commented: false,
        }
    }

    pub(super) fn finish(self) -> Written {
        let mut findings = Vec::new();
        let told = [
            (self.deleted, "Text that tracked changes delete was left out."),
            (self.commented, "Comments in the margin were left out."),
        ];
        for (_, what) in told.into_iter().filter(|(is_so, _)| *is_so) {
            findings.push(Finding::new(FindingCode::MARKUP_REMOVED, what));
        }
        Written { html: self.writer.finish(), findings }
    }

    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val").unwrap_or_default();
        match (self.properties, name) {
            (Some("pPr"), "pStyle") => self.paragraph_style(&value()),
            (Some("pPr"), "jc") => {
                self.paragraph.align = match value().as_str() {
                    "center" => Some("center"),
                    "right" | "end" => Some("right"),
                    _ => None,
                };
            }
            (Some("pPr"), "numPr") if self.paragraph.shape == Shape::Text => {
                self.paragraph.shape = Shape::Item;
            }
            (Some("pPr"), "outlineLvl") => {
                if let Some(level) = value().parse::<u8>().ok().filter(|level| *level < 9) {
                    self.paragraph.shape = Shape::Heading(level + 2);
                }
            }
            (Some("rPr"), "rStyle") => self.run = self.run.and(self.styles.style(&value())),
            (Some("rPr"), name) => set(&mut self.run, name, tag),
            _ => {}
        }
    }

    fn paragraph_style(&mut self, id: &str) {
        self.paragraph.is_contents = self.styles.is_contents(id);
        if let Some(level) = self.styles.heading(id) {
            self.paragraph.shape = Shape::Heading(level);
            return;
        }
        if self.styles.is_list(id) {
            self.paragraph.shape = Shape::Item;
        } else if self.styles.is_quote(id) {
            self.paragraph.shape = Shape::Quote;
        }
        self.paragraph.style = self.styles.style(id);
    }

    fn write(&mut self, text: &str) {
        if !self.paragraph.is_contents {
            self.writer.text(text, self.run);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let shape = if self.tables > 0 { Shape::Text } else { paragraph.shape };
        self.writer.end(shape, paragraph.align);
    }

    fn reference(&mut self, name: &str, tag: &BytesStart<'_>) {
        let kind = name.trim_end_matches("Reference").to_owned();
        let id = attribute(tag, "id").unwrap_or_default();
        if let Some(html) = self.notes.get(&(kind, id)) {
            self.writer.note(html.clone());
        }
    }
}

impl Events for Reader<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        if self.skipped > 0 || is_skipped(name) {
            self.skipped += 1;
            self.deleted |= matches!(name, "del" | "moveFrom");
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.properties = Some("pPr"),
            "rPr" if self.properties.is_none() => self.properties = Some("rPr"),
            "r" => self.run = self.paragraph.style,
            "t" => self.in_text = true,
            "tab" if self.properties.is_none() => self.write("\t"),
            "cr" => self.writer.line_break(),
            "br" if attribute(tag, "type").is_none() => self.writer.line_break(),
            "noBreakHyphen" => self.write("\u{2011}"),
            "footnoteReference" | "endnoteReference" => self.reference(name, tag),
            "commentReference" => self.commented = true,
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.writer.between("<table>");
                }
            }
            "tr" if self.tables == 1 => self.writer.between("<tr>"),
            "tc" if self.tables == 1 => self.writer.between("<td>"),
            _ => self.property(name, tag),
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.properties = None,
            "rPr" if self.properties == Some("rPr") => self.properties = None,
            "t" => self.in_text = false,
            "tbl" => {
                if self.tables == 1 {
                    self.writer.between("</table>");
                }
                self.tables = self.tables.saturating_sub(1);
            }
            "tr" if self.tables == 1 => self.writer.between("</tr>"),
            "tc" if self.tables == 1 => self.writer.between("</td>"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipped == 0 {
            self.write(text);
        }
    }
}

/// Deleted text, drawings with their text boxes, the second form of what newer programs wrote in a first one.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "Fallback"
            | "drawing"
            | "pict"
            | "object"
            | "rPrChange"
            | "pPrChange"
            | "sectPr"
    )
}
