//! Parts that wait for each other until everything was walked. Only a card of each part stays in
//! memory; its bytes lie in an unnamed folder and are read again, by the same code, when its group
//! is joined.

use super::earlier::Kin;
use super::read::{Around, Read, ReadContext, ReadWork, beside, read_work};
use crate::Result;
use crate::error::AppError;
use fanfold_import::assemble::{self, PartCard};
use fanfold_model::{BlobState, ContentHash, Extracted, Finding, FindingCode, ReadAs, Source};
use fanfold_source::Item;
use fanfold_storage::ItemLine;
use std::collections::HashSet;
use std::path::PathBuf;
use tempfile::TempDir;

/// Parts that wait.
#[derive(Default)]
pub(super) struct Waiting {
    spool: Option<TempDir>,
    parts: Vec<WaitingPart>,
    hashes: HashSet<ContentHash>,
}

struct WaitingPart {
    card: PartCard,
    line: ItemLine,
    size: u64,
    around: Around,
    file: PathBuf,
}

/// A work joined from its parts, or a part that stayed alone.
pub(super) struct Joined {
    pub(super) work: ReadWork,
    /// The first part's item.
    pub(super) first: Read,
    /// The other parts' items.
    pub(super) others: Vec<Read>,
}

/// The members of one group, by their place among the waiting parts, in order.
pub(super) struct GroupOfParts(Vec<usize>);

impl Waiting {
    /// Whether a part with these bytes waits already.
    pub(super) fn holds(&self, hash: Option<ContentHash>) -> bool {
        hash.is_some_and(|hash| self.hashes.contains(&hash))
    }

    /// Puts a part aside.
    pub(super) fn add(&mut self, mut card: PartCard, read: Read) -> Result<()> {
        card.index = self.parts.len();
        let spool = match &self.spool {
            Some(spool) => spool,
            None => self.spool.insert(tempfile::tempdir().map_err(spool_fault)?),
        };
        let file = spool.path().join(self.parts.len().to_string());
        std::fs::write(&file, read.bytes.unwrap_or_default()).map_err(spool_fault)?;
        self.hashes.extend(read.line.blake3);
        let (line, size, around) = (read.line, read.size, read.around);
        self.parts.push(WaitingPart { card, line, size, around, file });
        Ok(())
    }

    /// The groups that the cards make, and each part that belongs to none as a group of its own,
    /// in the order of their first parts.
    pub(super) fn groups(&self) -> Vec<GroupOfParts> {
        let cards: Vec<PartCard> = self.parts.iter().map(|part| part.card.clone()).collect();
        let mut groups: Vec<Vec<usize>> = assemble::plan(&cards)
            .into_iter()
            .map(|group| group.members.into_iter().chain(group.duplicates).collect())
            .collect();
        let grouped: HashSet<usize> = groups.iter().flatten().copied().collect();
        groups.extend(
            (0..cards.len()).filter(|place| !grouped.contains(place)).map(|place| vec![place]),
        );
        groups.sort_by_key(|members| members.iter().min().copied());
        groups.into_iter().map(GroupOfParts).collect()
    }

    /// What is known of the members of a group.
    pub(super) fn cards(&self, group: &GroupOfParts) -> Vec<PartCard> {
        group.0.iter().map(|place| self.parts[*place].card.clone()).collect()
    }

    /// Reads a group again and joins it, with the parts of the work that it continues, if it does.
    pub(super) fn join(
        &self,
        group: &GroupOfParts,
        context: &ReadContext,
        kin: Kin,
    ) -> Result<Option<Joined>> {
        let Kin { earlier, perhaps } = kin;
        let continues = earlier.as_ref().map(|earlier| earlier.uid);
        let (mut members, mut sources) =
            earlier.map(|earlier| (earlier.members, earlier.sources)).unwrap_or_default();
        let mut reads = Vec::new();
        for place in &group.0 {
            let part = &self.parts[*place];
            let bytes = std::fs::read(&part.file).map_err(spool_fault)?;
            let Some(extracted) = read_again(part, &bytes, context) else { continue };
            sources.extend(source_of(part, &extracted));
            members.push((part.card.clone(), extracted));
            let (line, size, around) = (part.line.clone(), part.size, part.around.clone());
            reads.push(Read { line, bytes: Some(bytes), size, around, things: Vec::new() });
        }
        if reads.is_empty() {
            return Ok(None);
        }
        let cards: Vec<PartCard> = members.iter().map(|(card, _)| card.clone()).collect();
        let alone = (members.len() == 1).then(|| members.pop()).flatten();
        let (mut extracted, missing) = match alone {
            Some((card, mut extracted)) => {
                if card.by_name.is_none() {
                    extracted.read_as = ReadAs::Part;
                }
                (extracted, Vec::new())
            }
            None => assemble::join(members),
        };
        extracted.findings.extend(perhaps.map(belongs_perhaps));
        let first = reads.remove(0);
        sources.extend(extracted.companions.iter().map(|own| beside(own, &first.line)));
        let mut work = read_work(extracted, sources, missing, context);
        work.identities.extend(assemble::part_keys(&cards));
        work.continues = continues;
        Ok(Some(Joined { work, first, others: reads }))
    }
}

/// What is said of parts that may continue a work, and were not joined to it.
fn belongs_perhaps((work, title): (i64, String)) -> Finding {
    let what = format!(
        "It may continue work {work}, “{title}”: the title may be short for that one, the same person wrote or sent \
         both, and the numbers go on."
    );
    Finding::new(FindingCode::PART_PERHAPS, what)
}

fn read_again(part: &WaitingPart, bytes: &[u8], context: &ReadContext) -> Option<Extracted> {
    let item = Item::from_bytes(part.line.path.clone(), bytes.to_vec());
    let mut item = match &part.line.member {
        Some(member) => item.inside(member.clone()),
        None => item,
    };
    part.around.lay(&mut item);
    let read = fanfold_import::read_with(&item, &context.limits, &*context.tools);
    read.extracted.into_iter().next()
}

fn source_of(part: &WaitingPart, extracted: &Extracted) -> Option<Source> {
    Some(Source {
        path: part.line.path.clone(),
        member: part.line.member.clone(),
        format: part.line.format.clone().unwrap_or_else(|| "unknown".to_owned()),
        encoding: extracted.encoding.clone(),
        blake3: part.line.blake3?,
        blob: BlobState::Stored,
        url: None,
    })
}

fn spool_fault(error: std::io::Error) -> AppError {
    AppError::at(std::env::temp_dir(), &error, "parts wait there until all are read; make room")
}
