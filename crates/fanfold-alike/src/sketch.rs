//! A text's sketch: the sampled hashes of its five-word shingles.

use crate::words::Word;

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

/// A multiplication and shifts that spread every bit (the finaliser of SplitMix64).
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
