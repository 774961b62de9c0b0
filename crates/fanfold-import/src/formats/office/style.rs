//! The emphasis of a run of text.

/// Emphasis that a story may carry. Fonts, sizes and colours are the program's and stay behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in every program")]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) superscript: bool,
    pub(crate) subscript: bool,
}

impl Style {
    /// The elements that say the same, outermost first.
    pub(crate) fn elements(self) -> impl DoubleEndedIterator<Item = &'static str> {
        let all = [
            (self.bold, "b"),
            (self.italic, "i"),
            (self.underline, "u"),
            (self.strike, "s"),
            (self.superscript, "sup"),
            (self.subscript, "sub"),
        ];
        all.into_iter().filter(|(is_on, _)| *is_on).map(|(_, name)| name)
    }

    /// What is emphasised in either.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            bold: self.bold || other.bold,
            italic: self.italic || other.italic,
            underline: self.underline || other.underline,
            strike: self.strike || other.strike,
            superscript: self.superscript || other.superscript,
            subscript: self.subscript || other.subscript,
        }
    }
}
