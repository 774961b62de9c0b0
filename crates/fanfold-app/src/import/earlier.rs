//! Parts of a work that an earlier import brought: parts that come now may continue it. The work's originals are read
//! again from the store, and joined with the new ones as if all had come together.

use super::commit::Committer;
use super::read::ReadContext;
use crate::Result;
use crate::archive::Archive;
use crate::reprocess::Originals;
use fanfold_import::assemble::Continues;
use fanfold_import::assemble::{self, PartCard};
use fanfold_model::{Extracted, ReadAs, Source, Uid};
use fanfold_storage::StoredHead;
use std::collections::BTreeSet;

/// A known work, as the parts it was read from.
pub(crate) struct Earlier {
    pub(super) uid: Uid,
    /// The parts, in the order of the sources.
    pub(super) members: Vec<(PartCard, Extracted)>,
    pub(super) sources: Vec<Source>,
}

/// What some parts are to the works that are here.
#[derive(Default)]
pub(super) struct Kin {
    /// The work that they continue.
    pub(super) earlier: Option<Earlier>,
    /// A work that they may continue, if a person says so: its number and its title.
    pub(super) perhaps: Option<(i64, String)>,
}

/// Works that are read again to see whether some parts continue them.
const MOST_CANDIDATES: usize = 3;
/// Works with a title that is only alike, read again for the same.
const MOST_NEAR: usize = 6;
/// A work of more originals is not read again for a part.
const MOST_PARTS: usize = 500;

impl Committer {
    /// The known work that these parts continue, or may continue.
    pub(super) async fn kin(&mut self, cards: &[PartCard]) -> Result<Kin> {
        let lookups = assemble::lookups(cards);
        if lookups.is_empty() || !self.matcher.compares() {
            return Ok(Kin::default());
        }
        let mut kin = Kin::default();
        let mut seen = BTreeSet::new();
        let near = assemble::near_lookups(cards);
        for (lookups, most) in [(lookups, MOST_CANDIDATES), (near, MOST_NEAR)] {
            let found = self.target.identify(&lookups).await?;
            let heads = found.into_iter().map(|(_, head)| head);
            let heads: Vec<StoredHead> =
                heads.filter(|head| !head.removed && seen.insert(head.uid)).collect();
            for head in heads.into_iter().take(most) {
                self.compare(&head, cards, &mut kin).await?;
                if kin.earlier.is_some() {
                    return Ok(kin);
                }
            }
        }
        Ok(kin)
    }

    async fn compare(&self, head: &StoredHead, cards: &[PartCard], kin: &mut Kin) -> Result<()> {
        let Some(earlier) = self.target.earlier(head, &self.context).await? else {
            return Ok(());
        };
        let own: Vec<PartCard> = earlier.members.iter().map(|(card, _)| card.clone()).collect();
        match assemble::continues(&own, cards) {
            Continues::Surely => kin.earlier = Some(earlier),
            Continues::Perhaps => {
                let title = own.first().map(|card| card.title_key.clone()).unwrap_or_default();
                kin.perhaps.get_or_insert((head.id.0, title));
            }
            Continues::No => {}
        }
        Ok(())
    }
}

/// The parts of a work; `None` where it was not read from parts, or an original is not here.
pub(super) async fn parts_of(
    archive: &Archive,
    head: &StoredHead,
    context: &ReadContext,
) -> Result<Option<Earlier>> {
    let Some(originals) = archive.originals_of(head.id, context).await? else { return Ok(None) };
    let Originals { items, sources } = originals;
    if items.is_empty() || items.len() > MOST_PARTS || sources.len() != items.len() {
        return Ok(None);
    }
    let (limits, tools) = (context.limits.clone(), context.tools.clone());
    let read = move || {
        let mut members = Vec::new();
        for (at, (place, item)) in items.iter().enumerate() {
            let extracted = fanfold_import::read_with(item, &limits, &*tools).extracted;
            let [extracted] = <[Extracted; 1]>::try_from(extracted).ok()?;
            let is_part = matches!(extracted.read_as, ReadAs::Work | ReadAs::Part);
            let card = PartCard::of(at, place, &extracted).filter(|_| is_part)?;
            members.push((card, extracted));
        }
        Some(members)
    };
    let members = tokio::task::spawn_blocking(read).await;
    let members = members.map_err(|_| crate::AppError::Broken("a reader"))?;
    Ok(members.map(|members| Earlier { uid: head.uid, members, sources }))
}
