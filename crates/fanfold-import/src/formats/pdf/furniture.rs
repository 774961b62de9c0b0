//! Running heads and page numbers: what stands at the top or the bottom of many pages with the same words, or with a
//! number that counts the pages. Headings of chapters count too, so large letters and chapter marks are none.

use super::lines::Line;
use super::measure::size_of_most;
use crate::text_work;
use std::collections::{HashMap, HashSet};

/// Lines at each end of a page that may be furniture.
const DEEP: usize = 2;

/// The lines without it.
pub(super) fn without(lines: Vec<Line>) -> Vec<Line> {
    let pages: HashSet<usize> = lines.iter().map(|line| line.page).collect();
    if pages.len() < 2 {
        return lines;
    }
    let size = size_of_most(&lines);
    let mut ends = ends(&lines);
    ends.retain(|at| {
        let (line, text) = (&lines[*at], lines[*at].text());
        let has_words = text.contains(char::is_alphabetic);
        let is_head = has_words && text_work::chapter_mark(&text).is_some();
        line.size <= size * 1.08 && !is_head
    });
    let mut counts: HashMap<Key, usize> = HashMap::new();
    for key in ends.iter().flat_map(|at| keys(&lines[*at])) {
        *counts.entry(key).or_default() += 1;
    }
    // Heads of right and left pages may take turns; the first page may have none.
    let enough = if pages.len() <= 4 { 2 } else { (pages.len() / 4).max(3) };
    let is_often = |key: &Key| counts.get(key).is_some_and(|count| *count >= enough);
    ends.retain(|at| keys(&lines[*at]).iter().any(is_often));
    let mut drop = ends.into_iter().peekable();
    let kept = lines.into_iter().enumerate().filter(|(at, _)| drop.next_if_eq(at).is_none());
    kept.map(|(_, line)| line).collect()
}

/// The first and last lines of all pages, in order.
fn ends(lines: &[Line]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while let Some(first) = lines.get(start) {
        let page = first.page;
        let count = lines[start..].iter().take_while(|line| line.page == page).count();
        let own = start..start + count;
        ends.extend(own.clone().filter(|at| at - own.start < DEEP || own.end - at <= DEEP));
        start += count;
    }
    ends
}

/// What makes two lines the same piece of furniture: words, height, and by how much a number in it differs from the
/// page's.
type Key = (String, i64, Option<i64>);

fn keys(line: &Line) -> Vec<Key> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the height of a page in steps of three points"
    )]
    let height = (line.base / 3.0).round() as i64;
    let text = line.text().to_lowercase();
    let page = i64::try_from(line.page).unwrap_or_default();
    let form: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let numbers =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|own| own.parse::<i64>().ok());
    let mut keys: Vec<Key> = numbers
        .take(6)
        .map(|number| (form.clone(), height, Some(number.saturating_sub(page))))
        .collect();
    keys.push((text, height, None));
    // One line counts once, however often a number stands in it.
    keys.sort();
    keys.dedup();
    keys
}
