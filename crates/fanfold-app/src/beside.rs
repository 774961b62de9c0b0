//! Two texts side by side: what stands in one, in the other, in both. For two versions of a work, and for two works
//! that share text.
//!
//! Paragraphs are compared first, then the words of those that were changed. Long stretches that are alike, or that
//! only one text has, are folded to their ends.

use crate::Result;
use crate::archive::Archive;
use fanfold_model::{Chapter, Viewer, WorkId};
use fanfold_storage::{ChapterChoice, WorkKey};
use fanfold_text::CleanHtml;
use fanfold_text::export_text::html_to_text;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// A comparison that takes longer is cut short: what is left counts as changed.
const PATIENCE: Duration = Duration::from_secs(2);
/// Paragraphs shown at each end of a stretch before the rest is folded.
const ENDS: usize = 2;
/// Words that two paragraphs must share to be one that was changed.
const AKIN: f64 = 0.4;

/// A piece of a changed paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Both(String),
    /// In the first only.
    First(String),
    /// In the second only.
    Second(String),
}

/// A stretch of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// A paragraph that both have.
    Both(String),
    /// A paragraph that was changed.
    Changed(Vec<Piece>),
    /// A paragraph of the first only.
    First(String),
    /// A paragraph of the second only.
    Second(String),
    /// So many paragraphs more of the kind before.
    Folded(usize),
}

/// Two texts side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// The stretches, in reading order.
    pub stretches: Vec<Stretch>,
    /// Paragraphs that both have, word for word.
    pub alike: usize,
    /// Paragraphs that were changed.
    pub changed: usize,
    /// Paragraphs of the first only.
    pub first_only: usize,
    /// Paragraphs of the second only.
    pub second_only: usize,
}

impl Archive {
    /// A version of a work beside the text that is shown; `None` if one of them is not there.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn version_beside(
        &self,
        id: WorkId,
        number: u32,
        viewer: Viewer,
    ) -> Result<Option<Beside>> {
        let shown = self.store().work(WorkKey::Id(id), viewer, ChapterChoice::All).await?;
        let other = self.store().version(id, viewer, number).await?;
        let (Some(shown), Some(other)) = (shown, other) else { return Ok(None) };
        Ok(Some(lay(&paragraphs(&other.chapters), &paragraphs(&shown.work.chapters))))
    }

    /// Two works side by side; `None` if the viewer may not see both.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn works_beside(
        &self,
        first: WorkId,
        second: WorkId,
        viewer: Viewer,
    ) -> Result<Option<Beside>> {
        let first = self.store().work(WorkKey::Id(first), viewer, ChapterChoice::All).await?;
        let second = self.store().work(WorkKey::Id(second), viewer, ChapterChoice::All).await?;
        let (Some(first), Some(second)) = (first, second) else { return Ok(None) };
        Ok(Some(lay(&paragraphs(&first.work.chapters), &paragraphs(&second.work.chapters))))
    }
}

fn paragraphs(chapters: &[Chapter]) -> Vec<String> {
    let text =
        |chapter: &Chapter| html_to_text(&CleanHtml::trusted_from_store(chapter.html.clone()), 0);
    let lines = chapters.iter().map(text).collect::<Vec<_>>().join("\n");
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Lays the paragraphs of two texts side by side.
#[must_use]
pub fn lay(first: &[String], second: &[String]) -> Beside {
    let deadline = Some(Instant::now() + PATIENCE);
    let ops = capture_diff_slices_deadline(Algorithm::Patience, first, second, deadline);
    let mut beside = Beside::default();
    for op in ops {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                beside.alike += len;
                beside.fold(&first[old_index..old_index + len], Stretch::Both);
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                beside.only_first(&first[old_index..old_index + old_len]);
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                beside.only_second(&second[new_index..new_index + new_len]);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => beside.replaced(
                &first[old_index..old_index + old_len],
                &second[new_index..new_index + new_len],
            ),
        }
    }
    beside
}

impl Beside {
    fn only_first(&mut self, paragraphs: &[String]) {
        self.first_only += paragraphs.len();
        self.fold(paragraphs, Stretch::First);
    }

    fn only_second(&mut self, paragraphs: &[String]) {
        self.second_only += paragraphs.len();
        self.fold(paragraphs, Stretch::Second);
    }

