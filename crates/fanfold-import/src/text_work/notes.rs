//! Notes of a chapter: label lines right under its heading, and "Author's note:" after its last line.

use fanfold_model::FieldKind;

use super::cues::is_story;
use super::label_line::labels;
use super::lines::Line;

/// One past the last line of label lines that open a chapter, if any do.
pub(super) fn notes_end(lines: &[Line<'_>], from: usize, to: usize) -> Option<usize> {
    let mut end = None;
    let mut at = from;
    while let Some(index) =
        (at..to).find(|index| !lines[*index].is_blank() && !lines[*index].is_rule())
    {
        if index > at + 3 || !is_note_label(lines[index].text) {
            break;
        }
        let stop = paragraph_end(lines, index, to);
        let more = lines[stop..to].iter().any(|line| !line.is_blank() && !line.is_rule());
        if !more {
            break;
        }
        end = Some(stop);
        at = stop;
    }
    end
}

/// The first line of notes that close a chapter, if any do.
pub(super) fn end_notes_start(lines: &[Line<'_>], from: usize, to: usize) -> Option<usize> {
    let filled: Vec<usize> =
        (from..to).rev().filter(|index| !lines[*index].is_blank()).take(30).collect();
    let story_before =
        |index: usize| lines[from..index].iter().any(|line| !line.is_blank() && !line.is_rule());
    filled.into_iter().rev().find(|index| {
        opens(lines, from, *index)
            && is_note_label(lines[*index].text)
            && story_before(*index)
            && nothing_told_after(lines, *index, to)
    })
}

fn opens(lines: &[Line<'_>], from: usize, index: usize) -> bool {
    index > from && (lines[index - 1].is_blank() || lines[index - 1].is_rule())
}

/// Paragraphs after the first one must not be story: they belong to the note only if short.
fn nothing_told_after(lines: &[Line<'_>], index: usize, to: usize) -> bool {
    let mut at = paragraph_end(lines, index, to);
    while let Some(start) = (at..to).find(|line| !lines[*line].is_blank()) {
        at = paragraph_end(lines, start, to);
        let joined: Vec<&str> = lines[start..at].iter().map(|line| line.text).collect();
        if is_story(&joined.join(" ")) && !is_note_label(lines[start].text) {
            return false;
        }
    }
    true
}

fn paragraph_end(lines: &[Line<'_>], from: usize, to: usize) -> usize {
    (from..to).find(|index| lines[*index].is_blank()).unwrap_or(to)
}

/// A label of notes that is strong by itself.
pub(super) fn is_note_label(text: &str) -> bool {
    use FieldKind as K;
    text.len() < 5000
        && labels(text).first().is_some_and(|hit| {
            hit.strong
                && !hit.typo
                && hit.kinds.iter().all(|kind| {
                    matches!(
                        kind,
                        K::Notes
                            | K::EndNotes
                            | K::Disclaimer
                            | K::Warning
                            | K::Summary
                            | K::Rating
                            | K::Thanks
                            | K::Feedback
                            | K::Spoilers
                            | K::Challenge
                            | K::Dedication
                    )
                })
        })
}
