//! What a group of an RTF document changes and its end gives back.

use crate::formats::office::{Shape, Style};

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Target {
    /// The story.
    #[default]
    Body,
    /// Nowhere.
    Nowhere,
    /// The document's title.
    Title,
    /// The table of fonts.
    Fonts,
    /// The style sheet.
    Styles,
    /// A footnote.
    Note,
}

/// The settings of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) target: Target,
    pub(super) style: Style,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) font: i32,
    /// Characters that follow a `\u` for programs that know no Unicode.
    pub(super) fallback: usize,
    pub(super) paragraph: Paragraph,
}

/// The settings of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    pub(super) shape: Shape,
    pub(super) align: Option<&'static str>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            target: Target::Body,
            style: Style::default(),
            hidden: false,
            deleted: false,
            font: -1,
            fallback: 1,
            paragraph: Paragraph::default(),
        }
    }
}

impl State {
    /// Takes a control word about letters. Gives whether it was one.
    pub(super) fn letters(&mut self, word: &str, number: Option<i32>) -> bool {
        let is_on = number != Some(0);
        match word {
            "b" => self.style.bold = is_on,
            "i" => self.style.italic = is_on,
            "ulnone" => self.style.underline = false,
            "ul" | "uld" | "uldb" | "ulw" | "ulwave" | "ulth" | "uldash" => {
                self.style.underline = is_on;
            }
            "strike" | "striked" => self.style.strike = is_on,
            "super" => self.style.superscript = is_on,
            "sub" => self.style.subscript = is_on,
            "nosupersub" => {
                self.style.superscript = false;
                self.style.subscript = false;
            }
            "v" => self.hidden = is_on,
            "deleted" => self.deleted = is_on,
            "f" => self.font = number.unwrap_or_default(),
            "plain" => {
                self.style = Style::default();
                self.hidden = false;
                self.deleted = false;
            }
            "uc" => {
                self.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or_default().min(16);
            }
            _ => return false,
        }
        true
    }

    /// Takes a control word about the paragraph, its style aside. Gives whether it was one.
    pub(super) fn lines(&mut self, word: &str, number: Option<i32>) -> bool {
        match word {
            "pard" => self.paragraph = Paragraph::default(),
            "qc" => self.paragraph.align = Some("center"),
            "qr" => self.paragraph.align = Some("right"),
            "ql" | "qj" => self.paragraph.align = None,
            "ls" => self.paragraph.shape = Shape::Item,
            "outlinelevel" => {
                let level = number.and_then(|level| u8::try_from(level).ok());
                if let Some(level) = level.filter(|level| *level < 9) {
                    self.paragraph.shape = Shape::Heading((level + 2).min(6));
                }
            }
            _ => return false,
        }
        true
    }
}
