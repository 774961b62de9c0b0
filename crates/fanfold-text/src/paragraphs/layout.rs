//! Measures how a text shows its paragraphs. The main test is "would the next word have fitted?": where it would, the
//! writer broke the line; where it would not, a program did.

use super::lines::Line;
use super::scene;

/// How a text shows its paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Nothing but white space.
    Empty,
    /// An empty line between paragraphs, lines not broken by a program.
    BlankLines,
    /// Lines broken at a fixed width, an empty line between paragraphs.
    HardWrapped,
    /// Lines broken at a fixed width, paragraphs begin with an indent.
    Indented,
    /// Every line is a paragraph.
    LinePerParagraph,
    /// Lines broken at a fixed width and an empty line after each.
    DoubleSpaced,
}

/// The measured layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) shape: Shape,
    /// Columns at which a program broke the lines.
    pub(super) wrap: Option<usize>,
    /// Runs of this many empty lines are scene breaks.
    pub(super) scene_gap: Option<usize>,
}

/// Narrower text is verse or columns, not wrapping.
const NARROWEST: usize = 45;
/// Wider lines are paragraphs.
const WIDEST: usize = 132;

/// Measures a text.
pub(super) fn measure(lines: &[Line<'_>]) -> Layout {
    let mut widths: Vec<usize> = lines.iter().filter(|l| !l.is_blank()).map(|l| l.width).collect();
    if widths.is_empty() {
        return Layout { shape: Shape::Empty, wrap: None, scene_gap: None };
    }
    widths.sort_unstable();
    let scene_gap = scene_gap(lines);
    if let Some(width) = double_spaced(lines, &widths) {
        return Layout { shape: Shape::DoubleSpaced, wrap: Some(width), scene_gap: None };
    }
    match wrap_width(lines, &widths) {
        Some(width) => {
            let shape = if is_indented(lines) { Shape::Indented } else { Shape::HardWrapped };
            Layout { shape, wrap: Some(width), scene_gap }
        }
        None => Layout { shape: unwrapped_shape(lines), wrap: None, scene_gap },
    }
}

/// True when the first word of `next` would have fitted behind `line`: the break was meant.
pub(super) fn break_is_meant(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or_default();
    let word: usize = word.chars().take(40).map(super::lines::columns).sum();
    line.width + 1 + word <= width
}

fn wrap_width(lines: &[Line<'_>], sorted: &[usize]) -> Option<usize> {
    let width = at_percent(sorted, 97);
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut broken, mut all) = (0usize, 0usize);
    for (line, next) in prose_neighbours(lines) {
        all += 1;
        broken += usize::from(!break_is_meant(line, next, width));
    }
    let needed = if width > 90 { 75 } else { 50 };
    (all > 0 && broken * 100 >= all * needed).then_some(width)
}

/// Neighbouring lines that could belong to one paragraph.
fn prose_neighbours<'l, 'a>(
    lines: &'l [Line<'a>],
) -> impl Iterator<Item = (&'l Line<'a>, &'l Line<'a>)> {
    lines.windows(2).filter_map(|pair| match pair {
        [a, b]
            if !a.is_blank()
                && !b.is_blank()
                && !scene::is_scene_break(a.text)
                && !scene::is_scene_break(b.text) =>
        {
            Some((a, b))
        }
        _ => None,
    })
}

/// Every line followed by an empty one, and most sentences running on over it.
fn double_spaced(lines: &[Line<'_>], sorted: &[usize]) -> Option<usize> {
    let width = at_percent(sorted, 97);
    let filled: Vec<&Line<'_>> = lines.iter().filter(|l| !l.is_blank()).collect();
    if filled.len() < 6 || !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let touching = lines.windows(2).filter(|p| p.iter().all(|l| !l.is_blank())).count();
    if touching * 20 > filled.len() {
        return None;
    }
    let (mut broken, mut running) = (0usize, 0usize);
    for pair in filled.windows(2) {
        let [line, next] = pair else { continue };
        if break_is_meant(line, next, width) {
            continue;
        }
        broken += 1;
        let goes_on = next.text.starts_with(char::is_lowercase) || !ends_sentence(line.text);
        running += usize::from(goes_on);
    }
    (broken * 2 >= filled.len() && running * 100 >= broken * 60).then_some(width)
}

/// True when a line ends as a sentence or a heading's row does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']', '*', '_', '/', '\u{bb}'])
        .ends_with(['.', '!', '?', '\u{2026}', ':', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{300d}'])
}

/// Paragraphs by indent: lines step in by two or more, the line after steps back, and empty lines are rare.
fn is_indented(lines: &[Line<'_>]) -> bool {
    let filled = lines.iter().filter(|l| !l.is_blank()).count();
    let starts = lines
        .windows(2)
        .filter(|p| matches!(p, [a, b] if !b.is_blank() && b.indent >= a.indent.min(40) + 2 && b.indent <= 12 && !a.is_blank()))
        .count();
    starts >= 2 && starts * 100 >= filled * 5
}

fn unwrapped_shape(lines: &[Line<'_>]) -> Shape {
    let (mut touching, mut apart) = (0usize, 0usize);
    let mut gap = false;
    let mut started = false;
    for line in lines {
        if line.is_blank() {
            gap = true;
        } else {
            touching += usize::from(started && !gap);
            apart += usize::from(started && gap);
            started = true;
            gap = false;
        }
    }
    let long = lines.iter().filter(|l| l.width > 90).count();
    // Verse alone has touching lines too, but no long ones.
    if touching > apart && long > 0 { Shape::LinePerParagraph } else { Shape::BlankLines }
}

/// Several empty lines are scene breaks when they stand out, come back, are rare, and no other sign is used.
fn scene_gap(lines: &[Line<'_>]) -> Option<usize> {
    if lines.iter().any(|l| !l.is_blank() && scene::is_scene_break(l.text)) {
        return None;
    }
    let mut gaps: Vec<usize> = Vec::new();
    let mut run = 0usize;
    for line in lines.iter().skip_while(|l| l.is_blank()) {
        if line.is_blank() {
            run += 1;
        } else if run > 0 {
            gaps.push(std::mem::take(&mut run));
        }
    }
    gaps.sort_unstable();
    let usual = at_percent(&gaps, 50).max(1);
    let limit = (usual + 2).max(3);
    let large = gaps.iter().filter(|g| **g >= limit).count();
    (large >= 2 && large * 100 <= gaps.len() * 25).then_some(limit)
}

fn at_percent(sorted: &[usize], percent: usize) -> usize {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(0)
}
