//! A library that is open, and everything that reads it.

use crate::clock::Clock;
use crate::crowd::Crowd;
use crate::error::AppError;
use crate::hashing::{library_key, uid_named};
use crate::library::LibraryPaths;
use crate::meanings::Meanings;
use crate::names::NameBook;
use crate::review::QuestionCount;
use crate::settings::Settings;
use crate::{Result, index::IndexHandle};
use fanfold_model::{
    ContentHash, CreatorId, ImportId, SeriesId, TagId, TagKind, Uid, Viewer, Work, WorkId,
    fold_name,
};
use fanfold_storage::{
    BlobStore, Card, ChapterChoice, CreatorPage, HistoryLine, ImportSummary, ItemLine,
    LibraryStatus, ListFilter, ListPage, OriginalBytes, SeriesPage, SourcesPage, Store, TagPage,
    TagRef, WorkKey, WorkPage,
};
use std::sync::Arc;

/// An open library. Cheap to clone; every clone is the same library.
#[derive(Clone)]
pub struct Archive {
    store: Arc<dyn Store>,
    blobs: Arc<dyn BlobStore>,
    index: Arc<IndexHandle>,
    meanings: Arc<Meanings>,
    asked: Arc<QuestionCount>,
    clock: Arc<dyn Clock>,
    paths: LibraryPaths,
    settings: Arc<Settings>,
    names: Arc<NameBook>,
    crowd: Arc<Crowd>,
}

/// An original file, ready to be downloaded.
#[derive(Debug)]
pub struct Original {
    /// The file's own name.
    pub name: String,
    /// Its bytes, verified against their hash.
    pub bytes: OriginalBytes,
    /// Its hash.
    pub hash: ContentHash,
}

impl Archive {
    /// Puts an open store, its originals and an index together. A missing, foreign or damaged
    /// index is made anew and filled by the follower.
    ///
    /// # Errors
    /// If the index folder cannot be written.
    pub fn open(
        store: Arc<dyn Store>,
        blobs: Arc<dyn BlobStore>,
        clock: Arc<dyn Clock>,
        paths: LibraryPaths,
        settings: Settings,
    ) -> Result<Self> {
        let meanings = Arc::new(Meanings::new(Arc::clone(&store)));
        let index = Arc::new(IndexHandle::open(&paths.index(), Arc::clone(&meanings))?);
        let (asked, names, crowd) = (Arc::default(), Arc::default(), Arc::default());
        let settings = Arc::new(settings);
        Ok(Self { store, blobs, index, meanings, asked, clock, paths, settings, names, crowd })
    }

    pub(crate) fn name_book(&self) -> &NameBook {
        &self.names
    }

    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    pub(crate) fn blobs(&self) -> &Arc<dyn BlobStore> {
        &self.blobs
    }

    pub(crate) fn index(&self) -> &Arc<IndexHandle> {
        &self.index
    }

    pub(crate) fn meanings(&self) -> &Meanings {
        &self.meanings
    }

    pub(crate) fn crowd(&self) -> &Crowd {
        &self.crowd
    }

    pub(crate) fn asked(&self) -> &QuestionCount {
        &self.asked
    }

    pub(crate) fn stamp(&self) -> String {
        self.clock.stamp()
    }

    /// Today in UTC as days since 1970-01-01.
    #[must_use]
    pub fn today(&self) -> i32 {
        self.clock.today()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Where the library lies.
    #[must_use]
    pub fn paths(&self) -> &LibraryPaths {
        &self.paths
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A work as the viewer may see it.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn work(
        &self,
        id: WorkId,
        viewer: Viewer,
        chapters: ChapterChoice,
    ) -> Result<Option<WorkPage>> {
        Ok(self.store.work(WorkKey::Id(id), viewer, chapters).await?)
    }

    /// The work that a merged one became, if the viewer may see it.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn merged_into(&self, id: WorkId, viewer: Viewer) -> Result<Option<WorkId>> {
        let Some(into) = self.store.merged_into(id).await? else { return Ok(None) };
        let there = self.store.cards(&[into], viewer).await?;
        Ok((!there.is_empty()).then_some(into))
    }

    /// A work by number or uid.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn work_by_key(
        &self,
        key: WorkKey,
        viewer: Viewer,
        chapters: ChapterChoice,
    ) -> Result<Option<WorkPage>> {
        Ok(self.store.work(key, viewer, chapters).await?)
    }

