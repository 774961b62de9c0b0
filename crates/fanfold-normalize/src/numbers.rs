//! Numbers as people write them: digits with any separator, number words, roman numerals.

use crate::fold::fold;

/// Number words up to thirty in the languages of headers, folded; the place in the list is the number.
const WORDS: &[&[&str]] = &[
    &[
        "one",
        "first",
        "eins",
        "erster",
        "erste",
        "un",
        "une",
        "uno",
        "una",
        "primo",
        "primera",
        "um",
        "uma",
        "один",
        "первая",
    ],
    &[
        "two",
        "second",
        "zwei",
        "zweiter",
        "zweite",
        "deux",
        "due",
        "secondo",
        "dos",
        "segunda",
        "dois",
        "duas",
        "два",
        "вторая",
    ],
    &[
        "three",
        "third",
        "drei",
        "dritter",
        "dritte",
        "trois",
        "tre",
        "terzo",
        "tres",
        "tercera",
        "три",
        "третья",
    ],
    &["four", "fourth", "vier", "vierter", "quatre", "quattro", "cuatro", "quatro", "четыре"],
    &["five", "fifth", "funf", "fuenf", "cinq", "cinque", "cinco", "пять"],
    &["six", "sixth", "sechs", "sei", "seis", "шесть"],
    &["seven", "seventh", "sieben", "sept", "sette", "siete", "sete", "семь"],
    &["eight", "eighth", "acht", "huit", "otto", "ocho", "oito", "восемь"],
    &["nine", "ninth", "neun", "neuf", "nove", "nueve", "девять"],
    &["ten", "tenth", "zehn", "dix", "dieci", "diez", "dez", "десять"],
    &["eleven", "eleventh", "elf"],
    &["twelve", "twelfth", "zwolf"],
    &["thirteen", "thirteenth"],
    &["fourteen", "fourteenth"],
    &["fifteen", "fifteenth"],
    &["sixteen"],
    &["seventeen"],
    &["eighteen"],
    &["nineteen"],
    &["twenty"],
];

/// A small number in digits, words or roman numerals, up to 9999.
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    let folded = fold(word);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let digits =
        ["st", "nd", "rd", "th", "."].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    if !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.parse().ok();
    }
    let at = WORDS.iter().position(|names| names.contains(&bare));
    at.and_then(|at| u32::try_from(at + 1).ok()).or_else(|| roman(bare))
}

/// A roman numeral up to 39 in lower case.
fn roman(text: &str) -> Option<u32> {
    const TENS: &[(&str, u32)] = &[("xxx", 30), ("xx", 20), ("x", 10), ("", 0)];
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let (tens, rest) =
        TENS.iter().find_map(|(sign, tens)| text.strip_prefix(sign).map(|rest| (*tens, rest)))?;
    let ones = ONES.iter().position(|sign| *sign == rest)?;
    let number = tens + u32::try_from(ones).ok()?;
    (number > 0).then_some(number)
}

/// The first count in a text: "7,400 words", "ca. 7.400", "7400ish", "12k", "1 234".
pub(crate) fn count(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut digits = String::new();
    let mut rest = text[start..].chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !(is_group_mark(c) && three_digits(rest.clone())) {
            let thousand =
                matches!(c, 'k' | 'K') && !rest.peek().is_some_and(|c| c.is_alphabetic());
            let factor = if thousand { 1000 } else { 1 };
            return digits.parse::<u64>().ok()?.checked_mul(factor);
        }
    }
    digits.parse().ok()
}

fn is_group_mark(c: char) -> bool {
    matches!(c, ',' | '.' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn three_digits(mut rest: impl Iterator<Item = char>) -> bool {
    let three = rest.by_ref().take(3).filter(char::is_ascii_digit).count() == 3;
    three && !rest.next().is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{count, ordinal};

    #[test]
    fn counts_are_read_with_any_separator() {
        for (written, number) in [
            ("7,400 words", Some(7400)),
            ("ca. 7.400 Wörter", Some(7400)),
            ("7400ish", Some(7400)),
            ("12k", Some(12_000)),
            ("1 234 567", Some(1_234_567)),
            ("2, or 3", Some(2)),
            ("many", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(count(written), number, "{written}");
        }
    }

    #[test]
    fn small_numbers_are_read_in_words_and_roman() {
        for (written, number) in [
            ("Two", Some(2)),
            ("IV", Some(4)),
            ("xxxix", Some(39)),
            ("3rd", Some(3)),
            ("fünf", Some(5)),
            ("пять", Some(5)),
            ("mix", None),
            ("", None),
            ("12.", Some(12)),
        ] {
            assert_eq!(ordinal(written), number, "{written}");
        }
    }
}
