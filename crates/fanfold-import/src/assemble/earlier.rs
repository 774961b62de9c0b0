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

/// What later parts find a work by that was made of these: its titles by the names that wrote or sent it, and the
/// messages that it refers to. No identity of the work: other works may have it too.
#[must_use]
pub fn part_keys(cards: &[PartCard]) -> Vec<Identity> {
    let key = |title: &String, name: &str| {
        Identity::new(IdentityKind::Parts, format!("{} by {name}", akin::bare(title)))
    };
    let keys = cards.iter().filter(|card| card.by_name.is_none()).flat_map(|card| {
        let names = [card.creator_key.as_str(), card.poster_key.as_str()];
        let named = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>();
        card.titles
            .iter()
            .filter(|title| !title.is_empty())
            .flat_map(|title| named.iter().map(|name| key(title, name)).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    });
    let refers = cards.iter().flat_map(|card| card.refers.iter().map(|id| follower(id)));
    keys.chain(refers).collect::<BTreeSet<Identity>>().into_iter().collect()
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
    let all: BTreeSet<Identity> =
        part_keys(cards).into_iter().chain(messages).chain(own).chain(sites).collect();
    all.into_iter().collect()
}

/// Whether new parts continue (or revise) a work of which these parts are there.
#[must_use]
pub fn continues(earlier: &[PartCard], new: &[PartCard]) -> bool {
    let (mine, theirs): (Vec<&PartCard>, Vec<&PartCard>) =
        (earlier.iter().collect(), new.iter().collect());
    let stated = mine.iter().chain(&theirs).all(|card| card.by_name.is_none());
    let whole: Vec<&PartCard> = mine.iter().chain(&theirs).copied().collect();
    let some = !mine.is_empty() && !theirs.is_empty();
    if !some || !stated || !numbers_fit(&mine, &theirs) || group(&whole).is_none() {
        return false;
    }
    let one_site = |own: &PartCard, other: &PartCard| own.work.is_some() && own.work == other.work;
    if mine.iter().any(|own| theirs.iter().any(|other| one_site(own, other))) {
        return true;
    }
    let (had, comes) = (total(&mine), total(&theirs));
    let same_total = had.is_some() && had == comes;
    let other_total = had.is_some() && comes.is_some() && had != comes;
    let enough = match likeness(&mine, &theirs) {
        Likeness::Same => true,
        Likeness::Short => same_total || (linked(&mine, &theirs) && !other_total),
        Likeness::Other => same_total && linked(&mine, &theirs),
    };
    enough && one_hand(&mine, &theirs)
}

/// Whether a message of the one refers to a message of the other.
fn linked(one: &[&PartCard], other: &[&PartCard]) -> bool {
    let names = |from: &[&PartCard], to: &[&PartCard]| {
        let ids: BTreeSet<&String> = to.iter().filter_map(|card| card.message.as_ref()).collect();
        from.iter().flat_map(|card| &card.refers).any(|id| ids.contains(id))
    };
    names(one, other) || names(other, one)
}
