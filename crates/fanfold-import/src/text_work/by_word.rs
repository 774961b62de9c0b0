//! Title pages of printed books set "by", "von", "par" alone on a line, and the name on the next.

use super::lines::{Line, fold, word_count};
use super::seen::{Seen, is_title_like};

/// Lines looked at: a title page stands at the top.
const TOP: usize = 40;

/// Makes the line under a lone by-word a by-line.
pub(super) fn join(lines: &[Line<'_>], seen: &mut [Seen]) {
    let top = seen.len().min(TOP);
    let words = |seen: &[Seen], index: usize| !matches!(seen[index], Seen::Blank | Seen::Rule);
    for index in 1..top {
        if !matches!(seen[index], Seen::Text) || !is_by_word(lines[index].text) {
            continue;
        }
        let above = (0..index).rev().find(|at| words(seen, *at));
        let below = (index + 1..top).find(|at| words(seen, *at)).filter(|at| at - index <= 3);
        let (Some(above), Some(below)) = (above, below) else { continue };
        let named = matches!(seen[below], Seen::Text) && is_name(lines[below].text);
        if named && is_title_like(lines[above].text) {
            let name = lines[below].text.trim_end_matches(['.', ',']);
            seen[below] = Seen::ByLine(0..name.len());
            seen[index] = Seen::Rule;
        }
    }
}

/// Whether a line is one of these words and nothing else.
pub(super) fn is_by_word(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    bare.chars().count() <= 12
        && ["by", "written by", "von", "par", "por", "di", "от", "af", "av", "door"]
            .contains(&fold(bare).as_str())
}

/// One to five words, each with a capital but the small ones that names have.
fn is_name(text: &str) -> bool {
    let small = ["von", "van", "de", "der", "du", "la", "le", "and", "und", "et", "y", "zu", "di"];
    (1..=5).contains(&word_count(text))
        && text.chars().count() <= 60
        && !text.ends_with(['!', '?', ':', ';'])
        && text.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c == '&') || small.contains(&word)
        })
}
