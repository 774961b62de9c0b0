//! Letters become lines: those that stand on one height, from left to right, with the spaces that the page leaves.

use super::content::{Glyph, Shown};
use super::pages::Link;

/// Letters of one style that follow each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    pub(super) address: Option<String>,
}

/// A piece of a line with a wide space before it: a column, a value behind its label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) runs: Vec<Run>,
}

impl Cell {
    /// What a reader sees.
    pub(super) fn text(&self) -> String {
        let whole: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) page: usize,
    /// The middle of its page.
    pub(super) page_middle: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    /// One, or several where it is a row of columns. None for a line that is drawn.
    pub(super) cells: Vec<Cell>,
}

impl Line {
    pub(super) fn left(&self) -> f64 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    pub(super) fn right(&self) -> f64 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    pub(super) fn text(&self) -> String {
        let cells: Vec<String> = self.cells.iter().map(Cell::text).collect();
        cells.join(" ")
    }

    pub(super) fn letters(&self) -> usize {
        self.cells.iter().flat_map(|cell| &cell.runs).map(|run| run.text.len()).sum()
    }

    pub(super) fn is_rule(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether all of it is bold.
    pub(super) fn is_bold(&self) -> bool {
        let mut runs = self.cells.iter().flat_map(|cell| &cell.runs);
        runs.all(|run| run.is_bold || run.text.trim().is_empty())
    }
}

/// The lines of a page, from above.
pub(super) fn of_page(page: usize, shown: Shown, links: &[Link]) -> Vec<Line> {
    let (mut glyphs, middle) = (shown.glyphs, shown.middle);
    glyphs.sort_by(|one, other| other.base.total_cmp(&one.base));
    let mut lines = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first() {
        let count = count_of_line(first.base, rest);
        let (own, others) = rest.split_at_mut(count.max(1));
        own.sort_by(|one, other| one.left.total_cmp(&other.left));
        lines.extend(line((page, middle), own, links));
        rest = others;
    }
    for (left, right, base) in shown.strokes {
        // A line close below letters is their underline.
        let under = |own: &Line| {
            let above = own.base - base;
            (-2.0..own.size * 0.4).contains(&above) && own.left() < right && left < own.right()
        };
        if right - left >= 100.0 && !lines.iter().any(under) {
            lines.push(Line { page, page_middle: middle, base, size: 0.0, cells: Vec::new() });
        }
    }
    lines.sort_by(|one, other| other.base.total_cmp(&one.base));
    lines.dedup_by(|one, other| {
        one.is_rule() && other.is_rule() && (one.base - other.base).abs() < 5.0
    });
    lines
}

/// How many letters in front stand on one line: raised and lowered ones are near to those beside them.
fn count_of_line(top: f64, glyphs: &[Glyph]) -> usize {
    let (mut before, mut size) = (top, 0.0_f64);
    let on_line = |own: &&Glyph| {
        size = size.max(own.size);
        let (step, depth) = (before - own.base, top - own.base);
        before = own.base;
        step <= size * 0.38 && depth <= size * 0.8
    };
    glyphs.iter().take_while(on_line).count()
}

fn line((page, page_middle): (usize, f64), glyphs: &[Glyph], links: &[Link]) -> Option<Line> {
    let size = glyphs
        .iter()
        .filter(|own| !own.text.trim().is_empty())
        .map(|own| own.size)
        .fold(0.0, f64::max);
    let mut cells: Vec<Cell> = Vec::new();
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        let gap = before.map_or(f64::INFINITY, |before| glyph.left - before.right);
        let is_doubled = before.is_some_and(|before| {
            before.text == glyph.text && (glyph.left - before.left).abs() < glyph.size * 0.1
        });
        let is_blank = glyph.text.trim().is_empty();
        if is_doubled || (is_blank && before.is_none()) {
            continue;
        }
        let wide = glyph.size.max(1.0) * 1.8;
        match cells.last_mut().filter(|_| gap < wide) {
            Some(cell) => {
                if gap > glyph.size * 0.18 && !is_blank && !ends_blank(cell) {
                    push(cell, " ", glyph, links);
                }
                push(cell, &glyph.text, glyph, links);
                if !is_blank {
                    cell.right = cell.right.max(glyph.right);
                }
            }
            None if is_blank => continue,
            None => {
                let mut cell = Cell { left: glyph.left, right: glyph.right, runs: Vec::new() };
                push(&mut cell, &glyph.text, glyph, links);
                cells.push(cell);
            }
        }
        before = Some(glyph);
    }
    let base =
        glyphs.iter().filter(|own| own.size >= size * 0.9).map(|own| own.base).reduce(f64::min)?;
    (!cells.is_empty()).then_some(Line { page, page_middle, base, size, cells })
}

fn ends_blank(cell: &Cell) -> bool {
    cell.runs.last().is_some_and(|run| run.text.ends_with(char::is_whitespace))
}

fn push(cell: &mut Cell, text: &str, glyph: &Glyph, links: &[Link]) {
    let (x, y) = ((glyph.left + glyph.right) / 2.0, glyph.base + glyph.size * 0.25);
    let link = links
        .iter()
        .find(|own| own.left - 0.5 <= x && x <= own.right + 0.5 && own.low <= y && y <= own.high);
    let address = link.map(|own| own.address.as_str());
    let same = |run: &Run| {
        run.is_bold == glyph.is_bold
            && run.is_italic == glyph.is_italic
            && run.address.as_deref() == address
    };
    match cell.runs.last_mut() {
        Some(run) if same(run) => run.text.push_str(text),
        _ => cell.runs.push(Run {
            text: text.to_owned(),
            is_bold: glyph.is_bold,
            is_italic: glyph.is_italic,
            address: address.map(str::to_owned),
        }),
    }
}
