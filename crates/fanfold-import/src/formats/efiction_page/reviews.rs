//! Readers' reviews, on a story's own page or on a page of reviews, whatever a skin made of them. Each begins with the
//! label of who wrote it; the day, the chapter and stars follow, then the words, then what the author answered.

use super::facts;
use super::words::{self, OfReview};
use crate::body::{Body, has_content};
use crate::comments::{Review, person, without_addresses};
use crate::formats::efiction::parted_reply;
use crate::page;
use crate::text_work;
use fanfold_model::fold_name;
use fanfold_text::document::{Document, Element, Node, is_block};
use fanfold_text::paragraphs::html_paragraphs;

/// More reviews than this are on no page.
const MOST: usize = 5_000;

/// All reviews outside the story's text, in the order of the page. `chapters` are the titles of the page's chapters, the
/// first of which is chapter `before` + 1.
pub(super) fn of(
    page: &Document,
    texts: &[Element<'_>],
    chapters: &[String],
    before: usize,
) -> Vec<Review> {
    let marks: Vec<Element<'_>> = page
        .select("span, b, strong, u, th, td, dt, em, i, font, .label")
        .into_iter()
        .filter(is_reviewer)
        .filter(|own| {
            // A cell and the bold word in it are one label.
            !own.ancestors().any(|above| texts.contains(&above) || is_reviewer(&above))
        })
        .take(MOST)
        .collect();
    let tops: Vec<Element<'_>> = (0..marks.len()).map(|at| top(&marks, at)).collect();
    let titled = |line: &str| {
        let own = fold_name(line);
        let at = chapters.iter().position(|title| !own.is_empty() && fold_name(title) == own);
        at.map(|at| before + at + 1)
    };
    let read = |at: usize| one(&block(&tops, at), &titled);
    (0..tops.len()).filter_map(read).collect()
}

/// A title without the words that announce its reviews ("Reviews For The Lamp").
pub(super) fn without_heading(heading: &str) -> &str {
    const WORDS: [&str; 8] = [
        "reviews for ",
        "reviews of ",
        "review of ",
        "rezensionen zu ",
        "reviews zu ",
        "critiques de ",
        "recensioni per ",
        "comentarios de ",
    ];
    let start = WORDS
        .iter()
        .find(|word| heading.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word)));
    start.and_then(|word| heading.get(word.len()..)).unwrap_or(heading).trim()
}

/// Whether reviews begin in this node.
pub(super) fn begin_in(node: &Node<'_>) -> bool {
    node.element().is_some_and(|own| {
        is_reviewer(&own)
            || own.descendants().filter_map(Node::element).any(|own| is_reviewer(&own))
    })
}

fn is_reviewer(own: &Element<'_>) -> bool {
    let label = facts::label_of(own);
    label.is_some_and(|label| words::of_review(&label) == Some(OfReview::Reviewer))
}

/// The outermost element around a review's first label that holds no other's; of a lone review the innermost that
/// holds its words.
fn top<'a>(marks: &[Element<'a>], at: usize) -> Element<'a> {
    let own = marks[at];
    let others = [at.checked_sub(1), Some(at + 1)];
    let others: Vec<Element<'a>> =
        others.into_iter().flatten().filter_map(|at| marks.get(at).copied()).collect();
    let foreign =
        |above: &Element<'a>| others.iter().any(|other| other.ancestors().any(|up| up == *above));
    if others.is_empty() {
        return own.ancestors().find(holds_words).unwrap_or(own);
    }
    own.ancestors().take_while(|above| !foreign(above)).last().unwrap_or(own)
}

/// Whether an element holds more of a review than its head.
fn holds_words(element: &Element<'_>) -> bool {
    told(element).is_some_and(|told| told.day.is_some() && has_content(&told.words))
}

