//! The newer form (KF8, AZW3): the text is cut into skeletons of pages and fragments that belong inside them; put
//! together again they are the pages of the EPUB that the book was made of.

use super::header::Header;
use super::index::Index;
use super::palm::{Palm, usize_at};
use std::collections::HashMap;

/// A book's pages and styles.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Name and bytes of each page, in order.
    pub(super) pages: Vec<(String, Vec<u8>)>,
    /// Title of a page by its name.
    pub(super) titles: HashMap<String, String>,
    /// All style sheets.
    pub(super) css: String,
}

/// Puts the pages together. Where the indexes are lost, the text is one page.
pub(super) fn read(palm: &Palm<'_>, header: &Header, text: &[u8]) -> Pages {
    let flows = flows(palm, header, text.len());
    let own = |(start, end): &(usize, usize)| text.get(*start..(*end).min(text.len()));
    let html = flows.first().and_then(own).unwrap_or(text);
    let css: Vec<String> =
        flows.iter().skip(1).filter_map(own).map(|own| header.decode(own)).collect();
    let fragments =
        header.fragments.map(|at| Index::read(palm, header.base + at)).unwrap_or_default();
    let skeletons =
        header.skeletons.map(|at| Index::read(palm, header.base + at)).unwrap_or_default();
    let pages = joined(html, &skeletons, &fragments);
    let titles = titles(palm, header, &fragments, pages.len());
    let pages = match pages.is_empty() {
        true => vec![(page_name(0), html.to_vec())],
        false => pages.into_iter().enumerate().map(|(at, page)| (page_name(at), page)).collect(),
    };
    Pages { pages, titles, css: css.concat() }
}

fn page_name(number: usize) -> String {
    format!("part{number:04}.xhtml")
}

/// Stretches of the text: the first is the pages, the others style sheets and drawings.
fn flows(palm: &Palm<'_>, header: &Header, length: usize) -> Vec<(usize, usize)> {
    let table = header.flows.and_then(|at| palm.record(header.base + at));
    let table = table.filter(|table| table.get(..4) == Some(b"FDST")).unwrap_or_default();
    let pairs = table.get(12..).unwrap_or_default().chunks_exact(8);
    let flows = pairs.filter_map(|pair| Some((usize_at(pair, 0)?, usize_at(pair, 4)?)));
    flows.filter(|(start, end)| start < end && *start < length).take(1_000).collect()
}

fn joined(html: &[u8], skeletons: &Index, fragments: &Index) -> Vec<Vec<u8>> {
    let mut pages = Vec::new();
    let mut rest = fragments.entries.iter();
    // Damaged tables may name one stretch many times: no more is put together than twice the text.
    let mut room = html.len().saturating_mul(2).saturating_add(65_536);
    for skeleton in &skeletons.entries {
        let (Some(count), Some(start), Some(length)) =
            (skeleton.value(1, 0), skeleton.value(6, 0), skeleton.value(6, 1))
        else {
            continue;
        };
        let mut at = start.saturating_add(length);
        let Some(frame) = html.get(start..at.min(html.len())) else { continue };
        let mut page = frame.to_vec();
        for fragment in rest.by_ref().take(count) {
            let Some(long) = fragment.value(6, 1) else { continue };
            let end = at.saturating_add(long).min(html.len());
            let piece = html.get(at..end).unwrap_or_default();
            let place = position(&fragment.name).unwrap_or(start).saturating_sub(start);
            let place = place.min(page.len());
            room = room.saturating_sub(piece.len());
            // Honest fragments stand near the end of their page: little is moved.
            room = room.saturating_sub((page.len() - place) / 64);
            page.splice(place..place, piece.iter().copied());
            at = end;
            if room == 0 {
                break;
            }
        }
        room = room.saturating_sub(frame.len());
        pages.push(page);
        if room == 0 {
            break;
        }
    }
    pages
}

/// The place in the text that a fragment's name is.
fn position(name: &[u8]) -> Option<usize> {
    std::str::from_utf8(name).ok()?.trim().parse().ok()
}

/// Titles of the contents: each points to a fragment, and the fragment names its page.
fn titles(
    palm: &Palm<'_>,
    header: &Header,
    fragments: &Index,
    pages: usize,
) -> HashMap<String, String> {
    let contents = header.ncx.map(|at| Index::read(palm, header.base + at)).unwrap_or_default();
    let mut titles = HashMap::new();
    for entry in &contents.entries {
        let title = entry.value(3, 0).and_then(|at| contents.string(at));
        let fragment = entry.value(6, 0).and_then(|number| fragments.entries.get(number));
        let page = fragment.and_then(|own| own.value(3, 0)).filter(|page| *page < pages);
        if let (Some(title), Some(page)) = (title, page) {
            titles.entry(page_name(page)).or_insert_with(|| header.decode(title));
        }
    }
    titles
}
