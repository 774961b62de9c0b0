//! Readers' comments below an entry, in any style: who, when, what, and which comment it answers.

use crate::comments::Said;
use fanfold_text::document::{Document, Element};

/// What holds the words of one comment.
const TEXTS: &str = ".comment-content, .comment-body, .comment_body, .commentbody, .comment-text, .comment_text, \
     .commenttext, .commentText, .b-leaf-article, .b-leaf-text, .mdspost-comment__body, .mdspost-comment-body, \
     .talk-comment-text, .ljcmt_body";

/// Who wrote it, in the head of a comment.
const NAMES: &str = ".ljuser, .poster, .comment-poster, .commentPoster, .b-leaf-username, .comment-author, .anonymous";

const DATES: &str = ".datetime, .comment-date, .comment_date, .commentDate, .comment-datetime, .b-leaf-createdtime, \
     .mdspost-comment__time, time, abbr.date, .date";

/// A page of more is cut here.
const MOST: usize = 5_000;

/// All comments, in the order of the page.
pub(super) fn of(page: &Document) -> Vec<Said> {
    let texts = page.select(TEXTS);
    let mut said = Vec::new();
    for text in texts.iter().take(MOST) {
        // One place inside another is the same comment.
        let inner = text.ancestors().any(|above| texts.contains(&above));
        let Some(block) = block_of(text).filter(|_| !inner) else { continue };
        let depth = depth(&block);
        said.push(Said {
            id: id_of(&block),
            parent: parent_of(&block, text),
            is_first: depth == Some(0),
            by: name_of(&block, text),
            date: date_of(&block, text),
            html: text.inner_html(),
            ..Said::default()
        });
    }
    if said.is_empty() { super::threads::of(page) } else { said }
}

/// The comment around a text.
fn block_of<'a>(text: &Element<'a>) -> Option<Element<'a>> {
    let own = |above: &Element<'_>| {
        let id = above.attr("id").unwrap_or_default();
        let numbered = ["ljcmt", "cmt", "comment-", "t"].iter().any(|start| {
            id.strip_prefix(start)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        });
        let named = ["comment", "ljcmt_full", "b-leaf", "mdspost-comment", "comment-wrapper"];
        numbered || named.iter().any(|class| above.has_class(class))
    };
    text.ancestors().find(own)
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Some(digits).filter(|digits| !digits.is_empty() && digits.len() <= 18)
}

/// The number of a comment: its own, or that of the block around it.
fn id_of(block: &Element<'_>) -> Option<String> {
    let told = |own: &Element<'_>| {
        let id = own.attr("data-tid").or_else(|| own.attr("id"))?;
        digits(id)
    };
    told(block).or_else(|| block.parent().as_ref().and_then(told))
}

/// The number in the link to the comment that this one answers.
fn parent_of(block: &Element<'_>, text: &Element<'_>) -> Option<String> {
    const PARENT: [&str; 5] =
        ["parent", "link to parent", "(parent)", "уровень выше", "thread parent"];
    let outside = |own: &Element<'_>| !own.ancestors().any(|above| above == *text);
    let links = block.select("a[href]");
    let link = links
        .iter()
        .filter(|own| outside(own) && is_head(own, block))
        .find(|own| PARENT.contains(&own.line().to_lowercase().as_str()))?;
    let href = link.attr("href")?;
    let number = href.rsplit_once("thread=").map(|(_, rest)| rest);
    let number = number.or_else(|| href.rsplit_once('#').map(|(_, rest)| rest))?;
    let end = number.find(['#', '&']).unwrap_or(number.len());
    digits(&number[..end])
}

/// Whether an element belongs to this comment and not to one that stands inside it.
fn is_head(own: &Element<'_>, block: &Element<'_>) -> bool {
    block_of(own).is_some_and(|nearest| nearest == *block)
        || own.parent().is_some_and(|up| up == *block)
}

fn name_of(block: &Element<'_>, text: &Element<'_>) -> String {
    let names = block.select(NAMES);
    let name = names
        .iter()
        .find(|own| is_head(own, block) && !own.ancestors().any(|above| above == *text));
    let Some(name) = name else { return String::new() };
    let told = name.attr("lj:user").or_else(|| name.attr("data-ljuser"));
    let shown = told.map_or_else(|| name.line(), str::to_owned);
    let anonymous = ["(anonymous)", "anonymous", "(anonymous user)", "аноним"];
    if anonymous.contains(&shown.to_lowercase().as_str()) { String::new() } else { shown }
}

fn date_of(block: &Element<'_>, text: &Element<'_>) -> Option<String> {
    let dates = block.select(DATES);
    let own =
        |date: &&Element<'_>| is_head(date, block) && !date.ancestors().any(|above| above == *text);
    dates.iter().filter(own).find_map(|date| {
        let stamp = date.attr("datetime").or_else(|| date.attr("title")).map(str::to_owned);
        let digit = |text: &String| text.len() <= 80 && text.chars().any(|c| c.is_ascii_digit());
        stamp.filter(digit).or_else(|| Some(date.line()).filter(digit))
    })
}

/// How deep a comment lies in its thread, where the style says it: 0 answers the entry itself.
fn depth(block: &Element<'_>) -> Option<u32> {
    let around: Vec<Element<'_>> =
        std::iter::once(*block).chain(block.ancestors().take(2)).collect();
    let classes = around.iter().filter_map(|own| own.attr("class")).flat_map(str::split_whitespace);
    let by_class = classes
        .filter_map(|class| {
            ["comment-depth-", "depth-", "level-"]
                .iter()
                .find_map(|start| class.strip_prefix(start))
        })
        .find_map(|number| number.parse::<u32>().ok())
        .map(|depth| depth.saturating_sub(1));
    let by_margin = || {
        around.iter().find_map(|own| {
            let style = own.attr("style")?.replace(' ', "").to_ascii_lowercase();
            let (_, margin) = style.split_once("margin-left:")?;
            let pixels = margin.split("px").next()?.parse::<f32>().ok()?;
            Some(u32::from(pixels >= 1.0))
        })
    };
    by_class.or_else(by_margin)
}
