//! Pairs of texts that share enough of their sketches to be laid side by side.

use crate::sketch::Sketch;
use hashbrown::HashTable;
use std::collections::{BTreeMap, HashMap};

/// Shared shingles below which nothing is said.
const LEAST_SHARED: u32 = 3;
/// The share of the smaller sketch that must be in the other.
const LEAST_CONTAINED: f64 = 0.03;
/// A shingle that more texts have is boilerplate: a disclaimer, a prompt, the lyrics of a song.
const MOST_TEXTS: u8 = 24;

/// The candidate pairs among these sketches, by their places, the smaller first.
#[must_use]
pub fn candidates(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let own: Vec<(u64, &Sketch)> = (0..).zip(sketches).collect();
    let mut screen = Screen::of(own.iter().copied());
    for (name, sketch) in own {
        screen.meet(name, &sketch.shingles);
    }
    let places = |(one, other): (u64, u64)| (one as usize, other as usize);
    screen.pairs().into_iter().map(places).collect()
}

/// Some texts (those of an import) that are to be laid beside all others of a library, which pass once, one after the
/// other, and are not kept. What it takes grows with the shingles of the screen's own texts, about twenty bytes each, not
/// with the library.
#[derive(Debug, Default)]
pub struct Screen {
    /// The shingles of the screen's own texts, each once.
    shingles: Vec<u32>,
    /// Their places, found by the shingles.
    places: HashTable<u32>,
    /// How many texts have each, counted until they are too many.
    texts: Vec<u8>,
    /// The screen's own texts: name, and the places of their shingles.
    own: BTreeMap<u64, Vec<u32>>,
    /// A shingle's place, and the place in `passed` of a text that has it.
    met: Vec<(u32, u32)>,
    /// Names and sizes of the sketches that had a shingle in common with them.
    passed: Vec<(u64, usize)>,
}

impl Screen {
    /// A screen for these texts, each with a name of its own in the library.
    pub fn of<'a>(texts: impl Iterator<Item = (u64, &'a Sketch)>) -> Self {
        let mut screen = Self::default();
        for (name, sketch) in texts {
            let own = sketch.shingles.iter().map(|shingle| screen.place_for(*shingle)).collect();
            screen.own.insert(name, own);
        }
        screen.texts = vec![0; screen.shingles.len()];
        screen
    }

    fn place_for(&mut self, shingle: u32) -> u32 {
        let next = self.shingles.len() as u32;
        let same = |place: &u32| self.shingles.get(*place as usize) == Some(&shingle);
        let hash = |place: &u32| self.shingles.get(*place as usize).map_or(0, |own| spread(*own));
        let place = *self.places.entry(spread(shingle), same, hash).or_insert(next).get();
        if place == next {
            self.shingles.push(shingle);
        }
        place
    }

    fn place_of(&self, shingle: u32) -> Option<usize> {
        let same = |place: &u32| self.shingles.get(*place as usize) == Some(&shingle);
        self.places.find(spread(shingle), same).map(|place| *place as usize)
    }

    /// The shingles of the screen's own texts, each once.
    #[must_use]
    pub fn shingles(&self) -> &[u32] {
        &self.shingles
    }

    /// Lays a text of the library beside them. Every text that has one of their shingles must pass once, the screen's own
    /// among them; others may.
    pub fn meet(&mut self, name: u64, shingles: &[u32]) {
        let Ok(passing) = u32::try_from(self.passed.len()) else { return };
        let mut any = false;
        for shingle in shingles {
            let Some(place) = self.place_of(*shingle) else { continue };
            let Some(texts) = self.texts.get_mut(place).filter(|texts| **texts <= MOST_TEXTS)
            else {
                continue;
            };
            *texts += 1;
            self.met.push((place as u32, passing));
            any = true;
        }
        if any {
            self.passed.push((name, shingles.len()));
        }
    }

    /// Says that very many texts have this shingle, which then do not have to pass because of it.
    pub fn call_common(&mut self, shingle: u32) {
        if let Some(texts) = self.place_of(shingle).and_then(|place| self.texts.get_mut(place)) {
            *texts = MOST_TEXTS + 1;
        }
    }

    /// The candidate pairs of which at least one is the screen's own, the smaller name first, in order.
    #[must_use]
    pub fn pairs(mut self) -> Vec<(u64, u64)> {
        self.met.sort_unstable();
        let mut pairs = Vec::new();
        for (name, own) in &self.own {
            for (passing, count) in self.shared_with(own) {
                let Some((other, size)) = self.passed.get(passing as usize) else { continue };
                if other != name && enough(count, own.len().min(*size)) {
                    pairs.push((*name.min(other), *name.max(other)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// How many telling shingles each passed text has in common with these, by place.
    fn shared_with(&self, own: &[u32]) -> HashMap<u32, u32> {
        let mut shared = HashMap::new();
        let telling = |place: &&u32| {
            self.texts.get(**place as usize).is_some_and(|texts| (2..=MOST_TEXTS).contains(texts))
        };
        for place in own.iter().filter(telling) {
            let from = self.met.partition_point(|(met, _)| met < place);
            let those = self.met.get(from..).unwrap_or_default().iter();
            for (_, passing) in those.take_while(|(met, _)| met == place) {
                *shared.entry(*passing).or_default() += 1;
            }
        }
        shared
    }
}

/// A shingle is a hash already; its bits only have to be spread over 64.
fn spread(shingle: u32) -> u64 {
    u64::from(shingle).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Whether so many shingles in common are enough, when the smaller sketch has `smaller`.
fn enough(count: u32, smaller: usize) -> bool {
    let smaller = smaller.max(1);
    let short = smaller < LEAST_SHARED as usize && count as usize == smaller;
    short || (count >= LEAST_SHARED && f64::from(count) >= LEAST_CONTAINED * smaller as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(shingles: impl IntoIterator<Item = u32>) -> Sketch {
        let shingles: Vec<u32> = shingles.into_iter().collect();
        Sketch { words: shingles.len() * 16, shingles }
    }

    #[test]
    fn only_pairs_with_a_text_of_the_screen_are_named() {
        let all = [sketch(0..20), sketch(0..20), sketch(10..40), sketch(100..120)];
        let mut screen = Screen::of([(2, &all[2])].into_iter());
        for (name, sketch) in (0..).zip(&all) {
            screen.meet(name, &sketch.shingles);
        }
        assert_eq!(screen.pairs(), [(0, 2), (1, 2)]);
        assert_eq!(candidates(&all), [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn a_shingle_that_is_called_common_counts_for_nothing() {
        let all = [sketch(0..20), sketch(0..20)];
        let mut screen = Screen::of([(1, &all[1])].into_iter());
        (0..18).for_each(|shingle| screen.call_common(shingle));
        screen.call_common(999);
        for (name, sketch) in (0..).zip(&all) {
            screen.meet(name, &sketch.shingles);
        }
        assert_eq!(screen.pairs(), [], "two are not enough");
    }

    #[test]
    fn a_passage_that_very_many_texts_have_makes_no_pair() {
        let all: Vec<Sketch> =
            (0..30).map(|n| sketch((0..10).chain(1_000 * (n + 1)..1_000 * (n + 1) + 20))).collect();
        assert_eq!(candidates(&all), []);
        assert_eq!(candidates(&all[..24]).len(), 24 * 23 / 2);
    }
}
