//! A line that says "here begins chapter N": keywords of ten languages with digits, words, roman or
//! Chinese numerals, decorations around it, a name after it; prologues and their kin; bare numbers.

use std::ops::Range;

use super::lines::{fold, word_count};
use super::numbers::{NumberForm, leading_number};

/// What word a chapter mark carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkWord {
    /// Chapter, Kapitel, Chapitre, Глава, 第N章.
    Chapter,
    /// Part, Teil, Partie, Часть, Act, Book.
    Part,
    /// Prologue and the like: before chapter 1.
    Before,
    /// Epilogue and the like: after the last.
    After,
    /// Interlude: between two.
    Between,
    /// A number and nothing else, or a number and a name.
    Bare,
}

/// A chapter mark and its pieces, as places in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterMark {
    /// Its word.
    pub word: MarkWord,
    /// Its number.
    pub number: Option<u32>,
    /// The last number of a range ("Chapters 1-3"); the same as `number` otherwise.
    pub through: Option<u32>,
    /// The total ("Chapter 1 of 3").
    pub of: Option<u32>,
    /// How the number is written.
    pub form: Option<NumberForm>,
    /// The number as written ("IV", "Prologue").
    pub written: Range<usize>,
    /// The chapter's own title.
    pub title: Option<Range<usize>>,
    /// Whether the line is dressed ("-- Chapter 1 --").
    pub decorated: bool,
}

impl ChapterMark {
    /// The same mark in a line that begins `by` bytes earlier.
    pub(super) fn moved(self, by: usize) -> Self {
        let moved = |range: Range<usize>| range.start + by..range.end + by;
        Self { written: moved(self.written), title: self.title.map(moved), ..self }
    }
}

const CHAPTER_WORDS: &[&str] = &[
    "chapter",
    "chapt",
    "chap",
    "ch",
    "chpt",
    "chpter",
    "chaper",
    "chaptor",
    "kapitel",
    "kap",
    "chapitre",
    "chap",
    "capitulo",
    "cap",
    "capitolo",
    "глава",
    "гл",
    "rozdzial",
    "hoofdstuk",
    "kapittel",
    "episode",
    "capitol",
    "luku",
    "section",
];
const PART_WORDS: &[&str] = &[
    "part",
    "parts",
    "pt",
    "prt",
    "teil",
    "partie",
    "parte",
    "часть",
    "act",
    "akt",
    "acte",
    "atto",
    "acto",
    "book",
    "buch",
    "livre",
    "volume",
    "vol",
    "phase",
    "chapters",
    "chs",
    "kapitel",
    "deel",
];
const BEFORE_WORDS: &[&str] = &[
    "prologue",
    "prolog",
    "prologo",
    "prolouge",
    "пролог",
    "teaser",
    "prelude",
    "foreword",
    "introduction",
    "预告",
    "序章",
    "序",
    "プロローグ",
    "楔子",
];
const AFTER_WORDS: &[&str] = &[
    "epilogue",
    "epilog",
    "epilogo",
    "epiloge",
    "эпилог",
    "尾声",
    "终章",
    "エピローグ",
    "coda",
    "afterword",
];
const BETWEEN_WORDS: &[&str] = &[
    "interlude",
    "interludio",
    "intermede",
    "zwischenspiel",
    "intermezzo",
    "интерлюдия",
    "intermission",
    "entr'acte",
    "幕间",
    "幕間",
];

/// Reads a line as a chapter mark. A bare number ("3.", "IV") is one too: whether it counts is
/// decided by its company.
#[must_use]
pub fn chapter_mark(line: &str) -> Option<ChapterMark> {
    if line.len() > 200 || line.is_empty() {
        return None;
    }
    let (inner, decorated) = undress(line);
    let text = &line[inner.clone()];
    let mark = keyword_mark(text)
        .or_else(|| named_mark(text))
        .or_else(|| cjk_mark(text))
        .or_else(|| number_first(text))
        .or_else(|| bare_mark(text))?;
    Some(ChapterMark { decorated, ..mark.moved(inner.start) })
}

const DRESS: &[char] = &[
    '-', '*', '~', '=', '_', '#', '+', '<', '>', '|', '/', '\\', '{', '}', '[', ']', '•', '—', '–',
    '°', '.', '`', '^', ' ', '\u{a0}', '\t', '(', ')', '【', '】', '☆', '★',
];

/// The line without the signs around it.
fn undress(line: &str) -> (Range<usize>, bool) {
    let left = line.trim_start_matches(DRESS);
    let start = line.len() - left.len();
    let mut inner =
        left.trim_end_matches(|c: char| DRESS.contains(&c) && c != '.' && c != ')').trim_end();
    let opens = line[..start].contains(['(', '[', '{']);
    if opens || inner.matches(')').count() > inner.matches('(').count() {
        inner = inner.trim_end_matches(')');
    }
    let signs = line[..start].trim().len();
    (start..start + inner.len(), signs > 0)
}

