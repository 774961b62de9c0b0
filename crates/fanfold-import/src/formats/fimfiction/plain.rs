//! The text downloads: each chapter under a head of its own, in slashes or in quotation signs.

use super::RULE;
use crate::decode::DecodedText;
use crate::seen::field;
use crate::text_work;
use fanfold_model::{Extracted, ExtractedChapter, FieldKind, ReadAs};
use fanfold_text::paragraphs;

/// A head: lines with one sign in front, ruled off.
#[derive(Debug, Default)]
struct Head {
    title: Option<String>,
    story: Option<String>,
    author: Option<String>,
}

/// Whether a text begins with such a head.
pub(super) fn is_download(text: &str) -> bool {
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return false };
    if is_slash_rule(first) {
        let head: Vec<&str> = lines.take(3).collect();
        return head.iter().any(|line| line.starts_with("// Story: "));
    }
    let ruled = lines.next().is_some_and(is_quote_rule);
    first.starts_with("> ") && ruled && text.lines().take(12).any(|line| line.starts_with("> by "))
}

/// Reads a download.
pub(super) fn read(decoded: &DecodedText) -> Extracted {
    let text = decoded.text.trim_start_matches('\u{feff}');
    let shift = decoded.text.len() - text.len();
    let mut extracted = Extracted::new(ReadAs::Work);
    let (mut head, mut start) = (Head::default(), None);
    let (mut at, mut lines) = (0, text.split_inclusive('\n').peekable());
    let mut known = Head::default();
    while let Some(line) = lines.next() {
        let here = at;
        at += line.len();
        if !begins_head(line, lines.peek().copied()) {
            continue;
        }
        close(
            &mut head,
            start.take().map(|from: usize| from..here),
            text,
            decoded,
            shift,
            &mut extracted,
        );
        head.take(line);
        while let Some(next) = lines.peek().filter(|next| in_head(next)) {
            head.take(next);
            at += next.len();
            lines.next();
        }
        known.story = known.story.or(head.story.take());
        known.author = known.author.or(head.author.take());
        start = Some(at);
    }
    close(&mut head, start.map(|from| from..text.len()), text, decoded, shift, &mut extracted);
    let named =
        [(FieldKind::Title, "Story", known.story), (FieldKind::Creator, "by", known.author)];
    for (kind, label, value) in named {
        extracted.fields.extend(value.map(|value| field(kind, label, &value, RULE, 0.97)));
    }
    extracted
}

/// The text under a head is a chapter; a head without one named the story.
fn close(
    head: &mut Head,
    range: Option<std::ops::Range<usize>>,
    text: &str,
    decoded: &DecodedText,
    shift: usize,
    extracted: &mut Extracted,
) {
    let title = head.title.take();
    let Some(range) = range else { return };
    let written = text.get(range.clone()).unwrap_or_default();
    if !written.chars().any(char::is_alphanumeric) {
        head.story = head.story.take().or(title);
        return;
    }
    let mark = title.as_deref().and_then(text_work::chapter_mark);
    let number = mark.as_ref().and_then(|own| title.as_deref()?.get(own.written.clone()));
    let named = match &mark {
        Some(own) => own.title.clone().and_then(|range| title.as_deref()?.get(range)),
        None => title.as_deref(),
    };
    extracted.chapters.push(ExtractedChapter {
        number: number.map(str::to_owned),
        title: named.map(str::to_owned),
        html: paragraphs::to_html(written).html.into_string(),
        span: Some(decoded.span(shift + range.start..shift + range.end)),
        ..ExtractedChapter::default()
    });
}

impl Head {
    fn take(&mut self, line: &str) {
        let line = line.trim_end();
        if is_slash_rule(line) || is_quote_rule(line) {
            return;
        }
        let Some(said) = line.strip_prefix("// ").or_else(|| line.strip_prefix("> ")) else {
            return;
        };
        let said = said.trim();
        if let Some(story) = said.strip_prefix("Story: ") {
            self.story = Some(story.to_owned());
        } else if let Some(author) = said.strip_prefix("by ") {
            self.author = Some(author.to_owned());
        } else if !said.is_empty() && self.title.is_none() {
            self.title = Some(said.to_owned());
        }
    }
}

fn begins_head(line: &str, next: Option<&str>) -> bool {
    let next = next.unwrap_or_default();
    is_slash_rule(line) && next.starts_with("// ")
        || line.starts_with("> ") && !is_quote_rule(line) && is_quote_rule(next)
}

fn in_head(line: &str) -> bool {
    line.starts_with("//") || line.starts_with('>')
}

fn is_slash_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.starts_with("//-") && line.ends_with("-//")
}

fn is_quote_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.strip_prefix("> ").is_some_and(|rule| {
        rule.len() >= 10 && rule.bytes().all(|byte| byte == b'-' || byte == b'=')
    })
}

#[cfg(test)]
mod tests {
    use crate::read;
    use fanfold_model::{Extracted, FieldKind};
    use fanfold_source::{Item, Limits};

    fn of(text: &str) -> Extracted {
        let reading =
            read(&Item::from_bytes("lamp.txt", text.as_bytes().to_vec()), &Limits::default());
        assert_eq!(reading.format, Some("fimfiction"));
        reading.extracted.into_iter().next().unwrap()
    }

    #[test]
    fn both_forms_of_heads_part_the_chapters() {
        let slashes = "//------------------------------//\n// The Cellar\n// Story: The Lamp\n// by Wren Ash\n//------------------------------//\n\n\"Is it lit?\"\n\n//------------------------------//\n// The Sill\n// Story: The Lamp\n// by Wren Ash\n//------------------------------//\n\nIt was.\n";
        let quotes = "> The Lamp\n> ------------------------------\n> \n> by Wren Ash\n> ------------------------------\n\n> The Cellar\n> ------------------------------\n\"Is it lit?\"\n\n> The Sill\n> ------------------------------\nIt was.\n";
        for text in [slashes, quotes] {
            let read = of(text);
            let first = |kind| read.fields_of(kind).next().map(|own| own.value.as_str());
            assert_eq!(
                (first(FieldKind::Title), first(FieldKind::Creator)),
                (Some("The Lamp"), Some("Wren Ash")),
                "{text}"
            );
            let chapters: Vec<(Option<&str>, &str)> =
                read.chapters.iter().map(|own| (own.title.as_deref(), own.html.trim())).collect();
            assert_eq!(
                chapters,
                [
                    (Some("The Cellar"), "<p>\"Is it lit?\"</p>"),
                    (Some("The Sill"), "<p>It was.</p>")
                ],
                "{text}"
            );
        }
    }
}
