//! One spelling for comparing words of a vocabulary: lower case, full-width as plain, Latin accents away, one kind of
//! quote and dash, single blanks. For looking up only; what is shown keeps the creator's spelling.

use unicode_normalization::UnicodeNormalization;

/// The folded text.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        let Some(c) = folded(c) else { continue };
        if c == ' ' {
            blank = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// One character's key; `None` for marks that are not seen. Cyrillic й is a letter of its own, ё is often written е.
fn folded(c: char) -> Option<char> {
    Some(match c {
        'ё' => 'е',
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '`' | '\u{b4}' | '\u{2032}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
            return None;
        }
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1fff}' => {
            std::iter::once(c).nfd().next().unwrap_or(c)
        }
        _ if c.is_whitespace() || c.is_control() => ' ',
        _ => c,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_widths_and_quotes_do_not_keep_a_word_from_its_table() {
        for (written, key) in [
            ("  Français ", "francais"),
            ("ＰＧ－１３", "pg-13"),
            ("L’auteur", "l'auteur"),
            ("Завершён", "завершен"),
            ("Русский", "русский"),
            ("が\tぎ", "が ぎ"),
            ("non\u{2011}con", "non-con"),
        ] {
            assert_eq!(fold(written), key);
        }
    }
}
