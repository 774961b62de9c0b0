//! Bounds the nesting of clean HTML: tags below the limit go, their text stays.

use crate::elements::is_void;
use crate::limits::MAX_DEPTH;
use crate::tokens::{Token, tokens};

/// The same HTML with no element deeper than [`MAX_DEPTH`]. Gives the input back untouched when it is shallow enough.
pub(crate) fn limit_depth(html: String) -> String {
    if !is_deep(&html) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    let mut depth = 0usize;
    for token in tokens(&html) {
        let len = length(&token, rest);
        let (raw, tail) = rest.split_at(len);
        rest = tail;
        let keep = match token {
            Token::Text(_) => true,
            Token::Start { name, .. } if is_void(name) => depth < MAX_DEPTH,
            Token::Start { .. } => {
                depth += 1;
                depth <= MAX_DEPTH
            }
            Token::End { .. } => {
                depth = depth.saturating_sub(1);
                depth < MAX_DEPTH
            }
        };
        if keep {
            out.push_str(raw);
        }
    }
    out
}

fn is_deep(html: &str) -> bool {
    let mut depth = 0usize;
    tokens(html).any(|token| {
        match token {
            Token::Start { name, .. } if !is_void(name) => depth += 1,
            Token::End { .. } => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// How many bytes of `rest` the token took.
fn length(token: &Token<'_>, rest: &str) -> usize {
    match token {
        Token::Text(text) => text.len(),
        Token::End { name } => name.len() + 3,
        Token::Start { name, attrs } => {
            let after = name.len() + 1 + attrs.len();
            rest.get(after..)
                .and_then(|t| t.find('>'))
                .map_or(rest.len(), |close| after + close + 1)
        }
    }
}
