//! One line of Markdown: escapes, and emphasis signs where they are certain to be read as such.

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Plain text, not yet escaped.
    Text(String),
    /// Markup that is written as it stands.
    Tag(String),
    /// An emphasis sign, with the tag that can stand for it.
    Sign { sign: &'static str, opens: bool, tag: &'static str },
    /// A line break.
    Break,
}

/// How a line break is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakStyle {
    /// A backslash at the line's end.
    Backslash,
    /// A tag: headings are one line.
    Tag,
}

/// Writes the pieces of one block.
pub(super) fn render(pieces: Vec<Piece>, style: BreakStyle) -> String {
    let pieces = spaces_outside(collapse(pieces));
    let signs = choose_signs(&pieces);
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => push_escaped(&mut out, text),
            Piece::Tag(tag) => out.push_str(tag),
            Piece::Sign { sign, tag, .. } => {
                out.push_str(if signs.contains(&at) { sign } else { tag });
            }
            Piece::Break => {
                let kept = out.trim_end_matches(' ').len();
                out.truncate(kept);
                out.push_str(if style == BreakStyle::Tag { "<br>" } else { "\\\n" });
            }
        }
    }
    out
}

/// White space to single spaces, none at the ends of lines, neighbouring text joined.
fn collapse(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut space = true;
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let mut words = String::with_capacity(text.len());
                for c in text.chars() {
                    let blank = matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0c');
                    if !(blank && space) {
                        words.push(if blank { ' ' } else { c });
                    }
                    space = blank;
                }
                if !words.is_empty() {
                    out.push(Piece::Text(words));
                }
            }
            Piece::Break => {
                space = true;
                out.push(Piece::Break);
            }
            other => {
                space &= !matches!(other, Piece::Tag(_));
                out.push(other);
            }
        }
    }
    out
}

/// Moves spaces at the inner ends of emphasis outside.
fn spaces_outside(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for at in (0..pieces.len()).rev() {
        let opens = matches!(pieces.get(at), Some(Piece::Sign { opens: true, .. }));
        if opens
            && let Some(Piece::Text(text)) = pieces.get_mut(at + 1)
            && text.starts_with(' ')
        {
            text.remove(0);
            pieces.insert(at, Piece::Text(" ".to_owned()));
        }
    }
    let mut at = 1;
    while at < pieces.len() {
        let closes = matches!(pieces.get(at), Some(Piece::Sign { opens: false, .. }));
        if closes
            && let Some(Piece::Text(text)) = pieces.get_mut(at - 1)
            && text.ends_with(' ')
        {
            text.pop();
            pieces.insert(at + 1, Piece::Text(" ".to_owned()));
        }
        at += 1;
    }
    pieces.retain(|p| !matches!(p, Piece::Text(text) if text.is_empty()));
    pieces
}

/// The signs that are certain to be read as emphasis: outermost pairs at word borders.
fn choose_signs(pieces: &[Piece]) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Sign { opens: true, .. } => open.push(at),
            Piece::Sign { opens: false, .. } => {
                if let Some(start) = open.pop()
                    && open.is_empty()
                    && may_open(pieces, start)
                    && may_close(pieces, at)
                {
                    chosen.push(start);
                    chosen.push(at);
                }
            }
            _ => {}
        }
    }
    chosen.sort_unstable();
    chosen
}

fn may_open(pieces: &[Piece], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| pieces.get(i));
    let after = matches!(pieces.get(at + 1), Some(Piece::Text(t)) if t.starts_with(is_plain));
    after
        && match before {
            None | Some(Piece::Break) => true,
            Some(Piece::Text(text)) => text.ends_with(is_border),
            Some(_) => false,
        }
}

fn may_close(pieces: &[Piece], at: usize) -> bool {
    let before = matches!(at.checked_sub(1).and_then(|i| pieces.get(i)), Some(Piece::Text(t)) if t.ends_with(is_plain) || t.ends_with(['.', ',', '!', '?']) && ends_at_space(pieces, at));
    before
        && match pieces.get(at + 1) {
            None | Some(Piece::Break) => true,
            Some(Piece::Text(text)) => text.starts_with(is_border),
            Some(_) => false,
        }
}

fn ends_at_space(pieces: &[Piece], at: usize) -> bool {
    match pieces.get(at + 1) {
        None | Some(Piece::Break) => true,
        Some(Piece::Text(text)) => text.starts_with(' '),
        Some(_) => false,
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric()
}

/// Characters that may stand beside a sign on its outer side.
fn is_border(c: char) -> bool {
    matches!(
        c,
        ' ' | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '"'
            | '\''
            | '\u{201c}'
            | '\u{201d}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{2014}'
    )
}

/// Escapes what Markdown would read as markup.
fn push_escaped(out: &mut String, text: &str) {
    let mut at_start = out.is_empty() || out.ends_with('\n');
    let mut number = at_start;
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '^' => {
                out.push('\\')
            }
            '#' | '+' | '-' | '=' | ':' if at_start => out.push('\\'),
            '.' | ')' if number && !at_start => out.push('\\'),
            '\u{a0}' => {
                out.push_str("&nbsp;");
                at_start = false;
                number = false;
                continue;
            }
            _ => {}
        }
        number &= c.is_ascii_digit();
        at_start = false;
        out.push(c);
    }
}
