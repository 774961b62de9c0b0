//! Which part of a whole a title, subject or label says this is: "(2/5)", "part 2 of 5", "[1 of 2]",
//! "pt.1", "Parts 1,2,3 of Eight", "Fourth of Eight", "#3"; and the weak hint of a file's name.
//! "Ranma 1/2" is a name, not a part.

use std::ops::Range;

use super::chapters::{ChapterMark, MarkWord, chapter_mark};
use super::lines::fold;
use super::numbers::{NumberForm, leading_number};

/// A part mark in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartIn {
    /// The first part.
    pub part: u32,
    /// The last part.
    pub through: u32,
    /// The stated total.
    pub of: Option<u32>,
    /// Where the mark stands in the text, brackets included.
    pub place: Range<usize>,
    /// The chapter mark it was read from, if it was one ("Tale, Chapter Two").
    pub chapter: Option<ChapterMark>,
}

/// The part a title, subject line or "Part:" value names.
#[must_use]
pub fn part_mark(text: &str) -> Option<PartIn> {
    bracketed(text)
        .or_else(|| worded(text))
        .or_else(|| ordinal_of(text))
        .or_else(|| bare_fraction(text))
        .or_else(|| hash(text))
        .or_else(|| trailing_chapter(text))
}

/// The title without its part mark, and the part's own title where one follows the mark
/// ("Letters, Part 1: The Question").
#[must_use]
pub fn without_part_mark(title: &str, part: &PartIn) -> (String, Option<String>) {
    let joints: &[char] = &[' ', ',', ':', '-', '–', '—', '~', '|', '(', '['];
    let head = title[..part.place.start].trim_end_matches(joints);
    let tail = title[part.place.end..]
        .trim_start_matches(|c: char| joints.contains(&c) || matches!(c, ')' | ']' | '.'))
        .trim_end();
    let own = part
        .chapter
        .as_ref()
        .and_then(|mark| mark.title.clone())
        .map(|range| title[range].to_owned());
    match (head.is_empty(), tail.is_empty()) {
        (true, _) => (tail.to_owned(), own),
        (false, true) => (head.to_owned(), own),
        (false, false) => (head.to_owned(), Some(tail.to_owned())),
    }
}

/// (2/5) [1 of 2] {3} (Part 2) (1a/7) (00/?).
fn bracketed(text: &str) -> Option<PartIn> {
    let mut from = 0;
    while let Some(open) = text[from..].find(['(', '[', '{']).map(|at| from + at) {
        let close = text[open..].find([')', ']', '}']).map(|at| open + at)?;
        let inside = &text[open + 1..close];
        if let Some(part) = counted(inside.trim()).or_else(|| worded_whole(inside.trim())) {
            return Some(PartIn { place: open..close + 1, ..part });
        }
        from = close + 1;
    }
    None
}

/// "2/5", "2 of 5", "1a/7", "2 von 5", "1-3/8": nothing else in the text.
fn counted(text: &str) -> Option<PartIn> {
    let (number, rest) = number_or_list(text)?;
    let joint = ["/", " of ", " von ", " de ", " di ", " из ", " sur ", " out of "]
        .into_iter()
        .find(|joint| rest.trim_start_matches(' ').starts_with(joint.trim_start()))?;
    let tail = rest.trim_start()[joint.trim_start().len()..].trim();
    let of = total(tail)?;
    let fits = of.is_none_or(|of| of >= number.1 && of > 0 && of < 500) && number.0 <= 500;
    fits.then_some(PartIn {
        part: number.0,
        through: number.1,
        of,
        place: 0..text.len(),
        chapter: None,
    })
}

/// A total: `Some(None)` for "?", `None` when it is no total.
fn total(text: &str) -> Option<Option<u32>> {
    if !text.is_empty() && text.chars().all(|c| matches!(c, '?' | 'X' | 'x')) {
        return Some(None);
    }
    let number = leading_number(text)?;
    let rest = text[number.len..].trim_matches([' ', '.', '?', '+', ')']);
    rest.is_empty().then_some(Some(number.value))
}

/// The first and last of "3", "1-3", "1,2,3", "1 & 2", and what follows.
fn number_or_list(text: &str) -> Option<((u32, u32), &str)> {
    let first = leading_number(text)?;
    let mut last = first.value;
    let mut rest = &text[first.len..];
    loop {
        let tail = rest.trim_start_matches([' ', ',', '-', '–', '&']);
        let tail = tail.strip_prefix("and ").unwrap_or(tail);
        if tail.len() == rest.len() {
            break;
        }
        match leading_number(tail).filter(|next| {
            next.value == last + 1
                || (next.value > last && rest.trim_start().starts_with(['-', '–']))
        }) {
            Some(next) => {
                last = next.value;
                rest = &tail[next.len..];
            }
            None => break,
        }
    }
    Some(((first.value, last), rest))
}

