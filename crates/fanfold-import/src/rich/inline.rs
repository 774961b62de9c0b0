//! The line that is being written while a page is flattened: its text, its markup, the inline elements open over it.

use super::{Kind, Line};

/// Lines written so far and the one being written.
#[derive(Default)]
pub(super) struct Writer {
    lines: Vec<Line>,
    block: usize,
    text: String,
    html: String,
    linked: usize,
    open: Vec<String>,
    pub(super) align: Option<&'static str>,
    /// Inside a link, all text is linked.
    pub(super) in_link: bool,
}

impl Writer {
    /// Text of the current line.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
        if self.in_link {
            self.linked += letters(text);
        }
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                c => self.html.push(c),
            }
        }
    }

    /// A whole inline element of the current line.
    pub(super) fn element(&mut self, html: &str, text: &str, linked: usize) {
        self.text.push_str(text);
        self.html.push_str(html);
        self.linked += if self.in_link { letters(text) } else { linked };
    }

    /// An inline element opens and stays open over line and paragraph ends.
    pub(super) fn open(&mut self, name: &str) {
        self.html.push_str(&format!("<{name}>"));
        self.open.push(name.to_owned());
    }

    /// The innermost open element closes.
    pub(super) fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let tag = format!("<{name}>");
        if self.html.ends_with(&tag) {
            self.html.truncate(self.html.len() - tag.len());
        } else {
            self.html.push_str(&format!("</{name}>"));
        }
    }

    /// `<br>`: the line ends; on an empty line the paragraph ends.
    pub(super) fn line_break(&mut self) {
        if !self.flush(Kind::Text) {
            self.block += 1;
        }
    }

    /// A paragraph ends.
    pub(super) fn block_break(&mut self) {
        self.flush(Kind::Text);
        self.block += 1;
    }

    /// The current line is a heading.
    pub(super) fn heading(&mut self, level: u8) {
        self.flush(Kind::Heading(level));
        self.block += 1;
    }

    /// A line that is not written piece by piece.
    pub(super) fn whole(&mut self, kind: Kind, text: String, html: String, linked: usize) {
        self.block_break();
        let align = None;
        self.lines.push(Line { kind, text, html, block: self.block, linked, align });
        self.block += 1;
    }

    /// All lines.
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.block_break();
        self.lines
    }

    /// Ends the line; false when there was nothing on it.
    fn flush(&mut self, kind: Kind) -> bool {
        let text = collapsed(&self.text);
        let seen = !text.is_empty() || self.html.contains("<img");
        let mut html = std::mem::take(&mut self.html);
        for name in self.open.iter().rev() {
            html.push_str(&format!("</{name}>"));
        }
        if seen {
            let (block, linked, align) = (self.block, self.linked, self.align);
            self.lines.push(Line { kind, text, html, block, linked, align });
        }
        self.html = self.open.iter().map(|name| format!("<{name}>")).collect();
        self.text.clear();
        self.linked = 0;
        seen
    }
}

pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// White space drawn together. A gap held open by a no-break space parts two labels of one line ("Rating: G &nbsp;
/// Fandom: Oz") and stays two blanks wide.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = (0, false);
    for c in text.chars() {
        if c.is_whitespace() {
            gap = (gap.0 + 1, gap.1 || c == '\u{a0}');
            continue;
        }
        if gap.0 > 0 && !out.is_empty() {
            out.push_str(if gap.1 && gap.0 > 1 { "  " } else { " " });
        }
        gap = (0, false);
        out.push(c);
    }
    out
}
