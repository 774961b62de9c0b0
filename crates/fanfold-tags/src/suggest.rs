//! Candidates for a written tag, the likeliest first.

use crate::grams::{Grams, grams};
use crate::likeness::{Why, by_letters, by_rules};
use crate::name::Name;
use fanfold_model::TagKind;
use std::collections::{BTreeMap, HashMap};

/// Names looked at more closely.
const NEAREST: usize = 100;
/// Persons and pairs of a fandom that are tried for a short form.
const OF_FANDOM: usize = 400;
/// The first candidate is sure from such a score on, if it is so far ahead of the next.
const SURE: [(f32, f32); 2] = [(0.86, 0.03), (0.76, 0.2)];
/// Below it a candidate is noise.
const LEAST: f32 = 0.3;

/// A canonical tag, or a name that is known to mean one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The canonical tag's number.
    pub id: u64,
    /// Kind of both.
    pub kind: TagKind,
    /// The name: its own, or a synonym's.
    pub name: String,
    /// Works under the name.
    pub uses: u32,
    /// Numbers of the fandoms it belongs to; empty if unknown.
    pub fandoms: Vec<u64>,
}

/// What a tag may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The canonical tag's number.
    pub id: u64,
    /// From 0 to 1.
    pub score: f32,
    /// Why.
    pub why: Why,
    /// The name that it is like: the canonical one, or a synonym.
    pub like: String,
    /// Whether nothing else comes near. Only the first can be sure.
    pub sure: bool,
}

/// All that is known, ready to be asked.
#[derive(Debug, Default)]
pub struct Suggester {
    kinds: BTreeMap<TagKind, OfKind>,
}

#[derive(Debug, Default)]
struct OfKind {
    known: Vec<Known>,
    names: Vec<Name>,
    grams: Grams,
    by_plain: HashMap<String, Vec<u32>>,
    /// Persons, or pairs, of each fandom; the most used come first.
    by_fandom: HashMap<u64, Vec<u32>>,
}

impl Suggester {
    /// Learns canonical tags and known synonyms, in any order.
    #[must_use]
    pub fn of(known: impl IntoIterator<Item = Known>) -> Self {
        let mut suggester = Self::default();
        for one in known {
            suggester.kinds.entry(one.kind).or_default().learn(one);
        }
        suggester.kinds.values_mut().for_each(OfKind::settle);
        suggester
    }

    /// What a name may mean, at most so many, the likeliest first. `fandoms`: those that its works are of.
    #[must_use]
    pub fn suggest(
        &self,
        kind: TagKind,
        name: &str,
        fandoms: &[u64],
        most: usize,
    ) -> Vec<Candidate> {
        self.kinds.get(&kind).map(|own| own.suggest(kind, name, fandoms, most)).unwrap_or_default()
    }
}

impl OfKind {
    fn learn(&mut self, known: Known) {
        let Ok(place) = u32::try_from(self.known.len()) else { return };
        let name = Name::of(known.kind, &known.name);
        self.grams.add(&name.words);
        self.by_plain.entry(name.plain.clone()).or_default().push(place);
        if name.joint.is_some() || known.kind == TagKind::Character {
            for fandom in &known.fandoms {
                self.by_fandom.entry(*fandom).or_default().push(place);
            }
        }
        self.names.push(name);
        self.known.push(known);
    }

    fn settle(&mut self) {
        for places in self.by_fandom.values_mut() {
            let uses = |place: &u32| self.known.get(*place as usize).map_or(0, |known| known.uses);
            places.sort_by_key(|place| std::cmp::Reverse(uses(place)));
            places.truncate(OF_FANDOM);
        }
    }

    fn suggest(&self, kind: TagKind, name: &str, fandoms: &[u64], most: usize) -> Vec<Candidate> {
        let asked = Asked { kind, name: Name::of(kind, name), fandoms };
        let runs = grams(&asked.name.words);
        let mut best: BTreeMap<u64, Candidate> = BTreeMap::new();
        let mut offer = |found: Candidate| {
            let known = best.entry(found.id).or_insert_with(|| found.clone());
            if found.score > known.score {
                *known = found;
            }
        };
        let same = self.by_plain.get(&asked.name.plain).into_iter().flatten();
        let near = self.grams.nearest(&asked.name.words, NEAREST);
        for place in same.chain(&near) {
            self.judge(&asked, *place, Some(&runs)).into_iter().for_each(&mut offer);
        }
        let own = fandoms.iter().filter_map(|fandom| self.by_fandom.get(fandom)).flatten();
        own.filter_map(|place| self.judge(&asked, *place, None)).for_each(&mut offer);
        let mut found: Vec<Candidate> = best.into_values().collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        found.truncate(most.max(2));
        let next = found.get(1).map_or(0.0, |candidate| candidate.score);
        if let Some(first) = found.first_mut() {
            let (score, ahead) = (first.score, first.score - next);
            first.sure = SURE.iter().any(|(least, far)| score >= *least && ahead >= *far);
        }
        found.truncate(most);
        found
    }

