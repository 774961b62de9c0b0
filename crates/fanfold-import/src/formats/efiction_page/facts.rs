//! The box of facts: labels and what stands behind each, whatever a skin made of the box. A label is what the skin marked
//! as one: the program's own class, bold letters, a cell of a table, the beginning of a line.

use super::RULE;
use super::words;
use crate::seen::{field, html_field};
use crate::text_work;
use fanfold_model::{Extracted, FieldKind, SeriesEntry};
use fanfold_text::document::{Document, Element, Node, is_block};
use fanfold_text::paragraphs::html_paragraphs;

/// A label and the HTML up to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
}

/// Known labels that a box has at least, where nothing else says that it is one.
const LEAST: usize = 3;

/// The box with the story's facts: of the runs of known labels outside the story's text the longest. Side columns show the
/// facts of other stories.
pub(super) fn found<'a>(page: &'a Document, texts: &[Element<'a>]) -> Option<Element<'a>> {
    let root = page.first("body").unwrap_or_else(|| page.root());
    let marked = root.select("span, b, strong, u, th, td, dt, em, i, font, .label");
    let known: Vec<Element<'a>> = marked
        .into_iter()
        .filter(|own| label_of(own).is_some_and(|label| words::kind_of(&label).is_some()))
        .filter(|own| !own.ancestors().any(|above| texts.contains(&above) || is_notes(&above)))
        .take(60)
        .collect();
    let least = if texts.is_empty() { LEAST } else { 1 };
    let mut best: Option<(Element<'a>, usize)> = None;
    for label in &known {
        if best.as_ref().is_some_and(|(own, _)| inside(label, own)) {
            continue;
        }
        let run = run_of(label, &known, texts);
        let longer = |run: &(Element<'a>, usize)| best.as_ref().is_none_or(|own| run.1 > own.1);
        best = run.filter(longer).or(best);
    }
    best.filter(|(_, count)| *count >= least).map(|(own, _)| own)
}

/// The smallest element around a label that holds all labels near it, and how many it holds.
fn run_of<'a>(
    label: &Element<'a>,
    known: &[Element<'a>],
    texts: &[Element<'a>],
) -> Option<(Element<'a>, usize)> {
    let mut chosen: Option<(Element<'a>, usize, usize)> = None;
    for above in label.ancestors() {
        let whole = matches!(above.name(), "body" | "html");
        if whole || texts.iter().any(|text| *text == above || inside(text, &above)) {
            break;
        }
        let count = known.iter().filter(|own| inside(own, &above)).count();
        let length = above.text().len();
        let grows = chosen
            .as_ref()
            .is_none_or(|(_, before, known)| count > *before && length <= known * 3 + 600);
        if grows {
            chosen = Some((above, count, length));
        }
    }
    chosen.map(|(own, count, _)| (own, count))
}

fn inside<'a>(own: &Element<'a>, other: &Element<'a>) -> bool {
    own.ancestors().any(|above| above == *other)
}

fn is_notes(element: &Element<'_>) -> bool {
    element.has_class("notes") || element.has_class("noteinfo")
}

/// A label without its colon, if the element is one.
pub(super) fn label_of(element: &Element<'_>) -> Option<String> {
    let line = element.line();
    let own = line.trim();
    let bare = own.trim_end_matches([':', '：']).trim();
    let short = !bare.is_empty() && bare.chars().count() <= 40;
    if !short || bare.contains(':') || bare.split_whitespace().count() > 5 {
        return None;
    }
    let marks = element.has_class("label")
        || matches!(
            element.name(),
            "b" | "strong" | "u" | "th" | "td" | "dt" | "em" | "i" | "font" | "span"
        );
    // A skin may set the colon behind the letters that it made bold.
    let closed = || {
        element.following().next().is_some_and(|next| match next {
            Node::Text(text) => text.trim_start().starts_with([':', '：']),
            Node::Element(_) => false,
        })
    };
    let is_cell = matches!(element.name(), "th" | "dt") && words::kind_of(bare).is_some();
    let ends = bare.len() < own.len() || element.has_class("label") || is_cell || closed();
    (marks && ends && own.len() <= bare.len() + 5).then(|| bare.to_owned())
}

/// The pieces of a box.
pub(super) fn facts(infobox: &Element<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    collect(infobox, &mut facts, 0);
    facts
}

fn collect(element: &Element<'_>, facts: &mut Vec<Fact>, level: usize) {
    let mut at_start = true;
    for node in element.nodes() {
        match node {
            Node::Text(text) => {
                push_text(text, at_start, facts);
                at_start &= text.trim().is_empty();
            }
            Node::Element(own) => {
                if let Some(label) = label_of(&own) {
                    facts.push(Fact { label, value: String::new() });
                } else if level < 60 && has_label(&own) {
                    collect(&own, facts, level + 1);
                } else if !is_control(&own)
                    && let Some(last) = facts.last_mut()
                {
                    last.value.push_str(&own.outer_html());
                }
                at_start = own.name() == "br" || is_block(own.name());
            }
        }
    }
}

fn has_label(element: &Element<'_>) -> bool {
    let inner = element.descendants().filter_map(Node::element).any(|own| label_of(&own).is_some());
    inner || (is_block(element.name()) && opens_with_label(element.text().trim_start()).is_some())
}

/// Scripts, forms and links to what the site offers.
fn is_control(element: &Element<'_>) -> bool {
    let href = element.attr("href").unwrap_or_default();
    matches!(element.name(), "script" | "style" | "form" | "select" | "button" | "img")
        || ["reviews.php", "user.php?action=", "contact.php", "&index=1", "action=printable"]
            .iter()
            .any(|page| href.contains(page))
}

/// Text: the beginning of a line may be a label without any mark of its own.
fn push_text(text: &str, at_start: bool, facts: &mut Vec<Fact>) {
    if at_start && let Some((label, value)) = opens_with_label(text.trim_start()) {
        facts.push(Fact { label, value: escaped(value) });
        return;
    }
    if let Some(last) = facts.last_mut() {
        // The colon of a label that was marked without it.
        let rest = match last.value.is_empty() {
            true => text.trim_start().trim_start_matches([':', '：']),
            false => text,
        };
        last.value.push_str(&escaped(rest));
    }
}

fn opens_with_label(text: &str) -> Option<(String, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    words::kind_of(label).map(|_| (label.trim().to_owned(), value))
}

fn escaped(text: &str) -> String {
    fanfold_text::sanitize::escape_text(text).into_string()
}

/// Puts the facts of a box into a reading.
pub(super) fn push(facts: &[Fact], extracted: &mut Extracted) {
    for fact in facts {
        push_one(fact, extracted);
    }
}

fn push_one(fact: &Fact, extracted: &mut Extracted) {
    let label = fact.label.as_str();
    let kind = words::kind_of(label).or_else(|| text_work::kind_of_label(label));
    // What an archive calls its categories are its sections.
    let kind = match kind {
        Some(FieldKind::Classification | FieldKind::Category) => FieldKind::Fandom,
        other => other.unwrap_or(FieldKind::Other),
    };
    let piece = Document::parse_fragment(&fact.value);
    let line = piece.root().line();
    let text = without_controls(&line);
    if words::is_none(text) {
        return;
    }
    match kind {
        FieldKind::Summary => {
            let html = html_paragraphs(&fact.value).into_string();
            extracted.fields.push(html_field(kind, label, html, RULE, 0.97));
        }
        FieldKind::Series => {
            let title = text.to_owned();
            extracted.series.push(SeriesEntry { title, ..SeriesEntry::default() });
        }
        FieldKind::Fandom
        | FieldKind::Character
        | FieldKind::Genre
        | FieldKind::Warning
        | FieldKind::Relationship
        | FieldKind::Challenge => {
            let (tags, linked) = tags(&piece, text);
            // What is no link may be an archive's own way to join genres.
            let rule = if kind == FieldKind::Genre && !linked { "box-label" } else { RULE };
            for tag in tags {
                extracted.fields.push(field(kind, label, &tag, rule, 0.97));
            }
        }
        _ => extracted.fields.push(field(kind, label, text, "efiction-label", 0.9)),
    }
}

/// A value without the brackets of links that stood behind it: "PG [ - ]".
fn without_controls(text: &str) -> &str {
    let mut text = text.trim();
    while let Some((before, inside)) = text.strip_suffix(']').and_then(|own| own.rsplit_once('[')) {
        if inside.chars().any(char::is_alphabetic) {
            break;
        }
        text = before.trim();
    }
    text
}

/// Tags, and whether they are links, as they are where the site has pages for them; else they are parted by commas.
fn tags(piece: &Document, text: &str) -> (Vec<String>, bool) {
    let links: Vec<String> = piece
        .select("a")
        .iter()
        .map(|link| link.line().trim_matches([',', ' ']).to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let linked: usize = links.iter().map(String::len).sum();
    // Links among other words are not the tags.
    if !links.is_empty() && linked * 10 >= text.len() * 7 {
        return (links, true);
    }
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    (names.map(str::to_owned).collect(), false)
}
