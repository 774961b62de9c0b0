//! Reprocess: extraction and normalisation again from the stored originals, with today's rules.
//! Edits stay; better rules make a new rendition, not a version.

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::hashing;
use crate::import::{ImportOptions, ReadContext, ReadWork, keep_chapter_uids, read_work};
use crate::review::given_name;
use fanfold_import::Sink;
use fanfold_import::assemble::{self, PartCard};
use fanfold_model::canonical::{Record, extracted_json};
use fanfold_model::{
    BlobState, ContentHash, Evidence, Extracted, Finding, ReadAs, Source, Uid, Viewer, Work, WorkId,
};
use fanfold_source::{Beside, Item};
use fanfold_storage::{ChapterChoice, Entry, NewImport, NewVersion, OriginalBytes, WorkKey};
use std::sync::Arc;

/// What reprocessing did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reprocessed {
    /// Works that read differently now.
    pub changed: u64,
    /// Works that read the same.
    pub same: u64,
    /// Works that could not be read again, each with why.
    pub skipped: Vec<(WorkId, String)>,
}

impl Archive {
    /// Reads these works again from their originals.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn reprocess(&self, ids: &[WorkId], actor: &str) -> Result<Reprocessed> {
        let mut context = self.read_context(&ImportOptions::default(), &[]).await?;
        let begun = NewImport {
            actor: actor.to_owned(),
            at: self.stamp(),
            roots: vec!["reprocess".to_owned()],
        };
        let import = self.store().begin_import(begun).await?;
        let mut done = Reprocessed::default();
        for id in ids {
            context.given = given_name(&self.store().roots_of(*id).await?);
            match self.read_again(*id, &context).await? {
                Again::Skipped(why) => done.skipped.push((*id, why)),
                Again::Same => done.same += 1,
                Again::Changed(entry) => {
                    self.store().commit(import, vec![Entry::Version(entry)], &self.stamp()).await?;
                    done.changed += 1;
                }
            }
        }
        self.store().finish_import(import, fanfold_model::Counts::default(), &self.stamp()).await?;
        self.catch_up().await?;
        Ok(done)
    }

    async fn read_again(&self, id: WorkId, context: &ReadContext) -> Result<Again> {
        let page = self.store().work(WorkKey::Id(id), Viewer::Owner, ChapterChoice::All).await?;
        let Some(page) = page else {
            return Ok(Again::Skipped("there is no such work".to_owned()));
        };
        let Some(layers) = self.store().sources_page(id, Viewer::Owner).await? else {
            return Ok(Again::Skipped("there is no such work".to_owned()));
        };
        let (read, beside) = first_reading(&page.work, &layers.extracted);
        let mut companions = Vec::new();
        for source in beside {
            let Some(bytes) = self.blobs().get(source.blake3).await? else { continue };
            companions.push((place_of(source), item_of(source, bytes, context)?));
        }
        let neighbours = (!companions.is_empty()).then(|| Arc::new(Beside::of(companions)));
        let mut parts = Vec::new();
        for source in read {
            let Some(bytes) = self.blobs().get(source.blake3).await? else {
                return Ok(Again::Skipped(format!(
                    "the original of {} is not kept here",
                    source.path
                )));
            };
            let mut item = item_of(source, bytes, context)?;
            item.beside.clone_from(&neighbours);
            parts.push((source.clone(), item));
        }
        if parts.is_empty() {
            return Ok(Again::Skipped("it has no original".to_owned()));
        }
        let uid = page.work.uid.ok_or(AppError::Broken("the store gave a work without uid and"))?;
        let wanted = Wanted::of(uid, &layers.extracted);
        let Some(mut read) = read_parts(parts, &wanted, context) else {
            return Ok(Again::Skipped("its originals are not read as a work any more".to_owned()));
        };
        keep_what_stays(&mut read.work, &layers.normalised);
        read.work.uid = Some(uid);
        keep_chapter_uids(uid, 0, &page.work.chapters, &mut read.work);
        if same_reading(&read.work, &layers.normalised, &page.work) {
            return Ok(Again::Same);
        }
        Ok(Again::Changed(Box::new(NewVersion {
            uid,
            work: read.work,
            identities: read.identities,
            text: read.text,
            extracted: read.extracted,
            sketch: Some(read.sketch),
            show: true,
            rendition: true,
            items: Vec::new(),
        })))
    }
}

