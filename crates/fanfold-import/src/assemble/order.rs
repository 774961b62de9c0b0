//! Parts in reading order, and which of two that claim one place is taken.

use super::card::PartCard;
use super::drift::is_newer;

/// Parts in reading order, and those that repeat one: the first given stays, unless the other is its revision.
pub(super) fn in_order<'a>(cards: &[&'a PartCard]) -> (Vec<&'a PartCard>, Vec<&'a PartCard>) {
    let (mut order, mut duplicates): (Vec<&PartCard>, Vec<&PartCard>) = (Vec::new(), Vec::new());
    for card in cards {
        let taken = |part: u32| order.iter().any(|other| other.place.holds(&card.place, part));
        let repeats = card.place.parts().all(taken);
        let (held, others): (Vec<&PartCard>, Vec<&PartCard>) =
            order.iter().partition(|other| holds_all(card, other));
        let replaces = !held.is_empty() && held.iter().all(|other| is_newer(card, other));
        if repeats && !(replaces && others.iter().all(|other| !touches(other, card))) {
            duplicates.push(card);
            continue;
        }
        // A whole part behind its pieces, a range behind its parts: the text would stand there twice.
        let stays = |other: &&PartCard| !repeats && is_newer(other, card);
        let (newer, older): (Vec<&PartCard>, Vec<&PartCard>) = held.into_iter().partition(stays);
        duplicates.extend(older);
        order = others.into_iter().chain(newer).chain([*card]).collect();
    }
    order.sort_by_key(|card| card.place);
    (order, duplicates)
}

/// Whether a part holds all of another.
fn holds_all(card: &PartCard, other: &PartCard) -> bool {
    other.place.parts().all(|part| card.place.holds(&other.place, part))
}

/// Whether two parts have a number in common.
fn touches(one: &PartCard, other: &PartCard) -> bool {
    other.place.parts().any(|part| one.place.holds(&other.place, part))
}

/// The part in the order that stands where a repeated one would.
pub(super) fn taken_for<'a>(order: &[&'a PartCard], repeated: &PartCard) -> Option<&'a PartCard> {
    order.iter().find(|taken| touches(taken, repeated) || touches(repeated, taken)).copied()
}
