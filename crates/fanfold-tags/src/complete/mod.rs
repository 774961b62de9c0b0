//! What a reader is typing: tags with these words, the most used first, though a letter is wrong, a word is missing in
//! front, or the name is another one of the tag.
//!
//! Every word that was typed must begin a word of the name, in any order; only if too few names are found are slips
//! forgiven (one in words of four letters, two in words of eight). What begins with all that was typed comes first, then what
//! is most used.

mod fandoms;
mod lexicon;

use crate::name::{apart, without_marks};
use fandoms::NamesOfFandoms;
use fanfold_model::{TagKind, fold_name};
use lexicon::{Lexicon, Stretches};
use std::collections::HashSet;
use std::ops::Range;

/// Names that are looked at more closely.
const CLOSER: usize = 200;
/// Names that begin as typed, in order of the alphabet, that are looked at.
const BEGINNINGS: usize = 2_000;
/// Longest part of a text without spaces whose inner beginnings are words too, in letters.
const RUN: usize = 12;
/// Longest word in which slips are looked for, in letters.
const LONGEST: usize = 40;
/// Words of what is typed that count.
const MOST_WORDS: usize = 8;

/// A tag's name, to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The tag's number.
    pub id: u64,
    /// Its kind.
    pub kind: TagKind,
    /// Its name as written.
    pub name: String,
    /// Works that carry it.
    pub uses: u32,
    /// The number of its canonical tag, if it is another name of one.
    pub means: Option<u64>,
    /// Numbers of the fandoms it belongs to; empty if unknown.
    pub fandoms: Vec<u64>,
}

/// What is being typed.
#[derive(Debug, Clone, Default)]
pub struct Typed<'a> {
    /// The text so far.
    pub text: &'a str,
    /// Only tags of this kind.
    pub kind: Option<TagKind>,
    /// Tags of these fandoms come before all others.
    pub fandoms: &'a [u64],
    /// Most answers.
    pub limit: usize,
}

/// A tag that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The number of the tag, or of its canonical one.
    pub id: u64,
    /// Its kind.
    pub kind: TagKind,
    /// Its name.
    pub name: String,
    /// Works that carry the tag under this name.
    pub uses: u32,
    /// The other name under which it was found.
    pub also: Option<String>,
    /// Whether a slip was forgiven.
    pub slipped: bool,
}

/// All names, ready to be asked. Names are numbered by use.
#[derive(Debug, Default)]
pub struct Completer {
    names: String,
    ends: Vec<u32>,
    ids: Vec<u64>,
    kinds: Vec<TagKind>,
    uses: Vec<u32>,
    /// The number of the canonical name, `u32::MAX` for none.
    means: Vec<u32>,
    of_fandoms: NamesOfFandoms,
    /// Names in the order of their folded form …
    by_name: Vec<u32>,
    /// … and the place of each in it.
    places: Vec<u32>,
    lexicon: Lexicon,
}

const NONE: u32 = u32::MAX;

/// Places, in the order of folded names, of those that are what was typed, and of those that go on behind it.
struct Beginning {
    whole: Range<usize>,
    longer: Range<usize>,
}

