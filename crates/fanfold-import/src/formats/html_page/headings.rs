//! Headings as chapter marks where the words of the marks say nothing ("The Attic", "The Stairs").

use crate::body::without_outer_rules;
use crate::from_text::TextPlaces;
use crate::rich::{Kind, Line, RichText};
use crate::text_work::TextReading;
use fanfold_model::ExtractedChapter;
use std::ops::Range;

/// All headings with their levels, in order.
pub(super) fn of(lines: &[Line]) -> Vec<(u8, String)> {
    lines
        .iter()
        .filter_map(|line| match line.kind {
            Kind::Heading(level) if line.text.chars().count() <= 200 => {
                Some((level, line.text.clone()))
            }
            _ => None,
        })
        .collect()
}

/// A chapter that begins at a heading.
pub(super) struct HeadedChapter {
    title: Option<String>,
    text: Range<usize>,
}

impl HeadedChapter {
    /// The chapter with its clean HTML.
    pub(super) fn cut(self, places: &mut dyn TextPlaces) -> ExtractedChapter {
        ExtractedChapter {
            title: self.title,
            html: without_outer_rules(&places.html(self.text)).to_owned(),
            ..ExtractedChapter::default()
        }
    }
}

/// The body cut at its headings: only where the grammar found one chapter, and two or more headings of one level stand
/// in it with text under each.
pub(super) fn split(reading: &TextReading, rich: &RichText) -> Option<Vec<HeadedChapter>> {
    let [only] = reading.chapters.as_slice() else { return None };
    let inside: Vec<(Range<usize>, u8, &str)> = rich
        .lines()
        .iter()
        .filter(|(place, _)| place.start >= only.start && place.end <= only.end)
        .filter_map(|(place, line)| match line.kind {
            Kind::Heading(level) => Some((place.clone(), level, line.text.as_str())),
            _ => None,
        })
        .collect();
    let level = [1, 2, 3]
        .into_iter()
        .find(|level| inside.iter().filter(|(_, own, _)| own == level).count() >= 2)?;
    let marks: Vec<(Range<usize>, &str)> = inside
        .into_iter()
        .filter(|(_, own, _)| *own == level)
        .map(|(place, _, text)| (place, text))
        .collect();
    let ends = marks.iter().skip(1).map(|(place, _)| place.start).chain([only.end]);
    let has_words = |range: &Range<usize>| {
        rich.text.get(range.clone()).is_some_and(|text| text.chars().any(char::is_alphanumeric))
    };
    let mut chapters: Vec<HeadedChapter> = marks
        .iter()
        .zip(ends)
        .map(|((place, title), end)| HeadedChapter {
            title: Some((*title).to_owned()),
            text: place.end..end,
        })
        .collect();
    if !chapters.iter().all(|chapter| has_words(&chapter.text)) {
        return None;
    }
    let before = only.start..marks.first().map_or(only.start, |(place, _)| place.start);
    if has_words(&before) {
        chapters.insert(0, HeadedChapter { title: None, text: before });
    }
    Some(chapters)
}
