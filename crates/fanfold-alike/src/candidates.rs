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
    let mut texts_of: HashMap<u64, Vec<u32>> = HashMap::new();
    for (text, sketch) in (0_u32..).zip(sketches) {
        for shingle in &sketch.shingles {
            texts_of.entry(*shingle).or_default().push(text);
        }
    }
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    let telling = texts_of.values().filter(|texts| (2..=MOST_TEXTS).contains(&texts.len()));
    for texts in telling {
        for (place, one) in texts.iter().enumerate() {
            for other in &texts[place + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let enough = |&(&(one, other), &count): &(&(u32, u32), &u32)| {
        let sizes = [one, other].map(|text| sketches[text as usize].shingles.len());
        let smaller = sizes[0].min(sizes[1]).max(1);
        let short = smaller < LEAST_SHARED as usize && count as usize == smaller;
        short || (count >= LEAST_SHARED && f64::from(count) >= LEAST_CONTAINED * smaller as f64)
    };
    let mut pairs: Vec<(usize, usize)> = shared
        .iter()
        .filter(enough)
        .map(|((one, other), _)| (*one as usize, *other as usize))
        .collect();
    pairs.sort_unstable();
    pairs
}
