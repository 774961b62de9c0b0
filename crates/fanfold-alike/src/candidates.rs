//! Pairs of texts that share enough of their sketches to be laid side by side.

use crate::sketch::Sketch;
use std::collections::HashMap;

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
/// other, and are not kept.
#[derive(Debug, Default)]
pub struct Screen {
    /// The texts' names and the sizes of their sketches.
    own: HashMap<u64, usize>,
    /// For each of their shingles, the texts that have it: first how often, as they pass.
    met: HashMap<u32, Vec<u64>>,
    /// Sizes of the sketches that had a shingle in common with them.
    sizes: HashMap<u64, usize>,
}

impl Screen {
    /// A screen for these texts, each with a name of its own in the library.
    pub fn of<'a>(texts: impl Iterator<Item = (u64, &'a Sketch)>) -> Self {
        let mut screen = Self::default();
        for (name, sketch) in texts {
            screen.own.insert(name, sketch.shingles.len());
            for shingle in &sketch.shingles {
                screen.met.entry(*shingle).or_default();
            }
        }
        screen
    }

    /// Lays a text of the library beside them. Every text must pass once, the screen's own among them.
    pub fn meet(&mut self, name: u64, shingles: &[u32]) {
        let mut any = false;
        for shingle in shingles {
            if let Some(names) = self.met.get_mut(shingle).filter(|names| names.len() <= MOST_TEXTS)
            {
                names.push(name);
                any = true;
            }
        }
        if any {
            self.sizes.insert(name, shingles.len());
        }
    }

    /// The candidate pairs of which at least one is the screen's own, the smaller name first, in order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(u64, u64)> {
        let mut shared: HashMap<(u64, u64), u32> = HashMap::new();
        let telling = self.met.values().filter(|names| (2..=MOST_TEXTS).contains(&names.len()));
        for names in telling {
            for (place, one) in names.iter().enumerate() {
                for other in &names[place + 1..] {
                    if self.own.contains_key(one) || self.own.contains_key(other) {
                        *shared.entry((*one.min(other), *one.max(other))).or_default() += 1;
                    }
                }
            }
        }
        let mut pairs: Vec<(u64, u64)> =
            shared.into_iter().filter(|pair| self.enough(*pair)).map(|(pair, _)| pair).collect();
        pairs.sort_unstable();
        pairs
    }

    fn enough(&self, ((one, other), count): ((u64, u64), u32)) -> bool {
        let size = |name: &u64| self.sizes.get(name).copied().unwrap_or(0);
        let smaller = size(&one).min(size(&other)).max(1);
        let short = smaller < LEAST_SHARED as usize && count as usize == smaller;
        short || (count >= LEAST_SHARED && f64::from(count) >= LEAST_CONTAINED * smaller as f64)
    }
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
