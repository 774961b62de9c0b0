//! A download that has lost its ids and classes: its shape is built again from the order and the wording of the
//! archive's own labels, and then read as any download. What stands between the labels is the creator's.

use super::preface::tag_kind;
use crate::formats::flattened::{Block, Kind, indented, least, nested, notes};
use fanfold_text::sanitize::escape_text;

impl Block {
    fn is_line(&self) -> bool {
        matches!(self.kind, Kind::Paragraph { quotes: 0, .. })
    }

    fn is_list(&self) -> bool {
        matches!(self.kind, Kind::Whole { .. }) && self.html.starts_with("<ul")
    }

    fn is_label(&self, labels: &[&str]) -> bool {
        self.is_line() && labels.contains(&self.line.trim_end_matches(':'))
    }

    fn is_tag_label(&self) -> bool {
        self.is_line() && is_tag_label(&self.line)
    }

    fn is_end_note_link(&self) -> bool {
        let line = self.line.trim_start_matches('(');
        self.is_line() && line.starts_with("See the end of the ") && line.contains("notes")
    }

    fn is_byline(&self) -> bool {
        self.quotes().is_some() && self.line.starts_with("by ")
    }

    fn is_message(&self) -> bool {
        self.line.contains("Posted originally on the")
    }

    fn is_farewell(&self) -> bool {
        self.line.starts_with("Please drop by the ") && self.line.contains("comment to let the")
    }
}

/// The blocks of a download in its own markup. `None` where the archive's message is not among them.
pub(super) fn rebuilt(blocks: &[Block]) -> Option<String> {
    let start = blocks.iter().position(Block::is_message)?;
    let (inside, end_notes) = without_afterword(&blocks[start..]);
    let mut rest = Rest { blocks: inside, html: String::new() };
    rest.preface();
    rest.chapters();
    if let Some(block) = end_notes.map(before_associations) {
        rest.html.push_str("<div id=\"afterword\"><div id=\"endnotes\"><p>End Notes</p>");
        rest.quotation(block);
        rest.html.push_str("</div></div>");
    }
    Some(emphasised(&rest.html))
}

/// The converter to the older form writes `i` for both `em` and `i`, `b` for both `strong` and `b`, and a print knows
/// slanted and heavy letters only. What was written is lost; the archive's editor writes `em` and `strong`.
fn emphasised(html: &str) -> String {
    let names = [("i", "em"), ("b", "strong")];
    names.iter().fold(html.to_owned(), |html, (old, new)| {
        html.replace(&format!("<{old}>"), &format!("<{new}>"))
            .replace(&format!("</{old}>"), &format!("</{new}>"))
    })
}

/// Everything before the afterword, and the end notes in it.
fn without_afterword(blocks: &[Block]) -> (&[Block], Option<&[Block]>) {
    let end = blocks.iter().rposition(Block::is_farewell).unwrap_or(blocks.len());
    let inside = blocks.get(..end).unwrap_or_default();
    let last_head = inside.iter().rposition(|own| is_numbered(own, None)).unwrap_or_default();
    let label = inside.iter().rposition(|own| own.is_label(&["End Notes"]));
    let label = label.filter(|at| {
        *at > last_head && inside.get(at + 1).is_some_and(|next| next.is_quoted() || next.is_list())
    });
    let heading = inside
        .iter()
        .rposition(|own| matches!(own.kind, Kind::Heading(_)) && own.line == "Afterword");
    let heading = heading.filter(|at| *at > last_head);
    let (text, notes) = match label {
        Some(at) => (inside.get(..at), inside.get(at + 1..)),
        None => (Some(inside), None),
    };
    let text = text.unwrap_or_default();
    let text = text.get(..heading.unwrap_or(text.len()).min(text.len())).unwrap_or_default();
    (text, notes)
}

