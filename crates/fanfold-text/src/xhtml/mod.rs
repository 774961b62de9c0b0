//! Stored HTML to XHTML for e-books, such that EPUBCheck accepts it whatever the creator wrote.
//!
//! Obsolete elements become valid ones with a style (`center`, `big`, `tt`), alignment becomes a style, inline elements
//! never hold blocks, links that would lead nowhere inside the book lose their target, pictures from the web become
//! a link with their description (a book may not load them), details stand open.

mod address;
mod attributes;
mod survey;

use crate::clean_html::CleanHtml;
use crate::flow::{Dialect, Loose, rebuild};
use crate::tokens::attribute;
use survey::Survey;

/// The HTML as content of an XHTML `body` (or `section`, `div`). Well-formed XML without named entities beyond `&amp;`,
/// `&lt;`, `&gt;`, `&quot;`.
pub fn to_xhtml(html: &CleanHtml) -> String {
    to_xhtml_with_ids(html, "")
}

/// Like [`to_xhtml`], with a prefix for every `id`, so that several pieces (a chapter and its notes) may share a file.
/// The prefix must begin with a letter or be empty.
pub fn to_xhtml_with_ids(html: &CleanHtml, prefix: &str) -> String {
    let dialect = Xhtml {
        survey: survey::survey(html.as_str()),
        prefix,
        used_ids: Vec::new(),
        open: Vec::new(),
    };
    rebuild(html.as_str(), Loose::Keep, dialect)
}

struct Xhtml<'p> {
    survey: Survey,
    prefix: &'p str,
    used_ids: Vec<String>,
    open: Vec<Open>,
}

/// An element that was opened, and what closes it.
#[derive(Debug, Clone, Copy)]
struct Open {
    source: &'static str,
    end: &'static str,
    /// For tables: which part came last, so that parts come in the order XHTML wants.
    part: Part,
}

/// Parts of a table in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Start,
    Caption,
    Columns,
    Head,
    Body,
}

impl Dialect for Xhtml<'_> {
    fn open(&mut self, out: &mut String, name: &str, attrs: &str) {
        let source = known(name);
        let shape = self.shape(source, attrs);
        if let Some(element) = shape.element {
            out.push_str(shape.before);
            out.push('<');
            out.push_str(element);
            self.write_attributes(out, element, attrs, shape.style);
            out.push('>');
            out.push_str(shape.inside);
        }
        self.open.push(Open { source, end: shape.end, part: Part::Start });
    }

    fn close(&mut self, out: &mut String, _name: &str) {
        if let Some(open) = self.open.pop() {
            out.push_str(open.end);
        }
    }

    fn void(&mut self, out: &mut String, name: &str, attrs: &str) {
        match name {
            "img" => self.picture(out, attrs),
            "col"
                if !self
                    .open
                    .last()
                    .is_some_and(|o| o.source == "colgroup" && !o.end.is_empty()) => {}
            _ => {
                out.push('<');
                out.push_str(name);
                self.write_attributes(out, name, attrs, "");
                out.push_str("/>");
            }
        }
    }

    fn text(&mut self, out: &mut String, text: &str) {
        push_xml_text(out, text);
    }
}

/// How an element is written.
struct Shape {
    /// Written before it, for a missing parent.
    before: &'static str,
    /// Its name in XHTML; nothing is written without one.
    element: Option<&'static str>,
    style: &'static str,
    /// Written right behind the start tag.
    inside: &'static str,
    /// Everything that closes it.
    end: &'static str,
}

impl Shape {
    const fn plain(element: &'static str, end: &'static str) -> Self {
        Self { before: "", element: Some(element), style: "", inside: "", end }
    }

    const fn styled(element: &'static str, end: &'static str, style: &'static str) -> Self {
        Self { before: "", element: Some(element), style, inside: "", end }
    }
}

