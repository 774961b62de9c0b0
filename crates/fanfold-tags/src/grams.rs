//! Names by the runs of three letters in their words, so that a name is found again with typing errors, with words left
//! out or in another order. Rare runs say more; the most common ones are left out.

use std::collections::HashMap;

/// Places visited for one question. The rarest runs come first, so what is left out says little.
const VISITED: usize = 60_000;

/// An index of names by their runs of letters.
#[derive(Debug, Default)]
pub(crate) struct Grams {
    by_gram: HashMap<u64, Vec<u32>>,
    /// How many runs each name has.
    sizes: Vec<u16>,
}

/// The runs of three letters of some words, each with its borders; sorted, no run twice.
pub(crate) fn grams(words: &[String]) -> Vec<u64> {
    let mut all = Vec::new();
    for word in words {
        let letters: Vec<char> =
            std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
        for run in letters.windows(3.min(letters.len())) {
            // Code points have 21 bits: three of them are one number.
            all.push(run.iter().fold(0, |number, c| number << 21 | u64::from(u32::from(*c))));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

impl Grams {
    /// Adds a name; names are numbered from 0 in the order in which they are added.
    pub(crate) fn add(&mut self, words: &[String]) {
        let Ok(name) = u32::try_from(self.sizes.len()) else { return };
        let grams = grams(words);
        self.sizes.push(u16::try_from(grams.len()).unwrap_or(u16::MAX));
        for gram in grams {
            self.by_gram.entry(gram).or_default().push(name);
        }
    }

    /// How much a run of letters says.
    pub(crate) fn weight(&self, gram: u64) -> f32 {
        let known = self.by_gram.get(&gram).map_or(0, Vec::len) as f32;
        (1.0 + self.sizes.len() as f32 / (1.0 + known)).ln()
    }

    /// The names that have most in common with these words, at most so many, the best first.
    pub(crate) fn nearest(&self, words: &[String], most: usize) -> Vec<u32> {
        let mut wanted: Vec<(&Vec<u32>, f32)> = grams(words)
            .into_iter()
            .filter_map(|gram| Some((self.by_gram.get(&gram)?, self.weight(gram))))
            .collect();
        wanted.sort_by_key(|(names, _)| names.len());
        let mut scores: HashMap<u32, f32> = HashMap::new();
        let mut visited = 0;
        for (names, weight) in wanted {
            if visited > 0 && visited + names.len() > VISITED {
                break;
            }
            visited += names.len();
            for name in names {
                *scores.entry(*name).or_default() += weight * weight;
            }
        }
        // A long name has much in common with everything.
        let size = |name: u32| self.sizes.get(name as usize).copied().unwrap_or(1).max(1);
        let fair = |(name, score): (u32, f32)| (name, score / f32::from(size(name)).sqrt());
        let mut found: Vec<(u32, f32)> = scores.into_iter().map(fair).collect();
        let first = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > most {
            found.select_nth_unstable_by(most, first);
            found.truncate(most);
        }
        found.sort_by(first);
        found.into_iter().map(|(name, _)| name).collect()
    }

    /// The share of what two names say that both say, from 0 to 1. `a`: the runs of one, `b`: the words of the other.
    pub(crate) fn cosine(&self, a: &[u64], b: &[String]) -> f32 {
        let b = grams(b);
        let sum = |grams: &mut dyn Iterator<Item = &u64>| -> f32 {
            grams.map(|gram| self.weight(*gram).powi(2)).sum()
        };
        let common = sum(&mut a.iter().filter(|gram| b.binary_search(gram).is_ok()));
        let whole = (sum(&mut a.iter()) * sum(&mut b.iter())).sqrt();
        if whole > 0.0 { common / whole } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_name_is_found_with_errors_and_in_another_order() {
        let mut index = Grams::default();
        let names = ["sherlock holmes", "mycroft holmes", "john watson", "long john silver"];
        names.iter().for_each(|name| index.add(&words(name)));
        for (asked, first) in [
            ("sherlok holmes", 0),
            ("holmes sherlock", 0),
            ("mycroft", 1),
            ("jon watsn", 2),
            ("silver", 3),
        ] {
            assert_eq!(index.nearest(&words(asked), 2).first(), Some(&first), "{asked}");
        }
        assert!(index.nearest(&words("qqq"), 9).is_empty());
        assert!(index.cosine(&grams(&words("john watson")), &words("watson john")) > 0.999);
    }
}
