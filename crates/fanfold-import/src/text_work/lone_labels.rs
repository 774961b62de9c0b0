//! Labels that stand alone on their lines with no colon, the value below: "TITLE" and under it the title. One such line is
//! a word; three of them with values between, one naming title or creator, are a header.

use fanfold_model::FieldKind;

use super::label_line::LabelHit;
use super::label_table::Strength;
use super::labels::meaning;
use super::lines::{Line, word_count};
use super::seen::Seen;

/// Lines looked at: such a header stands at the top.
const TOP: usize = 60;
/// So many make a header.
const LEAST: usize = 3;

/// Makes lines that are a label alone labels without a value on their line.
pub(super) fn join(lines: &[Line<'_>], seen: &mut [Seen]) {
    let top = seen.len().min(TOP);
    let hits: Vec<(usize, LabelHit)> = (0..top)
        .filter(|index| matches!(seen[*index], Seen::Text))
        .filter_map(|index| Some((index, alone(lines[index].text)?)))
        .collect();
    let is_label = |index: usize| hits.iter().any(|(at, _)| *at == index);
    let valued = |index: usize| {
        let below = (index + 1..top.min(index + 3)).find(|at| !matches!(seen[*at], Seen::Blank));
        below.is_some_and(|at| !is_label(at) && !matches!(seen[at], Seen::Rule))
    };
    let kept: Vec<usize> =
        hits.iter().map(|(index, _)| *index).filter(|index| valued(*index)).collect();
    let names = hits.iter().any(|(index, hit)| {
        kept.contains(index)
            && matches!(hit.kinds.first(), Some(FieldKind::Title | FieldKind::Creator))
    });
    if kept.len() < LEAST || !names {
        return;
    }
    for (index, hit) in hits.into_iter().filter(|(index, _)| kept.contains(index)) {
        seen[index] = Seen::Labels(vec![hit]);
    }
}

/// A line that is a strong label and nothing else.
fn alone(text: &str) -> Option<LabelHit> {
    let fits = word_count(text) <= 3
        && text.starts_with(char::is_uppercase)
        && text.ends_with(|c: char| c.is_alphabetic() || c == ')');
    let known = meaning(text).filter(|known| fits && !known.typo)?;
    (known.strength == Strength::Strong && text.chars().count() >= 4).then_some(LabelHit {
        kinds: known.kinds,
        label: 0..text.len(),
        value: text.len()..text.len(),
        strong: true,
        typo: false,
        is_part: known.is_part,
    })
}
