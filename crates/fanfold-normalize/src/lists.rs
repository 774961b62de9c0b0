//! Splits a value into its entries, without cutting inside brackets or quotes.

/// A text on one line: runs of blanks and line ends become one blank, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let visible = |c: &char| {
        !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') && (!c.is_control() || c.is_whitespace())
    };
    let text: String = text.chars().filter(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entries between separators, brackets kept whole, each tidied by [`tidy`], empty ones dropped.
pub(crate) fn split(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<String> {
    let mut depth = 0_u32;
    let mut from = 0;
    let mut entries = Vec::new();
    let closes = text.chars().filter(|c| closing(*c)).count();
    let opens = text.chars().filter(|c| opening(*c)).count();
    for (at, c) in text.char_indices() {
        // A bracket that is never closed would swallow the rest of the list.
        if opening(c) && opens == closes {
            depth += 1;
        } else if closing(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && is_separator(c) && !between_digits(text, at, c) {
            entries.push(tidy(&text[from..at]));
            from = at + c.len_utf8();
        }
    }
    entries.push(tidy(&text[from..]));
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// The usual separators of a tag list: commas and semicolons of all scripts, bars, bullets, line ends.
pub(crate) fn is_list_separator(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | '|'
            | '\n'
            | '\u{2022}'
            | '\u{b7}'
            | '\u{ff0c}'
            | '\u{3001}'
            | '\u{ff1b}'
            | '\u{60c}'
    )
}

/// Splits a tag list. A list that is written in square brackets as a whole loses them.
pub(crate) fn tag_list(text: &str) -> Vec<String> {
    let text = text.trim();
    let inner = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .filter(|inner| !inner.contains(['[', ']']));
    split(inner.unwrap_or(text), is_list_separator)
}

/// An entry without the marks around it: blanks, bullets, stray quotes in pairs, a closing full stop.
pub(crate) fn tidy(entry: &str) -> String {
    let mut text = one_line(entry);
    loop {
        let bare = unquoted(
            text.trim_start_matches(['-', '*', '\u{2022}', ' ', '~', '=', '_'])
                .trim_end_matches([' ', '~', '=', '*', '_']),
        );
        let bare = without_full_stop(bare).trim().to_owned();
        if bare == text {
            return text;
        }
        text = bare;
    }
}

/// Without a full stop, unless it belongs to an initial or to three dots.
fn without_full_stop(text: &str) -> &str {
    let Some(bare) = text.strip_suffix(['.', '\u{3002}']) else { return text };
    let last_word = bare.rsplit([' ', '/', '&']).next().unwrap_or(bare);
    let keeps = bare.ends_with('.')
        || last_word.chars().count() <= 2
        || last_word.contains('.')
        || bare.is_empty();
    if keeps { text } else { bare }
}

/// Without one pair of quotes around the whole.
pub(crate) fn unquoted(text: &str) -> &str {
    const PAIRS: &[(char, char)] = &[
        ('"', '"'),
        ('\'', '\''),
        ('\u{201c}', '\u{201d}'),
        ('\u{201e}', '\u{201c}'),
        ('\u{201e}', '\u{201d}'),
        ('\u{ab}', '\u{bb}'),
        ('\u{2018}', '\u{2019}'),
        ('\u{300a}', '\u{300b}'),
        ('\u{300c}', '\u{300d}'),
        ('\u{300e}', '\u{300f}'),
        ('\u{300a}', '\u{300b}'),
    ];
    for &(open, close) in PAIRS {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    text
}

fn opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '\u{ff08}')
}

fn closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '\u{ff09}')
}

/// "1,000" is one number, not two entries.
fn between_digits(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    c == ','
        && before.is_some_and(|c| c.is_ascii_digit())
        && after.is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{tag_list, tidy};

    #[test]
    fn lists_are_cut_at_separators_but_not_inside_brackets() {
        for (written, entries) in [
            ("Jim, Ben; Silver | Flint", vec!["Jim", "Ben", "Silver", "Flint"]),
            ("Jim (past, implied), Ben", vec!["Jim (past, implied)", "Ben"]),
            ("[Jim & Ben]", vec!["Jim & Ben"]),
            ("Jim (never closed, Ben", vec!["Jim (never closed", "Ben"]),
            ("吾輩、猫", vec!["吾輩", "猫"]),
            (" , ,; ", vec![]),
            ("- humour\n- angst", vec!["humour", "angst"]),
        ] {
            assert_eq!(tag_list(written), entries, "{written}");
        }
    }

    #[test]
    fn an_initial_keeps_its_full_stop() {
        assert_eq!(tidy("“Beth H.”"), "Beth H.");
        assert_eq!(tidy("Fluff."), "Fluff");
        assert_eq!(tidy("Wait..."), "Wait...");
    }
}
