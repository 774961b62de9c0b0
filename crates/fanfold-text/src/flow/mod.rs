//! Rebuilds the flow of a page: inline content lives in lines (paragraphs, headings, items), blocks stand between them.
//!
//! Reads clean HTML as a stream of tokens and writes it again so that inline elements never hold blocks: one that spans
//! a border is closed before it and opened again, with its attributes, when text follows. Lists hold items, items stand
//! in lists. Loose text can be given paragraphs. One pass, no recursion, no tree.

mod breaks;
mod frame;
mod line;

use frame::{Frame, Kind};
use line::Line;

use crate::elements::{Role, role};
use crate::tokens::{Token, tokens};

/// Writes tags and text; one implementation for stored HTML and one for XHTML.
pub(crate) trait Dialect {
    /// Writes a start tag; `attrs` are raw.
    fn open(&mut self, out: &mut String, name: &str, attrs: &str);
    /// Writes an end tag.
    fn close(&mut self, out: &mut String, name: &str);
    /// Writes an element without content.
    fn void(&mut self, out: &mut String, name: &str, attrs: &str);
    /// Writes text that is escaped as in stored HTML.
    fn text(&mut self, out: &mut String, text: &str);
}

/// What line ends in loose text mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnds {
    /// White space.
    Space,
    /// One is a line break, two part paragraphs, more leave a blank one.
    Breaks,
    /// The text is hard-wrapped: one is white space, two or more part paragraphs.
    Wrapped,
}

/// What to rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loose {
    /// Loose text stands as it is; `br` too.
    Keep,
    /// Loose text gets paragraphs; two `br` part paragraphs, more leave a blank one.
    Paragraphs(LineEnds),
}

/// Rebuilds clean HTML in a dialect.
pub(crate) fn rebuild<D: Dialect>(html: &str, loose: Loose, dialect: D) -> String {
    let mut flow = Flow {
        out: String::with_capacity(html.len() + html.len() / 16),
        dialect,
        loose,
        stack: Vec::new(),
        line: None,
        breaks: 0,
        anchors: String::new(),
    };
    for token in tokens(html) {
        match token {
            Token::Text(text) => flow.text(text),
            Token::Start { name, attrs } => flow.start(name, attrs),
            Token::End { name } => flow.end(name),
        }
    }
    flow.finish()
}

struct Flow<'a, D> {
    out: String,
    dialect: D,
    loose: Loose,
    stack: Vec<Frame<'a>>,
    line: Option<Line<'a>>,
    /// Line breaks met since the last visible thing.
    breaks: usize,
    /// Empty link targets waiting for the next line.
    anchors: String,
}

impl<'a, D: Dialect> Flow<'a, D> {
    fn start(&mut self, name: &'a str, attrs: &'a str) {
        match role(name) {
            Some(Role::Inline) => self.stack.push(Frame::new(name, attrs, Kind::Inline)),
            Some(Role::InlineVoid) if name == "br" => self.line_break(),
            Some(Role::InlineVoid) => {
                self.begin_content();
                self.dialect.void(&mut self.out, name, attrs);
            }
            Some(Role::BlockVoid) => self.block_void(name, attrs),
            Some(_) => self.block(name, attrs),
            None => {}
        }
    }

    fn block_void(&mut self, name: &'a str, attrs: &'a str) {
        self.end_line();
        if name == "hr" {
            self.house(name);
        } else if !matches!(self.surround(), Kind::Table | Kind::Columns) {
            return;
        }
        self.new_row();
        self.dialect.void(&mut self.out, name, attrs);
    }

    fn block(&mut self, name: &'a str, attrs: &'a str) {
        let around = self.surround();
        if around == Kind::Leaf && frame::is_soft(name) && !self.in_paragraph() {
            self.soft_break();
            self.stack.push(Frame::new(name, attrs, Kind::Soft));
            return;
        }
        self.end_line();
        self.house(name);
        let kind = Kind::of(name, self.loose);
        if kind == Kind::Leaf {
            self.stack.push(Frame::new(name, attrs, kind));
            return;
        }
        let shown = frame::shown_name(name, self.surround());
        let kind = if shown == name { kind } else { Kind::of(shown, self.loose) };
        self.new_row();
        self.dialect.open(&mut self.out, shown, attrs);
        self.stack.push(Frame { shown: Some(shown), ..Frame::new(name, attrs, kind) });
    }

    /// Gives a child that may not stand directly in a list an item of its own.
    fn house(&mut self, name: &str) {
        let item = match self.surround() {
            Kind::List if name != "li" => "li",
            Kind::Definitions if !matches!(name, "dt" | "dd") => "dd",
            _ => {
                self.leave_implied(name);
                return;
            }
        };
        self.new_row();
        self.dialect.open(&mut self.out, item, "");
        self.stack.push(Frame {
            shown: Some(item),
            implied: true,
            ..Frame::new(item, "", Kind::of(item, self.loose))
        });
    }

    /// A real item ends the one that was made for loose content before it.
    fn leave_implied(&mut self, name: &str) {
        let made = self.stack.last().filter(|f| f.implied).map(|f| f.name);
        if matches!((made, name), (Some("li"), "li") | (Some("dd"), "dt" | "dd")) {
            self.pop();
        }
    }

    fn end(&mut self, name: &str) {
        let Some(found) = self.stack.iter().rposition(|f| f.name == name && !f.implied) else {
            return;
        };
        while self.stack.len() > found {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        match frame.kind {
            Kind::Inline => self.end_inline(&frame),
            Kind::Soft => self.soft_break(),
            _ => self.end_line(),
        }
        if let Some(shown) = frame.shown {
            self.dialect.close(&mut self.out, shown);
        }
    }

    fn finish(mut self) -> String {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.end_line();
        self.out
    }

    /// The nearest block around the present place.
    fn surround(&self) -> Kind {
        self.stack
            .iter()
            .rev()
            .map(|f| f.kind)
            .find(|k| !matches!(k, Kind::Inline | Kind::Soft))
            .unwrap_or_else(|| Kind::root(self.loose))
    }

    fn in_paragraph(&self) -> bool {
        self.leaf().is_some_and(|f| f.name == "p")
    }

    /// The leaf block (paragraph, heading) around the present place.
    fn leaf(&self) -> Option<&Frame<'a>> {
        let block = self.stack.iter().rfind(|f| !matches!(f.kind, Kind::Inline | Kind::Soft))?;
        (block.kind == Kind::Leaf).then_some(block)
    }

    /// Blocks begin on a new row of the source.
    fn new_row(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}
