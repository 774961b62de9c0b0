//! Collects the text of a page as a reader would see it: white space collapsed, one line for a line break, an empty
//! line between blocks, preformatted text as it stands.

use crate::clean_html::CleanHtml;
use crate::elements::{Role, role};
use crate::escape::unescape;
use crate::tokens::{Token, tokens};

/// The visible text of clean HTML, paragraphs separated by an empty line.
pub(crate) fn plain_text(html: &CleanHtml) -> String {
    let mut page = PageText::default();
    for token in tokens(html.as_str()) {
        match token {
            Token::Start { name, .. } => page.open(name),
            Token::End { name } => page.close(name),
            Token::Text(text) => page.text(&unescape(text)),
        }
    }
    page.finish()
}

/// Receives a page in document order and writes its text.
#[derive(Default)]
pub(crate) struct PageText {
    out: String,
    gap: Gap,
    pre: usize,
}

/// What must stand before the next visible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Lines(usize),
}

impl PageText {
    /// An element begins.
    pub(crate) fn open(&mut self, name: &str) {
        match name {
            "br" => self.line_break(),
            "pre" => {
                self.block(2);
                self.pre += 1;
            }
            _ => self.edge(name),
        }
    }

    /// An element ends.
    pub(crate) fn close(&mut self, name: &str) {
        if name == "pre" {
            self.pre = self.pre.saturating_sub(1);
        }
        if name != "br" {
            self.edge(name);
        }
    }

    /// Text with its entities already resolved.
    pub(crate) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pre > 0 => self.line_break(),
                _ if self.pre > 0 => self.push(c),
                ' ' | '\t' | '\n' | '\r' | '\x0c' => self.gap = self.gap.max(Gap::Space),
                _ => self.push(c),
            }
        }
    }

    /// The text so far, ends trimmed.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn edge(&mut self, name: &str) {
        match name {
            "li" | "dt" | "dd" | "tr" | "caption" | "summary" => self.block(1),
            "td" | "th" => self.gap = self.gap.max(Gap::Space),
            _ => match role(name) {
                Some(Role::Leaf | Role::Container | Role::Structure | Role::BlockVoid) => {
                    self.block(2)
                }
                Some(_) => {}
                None if crate::elements::STAND_INS.iter().any(|(old, _)| *old == name) => {
                    self.block(2)
                }
                None => {}
            },
        }
    }

    fn block(&mut self, lines: usize) {
        self.gap = self.gap.max(Gap::Lines(lines));
    }

    fn line_break(&mut self) {
        self.gap = match self.gap {
            Gap::Lines(n) => Gap::Lines((n + 1).min(3)),
            _ => Gap::Lines(1),
        };
    }

    fn push(&mut self, c: char) {
        if !self.out.is_empty() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.out.push(' '),
                Gap::Lines(n) => self.out.extend(std::iter::repeat_n('\n', n)),
            }
        }
        self.gap = Gap::None;
        self.out.push(c);
    }
}
