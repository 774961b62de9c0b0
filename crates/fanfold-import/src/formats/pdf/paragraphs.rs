//! Lines become paragraphs: where the space between lines is larger, where a line is indented, where the next word
//! would still have found room, where the letters change their size. A paragraph that a page's end parts is joined.

use super::hyphens::Words;
use super::lines::{Line, Run};
use super::measure::Measure;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Text.
    Text,
    /// Larger letters than the text has: much, or somewhat.
    Heading(u8),
    /// A line across the page.
    Rule,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    pub(super) sort: Sort,
    pub(super) page: usize,
    /// Where its lines begin, without the indent of the first.
    pub(super) left: f64,
    pub(super) is_centred: bool,
    pub(super) is_bold: bool,
    /// Its first column, where it has several.
    pub(super) label: Option<Vec<Run>>,
    pub(super) runs: Vec<Run>,
}

impl Paragraph {
    /// What a reader sees.
    pub(super) fn text(&self) -> String {
        line_of(&self.runs)
    }
}

/// What runs say, in one line.
pub(super) fn line_of(runs: &[Run]) -> String {
    let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs of lines without furniture.
pub(super) fn of(lines: &[Line]) -> Vec<Paragraph> {
    let measure = Measure::of(lines);
    let words = Words::of(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let sort = measure.sort(line);
        let joined = before.map(|before| measure.between(before, line));
        match (joined, paragraphs.last_mut()) {
            (Some(Step::Same | Step::Break), Some(open))
                if open.sort == sort && sort != Sort::Rule =>
            {
                let is_break = joined == Some(Step::Break);
                append(line, is_break, &words, open);
            }
            _ => paragraphs.push(begin(line, sort, &measure)),
        }
        before = Some(line);
    }
    paragraphs
}

/// What lies between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The paragraph goes on.
    Same,
    /// The paragraph goes on; the line was ended on purpose.
    Break,
    /// A new paragraph.
    New,
}

fn begin(line: &Line, sort: Sort, measure: &Measure) -> Paragraph {
    let (label, cells) = match line.cells.as_slice() {
        [label, others @ ..] if !others.is_empty() => (Some(label.runs.clone()), others),
        cells => (None, cells),
    };
    let mut runs = Vec::new();
    for cell in cells {
        push(&mut runs, &cell.runs, " ");
    }
    Paragraph {
        sort,
        page: line.page,
        left: line.left(),
        is_centred: measure.is_centred(line),
        is_bold: line.is_bold(),
        label,
        runs,
    }
}

fn append(line: &Line, is_break: bool, words: &Words, open: &mut Paragraph) {
    let mut runs = Vec::new();
    for cell in &line.cells {
        push(&mut runs, &cell.runs, " ");
    }
    open.left = open.left.min(line.left());
    open.is_bold &= line.is_bold();
    let space = match (is_break, words.hyphen(&line_of(&open.runs), &line_of(&runs))) {
        (true, _) => "\n",
        (false, None) => " ",
        (false, Some(stays)) => {
            if !stays {
                drop_last(&mut open.runs);
            }
            ""
        }
    };
    push(&mut open.runs, &runs, space);
}

/// Takes the hyphen off the end.
fn drop_last(runs: &mut [Run]) {
    if let Some(run) = runs.iter_mut().rev().find(|run| !run.text.trim().is_empty()) {
        let kept = run.text.trim_end().trim_end_matches(['-', '\u{ad}', '\u{2010}']).len();
        run.text.truncate(kept);
    }
}

fn push(runs: &mut Vec<Run>, more: &[Run], space: &str) {
    if let Some(last) = runs.last_mut() {
        let kept = last.text.trim_end_matches(' ').len();
        last.text.truncate(kept);
        last.text.push_str(space);
    }
    for (at, run) in more.iter().enumerate() {
        let text = if at == 0 { run.text.trim_start_matches(' ') } else { run.text.as_str() };
        match runs.last_mut() {
            Some(last) if same_style(last, run) => last.text.push_str(text),
            _ => runs.push(Run { text: text.to_owned(), ..run.clone() }),
        }
    }
}

fn same_style(one: &Run, other: &Run) -> bool {
    (one.is_bold, one.is_italic, &one.address) == (other.is_bold, other.is_italic, &other.address)
}
