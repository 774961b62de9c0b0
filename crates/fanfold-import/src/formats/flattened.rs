//! Pages that have lost their shape: a row of blocks, in which margins became quotations and headings large letters.
//! Books of the Mobipocket time and the text of a PDF are such rows; what they were can be told from the blocks.

mod blocks;
mod text;

pub(crate) use blocks::blocks_of;
pub(crate) use text::{indented, least, nested, notes};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page begins.
    Page,
    /// A heading of this level.
    Heading(u8),
    /// A paragraph, how many quotations it stands in, and where its lines are set.
    Paragraph { quotes: usize, align: Option<&'static str> },
    /// A list or a table.
    Whole { quotes: usize },
    /// A line across the page.
    Rule,
    /// An empty paragraph.
    Gap,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) kind: Kind,
    /// What a reader sees, in one line.
    pub(crate) line: String,
    /// Its markup: what is inside a paragraph, all of a list.
    pub(crate) html: String,
}

impl Block {
    /// How many quotations it stands in; `None` for what stands in none by its nature.
    pub(crate) fn quotes(&self) -> Option<usize> {
        match self.kind {
            Kind::Paragraph { quotes, .. } | Kind::Whole { quotes } => Some(quotes),
            _ => None,
        }
    }

    /// Whether it stands in a quotation.
    pub(crate) fn is_quoted(&self) -> bool {
        self.quotes().is_some_and(|quotes| quotes > 0)
    }
}