/// "part 2 of 5", "pt.1", "PART I", "Parts 1,2,3 of Eight" inside a text.
fn worded(text: &str) -> Option<PartIn> {
    starts_of_words(text).find_map(|at| {
        let found = worded_at(&text[at..])?;
        Some(PartIn { place: at..at + found.place.end, ..found })
    })
}

fn worded_whole(text: &str) -> Option<PartIn> {
    worded_at(text).filter(|part| part.place.end == text.len())
}

fn worded_at(text: &str) -> Option<PartIn> {
    const WORDS: [&str; 10] =
        ["parts", "part", "prt", "pts", "pt", "teil", "partie", "parte", "часть", "teile"];
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = fold(text.get(..len).filter(|word| word.len() <= 12)?);
    if !WORDS.contains(&word.as_str()) {
        return None;
    }
    let after = text[len..].trim_start_matches(['.', ' ', '#', ':', '-']);
    let start = text.len() - after.len();
    if start == len && !after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ((part, through), rest) = number_or_list(after)?;
    let mut end = text.len() - rest.len();
    let mut of = None;
    for joint in [" of ", "/", " / ", " von ", " de ", " di ", " из ", " sur "] {
        if let Some(tail) = rest.strip_prefix(joint) {
            let word_end = tail.find([' ', ')', ']', ',', ':', ';', '.']).unwrap_or(tail.len());
            if let Some(found) = total(&tail[..word_end]) {
                of = found;
                end = text.len() - tail.len() + word_end;
                break;
            }
        }
    }
    let clear = text[end..].is_empty() || !text[end..].starts_with(char::is_alphanumeric);
    (clear && part <= 500).then_some(PartIn { part, through, of, place: 0..end, chapter: None })
}

/// "Fourth of Eight", "Second of three parts", "first part of two".
pub(super) fn ordinal_of(text: &str) -> Option<PartIn> {
    starts_of_words(text).find_map(|at| {
        let rest = &text[at..];
        let number = leading_number(rest).filter(|number| number.form == NumberForm::Word)?;
        let tail = rest[number.len..]
            .trim_start()
            .strip_prefix("part ")
            .unwrap_or(rest[number.len..].trim_start());
        let tail = tail.strip_prefix("of ")?.trim_start_matches("a ");
        let total = leading_number(tail)
            .filter(|total| total.value >= number.value && total.form != NumberForm::Roman)?;
        let end = text.len() - tail.len() + total.len;
        let ordinal = fold(&rest[..number.len]).ends_with("th")
            || matches!(
                fold(&rest[..number.len]).as_str(),
                "first" | "second" | "third" | "one" | "two" | "three" | "four" | "five" | "six"
            );
        ordinal.then_some(PartIn {
            part: number.value,
            through: number.value,
            of: Some(total.value),
            place: at..end,
            chapter: None,
        })
    })
}

/// "Tale 2/5" at the end; a lone "1/2" after one name is that name ("Ranma 1/2").
fn bare_fraction(text: &str) -> Option<PartIn> {
    let trimmed = text.trim_end_matches([' ', '.', ',', ')', ']']);
    let start = trimmed.rfind([' ', '-', ',', ':']).map_or(0, |at| at + 1);
    let last = &trimmed[start..];
    let part = counted(last)?;
    let half = part.part == 1 && part.of == Some(2);
    let head = fold(text[..start].trim());
    if half
        && (head.is_empty()
            || head.split(' ').next_back().is_some_and(|word| word == "ranma")
            || head.split(' ').count() < 2)
        && start > 0
    {
        return None;
    }
    Some(PartIn { place: start..trimmed.len(), ..part })
}

/// "Tale #3" at the end.
fn hash(text: &str) -> Option<PartIn> {
    let at = text.rfind('#')?;
    let number =
        leading_number(&text[at + 1..]).filter(|number| number.form == NumberForm::Digits)?;
    let end = at + 1 + number.len;
    (at > 0 && text[end..].trim().is_empty()).then_some(PartIn {
        part: number.value,
        through: number.value,
        of: None,
        place: at..end,
        chapter: None,
    })
}

