//! Page furniture, learnt by comparing the pages of one folder: what stands word for word on most of them is the site's,
//! not the story's.
//!
//! Nothing goes that may be a story's own: labels, by-lines and what stands before them, headings, chapter marks, speech
//! and telling stay even where they repeat, for the chapters of one story share them. Copies of one page count once, and four pages that
//! differ are the fewest to learn from.

use super::{folder_of, keep, kept};
use crate::decode;
use crate::page;
use crate::rich::{Kind, Line, lines_of};
use crate::text_work;
use fanfold_model::Extracted;
use fanfold_source::{Beside, Item, Limits, is_page};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Lines that repeat over the pages of a folder, in one spelling.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Furniture(HashSet<String>);

/// What it is kept as.
const KEPT: &str = "(page furniture)";
/// Pages that are compared, spread over the folder.
const SAMPLE: usize = 12;
/// Fewer teach nothing.
const FEWEST: usize = 4;
/// A larger page is not looked at.
const LARGEST: u64 = 512 << 10;
/// Lines at the top among which a menu ends.
const TOP: usize = 60;

/// What repeats on the pages beside this one.
pub(crate) fn of(item: &Item) -> Arc<Furniture> {
    if let Some(kept) = kept(item, KEPT) {
        return Arc::new(Furniture(kept.lines().map(str::to_owned).collect()));
    }
    let Some(beside) = &item.beside else { return Arc::default() };
    let name = item.name_beside();
    beside.learnt(&format!("furniture of {}", folder_of(&name)), || {
        learn(beside, &name, item.hints.url.is_some())
    })
}

