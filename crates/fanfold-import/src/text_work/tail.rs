//! The end of a file: end marks, links to the next part, end notes, signatures and footers. "The End"
//! stays in the text, because the creator wrote it there; marks that only part a work for posting
//! ("End (1/3)", "Continued in Part 2") become fields and links.

use std::ops::Range;

use fanfold_model::FieldKind;
use fanfold_model::{LinkRel, PartLink};

use super::cues::is_story;
use super::ends::{EndMark, end_mark};
use super::fields::Fields;
use super::furniture::tail_start;
use super::lines::Line;
use super::notes::end_notes_start;

/// Reads the tail of lines `from..`; gives one past the last line of the story.
pub(super) fn read(text: &str, lines: &[Line<'_>], from: usize, fields: &mut Fields<'_>) -> usize {
    let mut end = tail_start(lines, from);
    if let Some(place) = place_of(lines, end, lines.len()) {
        fields.add(FieldKind::Other, "footer", place, "furniture", 0.8);
    }
    while let Some((index, mark)) = last_end_mark(lines, from, end) {
        if let Some(place) = place_of(lines, index + 1, end) {
            fields.add(FieldKind::EndNotes, "", place, "after-the-end", 0.8);
        }
        let line = lines[index];
        let next = keep(text, &line, &mark, fields);
        end = if next { index + 1 } else { index };
        if next {
            return end;
        }
    }
    match end_notes_start(lines, from, end) {
        Some(start) => {
            if let Some(place) = place_of(lines, start, end) {
                fields.add(FieldKind::EndNotes, "", place, "label-at-the-end", 0.8);
            }
            last_end_mark(lines, from, start).map_or(start, |(index, mark)| {
                if keep(text, &lines[index], &mark, fields) { start } else { index }
            })
        }
        None => end,
    }
}

/// Records an end mark; true when its line stays in the text.
fn keep(text: &str, line: &Line<'_>, mark: &EndMark, fields: &mut Fields<'_>) -> bool {
    let place = line.from..line.to;
    match mark {
        EndMark::Work => {
            fields.add(FieldKind::Status, "", place, "end-mark", 0.6);
            true
        }
        EndMark::Part { .. } => {
            fields.add(FieldKind::Other, "", place, "end-mark", 0.8);
            false
        }
        EndMark::GoesOn { part, title } => {
            if part.is_none() && title.is_none() {
                fields.add(FieldKind::Status, "", place, "goes-on-mark", 0.5);
            } else {
                fields.add(FieldKind::Other, "", place, "end-mark", 0.8);
            }
            let title = title
                .clone()
                .map(|range| text[line.from + range.start..line.from + range.end].to_owned());
            fields.links.push(PartLink { rel: LinkRel::Next, part: *part, title, url: None });
            false
        }
    }
}

/// The first end mark of the tail: nothing after it reads as the story.
fn last_end_mark(lines: &[Line<'_>], from: usize, end: usize) -> Option<(usize, EndMark)> {
    let filled: Vec<usize> =
        (from..end).rev().filter(|index| !lines[*index].is_blank()).take(60).collect();
    let found =
        |(after, index): (usize, &usize)| Some((after, *index, end_mark(lines[*index].text)?));
    let (after, index, mark) = filled.iter().enumerate().rev().find_map(found)?;
    let short_tail = after <= 40 && !tells_after(lines, index + 1, end);
    if short_tail {
        return Some((index, mark));
    }
    let last = *filled.first()?;
    end_mark(lines[last].text).map(|mark| (last, mark))
}

fn tells_after(lines: &[Line<'_>], from: usize, end: usize) -> bool {
    let mut paragraph = String::new();
    let mut told = 0;
    for line in lines[from..end].iter().copied().chain([BLANK]) {
        if line.is_blank() {
            let labelled =
                super::notes::is_note_label(&paragraph) || super::cues::cue(&paragraph).is_some();
            told += usize::from(!labelled && is_story(&paragraph));
            paragraph.clear();
        } else {
            paragraph.push_str(line.text);
            paragraph.push(' ');
        }
    }
    told >= 2
}

const BLANK: Line<'_> = Line { start: 0, next: 0, from: 0, to: 0, text: "" };

fn place_of(lines: &[Line<'_>], from: usize, to: usize) -> Option<Range<usize>> {
    let first = (from..to).find(|index| super::furniture::has_words(lines[*index].text))?;
    let last = (from..to).rev().find(|index| !lines[*index].is_blank())?;
    Some(lines[first].from..lines[last].to)
}
