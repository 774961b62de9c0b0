//! The words of all names in order of the alphabet, each with the names it stands in. Words that begin alike lie beside each
//! other, so a beginning is one stretch of names, however many words it has.

use std::ops::Range;

/// Words and where they stand. Names are numbered by use: the lowest number is the most used.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    /// Names of each word, one word behind the other.
    names: Vec<u32>,
    /// Where the names of each word end in `names`.
    name_ends: Vec<u32>,
}

impl Lexicon {
    /// Takes pairs of a word and a name's number.
    pub(super) fn of(mut pairs: Vec<(String, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut lexicon = Self::default();
        let mut last: Option<String> = None;
        for (word, name) in pairs {
            if last.as_deref() != Some(word.as_str()) {
                if last.is_some() {
                    lexicon.close();
                }
                lexicon.letters.push_str(&word);
                last = Some(word);
            }
            lexicon.names.push(name);
        }
        if last.is_some() {
            lexicon.close();
        }
        lexicon
    }

    fn close(&mut self) {
        self.ends.push(place(self.letters.len()));
        self.name_ends.push(place(self.names.len()));
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn word(&self, number: usize) -> &str {
        let end = self.ends.get(number).map_or(0, |end| *end as usize);
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before));
        self.letters.get(start.map_or(0, |start| *start as usize)..end).unwrap_or_default()
    }

    /// The names in which words of these numbers stand; a name may come several times.
    pub(super) fn names(&self, words: Range<usize>) -> &[u32] {
        let end_of = |number: usize| self.name_ends.get(number).map_or(0, |end| *end as usize);
        let start = words.start.checked_sub(1).map_or(0, end_of);
        let end = words.end.checked_sub(1).map_or(0, end_of);
        self.names.get(start..end).unwrap_or_default()
    }

    /// The words that begin so.
    pub(super) fn beginning(&self, with: &str) -> Range<usize> {
        let start = self.first(0, |word| word >= with);
        start..self.behind(start, with)
    }

    /// The first word behind those that begin so, which `from` is among or right behind.
    fn behind(&self, from: usize, with: &str) -> usize {
        self.first(from, |word| word > with && !word.starts_with(with))
    }