enum Again {
    Same,
    Skipped(String),
    Changed(Box<NewVersion>),
}

/// The sources the stored text was read from, as the extracted layer counts them: those that are read by themselves,
/// and those beside them. Later copies with equal text add nothing to the reading.
fn first_reading<'a>(work: &'a Work, extracted: &str) -> (Vec<&'a Source>, Vec<&'a Source>) {
    let layer: serde_json::Value = serde_json::from_str(extracted).unwrap_or_default();
    let count = |name: &str| {
        let count = layer.get(name).and_then(serde_json::Value::as_u64)?;
        usize::try_from(count).ok()
    };
    let (all, beside) = (count("sources").unwrap_or(1).max(1), count("companions").unwrap_or(0));
    let stored = work.sources.iter().filter(|source| source.blob == BlobState::Stored);
    let mut read: Vec<&Source> = stored.take(all).collect();
    let beside = read.split_off(all.saturating_sub(beside).min(read.len()));
    (read, beside)
}

/// Reads the originals with today's rules; `None` if they are no work any more.
fn read_parts(
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

fn item_of(source: &Source, bytes: OriginalBytes, context: &ReadContext) -> Result<Item> {
    let path = source.path.clone();
    let item = match bytes {
        OriginalBytes::Memory(bytes) => Item::from_bytes(path, bytes),
        OriginalBytes::File(file) => Item::from_file(path, file, &context.limits)
            .map_err(|error| AppError::Refused(error.to_string()))?,
    };
    Ok(match &source.member {
        Some(member) => item.inside(member.clone()),
        None => item,
    })
}

/// The reading that became this work: of many in one item, the one with the place that its uid was made of, else with
/// one of its identities.
fn read_one(item: &Item, wanted: &Wanted, context: &ReadContext) -> Option<Extracted> {
    let mut found = Found { wanted, origin: item.blake3?, place: 0, best: None };
    fanfold_import::read_into(item, &context.limits, &*context.tools, &mut found);
    found.best.map(|(_, extracted)| extracted)
}

/// What tells one work of an item from the others in it.
struct Wanted {
    uid: Uid,
    identities: serde_json::Value,
}

impl Wanted {
    fn of(uid: Uid, extracted: &str) -> Self {
        let layer: serde_json::Value = serde_json::from_str(extracted).unwrap_or_default();
        Self { uid, identities: layer.get("identities").cloned().unwrap_or_default() }
    }

    /// How surely a reading is the wanted one; the first of those that are equally sure counts.
    fn likeness(&self, extracted: &Extracted, uid: Uid) -> u8 {
        if uid == self.uid {
            return 2;
        }
        let identities = &extracted_json(extracted)["identities"];
        u8::from(
            identities.as_array().is_some_and(|own| !own.is_empty())
                && *identities == self.identities,
        )
    }
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

fn place_of(source: &Source) -> String {
    match &source.member {
        Some(member) => format!("{}/{member}", source.path),
        None => source.path.clone(),
    }
}

/// What a reading of the bytes alone cannot know, and reprocessing must not lose.
fn keep_what_stays(new: &mut Work, old: &Work) {
    new.id = old.id;
    new.sources.clone_from(&old.sources);
    new.visibility = old.visibility;
    if new.held.is_none() {
        new.held.clone_from(&old.held);
    }
    new.captured = new.captured.or(old.captured);
    // A person may lower a rating; a better rule may not.
    let answered = |(name, seen): &(String, Evidence)| {
        name == "rating" && seen.rule == fanfold_normalize::ANSWER
    };
    if new.evidence.iter().chain(&old.evidence).any(answered) {
        return;
    }
    new.rating = match (new.rating, old.rating) {
        (Some(fresh), Some(before)) if fresh.strictness() < before.strictness() => Some(before),
        (fresh, before) => fresh.or(before),
    };
}

fn same_reading(new: &Work, normalised: &Work, shown: &Work) -> bool {
    let bare = |work: &Work| Work {
        chapters: Vec::new(),
        versions: Vec::new(),
        curated: Vec::new(),
        ..work.clone()
    };
    let same_text = new.chapters.len() == shown.chapters.len()
        && new.chapters.iter().zip(&shown.chapters).all(|(new, old)| new == old);
    same_text && bare(new) == bare(normalised)
}
