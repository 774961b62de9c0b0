//! A text's sketch: the sampled hashes of its five-word shingles.

use crate::words::Word;
use std::collections::HashSet;

/// Words of a shingle.
pub(crate) const SHINGLE: usize = 5;

/// One in so many shingles is kept, a power of two.
const ONE_IN: u64 = 16;

/// The sampled shingles of a text, each once, in order of their hashes: about 0.7 kB for 2,500 words.
///
/// The hash that decides which shingles are kept has 64 bits; half of them are enough to know a shingle again: in a
/// library of 200,000 works one in a hundred meets a stranger by chance, and a pair needs several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// The hashes.
    pub shingles: Vec<u32>,
    /// Words of the text.
    pub words: usize,
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(words: &[Word]) -> Self {
        let sampled = |hash: u64| hash.is_multiple_of(ONE_IN).then_some((hash >> 32) as u32);
        let mut shingles: Vec<u32> = shingles(words).filter_map(sampled).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self { shingles, words: words.len() }
    }
}

/// The hash of each five words in a row.
pub(crate) fn shingles(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words
        .windows(SHINGLE)
        .map(|five| five.iter().fold(0, |hash, word| mixed(hash ^ u64::from(word.hash))))
}

/// How much of the smaller text the other holds, by their five-word shingles, 0 to 1; a text of fewer words has none.
#[must_use]
pub fn containment(a: &[Word], b: &[Word]) -> f64 {
    let (a, b): (HashSet<u64>, HashSet<u64>) = (shingles(a).collect(), shingles(b).collect());
    let smaller = a.len().min(b.len());
    if smaller == 0 { 0.0 } else { a.intersection(&b).count() as f64 / smaller as f64 }
}

/// A multiplication and shifts that spread every bit (the finaliser of SplitMix64).
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::containment;
    use crate::words::words;

    #[test]
    fn containment_is_the_share_of_the_smaller_text() {
        let share = |a: &str, b: &str| containment(&words(a), &words(b));
        let long = "one two three four five six seven eight nine ten";
        assert!((share(long, "three four five six seven eight") - 1.0).abs() < 1e-9);
        assert!((share("three four five six seven zero", long) - 0.5).abs() < 1e-9);
        assert!(share(long, "ten nine eight seven six five") < 1e-9);
        assert!(share(long, "one two three") < 1e-9, "too short to tell");
    }
}