    /// The first word from here on for which something holds that holds for all behind it too; nearest first, because it is
    /// mostly near.
    fn first(&self, from: usize, holds: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut step) = (from, 1);
        while low + step < self.len() && !holds(self.word(low + step)) {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.word(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// Stretches of words whose beginning is the typed one but for a few slips: a letter too many, too few, another, or two
    /// that changed places. Words whose beginning cannot become near are passed over together.
    pub(super) fn near(&self, typed: &str, slips: usize) -> Vec<Range<usize>> {
        let typed: Vec<char> = typed.chars().collect();
        let mut rows = Rows::of(&typed);
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.len() {
            let word = self.word(at);
            match rows.read(word, &typed, slips) {
                Verdict::BeginsNear(bytes) => {
                    let end = self.behind(at, word.get(..bytes).unwrap_or(word));
                    found.push(at..end.max(at + 1));
                    at = end.max(at + 1);
                }
                Verdict::Hopeless(bytes) => {
                    at = self.behind(at, word.get(..bytes).unwrap_or(word)).max(at + 1);
                }
                Verdict::TooShort => at += 1,
            }
        }
        found
    }
}

fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What is known after reading a word.
enum Verdict {
    /// Its first so many bytes are near what was typed, and so is every word that begins with them.
    BeginsNear(usize),
    /// No word that begins with these bytes is.
    Hopeless(usize),
    /// It ended before either was certain.
    TooShort,
}

/// Slips between beginnings of a word and of what was typed, row by row; rows of letters that the word has in common with
/// the word before are kept.
struct Rows {
    letters: Vec<char>,
    rows: Vec<Vec<usize>>,
}

impl Rows {
    fn of(typed: &[char]) -> Self {
        Self { letters: Vec::new(), rows: vec![(0..=typed.len()).collect()] }
    }

    fn read(&mut self, word: &str, typed: &[char], slips: usize) -> Verdict {
        let mut bytes = 0;
        for (depth, letter) in word.chars().enumerate() {
            bytes += letter.len_utf8();
            if self.letters.get(depth) != Some(&letter) {
                self.letters.truncate(depth);
                self.rows.truncate(depth + 1);
                self.letters.push(letter);
                let row = self.next(typed);
                self.rows.push(row);
            }
            let Some(row) = self.rows.get(depth + 1) else { return Verdict::TooShort };
            if row.last().is_some_and(|own| *own <= slips) {
                return Verdict::BeginsNear(bytes);
            }
            if row.iter().all(|own| *own > slips) {
                return Verdict::Hopeless(bytes);
            }
        }
        Verdict::TooShort
    }

    /// The row of the last letter: the fewest slips to each beginning of what was typed.
    fn next(&self, typed: &[char]) -> Vec<usize> {
        let depth = self.letters.len();
        let (Some(above), Some(letter)) = (self.rows.last(), self.letters.last()) else {
            return Vec::new();
        };
        let before = depth
            .checked_sub(2)
            .and_then(|own| Some((self.letters.get(own)?, self.rows.get(own)?)));
        let mut row = vec![depth];
        for (column, own) in typed.iter().enumerate() {
            let changed = above[column] + usize::from(own != letter);
            let mut least = changed.min(above[column + 1] + 1).min(row[column] + 1);
            if let (Some((earlier, row_before)), Some(left)) = (before, column.checked_sub(1))
                && (own, typed[left]) == (earlier, *letter)
            {
                least = least.min(row_before[left] + 1);
            }
            row.push(least);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        Lexicon::of((0..).zip(words).map(|(n, word)| ((*word).to_owned(), n)).collect())
    }

    fn found(lexicon: &Lexicon, typed: &str, slips: usize) -> Vec<String> {
        let near = lexicon.near(typed, slips);
        near.into_iter().flatten().map(|number| lexicon.word(number).to_owned()).collect()
    }

    #[test]
    fn a_beginning_is_one_stretch_of_words() {
        let lexicon = lexicon(&[
            "gunn",
            "haw",
            "hawk",
            "hawkins",
            "hay",
            "\u{43b}\u{430}\u{43c}\u{43f}\u{430}",
        ]);
        let words = |with| lexicon.beginning(with).map(|own| lexicon.word(own)).collect::<Vec<_>>();
        assert_eq!(words("haw"), ["haw", "hawk", "hawkins"]);
        assert_eq!(words("g"), ["gunn"]);
        assert_eq!(words("\u{43b}"), ["\u{43b}\u{430}\u{43c}\u{43f}\u{430}"]);
        assert_eq!(words("z"), [""; 0]);
        assert_eq!(lexicon.names(lexicon.beginning("h")), [1, 2, 3, 4]);
        assert_eq!(words("").len(), 6);
    }

    #[test]
    fn one_slip_is_forgiven_wherever_it_is() {
        let lexicon = lexicon(&["hawkins", "howl", "silver", "trelawney"]);
        for typed in ["hakwins", "hawkns", "hawwkins", "hawjins", "awkins", "hwk"] {
            assert_eq!(found(&lexicon, typed, 1), ["hawkins"], "{typed}");
        }
        assert_eq!(found(&lexicon, "trelanwy", 2), ["trelawney"]);
        assert_eq!(found(&lexicon, "sliver", 1), ["silver"]);
        assert_eq!(found(&Lexicon::default(), "x", 1), [""; 0]);
    }

    /// The fewest slips between what was typed and any beginning of a word, straight from the definition.
    fn slips(word: &str, typed: &str) -> usize {
        let (word, typed): (Vec<char>, Vec<char>) =
            (word.chars().collect(), typed.chars().collect());
        let mut table = vec![vec![0; typed.len() + 1]; word.len() + 1];
        for i in 0..=word.len() {
            for j in 0..=typed.len() {
                table[i][j] = match (i, j) {
                    (0, many) | (many, 0) => many,
                    _ => {
                        let change = usize::from(word[i - 1] != typed[j - 1]);
                        let mut least = (table[i - 1][j - 1] + change)
                            .min(table[i - 1][j] + 1)
                            .min(table[i][j - 1] + 1);
                        if i > 1
                            && j > 1
                            && word[i - 1] == typed[j - 2]
                            && word[i - 2] == typed[j - 1]
                        {
                            least = least.min(table[i - 2][j - 2] + 1);
                        }
                        least
                    }
                };
            }
        }
        table.iter().map(|row| row[typed.len()]).min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn near_words_are_exactly_those_of_the_definition(
            words in prop::collection::btree_set("[ab\u{e9}]{1,6}", 0..40),
            typed in "[ab\u{e9}]{2,6}",
            most in 1_usize..3,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let lexicon = lexicon(&words);
            let expected: Vec<&str> = words.iter().copied().filter(|word| slips(word, &typed) <= most).collect();
            prop_assert_eq!(found(&lexicon, &typed, most), expected);
        }
    }
}
