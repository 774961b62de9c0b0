//! Parts over many files become one work; a gap is a recorded missing part.
//!
//! [`plan`] groups what the readings say about themselves: the same folder, the same title without its part mark, the
//! same creator, and at least two different parts. Tags in front of a title, its case and its punctuation may drift,
//! and a creator may be missing from some parts. [`join`] makes one reading of a group: chapters in reading order,
//! stated numbers untouched, every field with the number of the source it stands in. Of two messages that are one part
//! the first stays, unless the other calls itself revised, corrected or posted again.
//!
//! Titles drift further than that: [`drift`] joins what stands under another title where sender and numbering agree, and
//! the title is misspelt or shortened, or the messages refer to each other.
//!
//! Parts of a page's work carry the identity that its site gave it; they join over folders and archives, whatever their
//! titles. Messages of all mailboxes in one folder lie together, for lists were kept by months. Two senders who each
//! posted parts of one title under the same numbers, and signed none, wrote two works. Other parts over folders are not
//! joined: only a link or an address could prove them.

mod akin;
mod card;
mod drift;
mod earlier;
mod join;
mod numbering;
mod order;
mod reposts;
mod title_key;

pub use card::PartCard;
pub use earlier::{Continues, continues, lookups, near_lookups, part_keys};
pub use join::join;
pub(crate) use reposts::is_revision_word;

use numbering::Numbering;
use order::in_order;
use std::collections::{BTreeMap, BTreeSet};

/// Parts that make one work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartGroup {
    /// The callers' numbers in reading order.
    pub members: Vec<usize>,
    /// Numbers of those that repeat a part already taken.
    pub duplicates: Vec<usize>,
    /// Parts that are stated or stand between others, and are not here.
    pub missing: Vec<u32>,
}

/// Groups parts into works. What belongs to no group is in none.
#[must_use]
pub fn plan(cards: &[PartCard]) -> Vec<PartGroup> {
    let mut titles: BTreeMap<(&str, &str), Vec<&PartCard>> = BTreeMap::new();
    for card in cards {
        let key = match &card.work {
            Some(work) => ("", work.as_str()),
            None => (card.folder.as_str(), card.title_key.as_str()),
        };
        titles.entry(key).or_default().push(card);
    }
    let clusters = titles.into_values().flat_map(by_creator).collect();
    let mut groups: Vec<PartGroup> =
        drift::merged(clusters).iter().filter_map(|cards| group(cards)).collect();
    groups.sort_by_key(|group| group.members.first().copied());
    groups
}

/// Parts of one title by creator. Where only one creator is named, unsigned parts are that creator's.
fn by_creator(cards: Vec<&PartCard>) -> Vec<Vec<&PartCard>> {
    let mut signed: BTreeMap<&str, Vec<&PartCard>> = BTreeMap::new();
    for card in &cards {
        signed.entry(&card.creator_key).or_default().push(card);
    }
    let named = signed.keys().filter(|name| !name.is_empty()).count();
    if named > 1 {
        return signed.into_values().collect();
    }
    if named == 0 { by_poster(cards) } else { vec![cards] }
}

/// Unsigned parts of one title: of one work, whoever posted them, unless two senders number parts of their own.
fn by_poster(cards: Vec<&PartCard>) -> Vec<Vec<&PartCard>> {
    let mut posted: BTreeMap<&str, Vec<&PartCard>> = BTreeMap::new();
    for card in &cards {
        posted.entry(&card.poster_key).or_default().push(card);
    }
    let rows: Vec<BTreeSet<Numbering>> = posted
        .values()
        .map(|own| own.iter().map(|card| card.place).collect::<BTreeSet<Numbering>>())
        .filter(|places| places.len() >= 2)
        .collect();
    let mut seen = BTreeSet::new();
    let same = rows.iter().flatten().filter(|place| !seen.insert(**place)).count();
    if same >= 2 { posted.into_values().collect() } else { vec![cards] }
}

fn group(cards: &[&PartCard]) -> Option<PartGroup> {
    let cards = believed(cards);
    let (order, duplicates) = in_order(&cards);
    if order.len() < 2 {
        return None;
    }
    let missing = missing(&order);
    // A lone first chapter and a far-off number are two works of one name rather than one with a great hole.
    if missing.len() > 3 * order.len() + 10 {
        return None;
    }
    let index = |card: &&PartCard| card.index;
    Some(PartGroup {
        members: order.iter().map(index).collect(),
        duplicates: duplicates.iter().map(index).collect(),
        missing,
    })
}

/// Parts that say so, and those whose names say so where the company bears it out: beside stated parts a number that
/// none of them has, without stated parts one stem and one named creator.
fn believed<'a>(cards: &[&'a PartCard]) -> Vec<&'a PartCard> {
    let (stated, named): (Vec<&PartCard>, Vec<&PartCard>) =
        cards.iter().partition(|card| card.by_name.is_none());
    if stated.is_empty() {
        let one_stem = named.windows(2).all(|pair| pair[0].by_name == pair[1].by_name);
        let signed = named.iter().all(|card| !card.creator_key.is_empty());
        return if one_stem && signed { named } else { Vec::new() };
    }
    let free = |card: &&&PartCard| !stated.iter().any(|other| other.covers(card.part.part));
    let added: Vec<&PartCard> = named.iter().filter(free).copied().collect();
    stated.into_iter().chain(added).collect()
}

fn missing(order: &[&PartCard]) -> Vec<u32> {
    let highest = order.iter().map(|card| card.part.through).max().unwrap_or(0);
    let stated = order.iter().filter_map(|card| card.part.of).max().unwrap_or(0);
    let last = highest.max(stated).min(highest.saturating_add(1_000));
    (1..=last.min(10_000)).filter(|part| !order.iter().any(|card| card.covers(*part))).collect()
}

#[cfg(test)]
mod drift_tests;
#[cfg(test)]
mod tests;
