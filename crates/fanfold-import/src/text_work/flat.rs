//! Pages that lost their line ends: one long line with the header, a rule and the story in it. Cut again before each
//! label and at the rule, so that the rules for lines see lines. Nothing is guessed: a line with fewer than three strong
//! labels stays as it is.

use super::label_table::Strength;
use super::labels::meaning;
use super::lines::{Line, is_rule, line};

/// A line shorter than this is a line.
const LONG: usize = 300;
/// Labels are looked for in so many bytes.
const HEAD: usize = 6_000;
/// So many labels make a header.
const LEAST: usize = 3;

/// The lines, long ones with a header in them cut apart.
pub(super) fn unflattened<'a>(text: &'a str, lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
    if !lines.iter().any(|line| line.text.len() >= LONG && line.text.contains(':')) {
        return lines;
    }
    let mut whole = Vec::with_capacity(lines.len());
    for long in lines {
        let cuts = if long.text.len() >= LONG { cuts(long.text) } else { Vec::new() };
        let mut from = long.start;
        for cut in cuts.into_iter().map(|cut| long.from + cut).filter(|cut| *cut > long.from) {
            whole.push(line(text, from, cut, cut));
            from = cut;
        }
        whole.push(line(text, from, long.to.max(from), long.next));
    }
    whole
}

/// Where the pieces begin: labels, the rule after the last of them, the story after the rule.
fn cuts(text: &str) -> Vec<usize> {
    let mut cuts: Vec<usize> = Vec::new();
    for (colon, _) in text.match_indices(':').take_while(|(at, _)| *at < HEAD) {
        let after = cuts.last().map_or(0, |last| last + 1);
        if let Some(start) = label_before(text, after, colon) {
            cuts.push(start);
        }
    }
    if cuts.len() < LEAST {
        return Vec::new();
    }
    if let Some((rule, story)) = cuts.last().and_then(|last| rule_after(text, *last)) {
        cuts.extend([rule, story]);
    }
    cuts
}

/// Where a strong label that ends at a colon begins: the longest of one to three words with a capital.
fn label_before(text: &str, after: usize, colon: usize) -> Option<usize> {
    let before = text.get(after..colon)?;
    let starts = before.rmatch_indices(' ').map(|(at, _)| after + at + 1).take(3);
    let whole = (after == 0 && before.len() <= 40).then_some(0);
    starts
        .chain(whole)
        .filter(|start| {
            let label = &text[*start..colon];
            let known = meaning(label).filter(|known| !known.typo);
            label.starts_with(char::is_uppercase)
                && is_evenly_cased(label)
                && known.is_some_and(|known| known.strength == Strength::Strong)
        })
        .last()
}

/// "RATING: General SUMMARY: ...": the label is the word in capitals alone.
fn is_evenly_cased(label: &str) -> bool {
    let shouted = |word: &str| !word.contains(char::is_lowercase);
    let last = label.rsplit(' ').next().unwrap_or(label);
    label.split(' ').all(|word| shouted(word) == shouted(last))
}

/// A rule of at least five signs behind the last label, and what follows it.
fn rule_after(text: &str, label: usize) -> Option<(usize, usize)> {
    let mut at = label;
    for word in text[label..].split(' ') {
        let end = at + word.len();
        if word.len() >= 5 && is_rule(word) && end < text.len() {
            return Some((at, end));
        }
        at = end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        unflattened(text, lines(text)).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_page_in_one_line_is_cut_before_its_labels_and_at_its_rule() {
        let story = "The goose went first. ".repeat(20);
        let text = format!(
            "Title: Nine Geese Author: Ada Pike Rating: PG Author's Note: Thanks to all: you know who. ***** {story}"
        );
        assert_eq!(
            pieces(&text),
            [
                "Title: Nine Geese",
                "Author: Ada Pike",
                "Rating: PG",
                "Author's Note: Thanks to all: you know who.",
                "*****",
                story.trim()
            ]
        );
    }

    #[test]
    fn a_value_that_could_begin_the_next_label_stays_a_value() {
        let text = format!("TITLE: A AUTHOR: B RATING: General SUMMARY: {}", "c ".repeat(200));
        assert_eq!(pieces(&text)[2], "RATING: General");
    }

    #[test]
    fn the_pieces_cover_the_line() {
        let text =
            format!("\n Title: A Author: B Rating: G Summary: {}\r\nnext\n", "c ".repeat(200));
        let cut = unflattened(&text, lines(&text));
        assert!(cut.windows(2).all(|pair| pair[0].next == pair[1].start));
        assert_eq!(cut.last().map(|line| line.next), Some(text.len()));
    }

    #[test]
    fn a_long_paragraph_with_colons_stays_whole() {
        let text = format!("He said: come. {} Title: none.", "And so they went on. ".repeat(30));
        assert_eq!(pieces(&text).len(), 1);
    }
}
