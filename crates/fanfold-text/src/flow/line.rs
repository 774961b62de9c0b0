//! Lines: runs of inline content, with the leaf block around them and the inline elements open in them.

use super::frame::{Frame, Kind};
use super::{Dialect, Flow};
use crate::tokens::attributes;

/// The line being written.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// The block written around it, if any.
    tag: Option<&'a str>,
    /// Places in the stack of the inline elements written in it.
    inlines: Vec<usize>,
    /// Something visible is in it.
    pub(super) filled: bool,
}

impl<'a, D: Dialect> Flow<'a, D> {
    /// Everything that must be written before something visible: pending breaks, the block, inline elements.
    pub(super) fn begin_content(&mut self) {
        self.flush_breaks();
        self.begin_line();
        let link = self.innermost_link();
        for at in 0..self.stack.len() {
            let open = self.line.as_ref().is_some_and(|l| l.inlines.contains(&at));
            let wanted = |f: &&mut Frame<'a>| {
                f.kind == Kind::Inline && !open && (f.name != "a" || link == Some(at))
            };
            if let Some(frame) = self.stack.get_mut(at).filter(wanted) {
                let attrs =
                    if frame.written { without_name(frame) } else { frame.attrs.to_owned() };
                frame.written = true;
                let name = frame.name;
                self.dialect.open(&mut self.out, name, &attrs);
                if let Some(line) = &mut self.line {
                    line.inlines.push(at);
                }
            }
        }
        if let Some(line) = &mut self.line {
            line.filled = true;
        }
    }

    /// Links do not nest: one that is already open in the line stays, else the innermost counts.
    fn innermost_link(&self) -> Option<usize> {
        let is_link = |at: &usize| self.stack.get(*at).is_some_and(|f| f.name == "a");
        let open = self.line.as_ref().and_then(|l| l.inlines.iter().copied().find(is_link));
        open.or_else(|| (0..self.stack.len()).rev().find(is_link))
    }

    fn is_in_link(&self) -> bool {
        self.line.as_ref().is_some_and(|l| {
            let mut open = l.inlines.iter().filter_map(|at| self.stack.get(*at));
            open.any(|f| f.name == "a")
        })
    }

    pub(super) fn begin_line(&mut self) {
        if self.line.is_some() {
            return;
        }
        if matches!(self.surround(), Kind::List | Kind::Definitions) {
            self.house("");
        }
        let tag = match self.surround() {
            Kind::Leaf => self.leaf().map(|f| (f.name, f.attrs)),
            Kind::Flow => Some(("p", "")),
            _ => None,
        };
        if let Some((name, attrs)) = tag {
            self.new_row();
            self.dialect.open(&mut self.out, name, attrs);
        }
        self.line =
            Some(Line { tag: tag.map(|(name, _)| name), inlines: Vec::new(), filled: false });
        let anchors = std::mem::take(&mut self.anchors);
        self.out.push_str(&anchors);
    }

    pub(super) fn end_line(&mut self) {
        self.breaks = 0;
        let Some(line) = self.line.take() else { return };
        if line.tag != Some("pre") {
            self.trim_end();
        }
        for at in line.inlines.iter().rev() {
            if let Some(frame) = self.stack.get(*at) {
                let name = frame.name;
                self.dialect.close(&mut self.out, name);
            }
        }
        if let Some(name) = line.tag {
            self.dialect.close(&mut self.out, name);
        }
    }

    /// An inline element ends. `frame` has left the stack, its place is the stack's length.
    pub(super) fn end_inline(&mut self, frame: &Frame<'a>) {
        let at = self.stack.len();
        if let Some(line) = &mut self.line
            && line.inlines.last() == Some(&at)
        {
            line.inlines.pop();
            self.dialect.close(&mut self.out, frame.name);
        } else if !frame.written
            && frame.name == "a"
            && attributes(frame.attrs).any(|(n, _)| n == "name")
        {
            let mut anchor = String::new();
            self.dialect.open(&mut anchor, "a", frame.attrs);
            self.dialect.close(&mut anchor, "a");
            // Inside another link it has to wait for the next line.
            let in_link = self.is_in_link();
            let target = match self.line {
                Some(_) if !in_link => &mut self.out,
                _ => &mut self.anchors,
            };
            target.push_str(&anchor);
        }
    }

    pub(super) fn trim_end(&mut self) {
        let kept = self.out.trim_end_matches([' ', '\n', '\t', '\x0c']).len();
        self.out.truncate(kept);
    }
}

fn without_name(frame: &Frame<'_>) -> String {
    if frame.name != "a" {
        return frame.attrs.to_owned();
    }
    let kept: Vec<String> = attributes(frame.attrs)
        .filter(|(name, _)| *name != "name")
        .map(|(name, value)| format!("{name}=\"{value}\""))
        .collect();
    kept.join(" ")
}
