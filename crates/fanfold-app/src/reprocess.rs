//! Reprocess: extraction and normalisation again from the stored originals, with today's rules.
//! Edits stay; better rules make a new rendition, not a version.
//!
//! Works that lie in one original (a dump, an export) are read together: it is opened once, whatever their number.

mod alone;
mod stored;
mod together;

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::import::{ImportOptions, ReadContext, ReadWork, keep_chapter_uids};
use crate::review::given_name;
use alone::read_parts;
use fanfold_model::{ContentHash, Evidence, ImportId, Source, Uid, Viewer, Work, WorkId};
use fanfold_source::{Beside, Item};
use fanfold_storage::{
    ChapterChoice, Entry, NewImport, NewVersion, OriginalBytes, SourcesPage, WorkKey, WorkPage,
};
use std::collections::HashMap;
use std::sync::Arc;
use stored::{Wanted, first_reading, item_of, learnt, place_of};

/// What reprocessing did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reprocessed {
    /// Works that read differently now.
    pub changed: u64,
    /// Works that read the same.
    pub same: u64,
    /// Works that could not be read again, each with why.
    pub skipped: Vec<(WorkId, String)>,
    /// How often an original was opened.
    pub opened: u64,
}

impl Archive {
    /// Reads these works again from their originals.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn reprocess(&self, ids: &[WorkId], actor: &str) -> Result<Reprocessed> {
        let context = self.read_context(&ImportOptions::default(), &[]).await?;
        let begun = NewImport {
            actor: actor.to_owned(),
            at: self.stamp(),
            roots: vec!["reprocess".to_owned()],
        };
        let import = self.store().begin_import(begun).await?;
        let done = Reprocessed::default();
        let mut again = Again { archive: self, import, context, done };
        for (original, works) in self.by_original(ids).await? {
            match (original, works.as_slice()) {
                (Some(original), [_, _, ..]) => again.together(&original, &works).await?,
                _ => again.each(&works).await?,
            }
        }
        let done = again.done;
        self.store().finish_import(import, fanfold_model::Counts::default(), &self.stamp()).await?;
        self.catch_up().await?;
        Ok(done)
    }

    /// What a work was read from, for parts that come later; `None` where an original is not kept here, or files beside
    /// the originals were read too.
    pub(crate) async fn originals_of(
        &self,
        id: WorkId,
        context: &ReadContext,
    ) -> Result<Option<Originals>> {
        let store = self.store();
        let page = store.work(WorkKey::Id(id), Viewer::Owner, ChapterChoice::None).await?;
        let Some(page) = page else { return Ok(None) };
        let Some(layers) = store.sources_page(id, Viewer::Owner).await? else {
            return Ok(None);
        };
        let (read, beside) = first_reading(&page.work, &layers.extracted);
        if !beside.is_empty() {
            return Ok(None);
        }
        let learnt = learnt(&layers.extracted);
        let neighbours = (!learnt.is_empty()).then(|| Arc::new(Beside::of(learnt)));
        let mut originals = Originals { items: Vec::new(), sources: Vec::new() };
        for source in read {
            let Some(bytes) = self.blobs().get(source.blake3).await? else { return Ok(None) };
            let mut item = item_of(source, bytes, context)?;
            item.beside.clone_from(&neighbours);
            originals.items.push((place_of(source), item));
            originals.sources.push(source.clone());
        }
        Ok(Some(originals))
    }

    /// The works by the first original that they were read from, in the order of their first works. Only names and
    /// numbers are kept of each.
    async fn by_original(&self, ids: &[WorkId]) -> Result<Vec<(Option<Source>, Vec<WorkId>)>> {
        let mut groups: Vec<(Option<Source>, Vec<WorkId>)> = Vec::new();
        let mut places: HashMap<(ContentHash, String), usize> = HashMap::new();
        for id in ids {
            let page = self.store().work(WorkKey::Id(*id), Viewer::Owner, ChapterChoice::None);
            let source = page.await?.and_then(|page| page.work.sources.into_iter().next());
            let key = source.as_ref().map(|source| (source.blake3, place_of(source)));
            match key.as_ref().and_then(|key| places.get(key)) {
                Some(place) => groups[*place].1.push(*id),
                None => {
                    places.extend(key.map(|key| (key, groups.len())));
                    groups.push((source, vec![*id]));
                }
            }
        }
        Ok(groups)
    }
}