/// The HTML of a review: its element, or what stands beside its first label up to the next review's.
fn block(tops: &[Element<'_>], at: usize) -> String {
    let top = tops[at];
    let mut html = top.outer_html();
    if !holds_words(&top) {
        for node in top.following() {
            let is_next = node.element().is_some_and(|own| tops.get(at + 1) == Some(&own));
            if is_next || begin_in(&node) {
                break;
            }
            html.push_str(&node.html());
        }
    }
    // A parser keeps rows and cells in a table only.
    match top.name() {
        "tr" => format!("<table>{html}</table>"),
        "td" | "th" => format!("<table><tr>{html}</tr></table>"),
        _ => html,
    }
}

fn one(html: &str, titled: &impl Fn(&str) -> Option<usize>) -> Option<Review> {
    let piece = page::parse_piece(html).ok()?;
    let told = told(&piece.root())?;
    let (words, reply) = answered(&told.words);
    let day = told.day.map(|day| line(&day));
    let review = Review {
        number: None,
        chapter: told.chapter.and_then(|head| chapter_in(&head, titled)),
        by: name_in(&told.reviewer),
        date: day.filter(|day| !day.is_empty()),
        score: stars(&piece),
        text: clean(&words),
        reply: reply.as_deref().and_then(clean),
    };
    (review.text.is_some() || review.reply.is_some()).then_some(review)
}

/// A review's labels with their values, and the words behind them, as HTML.
#[derive(Default)]
struct Told {
    reviewer: String,
    day: Option<String>,
    chapter: Option<String>,
    words: String,
}

/// What an element tells as a review; `None` where no label says who wrote it.
fn told(element: &Element<'_>) -> Option<Told> {
    let mut pieces = Vec::new();
    collect(element, &mut Vec::new(), &mut pieces, 0);
    let (mut told, mut value) = (Told::default(), None::<OfReview>);
    let mut named = false;
    for piece in pieces {
        match (piece, value) {
            (Piece::Label(label), _) => {
                value = Some(label);
                named |= label == OfReview::Reviewer;
            }
            (Piece::Html(html), Some(label)) => told.value(label).push_str(&html),
            (Piece::Html(html), None) if named => told.words.push_str(&html),
            (Piece::Break(_), Some(label)) => {
                // A label may stand in a cell of its own.
                value = value.filter(|_| line(told.value(label)).is_empty());
            }
            (Piece::Break(html), None) if !told.words.is_empty() => told.words.push_str(html),
            (Piece::Html(_) | Piece::Break(_), None) => {}
        }
    }
    named.then_some(told)
}

impl Told {
    fn value(&mut self, label: OfReview) -> &mut String {
        match label {
            OfReview::Day => self.day.get_or_insert_default(),
            OfReview::Chapter => self.chapter.get_or_insert_default(),
            OfReview::Reviewer | OfReview::Reply => &mut self.reviewer,
        }
    }
}

/// A piece of a review in the order of the page.
enum Piece {
    Label(OfReview),
    Html(String),
    /// The end of a line or a block, with what it is in the words.
    Break(&'static str),
}

/// Most elements inside one another that are looked into.
const DEEPEST: usize = 60;

/// Parts an element at the labels of a review's head, each taken once; what holds none stays whole.
fn collect(element: &Element<'_>, seen: &mut Vec<OfReview>, pieces: &mut Vec<Piece>, level: usize) {
    for node in element.nodes() {
        let Some(own) = node.element() else {
            pieces.push(Piece::Html(node.html()));
            continue;
        };
        let inner = own.descendants().filter_map(Node::element);
        let holds = level < DEEPEST && inner.filter_map(|own| head_label(&own)).next().is_some();
        let breaks = is_block(own.name()) || matches!(own.name(), "td" | "th" | "tr" | "table");
        match head_label(&own).filter(|label| !seen.contains(label)) {
            Some(label) => {
                seen.push(label);
                pieces.push(Piece::Label(label));
            }
            None if own.name() == "br" => pieces.push(Piece::Break("<br>")),
            None if own.name() == "hr" => pieces.push(Piece::Break("")),
            None => {
                pieces.extend(breaks.then_some(Piece::Break("")));
                if holds {
                    collect(&own, seen, pieces, level + 1);
                } else {
                    pieces.push(Piece::Html(own.outer_html()));
                }
                pieces.extend(breaks.then_some(Piece::Break("")));
            }
        }
    }
}

fn head_label(own: &Element<'_>) -> Option<OfReview> {
    let label = words::of_review(&facts::label_of(own)?)?;
    (label != OfReview::Reply).then_some(label)
}

fn line(html: &str) -> String {
    let text = fanfold_text::document::text_of(html);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(|c: char| c.is_whitespace() || "[]()|-–".contains(c)).to_owned()
}

/// The name, without whether it was signed.
fn name_in(head: &str) -> Option<String> {
    let piece = page::parse_piece(head).ok()?;
    let linked = piece.first("a[href*='viewuser.php']").map(|link| link.line());
    let mut name = linked.filter(|name| !name.is_empty()).unwrap_or_else(|| line(head));
    for link in piece.select("a").into_iter().filter(|link| link.attr("href").is_some()) {
        if !link.attr("href").unwrap_or_default().contains("viewuser.php") {
            name = name.replace(&link.line(), "");
        }
    }
    let mut own = name.trim_matches(|c: char| c.is_whitespace() || "[]()|-–★☆".contains(c));
    while let Some((rest, last)) = own.rsplit_once([' ', '[', '(', '\u{a0}']) {
        if !words::is_signature(last) {
            break;
        }
        own = rest.trim_end_matches([' ', '[', '(', ']', ')', '-', '\u{a0}']);
    }
    let name = person(own);
    (!name.is_empty() && !words::is_signature(&name)).then_some(name)
}

/// The chapter that a review is about: by its link, its number or its title.
fn chapter_in(head: &str, titled: &impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let digits = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().ok().filter(|number| *number > 0)
    };
    let linked = head.rsplit_once("chapter=").and_then(|(_, rest)| digits(rest));
    let line = line(head);
    let marked =
        || text_work::chapter_mark(&line)?.number.and_then(|own| usize::try_from(own).ok());
    linked.or_else(|| titled(&line)).or_else(marked).or_else(|| {
        line.split_once(['.', ':', ')'])
            .and_then(|(number, _)| digits(number).filter(|_| number.len() < 4))
    })
}

/// The words and the author's answer among them, which stands last under its label.
fn answered(text: &str) -> (String, Option<String>) {
    let whole = || match parted_reply(text) {
        (words, Some(reply)) => (words.unwrap_or_default(), Some(reply)),
        _ => (text.to_owned(), None),
    };
    let Ok(piece) = page::parse_piece(text) else { return whole() };
    let boxes = piece.select("i, em, div, blockquote, p, span, b, strong");
    let is_reply = |own: &Element<'_>| {
        let line = own.line();
        let label = line.split_once([':', '：']).map(|(label, _)| label);
        label.is_some_and(|label| words::of_review(label) == Some(OfReview::Reply))
    };
    // The innermost box that opens with the label; where that holds only the label, the one around it.
    let inner = boxes.iter().rev().find(|own| is_reply(own));
    let with_words = |own: &Element<'_>| {
        own.line().split_once([':', '：']).is_some_and(|(_, rest)| !rest.trim().is_empty())
    };
    let found = inner.and_then(|own| {
        std::iter::once(*own).chain(own.ancestors()).find(|up| is_reply(up) && with_words(up))
    });
    let Some(own) = found.filter(|own| boxes.contains(own)) else { return whole() };
    let inner = own.inner_html();
    let reply = inner.split_once([':', '：']).map_or("", |(_, rest)| rest);
    (text.replacen(&own.outer_html(), "", 1), Some(reply.to_owned()))
}