    /// Cards for these works, in this order.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn cards(&self, ids: &[WorkId], viewer: Viewer) -> Result<Vec<Card>> {
        Ok(self.store.cards(ids, viewer).await?)
    }

    /// A page of a plain list, newest import first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn list(
        &self,
        filter: ListFilter,
        viewer: Viewer,
        after: Option<WorkId>,
        limit: u32,
    ) -> Result<ListPage> {
        Ok(self.store.list(filter, viewer, after, limit).await?)
    }

    /// Where a work comes from.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sources(&self, id: WorkId, viewer: Viewer) -> Result<Option<SourcesPage>> {
        Ok(self.store.sources_page(id, viewer).await?)
    }

    /// What was done to a work, oldest first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn history(&self, id: WorkId) -> Result<Vec<HistoryLine>> {
        Ok(self.store.history(id).await?)
    }

    /// An earlier or hidden version.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn version(&self, id: WorkId, viewer: Viewer, number: u32) -> Result<Option<Work>> {
        Ok(self.store.version(id, viewer, number).await?)
    }

    /// The original file behind a work's source, by its place; `None` if there is no such source
    /// or its bytes are not kept here.
    ///
    /// # Errors
    /// If the store fails or the original is damaged.
    pub async fn original(
        &self,
        id: WorkId,
        viewer: Viewer,
        place: usize,
    ) -> Result<Option<Original>> {
        let page = self.work(id, viewer, ChapterChoice::None).await?;
        let Some(source) = page.and_then(|page| page.work.sources.into_iter().nth(place)) else {
            return Ok(None);
        };
        let bytes = self.blobs.get(source.blake3).await?;
        let name = source.member.as_deref().unwrap_or(&source.path);
        let name = name.rsplit(['/', '\\', '!']).next().unwrap_or(name).to_owned();
        Ok(bytes.map(|bytes| Original { name, bytes, hash: source.blake3 }))
    }

    /// A creator's page.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn creator(&self, id: CreatorId, viewer: Viewer) -> Result<Option<CreatorPage>> {
        Ok(self.store.creator(id, viewer).await?)
    }

    /// Creators with this name (case and width do not matter).
    ///
    /// # Errors
    /// If the store fails.
    pub async fn creators_named(&self, name: &str, viewer: Viewer) -> Result<Vec<CreatorPage>> {
        Ok(self.store.creators_named(&fold_name(name), viewer).await?)
    }

    /// A series' page.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn series(&self, id: SeriesId, viewer: Viewer) -> Result<Option<SeriesPage>> {
        Ok(self.store.series(id, viewer).await?)
    }

    /// Tags of a kind by name, after a folded name.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn tags(
        &self,
        kind: TagKind,
        viewer: Viewer,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<TagRef>> {
        Ok(self.store.tags(kind, viewer, after, limit).await?)
    }

    /// Tags with this name, of any kind.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn tags_named(&self, name: &str, viewer: Viewer) -> Result<Vec<TagRef>> {
        Ok(self.store.tags_named(name, viewer).await?)
    }

    /// The tag of a kind with this name.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn tag_named(
        &self,
        kind: TagKind,
        name: &str,
        viewer: Viewer,
    ) -> Result<Option<TagPage>> {
        let found = self.tags_named(name, viewer).await?.into_iter().find(|tag| tag.kind == kind);
        match found {
            Some(tag) => self.tag(tag.id, viewer).await,
            None => Ok(None),
        }
    }

    /// A tag's page.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn tag(&self, id: TagId, viewer: Viewer) -> Result<Option<TagPage>> {
        Ok(self.store.tag(id, viewer).await?)
    }

    /// The work that an old address leads to.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn work_at(&self, address: &str, viewer: Viewer) -> Result<Option<WorkId>> {
        Ok(self.store.work_at(address, viewer).await?)
    }

    /// Imports, newest first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn imports(&self, limit: u32) -> Result<Vec<ImportSummary>> {
        Ok(self.store.imports(limit).await?)
    }

    /// One import by its number.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn import_summary(&self, id: ImportId) -> Result<Option<ImportSummary>> {
        Ok(self.store.import(id).await?)
    }

    /// One import's items.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn import_items(
        &self,
        import: ImportId,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<(ItemLine, Option<WorkId>)>> {
        Ok(self.store.import_items(import, offset, limit).await?)
    }

    /// What the library holds.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn status(&self) -> Result<LibraryStatus> {
        Ok(self.store.status().await?)
    }

    /// The number of the newest change; pages that show lists put it into their `ETag`.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn last_change(&self) -> Result<i64> {
        Ok(self.store.last_seq().await?)
    }

    /// A uid for something that this library gives out and does not keep, such as a feed, by its name. It stays the same
    /// wherever the library is served from, and no other library gives it.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn uid_of(&self, kind: &str, name: &str) -> Result<Uid> {
        let place = self.paths.root().display().to_string();
        let proposed = library_key(&place, self.clock.now().as_nanosecond());
        Ok(uid_named(kind, &self.store.library_key(&proposed).await?, name))
    }

    /// The work, or the error that says it is missing.
    ///
    /// # Errors
    /// If there is no such work, or the store fails.
    pub async fn need_work(&self, key: WorkKey, chapters: ChapterChoice) -> Result<WorkPage> {
        let name = match key {
            WorkKey::Id(id) => id.to_string(),
            WorkKey::Uid(uid) => uid.to_string(),
        };
        self.store.work(key, Viewer::Owner, chapters).await?.ok_or(AppError::Missing {
            what: "work",
            name,
            hint: "`fanfold list` shows what there is",
        })
    }
}