/// The originals that a work was read from.
pub(crate) struct Originals {
    /// Each with its place as one path.
    pub(crate) items: Vec<(String, Item)>,
    /// As the work names them.
    pub(crate) sources: Vec<Source>,
}

/// A work as it is stored.
struct Old {
    page: WorkPage,
    layers: SourcesPage,
}

/// Works on their way through today's rules.
struct Again<'a> {
    archive: &'a Archive,
    import: ImportId,
    context: ReadContext,
    done: Reprocessed,
}

impl Again<'_> {
    async fn each(&mut self, works: &[WorkId]) -> Result<()> {
        for id in works {
            match self.old(*id).await? {
                Some(old) => self.alone(*id, &old).await?,
                None => self.skip(*id, "there is no such work"),
            }
        }
        Ok(())
    }

    fn skip(&mut self, id: WorkId, why: impl Into<String>) {
        self.done.skipped.push((id, why.into()));
    }

    /// A work with all that is stored of it.
    async fn old(&mut self, id: WorkId) -> Result<Option<Old>> {
        let store = self.archive.store();
        let page = store.work(WorkKey::Id(id), Viewer::Owner, ChapterChoice::All).await?;
        let layers = store.sources_page(id, Viewer::Owner).await?;
        self.context.given = given_name(&store.roots_of(id).await?);
        Ok(page.zip(layers).map(|(page, layers)| Old { page, layers }))
    }

    async fn open(&mut self, hash: ContentHash) -> Result<Option<OriginalBytes>> {
        self.done.opened += 1;
        Ok(self.archive.blobs().get(hash).await?)
    }

    /// Reads a work from its own originals.
    async fn alone(&mut self, id: WorkId, old: &Old) -> Result<()> {
        let (read, beside) = first_reading(&old.page.work, &old.layers.extracted);
        let mut companions = learnt(&old.layers.extracted);
        for source in beside {
            let Some(bytes) = self.open(source.blake3).await? else { continue };
            companions.push((place_of(source), item_of(source, bytes, &self.context)?));
        }
        let neighbours = (!companions.is_empty()).then(|| Arc::new(Beside::of(companions)));
        let mut parts = Vec::new();
        for source in read {
            let Some(bytes) = self.open(source.blake3).await? else {
                self.skip(id, format!("the original of {} is not kept here", source.path));
                return Ok(());
            };
            let mut item = item_of(source, bytes, &self.context)?;
            item.beside.clone_from(&neighbours);
            if source.url.is_some() {
                // A capture knew its day.
                item.hints.captured =
                    old.layers.normalised.captured.as_ref().map(ToString::to_string);
            }
            parts.push((source.clone(), item));
        }
        if parts.is_empty() {
            self.skip(id, "it has no original");
            return Ok(());
        }
        let wanted = Wanted::of(old.uid()?, &old.layers.extracted);
        match read_parts(parts, &wanted, &self.context) {
            Some(read) => self.renew(old, read).await,
            None => {
                self.skip(id, NO_WORK);
                Ok(())
            }
        }
    }

    /// Takes over what was read, where it differs from what is stored.
    async fn renew(&mut self, old: &Old, mut read: ReadWork) -> Result<()> {
        let uid = old.uid()?;
        keep_what_stays(&mut read.work, &old.layers.normalised);
        read.work.uid = Some(uid);
        keep_chapter_uids(uid, 0, &old.page.work.chapters, &mut read.work);
        if same_reading(&read.work, &old.layers.normalised, &old.page.work) {
            self.done.same += 1;
            return Ok(());
        }
        let entry = Entry::Version(Box::new(NewVersion {
            uid,
            work: read.work,
            identities: read.identities,
            text: read.text,
            extracted: read.extracted,
            sketch: Some(read.sketch),
            show: true,
            rendition: true,
            items: Vec::new(),
        }));
        let at = self.archive.stamp();
        self.archive.store().commit(self.import, vec![entry], &at).await?;
        self.done.changed += 1;
        Ok(())
    }
}

const NO_WORK: &str = "its originals are not read as a work any more";

impl Old {
    fn uid(&self) -> Result<Uid> {
        self.page.work.uid.ok_or(AppError::Broken("the store gave a work without uid and"))
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
