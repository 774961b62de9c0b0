//! Numbers as headings write them: digits, roman numerals, Chinese numerals, and words up to one
//! hundred in English, German, French, Spanish, Italian, Portuguese and Russian, cardinal or ordinal.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lines::fold;

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// "7", "07", "7th".
    Digits,
    /// "seven", "Vierzehn", "первая".
    Word,
    /// "VII".
    Roman,
}

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) form: NumberForm,
    /// Bytes of the text it takes.
    pub(super) len: usize,
}

/// The number a text begins with; it ends where a word ends.
pub(super) fn leading_number(text: &str) -> Option<Number> {
    digits(text).or_else(|| chinese(text)).or_else(|| words(text)).or_else(|| roman_prefix(text))
}

fn digits(text: &str) -> Option<Number> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 || len > 4 {
        return None;
    }
    let value = text[..len].parse().ok()?;
    let rest = &text[len..];
    let suffix = ["st", "nd", "rd", "th", "º", "ª", "er", "ère", "e", "-я"]
        .into_iter()
        .find(|suffix| rest.starts_with(suffix) && ends_word(&rest[suffix.len()..]))
        .map_or(0, str::len);
    let letter = usize::from(
        suffix == 0 && rest.starts_with(|c: char| c.is_ascii_lowercase()) && ends_word(&rest[1..]),
    );
    let len = len + suffix + letter;
    ends_word(&text[len..]).then_some(Number { value, form: NumberForm::Digits, len })
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| matches!(c, '\'' | '’') || c.is_alphanumeric() && !is_cjk(c))
}

fn is_cjk(c: char) -> bool {
    ('\u{3040}'..='\u{9fff}').contains(&c)
}

fn chinese(text: &str) -> Option<Number> {
    let (mut total, mut digit, mut len) = (0, 0, 0);
    for c in text.chars() {
        let value = match c {
            '〇' | '零' => 0,
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            '百' => 100,
            _ => break,
        };
        len += c.len_utf8();
        if value >= 10 {
            total += digit.max(1) * value;
            digit = 0;
        } else {
            digit = value;
        }
        if total > 9999 {
            return None;
        }
    }
    (len > 0).then_some(Number { value: total + digit, form: NumberForm::Word, len })
}

fn words(text: &str) -> Option<Number> {
    let mut pieces = Pieces { text, at: 0 };
    let first = pieces.next()?;
    let value = word_value(&fold(first.0))?;
    let mut number = Number { value, form: NumberForm::Word, len: first.1 };
    // "twenty-one", "vingt et un", "treinta y dos", "двадцать первая", "quatre-vingt-dix"
    for (word, end) in pieces {
        let folded = fold(word);
        if matches!(folded.as_str(), "et" | "y" | "e" | "and" | "und") && number.value >= 20 {
            continue;
        }
        let Some(next) = word_value(&folded) else { break };
        let joined = match (number.value, next) {
            (4, 20) => 80,
            (60 | 80, 1..=19) => number.value + next,
            (tens, 1..=9) if tens >= 20 && tens % 10 == 0 => tens + next,
            (1..=9, 100) => number.value * 100,
            _ => break,
        };
        number.value = joined;
        number.len = end;
    }
    ends_word(&text[number.len..]).then_some(number)
}

struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Pieces<'a> {
    /// A word and where it ends.
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let skipped = if self.at == 0 {
            rest
        } else {
            let inner = rest.strip_prefix([' ', '-', '\u{2010}', '\u{a0}'])?;
            inner.trim_start_matches(' ')
        };
        let start = self.text.len() - skipped.len();
        let len = skipped.find(|c: char| !c.is_alphabetic()).unwrap_or(skipped.len());
        if len == 0 {
            return None;
        }
        self.at = start + len;
        Some((&skipped[..len], self.at))
    }
}

fn word_value(word: &str) -> Option<u32> {
    if word.len() > 40 {
        return None;
    }
    simple(word).or_else(|| german_compound(word)).or_else(|| italian_compound(word))
}

