//! What one block of a comment says, without any names of classes: the head with who and when, then the words.

use super::is_control;
use crate::comments::Said;
use crate::formats::livejournal_page::around::has_year;
use fanfold_text::document::{Element, Node, is_block};

/// Words of a line that only frames a name or a day.
const MOST_OF_A_HEAD: usize = 8;

/// Whether these nodes say who wrote.
pub(super) fn has_name(nodes: &[Node<'_>]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => nobody(text).is_some(),
        Node::Element(own) => {
            name_of(own).is_some()
                || own.descendants().any(|inner| match inner {
                    Node::Text(text) => nobody(text).is_some(),
                    Node::Element(inner) => name_of(&inner).is_some(),
                })
        }
    })
}

/// "(Anonymous)": somebody without a name; gives what stands behind it.
fn nobody(text: &str) -> Option<&str> {
    const WORDS: [&str; 6] = [
        "(Anonymous)",
        "(anonymous)",
        "(Anonymous User)",
        "(анонимно)",
        "(Анонимно)",
        "Anonymous wrote",
    ];
    let own = text.trim_start();
    let own = own.strip_prefix("From:").unwrap_or(own).trim_start();
    WORDS.iter().find_map(|word| own.strip_prefix(word)).filter(|rest| rest.len() <= 80)
}

/// The name in a user box, or in a link to somebody's profile.
fn name_of(own: &Element<'_>) -> Option<String> {
    let told = own.attr("lj:user").or_else(|| own.attr("data-ljuser"));
    if told.is_some() || own.has_class("ljuser") {
        let name = told.map_or_else(|| own.line(), str::to_owned);
        return Some(name).filter(|name| !name.is_empty());
    }
    let href = own.attr("href").filter(|_| own.name() == "a")?;
    let (_, path) = href.split_once("://").unwrap_or(("", href));
    let (_, path) = path.split_once('/')?;
    let profile = path.starts_with("userinfo.bml?user=")
        || path.trim_end_matches('/') == "profile"
        || ["users/", "~"].iter().any(|start| {
            path.strip_prefix(start).is_some_and(|name| !name.trim_end_matches('/').contains('/'))
        });
    Some(own.line()).filter(|name| profile && (1..=40).contains(&name.len()))
}

/// Reads a block; `None` if nobody says anything in it.
pub(super) fn read(nodes: &[Node<'_>]) -> Option<Said> {
    let mut lines = Lines::default();
    lines.take(nodes.iter().copied(), 0);
    lines.end(true);
    let (mut said, mut html, mut is_after) = (Said::default(), String::new(), Label::None);
    let mut named = false;
    for line in lines.all {
        let in_head = html.is_empty();
        if in_head && line.names {
            (said.by, named) = (line.name.clone().unwrap_or_default(), true);
        }
        match head(&line, in_head, is_after) {
            Head::Label(label) => is_after = label,
            Head::Day(day) if said.date.is_none() => said.date = Some(day),
            Head::Nothing | Head::Day(_) => {}
            Head::Words => {
                let opens = line.opens_block || html.is_empty();
                if !opens {
                    html.truncate(html.len() - "</p>".len());
                }
                html.push_str(if opens { "<p>" } else { "<br>" });
                html.push_str(line.html.trim());
                html.push_str("</p>");
            }
        }
        if !matches!(is_after, Label::None) && !line.bare().is_empty() && !is_label(&line.text) {
            is_after = Label::None;
        }
    }
    said.html = html;
    (named && (said.date.is_some() || !said.html.is_empty())).then_some(said)
}

/// What stands in front of a value in a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    None,
    From,
    Day,
}

enum Head {
    Label(Label),
    Day(String),
    Nothing,
    Words,
}