/// Notes without the list of works that the archive adds behind them.
fn before_associations(notes: &[Block]) -> &[Block] {
    let end = notes.iter().position(|own| own.is_list() && !own.is_quoted() && is_association(own));
    notes.get(..end.unwrap_or(notes.len())).unwrap_or_default()
}

/// Whether a block is the heading of a numbered chapter: of this one, or of any.
fn is_numbered(block: &Block, wanted: Option<usize>) -> bool {
    let rest = block.line.strip_prefix("Chapter ").unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits).and_then(|digits| digits.parse::<usize>().ok());
    let ends = rest.get(digits..).is_some_and(|end| end.is_empty() || end.starts_with(':'));
    let fits = number.is_some_and(|number| wanted.is_none_or(|wanted| wanted == number));
    matches!(block.kind, Kind::Heading(1 | 2)) && ends && fits
}

/// What has not been read yet, and what has been written.
struct Rest<'a> {
    blocks: &'a [Block],
    html: String,
}

impl<'a> Rest<'a> {
    fn next_if(&mut self, fits: impl Fn(&Block) -> bool) -> Option<&'a Block> {
        let (first, rest) = self.blocks.split_first().filter(|(first, _)| fits(first))?;
        self.blocks = rest;
        Some(first)
    }

    fn skip_empty(&mut self) {
        while self.next_if(|own| matches!(own.kind, Kind::Page | Kind::Gap | Kind::Rule)).is_some()
        {
        }
    }

    fn preface(&mut self) {
        let message = self.next_if(Block::is_message).map_or("", |own| own.html.as_str());
        self.html.push_str(&format!("<div id=\"preface\"><p class=\"message\">{message}</p>"));
        self.html.push_str("<div class=\"meta\"><dl class=\"tags\">");
        self.tags();
        self.html.push_str("</dl>");
        self.skip_empty();
        let title = self.next_if(|own| matches!(own.kind, Kind::Heading(_)));
        if let Some(title) = title {
            self.html.push_str(&format!("<h1>{}</h1>", escape_text(&title.line).as_str()));
        }
        self.byline();
        self.sections(&["Summary", "Notes"]);
        self.html.push_str("</div></div>");
        self.skip_empty();
        // A work of one chapter has its own title over the text.
        if let Some(title) = title {
            self.next_if(|own| matches!(own.kind, Kind::Heading(_)) && own.line == title.line);
        }
    }

    fn tags(&mut self) {
        self.skip_empty();
        while let Some(label) = self.next_if(Block::is_tag_label) {
            self.html.push_str(&format!("<dt>{}</dt><dd>", escape_text(&label.line).as_str()));
            while let Some(value) =
                self.next_if(|own| own.quotes().is_some() && !own.is_tag_label())
            {
                self.html.push_str(&value.html);
                self.html.push(' ');
            }
            self.html.push_str("</dd>");
            if label.line != "Stats:" {
                self.skip_empty();
            }
        }
    }

    fn byline(&mut self) {
        if let Some(byline) = self.next_if(Block::is_byline) {
            self.html.push_str(&format!("<div class=\"byline\">{}</div>", byline.html));
        }
    }

    /// Summary, notes and related works; each label once. Ends where the creator's text begins.
    fn sections(&mut self, labels: &[&str]) {
        let mut open: Vec<&str> = labels.to_vec();
        // Behind a preface of several chapters comes a heading, and no text that a note could be mistaken for.
        let is_alone =
            indented(self.blocks) && !self.blocks.iter().any(|own| is_numbered(own, None));
        let mut labelled = false;
        loop {
            if let Some(label) = self.next_if(|own| own.is_label(&open)) {
                let name = label.line.trim_end_matches(':');
                open.retain(|own| *own != name);
                self.html.push_str(&format!("<p>{name}</p>"));
                labelled = true;
            } else if self.next_if(Block::is_end_note_link).is_some() {
                labelled = false;
            } else if let Some(list) =
                self.next_if(|own| own.is_list() && !own.is_quoted() && is_association(own))
            {
                let list = list.html.replacen("<ul>", "<ul class=\"associations\">", 1);
                self.html.push_str(&list);
            } else if labelled && self.blocks.first().is_some_and(Block::is_quoted) {
                let (own, rest) = self.blocks.split_at(notes(self.blocks, is_alone));
                self.blocks = rest;
                self.quotation(own);
                labelled = false;
            } else if self.next_if(|own| own.kind == Kind::Gap && !open.is_empty()).is_none() {
                break;
            }
        }
    }

    fn quotation(&mut self, blocks: &[Block]) {
        let least = blocks.iter().filter(|own| own.is_quoted()).filter_map(Block::quotes).min();
        let inside = nested(blocks, least.unwrap_or_default());
        self.html.push_str(&format!("<blockquote class=\"userstuff\">{inside}</blockquote>"));
    }

    fn chapters(&mut self) {
        self.html.push_str("<div id=\"chapters\">");
        let mut starts = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            let on_new_page = at.checked_sub(1).and_then(|before| self.blocks.get(before));
            let on_new_page = on_new_page.is_none_or(|before| before.kind == Kind::Page);
            let is_large = matches!(block.kind, Kind::Heading(1 | 2));
            if is_numbered(block, Some(starts.len() + 1)) || (is_large && on_new_page) {
                starts.push(at);
            }
        }
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let all = self.blocks;
        let ends = starts.iter().skip(1).copied().chain([all.len()]).collect::<Vec<_>>();
        let base = if indented(all) { least(all) } else { 0 };
        for (number, (start, end)) in starts.iter().zip(ends).enumerate() {
            self.blocks = all.get(*start..end).unwrap_or_default();
            self.chapter(number + 1, base);
        }
        self.html.push_str("</div>");
    }

    fn chapter(&mut self, number: usize, base: usize) {
        if let Some(head) = self.next_if(|own| matches!(own.kind, Kind::Heading(1 | 2))) {
            let title = escape_text(&head.line);
            let title = format!("<h2 class=\"heading\">{}</h2>", title.as_str());
            self.html.push_str(&format!("<div class=\"meta group\">{title}"));
            self.byline();
            self.sections(&["Chapter Summary", "Chapter Notes"]);
            self.html.push_str("</div>");
        }
        let label = self.blocks.iter().rposition(|own| own.is_label(&["Chapter End Notes"]));
        let (text, behind) = self.blocks.split_at(label.unwrap_or(self.blocks.len()));
        self.html.push_str(&format!("<div class=\"userstuff\">{}</div>", nested(text, base)));
        if let Some((_, notes)) = behind.split_first() {
            self.html.push_str(&format!("<div id=\"endnotes{number}\"><p>Chapter End Notes</p>"));
            self.quotation(notes);
            self.html.push_str("</div>");
        }
    }
}

/// A list of the works and people that a work belongs to, not one of the creator's.
fn is_association(list: &Block) -> bool {
    const LINKS: [&str; 3] = ["/works/", "/users/", "/collections/"];
    let linked = list.html.contains(" by <a") && LINKS.iter().any(|link| list.html.contains(link));
    linked || is_association_line(&list.line)
}

/// Whether a line is the label of a kind of tags: "Rating:", "Fandoms:", "Stats:".
pub(crate) fn is_tag_label(line: &str) -> bool {
    let name = line.strip_suffix(':').map(str::trim);
    name.is_some_and(|name| name == "Stats" || tag_kind(name).is_some())
}

/// Whether a line begins as the archive's lines about works and people do.
pub(crate) fn is_association_line(line: &str) -> bool {
    const FORMS: [&str; 6] = [
        "For ",
        "Inspired by",
        "A translation of",
        "Translation into",
        "In response to",
        "Works inspired by",
    ];
    FORMS.iter().any(|form| line.starts_with(form))
}
