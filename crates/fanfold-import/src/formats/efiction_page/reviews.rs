//! Readers' reviews, on a story's own page or on a page of reviews, whatever a skin made of them. Each begins with the
//! label of who wrote it; the day, the chapter and stars follow, then the words, then what the author answered.

use super::facts::{self, Fact};
use super::words;
use crate::body::{Body, has_content};
use crate::comments::{Review, person, without_addresses};
use crate::formats::efiction::parted_reply;
use crate::page;
use crate::text_work;
use fanfold_model::fold_name;
use fanfold_text::document::{Document, Element, Node};

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
        .filter(|own| !own.ancestors().any(|above| texts.contains(&above)))
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

/// Whether reviews begin in this node.
pub(super) fn begin_in(node: &Node<'_>) -> bool {
    node.element().is_some_and(|own| {
        is_reviewer(&own) || own.descendants().filter_map(Node::element).any(|own| is_reviewer(&own))
    })
}

fn is_reviewer(own: &Element<'_>) -> bool {
    let label = facts::label_of(own);
    label.is_some_and(|label| words::of_review(&label) == Some(words::OfReview::Reviewer))
}

/// The outermost element around a review's first label that holds no other's; of a lone review the innermost that
/// holds its words.
fn top<'a>(marks: &[Element<'a>], at: usize) -> Element<'a> {
    let own = marks[at];
    let others = [at.checked_sub(1), Some(at + 1)];
    let others: Vec<Element<'a>> =
        others.into_iter().flatten().filter_map(|at| marks.get(at).copied()).collect();
    let foreign = |above: &Element<'a>| {
        others.iter().any(|other| other.ancestors().any(|up| up == *above))
    };
    if others.is_empty() {
        return own.ancestors().find(holds_words).unwrap_or(own);
    }
    own.ancestors().take_while(|above| !foreign(above)).last().unwrap_or(own)
}

/// Whether an element holds more of a review than its head.
fn holds_words(element: &Element<'_>) -> bool {
    let facts = facts::facts(element);
    let kinds = |fact: &Fact| words::of_review(&fact.label);
    facts.iter().any(|fact| kinds(fact) == Some(words::OfReview::Day))
        && facts.last().is_some_and(|last| has_content(split(&last.value).1))
}

/// The HTML of a review: its element, or what stands beside its first label up to the next review's.
fn block(tops: &[Element<'_>], at: usize) -> String {
    let top = tops[at];
    if holds_words(&top) {
        return top.outer_html();
    }
    let mut html = top.outer_html();
    for node in top.following() {
        if node.element().is_some_and(|own| tops.get(at + 1) == Some(&own)) || begin_in(&node) {
            break;
        }
        html.push_str(&node.html());
    }
    html
}

fn one(html: &str, titled: &impl Fn(&str) -> Option<usize>) -> Option<Review> {
    let piece = page::parse_piece(html).ok()?;
    let mut review = Review::default();
    let mut text = String::new();
    for Fact { label, value } in facts::facts(&piece.root()) {
        let (head, rest) = split(&value);
        match words::of_review(&label) {
            Some(words::OfReview::Reviewer) => review.by = name_in(head),
            Some(words::OfReview::Day) => review.date = Some(line(head)).filter(|day| !day.is_empty()),
            Some(words::OfReview::Chapter) => review.chapter = chapter_in(head, titled),
            Some(words::OfReview::Reply) => {
                review.reply = clean(&value);
                continue;
            }
            None if text.is_empty() => {}
            // The reader's own bold word.
            None => {
                text.push_str(&format!("<p><b>{label}:</b> {value}</p>"));
                continue;
            }
        }
        text.push_str(rest);
    }
    let (words, reply) = answered(&text);
    review.text = clean(&words);
    review.reply = review.reply.or(reply.as_deref().and_then(clean));
    review.score = stars(&piece);
    (review.text.is_some() || review.reply.is_some()).then_some(review)
}

/// A value's own line, and what stands in blocks behind it.
fn split(value: &str) -> (&str, &str) {
    let blocks = ["<br", "<div", "<p>", "<p ", "<blockquote", "<table", "<hr", "<td", "<dd", "<ul"];
    let at = blocks.iter().filter_map(|block| value.find(block)).min().unwrap_or(value.len());
    value.split_at(at)
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
    let marked = || text_work::chapter_mark(&line)?.number.and_then(|own| usize::try_from(own).ok());
    linked.or_else(|| titled(&line)).or_else(marked).or_else(|| {
        line.split_once(['.', ':', ')']).and_then(|(number, _)| digits(number).filter(|_| number.len() < 4))
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
        label.is_some_and(|label| words::of_review(label) == Some(words::OfReview::Reply))
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
        let none = ["empty", "off", "grey", "gray", "blank", "no"].iter().any(|word| name.contains(word));
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
    let html = Body::default().clean(&without_addresses(html));
    Some(html).filter(|html| has_content(html))
}