fn keyword_mark(text: &str) -> Option<ChapterMark> {
    let (word, after) = keyword(text)?;
    let rest = &text[after..];
    let gap = rest.len()
        - rest
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(c, '.' | '-' | '–' | '#' | ':' | '№' | '=' | '—' | '~')
            })
            .len();
    if gap == 0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unknown = rest[gap..].starts_with('?');
    let number = leading_number(&rest[gap..]).filter(|_| !unknown)?;
    let written = after + gap..after + gap + number.len;
    let mut mark = ChapterMark {
        word,
        number: Some(number.value),
        through: Some(number.value),
        of: None,
        form: Some(number.form),
        written: written.clone(),
        title: None,
        decorated: false,
    };
    let mut at = written.end;
    at = range_and_total(text, at, &mut mark);
    title_after(text, at, &mut mark)?;
    Some(mark)
}

fn keyword(text: &str) -> Option<(MarkWord, usize)> {
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let folded = fold(text.get(..len).filter(|word| !word.is_empty() && word.len() <= 24)?);
    if CHAPTER_WORDS.contains(&folded.as_str()) || is_misspelt_chapter(&folded) {
        return Some((MarkWord::Chapter, len));
    }
    PART_WORDS.contains(&folded.as_str()).then_some((MarkWord::Part, len))
}

/// "Chaptre", "Chapterr": same first letters and last letters near enough.
fn is_misspelt_chapter(folded: &str) -> bool {
    matches!(
        folded,
        "chaptre"
            | "chatper"
            | "chapetr"
            | "cahpter"
            | "chapterr"
            | "chpater"
            | "chaptr"
            | "capter"
            | "hapter"
    )
}

/// Reads "-3", " of 5", "/5" behind the number.
fn range_and_total(text: &str, from: usize, mark: &mut ChapterMark) -> usize {
    let mut at = from;
    let rest = &text[at..];
    for joint in [" - ", "-", "–", " – ", " to ", " & ", " and ", ", "] {
        if let Some(tail) = rest.strip_prefix(joint)
            && let Some(last) = leading_number(tail).filter(|last| last.form == NumberForm::Digits)
            && Some(last.value) > mark.number
            && !(joint == ", " && mark.word == MarkWord::Chapter)
        {
            let end = at + joint.len() + last.len;
            if is_mark_end(&text[end..]) {
                mark.through = Some(last.value);
                at = end;
            }
            break;
        }
    }
    let rest = &text[at..];
    for joint in [" of ", "/", " / ", " out of ", " von ", " de ", " di ", " sur ", " из "] {
        if let Some(tail) = rest.strip_prefix(joint) {
            if let Some(total) =
                leading_number(tail).filter(|total| Some(total.value) >= mark.number)
            {
                mark.of = Some(total.value);
                return at + joint.len() + total.len;
            }
            if tail.starts_with('?') {
                return at + joint.len() + 1;
            }
        }
    }
    at
}

fn is_mark_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', ':', '.', '/', ')', ']', '-', ','])
}

/// Takes what stands behind the number as the title, or refuses the line as prose.
fn title_after(text: &str, at: usize, mark: &mut ChapterMark) -> Option<()> {
    let rest = &text[at..];
    let signs: usize = rest.len()
        - rest
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        ':' | '：'
                            | '.'
                            | '-'
                            | '–'
                            | '—'
                            | '~'
                            | '|'
                            | ')'
                            | ']'
                            | '>'
                            | '*'
                            | '='
                            | ','
                            | '…'
                    )
            })
            .len();
    let (between, title) = (&rest[..signs], &rest[signs..]);
    let title = title.trim_end();
    if title.is_empty() {
        return Some(());
    }
    let separated = between.contains([':', '：', '.', '-', '–', '—', '~', '|', ')', ']', '>', '=']);
    let words = word_count(title);
    let quoted = title.starts_with(['"', '“', '„', '«', '\'', '‘', '(', '《', '「']);
    let capitals = title
        .split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .all(|word| !word.starts_with(char::is_lowercase));
    let fits = if separated {
        words <= 14
    } else {
        !between.contains(',')
            && words <= 9
            && (quoted || (capitals && !title.ends_with(['.', ','])) || title.starts_with("by "))
    };
    let is_prose = title.ends_with([',', ';'])
        || (words > 6 && title.ends_with('.') && !title.ends_with("..."));
    if !fits || is_prose {
        return None;
    }
    mark.title = Some(at + signs..at + signs + title.len());
    Some(())
}

