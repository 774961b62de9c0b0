//! Where the lines of a page begin in its source, so that a short value ("G") is looked for in its own line and not
//! anywhere before it.

use crate::decode::DecodedText;
use crate::rich::RichText;
use crate::seen::find;
use fanfold_model::Span;
use std::ops::Range;

/// Places of lines in the source; nothing where there is no source text (a book's file).
pub(super) struct LinePlaces<'a> {
    decoded: Option<&'a DecodedText>,
    /// Place of each line's first word; a line that cannot be found has the place of the line before it.
    starts: Vec<usize>,
}

/// Headers stand at the beginning; lines further down are not looked for.
const LINES: usize = 400;

impl<'a> LinePlaces<'a> {
    /// Finds the lines of a page one after the other.
    pub(super) fn new(rich: &RichText, decoded: Option<&'a DecodedText>) -> Self {
        let mut starts = Vec::new();
        if let Some(decoded) = decoded {
            let lower = decoded
                .text
                .get(..decoded.text.floor_char_boundary(64 * 1024))
                .unwrap_or_default()
                .to_ascii_lowercase();
            let mut at = lower.find("<body").unwrap_or(0);
            for (_, line) in rich.lines().iter().take(LINES) {
                let word = line.text.split_whitespace().next().unwrap_or_default();
                let rest = decoded.text.get(at..).unwrap_or_default();
                if let Some((found, _)) = find(rest, word) {
                    at += found;
                }
                starts.push(at);
                at += usize::from(!word.is_empty())
                    * decoded
                        .text
                        .get(at..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(0, char::len_utf8);
            }
        }
        Self { decoded, starts }
    }

    /// The place of what is written in a stretch of the page's text.
    pub(super) fn of(&self, rich: &RichText, range: &Range<usize>, written: &str) -> Option<Span> {
        let decoded = self.decoded?;
        let line = rich.lines().partition_point(|(place, _)| place.end <= range.start);
        let start = *self.starts.get(line)?;
        let before = rich
            .lines()
            .get(line)
            .map_or("", |(place, _)| rich.text.get(place.start..range.start).unwrap_or_default());
        let label = before.split_whitespace().last().unwrap_or_default();
        let mut rest = decoded.text.get(start..)?;
        let mut from = start;
        if let Some((found, length)) = find(rest, label).filter(|(found, _)| *found < 2_000) {
            from += found + length;
            rest = decoded.text.get(from..)?;
        }
        let (found, length) = find(rest, written).filter(|(found, _)| *found < 2_000)?;
        Some(decoded.span(from + found..from + found + length))
    }
}
