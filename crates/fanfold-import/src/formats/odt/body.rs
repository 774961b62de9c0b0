//! The text itself: `office:text` of `content.xml`.

use super::styles::Styles;
use crate::formats::epub::attribute;
use crate::formats::office::{Events, Shape, Style, Writer, Written, walk};
use fanfold_model::{Finding, FindingCode};
use quick_xml::events::BytesStart;

/// Blanks that one element may stand for.
const MOST_BLANKS: usize = 80;

/// Spans inside one another that are remembered; deeper ones keep the outer emphasis.
const MOST_SPANS: usize = 64;

/// Reads the document.
pub(super) fn read(xml: &str, styles: &Styles) -> Written {
    let mut reader = Reader::new(styles);
    let whole = walk(xml, &mut reader);
    let mut findings = Vec::new();
    let told = [
        (!whole, FindingCode::TRUNCATED, "The document breaks off; it was read as far as it goes."),
        (
            reader.deleted,
            FindingCode::MARKUP_REMOVED,
            "Text that tracked changes delete was left out.",
        ),
        (reader.commented, FindingCode::MARKUP_REMOVED, "Comments in the margin were left out."),
    ];
    for (_, code, what) in told.into_iter().filter(|(is_so, _, _)| *is_so) {
        findings.push(Finding::new(code, what));
    }
    Written { html: reader.writer.finish(), findings }
}

/// Listens to the document.
struct Reader<'a> {
    styles: &'a Styles,
    writer: Writer,
    /// The writer of the text while a footnote is written.
    around: Option<Box<(Writer, Paragraph)>>,
    paragraph: Paragraph,
    spans: Vec<Style>,
    deep_spans: usize,
    in_body: bool,
    in_paragraph: bool,
    lists: usize,
    tables: usize,
    skipped: usize,
    deleted: bool,
    commented: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Paragraph {
    shape: Shape,
    align: Option<&'static str>,
    style: Style,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            writer: Writer::default(),
            around: None,
            paragraph: Paragraph::default(),
            spans: Vec::new(),
            deep_spans: 0,
            in_body: false,
            in_paragraph: false,
            lists: 0,
            tables: 0,
            skipped: 0,
            deleted: false,
            commented: false,
        }
    }

    fn style(&self) -> Style {
        self.spans.last().copied().unwrap_or(self.paragraph.style)
    }

    fn begin(&mut self, name: &str, tag: &BytesStart<'_>) {
        self.end_paragraph();
        self.in_paragraph = true;
        let style = attribute(tag, "style-name").unwrap_or_default();
        let outline = attribute(tag, "outline-level").and_then(|level| level.parse::<u8>().ok());
        let level = match (name, self.styles.heading(&style)) {
            (_, Some(level)) => Some(level),
            ("h", None) => Some(outline.unwrap_or(1).saturating_add(1).clamp(2, 6)),
            _ => None,
        };
        self.paragraph.align = self.styles.align(&style);
        self.paragraph.shape = match level {
            Some(level) => Shape::Heading(level),
            None if self.tables > 0 => Shape::Text,
            None if self.lists > 0 => Shape::Item,
            None if self.styles.is_quote(&style) => Shape::Quote,
            None => Shape::Text,
        };
        if level.is_none() {
            self.paragraph.style = self.styles.style(&style);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.in_paragraph = false;
        self.spans.clear();
        self.deep_spans = 0;
        self.writer.end(paragraph.shape, paragraph.align);
    }

    fn open_span(&mut self, tag: &BytesStart<'_>) {
        if self.spans.len() >= MOST_SPANS {
            self.deep_spans += 1;
            return;
        }
        let name = attribute(tag, "style-name").unwrap_or_default();
        let style = self.style().and(self.styles.style(&name));
        self.spans.push(style);
    }

    fn close_span(&mut self) {
        if self.deep_spans > 0 {
            self.deep_spans -= 1;
        } else {
            self.spans.pop();
        }
    }

    /// A footnote stands in the middle of its paragraph: the paragraph waits.
    fn open_note(&mut self) {
        if self.around.is_none() {
            let writer = std::mem::take(&mut self.writer);
            self.around = Some(Box::new((writer, std::mem::take(&mut self.paragraph))));
        }
    }

    fn close_note(&mut self) {
        if let Some(around) = self.around.take() {
            self.end_paragraph();
            let (writer, paragraph) = *around;
            let note = std::mem::replace(&mut self.writer, writer);
            self.paragraph = paragraph;
            self.in_paragraph = true;
            self.writer.note(note.finish());
        }
    }

    fn inside(&mut self, name: &str, tag: &BytesStart<'_>) {
        let style = self.style();
        match name {
            "span" => self.open_span(tag),
            "tab" => self.writer.text("\t", style),
            "line-break" => self.writer.line_break(),
            "s" => {
                let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.writer.text(&" ".repeat(MOST_BLANKS.min(count)), style);
            }
            "note-body" => self.open_note(),
            _ => {}
        }
    }
}

impl Events for Reader<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        // `office:text`, and no other element of that name, begins the body.
        if self.skipped > 0 || (self.in_body && is_skipped(name)) {
            self.skipped += 1;
            self.deleted |= name == "deletion";
            self.commented |= name == "annotation";
            return;
        }
        match name {
            "body" => self.in_body = true,
            _ if !self.in_body => {}
            "p" | "h" => self.begin(name, tag),
            "list" => self.lists += 1,
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.writer.between("<table>");
                }
            }
            "table-row" if self.tables == 1 => self.writer.between("<tr>"),
            "table-cell" if self.tables == 1 => self.writer.between("<td>"),
            _ => self.inside(name, tag),
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "body" => self.in_body = false,
            _ if !self.in_body => {}
            "p" | "h" => self.end_paragraph(),
            "span" => self.close_span(),
            "list" => self.lists = self.lists.saturating_sub(1),
            "note-body" => self.close_note(),
            "table" => {
                if self.tables == 1 {
                    self.writer.between("</table>");
                }
                self.tables = self.tables.saturating_sub(1);
            }
            "table-row" if self.tables == 1 => self.writer.between("</tr>"),
            "table-cell" if self.tables == 1 => self.writer.between("</td>"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_body && self.in_paragraph && self.skipped == 0 {
            let style = self.style();
            self.writer.text(&text.replace('\n', " "), style);
        }
    }
}

/// Comments, deleted text, frames, the list of contents, the number of a note.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "deletion"
            | "annotation"
            | "table-of-content"
            | "frame"
            | "note-citation"
            | "ruby-text"
            | "script"
            | "forms"
            | "sequence-decls"
    )
}
