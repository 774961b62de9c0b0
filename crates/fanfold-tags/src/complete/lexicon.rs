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
    /// Words of each name, one name behind the other.
    words: Vec<u32>,
    /// Where the words of each name end in `words`.
    word_ends: Vec<u32>,
}

/// Words that were found, in stretches that do not meet, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stretches(Vec<Range<usize>>);

impl Stretches {
    /// Whether a word is among them.
    #[inline]
    pub(super) fn has(&self, word: u32) -> bool {
        let word = word as usize;
        match self.0.as_slice() {
            [only] => only.contains(&word),
            several => {
                let behind = several.partition_point(|stretch| stretch.start <= word);
                behind
                    .checked_sub(1)
                    .and_then(|at| several.get(at))
                    .is_some_and(|own| word < own.end)
            }
        }
    }
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
        lexicon.turn_round();
        lexicon
    }

    /// Makes the words of each name from the names of each word.
    fn turn_round(&mut self) {
        let names = self.names.iter().max().map_or(0, |last| *last as usize + 1);
        let mut next = vec![0_u32; names + 1];
        for name in &self.names {
            next[*name as usize + 1] += 1;
        }
        for at in 0..names {
            next[at + 1] += next[at];
        }
        self.word_ends = next.split_off(1);
        next.extend(self.word_ends.iter().take(names.saturating_sub(1)));
        self.words = vec![0; self.names.len()];
        for word in 0..self.len() {
            for name in self.names(word..word + 1).to_vec() {
                let place = &mut next[name as usize];
                self.words[*place as usize] = word as u32;
                *place += 1;
            }
        }
    }

    /// The words of a name, in order.
    #[inline]
    pub(super) fn words_of(&self, name: u32) -> &[u32] {
        let end = self.word_ends.get(name as usize).map_or(0, |end| *end as usize);
        let start = name.checked_sub(1).and_then(|before| self.word_ends.get(before as usize));
        self.words.get(start.map_or(0, |start| *start as usize)..end).unwrap_or_default()
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

    /// The names in which these words stand; a name may come several times.
    pub(super) fn names_of<'a>(&'a self, words: &'a Stretches) -> impl Iterator<Item = u32> + 'a {
        words.0.iter().flat_map(|stretch| self.names(stretch.clone())).copied()
    }

    /// How many [`Lexicon::names_of`] gives.
    pub(super) fn count(&self, words: &Stretches) -> usize {
        words.0.iter().map(|stretch| self.names(stretch.clone()).len()).sum()
    }

    fn names(&self, words: Range<usize>) -> &[u32] {
        let end_of = |number: usize| self.name_ends.get(number).map_or(0, |end| *end as usize);
        let start = words.start.checked_sub(1).map_or(0, end_of);
        let end = words.end.checked_sub(1).map_or(0, end_of);
        self.names.get(start..end).unwrap_or_default()
    }

    /// The words that begin so.
    pub(super) fn beginning(&self, with: &str) -> Stretches {
        let start = self.first(0, |word| word >= with);
        Stretches(Vec::from_iter(Some(start..self.behind(start, with))))
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
    pub(super) fn near(&self, typed: &str, slips: u8) -> Stretches {
        let typed: Vec<char> = typed.chars().collect();
        let mut rows = Rows::of(&typed);
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.len() {
            let word = self.word(at);
            match rows.read(word, slips) {
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
        Stretches(found)
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
struct Rows<'a> {
    typed: &'a [char],
    letters: Vec<char>,
    /// All rows, one behind the other: a walk through a lexicon makes hundreds of thousands.
    rows: Vec<u8>,
}

impl<'a> Rows<'a> {
    fn of(typed: &'a [char]) -> Self {
        let first = (0_u8..=u8::MAX).take(typed.len() + 1).collect();
        Self { typed, letters: Vec::new(), rows: first }
    }

    fn row(&self, depth: usize) -> &[u8] {
        let width = self.typed.len() + 1;
        self.rows.get(depth * width..(depth + 1) * width).unwrap_or_default()
    }

    fn read(&mut self, word: &str, slips: u8) -> Verdict {
        let mut bytes = 0;
        for (depth, letter) in word.chars().enumerate() {
            bytes += letter.len_utf8();
            if self.letters.get(depth) != Some(&letter) {
                self.letters.truncate(depth);
                self.rows.truncate((depth + 1) * (self.typed.len() + 1));
                self.letters.push(letter);
                self.push_next();
            }
            let row = self.row(depth + 1);
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
    fn push_next(&mut self) {
        let (depth, width) = (self.letters.len(), self.typed.len() + 1);
        let [.., letter] = self.letters[..] else { return };
        let earlier = depth.checked_sub(2).and_then(|own| self.letters.get(own)).copied();
        let above = (depth - 1) * width;
        let mut left = u8::try_from(depth).unwrap_or(u8::MAX);
        self.rows.push(left);
        for (column, own) in self.typed.iter().enumerate() {
            let changed = self.rows[above + column].saturating_add(u8::from(*own != letter));
            let more = self.rows[above + column + 1].min(left).saturating_add(1);
            left = changed.min(more);
            let before = column.checked_sub(1).map(|before| (before, self.typed[before]));
            if let (Some(earlier), Some((before, typed_before))) = (earlier, before)
                && (*own, typed_before) == (earlier, letter)
            {
                left = left.min(self.rows[above - width + before].saturating_add(1));
            }
            self.rows.push(left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        Lexicon::of((0..).zip(words).map(|(n, word)| ((*word).to_owned(), n)).collect())
    }

    fn found(lexicon: &Lexicon, typed: &str, slips: u8) -> Vec<String> {
        let near = lexicon.near(typed, slips);
        near.0.into_iter().flatten().map(|number| lexicon.word(number).to_owned()).collect()
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
        let words = |with| -> Vec<&str> {
            let stretches = lexicon.beginning(with).0;
            stretches.into_iter().flatten().map(|own| lexicon.word(own)).collect()
        };
        assert_eq!(words("haw"), ["haw", "hawk", "hawkins"]);
        assert_eq!(words("g"), ["gunn"]);
        assert_eq!(words("\u{43b}"), ["\u{43b}\u{430}\u{43c}\u{43f}\u{430}"]);
        assert_eq!(words("z"), [""; 0]);
        let beginning = lexicon.beginning("h");
        assert_eq!(lexicon.names_of(&beginning).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(lexicon.count(&beginning), 4);
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

    #[test]
    fn a_name_knows_its_words_and_a_word_its_names() {
        let pairs = [("ben", 1), ("gunn", 1), ("ben", 3), ("hands", 0), ("ben", 1)];
        let lexicon =
            Lexicon::of(pairs.into_iter().map(|(word, name)| (word.to_owned(), name)).collect());
        let words = |name| -> Vec<&str> {
            lexicon.words_of(name).iter().map(|word| lexicon.word(*word as usize)).collect()
        };
        assert_eq!(words(0), ["hands"]);
        assert_eq!(words(1), ["ben", "gunn"]);
        assert_eq!(words(2), [""; 0]);
        assert_eq!(words(3), ["ben"]);
        assert_eq!(words(4), [""; 0]);
    }

    #[test]
    fn a_word_is_among_several_stretches_or_between_them() {
        let stretches = Stretches(vec![2..4, 7..8]);
        let among: Vec<u32> = (0..10).filter(|word| stretches.has(*word)).collect();
        assert_eq!(among, [2, 3, 7]);
        assert!(!Stretches::default().has(0));
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
            most in 1_u8..3,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let lexicon = lexicon(&words);
            let expected: Vec<&str> = words.iter().copied().filter(|word| slips(word, &typed) <= usize::from(most)).collect();
            prop_assert_eq!(found(&lexicon, &typed, most), expected);
        }
    }
}
