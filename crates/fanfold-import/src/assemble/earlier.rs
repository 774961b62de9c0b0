//! Parts that come when their work is there already: what the work is looked up by, and whether they continue it.
//!
//! Title and creator alone join nothing here either: the numbers must fit those that are there, and the folder, which
//! speaks for parts of one import, is no evidence. Where the title is another, references and totals must agree too.

use super::akin::{self, Likeness};
use super::card::PartCard;
use super::drift::{likeness, numbers_fit, one_hand, total};
use super::group;
use fanfold_model::{Identity, IdentityKind};
use std::collections::BTreeSet;

/// How sure it is that parts continue a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continues {
    /// As sure as of parts that come together.
    Surely,
    /// A person may say so: the title may be short for the work's, and the numbers go on.
    Perhaps,
    /// Nothing speaks for it, or something against it.
    No,
}

/// What later parts find a work by that was made of these: its titles by the names that wrote or sent it, as written and
/// as what slips and shortened titles leave of them, and the messages that it refers to. No identity of the work: other
/// works may have it too.
#[must_use]
pub fn part_keys(cards: &[PartCard]) -> Vec<Identity> {
    let refers = cards.iter().flat_map(|card| card.refers.iter().map(|id| follower(id)));
    exact(cards)
        .chain(near_lookups(cards))
        .chain(refers)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// Every title by every name.
fn exact(cards: &[PartCard]) -> impl Iterator<Item = Identity> {
    titled(cards, |title| vec![akin::bare(title)])
}

/// What works with a misspelt or shortened title that these parts may continue are looked up by. It finds others too.
#[must_use]
pub fn near_lookups(cards: &[PartCard]) -> Vec<Identity> {
    titled(cards, akin::skeletons).collect::<BTreeSet<_>>().into_iter().collect()
}

fn titled(
    cards: &[PartCard],
    keys: impl Fn(&str) -> Vec<String>,
) -> impl Iterator<Item = Identity> {
    let mut found = Vec::new();
    for card in cards.iter().filter(|card| card.by_name.is_none()) {
        let names = [card.creator_key.as_str(), card.poster_key.as_str()];
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let titles = card.titles.iter().filter(|title| !title.is_empty());
            let keys = titles.flat_map(|title| keys(title));
            found.extend(
                keys.map(|key| Identity::new(IdentityKind::Parts, format!("{key} by {name}"))),
            );
        }
    }
    found.into_iter()
}

/// What a work is looked up by whose messages refer to this one.
fn follower(id: &str) -> Identity {
    Identity::new(IdentityKind::Parts, format!("after {id}"))
}

/// What works that these parts may continue are looked up by: their keys, the messages they refer to, and what a site
/// knows the work by.
#[must_use]
pub fn lookups(cards: &[PartCard]) -> Vec<Identity> {
    let refers = cards.iter().flat_map(|card| &card.refers);
    let messages = refers.map(|id| Identity::new(IdentityKind::MessageId, id.as_str()));
    let sites = cards.iter().filter_map(|card| card.work.as_deref()).flat_map(|work| {
        [IdentityKind::Address, IdentityKind::SiteId].map(|kind| Identity::new(kind, work))
    });
    let own = cards.iter().filter_map(|card| card.message.as_deref()).map(follower);
    let after = cards.iter().flat_map(|card| card.refers.iter().map(|id| follower(id)));
    let all: BTreeSet<Identity> =
        exact(cards).chain(after).chain(messages).chain(own).chain(sites).collect();
    all.into_iter().collect()
}

/// Whether new parts continue (or revise) a work of which these parts are there.
#[must_use]
pub fn continues(earlier: &[PartCard], new: &[PartCard]) -> Continues {
    let (mine, theirs): (Vec<&PartCard>, Vec<&PartCard>) =
        (earlier.iter().collect(), new.iter().collect());
    let stated = mine.iter().chain(&theirs).all(|card| card.by_name.is_none());
    let whole: Vec<&PartCard> = mine.iter().chain(&theirs).copied().collect();
    let some = !mine.is_empty() && !theirs.is_empty();
    if !some || !stated || !numbers_fit(&mine, &theirs) || group(&whole).is_none() {
        return Continues::No;
    }
    let one_site = |own: &PartCard, other: &PartCard| own.work.is_some() && own.work == other.work;
    if mine.iter().any(|own| theirs.iter().any(|other| one_site(own, other))) {
        return Continues::Surely;
    }
    let (had, comes) = (total(&mine), total(&theirs));
    let same_total = had.is_some() && had == comes;
    let other_total = had.is_some() && comes.is_some() && had != comes;
    if !one_hand(&mine, &theirs) {
        return Continues::No;
    }
    match likeness(&mine, &theirs) {
        Likeness::Same if same_title(&mine, &theirs) || !other_total => Continues::Surely,
        Likeness::Short if same_total => Continues::Surely,
        Likeness::Short if other_total => Continues::No,
        Likeness::Short if linked(&mine, &theirs) => Continues::Surely,
        Likeness::Short if goes_on(&mine, &theirs) => Continues::Perhaps,
        Likeness::Other if same_total && linked(&mine, &theirs) => Continues::Surely,
        Likeness::Same | Likeness::Short | Likeness::Other => Continues::No,
    }
}

/// Whether a title of the one is, but for articles and gaps, a title of the other.
fn same_title(one: &[&PartCard], other: &[&PartCard]) -> bool {
    let bare = |cards: &[&PartCard]| -> BTreeSet<String> {
        cards.iter().flat_map(|card| card.titles.iter().map(|title| akin::bare(title))).collect()
    };
    !bare(one).is_disjoint(&bare(other))
}

/// Whether the numbers of the one begin right behind those of the other.
fn goes_on(one: &[&PartCard], other: &[&PartCard]) -> bool {
    let ends = |cards: &[&PartCard]| {
        let first = cards.iter().map(|card| card.part.part).min().unwrap_or(0);
        (first, cards.iter().map(|card| card.part.through).max().unwrap_or(0))
    };
    let ((first, last), (begins, closes)) = (ends(one), ends(other));
    last.checked_add(1) == Some(begins) || closes.checked_add(1) == Some(first)
}

/// Whether a message of the one refers to a message of the other.
fn linked(one: &[&PartCard], other: &[&PartCard]) -> bool {
    let names = |from: &[&PartCard], to: &[&PartCard]| {
        let ids: BTreeSet<&String> = to.iter().filter_map(|card| card.message.as_ref()).collect();
        from.iter().flat_map(|card| &card.refers).any(|id| ids.contains(id))
    };
    names(one, other) || names(other, one)
}