fn simple(word: &str) -> Option<u32> {
    static WORDS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
        let spelt = |(value, spellings): &(u32, &'static str)| {
            let value = *value;
            spellings.split(' ').map(move |spelling| (spelling, value))
        };
        SIMPLE.iter().rev().flat_map(spelt).collect()
    });
    WORDS.get(word).copied()
}

fn german_compound(word: &str) -> Option<u32> {
    let (unit, tens) = word.split_once("und")?;
    let tens = simple(tens)?;
    let unit = if unit == "ein" { 1 } else { simple(unit)? };
    (unit < 10 && tens >= 20 && tens % 10 == 0).then_some(tens + unit)
}

fn italian_compound(word: &str) -> Option<u32> {
    const TENS: [(&str, u32); 8] = [
        ("vent", 20),
        ("trent", 30),
        ("quarant", 40),
        ("cinquant", 50),
        ("sessant", 60),
        ("settant", 70),
        ("ottant", 80),
        ("novant", 90),
    ];
    let (stem, tens) = TENS.into_iter().find(|(stem, _)| word.starts_with(stem))?;
    let rest = &word[stem.len()..];
    let unit = rest.strip_prefix(['i', 'a']).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    simple(unit).filter(|unit| *unit < 10).map(|unit| tens + unit)
}

/// Folded spellings of each number; misspellings that were met stand with the right ones.
const SIMPLE: &[(u32, &str)] = &[
    (
        1,
        "one first un une uno una um uma ein eins eine erste erster erstes premier premiere primero primera primer primo prima primeiro primeira один первая первый первое",
    ),
    (
        2,
        "two second deux deuxieme seconde dos segundo segunda due secondo seconda dois duas zwei zweite zweiter zweites два вторая второй второе",
    ),
    (
        3,
        "three third trois troisieme tres tercero tercera tercer tre terzo terza terceiro terceira drei dritte dritter drittes три третья третий третье",
    ),
    (
        4,
        "four forth fourth quatre quatrieme cuatro cuarto cuarta quattro quarto quarta quatro vier vierte vierter viertes четыре четвертая четвертый четвертое",
    ),
    (
        5,
        "five fifth cinq cinquieme cinco quinto quinta cinque funf fuenf funfte funfter пять пятая пятый пятое",
    ),
    (
        6,
        "six sixth sixieme seis sexto sexta sei sesto sesta sechs sechste sechster шесть шестая шестой шестое",
    ),
    (
        7,
        "seven seventh sept septieme siete septimo septima sette settimo settima sete setimo setima sieben siebte siebter семь седьмая седьмой седьмое",
    ),
    (
        8,
        "eight eighth eigth huit huitieme ocho octavo octava otto ottavo ottava oito oitavo oitava acht achte achter восемь восьмая восьмой восьмое",
    ),
    (
        9,
        "nine ninth nineth neuf neuvieme nueve noveno novena nove nono nona neun neunte neunter девять девятая девятый девятое",
    ),
    (
        10,
        "ten tenth dix dixieme diez decimo decima dieci dez zehn zehnte zehnter десять десятая десятый десятое",
    ),
    (11, "eleven eleventh onze onzieme once undici elf elfte одиннадцать одиннадцатая"),
    (
        12,
        "twelve twelfth twelveth douze douzieme doce dodici doze zwolf zwoelf zwolfte двенадцать двенадцатая",
    ),
    (13, "thirteen thirteenth treize trece tredici treze dreizehn тринадцать тринадцатая"),
    (
        14,
        "fourteen fourteenth quatorze catorce quattordici catorze vierzehn четырнадцать четырнадцатая",
    ),
    (15, "fifteen fifteenth quinze quince quindici funfzehn fuenfzehn пятнадцать пятнадцатая"),
    (
        16,
        "sixteen sixteenth seize dieciseis sedici dezesseis dezasseis sechzehn шестнадцать шестнадцатая",
    ),
    (
        17,
        "seventeen seventeenth diecisiete diciassette dezessete dezassete siebzehn семнадцать семнадцатая",
    ),
    (18, "eighteen eighteenth dieciocho diciotto dezoito achtzehn восемнадцать восемнадцатая"),
    (
        19,
        "nineteen nineteenth ninteen diecinueve diciannove dezenove dezanove neunzehn девятнадцать девятнадцатая",
    ),
    (20, "twenty twentieth vingt vingts veinte venti vinte zwanzig zwanzigste двадцать двадцатая"),
    (21, "veintiuno veintiun"),
    (22, "veintidos"),
    (23, "veintitres"),
    (24, "veinticuatro"),
    (25, "veinticinco"),
    (26, "veintiseis"),
    (27, "veintisiete"),
    (28, "veintiocho"),
    (29, "veintinueve"),
    (30, "thirty thirtieth trente treinta trenta trinta dreissig тридцать тридцатая"),
    (40, "forty fourty fortieth quarante cuarenta quaranta quarenta vierzig сорок сороковая"),
    (
        50,
        "fifty fiftieth cinquante cincuenta cinquanta cinquenta funfzig fuenfzig пятьдесят пятидесятая",
    ),
    (60, "sixty sixtieth soixante sesenta sessanta sessenta sechzig шестьдесят"),
    (70, "seventy septante setenta settanta siebzig семьдесят"),
    (80, "eighty huitante ochenta ottanta oitenta achtzig восемьдесят"),
    (90, "ninety ninty nonante noventa novanta neunzig девяносто"),
    (100, "hundred cent cien cento cem hundert einhundert сто"),
];

