//! Initials and run-together names of a pair, opened by the relationships that works of the same fandom here write out:
//! where "Robin Hood/Marian" is common, "R/M" and "Robian" are probably they. Only where one pair alone fits.

use super::words_of;
use fanfold_model::{Suggestion, TagKind};
use fanfold_storage::FandomName;
use fanfold_tags::{are_initials, is_run_together};
use std::collections::BTreeMap;

/// A pair that fits must be this many times as common as the next that fits.
const FAR_AHEAD: u32 = 4;
/// Initials are at most this long.
const INITIALS: usize = 3;

/// What a code of a fandom probably means.
pub(super) struct Code<'a> {
    pub(super) written: &'a str,
    pub(super) fandom: &'a str,
    pub(super) guess: Suggestion,
}

/// A relationship that is written out: its name, the words of each person in small letters, the works.
struct Pair<'a> {
    name: &'a str,
    persons: Vec<Vec<String>>,
    works: u32,
}

/// The codes that a library's own relationships open.
pub(super) fn learn(taught: &[FandomName]) -> Vec<Code<'_>> {
    let mut by_fandom: BTreeMap<&str, (Vec<Pair<'_>>, Vec<&str>)> = BTreeMap::new();
    for one in taught.iter().filter(|one| one.kind == TagKind::Relationship) {
        let (pairs, codes) = by_fandom.entry(&one.fandom).or_default();
        match written_out(&one.name) {
            Some(persons) => pairs.push(Pair { name: &one.name, persons, works: one.works }),
            None => codes.push(&one.name),
        }
    }
    let mut found = Vec::new();
    for (fandom, (pairs, codes)) in by_fandom {
        for written in codes {
            // What every reader of the fandom knows was said when the work was read.
            let known = fanfold_normalize::pair_of_code(written, &[fandom.to_owned()]).is_some();
            if let (Some(guess), false) = (open(written, &pairs), known) {
                found.push(Code { written, fandom, guess });
            }
        }
    }
    found
}

/// The persons of a pair whose names are written out; `None` for anything that may be a code.
fn written_out(name: &str) -> Option<Vec<Vec<String>>> {
    let persons: Vec<Vec<String>> = name
        .split('/')
        .map(|person| words_of(person.split(" (").next().unwrap_or(person)))
        .map(|words| words.map(str::to_lowercase).collect())
        .collect();
    let long = |person: &Vec<String>| person.iter().any(|word| word.chars().count() > INITIALS);
    (persons.len() == 2 && persons.iter().all(long)).then_some(persons)
}

fn open(written: &str, pairs: &[Pair<'_>]) -> Option<Suggestion> {
    let mut fitting: Vec<&Pair<'_>> = pairs.iter().filter(|pair| fits(written, pair)).collect();
    fitting.sort_by_key(|pair| std::cmp::Reverse(pair.works));
    let most = fitting.first()?;
    if fitting.get(1).is_some_and(|next| most.works < next.works * FAR_AHEAD) {
        return None;
    }
    let works = match most.works {
        1 => "one work writes it out".to_owned(),
        many => format!("{many} works write it out"),
    };
    Some(Suggestion {
        field: "relationships".to_owned(),
        value: most.name.to_owned(),
        confidence: 0.6,
        why: format!("“{written}” fits no other pair that is common in this fandom here; {works}."),
    })
}

fn fits(written: &str, pair: &Pair<'_>) -> bool {
    let [first, second] = pair.persons.as_slice() else { return false };
    let code = written.to_lowercase();
    let one_order = |first: &[String], second: &[String]| match code.split_once('/') {
        Some((left, right)) => {
            are_initials(left.trim(), first) && are_initials(right.trim(), second)
        }
        None => is_run_together(&code, first, second),
    };
    one_order(first, second) || one_order(second, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(relationships: &[(&str, u32)]) -> Vec<(String, String)> {
        let taught: Vec<FandomName> = relationships
            .iter()
            .map(|(name, works)| FandomName {
                name: (*name).to_owned(),
                kind: TagKind::Relationship,
                fandom: "Robin Hood".to_owned(),
                works: *works,
            })
            .collect();
        learn(&taught).into_iter().map(|code| (code.written.to_owned(), code.guess.value)).collect()
    }

    #[test]
    fn initials_and_run_together_names_are_opened_by_the_pairs_that_are_written_out() {
        let pairs = [("Robin Hood/Maid Marian", 9), ("Will Scarlet/Alan-a-Dale", 4)];
        for code in ["R/M", "rh/mm", "M/R", "Ro/Ma", "Robian", "Marobin", "MaRo"] {
            let [a, b] = pairs;
            let opened = meanings(&[a, b, (code, 2)]);
            assert_eq!(opened, [(code.to_owned(), "Robin Hood/Maid Marian".to_owned())], "{code}");
        }
    }

    #[test]
    fn a_code_that_fits_two_pairs_or_none_stays_as_it_is() {
        let pairs =
            [("Robin Hood/Maid Marian", 9), ("Little John/Much", 4), ("Robin Hood/Much", 7)];
        for code in ["R/M", "Q/X", "Marian", "Hood", "R", "Robin"] {
            let [a, b, c] = pairs;
            assert_eq!(meanings(&[a, b, c, (code, 2)]), [], "{code}");
        }
        // Far more common than the other, it is the one.
        let opened =
            meanings(&[("Robin Hood/Maid Marian", 40), ("Robin Hood/Much", 3), ("R/M", 1)]);
        assert_eq!(opened.len(), 1);
    }
}
