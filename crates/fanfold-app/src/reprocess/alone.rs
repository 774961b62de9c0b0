//! A work read again by itself: one with an original of its own, or joined from several.

use super::stored::{Wanted, place_of};
use crate::hashing;
use crate::import::{ReadContext, ReadWork, read_work};
use fanfold_import::Sink;
use fanfold_import::assemble::{self, PartCard};
use fanfold_model::canonical::Record;
use fanfold_model::{ContentHash, Extracted, Finding, ReadAs, Source};
use fanfold_source::Item;

/// Reads the originals with today's rules; `None` if they are no work any more.
pub(super) fn read_parts(
    parts: Vec<(Source, Item)>,
    wanted: &Wanted,
    context: &ReadContext,
) -> Option<ReadWork> {
    let mut sources = Vec::new();
    let mut readings = Vec::new();
    for (source, item) in parts {
        let extracted = read_one(&item, wanted, context)?;
        sources.push(Source { encoding: extracted.encoding.clone(), ..source });
        readings.push(extracted);
    }
    if readings.len() == 1 {
        return readings.pop().map(|extracted| read_work(extracted, sources, Vec::new(), context));
    }
    let card = |(place, (source, extracted)): (usize, (&Source, Extracted))| {
        PartCard::of(place, &place_of(source), &extracted).map(|card| (card, extracted))
    };
    let members: Option<Vec<_>> = sources.iter().zip(readings).enumerate().map(card).collect();
    let (extracted, missing) = assemble::join(members?);
    Some(read_work(extracted, sources, missing, context))
}

/// The reading that became this work: of many in one item, the one with the place that its uid was made of, else with
/// one of its identities.
fn read_one(item: &Item, wanted: &Wanted, context: &ReadContext) -> Option<Extracted> {
    let mut found = Found { wanted, origin: item.blake3?, place: 0, best: None };
    fanfold_import::read_into(item, &context.limits, &*context.tools, &mut found);
    found.best.map(|(_, extracted)| extracted)
}

/// Keeps the likeliest reading of those that pass.
struct Found<'a> {
    wanted: &'a Wanted,
    origin: ContentHash,
    place: u64,
    best: Option<(u8, Extracted)>,
}

impl Sink for Found<'_> {
    fn extracted(&mut self, extracted: Extracted) {
        let uid = hashing::uid_in("work", self.origin, self.place);
        self.place += 1;
        if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) {
            return;
        }
        let likeness = self.wanted.likeness(&extracted, uid);
        if self.best.as_ref().is_none_or(|(best, _)| likeness > *best) {
            self.best = Some((likeness, extracted));
        }
    }

    fn record(&mut self, _: Record) {}

    fn finding(&mut self, _: Finding) {}

    fn wants_more(&self) -> bool {
        !matches!(self.best, Some((2, _)))
    }
}
