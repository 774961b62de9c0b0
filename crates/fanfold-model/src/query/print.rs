//! Queries as text that parses to the same tree.

use std::fmt::{Display, Formatter, Result, Write};

use super::ast::{Node, NumberRange, Query, TextField, TextMatch};
use super::dates::{Ago, AgoUnit, DateRange};
use super::fields::{self, Field};
use super::parser::is_loose_sign;
use super::scan::{is_quote, keyword};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(root) = &self.root {
            write!(f, "{root}")?;
        }
        if let Some(sort) = &self.sort {
            let space = if self.root.is_some() { " " } else { "" };
            write!(f, "{space}sort:{sort}")?;
        }
        Ok(())
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Node::And(nodes) => join(f, nodes, " ", |node| matches!(node, Node::And(_))),
            Node::Or(nodes) => {
                join(f, nodes, " OR ", |node| matches!(node, Node::And(_) | Node::Or(_)))
            }
            Node::Not(node) => {
                f.write_char('-')?;
                grouped(f, node, matches!(**node, Node::And(_) | Node::Or(_)))
            }
            Node::Text { field: TextField::Anywhere, what } => text(f, what, true),
            Node::Text { field, what } => {
                write!(f, "{}:", fields::name_of(Field::Text(*field)))?;
                text(f, what, false)
            }
            Node::Tag { kind, name, prefix } => {
                write!(f, "{}:", fields::name_of(Field::Tag(*kind)))?;
                if *prefix { bare(f, name, true) } else { name_value(f, name) }
            }
            Node::Number { field, range } => {
                write!(f, "{}:{range}", fields::name_of(Field::Number(*field)))
            }
            Node::Date { field, range } => {
                write!(f, "{}:{range}", fields::name_of(Field::Date(*field)))
            }
            Node::Flag(flag, wanted) => {
                write!(f, "{}:{wanted}", fields::name_of(Field::Flag(*flag)))
            }
            Node::Only(kind) => write!(f, "only:{}", fields::name_of(Field::Tag(Some(*kind)))),
            Node::Language(code) => write!(f, "lang:{code}"),
            Node::Status(status) => write!(f, "status:{}", status.as_str()),
        }
    }
}

fn join(
    f: &mut Formatter<'_>,
    nodes: &[Node],
    between: &str,
    needs_group: fn(&Node) -> bool,
) -> Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        grouped(f, node, needs_group(node))?;
    }
    Ok(())
}

fn grouped(f: &mut Formatter<'_>, node: &Node, group: bool) -> Result {
    if group { write!(f, "({node})") } else { write!(f, "{node}") }
}

fn text(f: &mut Formatter<'_>, what: &TextMatch, alone: bool) -> Result {
    match what {
        TextMatch::Word(word) => lone(f, word, alone, false),
        TextMatch::Prefix(word) => lone(f, word, alone, true),
        TextMatch::Phrase(words) => quoted(f, words),
    }
}

/// A bare word; its first character is escaped where the word would be read as something else.
fn lone(f: &mut Formatter<'_>, word: &str, alone: bool, star: bool) -> Result {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if alone && reads_otherwise(word) => {
            write!(f, "\\{first}")?;
            bare(f, chars.as_str(), star)
        }
        _ => bare(f, word, star),
    }
}

/// Whether a bare word standing alone would be taken for a keyword, a field, an exclusion or a sign.
fn reads_otherwise(word: &str) -> bool {
    keyword(word).is_some()
        || is_loose_sign(word)
        || fields::category_shorthand(word).is_some()
        || matches!(fields::field_named(word), Some(Field::Number(_) | Field::Date(_)))
        || word.starts_with(['-', '+'])
        || word.contains([':', '<', '>', '='])
}

/// A word without quotes, each special character escaped.
fn bare(f: &mut Formatter<'_>, word: &str, star: bool) -> Result {
    for c in word.chars() {
        if c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '*' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_str(if star { "*" } else { "" })
}

fn name_value(f: &mut Formatter<'_>, name: &str) -> Result {
    let plain = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '\''));
    if plain { f.write_str(name) } else { quoted(f, name) }
}

fn quoted(f: &mut Formatter<'_>, words: &str) -> Result {
    f.write_char('"')?;
    for c in words.chars() {
        if is_quote(c) || c == '\\' {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

impl Display for NumberRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from}-{to}"),
            (Some(from), None) => write!(f, ">={from}"),
            (None, Some(to)) => write!(f, "<={to}"),
            (None, None) => f.write_str(">=0"),
        }
    }
}

impl Display for Ago {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let unit = match self.unit {
            AgoUnit::Days => "d",
            AgoUnit::Weeks => "w",
            AgoUnit::Months => "m",
            AgoUnit::Years => "y",
        };
        write!(f, "{}{unit}", self.count)
    }
}

impl Display for DateRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            DateRange::Inside(Some(from), Some(to)) if from == to => write!(f, "{from}"),
            DateRange::Inside(Some(from), Some(to)) => write!(f, "{from}..{to}"),
            DateRange::Inside(Some(from), None) => write!(f, ">={from}"),
            DateRange::Inside(None, Some(to)) => write!(f, "<={to}"),
            DateRange::Inside(None, None) => f.write_str(">=0000"),
            DateRange::Before(date) => write!(f, "<{date}"),
            DateRange::After(date) => write!(f, ">{date}"),
            DateRange::Within(ago) => write!(f, "<{ago}"),
            DateRange::LongerAgo(ago) => write!(f, ">{ago}"),
        }
    }
}
