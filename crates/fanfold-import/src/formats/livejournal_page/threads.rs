//! Readers' comments on pages whose blocks have no telling names. What all styles keep is structure: behind the entry
//! comes a run of blocks, each with who wrote, when, and the comment's own links ("Reply", "Parent", "Thread", "Link"),
//! whose addresses carry its number.

use crate::comments::Said;
use fanfold_text::document::{Document, Element, Node};
use std::collections::HashMap;

mod said;

/// A page of more is cut here.
const MOST: usize = 1_500;

/// Pieces beside each other that one comment has at most.
const MOST_PIECES: usize = 12;

/// The pieces of one comment, as siblings in the order of the page.
pub(super) struct Block<'a> {
    pub(super) pieces: Vec<Node<'a>>,
    number: String,
    parent: Option<String>,
}

/// All comments.
pub(super) fn of(page: &Document) -> Vec<Said> {
    let blocks = blocks(page);
    let threaded = blocks.iter().any(|block| block.parent.is_some());
    let said = |block: &Block<'_>| {
        let told = said::read(&block.pieces)?;
        Some(Said {
            id: Some(block.number.clone()),
            parent: block.parent.clone(),
            is_first: threaded && block.parent.is_none(),
            ..told
        })
    };
    blocks.iter().filter_map(said).collect()
}

/// The blocks of comments, in the order of the page; none where the page shows no links of comments.
pub(super) fn blocks(page: &Document) -> Vec<Block<'_>> {
    let controls: Vec<Control<'_>> =
        page.select("a[href]").iter().filter_map(Control::of).take(MOST * 4).collect();
    let own: Vec<(&str, Element<'_>)> = controls
        .iter()
        .filter_map(|control| Some((control.number.as_deref()?, control.link)))
        .collect();
    let mut numbers: Vec<&str> = Vec::new();
    let mut links: HashMap<&str, Vec<Element<'_>>> = HashMap::new();
    for (number, link) in &own {
        let known = links.entry(number).or_default();
        if known.is_empty() && *number != ENTRY {
            numbers.push(number);
        }
        known.push(*link);
    }
    let crowds = crowds(&own);
    let is_only = numbers.len() == 1;
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for number in numbers.into_iter().take(MOST) {
        let own = links.get(number).map(Vec::as_slice).unwrap_or_default();
        let tops = if is_only { Vec::from_iter(around(own)) } else { tops(own, &crowds) };
        let before = blocks.last().map(|block| block.pieces.as_slice()).unwrap_or_default();
        let Some(pieces) = pieces(&tops, &crowds, before) else { continue };
        let beside =
            |control: &&Control<'_>| own.iter().any(|link| link.parent() == control.link.parent());
        let parent = controls.iter().filter(beside).find_map(|control| control.parent.clone());
        blocks.push(Block { pieces, number: number.to_owned(), parent });
    }
    blocks
}

/// A link that belongs to a comment.
struct Control<'a> {
    link: Element<'a>,
    /// The number of the comment that it stands in.
    number: Option<String>,
    /// The number of the comment that this one answers.
    parent: Option<String>,
}

impl<'a> Control<'a> {
    fn of(link: &Element<'a>) -> Option<Self> {
        let href = link.attr("href")?;
        if is_entrys(href) {
            return Some(Self { link: *link, number: Some(ENTRY.to_owned()), parent: None });
        }
        let word = word_of(link)?;
        let behind = |mark: &str| digits(href.rsplit_once(mark)?.1);
        let answered = behind("replyto=");
        let thread = behind("thread=").or_else(|| behind("#t")).or_else(|| behind("#cmt"));
        let (number, parent) = match word {
            Word::Reply => (answered.or(thread), None),
            Word::Thread => (thread, None),
            Word::Parent => (None, thread),
        };
        (number.is_some() || parent.is_some()).then_some(Self { link: *link, number, parent })
    }
}

/// The number that stands for the entry itself, whose links are no comment's.
const ENTRY: &str = "entry";

