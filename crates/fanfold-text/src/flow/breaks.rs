//! Text and the breaks in it: `br`, line ends, and what several of them mean. Source: AO3's paragraph rules.

use super::frame::Kind;
use super::{Dialect, Flow, LineEnds, Loose};

impl<'a, D: Dialect> Flow<'a, D> {
    pub(super) fn text(&mut self, text: &str) {
        let around = self.surround();
        if matches!(around, Kind::Table | Kind::Columns) && is_space(text) {
            return;
        }
        if self.leaf().is_some_and(|f| f.name == "pre") {
            return self.preformatted(text);
        }
        match self.loose {
            Loose::Paragraphs(ends) if around == Kind::Flow && ends != LineEnds::Space => {
                self.loose_text(text, ends);
            }
            _ => self.words(text),
        }
    }

    /// A `br` of the source.
    pub(super) fn line_break(&mut self) {
        if self.breaks_part_paragraphs() {
            self.breaks += 1;
            return;
        }
        if self.line.as_ref().is_some_and(|l| l.filled) {
            self.flush_breaks();
            self.trim_end();
        } else {
            self.begin_content();
        }
        self.dialect.void(&mut self.out, "br", "");
    }

    /// The border of a block that dissolved: at most one break, and none at the ends of the line.
    pub(super) fn soft_break(&mut self) {
        if self.line.as_ref().is_some_and(|l| l.filled) {
            self.breaks = 1;
        }
    }

    /// Writes what the breaks since the last visible thing amount to.
    pub(super) fn flush_breaks(&mut self) {
        let breaks = std::mem::take(&mut self.breaks);
        if breaks == 0 || !self.line.as_ref().is_some_and(|l| l.filled) {
            return;
        }
        self.trim_end();
        if breaks == 1 {
            self.dialect.void(&mut self.out, "br", "");
            return;
        }
        self.end_line();
        if breaks > 2 {
            self.new_row();
            self.dialect.open(&mut self.out, "p", "");
            self.dialect.text(&mut self.out, "&nbsp;");
            self.dialect.close(&mut self.out, "p");
        }
    }

    fn breaks_part_paragraphs(&self) -> bool {
        self.loose != Loose::Keep && (self.surround() == Kind::Flow || self.in_paragraph())
    }

    fn loose_text(&mut self, text: &str, ends: LineEnds) {
        for (at, row) in text.split('\n').enumerate() {
            if at > 0 {
                self.breaks += 1;
            }
            let words = row.trim_matches([' ', '\t', '\x0c']);
            if words.is_empty() && (at > 0 || self.breaks > 0) {
                continue;
            }
            if ends == LineEnds::Wrapped && self.breaks == 1 && self.line.is_some() {
                self.breaks = 0;
                self.out.push(' ');
            }
            self.words(row);
        }
    }

    /// Text in which line ends are white space.
    fn words(&mut self, text: &str) {
        let body = text.trim_start_matches(is_html_space);
        let lead = text.get(..text.len() - body.len()).unwrap_or_default();
        if !lead.is_empty() && self.breaks == 0 && self.line.as_ref().is_some_and(|l| l.filled) {
            self.out.push_str(lead);
        }
        if !body.is_empty() {
            self.begin_content();
            self.dialect.text(&mut self.out, body);
        }
    }

    fn preformatted(&mut self, text: &str) {
        if is_space(text) && self.line.is_none() {
            return;
        }
        let body = if self.line.is_none() { text.trim_start_matches('\n') } else { text };
        self.begin_content();
        self.dialect.text(&mut self.out, body);
    }
}

fn is_space(text: &str) -> bool {
    text.chars().all(is_html_space)
}

/// White space as HTML counts it; the no-break space is a character.
fn is_html_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\x0c' | '\r')
}
