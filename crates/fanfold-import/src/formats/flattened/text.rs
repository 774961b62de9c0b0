//! The creator's own text in a flattened download: quotations put together again, and where notes end and the text
//! begins.

use super::{Block, Kind};

/// Blocks as HTML. `base` quotations around all of them were margins and are none.
pub(crate) fn nested(blocks: &[Block], base: usize) -> String {
    let mut html = String::new();
    let mut open = 0;
    for (at, block) in blocks.iter().enumerate() {
        let depth = block
            .quotes()
            .map_or_else(|| between(blocks, at, base), |quotes| quotes.saturating_sub(base));
        while open < depth {
            html.push_str("<blockquote>");
            open += 1;
        }
        while open > depth {
            html.push_str("</blockquote>");
            open -= 1;
        }
        push(block, &mut html);
    }
    html.push_str(&"</blockquote>".repeat(open));
    html
}

/// The depth of what has none of its own: that of both its neighbours, as far as they agree.
fn between(blocks: &[Block], at: usize, base: usize) -> usize {
    let depth = |own: Option<&Block>| own.and_then(Block::quotes).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| blocks.get(before));
    depth(before).min(depth(blocks.get(at + 1))).saturating_sub(base)
}

fn push(block: &Block, html: &mut String) {
    let inside = &block.html;
    match block.kind {
        Kind::Page => {}
        Kind::Gap => html.push_str("<p>&nbsp;</p>"),
        Kind::Rule => html.push_str("<hr>"),
        Kind::Whole { .. } => html.push_str(inside),
        Kind::Heading(level) => html.push_str(&format!("<h{level}>{inside}</h{level}>")),
        Kind::Paragraph { align: Some(align), .. } => {
            html.push_str(&format!("<p align=\"{align}\">{inside}</p>"));
        }
        Kind::Paragraph { align: None, .. } => html.push_str(&format!("<p>{inside}</p>")),
    }
}

/// Whether all paragraphs of the text stand in quotations: margins that the converter made so. Labels do not.
pub(crate) fn indented(blocks: &[Block]) -> bool {
    let (quoted, plain): (Vec<&Block>, Vec<&Block>) = blocks
        .iter()
        .filter(|own| matches!(own.kind, Kind::Paragraph { .. }))
        .partition(|own| own.is_quoted());
    let words = |own: &&Block| own.line.split_whitespace().count();
    let written: usize = quoted.iter().map(words).sum();
    let beside: usize = plain.iter().map(words).sum();
    !quoted.is_empty() && beside * 2 < written && plain.iter().all(|own| words(own) <= 12)
}

/// How many of the blocks in front are the quotation that a label announced. Where the text stands in quotations too,
/// nothing tells it from the note but what comes next: one paragraph is taken, unless a label or text that stands less
/// deep ends the run.
pub(crate) fn notes(blocks: &[Block], is_alone: bool) -> usize {
    let depth = blocks.first().and_then(Block::quotes).unwrap_or_default();
    let is_less = |own: &Block| own.quotes().is_some_and(|quotes| quotes < depth);
    let in_run = |own: &&Block| (own.is_quoted() && !is_less(own)) || own.kind == Kind::Gap;
    let mut run = blocks.iter().take_while(in_run).count();
    // A list of a note has lost its quotation.
    if matches!(blocks.get(run).map(|own| own.kind), Some(Kind::Whole { quotes: 0 }))
        && blocks.get(run + 1).is_some_and(Block::is_quoted)
    {
        run += 1 + blocks.iter().skip(run + 1).take_while(in_run).count();
    }
    let ended = blocks.get(run).is_some_and(is_less);
    if is_alone && !ended { run.min(1) } else { run }
}

/// How deep the text stands in quotations that its margins became.
pub(crate) fn least(blocks: &[Block]) -> usize {
    blocks.iter().filter(|own| own.is_quoted()).filter_map(Block::quotes).min().unwrap_or_default()
}
