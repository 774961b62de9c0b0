//! The frame that Project Gutenberg sets around its editions, old and new: labels, licence, "start of" and "end of" lines.
//! What stands between is the work; labels above it name title, creator and language; the rest is kept as a footer.

use std::ops::Range;

use fanfold_model::FieldKind;

use super::fields::Fields;
use super::furniture::has_words;
use super::label_line::labels;
use super::lines::{Line, fold};

/// Which lines are the work.
pub(super) fn story(lines: &[Line<'_>]) -> Range<usize> {
    let start = lines
        .iter()
        .take(800)
        .rposition(|line| is_start(line.text))
        .map_or(0, |at| without_makers(lines, at + 1));
    let end = (start..lines.len()).find(|at| is_end(lines[*at].text)).unwrap_or(lines.len());
    start..end
}

/// Labels of the frame as the preferred fields; all of the frame as what it is.
pub(super) fn keep(lines: &[Line<'_>], story: &Range<usize>, fields: &mut Fields<'_>) {
    let mut stated = 0;
    for line in lines[..story.start].iter().filter(|line| line.text.len() < 300) {
        let Some(hit) = labels(line.text).into_iter().next().filter(|hit| hit.strong) else {
            continue;
        };
        let Some(kind) = hit.kinds.first().filter(|kind| is_stated(**kind)) else { continue };
        if hit.value.is_empty() {
            continue;
        }
        let label = hit.label_in(line.text).to_owned();
        fields.add(*kind, &label, line.place(hit.value.clone()), "edition-label", 0.95);
        fields.fields[stated..].rotate_right(1);
        stated += 1;
    }
    for part in [0..story.start, story.end..lines.len()] {
        let words = |at: &usize| has_words(lines[*at].text);
        let (first, last) = (part.clone().find(words), part.clone().rev().find(words));
        if let (Some(first), Some(last)) = (first, last) {
            let place = lines[first].from..lines[last].to;
            fields.add(FieldKind::Other, "edition", place, "edition-frame", 0.9);
        }
    }
}

fn is_stated(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Title | FieldKind::Creator | FieldKind::Language)
}

fn folded(text: &str) -> Option<String> {
    let bare = text.trim_matches(['*', ' ', '=']);
    (bare.len() < 160 && bare.is_char_boundary(3))
        .then(|| bare.get(..3))
        .flatten()
        .filter(|head| ["sta", "end"].iter().any(|own| head.eq_ignore_ascii_case(own)))
        .map(|_| fold(bare))
}

fn is_start(text: &str) -> bool {
    folded(text).is_some_and(|line| {
        line.starts_with("start of the project gutenberg")
            || line.starts_with("start of this project gutenberg")
            || text.starts_with('*') && line.starts_with("end") && line.contains("small print")
    })
}

fn is_end(text: &str) -> bool {
    folded(text).is_some_and(|line| {
        [
            "end of the project gutenberg",
            "end of this project gutenberg",
            "end of project gutenberg",
        ]
        .iter()
        .any(|end| line.starts_with(end))
    })
}

/// "Produced by ..." right under the start line names who typed it.
fn without_makers(lines: &[Line<'_>], from: usize) -> usize {
    const MAKERS: [&str; 7] = [
        "produced by ",
        "e-text prepared by ",
        "etext prepared by ",
        "transcribed from ",
        "this etext was ",
        "this ebook was ",
        "scanned by ",
    ];
    let Some(first) = (from..lines.len()).find(|at| !lines[*at].is_blank()) else { return from };
    let line = fold(lines[first].text);
    if !MAKERS.iter().any(|maker| line.starts_with(maker)) {
        return from;
    }
    (first..lines.len()).find(|at| lines[*at].is_blank()).unwrap_or(first + 1)
}
