//! A first look over the whole piece: which link targets it has, and whether its definition lists and its ruby are
//! built as XHTML wants them. One that is not makes all of them plain.

use crate::tokens::{Token, attribute, tokens};

/// What a piece of HTML holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// Names that links may point to.
    pub(super) names: Vec<String>,
    pub(super) definitions_are_sound: bool,
    pub(super) ruby_is_sound: bool,
}

pub(super) fn survey(html: &str) -> Survey {
    let mut survey = Survey { names: Vec::new(), definitions_are_sound: true, ruby_is_sound: true };
    let mut open: Vec<Watched> = Vec::new();
    for token in tokens(html) {
        match token {
            Token::Start { name, attrs } => {
                if name == "a" {
                    survey.names.extend(attribute(attrs, "name"));
                }
                if let Some(watched) = open.last_mut() {
                    watched.child(name);
                }
                if !crate::elements::is_void(name) {
                    open.push(Watched::new(name));
                }
            }
            Token::Text(text) => {
                if let Some(watched) = open.last_mut().filter(|_| !text.trim().is_empty()) {
                    watched.text();
                }
            }
            Token::End { .. } => {
                if let Some(done) = open.pop() {
                    survey.definitions_are_sound &= done.name != "dl" || done.is_sound();
                    survey.ruby_is_sound &= done.name != "ruby" || done.is_sound();
                    survey.ruby_is_sound &= !matches!(done.name, "rt" | "rp")
                        || done.filled && open.last().is_some_and(|p| p.name == "ruby");
                    if let Some(parent) = open.last_mut() {
                        parent.filled |= done.filled;
                    }
                }
            }
        }
    }
    survey
}

/// A list or ruby being read: `(dt+ dd+)+`, or `(base rt)+` and `(base rp rt rp)+`.
struct Watched<'a> {
    name: &'a str,
    last: &'a str,
    broken: bool,
    filled: bool,
}

impl<'a> Watched<'a> {
    fn new(name: &'a str) -> Self {
        Self { name, last: "", broken: false, filled: false }
    }

    fn child(&mut self, child: &'a str) {
        match self.name {
            "dl" => {
                self.broken |=
                    !matches!((self.last, child), ("" | "dt" | "dd", "dt") | ("dt" | "dd", "dd"));
                self.last = child;
            }
            "ruby" => {
                let fits = matches!(
                    (self.last, child),
                    ("base", "rt" | "rp") | ("rp", "rt") | ("rp rt", "rp")
                );
                match child {
                    "rt" if self.last == "rp" => self.last = "rp rt",
                    "rp" if self.last == "rp rt" => self.last = "done",
                    "rt" => self.last = "done",
                    "rp" => self.last = "rp",
                    _ => {
                        return self.base(
                            crate::elements::is_block(child)
                                || matches!(child, "ruby" | "br" | "img" | "wbr"),
                        );
                    }
                }
                self.broken |= !fits;
            }
            // A term is one line; blocks in it would not be valid.
            "dt" | "rt" | "rp" => self.broken |= crate::elements::is_block(child),
            _ => {}
        }
    }

    fn text(&mut self) {
        self.filled = true;
        match self.name {
            "dl" => self.broken = true,
            "ruby" => self.base(false),
            _ => {}
        }
    }

    fn base(&mut self, broken: bool) {
        self.broken |= broken || matches!(self.last, "rp" | "rp rt");
        self.last = "base";
    }

    fn is_sound(&self) -> bool {
        !self.broken && matches!((self.name, self.last), ("dl", "dd") | ("ruby", "done"))
    }
}