fn named_mark(text: &str) -> Option<ChapterMark> {
    let len =
        text.find(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').unwrap_or(text.len());
    let folded = fold(text.get(..len).filter(|word| !word.is_empty() && word.len() <= 36)?);
    let named = |words: &[&str]| words.contains(&folded.as_str());
    let word = if named(BEFORE_WORDS) {
        MarkWord::Before
    } else if named(AFTER_WORDS) {
        MarkWord::After
    } else if named(BETWEEN_WORDS) {
        MarkWord::Between
    } else {
        return None;
    };
    let mut mark = ChapterMark {
        word,
        number: None,
        through: None,
        of: None,
        form: None,
        written: 0..len,
        title: None,
        decorated: false,
    };
    let mut at = len;
    if let Some(number) = text[len..].strip_prefix(' ').and_then(leading_number) {
        at = len + 1 + number.len;
        mark.written = 0..at;
    }
    title_after(text, at, &mut mark)?;
    let is_capital = text.starts_with(|c: char| !c.is_lowercase());
    (is_capital || text.len() == len).then_some(mark)
}

/// 第十二章 标题, 第3话.
fn cjk_mark(text: &str) -> Option<ChapterMark> {
    let rest = text.strip_prefix('第')?;
    let spaces = rest.len() - rest.trim_start().len();
    let number =
        leading_number(rest.trim_start()).or_else(|| digits_then_cjk(rest.trim_start()))?;
    let start = '第'.len_utf8() + spaces;
    let unit_at = start + number.len;
    let after = text[unit_at..].trim_start();
    let unit = after.chars().next()?;
    let word = match unit {
        '章' | '回' | '话' | '話' | '节' | '節' | '集' | '篇' => MarkWord::Chapter,
        '部' | '卷' | '巻' | '幕' | '编' => MarkWord::Part,
        _ => return None,
    };
    let mut mark = ChapterMark {
        word,
        number: Some(number.value),
        through: Some(number.value),
        of: None,
        form: Some(number.form),
        written: start..unit_at,
        title: None,
        decorated: false,
    };
    let at = text.len() - after.len() + unit.len_utf8();
    let title = text[at..].trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '.' | '-' | '、' | '·')
    });
    if title.chars().count() > 40 || title.contains(['。', '，', ',']) {
        return None;
    }
    if !title.is_empty() {
        mark.title = Some(text.len() - title.len()..text.len());
    }
    Some(mark)
}

fn digits_then_cjk(text: &str) -> Option<super::numbers::Number> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..len)?.parse().ok()?;
    Some(super::numbers::Number { value, form: NumberForm::Digits, len })
}

/// "First Chapter", "1. Kapitel", "Erster Teil", "Première partie".
fn number_first(text: &str) -> Option<ChapterMark> {
    let number = leading_number(text)?;
    let rest = &text[number.len..];
    let gap = rest.len() - rest.trim_start_matches(['.', ' ', '-', ')']).len();
    if gap == 0 || number.form == NumberForm::Roman {
        return None;
    }
    let (word, len) = keyword(&rest[gap..]).filter(|(_, len)| *len >= 4)?;
    let mut mark = ChapterMark {
        word,
        number: Some(number.value),
        through: Some(number.value),
        of: None,
        form: Some(number.form),
        written: 0..number.len,
        title: None,
        decorated: false,
    };
    let at = number.len + gap + len;
    let next = text[at..].chars().next();
    if next.is_some_and(|c| c.is_alphanumeric() || c == ' ') && !text[at..].starts_with(" -") {
        return None;
    }
    title_after(text, at, &mut mark)?;
    Some(mark)
}

/// "3", "3.", "IV", "1. The Name", "I. The Name", "03 – The Name".
fn bare_mark(text: &str) -> Option<ChapterMark> {
    let number = leading_number(text)?;
    let capital_roman =
        number.form == NumberForm::Roman && text.starts_with(|c: char| c.is_ascii_uppercase());
    if !(number.form == NumberForm::Digits || capital_roman || number.form == NumberForm::Word)
        || number.value > 300
    {
        return None;
    }
    let rest = &text[number.len..];
    let alone =
        rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ':')).is_empty();
    if number.form == NumberForm::Word && !alone {
        return None;
    }
    let mut mark = ChapterMark {
        word: MarkWord::Bare,
        number: Some(number.value),
        through: Some(number.value),
        of: None,
        form: Some(number.form),
        written: 0..number.len,
        title: None,
        decorated: false,
    };
    if alone {
        return Some(mark);
    }
    let separated = rest.starts_with(['.', ')', ':'])
        || rest.starts_with(" -")
        || rest.starts_with(" –")
        || rest.starts_with(" —")
        || rest.starts_with(" ~");
    let name = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ')' | ':' | '-' | '–' | '—' | '~')
    });
    let named = separated
        && word_count(name) <= 8
        && name.starts_with(char::is_uppercase)
        && !name.ends_with(['.', ',', ';', ':']);
    if !named || rest.starts_with(['.', ':']) && rest[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    mark.title = Some(text.len() - name.len()..text.len());
    Some(mark)
}
