//! Emphasis in plain text: `*x*`, `_x_`, `**x**`, `__x__`, and `/x/` where nothing else can be meant.
//!
//! A sign opens only at a word's beginning and closes only at a word's end, both on one paragraph, so that footnote
//! stars, products and snake_case names stay as they are. Scanning is linear in the paragraph's length.

use crate::escape::push_text;

/// Writes one paragraph's text, escaped, with emphasis as elements; gives the number of emphasised runs.
pub(super) fn push_inline(out: &mut String, text: &str) -> usize {
    if !text.contains(['*', '_', '/']) {
        push_text(out, text);
        return 0;
    }
    let spans = find_spans(text);
    let mut edges: Vec<(usize, usize, String)> = Vec::new();
    for span in &spans {
        let (open, close) = span.tags();
        edges.push((span.start, span.sign_len, open));
        edges.push((span.end, span.sign_len, close));
    }
    edges.sort_by_key(|(at, ..)| *at);
    let mut from = 0;
    for (at, len, tag) in edges {
        push_text(out, text.get(from..at).unwrap_or_default());
        out.push_str(&tag);
        from = at + len;
    }
    push_text(out, text.get(from..).unwrap_or_default());
    spans.len()
}

/// An emphasised run: where its signs stand and how long each is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    sign_len: usize,
}

impl Span {
    fn tags(&self) -> (String, String) {
        match self.sign_len {
            1 => ("<em>".into(), "</em>".into()),
            2 => ("<strong>".into(), "</strong>".into()),
            _ => ("<strong><em>".into(), "</em></strong>".into()),
        }
    }
}

/// A run of one sign in the text.
#[derive(Debug, Clone, Copy)]
struct Sign {
    at: usize,
    len: usize,
    byte: u8,
    opens: bool,
    closes: bool,
}

/// Pairs each closing sign with the nearest opening one of the same kind; pairs never cross.
fn find_spans(text: &str) -> Vec<Span> {
    let slashes_are_clear = slashes_are_clear(text);
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<Sign> = Vec::new();
    for sign in signs(text) {
        if sign.byte == b'/' && !slashes_are_clear {
            continue;
        }
        if sign.closes {
            let partner = open.iter().rposition(|o| o.byte == sign.byte && o.len == sign.len);
            if let Some(found) = partner {
                let start = open.get(found).copied();
                open.truncate(found);
                if let Some(start) = start.filter(|s| holds_words(text, s, &sign)) {
                    spans.push(Span { start: start.at, end: sign.at, sign_len: sign.len });
                }
                continue;
            }
        }
        // Forgotten signs must not pile up: what has not closed after this many others is no emphasis.
        if sign.opens {
            if open.len() >= 8 {
                open.remove(0);
            }
            open.push(sign);
        }
    }
    spans
}

fn signs(text: &str) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !matches!(byte, b'*' | b'_' | b'/') {
            at += 1;
            continue;
        }
        let len = bytes.iter().skip(at).take_while(|b| **b == byte).count();
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + len..).and_then(|t| t.chars().next());
        if len <= if byte == b'/' { 1 } else { 3 } {
            found.push(Sign {
                at,
                len,
                byte,
                opens: opens(before, after),
                closes: closes(before, after),
            });
        }
        at += len;
    }
    found
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace()
            || "\"'([{\u{201c}\u{2018}\u{ab}\u{2014}\u{2013}-\u{2026}.*_/\u{bf}\u{a1}".contains(c)
    }) && after.is_some_and(|c| {
        c.is_alphanumeric() || "\"'(\u{201c}\u{2018}\u{2026}.*_/\u{bf}\u{a1}$\u{a3}".contains(c)
    })
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && !"([{".contains(c))
        && after.is_none_or(|c| c.is_whitespace() || c != '\u{a0}' && !c.is_alphanumeric())
}

/// Between the signs stands at least one letter or a number longer than a footnote's.
fn holds_words(text: &str, open: &Sign, close: &Sign) -> bool {
    let inner = text.get(open.at + open.len..close.at).unwrap_or_default();
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    match open.byte {
        b'/' => letters >= 2 && inner.len() <= 300 && inner.starts_with(char::is_alphabetic),
        _ => letters >= 1,
    }
}

/// Slashes mean emphasis only when each one stands at a word's edge and they come in pairs: `and/or`, `M/F`, dates
/// and addresses anywhere in the paragraph rule it out.
fn slashes_are_clear(text: &str) -> bool {
    let (mut opening, mut closing, mut all) = (0usize, 0usize, 0usize);
    for (at, _) in text.match_indices('/') {
        all += 1;
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + 1..).and_then(|t| t.chars().next());
        let at_start = before.is_none_or(|c| c.is_whitespace() || "\"'(\u{201c}".contains(c))
            && after.is_some_and(char::is_alphabetic);
        let at_end = closes(before, after) && after != Some('/');
        opening += usize::from(at_start);
        closing += usize::from(at_end && !at_start);
    }
    all > 0 && opening == closing && opening + closing == all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let mut out = String::new();
        push_inline(&mut out, text);
        out
    }

    #[test]
    fn balanced_signs_at_word_borders_are_emphasis() {
        assert_eq!(html("He was *very* late."), "He was <em>very</em> late.");
        assert_eq!(html("_Never_, said she."), "<em>Never</em>, said she.");
        assert_eq!(html("**Stop!** __now__"), "<strong>Stop!</strong> <strong>now</strong>");
        assert_eq!(html("***both***"), "<strong><em>both</em></strong>");
        assert_eq!(html("\"*I* know\""), "\"<em>I</em> know\"");
        assert_eq!(html("_a *b* c_"), "<em>a <em>b</em> c</em>");
        assert_eq!(
            html("/What is he doing?/ she thought."),
            "<em>What is he doing?</em> she thought."
        );
    }

    #[test]
    fn arithmetic_footnotes_names_and_pairings_stay() {
        for text in [
            "2 * 3 * 4",
            "5*3*2",
            "a note* here",
            "* a note",
            "*open only",
            "snake_case_name",
            "and/or",
            "Holmes/Watson or M/M",
            "he/she said /s/",
            "1/2 and 3/4",
            "http://example.org/a_b_/c",
            "_ _",
            "** **",
            "see *1* or",
            "*",
            "f*** this s***",
        ] {
            assert_eq!(html(text), text, "{text}");
        }
    }

    #[test]
    fn signs_of_different_kinds_do_not_cross() {
        let crossed = html("*one _two* three_");
        assert_eq!(crossed, "<em>one _two</em> three_");
    }

    #[test]
    fn markup_characters_are_text() {
        assert_eq!(html("*a<b>&*"), "<em>a&lt;b&gt;&amp;</em>");
    }
}