impl Xhtml<'_> {
    fn shape(&mut self, name: &'static str, attrs: &str) -> Shape {
        match name {
            "big" => Shape::styled("span", "</span>", "font-size: larger"),
            "tt" => Shape::plain("code", "</code>"),
            "strike" => Shape::plain("s", "</s>"),
            "acronym" => Shape::plain("abbr", "</abbr>"),
            "center" => Shape::styled("div", "</div>", "text-align: center"),
            "address" | "details" | "figure" => Shape::plain("div", "</div>"),
            "figcaption" => Shape::plain("p", "</p>"),
            "summary" => Shape { inside: "<strong>", ..Shape::plain("p", "</strong></p>") },
            "dfn" if self.is_inside("dfn") => Shape::plain("span", "</span>"),
            "bdo" if attribute(attrs, "dir").is_none() => Shape::plain("span", "</span>"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
                if self.is_inside("th") || self.is_inside("dt") =>
            {
                Shape { inside: "<strong>", ..Shape::plain("p", "</strong></p>") }
            }
            "ruby" | "rt" | "rp" if !self.survey.ruby_is_sound => Shape::plain("span", "</span>"),
            "dl" | "dt" if !self.survey.definitions_are_sound => Shape::plain("div", "</div>"),
            "dd" if !self.survey.definitions_are_sound => {
                Shape::styled("div", "</div>", "margin-left: 2em")
            }
            "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => self.table_part(name),
            _ => Shape::plain(name, end_tag(name)),
        }
    }

    /// Parts of a table in the order XHTML asks for: what comes too late becomes a body.
    fn table_part(&mut self, name: &'static str) -> Shape {
        let table = self.open.iter_mut().rfind(|o| o.source == "table");
        let last = table.as_ref().map_or(Part::Body, |t| t.part);
        let (part, shape) = match name {
            "caption" if last < Part::Caption => {
                (Part::Caption, Shape::plain("caption", "</caption>"))
            }
            "caption" => (
                Part::Body,
                Shape { before: "<tbody><tr>", ..Shape::plain("td", "</td></tr></tbody>") },
            ),
            "colgroup" if last <= Part::Columns => {
                (Part::Columns, Shape::plain("colgroup", "</colgroup>"))
            }
            "colgroup" => (last, Shape { element: None, ..Shape::plain("", "") }),
            "thead" if last < Part::Head => (Part::Head, Shape::plain("thead", "</thead>")),
            _ => (Part::Body, Shape::plain("tbody", "</tbody>")),
        };
        if let Some(table) = table {
            table.part = part;
        }
        shape
    }

    fn is_inside(&self, name: &str) -> bool {
        self.open.iter().rev().take_while(|o| o.source != "table").any(|o| o.source == name)
            || name == "th"
                && self
                    .open
                    .iter()
                    .rev()
                    .find(|o| matches!(o.source, "th" | "td"))
                    .is_some_and(|o| o.source == "th")
    }

    /// A picture as its description, linked to where it is.
    fn picture(&mut self, out: &mut String, attrs: &str) {
        let described = crate::tokens::attributes(attrs)
            .find(|(n, v)| *n == "alt" && !v.trim().is_empty())
            .map_or("image", |(_, v)| v);
        let source = attribute(attrs, "src").and_then(|s| address::external(&s));
        match source.filter(|_| !self.is_inside("a")) {
            Some(url) => {
                out.push_str("<a class=\"image\" href=\"");
                crate::escape::push_attribute(out, &url);
                out.push_str("\">[");
                push_xml_text(out, described);
                out.push_str("]</a>");
            }
            None => {
                out.push_str("<span class=\"image\">[");
                push_xml_text(out, described);
                out.push_str("]</span>");
            }
        }
    }
}

/// Appends text that is escaped as in stored HTML: no-break spaces as numbers, characters XML does not know left out.
fn push_xml_text(out: &mut String, text: &str) {
    let text = text.replace("&nbsp;", "&#160;");
    if text.chars().all(is_xml) {
        out.push_str(&text);
    } else {
        out.extend(text.chars().filter(|c| is_xml(*c)));
    }
}

fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0b'..='\x0c' | '\x0e'..='\x1f' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}')
}

/// The element's name as a constant.
fn known(name: &str) -> &'static str {
    let found = crate::elements::ALLOWED.binary_search_by(|(n, _)| (*n).cmp(name)).ok();
    found.and_then(|at| crate::elements::ALLOWED.get(at)).map_or("span", |(n, _)| n)
}

fn end_tag(name: &str) -> &'static str {
    END_TAGS
        .iter()
        .find(|end| end.get(2..end.len() - 1) == Some(name))
        .copied()
        .unwrap_or("</span>")
}

/// End tags of the elements that keep their names.
const END_TAGS: &[&str] = &[
    "</a>",
    "</abbr>",
    "</b>",
    "</bdi>",
    "</bdo>",
    "</blockquote>",
    "</cite>",
    "</code>",
    "</dd>",
    "</del>",
    "</dfn>",
    "</div>",
    "</dl>",
    "</dt>",
    "</em>",
    "</h1>",
    "</h2>",
    "</h3>",
    "</h4>",
    "</h5>",
    "</h6>",
    "</i>",
    "</ins>",
    "</kbd>",
    "</li>",
    "</ol>",
    "</p>",
    "</pre>",
    "</q>",
    "</rp>",
    "</rt>",
    "</ruby>",
    "</s>",
    "</samp>",
    "</small>",
    "</span>",
    "</strong>",
    "</sub>",
    "</sup>",
    "</table>",
    "</td>",
    "</th>",
    "</tr>",
    "</u>",
    "</ul>",
    "</var>",
];

#[cfg(test)]
mod tests;
