//! Reads the blocks of a text by its layout and writes them as HTML.

use super::Paragraphs;
use super::inline::push_inline;
use super::kinds::{self, BlockKind, bullet, is_speech};
use super::layout::{Layout, Shape, break_is_meant, ends_sentence};
use super::lines::{Line, is_wide};
use super::scene::{is_scene_break, unusual_mark};
use crate::clean_html::CleanHtml;
use crate::escape::{push_attribute, push_text};

/// Writes all lines as paragraphs.
pub(super) fn write(lines: &[Line<'_>], layout: &Layout) -> Paragraphs {
    let mut writer = Writer {
        layout: *layout,
        out: String::new(),
        after_rule: false,
        counts: Counts::default(),
    };
    let mut from = 0;
    while from < lines.len() {
        let rest = lines.get(from..).unwrap_or_default();
        let gap = rest.iter().take_while(|l| l.is_blank()).count();
        if layout.scene_gap.is_some_and(|g| gap >= g) && from > 0 && from + gap < lines.len() {
            writer.rule(None);
        }
        let rest = rest.get(gap..).unwrap_or_default();
        let len = rest.iter().take_while(|l| !l.is_blank()).count();
        writer.block(rest.get(..len).unwrap_or_default());
        from += gap + len;
    }
    Paragraphs {
        html: CleanHtml::proved(writer.out),
        shape: layout.shape,
        wrap_width: layout.wrap,
        scene_breaks: writer.counts.scene_breaks,
        emphasised: writer.counts.emphasised,
        kept_lines: writer.counts.kept_lines,
        preformatted: writer.counts.preformatted,
    }
}

#[derive(Default)]
struct Counts {
    scene_breaks: usize,
    emphasised: usize,
    kept_lines: usize,
    preformatted: usize,
}

struct Writer {
    layout: Layout,
    out: String,
    after_rule: bool,
    counts: Counts,
}

impl Writer {
    /// A run of lines without an empty one: parted at scene breaks and at the places where kinds change.
    fn block(&mut self, block: &[Line<'_>]) {
        if let [title, line, rest @ ..] = block
            && is_underline(title, line)
        {
            self.heading(title);
            return self.block_body(rest);
        }
        self.block_body(block);
    }

    fn block_body(&mut self, block: &[Line<'_>]) {
        if kinds::kind(block, &self.layout) == BlockKind::Preformatted {
            return self.preformatted(block);
        }
        for part in block.split_inclusive(|l| is_scene_break(l.text)) {
            match part {
                [prose @ .., mark] if is_scene_break(mark.text) => {
                    self.part(prose);
                    self.rule(unusual_mark(mark.text));
                }
                _ => self.part(part),
            }
        }
    }

    fn part(&mut self, part: &[Line<'_>]) {
        if part.is_empty() {
            return;
        }
        match kinds::kind(part, &self.layout) {
            BlockKind::Preformatted => self.preformatted(part),
            BlockKind::Bullets => self.bullets(part),
            BlockKind::Lines => {
                self.counts.kept_lines += 1;
                self.paragraph(part, |_, _| Join::Break);
            }
            BlockKind::Paragraphs => part
                .iter()
                .for_each(|l| self.paragraph(std::slice::from_ref(l), |_, _| Join::Space)),
            BlockKind::Prose => self.prose(part),
        }
    }

    /// Wrapped lines: parted at indents, speeches and (where indents or nothing show paragraphs) at short last lines.
    fn prose(&mut self, lines: &[Line<'_>]) {
        let margin = lines.iter().map(|l| l.indent).min().unwrap_or(0);
        let hanging = lines.iter().skip(1).all(|l| l.indent > margin);
        let mut from = 0;
        for at in 1..=lines.len() {
            let begins = match (lines.get(at - 1), lines.get(at)) {
                (Some(before), Some(line)) => {
                    !hanging && self.begins_paragraph(before, line, lines.get(at + 1), margin)
                }
                _ => true,
            };
            if begins {
                let layout = self.layout;
                self.paragraph(lines.get(from..at).unwrap_or_default(), |a, b| join(a, b, &layout));
                from = at;
            }
        }
    }

    fn begins_paragraph(
        &self,
        before: &Line<'_>,
        line: &Line<'_>,
        next: Option<&Line<'_>>,
        margin: usize,
    ) -> bool {
        let steps_in = line.indent >= margin + 2;
        let alone = next.is_none_or(|n| n.indent < line.indent);
        if steps_in
            && (self.layout.shape == Shape::Indented || alone && before.indent < line.indent)
        {
            return true;
        }
        is_speech(line.text) || before.text.starts_with('>') != line.text.starts_with('>')
    }

    fn paragraph(
        &mut self,
        lines: &[Line<'_>],
        mut join: impl FnMut(&Line<'_>, &Line<'_>) -> Join,
    ) {
        self.begin();
        self.out.push_str("<p>");
        // Emphasis may run over a joined line end, never over a kept one.
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            text.push_str(line.text);
            match lines.get(at + 1).map(|next| join(line, next)) {
                Some(Join::Space) => text.push(' '),
                Some(Join::Break) => {
                    self.counts.emphasised += push_inline(&mut self.out, &text);
                    self.out.push_str("<br>\n");
                    text.clear();
                }
                Some(Join::Nothing) | None => {}
            }
        }
        self.counts.emphasised += push_inline(&mut self.out, &text);
        self.out.push_str("</p>");
    }

    fn bullets(&mut self, lines: &[Line<'_>]) {
        self.begin();
        self.out.push_str("<ul>\n");
        let mut items: Vec<String> = Vec::new();
        for line in lines {
            match (bullet(line.text), items.last_mut()) {
                (None, Some(item)) => {
                    item.push(' ');
                    item.push_str(line.text);
                }
                (start, _) => items.push(start.unwrap_or(line.text).to_owned()),
            }
        }
        for item in items {
            self.out.push_str("<li>");
            self.counts.emphasised += push_inline(&mut self.out, &item);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>");
    }

    fn preformatted(&mut self, lines: &[Line<'_>]) {
        self.begin();
        self.counts.preformatted += 1;
        let margin = lines
            .iter()
            .map(|l| l.raw.len() - l.raw.trim_start_matches(' ').len())
            .min()
            .unwrap_or(0);
        self.out.push_str("<pre>");
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            push_text(&mut self.out, line.raw.get(margin..).unwrap_or_default().trim_end());
        }
        self.out.push_str("</pre>");
    }

    fn heading(&mut self, title: &Line<'_>) {
        self.begin();
        self.out.push_str("<h3>");
        self.counts.emphasised += push_inline(&mut self.out, title.text);
        self.out.push_str("</h3>");
    }

    /// One scene break; a second directly behind it adds nothing but its unusual sign.
    fn rule(&mut self, mark: Option<&str>) {
        if self.after_rule && mark.is_none() {
            return;
        }
        self.begin();
        self.after_rule = true;
        self.counts.scene_breaks += 1;
        match mark {
            None => self.out.push_str("<hr>"),
            Some(mark) => {
                self.out.push_str("<hr title=\"");
                push_attribute(&mut self.out, mark);
                self.out.push_str("\">");
            }
        }
    }

    fn begin(&mut self) {
        self.after_rule = false;
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }
}

/// How two lines become one.
enum Join {
    Space,
    Nothing,
    Break,
}

/// Lines of wrapped prose are joined; a break stays where the line is much too short to have been wrapped, as in
/// letters and signatures.
fn join(line: &Line<'_>, next: &Line<'_>, layout: &Layout) -> Join {
    let width = layout.wrap.unwrap_or(0);
    let short = line.width * 10 <= width * 6 && break_is_meant(line, next, width);
    let stops = ends_sentence(line.text)
        || line.text.ends_with([',', ';'])
        || !next.text.starts_with(char::is_lowercase);
    if short && stops || line.text.starts_with('>') {
        return Join::Break;
    }
    let before = line.text.chars().next_back().unwrap_or(' ');
    let after = next.text.chars().next().unwrap_or(' ');
    if is_wide(before) && is_wide(after) || ends_in_hyphen(line.text) && after.is_alphanumeric() {
        return Join::Nothing;
    }
    Join::Space
}

/// The line ends inside a hyphenated word or at a dash that touches its word.
fn ends_in_hyphen(text: &str) -> bool {
    let body = text.trim_end_matches(['-', '\u{2014}']);
    body.len() < text.len() && body.ends_with(char::is_alphanumeric)
}

/// A row of one sign below a short line, as long as the line: a heading.
fn is_underline(title: &Line<'_>, line: &Line<'_>) -> bool {
    let long = line.text.chars().count();
    let title_len = title.text.chars().count();
    (4..=60).contains(&title_len)
        && title_len.abs_diff(long) <= 2
        && !is_scene_break(title.text)
        && ["=", "-", "~"].iter().any(|s| line.text.trim_matches(|c| s.contains(c)).is_empty())
}