/// Stars, of which two halves are a point each.
fn stars(piece: &Document) -> Option<i64> {
    let points = |own: &Element<'_>| {
        let told = own.attr("src").or_else(|| own.attr("alt")).unwrap_or_default().to_lowercase();
        let name = told.rsplit('/').next().unwrap_or_default();
        let none =
            ["empty", "off", "grey", "gray", "blank", "no"].iter().any(|word| name.contains(word));
        match () {
            () if !name.contains("star") || none => 0,
            () if name.contains("half") => 1,
            () => 2,
        }
    };
    let sum: i64 = piece.select("img").iter().map(points).sum();
    (sum > 0).then_some(sum.min(10))
}

fn clean(html: &str) -> Option<String> {
    let paragraphs = html_paragraphs(&without_addresses(&unwrapped(html))).into_string();
    let html = Body::default().clean(&paragraphs);
    Some(html).filter(|html| has_content(html))
}

/// The words without the boxes that a skin laid around all of them.
fn unwrapped(html: &str) -> String {
    let Ok(piece) = page::parse_piece(html) else { return html.to_owned() };
    let mut inside = piece.root();
    loop {
        let has_text = inside.nodes().any(|node| match node {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(_) => false,
        });
        let mut children = inside.children().filter(|own| has_content(&own.outer_html()));
        match (children.next(), children.next()) {
            (Some(only), None) if !has_text && BOXES.contains(&only.name()) => inside = only,
            _ => return inside.inner_html(),
        }
    }
}

const BOXES: [&str; 8] = ["div", "table", "tbody", "tr", "td", "html", "body", "section"];
