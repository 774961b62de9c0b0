//! The choices of one document: made once by dice, then the same wherever the document repeats them.

use std::collections::BTreeMap;

use super::vocabulary::{Meant, Vocabulary, World};
use crate::generate::Dice;

/// The choices of one document.
pub(crate) struct Picks<'a> {
    words: &'a Vocabulary,
    dice: Dice,
    number: usize,
    salt: usize,
    world: usize,
    /// Sentences not used yet, by place in the vocabulary.
    fresh: Vec<usize>,
    chapters: usize,
    made: BTreeMap<String, usize>,
}

impl<'a> Picks<'a> {
    /// For the numbered document of a template.
    pub(crate) fn new(words: &'a Vocabulary, template: &str, number: usize) -> Self {
        let salt = template.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
        let mut dice = Dice::new(salt.wrapping_add(number as u64 * 7_919));
        let world = dice.below(words.worlds.len() as u64) as usize;
        let salt = (salt % 1_009) as usize;
        let (fresh, made) = (Vec::new(), BTreeMap::new());
        Self { words, dice, number, salt, world, fresh, chapters: salt + number, made }
    }

    /// The fandom of the document.
    pub(crate) fn world(&self) -> &'a World {
        &self.words.worlds[self.world]
    }

    /// The vocabulary.
    pub(crate) fn words(&self) -> &'a Vocabulary {
        self.words
    }

    /// One of a list for a place: the documents of a template walk through the list, so that none is left out.
    pub(crate) fn one<T>(&mut self, place: &str, list: &'a [T]) -> &'a T {
        let (number, salt) = (self.number, self.salt);
        let chosen = *self.made.entry(place.to_owned()).or_insert(number + salt + place.len());
        &list[chosen % list.len().max(1)]
    }

    /// A value with its meaning.
    pub(crate) fn meant(&mut self, place: &str) -> Option<&'a Meant> {
        let words = self.words;
        let list = match place {
            "rating" => &words.ratings,
            "warnings" => &words.warnings,
            "genre" => &words.genres,
            "category" => &words.categories,
            "status" => &words.statuses,
            "date" | "updated" => &words.dates,
            "pairing" => &self.world().pairings,
            _ => return None,
        };
        Some(self.one(place, list))
    }

    /// The next chapter's title; a document never has one twice.
    pub(crate) fn chapter(&mut self) -> &'a str {
        self.chapters += 1;
        &self.words.chapters[self.chapters % self.words.chapters.len()]
    }

    /// A sentence; none comes again before all have come.
    pub(crate) fn sentence(&mut self) -> String {
        if self.fresh.is_empty() {
            self.fresh = (0..self.words.sentences.len()).collect();
        }
        let place = self.dice.below(self.fresh.len() as u64) as usize;
        self.words.sentences[self.fresh.swap_remove(place)].clone()
    }

    /// A blank, except in scripts that have none.
    pub(crate) fn between_sentences(&self) -> &'static str {
        if self.words.sentences[0].contains('。') { "" } else { " " }
    }
}
