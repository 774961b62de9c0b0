//! Pairs of texts that share enough of their sketches to be laid side by side.

use crate::sketch::Sketch;
use std::collections::{BTreeMap, HashMap};

/// Shared shingles below which nothing is said.
const LEAST_SHARED: u32 = 3;
/// The share of the smaller sketch that must be in the other.
const LEAST_CONTAINED: f64 = 0.03;
/// A shingle that more texts have is boilerplate: a disclaimer, a prompt, the lyrics of a song.
const MOST_TEXTS: usize = 24;

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
/// other, and are not kept. What it takes grows with the shingles of the screen's own texts, not with the library.
#[derive(Debug, Default)]
pub struct Screen {
    /// The sketches of the screen's own texts, by name.
    own: BTreeMap<u64, Vec<u32>>,
    /// For each of their shingles, the passing texts that have it, by their places in `passed`.
    met: HashMap<u32, Vec<u32>>,
    /// Names and sizes of the sketches that had a shingle in common with them.
    passed: Vec<(u64, usize)>,
}

impl Screen {
    /// A screen for these texts, each with a name of its own in the library.
    pub fn of<'a>(texts: impl Iterator<Item = (u64, &'a Sketch)>) -> Self {
        let mut screen = Self::default();
        for (name, sketch) in texts {
            for shingle in &sketch.shingles {
                screen.met.entry(*shingle).or_default();
            }
            screen.own.insert(name, sketch.shingles.clone());
        }
        screen
    }

    /// Lays a text of the library beside them. Every text must pass once, the screen's own among them.
    pub fn meet(&mut self, name: u64, shingles: &[u32]) {
        let Ok(place) = u32::try_from(self.passed.len()) else { return };
        let mut any = false;
        for shingle in shingles {
            if let Some(texts) = self.met.get_mut(shingle).filter(|texts| texts.len() <= MOST_TEXTS)
            {
                texts.push(place);
                any = true;
            }
        }
        if any {
            self.passed.push((name, shingles.len()));
        }
    }

    /// The candidate pairs of which at least one is the screen's own, the smaller name first, in order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(u64, u64)> {
        let mut pairs = Vec::new();
        for (name, shingles) in &self.own {
            for (place, count) in self.shared_with(shingles) {
                let Some((other, size)) = self.passed.get(place as usize) else { continue };
                if other != name && enough(count, shingles.len().min(*size)) {
                    pairs.push((*name.min(other), *name.max(other)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// How many telling shingles each passed text has in common with these, by place.
    fn shared_with(&self, shingles: &[u32]) -> HashMap<u32, u32> {
        let mut shared = HashMap::new();
        let texts = shingles.iter().filter_map(|shingle| self.met.get(shingle));
        for texts in texts.filter(|texts| (2..=MOST_TEXTS).contains(&texts.len())) {
            for place in texts {
                *shared.entry(*place).or_default() += 1;
            }
        }
        shared
    }
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
    fn a_passage_that_very_many_texts_have_makes_no_pair() {
        let all: Vec<Sketch> =
            (0..30).map(|n| sketch((0..10).chain(1_000 * (n + 1)..1_000 * (n + 1) + 20))).collect();
        assert_eq!(candidates(&all), []);
        assert_eq!(candidates(&all[..24]).len(), 24 * 23 / 2);
    }
}
