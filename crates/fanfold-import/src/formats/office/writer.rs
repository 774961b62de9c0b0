//! Paragraphs as HTML: runs with their emphasis, headings, lists, footnotes at the end of their chapter.

use super::style::Style;
use fanfold_text::sanitize::escape_text;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// Prose.
    #[default]
    Text,
    /// A heading, 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A quotation, letter or verse that is set apart.
    Quote,
}

/// Bytes of notes in one document; one note that is called a million times would fill the memory.
const MOST_NOTE_BYTES: usize = 8 << 20;

/// Writes a document from its beginning to its end.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    html: String,
    line: String,
    open: Style,
    in_list: bool,
    notes: Vec<String>,
    numbered: usize,
    note_bytes: usize,
}

impl Writer {
    /// Text of the paragraph that is being written.
    pub(crate) fn text(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        if style != self.open {
            self.close();
            self.open = style;
            style.elements().for_each(|name| self.line.push_str(&format!("<{name}>")));
        }
        self.line.push_str(escape_text(text).as_str());
    }

    /// A new line in the same paragraph.
    pub(crate) fn line_break(&mut self) {
        self.line.push_str("<br>");
    }

    /// Markup that was made elsewhere, inside the paragraph.
    pub(crate) fn markup(&mut self, html: &str) {
        self.close();
        self.line.push_str(html);
    }

    /// Markup between paragraphs: the parts of a table, a rule.
    pub(crate) fn between(&mut self, html: &str) {
        self.end(Shape::Text, None);
        self.leave_list();
        self.html.push_str(html);
    }

    /// A footnote at this place; its text comes at the end of the chapter.
    pub(crate) fn note(&mut self, html: String) {
        self.numbered += 1;
        self.markup(&format!("<sup>[{}]</sup>", self.numbered));
        self.note_bytes = self.note_bytes.saturating_add(html.len());
        if self.note_bytes > MOST_NOTE_BYTES {
            return;
        }
        self.notes.push(format!("<p><sup>[{}]</sup> {}</p>", self.numbered, inline(&html)));
    }

    /// Whether something stands in the paragraph.
    pub(crate) fn has_line(&self) -> bool {
        !self.line.trim().is_empty()
    }

    /// The end of a paragraph. One without any text is dropped.
    pub(crate) fn end(&mut self, shape: Shape, align: Option<&str>) {
        self.close();
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches(|c: char| c.is_ascii_whitespace());
        if line.is_empty() {
            return;
        }
        if shape == Shape::Item && !self.in_list {
            self.html.push_str("<ul>");
            self.in_list = true;
        } else if shape != Shape::Item {
            self.leave_list();
        }
        let align = align.map(|align| format!(" align=\"{align}\"")).unwrap_or_default();
        match shape {
            Shape::Heading(level) => {
                self.write_notes();
                let level = level.clamp(1, 6);
                self.html.push_str(&format!("<h{level}>{line}</h{level}>\n"));
            }
            Shape::Item => self.html.push_str(&format!("<li>{line}</li>\n")),
            Shape::Quote => {
                self.html.push_str(&format!("<blockquote><p{align}>{line}</p></blockquote>\n"));
            }
            Shape::Text => self.html.push_str(&format!("<p{align}>{line}</p>\n")),
        }
    }

    /// The whole document.
    pub(crate) fn finish(mut self) -> String {
        self.end(Shape::Text, None);
        self.leave_list();
        self.write_notes();
        self.html
    }

    fn write_notes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            self.html.push_str("<hr>");
            self.html.push_str(&notes.concat());
        }
    }

    fn leave_list(&mut self) {
        if std::mem::take(&mut self.in_list) {
            self.html.push_str("</ul>\n");
        }
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        open.elements().rev().for_each(|name| self.line.push_str(&format!("</{name}>")));
    }
}

/// Paragraphs of a note as lines of one.
fn inline(html: &str) -> String {
    let joined = html.replace("</p>\n<p>", "<br>");
    joined.replace("<p>", "").replace("</p>", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_emphasis_are_one_element_and_notes_come_before_the_next_heading() {
        let mut writer = Writer::default();
        let italic = Style { italic: true, ..Style::default() };
        writer.text("Run", Style::default());
        writer.text(", ", italic);
        writer.text("Alice & run", italic);
        writer.note("<p>She did.</p>\n".to_owned());
        writer.end(Shape::Text, None);
        writer.text("Two", Style::default());
        writer.end(Shape::Heading(2), None);
        writer.text("tea", Style::default());
        writer.end(Shape::Item, None);
        assert_eq!(
            writer.finish(),
            "<p>Run<i>, Alice &amp; run</i><sup>[1]</sup></p>\n<hr><p><sup>[1]</sup> She did.</p><h2>Two</h2>\n<ul><li>tea</li>\n</ul>\n"
        );
    }
}