    /// `runs`: the runs of letters of the name asked for, if letters may decide.
    fn judge(&self, asked: &Asked<'_>, place: u32, runs: Option<&[u64]>) -> Option<Candidate> {
        let known = self.known.get(place as usize)?;
        let name = self.names.get(place as usize)?;
        let (likeness, why) = match (by_rules(asked.kind, &asked.name, name), runs) {
            (Ok(found), _) => found,
            (Err(true), Some(runs)) => by_letters(&asked.name, runs, name, &self.grams),
            (Err(_), _) => return None,
        };
        let score = likeness * (sharing(&known.fandoms, asked.fandoms) + 0.04 * use_of(known.uses));
        let like = known.name.clone();
        let found = Candidate { id: known.id, score: score.min(1.0), why, like, sure: false };
        (found.score >= LEAST).then_some(found)
    }
}

/// A question.
struct Asked<'a> {
    kind: TagKind,
    name: Name,
    fandoms: &'a [u64],
}

/// The same fandom speaks for it, another against it.
fn sharing(known: &[u64], asked: &[u64]) -> f32 {
    if known.is_empty() || asked.is_empty() {
        0.93
    } else if known.iter().any(|fandom| asked.contains(fandom)) {
        0.96
    } else {
        0.8
    }
}

/// From 0 to 1: a name that many works carry is likelier meant.
fn use_of(uses: u32) -> f32 {
    ((f64::from(uses) + 1.0).log10() / 6.0).min(1.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(id: u64, kind: TagKind, name: &str, uses: u32, fandom: u64) -> Known {
        Known { id, kind, name: name.to_owned(), uses, fandoms: vec![fandom] }
    }

    fn library() -> Suggester {
        use TagKind::{Character, Freeform, Relationship};
        Suggester::of([
            known(1, Relationship, "Robin Hood/Maid Marian", 900, 50),
            known(2, Relationship, "Robin Hood & Little John", 300, 50),
            known(3, Relationship, "Rat/Mole", 200, 51),
            known(4, Character, "Sherlock Holmes", 5_000, 52),
            known(5, Character, "Mycroft Holmes", 800, 52),
            known(6, Character, "Alice (Wonderland)", 400, 53),
            known(7, Freeform, "Fluff", 90_000, 0),
            known(7, Freeform, "Tooth-Rotting Fluff", 9_000, 0),
            known(8, Freeform, "Alternate Universe - Modern Setting", 9_000, 0),
        ])
    }

    fn first(kind: TagKind, name: &str, fandom: u64) -> Option<(u64, bool)> {
        let found = library().suggest(kind, name, &[fandom], 5);
        found.first().map(|candidate| (candidate.id, candidate.sure))
    }

    #[test]
    fn what_is_written_carelessly_is_known_again_and_sure() {
        use TagKind::{Character, Freeform, Relationship};
        for (kind, name, fandom, id) in [
            (Relationship, "maid marian / robin hood", 50, 1),
            (Relationship, "Marian/Robin", 50, 1),
            (Character, "SHERLOCK  holmes", 52, 4),
            (Character, "Holmes, Sherlock", 52, 4),
            (Freeform, "fluff!!!", 0, 7),
            (Freeform, "tooth rotting fluff", 0, 7),
            (Freeform, "Modern Setting - Alternate Universe", 0, 8),
        ] {
            assert_eq!(first(kind, name, fandom), Some((id, true)), "{name}");
        }
    }

    #[test]
    fn short_forms_are_offered_where_the_fandom_fits_and_are_not_sure() {
        let kind = TagKind::Relationship;
        assert_eq!(first(kind, "R/M", 50), Some((1, false)));
        assert_eq!(first(kind, "R/M", 51), Some((3, false)));
        assert_eq!(first(kind, "Robian", 50), Some((1, false)));
    }

    #[test]
    fn a_name_that_fits_two_is_offered_with_both_and_is_not_sure() {
        let found = library().suggest(TagKind::Character, "Holmes", &[52], 5);
        assert_eq!(found.iter().map(|candidate| candidate.id).collect::<Vec<_>>(), [4, 5]);
        assert!(!found[0].sure);
        assert_eq!(library().suggest(TagKind::Character, "Long John Silver", &[52], 5), []);
        assert_eq!(library().suggest(TagKind::Fandom, "Sherlock Holmes", &[], 5), []);
    }

    proptest! {
        #[test]
        fn no_name_breaks_it_and_scores_are_shares(name in ".{0,60}", kind in 0_usize..7) {
            for candidate in library().suggest(TagKind::ALL[kind], &name, &[50], 9) {
                prop_assert!((0.0..=1.0).contains(&candidate.score));
            }
        }
    }
}
