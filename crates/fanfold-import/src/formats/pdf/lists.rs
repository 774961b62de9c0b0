//! Lists, where the marks before their items are clear: bullets, or numbers that count up from one. A dash opens speech
//! in half the languages, and short numbered lines are a table of contents; both stay paragraphs.

use crate::formats::flattened::{Block, Kind};

/// Blocks with the items of each list gathered into one.
pub(super) fn gathered(blocks: Vec<Block>) -> Vec<Block> {
    let mut done: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = blocks.as_slice();
    while let Some(first) = rest.first() {
        let count = items(rest);
        let (list, behind) = rest.split_at(count.max(1));
        match count {
            0 => done.push(first.clone()),
            _ => done.push(list_of(list)),
        }
        rest = behind;
    }
    done
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet(char),
    Number(u32),
}

/// How many blocks from here on are the items of one list.
fn items(blocks: &[Block]) -> usize {
    let marked = |at: usize| blocks.get(at).and_then(|own| mark(own)).map(|(mark, _)| mark);
    let quotes = blocks.first().and_then(Block::quotes);
    let same = |at: usize| blocks.get(at).is_some_and(|own| own.quotes() == quotes);
    match marked(0) {
        Some(Mark::Bullet(bullet)) => {
            let goes_on = |at: &usize| same(*at) && marked(*at) == Some(Mark::Bullet(bullet));
            (0..blocks.len()).take_while(goes_on).count()
        }
        Some(Mark::Number(1)) => {
            let goes_on = |at: &usize| {
                same(*at) && marked(*at) == u32::try_from(at + 1).ok().map(Mark::Number)
            };
            let count = (0..blocks.len()).take_while(goes_on).count();
            let sentences = blocks[..count].iter().filter(|own| is_sentence(&own.line)).count();
            if count >= 2 && sentences * 2 >= count { count } else { 0 }
        }
        _ => 0,
    }
}

fn is_sentence(line: &str) -> bool {
    line.split_whitespace().count() >= 7 || line.ends_with(['.', '!', '?', ';', '”', '"'])
}

/// The mark of an item and how it is written; the item has words of its own.
fn mark(block: &Block) -> Option<(Mark, &str)> {
    if !matches!(block.kind, Kind::Paragraph { align: None, .. }) {
        return None;
    }
    let (word, text) = block.line.split_once(' ')?;
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut letters = word.chars();
    match (letters.next()?, letters.next()) {
        (bullet @ ('•' | '◦' | '▪' | '‣' | '●' | '○' | '■' | '·'), None) => {
            Some((Mark::Bullet(bullet), word))
        }
        (first, Some(_)) if first.is_ascii_digit() => {
            let number = word.strip_suffix(['.', ')'])?.parse().ok()?;
            (number < 1_000).then_some((Mark::Number(number), word))
        }
        _ => None,
    }
}

fn list_of(items: &[Block]) -> Block {
    let ordered = matches!(items.first().and_then(mark), Some((Mark::Number(_), _)));
    let name = if ordered { "ol" } else { "ul" };
    let mut html = format!("<{name}>");
    let mut lines = Vec::new();
    for item in items {
        let written = mark(item).map_or("", |(_, written)| written);
        let own = item.html.replacen(written, "", 1);
        html.push_str(&format!("<li>{}</li>", own.trim()));
        lines.push(item.line.trim_start_matches(written).trim());
    }
    html.push_str(&format!("</{name}>"));
    let quotes = items.first().and_then(Block::quotes).unwrap_or_default();
    Block { kind: Kind::Whole { quotes }, line: lines.join("\n"), html }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<String> {
        let block = |line: &&str| Block {
            kind: Kind::Paragraph { quotes: 0, align: None },
            line: (*line).to_owned(),
            html: (*line).to_owned(),
        };
        gathered(lines.iter().map(block).collect()).into_iter().map(|own| own.html).collect()
    }

    #[test]
    fn bullets_and_numbers_that_count_up_become_lists() {
        assert_eq!(
            read(&["She packed:", "• a lamp", "• two matches", "Then she left."]),
            ["She packed:", "<ul><li>a lamp</li><li>two matches</li></ul>", "Then she left."]
        );
        assert_eq!(
            read(&["1. Light the lamp.", "2. Mind the lamp.", "3) Sleep."]),
            ["<ol><li>Light the lamp.</li><li>Mind the lamp.</li><li>Sleep.</li></ol>"]
        );
    }

    #[test]
    fn speech_contents_and_lone_marks_stay_paragraphs() {
        for lines in [
            ["— Is it lit? asked Dorothy.", "— It was, said Toto."],
            ["1. The Cellar", "2. The Sill"],
            ["1. It was dark.", "3. It was darker."],
            ["• •", "1939. It was a year."],
        ] {
            assert_eq!(read(&lines), lines);
        }
    }
}