    /// The paragraphs, those in the middle folded.
    fn fold(&mut self, paragraphs: &[String], kind: fn(String) -> Stretch) {
        let hidden = paragraphs.len().saturating_sub(2 * ENDS);
        if hidden < 2 {
            return self.stretches.extend(paragraphs.iter().cloned().map(kind));
        }
        self.stretches.extend(paragraphs[..ENDS].iter().cloned().map(kind));
        self.stretches.push(Stretch::Folded(hidden));
        self.stretches.extend(paragraphs[ENDS + hidden..].iter().cloned().map(kind));
    }

    /// Paragraphs in the place of others: those that are akin were changed, each once and in order.
    fn replaced(&mut self, first: &[String], second: &[String]) {
        let (mut from_first, mut from_second) = (0, 0);
        for (at, paragraph) in first.iter().enumerate() {
            // Only the nearest few can be the same paragraph; a rewritten chapter must not cost its square.
            let near = second.iter().enumerate().skip(from_second).take(8);
            let akin = near
                .map(|(place, other)| (place, pieces(paragraph, other)))
                .find_map(|(place, pieces)| pieces.map(|pieces| (place, pieces)));
            let Some((place, pieces)) = akin else { continue };
            self.only_first(&first[from_first..at]);
            self.only_second(&second[from_second..place]);
            self.changed += 1;
            self.stretches.push(Stretch::Changed(pieces));
            (from_first, from_second) = (at + 1, place + 1);
        }
        self.only_first(&first[from_first..]);
        self.only_second(&second[from_second..]);
    }
}

/// The pieces of a paragraph that was changed; `None` if the two have little in common.
fn pieces(first: &str, second: &str) -> Option<Vec<Piece>> {
    let diff = TextDiff::from_words(first, second);
    if shared_words(&diff, first, second) < AKIN {
        return None;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Both(last)))
            | (ChangeTag::Delete, Some(Piece::First(last)))
            | (ChangeTag::Insert, Some(Piece::Second(last))) => last.push_str(text),
            (ChangeTag::Equal, _) => pieces.push(Piece::Both(text.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::First(text.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::Second(text.to_owned())),
        }
    }
    Some(pieces)
}

/// The share of the words of both that stands in both; blanks are no words.
fn shared_words(diff: &TextDiff<'_, '_, str>, first: &str, second: &str) -> f64 {
    let both = diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Equal)
        .map(|change| change.value().split_whitespace().count())
        .sum::<usize>();
    let all = first.split_whitespace().count() + second.split_whitespace().count();
    2.0 * both as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn changed_words_are_told_within_their_paragraph() {
        let first =
            text(&["The lamp was lit.", "Nobody came to the old inn that night.", "The end."]);
        let second = text(&["The lamp was lit.", "Nobody came to the inn that winter night."]);
        let beside = lay(&first, &second);
        let expected = vec![
            Stretch::Both("The lamp was lit.".into()),
            Stretch::Changed(vec![
                Piece::Both("Nobody came to the ".into()),
                Piece::First("old ".into()),
                Piece::Both("inn that ".into()),
                Piece::Second("winter ".into()),
                Piece::Both("night.".into()),
            ]),
            Stretch::First("The end.".into()),
        ];
        assert_eq!(beside.stretches, expected);
        let counts = (beside.alike, beside.changed, beside.first_only, beside.second_only);
        assert_eq!(counts, (1, 1, 1, 0));
    }

    #[test]
    fn long_stretches_are_folded_to_their_ends() {
        let all: Vec<String> = (0..20).map(|n| format!("Paragraph {n}.")).collect();
        let beside = lay(&all, &all[..19]);
        assert_eq!(beside.stretches.len(), 6);
        assert_eq!(beside.stretches[2], Stretch::Folded(15));
        assert_eq!(beside.stretches[5], Stretch::First("Paragraph 19.".into()));
        assert_eq!(lay(&[], &[]), Beside::default());
    }

    #[test]
    fn texts_with_nothing_in_common_stand_one_after_the_other() {
        let first = text(&["A lamp burned in the attic.", "It went out."]);
        let second = text(&["Robin walked to Nottingham fair.", "Marian laughed."]);
        let beside = lay(&first, &second);
        assert_eq!((beside.changed, beside.first_only, beside.second_only), (0, 2, 2));
    }
}