fn head(line: &Line, in_head: bool, after: Label) -> Head {
    let bare = line.bare();
    if bare.is_empty() {
        return Head::Nothing;
    }
    if !in_head {
        return Head::Words;
    }
    match bare.to_lowercase().trim_end_matches(':').trim() {
        "from" | "by" | "posted by" | "от" => return Head::Label(Label::From),
        "date" | "posted" | "posted on" | "дата" => return Head::Label(Label::Day),
        "subject" | "тема" | "(no subject)" | "no subject" => return Head::Label(Label::None),
        _ => {}
    }
    let words = bare.split_whitespace().count();
    let day = without_label(bare);
    if has_year(day) && (words <= MOST_OF_A_HEAD + 2 || after == Label::Day) {
        // The bracket of a link that is gone took one of the day's own with it.
        let open = day.matches('(').count() > day.matches(')').count();
        return Head::Day(format!("{day}{}", if open { ")" } else { "" }));
    }
    // "toto wrote:", an address of a machine, a name without a box.
    let frames = line.names && words <= MOST_OF_A_HEAD || after == Label::From;
    if frames || is_machine(bare) { Head::Nothing } else { Head::Words }
}

fn is_label(text: &str) -> bool {
    text.trim().ends_with(':') && text.len() <= 20
}

fn without_label(text: &str) -> &str {
    let after = ["Date:", "date:", "Дата:", "Posted:", "wrote:", " on ", " @ "];
    let rest = after.iter().find_map(|label| text.split_once(label).map(|(_, rest)| rest));
    let edge = |c: char| !c.is_alphanumeric();
    let day = rest.unwrap_or(text);
    let day = day.split_once(" (").filter(|(_, own)| is_machine(own)).map_or(day, |(day, _)| day);
    day.trim_start_matches(edge).trim_end_matches(['(', '[', ',', ' ', '-'])
}

/// "(66.1.2.3)": never kept.
fn is_machine(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = bare.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok() || *part == "x")
}

/// A line of a block.
#[derive(Debug, Clone, Default)]
struct Line {
    html: String,
    text: String,
    /// Whether the line says who wrote; without a name, nobody.
    names: bool,
    name: Option<String>,
    opens_block: bool,
}

impl Line {
    /// The text without brackets that held only links.
    fn bare(&self) -> &str {
        self.text.trim_matches(|c: char| c.is_whitespace() || "()[]|·•,-–—".contains(c))
    }
}

/// The lines of a block: split at blocks, cells and breaks; the comment's own links left out.
#[derive(Default)]
struct Lines {
    all: Vec<Line>,
    now: Line,
    named: bool,
    opens: bool,
}

impl Lines {
    fn take<'a>(&mut self, nodes: impl Iterator<Item = Node<'a>>, level: usize) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(own) => self.element(&own, level),
            }
        }
    }

    fn text(&mut self, text: &str) {
        let mut text = text;
        if let Some(rest) = nobody(text).filter(|_| !self.named) {
            (self.now.names, self.named) = (true, true);
            text = rest;
        }
        self.now.html.push_str(&Node::Text(text).html());
        self.now.text.push_str(text);
    }

    fn element(&mut self, own: &Element<'_>, level: usize) {
        let name = (!self.named).then(|| name_of(own)).flatten();
        if name.is_some() {
            (self.now.name, self.now.names, self.named) = (name, true, true);
            return;
        }
        let hidden = ["script", "style", "form", "select", "input", "button", "textarea"];
        if hidden.contains(&own.name()) || is_control(own) {
            return;
        }
        if own.name() == "br" {
            self.end(false);
            return;
        }
        let breaks = is_block(own.name()) || matches!(own.name(), "td" | "th" | "tr" | "table");
        let whole = !breaks
            && own.descendants().filter_map(Node::element).all(|inner| {
                !is_block(inner.name()) && !is_control(&inner) && inner.name() != "br"
            });
        if whole && (self.named || !has_name(&[Node::Element(*own)])) {
            self.now.html.push_str(&own.outer_html());
            self.now.text.push_str(&own.text());
        } else if level < 60 {
            if breaks {
                self.end(true);
            }
            self.take(own.nodes(), level + 1);
            if breaks {
                self.end(true);
            }
        }
    }

    /// Ends a line; what comes next may open a paragraph.
    fn end(&mut self, block: bool) {
        let now = std::mem::take(&mut self.now);
        let is_empty = now.text.trim().is_empty() && !now.names && !now.html.contains("<img");
        if is_empty {
            // Two breaks are as good as a block.
            self.opens = true;
            return;
        }
        self.all.push(Line { opens_block: self.opens, ..now });
        self.opens = block;
    }
}
