//! The original text in stretches, with the places that were read.

use crate::views::sources::{Facsimile, Stretch};

/// A place in the text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The number of the reading.
    pub(super) number: usize,
}

/// Bytes shown after the last mark, and at least.
const AFTERWARDS: usize = 2_000;
/// Bytes shown at most: a facsimile shows places, the download shows everything.
const MOST: usize = 60_000;

/// Cuts the text at the marks. A mark inside or across an earlier one begins where that one ends.
pub(super) fn facsimile(path: String, text: &str, marks: &[Mark]) -> Facsimile {
    let last = marks.iter().map(|mark| mark.to).max().unwrap_or(0);
    let shown = floor(text, last.saturating_add(AFTERWARDS).min(MOST));
    let mut stretches = Vec::new();
    let mut at = 0;
    for mark in marks {
        let (from, to) = (floor(text, mark.from.max(at)), floor(text, mark.to).min(shown));
        if from >= to {
            continue;
        }
        put(&mut stretches, text.get(at..from), None);
        put(&mut stretches, text.get(from..to), Some(mark.number));
        at = to;
    }
    put(&mut stretches, text.get(at..shown), None);
    Facsimile { path, stretches, left_out: (text.len() - shown) as u64 }
}

fn put(stretches: &mut Vec<Stretch>, text: Option<&str>, number: Option<usize>) {
    let text = text.filter(|text| !text.is_empty());
    stretches.extend(text.map(|text| Stretch { text: text.to_owned(), number }));
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stretches_join_to_the_beginning_of_the_text_whatever_the_marks(
            text in "\\PC{0,200}",
            places in proptest::collection::vec((0usize..300, 0usize..300), 0..6),
        ) {
            let mut marks: Vec<Mark> = places.iter().enumerate().map(|(i, (a, b))| Mark { from: *a, to: *b, number: i }).collect();
            marks.sort_by_key(|mark| mark.from);
            let made = facsimile("a".into(), &text, &marks);
            let joined: String = made.stretches.iter().map(|s| s.text.as_str()).collect();
            prop_assert!(text.starts_with(&joined));
            prop_assert_eq!(joined.len() as u64 + made.left_out, text.len() as u64);
        }
    }
}
