//! Recognises HTML that the sanitiser would give back unchanged, without parsing it into a tree.
//!
//! The test is deliberately narrower than the truth: what it accepts is certainly stable (a property test holds it to
//! the sanitiser), what it rejects simply takes the slow way. Most stories are paragraphs with emphasis and links and
//! pass. Tables, definition lists, ruby and details always take the slow way.

use crate::attributes::is_plain_value;
use crate::limits::MAX_DEPTH;

/// True when cleaning `html` is certain to change nothing.
pub(crate) fn is_canonical(html: &str) -> bool {
    let mut checker = Checker::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at(at);
        if !checker.text(text) {
            return false;
        }
        match checker.tag(tail) {
            Some(len) => rest = tail.get(len..).unwrap_or_default(),
            None => return false,
        }
    }
    checker.text(rest) && checker.open.is_empty()
}

/// What may stand in canonical HTML and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Inline, anywhere.
    Inline,
    /// A link: inline, never inside another.
    Link,
    /// Paragraph and `pre`: no block inside, none of them outside.
    Leaf,
    /// `div` and kin: outside paragraphs and headings.
    Block,
    /// `ul`, `ol`.
    List,
    /// `li`, directly inside a list.
    Item,
    /// `br`.
    Break,
    /// `hr`.
    Rule,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "p" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Leaf,
        "em" | "i" | "strong" | "b" | "u" | "s" | "strike" | "span" | "sub" | "sup" | "small"
        | "big" | "cite" | "code" | "tt" | "del" | "ins" | "q" | "kbd" | "samp" | "var"
        | "abbr" => Kind::Inline,
        "a" => Kind::Link,
        "br" => Kind::Break,
        "hr" => Kind::Rule,
        "div" | "blockquote" | "center" => Kind::Block,
        "ul" | "ol" => Kind::List,
        "li" => Kind::Item,
        _ => return None,
    })
}

#[derive(Default)]
struct Checker<'a> {
    open: Vec<(&'a str, Kind)>,
    /// How many open elements forbid a block inside.
    leaves: usize,
    links: usize,
    /// The last thing was `<pre>`, which swallows one newline.
    fresh_pre: bool,
}

impl<'a> Checker<'a> {
    fn text(&mut self, text: &str) -> bool {
        if std::mem::take(&mut self.fresh_pre) && text.starts_with('\n') {
            return false;
        }
        is_serialised(text, false)
    }

    /// Checks the tag at the start of `text`; gives its length.
    fn tag(&mut self, text: &'a str) -> Option<usize> {
        self.fresh_pre = false;
        let body = text.get(1..)?;
        if let Some(end) = body.strip_prefix('/') {
            let name = end.get(..end.find('>')?)?;
            let (open, kind) = self.open.pop()?;
            self.count(kind, false);
            return (open == name).then_some(name.len() + 3);
        }
        let close = body.find('>')?;
        let inside = body.get(..close)?;
        let name_len = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, attrs) = inside.split_at(name_len);
        let kind = kind(name)?;
        if !self.may_open(kind) || !(attrs.is_empty() || plain_attributes(name, attrs)) {
            return None;
        }
        if !matches!(kind, Kind::Break | Kind::Rule) {
            self.open.push((name, kind));
            self.count(kind, true);
            self.fresh_pre = name == "pre";
        }
        Some(close + 2)
    }

    fn may_open(&self, kind: Kind) -> bool {
        if self.open.len() >= MAX_DEPTH {
            return false;
        }
        match kind {
            Kind::Inline | Kind::Break => true,
            Kind::Link => self.links == 0,
            Kind::Leaf | Kind::Block | Kind::List | Kind::Rule => self.leaves == 0,
            Kind::Item => self.leaves == 0 && matches!(self.open.last(), Some((_, Kind::List))),
        }
    }

    fn count(&mut self, kind: Kind, up: bool) {
        let counter = match kind {
            Kind::Leaf => &mut self.leaves,
            Kind::Link => &mut self.links,
            _ => return,
        };
        *counter = if up { *counter + 1 } else { counter.saturating_sub(1) };
    }
}

/// Attributes written exactly as the serialiser writes them, each of a kind that the filter lets through unchanged.
fn plain_attributes(element: &str, attrs: &str) -> bool {
    let mut rest = attrs;
    let mut seen: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let Some((name, after)) = rest.strip_prefix(' ').and_then(|r| r.split_once("=\"")) else {
            return false;
        };
        let Some((value, tail)) = after.split_once('"') else {
            return false;
        };
        if seen.contains(&name)
            || !is_serialised(value, true)
            || !is_plain_value(element, name, value)
        {
            return false;
        }
        seen.push(name);
        rest = tail;
    }
    // A link's `rel` is added last by the sanitiser, and always.
    element != "a" || seen.last() == Some(&"rel")
}

/// True when the serialiser would write these characters as they stand.
fn is_serialised(text: &str, in_attribute: bool) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        match b {
            b'&' => {
                let rest = text.get(i..).unwrap_or_default();
                let known = ["&amp;", "&lt;", "&gt;", "&nbsp;"].iter().any(|n| rest.starts_with(n));
                if !(known || in_attribute && rest.starts_with("&quot;")) {
                    return false;
                }
            }
            b'<' | b'>' | b'\r' | 0 => return false,
            0xC2 if bytes.get(i + 1) == Some(&0xA0) => return false,
            _ => {}
        }
        i += 1;
    }
    true
}
