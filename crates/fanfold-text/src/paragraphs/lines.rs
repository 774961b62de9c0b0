//! The lines of a text: indent, width, and whether they are empty.

/// One line, white space at both ends taken off and remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The text without white space at the ends.
    pub(super) text: &'a str,
    /// The whole line, for preformatted blocks.
    pub(super) raw: &'a str,
    /// Columns before the text; a tab goes to the next multiple of eight.
    pub(super) indent: usize,
    /// Columns from the margin to the end of the text; East Asian characters take two.
    pub(super) width: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Splits text (LF only) into lines. Form feeds are white space.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    text.split('\n').map(line).collect()
}

fn line(raw: &str) -> Line<'_> {
    let text = raw.trim();
    let lead = raw.get(..raw.len() - raw.trim_start().len()).unwrap_or_default();
    let indent = lead.chars().fold(0, |column, c| match c {
        '\t' => (column / 8 + 1) * 8,
        '\x0c' => column,
        '\u{3000}' => column + 2,
        _ => column + 1,
    });
    let width = if text.is_ascii() { text.len() } else { text.chars().map(columns).sum() };
    Line { text, raw, indent, width: indent + width }
}

/// How many columns a character takes on a terminal.
pub(crate) fn columns(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        _ if is_wide(c) => 2,
        _ => 1,
    }
}

/// East Asian characters: two columns wide, and joined without a space.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// Takes out the empty line that follows every line: one empty line goes, three become one.
pub(super) fn halve(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    let mut run = 0usize;
    for line in lines {
        if line.is_blank() {
            run += 1;
            if run % 2 == 1 && run > 1 {
                out.push(line);
            }
        } else {
            run = 0;
            out.push(line);
        }
    }
    out
}
