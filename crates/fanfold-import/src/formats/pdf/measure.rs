//! The measures of a text: the size of its letters, its margins, the space from line to line.

use super::lines::Line;
use super::paragraphs::{Sort, Step};
use crate::formats::ao3::is_tag_label;
use crate::text_work;
use std::collections::HashMap;

/// What the lines of a text have in common.
#[derive(Debug, Default)]
pub(super) struct Measure {
    /// Size of most letters.
    size: f64,
    /// Where most lines begin, and the furthest that they reach.
    left: f64,
    right: f64,
    /// From line to line inside a paragraph.
    leading: f64,
    /// Whether paragraphs are parted by space, so that a line that ends early ends no paragraph.
    is_spaced: bool,
    /// The middle between the margins.
    middle: f64,
}

impl Measure {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut own = Self { size: size_of_most(lines), ..Self::default() };
        let is_text = |line: &&Line| !line.is_rule() && own.is_text_size(line);
        let text: Vec<&Line> = lines.iter().filter(is_text).collect();
        own.left = most(text.iter().map(|line| (line.left(), line.letters())));
        // Tables and titles may reach further than the text does.
        let beside = |line: &&&Line| (line.left() - own.left).abs() < own.size * 0.2;
        let mut rights: Vec<f64> = text.iter().filter(beside).map(|line| line.right()).collect();
        rights.sort_by(f64::total_cmp);
        // The furthest but for a few lines that reach over the margin.
        let furthest = rights.len().saturating_sub(1 + rights.len() / 100);
        own.right = rights.get(furthest).copied().unwrap_or_default();
        let steps: Vec<f64> = text
            .windows(2)
            .filter(|pair| pair[0].page == pair[1].page)
            .map(|pair| pair[0].base - pair[1].base)
            .filter(|step| *step > own.size * 0.8)
            .collect();
        own.leading = steps.iter().copied().fold(f64::INFINITY, f64::min).min(own.size * 2.5);
        let near = steps.iter().filter(|step| **step <= own.leading * 1.25).count();
        if near * 10 < steps.len() {
            // A few lines stand closer than all others: they are not the measure.
            own.leading = most(steps.iter().map(|step| (*step, 1)));
        }
        let apart = steps.iter().filter(|step| **step > own.leading * 1.25).count();
        own.is_spaced = apart * 12 > steps.len();
        own.middle = (own.left + own.right) / 2.0;
        own
    }

    fn is_text_size(&self, line: &Line) -> bool {
        (line.size - self.size).abs() <= self.size * 0.08
    }

    pub(super) fn sort(&self, line: &Line) -> Sort {
        let ratio = line.size / self.size.max(0.1);
        match () {
            () if line.is_rule() => Sort::Rule,
            () if ratio >= 1.25 => Sort::Heading(2),
            () if ratio >= 1.09 && line.is_bold() => Sort::Heading(3),
            () => Sort::Text,
        }
    }

    /// Whether a line stands in the middle of the page and not where text stands.
    pub(super) fn is_centred(&self, line: &Line) -> bool {
        let middle = (line.left() + line.right()) / 2.0;
        let is_short = line.right() - line.left() < (self.right - self.left) * 0.8;
        let near = |own: f64| (middle - own).abs() < self.size * 0.8;
        let is_inside = line.left() > self.left + self.size * 2.0;
        is_inside && is_short && (near(self.middle) || near(line.page_middle))
    }

    /// What lies between two lines that follow each other.
    pub(super) fn between(&self, before: &Line, line: &Line) -> Step {
        let is_row = |own: &Line| own.cells.len() > 1;
        let apart = before.is_rule() || line.is_rule() || is_row(line);
        if apart
            || self.sort(before) != self.sort(line)
            || stands_alone(before)
            || stands_alone(line)
        {
            return Step::New;
        }
        let step = before.base - line.base;
        let leading = self.leading * (before.size / self.size.max(0.1)).max(1.0);
        if before.page != line.page {
            return self.over_page(before, line);
        }
        if step > leading * 1.25 || step < 0.0 {
            return Step::New;
        }
        let indent = line.left() - before.left();
        let is_indented = indent > self.size * 0.8 && !self.is_centred(line);
        let is_value = is_row(before) && indent > 0.0;
        if is_value {
            return Step::Same;
        }
        if is_indented {
            return Step::New;
        }
        match (self.has_room(before, line), self.is_spaced) {
            (false, _) => Step::Same,
            (true, true) => Step::Break,
            (true, false) => Step::New,
        }
    }

    /// A paragraph goes on over the page's end if its last line is full, and the next is none of a new one.
    fn over_page(&self, before: &Line, line: &Line) -> Step {
        let is_text =
            self.sort(before) == Sort::Text && !self.is_centred(before) && !self.is_centred(line);
        let same_left = (line.left() - before.left()).abs() < self.size * 0.5
            || (before.left() > line.left() && before.left() - line.left() < self.size * 4.0);
        let goes_on = is_text && same_left && !self.has_room(before, line);
        if goes_on { Step::Same } else { Step::New }
    }

    /// Whether the first word of a line would have found room at the end of the line before it.
    fn has_room(&self, before: &Line, line: &Line) -> bool {
        let text = line.text();
        let first = text.split(' ').next().unwrap_or_default().chars().count();
        let letters = text.chars().count().max(1);
        #[expect(clippy::cast_precision_loss, reason = "letters of a line")]
        let word = (line.right() - line.left()) * (first as f64 + 1.0) / letters as f64;
        // A quotation keeps as much distance on the right as on the left.
        let indent = (before.left().min(line.left()) - self.left).max(0.0);
        before.right() + word < self.right - indent - self.size * 0.5
    }
}

/// A label over its value, bold and nothing else in the line; or the mark of a chapter.
fn stands_alone(line: &Line) -> bool {
    if line.cells.len() != 1 || line.right() - line.left() > line.size * 24.0 {
        return false;
    }
    let text = line.text();
    let is_label = text.ends_with(':') && (line.is_bold() || is_tag_label(&text));
    is_label || (text.contains(char::is_alphabetic) && text_work::chapter_mark(&text).is_some())
}

/// The size that most letters have.
pub(super) fn size_of_most(lines: &[Line]) -> f64 {
    most(lines.iter().map(|line| (line.size, line.letters())))
}

/// The value that most of the weight lies on, in steps of a quarter of a point.
fn most(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut weights: HashMap<i64, (usize, f64)> = HashMap::new();
    for (value, weight) in values {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a place on a page in quarters of a point"
        )]
        let step = (value * 4.0).round() as i64;
        weights.entry(step).or_insert((0, value)).0 += weight;
    }
    let heaviest =
        weights.into_iter().max_by_key(|(step, (weight, _))| (*weight, std::cmp::Reverse(*step)));
    heaviest.map_or(0.0, |(_, (_, value))| value)
}