/// Whether a link is the entry's: to answer it, to remember it, to the entry before or after.
fn is_entrys(href: &str) -> bool {
    let form = href.contains("mode=reply") || href.contains("talkpost.bml");
    let answers = form && !href.contains("replyto=");
    answers || ["/tools/memadd", "/go.bml?", "/edittags.bml"].iter().any(|page| href.contains(page))
}

/// What a comment's link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Reply,
    Thread,
    Parent,
}

/// The words of a comment's links in the languages that these sites speak.
const WORDS: [(Word, &[&str]); 3] = [
    (
        Word::Reply,
        &[
            "reply",
            "reply to this",
            "reply to comment",
            "ответить",
            "antworten",
            "répondre",
            "responder",
        ],
    ),
    (
        Word::Thread,
        &[
            "thread",
            "link",
            "permalink",
            "thread from start",
            "ветвь дискуссии",
            "ссылка",
            "link to this",
            "expand",
            "#",
        ],
    ),
    (
        Word::Parent,
        &[
            "parent",
            "link to parent",
            "thread parent",
            "уровень выше",
            "up thread",
            "ссылка на родителя",
        ],
    ),
];

fn word_of(link: &Element<'_>) -> Option<Word> {
    let line = link.line().to_lowercase();
    let word = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(own, _)| *own)
}

/// Whether a link is one of a comment's own, by its word.
fn is_control(link: &Element<'_>) -> bool {
    link.name() == "a" && word_of(link).is_some()
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty() && digits.len() <= 18).then_some(digits)
}

/// The one number of the links inside an element, or `None` where there are several.
type Crowds<'a, 'n> = Vec<(Element<'a>, Option<&'n str>)>;

fn crowds<'a, 'n>(own: &[(&'n str, Element<'a>)]) -> Crowds<'a, 'n> {
    let mut crowds: Crowds<'a, 'n> = Vec::new();
    for (number, link) in own {
        for above in link.ancestors().take(60) {
            match crowds.iter_mut().rev().find(|(other, _)| *other == above) {
                None => crowds.push((above, Some(number))),
                Some((_, one)) if one.as_ref() == Some(number) => {}
                // What stands around this one holds several too.
                Some((_, None)) => break,
                Some((_, one)) => *one = None,
            }
        }
    }
    crowds
}

/// The outermost elements around a comment's links that hold no other comment's.
fn tops<'a>(links: &[Element<'a>], crowds: &Crowds<'a, '_>) -> Vec<Element<'a>> {
    let is_own = |above: &Element<'a>| {
        crowds.iter().rev().find(|(own, _)| own == above).is_some_and(|(_, one)| one.is_some())
    };
    links.iter().map(|link| link.ancestors().take_while(is_own).last().unwrap_or(*link)).collect()
}

/// The smallest element around all of these links.
fn around<'a>(links: &[Element<'a>]) -> Option<Element<'a>> {
    let holds = |above: &Element<'a>| {
        links.iter().all(|link| link.ancestors().any(|other| other == *above))
    };
    links.first()?.ancestors().find(holds)
}

/// The siblings that make up a comment: from the first of these to the last, and what stands before them up to the one
/// that says who wrote.
fn pieces<'a>(
    tops: &[Element<'a>],
    crowds: &Crowds<'a, '_>,
    before: &[Node<'a>],
) -> Option<Vec<Node<'a>>> {
    let nodes: Vec<Node<'a>> = tops.first()?.parent()?.nodes().collect();
    let at = |top: &Element<'a>| nodes.iter().position(|node| node.element() == Some(*top));
    let mut first = at(tops.first()?)?;
    let last = tops.iter().filter_map(at).max()?;
    let is_foreign = |node: &Node<'a>| {
        let crowded = |own: Element<'a>| crowds.iter().any(|(other, _)| *other == own);
        before.contains(node) || node.element().is_some_and(crowded)
    };
    while !said::has_name(&nodes[first..=last]) {
        first = first.checked_sub(1).filter(|at| !is_foreign(&nodes[*at]))?;
        if last - first > MOST_PIECES {
            return None;
        }
    }
    Some(nodes[first..=last].to_vec())
}
