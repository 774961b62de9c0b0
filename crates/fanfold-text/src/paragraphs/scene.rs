//! Scene breaks: rows of signs that writers put between scenes. Source: rows counted on old pages and lists.

/// True when a line is nothing but a scene break: `***`, `* * *`, `~~~`, `---`, `oOo`, `xXx`, `<><><>`, `#`, bars, dots,
/// repeated patterns of signs. A lone `...` is silence in a dialogue, `--` a signature's mark: neither counts.
pub fn is_scene_break(line: &str) -> bool {
    let line = line.trim();
    // Nearly every line is refused at its first letter.
    let speaks = |c: char| c.is_alphanumeric() && !"oO0xX".contains(c);
    if line.is_empty() || line.len() > 160 || line.contains(speaks) {
        return false;
    }
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    if signs.iter().any(|c| c.is_alphanumeric()) {
        return letters_form_a_mark(&signs);
    }
    if !signs.iter().all(|c| is_sign(*c)) {
        return false;
    }
    match signs.as_slice() {
        [one] => SINGLE.contains(*one),
        _ if signs.iter().all(|c| "-\u{2013}\u{2014}".contains(*c)) => signs.len() >= 3,
        _ if signs.iter().all(|c| ".!?\u{2026}".contains(*c)) => is_row_of_dots(line, &signs),
        [a, b] => a == b && "*~#\u{2022}=".contains(*a),
        _ => signs.iter().any(|c| !"'\"()[]!?,;:.\u{2026}".contains(*c)),
    }
}

/// The mark without its inner spaces when it is not one of the plain ones (rows of one usual sign).
pub(super) fn unusual_mark(line: &str) -> Option<&str> {
    let line = line.trim();
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs.next()?;
    let plain =
        "*-_~#=\u{2013}\u{2014}\u{2500}\u{2550}".contains(first) && signs.all(|c| c == first);
    (!plain).then_some(line)
}

/// Signs that mean a scene break when they stand alone on a line.
const SINGLE: &str =
    "*~#\u{a7}\u{2022}\u{25ca}\u{2042}\u{2217}\u{2766}\u{2767}\u{2605}\u{2606}\u{2736}\u{273b}";

fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{a1}'..='\u{bf}' | '\u{d7}' | '\u{2010}'..='\u{205e}' | '\u{2190}'..='\u{2bff}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{30fb}' | '\u{ff01}'..='\u{ff0f}')
}

/// Five dots and more, or dots with spaces between them.
fn is_row_of_dots(line: &str, signs: &[char]) -> bool {
    signs.iter().all(|c| *c == '.')
        && (signs.len() >= 5 || signs.len() >= 3 && line.split_whitespace().count() == signs.len())
}

/// Rows of `o` or `x`, with signs or without: `oOo`, `-o-`, `xXxXx`, `x-x-x`, `oO0Oo`, `xoxoxoxox`.
fn letters_form_a_mark(signs: &[char]) -> bool {
    let letters: Vec<char> = signs.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let rest_are_signs =
        signs.iter().all(|c| c.is_alphanumeric() || is_sign(*c) && !"'\",.!?:;()".contains(*c));
    let of = |set: &str| letters.iter().all(|c| set.contains(*c));
    if !rest_are_signs || letters.len() > 120 {
        return false;
    }
    let with_signs = signs.len() > letters.len();
    let alternates = letters.windows(2).filter(|w| matches!(w, [a, b] if a != b)).count();
    if of("oO0") {
        let called_out =
            letters.first().is_some_and(|c| *c == 'O') && letters.iter().skip(1).all(|c| *c == 'o');
        return match letters.as_slice() {
            [_] | [_, _] => {
                signs.len() >= 3
                    && with_signs
                    && !signs.first().is_some_and(|c| c.is_alphanumeric())
            }
            _ => !called_out && !of("0"),
        };
    }
    if of("xX") {
        return letters.len() >= 3 && (with_signs || alternates > 0 || letters.len() >= 5);
    }
    of("xXoO") && letters.len() >= 7 && alternates * 2 >= letters.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_signs_are_scene_breaks() {
        let rows = [
            "***",
            "* * *",
            "*",
            "~",
            "#",
            "~~~",
            "---",
            "- - -",
            "oOo",
            "OoO",
            "oOoOoOo",
            "xXx",
            "xXxXx",
            "x-x-x",
            "-o-",
            "--o--O--o--",
            "<><><>",
            "=====",
            "_____",
            "~*~*~",
            "-=-=-=-",
            ". . .",
            "......",
            "\u{2022} \u{2022} \u{2022}",
            "|||||",
            "+++",
            "\u{2550}\u{2550}\u{2550}",
            "\u{2042}",
            "xoxoxoxox",
            "oO0Oo",
            "/\\/\\/\\",
            "*~*",
            "\u{2014}\u{2014}\u{2014}",
            "// // //",
        ];
        for row in rows {
            assert!(is_scene_break(row), "{row}");
        }
    }

    #[test]
    fn words_silences_and_kisses_are_not() {
        let texts = [
            "", "...", "\u{2026}", "--", "-", "?!", "!!!", "Oo", "Ooo", "Oooo", "xxx", "xoxo", "x",
            "o", "1", "***1", "* note", "\"\"", "A B", "000", "?", "Box", "ox", "(...)", ":)",
        ];
        for text in texts {
            assert!(!is_scene_break(text), "{text}");
        }
    }
}
