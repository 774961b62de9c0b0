//! What a block of touching lines is: prose, verse, a list, a speech, a table or a drawing.

use super::layout::{Layout, Shape, break_is_meant};
use super::lines::Line;

/// The kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// Joined, with single breaks where the writer meant them.
    Prose,
    /// Every line break stays.
    Lines,
    /// Every line is a paragraph.
    Paragraphs,
    /// Items behind bullets.
    Bullets,
    /// Kept as drawn.
    Preformatted,
}

/// Tells what a block is.
pub(super) fn kind(block: &[Line<'_>], layout: &Layout) -> BlockKind {
    if is_drawn(block) {
        return BlockKind::Preformatted;
    }
    if is_bulleted(block) {
        return BlockKind::Bullets;
    }
    if block.len() < 2 {
        return BlockKind::Prose;
    }
    let Some(width) = layout.wrap else {
        let verse = layout.shape == Shape::BlankLines && block.iter().all(|l| l.width <= 75);
        return if verse { BlockKind::Lines } else { BlockKind::Paragraphs };
    };
    if block.iter().any(|l| l.width > width + 25) {
        return BlockKind::Paragraphs;
    }
    let meant =
        block.windows(2).filter(|p| matches!(p, [a, b] if break_is_meant(a, b, width))).count();
    let all_meant = meant * 10 >= (block.len() - 1) * 6;
    match layout.shape {
        Shape::Indented if all_meant && !steps_in(block) => BlockKind::Lines,
        Shape::Indented => BlockKind::Prose,
        _ if all_meant => BlockKind::Lines,
        _ => BlockKind::Prose,
    }
}

/// True when some line steps in from the block's margin and some do not.
fn steps_in(block: &[Line<'_>]) -> bool {
    let least = block.iter().map(|l| l.indent).min().unwrap_or(0);
    block.iter().any(|l| l.indent >= least + 2)
}

/// A bullet at the line's start. A hyphen is none: in half of Europe it opens a speech.
pub(super) fn bullet(text: &str) -> Option<&str> {
    ["* ", "\u{2022} ", "\u{b7} ", "\u{25aa} ", "\u{25e6} "]
        .iter()
        .find_map(|b| text.strip_prefix(b))
        .map(str::trim_start)
        .filter(|rest| !rest.is_empty())
}

fn is_bulleted(block: &[Line<'_>]) -> bool {
    let items = block.iter().filter(|l| bullet(l.text).is_some()).count();
    items >= 2
        && block.first().is_some_and(|l| bullet(l.text).is_some())
        && items * 3 >= block.len()
}

/// Tables and drawings: columns parted by wide gaps or bars, or mostly signs.
fn is_drawn(block: &[Line<'_>]) -> bool {
    if block.len() < 3 {
        return false;
    }
    let rows = block.iter().filter(|l| has_columns(l.text)).count();
    if rows * 10 >= block.len() * 7 {
        return true;
    }
    let (mut signs, mut words) = (0usize, 0usize);
    for c in block.iter().flat_map(|l| l.text.chars()) {
        if c.is_alphanumeric() {
            words += 1;
        } else if !c.is_whitespace() {
            signs += 1;
        }
    }
    signs > words
}

/// A wide gap inside the line that is not the typist's two spaces behind a full stop.
fn has_columns(text: &str) -> bool {
    let bars = text.matches('|').count();
    bars >= 2 || text.contains("    ") || text.trim().contains('\t')
}

/// A speaker's name before a colon, as in a script: `HOLMES: Come in.`
pub(super) fn is_speech(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, said)| {
        (2..=24).contains(&name.len())
            && name.chars().any(char::is_alphabetic)
            && !name.chars().any(char::is_lowercase)
            && name.chars().all(|c| c.is_alphabetic() || " .'-&/()#0123456789".contains(c))
            && (said.is_empty() || said.starts_with(' '))
    })
}
