//! Plain text for reading: wrapped paragraphs, `*emphasis*`, `* * *` for a scene break.

use super::{Lists, Margin, normal_form};
use crate::clean_html::CleanHtml;
use crate::escape::unescape;
use crate::tokens::{Token, attribute, tokens};

/// Plain text, an empty line between paragraphs, lines broken at `width` columns (0: never). Ends with a line feed
/// unless empty.
pub fn html_to_text(html: &CleanHtml, width: usize) -> String {
    let normal = normal_form(html);
    let mut writer = Writer {
        out: String::new(),
        width,
        margin: Margin::default(),
        lists: Lists::default(),
        line: String::new(),
        pre: false,
        links: Vec::new(),
        tight: false,
    };
    for token in tokens(&normal) {
        match token {
            Token::Start { name, attrs } => writer.start(name, attrs),
            Token::End { name } => writer.end(name),
            Token::Text(text) => writer.text(&unescape(text)),
        }
    }
    writer.flush();
    writer.out
}

struct Writer {
    out: String,
    width: usize,
    margin: Margin,
    lists: Lists,
    line: String,
    pre: bool,
    links: Vec<Option<String>>,
    /// The next block follows without an empty line, as items of a list do.
    tight: bool,
}

impl Writer {
    fn start(&mut self, name: &str, attrs: &str) {
        match name {
            "br" => self.line.push('\n'),
            "hr" => {
                self.flush();
                self.line = attribute(attrs, "title").unwrap_or_else(|| "* * *".to_owned());
                self.flush();
            }
            "img" => {
                let described = attribute(attrs, "alt").filter(|a| !a.trim().is_empty());
                self.line.push_str(&format!("[{}]", described.as_deref().unwrap_or("image")));
            }
            "a" => self.links.push(
                attribute(attrs, "href").filter(|h| h.contains("://") || h.starts_with("mailto:")),
            ),
            _ => self.start_block(name, attrs),
        }
    }

    fn start_block(&mut self, name: &str, attrs: &str) {
        if let Some(sign) = emphasis(name) {
            return self.line.push_str(sign);
        }
        if !crate::elements::is_block(name) || matches!(name, "td" | "th") {
            return;
        }
        self.flush();
        match name {
            "blockquote" => self.margin.push("    ", "    "),
            "dd" => self.margin.push("    ", "    "),
            "ul" | "ol" => {
                self.tight = !self.lists.open.is_empty();
                self.lists.begin(name, attrs);
            }
            "li" => {
                let sign = self.lists.sign();
                self.margin.push(&sign, &" ".repeat(sign.len()));
            }
            "pre" => self.pre = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "td" | "th" => self.line.push_str(" | "),
            _ => match emphasis(name) {
                Some(sign) => self.line.push_str(sign),
                None if crate::elements::is_block(name) => self.end_block(name),
                None => {}
            },
        }
    }

    fn end_block(&mut self, name: &str) {
        if name == "tr" {
            self.line.truncate(self.line.trim_end_matches([' ', '|']).len());
        }
        self.flush();
        match name {
            "blockquote" | "dd" => self.margin.pop(),
            "li" => {
                self.margin.pop();
                self.tight = true;
            }
            "ul" | "ol" => {
                self.lists.end();
                self.tight = false;
            }
            "dt" | "tr" => self.tight = true,
            "table" => self.tight = false,
            "pre" => self.pre = false,
            _ => {}
        }
    }

    fn end_link(&mut self) {
        if let Some(Some(url)) = self.links.pop() {
            let shown = url.strip_prefix("mailto:").unwrap_or(&url);
            if !self.line.ends_with(shown) {
                self.line.push_str(&format!(" <{shown}>"));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre {
            self.line.push_str(text);
            return;
        }
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\t' | '\r' | '\x0c'
                    if self.line.ends_with([' ', '\n']) || self.line.is_empty() => {}
                ' ' | '\n' | '\t' | '\r' | '\x0c' => self.line.push(' '),
                _ => self.line.push(c),
            }
        }
    }

    /// Writes the collected block.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.line);
        let block = block.trim_matches(['\n', ' ']);
        if block.is_empty() {
            return;
        }
        if !self.out.is_empty() && !std::mem::take(&mut self.tight) {
            self.out.push('\n');
        }
        self.tight = false;
        for row in block.split('\n') {
            self.row(row);
        }
    }

    /// Writes one line, wrapped.
    fn row(&mut self, row: &str) {
        let mut line = self.margin.take();
        let mut bare = true;
        if self.pre || self.width == 0 {
            line.push_str(row.trim_end());
        } else {
            for word in row.split(' ').filter(|w| !w.is_empty()) {
                if !bare && columns(&line) + 1 + columns(word) > self.width {
                    self.push_line(&line);
                    line = self.margin.take();
                    bare = true;
                }
                if !bare {
                    line.push(' ');
                }
                line.push_str(word);
                bare = false;
            }
        }
        self.push_line(&line);
    }

    fn push_line(&mut self, line: &str) {
        self.out.push_str(line.trim_end_matches(' '));
        self.out.push('\n');
    }
}

fn emphasis(name: &str) -> Option<&'static str> {
    match name {
        "em" | "i" => Some("*"),
        "strong" | "b" => Some("**"),
        "u" => Some("_"),
        _ => None,
    }
}

fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(crate::paragraphs::columns).sum() }
}
