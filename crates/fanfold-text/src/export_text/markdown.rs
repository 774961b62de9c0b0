//! Markdown that reads well and comes back as the same words with the same emphasis. What Markdown cannot say (centred
//! text, underlining, tables, an unusual scene break) is written as HTML, which Markdown allows.

use super::markdown_line::{BreakStyle, Piece, render};
use super::{Lists, Margin, normal_form};
use crate::clean_html::CleanHtml;
use crate::escape::unescape;
use crate::tokens::{Token, attribute, tokens};

/// CommonMark text. Ends with a line feed unless empty.
pub fn html_to_markdown(html: &CleanHtml) -> String {
    let normal = normal_form(html);
    let mut writer = Writer::default();
    for token in tokens(&normal) {
        if writer.raw(&token) {
            continue;
        }
        match token {
            Token::Start { name, attrs } => writer.start(name, attrs),
            Token::End { name } => writer.end(name),
            Token::Text(text) => writer.text(text),
        }
    }
    writer.flush("");
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    margin: Margin,
    lists: Lists,
    line: Vec<Piece>,
    links: Vec<Option<String>>,
    /// Collects an element that is kept as HTML: its name, how deep, its text.
    kept: Option<(String, usize, String)>,
    /// The next item follows without an empty line.
    tight: bool,
    after_list: bool,
    wrappers: Vec<&'static str>,
}

/// Blocks that are written as HTML, whole.
const KEPT: &[&str] = &["table", "dl", "pre", "details", "figure"];

impl Writer {
    /// Takes the tokens of an element that stays HTML.
    fn raw(&mut self, token: &Token<'_>) -> bool {
        if let (None, Token::Start { name, .. }) = (&self.kept, token)
            && KEPT.contains(name)
        {
            self.flush("");
            self.kept = Some(((*name).to_owned(), 0, String::new()));
        }
        let Some((kept, depth, html)) = &mut self.kept else {
            return false;
        };
        match token {
            Token::Text(text) => html.push_str(text),
            Token::Start { name, attrs } => {
                *depth += usize::from(name == kept);
                html.push_str(&start_tag(name, attrs));
            }
            Token::End { name } => {
                *depth -= usize::from(name == kept);
                html.push_str(&format!("</{name}>"));
            }
        }
        if *depth == 0 {
            let html = if kept == "pre" { std::mem::take(html) } else { without_empty_lines(html) };
            self.kept = None;
            self.block(&html);
        }
        true
    }

    fn start(&mut self, name: &str, attrs: &str) {
        match name {
            "br" => self.line.push(Piece::Break),
            "em" | "i" => self.line.push(Piece::Sign { sign: "*", opens: true, tag: "<em>" }),
            "strong" | "b" => {
                self.line.push(Piece::Sign { sign: "**", opens: true, tag: "<strong>" })
            }
            "a" => self.start_link(attrs),
            "hr" => {
                self.flush("");
                let rule =
                    if attrs.is_empty() { "* * *".to_owned() } else { start_tag("hr", attrs) };
                self.block(&rule);
            }
            "span" => {}
            _ if crate::elements::is_block(name) => self.start_block(name, attrs),
            _ => self.line.push(Piece::Tag(start_tag(name, attrs))),
        }
    }

    fn start_block(&mut self, name: &str, attrs: &str) {
        self.flush("");
        match name {
            "blockquote" => self.margin.push("> ", "> "),
            "ul" | "ol" => {
                self.lists.begin(name, attrs);
                // Two lists in a row would flow together; a comment keeps them apart.
                if self.after_list {
                    self.block("<!-- -->");
                }
                self.tight = name == "ul" && self.lists.open.len() > 1;
            }
            "li" => {
                let sign = self.lists.sign();
                self.margin.push(&sign, &" ".repeat(sign.len()));
            }
            "center" => self.block("<center>"),
            "div" | "p" => self.wrap(name, attrs),
            _ => {}
        }
    }