impl Completer {
    /// Takes all names there are. More than 4,000 million bytes of names are not all found.
    #[must_use]
    pub fn of(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| b.uses.cmp(&a.uses).then(a.id.cmp(&b.id)));
        let mut numbers: Vec<(u64, u32)> =
            (0..).zip(&entries).map(|(n, own)| (own.id, n)).collect();
        numbers.sort_unstable();
        let number_of = |id: u64| {
            let place = numbers.binary_search_by_key(&id, |(own, _)| *own).ok()?;
            numbers.get(place).map(|(_, number)| *number)
        };
        let mut completer =
            Self { of_fandoms: NamesOfFandoms::of(&entries, number_of), ..Self::default() };
        let (mut pairs, mut folded) = (Vec::new(), Vec::new());
        for (number, entry) in (0_u32..).zip(&entries) {
            let name = searched(&entry.name);
            pairs.extend(words(&name).into_iter().map(|word| (word, number)));
            folded.push((name, number));
            completer.push(entry, entry.means.and_then(number_of));
        }
        drop(entries);
        folded.sort_unstable();
        completer.by_name = folded.into_iter().map(|(_, number)| number).collect();
        completer.places = vec![0; completer.by_name.len()];
        for (place, number) in (0..).zip(&completer.by_name) {
            completer.places[*number as usize] = place;
        }
        completer.lexicon = Lexicon::of(pairs);
        completer
    }

    fn push(&mut self, entry: &Entry, means: Option<u32>) {
        let place = |length: usize| u32::try_from(length).unwrap_or(NONE);
        self.names.push_str(&entry.name);
        self.ends.push(place(self.names.len()));
        self.ids.push(entry.id);
        self.kinds.push(entry.kind);
        self.uses.push(entry.uses);
        self.means.push(means.unwrap_or(NONE));
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The tags that may be meant, the likeliest first, each once. Nothing typed gives nothing.
    #[must_use]
    pub fn complete(&self, typed: &Typed<'_>) -> Vec<Completion> {
        let text = searched(typed.text);
        let mut words = apart(&text);
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            return Vec::new();
        }
        let beginning = self.beginning(&text);
        let exact: Vec<Stretches> = words.iter().map(|word| self.words_like(word, false)).collect();
        let mut found = self.first_of(&beginning, typed);
        found.extend(self.in_all(&exact, typed));
        let mut answers = self.ranked(found, &beginning, typed, false);
        if answers.len() < typed.limit {
            let near: Vec<Stretches> =
                words.iter().map(|word| self.words_like(word, true)).collect();
            let slipped = self.ranked(self.in_all(&near, typed), &beginning, typed, true);
            let known: HashSet<u64> = answers.iter().map(|own| own.id).collect();
            answers.extend(slipped.into_iter().filter(|own| !known.contains(&own.id)));
            answers.truncate(typed.limit);
        }
        answers
    }

    /// Where the names are that begin with all that was typed.
    fn beginning(&self, text: &str) -> Beginning {
        let of = |number: &u32| searched(self.name(*number));
        let start = self.by_name.partition_point(|number| of(number).as_str() < text);
        let behind = self.by_name.get(start..).unwrap_or_default();
        let whole = behind.iter().take_while(|number| of(number) == text).count();
        let all = behind.partition_point(|number| of(number).starts_with(text));
        Beginning { whole: start..start + whole, longer: start + whole..start + all }
    }

    /// Numbers of some of these names, first of the alphabet first.
    fn first_of(&self, beginning: &Beginning, typed: &Typed<'_>) -> Vec<u32> {
        let names = self.by_name.get(beginning.whole.start..beginning.longer.end);
        let some = names.unwrap_or_default().iter().take(BEGINNINGS).copied();
        some.filter(|number| self.fits(*number, typed)).take(CLOSER).collect()
    }

    /// Words that begin so, or nearly so.
    fn words_like(&self, word: &str, near: bool) -> Stretches {
        let letters = word.chars().count();
        let slips = match letters {
            4..8 if near => 1,
            8..=LONGEST if near => 2,
            _ => 0,
        };
        if slips == 0 { self.lexicon.beginning(word) } else { self.lexicon.near(word, slips) }
    }

    /// The most used names that have a word of each sort: some of the chosen fandoms, and some of all.
    fn in_all(&self, words: &[Stretches], typed: &Typed<'_>) -> Vec<u32> {
        let has_all = |number: &u32| {
            let own = self.lexicon.words_of(*number);
            self.fits(*number, typed)
                && words.iter().all(|asked| own.iter().any(|word| asked.has(*word)))
        };
        let counted = words.iter().map(|asked| (self.lexicon.count(asked), asked));
        let Some((count, rarest)) = counted.min_by_key(|(count, _)| *count) else {
            return Vec::new();
        };
        if count == 0 {
            return Vec::new();
        }
        let of_fandoms = self.of_fandoms.names(typed.fandoms);
        let mut found: Vec<u32> = of_fandoms.into_iter().filter(has_all).take(CLOSER).collect();
        // Of a word that many names have, the most used are soon met where names stand by use.
        let by_use = count.saturating_mul(2).min(self.len());
        let walked = (0..).take(by_use).filter(has_all).take(CLOSER);
        let before = found.len();
        found.extend(walked);
        let missing = CLOSER - (found.len() - before);
        if missing > 0 && by_use < self.len() {
            let names = self.lexicon.names_of(rarest).filter(|number| *number as usize >= by_use);
            let mut rest: Vec<u32> = names.filter(has_all).collect();
            rest.sort_unstable();
            rest.dedup();
            found.extend(rest.into_iter().take(missing));
        }
        found
    }

    fn fits(&self, number: u32, typed: &Typed<'_>) -> bool {
        typed.kind.is_none_or(|kind| self.kinds.get(number as usize) == Some(&kind))
    }

    fn canonical(&self, number: u32) -> u32 {
        self.means.get(number as usize).copied().filter(|own| *own != NONE).unwrap_or(number)
    }

    fn name(&self, number: u32) -> &str {
        let end = self.ends.get(number as usize).map_or(0, |end| *end as usize);
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before as usize));
        self.names.get(start.map_or(0, |start| *start as usize)..end).unwrap_or_default()
    }

    /// The chosen fandoms first, then the name itself, then what begins so, then the most used.
    fn ranked(
        &self,
        mut found: Vec<u32>,
        beginning: &Beginning,
        typed: &Typed<'_>,
        slipped: bool,
    ) -> Vec<Completion> {
        found.sort_unstable();
        found.dedup();
        let rank = |number: &u32| {
            let place = self.places.get(*number as usize).map_or(usize::MAX, |at| *at as usize);
            let how = match place {
                whole if beginning.whole.contains(&whole) => 0,
                longer if beginning.longer.contains(&longer) => 1,
                _ => 2,
            };
            let elsewhere =
                !typed.fandoms.is_empty() && !self.of_fandoms.has(typed.fandoms, *number);
            (elsewhere && how > 0, how, *number)
        };
        found.sort_by_cached_key(rank);
        let mut known = HashSet::new();
        let once = found.into_iter().filter(|number| known.insert(self.canonical(*number)));
        once.take(typed.limit).filter_map(|number| self.completion(number, slipped)).collect()
    }

    fn completion(&self, number: u32, slipped: bool) -> Option<Completion> {
        let canonical = self.canonical(number);
        let place = canonical as usize;
        Some(Completion {
            id: *self.ids.get(place)?,
            kind: *self.kinds.get(place)?,
            name: self.name(canonical).to_owned(),
            uses: *self.uses.get(place)?,
            also: (canonical != number).then(|| self.name(number).to_owned()),
            slipped,
        })
    }
}

/// A name as it is compared: folded, without marks.
fn searched(name: &str) -> String {
    without_marks(&fold_name(name))
}

/// The words of a name; in scripts that are written without spaces, every letter begins one.
fn words(name: &str) -> Vec<String> {
    let mut all = apart(name);
    for word in apart(name).iter().filter(|word| word.chars().any(is_unspaced)) {
        let inner = word.char_indices().skip(1).map(|(at, _)| word.get(at..).unwrap_or_default());
        all.extend(inner.map(|rest| rest.chars().take(RUN).collect()));
    }
    all
}

/// Han, Kana, Hangul, Thai and its neighbours.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests;