fn roman_prefix(text: &str) -> Option<Number> {
    let len = text.bytes().take_while(|b| b"IVXLCivxlc".contains(b)).count();
    let word = &text[..len];
    let same_case = word.bytes().all(|b| b.is_ascii_uppercase())
        || word.bytes().all(|b| b.is_ascii_lowercase());
    if len == 0 || !same_case || !ends_word(&text[len..]) {
        return None;
    }
    roman(word).map(|value| Number { value, form: NumberForm::Roman, len })
}

/// The value of a well-formed roman numeral below four hundred.
fn roman(word: &str) -> Option<u32> {
    let upper = word.to_ascii_uppercase();
    let mut total: u32 = 0;
    let mut last = 0;
    for c in upper.bytes().rev() {
        let value: u32 = match c {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            _ => return None,
        };
        if value < last {
            total = total.checked_sub(value)?;
        } else {
            total += value;
            last = value;
        }
        if total > 399 {
            return None;
        }
    }
    (to_roman(total) == upper).then_some(total)
}

fn to_roman(mut value: u32) -> String {
    const STEPS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut written = String::new();
    for (step, letters) in STEPS {
        while value >= step {
            written.push_str(letters);
            value -= step;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<u32> {
        leading_number(text).map(|number| number.value)
    }

    #[test]
    fn number_words_of_seven_languages_are_read_up_to_one_hundred() {
        for (text, expected) in [
            ("Twenty-Nine", 29),
            ("fourty nine", 49),
            ("einundzwanzig", 21),
            ("Vierzehn", 14),
            ("quatre-vingt-dix-neuf", 99),
            ("vingt et un", 21),
            ("soixante-dix", 70),
            ("treinta y dos", 32),
            ("ventitré", 23),
            ("ventuno", 21),
            ("trinta e cinco", 35),
            ("двадцать первая", 21),
            ("третья", 3),
            ("十二", 12),
            ("二十三", 23),
            ("第", 0),
            ("XLIX", 49),
            ("iv", 4),
            ("007", 7),
            ("3rd", 3),
            ("1a", 1),
        ] {
            assert_eq!(value(text), (expected > 0).then_some(expected), "{text}");
        }
    }

    #[test]
    fn a_word_that_only_begins_like_a_number_is_none() {
        for text in ["Ivy", "mill", "onerous", "I'll go", "IIX", "VX", "12345", "5pm"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn every_roman_numeral_below_four_hundred_round_trips() {
        for number in 1..400 {
            assert_eq!(roman(&to_roman(number)), Some(number));
        }
    }
}