/// "Tale, Chapter Two: Name", "Tale - Kapitel 3", "Tale, Prologue".
fn trailing_chapter(text: &str) -> Option<PartIn> {
    starts_of_words(text).skip(1).find_map(|at| {
        let mark = chapter_mark(&text[at..])
            .filter(|mark| !matches!(mark.word, MarkWord::Bare | MarkWord::Between))?;
        let number = mark.number.unwrap_or(0);
        let joined = text[..at].trim_end().ends_with([',', ':', '-', '–', '—', '~', '|', '.'])
            || mark.number.is_some();
        let title = mark.title.clone().map(|title| at + title.start..at + title.end);
        let mark =
            ChapterMark { written: at + mark.written.start..at + mark.written.end, title, ..mark };
        joined.then_some(PartIn {
            part: number,
            through: mark.through.unwrap_or(number),
            of: mark.of,
            place: at..text.len(),
            chapter: Some(mark),
        })
    })
}

fn starts_of_words(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let starts = !before.is_alphanumeric() && c.is_alphanumeric();
        before = c;
        starts.then_some(at)
    })
}

/// The hint of a file name without folder ("tale_02.txt", "tale-part2.html", "SHERIFF3.TXT"): stem
/// without the number, and the number. Weak: only the files beside it can make it more.
#[must_use]
pub fn file_name_part(name: &str) -> Option<(String, u32)> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let digits = stem.len() - stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 3 {
        return None;
    }
    let (head, number) = stem.split_at(stem.len() - digits);
    let mut base = head.trim_end_matches(['_', '-', ' ', '.', '(', '#']);
    let lower = base.to_ascii_lowercase();
    for word in ["chapter", "part", "chap", "teil", "kapitel", "pt", "ch", "p"] {
        let cut = lower.len().checked_sub(word.len()).filter(|_| lower.ends_with(word));
        if let Some(cut) =
            cut.filter(|cut| *cut > 0 && base[..*cut].ends_with(['_', '-', ' ', '.']))
        {
            base = base[..cut].trim_end_matches(['_', '-', ' ', '.', '(']);
            break;
        }
    }
    let number = number.parse().ok().filter(|number| *number > 0)?;
    (!base.is_empty()).then(|| (base.to_owned(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_marks_of_many_forms_are_read_and_taken_from_the_title() {
        for (text, part, through, of, title) in [
            ("The Lamp (1/3)", 1, 1, Some(3), "The Lamp"),
            ("The Lamp [1 of 2]", 1, 1, Some(2), "The Lamp"),
            ("The Lamp (2/?)", 2, 2, None, "The Lamp"),
            ("The Lamp, Part 2 of 5", 2, 2, Some(5), "The Lamp"),
            ("The Lamp pt.1", 1, 1, None, "The Lamp"),
            ("The Lamp - PART IV", 4, 4, None, "The Lamp"),
            ("Parts 1,2,3 of Eight", 1, 3, Some(8), ""),
            ("The Lamp (Pt. 7/10)", 7, 7, Some(10), "The Lamp"),
            ("The Lamp 18/18", 18, 18, Some(18), "The Lamp"),
            ("The Lamp, Part 1: The Wick", 1, 1, None, "The Lamp"),
            ("The Lamp #4", 4, 4, None, "The Lamp"),
            ("The Lamp (1a/7)", 1, 1, Some(7), "The Lamp"),
            ("Fourth of Eight", 4, 4, Some(8), ""),
            ("The Lamp Chapter Two", 2, 2, None, "The Lamp"),
            ("The Lamp: Teil 3", 3, 3, None, "The Lamp"),
            ("NEW: The Lamp (00/?)", 0, 0, None, "NEW: The Lamp"),
            ("The Lamp (Parts 2-4/9)", 2, 4, Some(9), "The Lamp"),
        ] {
            let found = part_mark(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.part, found.through, found.of), (part, through, of), "{text}");
            assert_eq!(without_part_mark(text, &found).0, title, "{text}");
        }
    }

    #[test]
    fn numbers_of_names_are_no_parts() {
        for text in [
            "Ranma 1/2",
            "Partners in Time",
            "The Best Part",
            "24/7 Coffee",
            "A Parting of Ways",
            "Apartment 3",
            "The Sign of Four",
            "Part of Me",
            "One of Us",
        ] {
            assert_eq!(part_mark(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_name_hints_at_a_part() {
        assert_eq!(file_name_part("tale_02.txt"), Some(("tale".to_owned(), 2)));
        assert_eq!(file_name_part("tale-part2.html"), Some(("tale".to_owned(), 2)));
        assert_eq!(file_name_part("SHERIFF3.TXT"), Some(("SHERIFF".to_owned(), 3)));
        assert_eq!(file_name_part("lamp.txt"), None);
        assert_eq!(file_name_part("1999.txt"), None);
    }
}
