//! Plain text to paragraphs. Old text files show their paragraphs in many ways: an empty line between them, an indent, one
//! long line each, lines broken at 60 to 80 columns, or every line followed by an empty one. The layout is measured over
//! the whole text first ([`Shape`]), then each block of lines is read by it: prose is joined, verse, letters and
//! speeches keep their line breaks, tables and drawings become `pre`, rows of signs become one scene break.
//!
//! Nothing is lost: every letter and digit of the text appears in the result, in order (a scene break's own sign, when
//! it is not a plain one, in the `title` of its `hr`).

mod blocks;
mod html;

mod inline;
mod kinds;
mod layout;
mod lines;
mod scene;

pub(crate) use html::Stored;
pub use html::{Newlines, html_paragraphs, html_paragraphs_with};
pub use layout::Shape;
pub(crate) use lines::columns;
pub use scene::is_scene_break;

use crate::clean_html::CleanHtml;

/// What [`to_html`] gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraphs {
    /// The text as paragraphs. Stable under the sanitiser: cleaning it changes nothing.
    pub html: CleanHtml,
    /// The layout the text was found to have.
    pub shape: Shape,
    /// Columns at which lines were broken, when they were.
    pub wrap_width: Option<usize>,
    /// Scene breaks found.
    pub scene_breaks: usize,
    /// Emphasised runs found.
    pub emphasised: usize,
    /// Blocks whose line breaks were kept (verse, letters, speeches).
    pub kept_lines: usize,
    /// Blocks kept as they are drawn.
    pub preformatted: usize,
}

/// Turns plain text into paragraphs. Takes any line ends; `&`, `<` and `>` are text and are escaped.
pub fn to_html(text: &str) -> Paragraphs {
    let text = crate::encoding::normalize_newlines(text).replace('\0', "");
    let lines = lines::split(&text);
    let layout = layout::measure(&lines);
    let lines = match layout.shape {
        Shape::DoubleSpaced => lines::halve(lines),
        _ => lines,
    };
    blocks::write(&lines, &layout)
}
