//! Parts of one work under different titles: misspelt, shortened, or really changed on the way.
//!
//! Two clusters (parts of one title by one hand) become one only where the numbers of neither stand in the other, their
//! stated totals agree and the same person sent or wrote both; a shortened title wants a reference or a stated total
//! besides, another title both. References alone join nothing: a thread holds more than one story.

use super::akin::{self, Likeness};
use super::card::PartCard;
use std::collections::{BTreeMap, BTreeSet};

/// Parts that were found to belong together.
pub(super) type Cluster<'a> = Vec<&'a PartCard>;

/// How far apart in the walk two clusters may begin to be held against each other without a reference: bounds the work
/// in a folder of a hundred thousand messages.
const NEAR: usize = 300;
/// A message that so many clusters refer to is the root of a discussion.
const MOST_IN_THREAD: usize = 30;

/// Whether a part replaces another of the same place.
pub(super) fn is_newer(one: &PartCard, other: &PartCard) -> bool {
    match (one.revised, other.revised) {
        (true, false) => true,
        (true, true) => one.posted > other.posted && other.posted != 0,
        _ => false,
    }
}

/// The clusters, those joined that drifted apart.
pub(super) fn merged(clusters: Vec<Cluster<'_>>) -> Vec<Cluster<'_>> {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        if is_open(cluster) {
            folders.entry(&cluster[0].folder).or_default().push(at);
        }
    }
    let mut joined =
        Joined { clusters: clusters.into_iter().map(Some).collect(), into: BTreeMap::new() };
    for mut open in folders.into_values() {
        open.sort_by_key(|at| joined.first(*at));
        let linked = links(&open, &joined);
        for (one, other) in &linked {
            joined.try_join(*one, *other, true);
        }
        for (place, one) in open.iter().enumerate() {
            for other in open.iter().skip(place + 1).take(NEAR) {
                joined.try_join(*one, *other, false);
            }
        }
    }
    joined.clusters.into_iter().flatten().collect()
}

/// Whether more parts may belong to a cluster: its parts say their numbers, and are not all there.
fn is_open(cluster: &[&PartCard]) -> bool {
    let stated = cluster.iter().all(|card| card.by_name.is_none() && card.work.is_none());
    let total = cluster.iter().filter_map(|card| card.part.of).max();
    let whole = total.is_some_and(|total| {
        (1..=total.min(10_000)).all(|part| cluster.iter().any(|card| card.covers(part)))
    });
    stated && !whole && cluster.iter().any(|card| card.is_signed())
}

/// Pairs of clusters of which one answers the other, or that answer the same message.
fn links(open: &[usize], joined: &Joined<'_>) -> BTreeSet<(usize, usize)> {
    let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for at in open {
        for card in joined.clusters[*at].iter().flatten() {
            for id in card.message.iter().chain(&card.refers) {
                named.entry(id).or_default().insert(*at);
            }
        }
    }
    let threads = named.values().filter(|own| (2..=MOST_IN_THREAD).contains(&own.len()));
    let pairs = |own: &BTreeSet<usize>| {
        let before = |at: &usize| own.range(..*at).map(|one| (*one, *at)).collect::<Vec<_>>();
        own.iter().flat_map(before).collect::<Vec<_>>()
    };
    threads.flat_map(pairs).collect()
}

struct Joined<'a> {
    clusters: Vec<Option<Cluster<'a>>>,
    /// Where a joined cluster went.
    into: BTreeMap<usize, usize>,
}

impl Joined<'_> {
    fn first(&self, at: usize) -> usize {
        self.clusters[at].iter().flatten().map(|card| card.index).min().unwrap_or(usize::MAX)
    }

    fn place(&self, mut at: usize) -> usize {
        while let Some(next) = self.into.get(&at) {
            at = *next;
        }
        at
    }

    fn try_join(&mut self, one: usize, other: usize, linked: bool) {
        let (one, other) = (self.place(one), self.place(other));
        let (Some(mine), Some(theirs)) = (&self.clusters[one], &self.clusters[other]) else {
            return;
        };
        if one == other || !belong(mine, theirs, linked) {
            return;
        }
        let more = self.clusters[other].take().unwrap_or_default();
        let whole = self.clusters[one].get_or_insert_default();
        whole.extend(more);
        // The first given stays where two repeat each other.
        whole.sort_by_key(|card| card.index);
        self.into.insert(other, one);
    }
}

/// Whether two clusters are one work.
fn belong(one: &[&PartCard], other: &[&PartCard], linked: bool) -> bool {
    if !numbers_fit(one, other) {
        return false;
    }
    let (mine, theirs) = (total(one), total(other));
    if mine.is_some() && theirs.is_some() && mine != theirs {
        return false;
    }
    let stated = mine.is_some() && mine == theirs;
    let enough = match likeness(one, other) {
        Likeness::Same => true,
        Likeness::Short => linked || stated,
        Likeness::Other => linked && stated,
    };
    enough && one_hand(one, other)
}

/// No part of the one stands in the other, unless as its revision.
pub(super) fn numbers_fit(one: &[&PartCard], other: &[&PartCard]) -> bool {
    let clash = |mine: &&PartCard, theirs: &&PartCard| {
        let shared = mine.place.parts().any(|part| theirs.place.holds(&mine.place, part))
            || theirs.place.parts().any(|part| mine.place.holds(&theirs.place, part));
        shared && !is_newer(mine, theirs) && !is_newer(theirs, mine)
    };
    !one.iter().any(|mine| other.iter().any(|theirs| clash(mine, theirs)))
}

pub(super) fn total(cluster: &[&PartCard]) -> Option<u32> {
    cluster.iter().filter_map(|card| card.part.of).max()
}

pub(super) fn likeness(one: &[&PartCard], other: &[&PartCard]) -> Likeness {
    let keys = |cluster: &[&PartCard]| -> BTreeSet<String> {
        cluster.iter().flat_map(|card| card.titles.iter().cloned()).collect()
    };
    let (mine, theirs) = (keys(one), keys(other));
    let pairs = mine.iter().flat_map(|own| theirs.iter().map(move |their| (own, their)));
    pairs.map(|(own, their)| akin::titles(own, their)).max().unwrap_or(Likeness::Other)
}

/// Whether the same person wrote both, as far as they are signed; else whether the same person sent both.
pub(super) fn one_hand(one: &[&PartCard], other: &[&PartCard]) -> bool {
    let by = |cluster: &[&PartCard], name: fn(&PartCard) -> &str| -> BTreeSet<String> {
        let names = cluster.iter().map(|card| name(card)).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    };
    let agree = |name: fn(&PartCard) -> &str| {
        let (mine, theirs) = (by(one, name), by(other, name));
        let some = !mine.is_empty() && !theirs.is_empty();
        some.then(|| mine.iter().any(|own| theirs.iter().any(|their| akin::names(own, their))))
    };
    agree(|card| &card.creator_key).or_else(|| agree(|card| &card.poster_key)).unwrap_or(false)
}