fn learn(beside: &Beside, name: &str, addresses: bool) -> Furniture {
    let pages: Vec<String> =
        beside.siblings(name).into_iter().filter(|own| is_page(own, addresses)).collect();
    if pages.len() < FEWEST {
        return Furniture::default();
    }
    let step = pages.len().div_ceil(SAMPLE);
    let mut sample: Vec<HashSet<String>> = Vec::new();
    for own in pages.iter().step_by(step) {
        let Some(lines) = lines_in(beside, own) else { continue };
        if !lines.is_empty() && !sample.iter().any(|other| is_copy(other, &lines)) {
            sample.push(lines);
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in sample.iter().flatten() {
        *counts.entry(line.clone()).or_default() += 1;
    }
    let enough = FEWEST.min(sample.len()).max((sample.len() * 2).div_ceil(3)).max(3);
    if sample.len() < FEWEST {
        return Furniture::default();
    }
    Furniture(
        counts.into_iter().filter(|(_, count)| *count >= enough).map(|(line, _)| line).collect(),
    )
}

fn lines_in(beside: &Beside, name: &str) -> Option<HashSet<String>> {
    let item = beside.find(name, name, &Limits::default())?;
    let bytes = item.bytes(LARGEST).ok()?;
    let decoded = decode::whole(&bytes);
    let page = page::parse(&decoded.text).ok()?;
    let lines = lines_of(&page.first("body").unwrap_or(page.root()));
    Some(lines.iter().map(|line| spelled(&line.text)).filter(|line| !line.is_empty()).collect())
}

/// Whether two pages are one page twice.
fn is_copy(one: &HashSet<String>, other: &HashSet<String>) -> bool {
    let common = one.intersection(other).count();
    common * 10 >= one.len().max(other.len()) * 9
}

/// White space collapsed, numbers alike: a counter repeats too.
fn spelled(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect())
        .collect();
    let line = words.join(" ");
    if line.chars().any(char::is_alphanumeric) && line.len() <= 2_000 {
        line
    } else {
        String::new()
    }
}

impl Furniture {
    /// A page's lines without the furniture; whether any went. A page that is nothing else stays as it is.
    pub(crate) fn without(&self, lines: Vec<Line>) -> (Vec<Line>, bool) {
        if self.0.is_empty() {
            return (lines, false);
        }
        let repeated: Vec<bool> =
            lines.iter().map(|line| self.0.contains(&spelled(&line.text))).collect();
        let bare: Vec<bool> = lines.iter().map(is_bare).collect();
        let own: Vec<bool> = (0..lines.len()).map(|at| may_be_the_storys(&lines, at)).collect();
        let goes = |at: usize| repeated[at] && !own[at];
        let top = menu_end(&lines, |at| goes(at) || bare[at]);
        let bottom = (0..lines.len())
            .rev()
            .take_while(|at| goes(*at) || bare[*at])
            .last()
            .unwrap_or(lines.len());
        let plain = |at: usize| lines[at].is_links() || words(&lines[at].text) >= 4;
        let kept: Vec<bool> = (0..lines.len())
            .map(|at| !(goes(at) && (at < top || at >= bottom || plain(at))))
            .collect();
        let left: usize = lines
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .map(|(line, _)| words(&line.text))
            .sum();
        if left < 10 || kept.iter().all(|kept| *kept) {
            return (lines, false);
        }
        let stays = lines.into_iter().zip(kept).filter(|(_, kept)| *kept);
        (stays.map(|(line, _)| line).collect(), true)
    }

    /// Lays it beside a reading, for the next one.
    pub(crate) fn keep(&self, item: &Item, extracted: &mut Extracted) {
        let mut lines: Vec<&str> = self.0.iter().map(String::as_str).collect();
        lines.sort_unstable();
        keep(item, KEPT, lines.join("\n"), extracted);
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn is_bare(line: &Line) -> bool {
    line.kind == Kind::Rule || !line.text.chars().any(char::is_alphanumeric)
}

/// Where the menu at the top ends: behind its last links, if all before them goes.
fn menu_end(lines: &[Line], goes: impl Fn(usize) -> bool) -> usize {
    let run = (0..lines.len().min(TOP)).take_while(|at| goes(*at)).count();
    (0..run).rev().find(|at| lines[*at].is_links()).map_or(0, |at| at + 1)
}

/// What the chapters of one story share: labels, by-lines with the title before them, headings, chapter marks.
fn may_be_the_storys(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let text = line.text.trim();
    let next = lines[at + 1..].iter().find(|other| !is_bare(other)).map(|other| other.text.trim());
    let heading = matches!(line.kind, Kind::Heading(_)) && !line.is_links();
    let spoken = text.starts_with(['"', '“', '„', '«', '—', '‘', '「']);
    heading
        || spoken
        || text_work::reads_as_telling(text)
        || text_work::by_line(text).is_some()
        || text_work::title_by(text).is_some()
        || next.is_some_and(|next| text_work::by_line(next).is_some())
        || text_work::chapter_mark(text).is_some()
        || text_work::end_mark(text).is_some()
        || text.lines().any(|one| !text_work::labels(one).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use fanfold_model::{FieldKind, ReadAs};

    const TALES: [(&str, &str); 5] = [
        (
            "The Lamp",
            "\"Is it lit?\" asked Dorothy, and went down the long stairs to the cellar for the oil.",
        ),
        (
            "The Stairs",
            "\"They creak,\" said Toto, and he sat down on the third of them to listen to the rain.",
        ),
        (
            "The Sill",
            "Ozma waited on the sill until the street was dark, and nobody came to light the lamp.",
        ),
        (
            "The Rain",
            "It rained for nine days, and on the tenth the hens came out and looked for the yard.",
        ),
        (
            "The Hens",
            "\"Where is the yard?\" asked the eldest hen, and the others looked at the sky and at her.",
        ),
    ];

    fn page(title: &str, text: &str) -> String {
        format!(
            "<html><head><title>{title}</title></head><body><div>Welcome to the Green Lamp Archive, home of tales since 1997!</div><div><a href=a>Home</a> | <a href=b>Tales</a></div><h2>{title}</h2><p>by Wren Ash</p><p>Fandom: Oz</p><p>{text}</p><div>This week only: lamps at half the price in our shop</div><p>\"Good night,\" said the {title}, and that was that for the day.</p><hr><div>You are visitor number {}</div><div>Copyright 1997 by the keepers of the Green Lamp</div></body></html>",
            title.len() * 31
        )
    }

    fn folder(pages: &[(String, String)]) -> Vec<Item> {
        let items = || {
            pages
                .iter()
                .map(|(name, html)| {
                    (name.clone(), Item::from_bytes(name.as_str(), html.clone().into_bytes()))
                })
                .collect::<Vec<_>>()
        };
        let beside = Arc::new(Beside::of(items()));
        items()
            .into_iter()
            .map(|(_, mut item)| {
                item.beside = Some(beside.clone());
                item
            })
            .collect()
    }

    fn text_of(item: &Item) -> (Extracted, String) {
        let read = read(item, &Limits::default()).extracted.remove(0);
        assert_eq!(read.read_as, ReadAs::Work, "{:?}", read.findings);
        let html = read.chapters.iter().map(|own| own.html.as_str()).collect();
        (read, html)
    }

    #[test]
    fn what_most_pages_of_a_folder_share_is_no_text_of_any() {
        let pages: Vec<(String, String)> = TALES
            .iter()
            .enumerate()
            .map(|(at, (title, text))| (format!("lamp/{at}.html"), page(title, text)))
            .collect();
        for (item, (title, text)) in folder(&pages).iter().zip(TALES) {
            let (read, html) = text_of(item);
            let first = |kind| read.fields_of(kind).next().map(|own| own.value.clone());
            assert_eq!(first(FieldKind::Title).as_deref(), Some(title));
            assert_eq!(first(FieldKind::Creator).as_deref(), Some("Wren Ash"));
            assert_eq!(first(FieldKind::Fandom).as_deref(), Some("Oz"));
            assert!(html.contains(&text[1..20]) && html.contains("Good night"), "{html}");
            assert!(
                !html.contains("half the price")
                    && !html.contains("visitor")
                    && !html.contains("Copyright"),
                "{html}"
            );
            assert_eq!((read.learnt.len(), read.companions.len()), (1, 0));
        }
    }

    #[test]
    fn a_stored_page_is_read_the_same_without_its_neighbours() {
        let pages: Vec<(String, String)> = TALES
            .iter()
            .enumerate()
            .map(|(at, (title, text))| (format!("lamp/{at}.html"), page(title, text)))
            .collect();
        let first = &folder(&pages)[0];
        let (read, html) = text_of(first);
        let kept = &read.learnt[0];
        let mut again = Item::from_bytes(pages[0].0.as_str(), pages[0].1.clone().into_bytes());
        again.beside = Some(Arc::new(Beside::of(vec![(
            kept.path.clone(),
            Item::from_bytes(kept.path.as_str(), kept.text.clone().into_bytes()),
        )])));
        assert_eq!(text_of(&again).1, html);
    }

    #[test]
    fn three_pages_and_copies_of_one_teach_nothing() {
        let three: Vec<(String, String)> = TALES[..3]
            .iter()
            .enumerate()
            .map(|(at, (title, text))| (format!("lamp/{at}.html"), page(title, text)))
            .collect();
        let copies: Vec<(String, String)> =
            (0..6).map(|at| (format!("lamp/{at}.html"), page(TALES[0].0, TALES[0].1))).collect();
        for pages in [three, copies] {
            let (read, html) = text_of(&folder(&pages)[0]);
            assert!(html.contains("half the price"), "{html}");
            assert!(read.learnt.is_empty());
        }
    }
}
