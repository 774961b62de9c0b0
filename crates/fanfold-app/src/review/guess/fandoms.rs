//! A fandom from the names in a text, learned from this library's own tags: a work that names no fandom and speaks of Jim
//! Hawkins and Ben Gunn all the time is probably of the fandom whose works here carry these names. A guess for a person,
//! with why; never a fact.

use super::words_of;
use fanfold_model::Suggestion;
use fanfold_storage::FandomName;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A name that belongs to this share of one fandom's works belongs to the fandom.
const BELONGS: f64 = 0.8;
/// Names of one word are shorter than this only by chance.
const SHORTEST: usize = 5;

/// Names that belong to one fandom each, by their first word.
pub(super) struct Names {
    by_first: HashMap<String, Vec<(Vec<String>, usize)>>,
    fandoms: Vec<String>,
}

impl Names {
    pub(super) fn learn(taught: &[FandomName]) -> Self {
        let mut by_name: BTreeMap<Vec<String>, BTreeMap<String, u32>> = BTreeMap::new();
        for one in taught {
            for name in persons(&one.name) {
                *by_name.entry(name).or_default().entry(one.fandom.clone()).or_default() +=
                    one.works;
            }
        }
        let mut names = Self { by_first: HashMap::new(), fandoms: Vec::new() };
        for (name, fandoms) in by_name {
            let all: u32 = fandoms.values().sum();
            let Some((fandom, most)) = fandoms.into_iter().max_by_key(|(_, works)| *works) else {
                continue;
            };
            if f64::from(most) < BELONGS * f64::from(all) {
                continue;
            }
            let place = names.fandoms.iter().position(|known| *known == fandom);
            let place = place.unwrap_or_else(|| {
                names.fandoms.push(fandom);
                names.fandoms.len() - 1
            });
            let Some(first) = name.first().cloned() else { continue };
            names.by_first.entry(first).or_default().push((name, place));
        }
        names
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The fandom that a text's names speak for: at least two persons, or one with two names many times, and far more
    /// than for any other.
    pub(super) fn guess(&self, chapters: &[&str]) -> Option<Suggestion> {
        let words: Vec<&str> = chapters.iter().flat_map(|html| words_of(html)).collect();
        let mut met: BTreeMap<usize, BTreeMap<&Vec<String>, u32>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            for (name, fandom) in self.by_first.get(*word).into_iter().flatten() {
                if words.len() >= at + name.len() && name.iter().eq(&words[at..at + name.len()]) {
                    *met.entry(*fandom).or_default().entry(name).or_default() += 1;
                }
            }
        }
        let weight = |persons: &BTreeMap<&Vec<String>, u32>| persons.values().sum::<u32>();
        let mut ranked: Vec<_> = met.into_iter().collect();
        ranked.sort_by_key(|(_, persons)| std::cmp::Reverse(weight(persons)));
        let (fandom, persons) = ranked.first()?;
        let said = weight(persons);
        let next = ranked.get(1).map_or(0, |(_, persons)| weight(persons));
        let often: Vec<_> = persons.iter().filter(|(_, times)| **times >= 2).collect();
        let enough =
            often.len() >= 2 || often.iter().any(|(name, times)| name.len() >= 2 && **times >= 5);
        if !enough || said < next * 3 {
            return None;
        }
        let mut told: Vec<_> = often.into_iter().collect();
        told.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
        let told: Vec<String> = told
            .iter()
            .take(3)
            .map(|(name, times)| format!("{} ({times} times)", name.join(" ")))
            .collect();
        Some(Suggestion {
            field: "fandoms".to_owned(),
            value: self.fandoms.get(*fandom)?.clone(),
            confidence: (0.4 + 0.1 * persons.len().min(5) as f64).min(0.9),
            why: format!(
                "The text speaks of {}, as works of this fandom here do.",
                told.join(", ")
            ),
        })
    }
}

/// The persons of a character or relationship tag, word by word: "Jim Hawkins/Ben Gunn" are two. Names that any text may
/// hold by chance are left out.
fn persons(tag: &str) -> HashSet<Vec<String>> {
    let tag = tag.split(" (").next().unwrap_or(tag);
    let person = |part: &str| -> Option<Vec<String>> {
        let words: Vec<String> = words_of(part).map(str::to_owned).collect();
        let named = words.iter().all(|word| word.starts_with(char::is_uppercase));
        let long =
            words.len() >= 2 || words.first().is_some_and(|word| word.chars().count() >= SHORTEST);
        (named && long && words.len() <= 4).then_some(words)
    };
    tag.split('/').flat_map(|part| part.split(" & ")).filter_map(person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_model::TagKind;

    fn taught() -> Names {
        let name = |name: &str, fandom: &str, works| FandomName {
            name: name.to_owned(),
            fandom: fandom.to_owned(),
            kind: TagKind::Character,
            works,
        };
        Names::learn(&[
            name("Jim Hawkins/Ben Gunn", "Treasure Island", 3),
            name("Long John Silver", "Treasure Island", 2),
            name("Sherlock Holmes", "Sherlock Holmes", 4),
            name("Mary", "Dracula", 2),
            name("Robin Hood", "Robin Hood", 2),
            name("Robin Hood", "Treasure Island", 2),
        ])
    }

    #[test]
    fn a_text_that_speaks_of_a_fandoms_persons_is_guessed_to_be_of_it_with_why() {
        let text =
            "Jim Hawkins sat. Ben Gunn laughed. “Cheese,” said Ben Gunn, and Jim Hawkins rose.";
        let guess = taught().guess(&[text]).unwrap();
        assert_eq!((guess.field.as_str(), guess.value.as_str()), ("fandoms", "Treasure Island"));
        assert!(guess.why.contains("Ben Gunn (2 times)"), "{}", guess.why);
        assert!(guess.confidence < 1.0);
    }

    #[test]
    fn one_passing_name_a_common_name_or_a_crossover_is_no_guess() {
        let names = taught();
        for text in [
            "He looked like Sherlock Holmes that day.",
            "Mary came. Mary went. Mary sat. Mary laughed. Mary slept.",
            "Robin Hood and Robin Hood and Robin Hood and Robin Hood and Robin Hood.",
            "Jim Hawkins, Ben Gunn, Jim Hawkins, Ben Gunn met Sherlock Holmes, Sherlock Holmes, \
             Sherlock Holmes, Sherlock Holmes and Sherlock Holmes.",
            "",
        ] {
            assert_eq!(names.guess(&[text]), None, "{text}");
        }
    }
}