    /// Blocks with attributes stand between tags of their own.
    fn wrap(&mut self, name: &str, attrs: &str) {
        let needed = if name == "p" { attrs.contains("align=") } else { !attrs.is_empty() };
        if needed {
            self.block(&start_tag("div", attrs));
        }
        self.wrappers.push(if needed { "</div>" } else { "" });
    }

    fn end(&mut self, name: &str) {
        match name {
            "em" | "i" => self.line.push(Piece::Sign { sign: "*", opens: false, tag: "</em>" }),
            "strong" | "b" => {
                self.line.push(Piece::Sign { sign: "**", opens: false, tag: "</strong>" })
            }
            "a" => self.end_link(),
            "span" => {}
            "h1" => self.flush("# "),
            "h2" => self.flush("## "),
            "h3" => self.flush("### "),
            "h4" => self.flush("#### "),
            "h5" => self.flush("##### "),
            "h6" => self.flush("###### "),
            _ if crate::elements::is_block(name) => self.end_block(name),
            _ => self.line.push(Piece::Tag(format!("</{name}>"))),
        }
    }

    fn end_block(&mut self, name: &str) {
        self.flush("");
        match name {
            "blockquote" => self.margin.pop(),
            "li" => {
                if self.margin.is_fresh() {
                    self.block("<!-- -->");
                }
                self.margin.pop();
                self.tight = true;
            }
            "ul" | "ol" => {
                self.lists.end();
                self.after_list = true;
                self.tight = false;
            }
            "center" => self.block("</center>"),
            "p" | "div" => {
                if let Some(end) = self.wrappers.pop().filter(|end| !end.is_empty()) {
                    self.block(end);
                }
            }
            _ => {}
        }
    }

    fn start_link(&mut self, attrs: &str) {
        let url = attribute(attrs, "href").filter(|u| {
            !u.contains(['<', '>', '\n', '\\', '&']) && attribute(attrs, "name").is_none()
        });
        let tag = if url.is_some() { "[".to_owned() } else { start_tag("a", attrs) };
        self.line.push(Piece::Tag(tag));
        self.links.push(url);
    }

    fn end_link(&mut self) {
        let tag = match self.links.pop().flatten() {
            Some(url) => format!("](<{url}>)"),
            None => "</a>".to_owned(),
        };
        self.line.push(Piece::Tag(tag));
    }

    fn text(&mut self, escaped: &str) {
        if let Some(Piece::Text(last)) = self.line.last_mut() {
            last.push_str(&unescape(escaped));
        } else {
            self.line.push(Piece::Text(unescape(escaped).into_owned()));
        }
    }

    /// Writes the collected line as one block.
    fn flush(&mut self, prefix: &str) {
        let style = if prefix.is_empty() { BreakStyle::Backslash } else { BreakStyle::Tag };
        let line = render(std::mem::take(&mut self.line), style);
        let line = line.trim_matches([' ', '\n']).trim_end_matches("\\\n").trim_end_matches('\n');
        if !line.is_empty() {
            self.block(&format!("{prefix}{line}"));
        }
    }

    fn block(&mut self, text: &str) {
        self.after_list = false;
        let close = std::mem::take(&mut self.tight) && self.margin.is_fresh();
        if !self.out.is_empty() && !close {
            let empty = self.margin.empty();
            self.out.push_str(empty.trim_end());
            self.out.push('\n');
        }
        for row in text.split('\n') {
            let margin = self.margin.take();
            self.out.push_str(if row.is_empty() { margin.trim_end() } else { &margin });
            self.out.push_str(row);
            self.out.push('\n');
        }
    }
}

/// A tag on one line: a line break inside it would end a heading or a quote.
fn start_tag(name: &str, attrs: &str) -> String {
    let attrs = attrs.replace(['\n', '\r'], "&#10;");
    if attrs.is_empty() { format!("<{name}>") } else { format!("<{name} {attrs}>") }
}

/// Markdown ends an HTML block at an empty line.
fn without_empty_lines(html: &str) -> String {
    let rows: Vec<&str> = html.split('\n').filter(|row| !row.trim().is_empty()).collect();
    rows.join("\n")
}
