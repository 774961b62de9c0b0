//! The older form: one long page, parted by page breaks, with the marks of a reader that never had classes.

use super::header::Header;
use super::index::Index;
use super::palm::Palm;
use crate::formats::epub::{self, Part};
use crate::formats::flattened::{Block, Kind, blocks_of, indented, least, nested};
use crate::page;
use fanfold_model::Finding;
use fanfold_text::document::Document;
use std::collections::HashMap;

/// What stands between two pages.
const PAGE_BREAK: &[u8] = b"<mbp:pagebreak";

/// The text as blocks, without the list of contents that the converter adds.
///
/// # Errors
/// The finding that it has more tags than are read.
pub(super) fn blocks(text: &[u8], header: &Header) -> Result<Vec<Block>, Finding> {
    let html = mended(&header.decode(without_contents(text)));
    page::within(&html)?;
    Ok(blocks_of(&Document::parse(&html)))
}

/// The text without the page that the guide calls its contents, where that is the last one.
fn without_contents(text: &[u8]) -> &[u8] {
    let head = text.get(..text.len().min(4_096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let reference = head.split("<reference").find(|own| own.contains("type=\"toc\""));
    let digits: String = reference
        .and_then(|own| own.split_once("filepos="))
        .map(|(_, at)| {
            at.trim_start_matches('"').chars().take_while(char::is_ascii_digit).collect()
        })
        .unwrap_or_default();
    let place = digits.parse().ok().filter(|at: &usize| *at > text.len() / 2 && *at < text.len());
    let before = place.and_then(|at| text.get(..at));
    // Before it stands its page break.
    let cut = before
        .and_then(|before| before.windows(PAGE_BREAK.len()).rposition(|own| own == PAGE_BREAK));
    cut.and_then(|cut| text.get(..cut)).unwrap_or(text)
}

/// Page breaks as rules that are told from others, without end tags of elements that have none.
fn mended(html: &str) -> String {
    let html = html
        .replace("</mbp:pagebreak>", "")
        .replace("</br>", "")
        .replace("</hr>", "")
        .replace("<mbp:pagebreak", "<hr class=\"page\"");
    html.replace("<mbp:nu>", "").replace("</mbp:nu>", "")
}

/// Pages of a book of any origin, with the titles that its contents give them.
///
/// # Errors
/// The finding that a page has more tags than are read.
pub(super) fn parts(palm: &Palm<'_>, header: &Header, text: &[u8]) -> Result<Vec<Part>, Finding> {
    let text = without_contents(text);
    let contents = header.ncx.map(|at| Index::read(palm, header.base + at)).unwrap_or_default();
    let titled: Vec<(usize, String)> = contents
        .entries
        .iter()
        .filter_map(|entry| {
            let title = contents.string(entry.value(3, 0)?)?;
            Some((entry.value(1, 0)?, header.decode(title)))
        })
        .collect();
    let starts = starts(text, &titled);
    let mut titles = HashMap::new();
    let mut pages = Vec::new();
    for (number, (start, end)) in starts.iter().zip(starts.iter().skip(1)).enumerate() {
        let name = format!("text_split_{number:04}.html");
        let listed = titled.iter().find(|(at, _)| (*start..*end).contains(at));
        titles.extend(listed.map(|(_, title)| (name.clone(), title.clone())));
        pages.push((name, text.get(*start..*end).unwrap_or_default()));
    }
    let mut parts = Vec::new();
    for (name, bytes) in pages {
        parts.extend(epub::part(name, &plain(&header.decode(bytes))?, &titles)?);
    }
    Ok(parts)
}

/// Where pages begin: at page breaks, and where the contents point; the last is the end.
fn starts(text: &[u8], titled: &[(usize, String)]) -> Vec<usize> {
    let breaks = text.windows(PAGE_BREAK.len()).enumerate();
    let mut starts: Vec<usize> =
        breaks.filter(|(_, own)| *own == PAGE_BREAK).map(|(at, _)| at).collect();
    for (at, _) in titled.iter().filter(|(at, _)| text.get(*at) == Some(&b'<')) {
        let before = starts.iter().rev().find(|start| *start <= at).copied().unwrap_or_default();
        // Between a page break and what it stands before is nothing but tags.
        if has_words(text.get(before..*at).unwrap_or_default()) {
            let place = starts.partition_point(|start| start < at);
            starts.insert(place, *at);
        }
    }
    starts.insert(0, 0);
    starts.push(text.len());
    starts.dedup();
    starts
}

fn has_words(html: &[u8]) -> bool {
    let mut inside = false;
    html.iter().any(|byte| {
        match byte {
            b'<' => inside = true,
            b'>' => inside = false,
            _ => return !inside && byte.is_ascii_alphanumeric(),
        }
        false
    })
}

/// One page in today's markup.
fn plain(html: &str) -> Result<String, Finding> {
    let html = mended(html);
    page::within(&html)?;
    let mut blocks = blocks_of(&Document::parse(&html));
    blocks.retain(|own| own.kind != Kind::Page);
    let base = if indented(&blocks) { least(&blocks) } else { 0 };
    Ok(format!("<html><body>{}</body></html>", nested(&blocks, base)))
}
