//! The elements that are open while a page is rebuilt.

use super::Loose;

/// One open element of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) name: &'a str,
    pub(super) attrs: &'a str,
    pub(super) kind: Kind,
    /// The name under which its tags are written; `None` when they are written lazily or not at all.
    pub(super) shown: Option<&'a str>,
    /// Made here for loose content; no end tag of the source closes it.
    pub(super) implied: bool,
    /// An inline element that has been written before: opened again, it must not name the same place twice.
    pub(super) written: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(name: &'a str, attrs: &'a str, kind: Kind) -> Self {
        Self { name, attrs, kind, shown: None, implied: false, written: false }
    }
}

/// What an open element means for what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Written around text, as often as it takes.
    Inline,
    /// A block dissolved inside a heading or the like: only its breaks count.
    Soft,
    /// Holds one line of inline content; written when text comes.
    Leaf,
    /// Holds blocks; loose text gets paragraphs.
    Flow,
    /// Holds blocks or loose text as they are.
    Raw,
    /// Holds items.
    List,
    /// Holds terms and definitions.
    Definitions,
    /// A table or one of its sections or rows.
    Table,
    /// A table's column group.
    Columns,
}

impl Kind {
    /// The page itself.
    pub(super) fn root(loose: Loose) -> Self {
        match loose {
            Loose::Keep => Kind::Raw,
            Loose::Paragraphs(_) => Kind::Flow,
        }
    }

    pub(super) fn of(name: &str, loose: Loose) -> Self {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "figcaption" | "summary" => {
                Kind::Leaf
            }
            "ul" | "ol" => Kind::List,
            "dl" => Kind::Definitions,
            "table" | "thead" | "tbody" | "tfoot" | "tr" => Kind::Table,
            "colgroup" => Kind::Columns,
            "div" | "blockquote" | "center" | "details" => Kind::root(loose),
            _ => Kind::Raw,
        }
    }
}

/// Blocks that dissolve into line breaks inside a heading, a caption or preformatted text.
pub(super) fn is_soft(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "center"
            | "blockquote"
            | "address"
            | "figure"
            | "details"
            | "figcaption"
            | "summary"
            | "li"
            | "dd"
            | "dt"
    )
}

/// Items outside a list are plain blocks.
pub(super) fn shown_name(name: &str, around: Kind) -> &str {
    match name {
        "li" if around != Kind::List => "div",
        "dd" | "dt" if around != Kind::Definitions => "div",
        _ => name,
    }
}
