//! The rating schemes of archives, sites and countries as one table, and the scanner that finds their levels in a text.
//! Sources: film boards (MPAA, TV, BBFC, FSK), FanFiction.net, FictionRatings (K to MA), FR codes, AO3, and the wordings
//! of German, French, Italian, Spanish, Portuguese, Russian, Chinese and Japanese archives.

use crate::fold::fold;
use fanfold_model::Rating::{self, Explicit, General, Mature, NotRated, Teen};

/// How certain a mark's level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// The mark means one level.
    Sure,
    /// It means the next level when sexual content is mentioned beside it.
    MoreIfSexual(Rating),
    /// The stricter of two levels was taken.
    Doubtful,
}

use Certainty::{Doubtful, MoreIfSexual, Sure};

/// Words joined by blanks as [`words`] gives them, with the level they stand for.
const MARKS: &[(&str, Rating, Certainty)] = &[
    // Film, television.
    ("pg 13", Teen, Sure),
    ("pg 12", Teen, Sure),
    ("pg 14", Teen, Sure),
    ("pg 15", Teen, Sure),
    ("pg 16", Mature, Sure),
    ("pg 17", Mature, MoreIfSexual(Explicit)),
    ("pg 18", Explicit, Doubtful),
    ("pg", General, Sure),
    ("nc 16", Mature, Sure),
    ("nc 17", Explicit, Sure),
    ("nc 18", Explicit, Sure),
    ("nc 21", Explicit, Sure),
    ("nc", Explicit, Doubtful),
    ("tv y", General, Sure),
    ("tv g", General, Sure),
    ("tv pg", General, Sure),
    ("tv 14", Teen, Sure),
    ("tv ma", Explicit, Doubtful),
    ("12 a", Teen, Sure),
    ("xxx", Explicit, Sure),
    ("r 18", Explicit, Sure),
    ("r 17", Mature, Sure),
    ("r 16", Mature, Sure),
    ("r 15", Teen, MoreIfSexual(Mature)),
    ("r 13", Teen, Sure),
    ("hard r", Mature, MoreIfSexual(Explicit)),
    ("r +", Mature, MoreIfSexual(Explicit)),
    ("restricted", Mature, Sure),
    // FanFiction.net and FictionRatings.
    ("k +", General, Sure),
    ("t +", Teen, MoreIfSexual(Mature)),
    ("m +", Explicit, Doubtful),
    ("ma", Explicit, Sure),
    ("ma 15", Mature, Sure),
    ("m 15", Mature, Sure),
    // FR codes.
    ("frc", General, Sure),
    ("frk", General, Sure),
    ("fr k", General, Sure),
    ("fr c", General, Sure),
    ("frt", Teen, Sure),
    ("fr t", Teen, Sure),
    ("frm", Mature, Sure),
    ("fr m", Mature, Sure),
    ("frao", Explicit, Sure),
    ("fr ao", Explicit, Sure),
    ("fr 7", General, Sure),
    ("fr 10", General, Sure),
    ("fr 13", Teen, Sure),
    ("fr 15", Teen, MoreIfSexual(Mature)),
    ("fr 18", Mature, MoreIfSexual(Explicit)),
    ("fr 21", Explicit, Sure),
    // German.
    ("p 6", General, Sure),
    ("p 12", Teen, Sure),
    ("p 14", Teen, Sure),
    ("p 16", Mature, Sure),
    ("p 18", Explicit, Sure),
    ("avl", Explicit, Sure),
    ("slash 18", Explicit, Doubtful),
    ("ohne altersbeschrankung", General, Sure),
    ("ab 18", Explicit, Sure),
    ("ab 16", Mature, Sure),
    ("ab 14", Teen, Sure),
    ("ab 12", Teen, Sure),
    ("ab 6", General, Sure),
    ("ab 0", General, Sure),
    ("fsk 0", General, Sure),
    ("fsk 6", General, Sure),
    ("fsk 12", Teen, Sure),
    ("fsk 14", Teen, Sure),
    ("fsk 16", Mature, Sure),
    ("fsk 18", Explicit, Sure),
    ("jugendfrei", General, Sure),
    ("adult + +", Explicit, Sure),
    // Words.
    ("general audiences", General, Sure),
    ("general audience", General, Sure),
    ("general", General, Sure),
    ("all ages", General, Sure),
    ("all audiences", General, Sure),
    ("all readers", General, Sure),
    ("everyone", General, Sure),
    ("anyone", General, Sure),
    ("everybody", General, Sure),
    ("family friendly", General, Sure),
    ("kid friendly", General, Sure),
    ("child safe", General, Sure),
    ("worksafe", General, Sure),
    ("pre teen", General, Sure),
    ("kids", General, Sure),
    ("suitable for all", General, Sure),
    ("gen", General, Sure),
    ("teen and up audiences", Teen, Sure),
    ("teen and up", Teen, Sure),
    ("teen", Teen, Sure),
    ("teens", Teen, Sure),
    ("young adult", Teen, Sure),
    ("teenagers", Teen, Sure),
    ("mature audiences", Mature, Sure),
    ("mature audience", Mature, Sure),
    ("mature", Mature, Sure),
    ("mature adults", Explicit, Doubtful),
    ("adult", Explicit, Doubtful),
    ("adults", Explicit, Doubtful),
    ("adults only", Explicit, Sure),
    ("adult only", Explicit, Sure),
    ("ao", Explicit, Sure),
    ("explicit", Explicit, Sure),
    ("smut", Explicit, Doubtful),
    ("lemon", Explicit, Doubtful),
    ("porn", Explicit, Doubtful),
    ("lime", Mature, Doubtful),
    ("nsfw", Explicit, Doubtful),
    ("over 18", Explicit, Sure),
    ("over 21", Explicit, Sure),
    ("18 only", Explicit, Sure),
    ("under 18", Explicit, Doubtful),
    // French, Italian, Spanish, Portuguese.
    ("tout public", General, Sure),
    ("tous publics", General, Sure),
    ("tout publics", General, Sure),
    ("tous public", General, Sure),
    ("pour tous", General, Sure),
    ("moins de 12", Teen, Sure),
    ("moins de 13", Teen, Sure),
    ("moins de 16", Mature, Sure),
    ("moins de 18", Explicit, Sure),
    ("adulte", Explicit, Doubtful),
    ("adultes", Explicit, Doubtful),
    ("dur", Mature, Sure),
    ("verde", General, Sure),
    ("giallo", Teen, Sure),
    ("gialla", Teen, Sure),
    ("arancione", Mature, Sure),
    ("rosso", Explicit, Sure),
    ("rossa", Explicit, Sure),
    ("per tutti", General, Sure),
    ("vm 14", Teen, Sure),
    ("vm 18", Explicit, Sure),
    ("v m 14", Teen, Sure),
    ("v m 18", Explicit, Sure),
    ("adulti", Explicit, Doubtful),
    ("todo publico", General, Sure),
    ("todos los publicos", General, Sure),
    ("apto para todos", General, Sure),
    ("atp", General, Sure),
    ("mayores de 13", Teen, Sure),
    ("mayores de 16", Mature, Sure),
    ("mayores de 18", Explicit, Sure),
    ("adultos", Explicit, Doubtful),
    ("livre", General, Sure),
    ("livre para todos", General, Sure),
    ("maiores de 16", Mature, Sure),
    ("maiores de 18", Explicit, Sure),
    // Russian, Chinese, Japanese.
    ("для всех", General, Sure),
    ("детский", General, Sure),
    ("взрослый", Explicit, Doubtful),
    ("全年齢", General, Sure),
    ("全年龄", General, Sure),
    ("大众", General, Sure),
    ("普遍级", General, Sure),
    ("清水", General, Sure),
    ("保护级", General, Sure),
    ("辅导级", Teen, Sure),
    ("限制级", Explicit, Sure),
    ("成人", Explicit, Sure),
    ("成人向け", Explicit, Sure),
    ("18禁", Explicit, Sure),
    ("18 禁", Explicit, Sure),
    ("15禁", Teen, MoreIfSexual(Mature)),
    // Said not to be rated.
    ("not rated", NotRated, Sure),
    ("unrated", NotRated, Sure),
    ("no rating", NotRated, Sure),
    ("non rated", NotRated, Sure),
    ("not yet rated", NotRated, Sure),
    ("nr", NotRated, Sure),
    ("ohne rating", NotRated, Sure),
    ("nicht bewertet", NotRated, Sure),
    ("non classe", NotRated, Sure),
    ("sans rating", NotRated, Sure),
    ("sin clasificar", NotRated, Sure),
    ("sem classificacao", NotRated, Sure),
    ("без рейтинга", NotRated, Sure),
    ("не указан", NotRated, Sure),
    ("未分级", NotRated, Sure),
];

