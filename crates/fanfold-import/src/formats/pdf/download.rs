//! A download of the Archive of Our Own as the converter prints it: labels stand in a column, notes are indented more
//! than the text, the text more than the labels. From that its blocks are built, and read as those of any download.

use super::html::{block, inline, plain};
use super::paragraphs::{Paragraph, Sort};
use crate::formats::ao3::is_association_line;
use crate::formats::flattened::{Block, Kind};
use std::collections::HashMap;

/// The blocks of a download.
pub(super) fn blocks(paragraphs: &[Paragraph]) -> Vec<Block> {
    let start = text_start(paragraphs);
    let end = paragraphs.iter().rposition(|own| is_heading(own) && own.text() == "Afterword");
    let end = end.filter(|end| *end >= start).unwrap_or(paragraphs.len());
    let (preface, rest) = paragraphs.split_at(start);
    let (text, afterword) = rest.split_at(end - start);
    let mut blocks = Vec::new();
    around(preface, &mut blocks);
    chapters(text, &mut blocks);
    around(afterword, &mut blocks);
    blocks
}

/// The chapters: what is indented more than the text is quoted, a note for one. Early downloads had margins around
/// notes and text alike: then all of it is quoted, and lines are drawn below the notes.
fn chapters(text: &[Paragraph], blocks: &mut Vec<Block>) {
    let margin = margin(text);
    let is_alike = text.windows(2).any(|pair| {
        is_note_label(&pair[0])
            && pair[0].left < margin.left - 5.0
            && (pair[1].left - margin.left).abs() < 3.0
    });
    for (at, own) in text.iter().enumerate() {
        if is_alike && own.sort == Sort::Rule && is_edge(text, at) {
            continue;
        }
        let indent = (own.left - margin.left) / margin.size;
        // What stands further in is set to the right or in columns, and quotes nothing.
        let quotes = match indent {
            _ if own.is_centred => 0,
            -0.3..0.3 => usize::from(is_alike),
            0.3..6.5 => whole(indent) + usize::from(is_alike),
            _ => 0,
        };
        blocks.push(block(own, quotes));
    }
}

fn is_note_label(paragraph: &Paragraph) -> bool {
    const LABELS: [&str; 4] =
        ["Chapter Summary", "Chapter Notes", "Chapter End Notes", "End Notes"];
    LABELS.contains(&paragraph.text().as_str())
}

/// Whether a drawn line is the edge of notes: before a label or the end, or the first below a label.
fn is_edge(text: &[Paragraph], at: usize) -> bool {
    let behind = text.get(at + 1);
    let before = text.iter().take(at).rev().take(6).take_while(|own| own.sort == Sort::Text);
    behind.is_none_or(|own| is_note_label(own) || is_heading(own))
        || before.into_iter().any(is_note_label)
}

/// Where the text begins: at the first heading behind the by-line.
fn text_start(paragraphs: &[Paragraph]) -> usize {
    let title = paragraphs.iter().position(|own| own.text().starts_with("Stats:") || is_stats(own));
    let title = title.unwrap_or_default();
    let byline = paragraphs.iter().skip(title).position(|own| own.text().starts_with("by "));
    let behind = byline.map_or(title, |at| title + at + 1);
    let heading = paragraphs.iter().skip(behind).position(is_heading);
    heading.map_or(paragraphs.len(), |at| behind + at)
}

fn is_stats(paragraph: &Paragraph) -> bool {
    paragraph.label.as_ref().is_some_and(|runs| runs.iter().any(|run| run.text.contains("Stats:")))
}

fn is_heading(paragraph: &Paragraph) -> bool {
    matches!(paragraph.sort, Sort::Heading(1 | 2))
}

/// Preface and afterword: what is indented behind the labels is a quotation.
fn around(paragraphs: &[Paragraph], blocks: &mut Vec<Block>) {
    let written = paragraphs.iter().filter(|own| own.sort == Sort::Text && !own.is_centred);
    let left = written.map(|own| own.left).fold(f64::INFINITY, f64::min);
    for own in paragraphs.iter().filter(|own| own.sort != Sort::Rule) {
        let line = own.text().trim_start_matches(['•', '◦', '-', ' ']).to_owned();
        if let Some(label) = &own.label {
            blocks.push(plain(label, 0));
            blocks.push(plain(&own.runs, 0));
        } else if is_association_line(&line) && leads_to_archive(own) {
            let html = format!("<ul><li>{}</li></ul>", inline(&own.runs));
            blocks.push(Block { kind: Kind::Whole { quotes: 0 }, line, html });
        } else {
            let is_quoted = own.left > left + 10.0 && !own.is_centred;
            blocks.push(block(own, usize::from(is_quoted)));
        }
    }
}

/// Whether a link leads to a work or a person of an archive.
fn leads_to_archive(paragraph: &Paragraph) -> bool {
    const PLACES: [&str; 3] = ["/works/", "/users/", "/collections/"];
    let mut addresses = paragraph.runs.iter().filter_map(|run| run.address.as_deref());
    addresses.any(|address| PLACES.iter().any(|place| address.contains(place)))
}

/// Where the text stands, and one step of its indents.
struct Margin {
    left: f64,
    size: f64,
}

fn margin(text: &[Paragraph]) -> Margin {
    let mut weights: HashMap<usize, (usize, f64)> = HashMap::new();
    let written = text.iter().filter(|own| own.sort == Sort::Text && !own.is_centred);
    for own in written {
        weights.entry(whole(own.left * 2.0)).or_insert((0, own.left)).0 += own.text().len();
    }
    let most =
        weights.into_iter().max_by_key(|(step, (weight, _))| (*weight, std::cmp::Reverse(*step)));
    Margin { left: most.map_or(0.0, |(_, (_, left))| left), size: 12.75 }
}

/// A number of steps, at least one.
fn whole(steps: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place on a page"
    )]
    let whole = steps.round().clamp(1.0, 100_000.0) as usize;
    whole
}
