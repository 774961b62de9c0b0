//! The edges of a page: navigation above and below the story. Only lines that are nothing but links go, and only from
//! the two ends, and counters beside them; what a page is, is decided from its shape before anything goes.

use super::{Kind, Line};
use crate::text_work::is_furniture;

/// Counts that tell an index from a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PageShape {
    /// Words on the page.
    pub(crate) words: usize,
    /// Words inside links.
    pub(crate) linked_words: usize,
    /// Lines that hold a link.
    pub(crate) link_lines: usize,
    /// Paragraphs of twenty words and more without a link.
    pub(crate) prose: usize,
}

impl PageShape {
    /// Counts a page's lines.
    pub(crate) fn of(lines: &[Line]) -> Self {
        let mut shape = Self::default();
        for line in lines {
            let words = line.text.split_whitespace().count();
            shape.words += words;
            let letters = line.text.chars().filter(|c| c.is_alphanumeric()).count().max(1);
            shape.linked_words += words * line.linked.min(letters) / letters;
            shape.link_lines += usize::from(line.linked > 0)
                * if line.kind == Kind::Whole { line.text.lines().count().max(1) } else { 1 };
            shape.prose += usize::from(words >= 20 && line.linked * 4 < letters);
        }
        shape
    }

    /// Mostly links, and hardly a paragraph.
    pub(crate) fn is_listing(&self) -> bool {
        let by_words = self.linked_words * 5 >= self.words * 2 && self.link_lines >= 3;
        let by_lines = self.link_lines >= 5 && self.prose * 3 < self.link_lines;
        self.prose <= 2 && by_words || by_lines && self.linked_words * 10 >= self.words
    }
}

/// The lines without what stands at the page's edges: link-only lines, rules and pictures without words.
pub(crate) fn without_edges(lines: Vec<Line>) -> Vec<Line> {
    let edge = |line: &Line| {
        let bare = line.kind == Kind::Rule || line.text.is_empty();
        bare || line.is_links() || is_counter(&line.text) || is_furniture(&line.text)
    };
    let has_links = |part: &[Line]| part.iter().any(Line::is_links);
    let head = lines.iter().take_while(|line| edge(line)).count();
    let tail = lines.iter().rev().take_while(|line| edge(line)).count();
    if head == lines.len() {
        return lines;
    }
    let from = if has_links(&lines[..head]) { head } else { 0 };
    let to = lines.len() - if has_links(&lines[lines.len() - tail..]) { tail } else { 0 };
    lines.into_iter().skip(from).take(to - from).collect()
}

/// "Hits: 00312", "You are visitor number 4117": only beside links at a page's edge.
fn is_counter(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = ["hits", "visitor", "visits", "counter", "besucher", "visiteur"];
    text.chars().count() <= 60
        && text.chars().any(|c| c.is_ascii_digit())
        && words.iter().any(|word| lower.contains(word))
}