/// Single letters; they count only where a rating can stand ([`letter_counts`]).
const LETTERS: &[(&str, Rating, Certainty)] = &[
    ("g", General, Sure),
    ("u", General, Sure),
    ("k", General, Sure),
    ("a", General, Sure),
    ("p", General, Sure),
    ("e", Explicit, Sure),
    ("t", Teen, Sure),
    ("m", Mature, Sure),
    ("r", Mature, MoreIfSexual(Explicit)),
    ("x", Explicit, Sure),
    ("l", General, Sure),
    ("v", General, Sure),
];

/// Words before a letter that make it a rating, folded.
const LEADS: &[&str] = &[
    "rated",
    "rating",
    "hard",
    "mild",
    "soft",
    "strong",
    "light",
    "high",
    "low",
    "heavy",
    "maybe",
    "probably",
    "borderline",
    "about",
    "or",
    "to",
    "and",
    "bordering",
    "on",
    "is",
    "overall",
    "solid",
    "very",
    "somewhere",
    "between",
    "definitely",
    "an",
    "almost",
    "barely",
    "easy",
];

/// One level found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) level: Rating,
    pub(crate) certainty: Certainty,
    /// Which word of the text it begins with.
    pub(crate) at: usize,
}

/// Every level that a text mentions, in order; the longest mark at a place counts.
pub(crate) fn levels(text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match mark_at(&words, at).or_else(|| age_at(&words, at)).or_else(|| letter_at(&words, at)) {
            Some((level, certainty, length)) => {
                found.push(Found { level, certainty, at });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a text is nothing but a rating ("PG-13", "R/NC-17", "G - all ages").
pub(crate) fn is_rating_code(text: &str) -> bool {
    let words = words(text);
    let mut at = 0;
    let mut any = false;
    while at < words.len() {
        match mark_at(&words, at).or_else(|| age_at(&words, at)).or_else(|| letter_at(&words, at)) {
            Some((_, _, length)) => {
                any = true;
                at += length;
            }
            None if matches!(
                words[at].key.as_str(),
                "rated" | "rating" | "/" | "to" | "or" | "for"
            ) =>
            {
                at += 1
            }
            None => return false,
        }
    }
    any && words.len() <= 8
}

/// A word of a rating: its folded key and how it was written.
struct Word {
    key: String,
    upper: bool,
    /// Whether a mark or an end stands behind it rather than a further word.
    closed: bool,
}

/// Letters and digits apart ("PG13" is two words), `+` and `/` on their own, an apostrophe inside a word ("don't").
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut run = String::new();
    let mut last: Option<char> = None;
    // Bounded: a rating is a line; a whole chapter in this field is not searched to its end.
    for c in text.chars().take(2_000) {
        let joins = last.is_some_and(|last| same_run(last, c));
        if !joins && !run.is_empty() {
            words.push(word(&std::mem::take(&mut run), c));
        }
        if c.is_alphanumeric() || (c == '\'' || c == '\u{2019}') && !run.is_empty() {
            run.push(c);
        } else if matches!(c, '+' | '/') {
            words.push(Word { key: c.to_string(), upper: false, closed: true });
        }
        last = Some(c);
    }
    if !run.is_empty() {
        words.push(word(&run, '.'));
    }
    words
}

fn word(run: &str, next: char) -> Word {
    Word {
        key: fold(run),
        upper: run.chars().all(char::is_uppercase),
        closed: !next.is_whitespace(),
    }
}

fn same_run(a: char, b: char) -> bool {
    let apostrophe = |c: char| c == '\'' || c == '\u{2019}';
    let class = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else {
            0
        }
    };
    (class(a) != 0 && class(a) == class(b))
        || (class(a) == 2 && apostrophe(b))
        || (apostrophe(a) && class(b) == 2)
}

fn mark_at(words: &[Word], at: usize) -> Option<(Rating, Certainty, usize)> {
    let mut best: Option<(Rating, Certainty, usize)> = None;
    for (mark, level, certainty) in MARKS {
        let length = mark.split(' ').count();
        let fits = mark
            .split(' ')
            .zip(words.get(at..)?.iter())
            .filter(|(part, word)| *part == word.key)
            .count()
            == length;
        if fits && best.is_none_or(|(_, _, longest)| length > longest) {
            best = Some((*level, *certainty, length));
        }
    }
    best
}

/// "16+", "+18", "18 et +", "12 years", "age 13", or a number that is the whole value.
fn age_at(words: &[Word], at: usize) -> Option<(Rating, Certainty, usize)> {
    let key = |index: usize| words.get(index).map(|word| word.key.as_str());
    let age: u32 = key(at).filter(|key| key.len() <= 2).and_then(|key| key.parse().ok())?;
    let before = at.checked_sub(1).and_then(key);
    let is_age = words.len() == 1
        || matches!(
            key(at + 1),
            Some(
                "+" | "years"
                    | "yrs"
                    | "ans"
                    | "anni"
                    | "anos"
                    | "jahre"
                    | "jahren"
                    | "лет"
                    | "plus"
            )
        )
        || (matches!(key(at + 1), Some("et" | "and" | "y" | "e"))
            && matches!(key(at + 2), Some("+" | "up" | "over" | "older" | "plus" | "mas")))
        || matches!(before, Some("+" | "age" | "ages" | "aged" | "from" | "over" | "от"));
    let level = match age {
        0..=11 => General,
        12..=15 => Teen,
        16..=17 => Mature,
        _ => Explicit,
    };
    let certainty = if age == 15 { MoreIfSexual(Mature) } else { Sure };
    is_age.then_some((level, certainty, 1))
}

fn letter_at(words: &[Word], at: usize) -> Option<(Rating, Certainty, usize)> {
    let word = words.get(at)?;
    let (_, level, certainty) = LETTERS.iter().find(|(letter, _, _)| *letter == word.key)?;
    letter_counts(words, at).then_some((*level, *certainty, 1))
}

/// A letter is a rating where it opens the value, stands behind "rated" and the like, or is a capital that is no
/// article, no initial of a pairing and no category.
fn letter_counts(words: &[Word], at: usize) -> bool {
    let key = |index: usize| words.get(index).map_or("", |word| word.key.as_str());
    let word = &words[at];
    // Two letters with a slash are a pairing (K/S) or a category (M/M) unless both are ratings (R/G).
    let initials = |a: usize, b: usize| {
        let single = |index: usize| {
            key(index).chars().count() == 1 && key(index).chars().all(char::is_alphabetic)
        };
        let rates = |index: usize| LETTERS.iter().any(|(letter, _, _)| *letter == key(index));
        single(a) && single(b) && (!rates(a) || !rates(b) || (key(a), key(b)) == ("m", "m"))
    };
    let slash_after = key(at + 1) == "/" && initials(at, at + 2);
    let slash_before = at >= 2 && key(at - 1) == "/" && initials(at - 2, at);
    if slash_after || slash_before {
        return false;
    }
    let first = at == 0 && (word.closed || words.len() == 1 || (word.upper && word.key != "a"));
    let led = at > 0
        && (LEADS.contains(&key(at - 1))
            || key(at - 1) == "/"
            || (key(at - 1) == "a" && word.key != "a"));
    let common = matches!(word.key.as_str(), "a" | "i" | "p" | "l" | "v" | "u" | "e");
    first || (led && (word.upper || !common)) || (word.upper && !common)
}
