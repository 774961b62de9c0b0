//! White space that no reader sees. Each carrier of one download breaks and indents its lines in its own way; the text
//! is the same, so it is kept in one form: none between blocks, one space between words.

use fanfold_text::document::is_block;

/// Clean HTML in that form. What is set as it was typed (`pre`) stays.
pub(super) fn tightened(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // Whether white space here is at the edge of a line.
    let mut at_edge = true;
    let mut typed = 0_usize;
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag, behind) = next_tag(rest);
        match typed {
            0 => push_text(text, &mut out, &mut at_edge),
            _ => out.push_str(text),
        }
        let (name, closes) = name_of(tag);
        if name == "pre" {
            typed = if closes { typed.saturating_sub(1) } else { typed + 1 };
        }
        if typed == 0 && (is_block(name) || name == "br") {
            // What is typed has just ended, and keeps its own end.
            while out.ends_with(' ') && !(name == "pre" && closes) {
                out.pop();
            }
            at_edge = true;
        } else if name == "img" {
            at_edge = false;
        }
        out.push_str(tag);
        rest = behind;
    }
    while typed == 0 && out.ends_with(' ') {
        out.pop();
    }
    out
}

/// The text before the next tag, the tag, and what stands behind it.
fn next_tag(html: &str) -> (&str, &str, &str) {
    let Some(open) = html.find('<') else { return (html, "", "") };
    let (text, behind) = html.split_at(open);
    let end = behind.find('>').map_or(behind.len(), |end| end + 1);
    let (tag, behind) = behind.split_at(end);
    (text, tag, behind)
}

fn name_of(tag: &str) -> (&str, bool) {
    let inner = tag.trim_start_matches('<');
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    (inner.get(..end).unwrap_or_default(), closes)
}

fn push_text(text: &str, out: &mut String, at_edge: &mut bool) {
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
            if !*at_edge && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
            *at_edge = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_between_blocks_and_becomes_one_space_between_words() {
        let html = "<p>\n  One <i>two</i>\n three. </p>\n\n<hr>\n<ul>\n<li> a </li></ul> b<br>\n c";
        assert_eq!(tightened(html), "<p>One <i>two</i> three.</p><hr><ul><li>a</li></ul>b<br>c");
    }

    #[test]
    fn spaces_that_are_seen_stay() {
        let html = "<p>a <i>b </i>c\u{a0} d</p><pre>  x\n  y </pre><p>\u{a0}</p>";
        assert_eq!(tightened(html), html);
        assert_eq!(tightened(&tightened(html)), html);
    }
}
