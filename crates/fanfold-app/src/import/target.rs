//! Where an import ends: a library, or nowhere (a dry run, `inspect`). The stages before are the same.

use super::earlier::{Earlier, parts_of};
use super::read::ReadContext;
use super::stream::OwnBytes;
use crate::Result;
use crate::archive::Archive;
use async_trait::async_trait;
use fanfold_model::canonical::{EditRecord, TagRecord};
use fanfold_model::{ContentHash, Counts, Identity, ImportId, Uid, Viewer, Work, WorkId};
use fanfold_source::Item;
use fanfold_storage::{ChapterChoice, Entry, Known, Store, StoredHead, WorkKey};
use std::sync::Arc;

/// What the committer needs of the place where an import ends.
#[async_trait]
pub(crate) trait Target: Send + Sync {
    /// What is known about these bytes.
    async fn known(&self, hashes: &[ContentHash]) -> Result<Vec<Known>>;
    /// The works with these identities.
    async fn identify(&self, identities: &[Identity]) -> Result<Vec<(Identity, StoredHead)>>;
    /// The works with these uids.
    async fn heads(&self, uids: &[Uid]) -> Result<Vec<StoredHead>>;
    /// The shown text of a known work.
    async fn text_of(&self, uid: Uid) -> Result<Option<Work>>;
    /// The parts that a known work was read from; a target that knows no works has none.
    async fn earlier(&self, _: &StoredHead, _: &ReadContext) -> Result<Option<Earlier>> {
        Ok(None)
    }
    /// Makes originals durable, then commits the group.
    async fn commit(
        &self,
        originals: Vec<(ContentHash, Vec<u8>)>,
        group: Vec<Entry>,
    ) -> Result<Vec<(Uid, WorkId)>>;
    /// Makes one large original durable.
    async fn keep(&self, item: Arc<Item>) -> Result<()>;
    /// Takes over tags and edits of an export.
    async fn put_records(&self, tags: Vec<TagRecord>, edits: Vec<EditRecord>) -> Result<()>;
    /// Ends the import.
    async fn finish(&self, counts: Counts) -> Result<()>;
    /// The import's number, if it has one.
    fn import(&self) -> Option<ImportId>;
    /// What is remembered of what was committed.
    fn memory(&self) -> Memory;
}

/// What is remembered of what was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    /// The target finds it again; the committer forgets after each group.
    Target,
    /// Nothing is stored; the committer remembers the whole run.
    Committer,
    /// Nothing is compared: every item is shown for itself.
    None,
}

/// A library.
pub(crate) struct LibraryTarget {
    archive: Archive,
    import: ImportId,
}

impl LibraryTarget {
    pub(crate) fn new(archive: Archive, import: ImportId) -> Self {
        Self { archive, import }
    }
}

#[async_trait]
impl Target for LibraryTarget {
    async fn known(&self, hashes: &[ContentHash]) -> Result<Vec<Known>> {
        Ok(self.archive.store().known(hashes).await?)
    }

    async fn identify(&self, identities: &[Identity]) -> Result<Vec<(Identity, StoredHead)>> {
        Ok(self.archive.store().identify(identities).await?)
    }

    async fn heads(&self, uids: &[Uid]) -> Result<Vec<StoredHead>> {
        Ok(self.archive.store().heads(uids).await?)
    }

    async fn text_of(&self, uid: Uid) -> Result<Option<Work>> {
        shown_text(self.archive.store(), uid).await
    }

    async fn earlier(&self, head: &StoredHead, context: &ReadContext) -> Result<Option<Earlier>> {
        parts_of(&self.archive, head, context).await
    }

    async fn commit(
        &self,
        originals: Vec<(ContentHash, Vec<u8>)>,
        group: Vec<Entry>,
    ) -> Result<Vec<(Uid, WorkId)>> {
        self.archive.blobs().put_all(originals).await?;
        let at = self.archive.stamp();
        Ok(self.archive.store().commit(self.import, group, &at).await?.works)
    }

    async fn keep(&self, item: Arc<Item>) -> Result<()> {
        let Some(hash) = item.blake3 else { return Ok(()) };
        Ok(self.archive.blobs().put_stream(hash, Box::new(OwnBytes::of(item))).await?)
    }

    async fn put_records(&self, tags: Vec<TagRecord>, edits: Vec<EditRecord>) -> Result<()> {
        Ok(self.archive.store().put_records(tags, edits).await?)
    }

    async fn finish(&self, counts: Counts) -> Result<()> {
        let at = self.archive.stamp();
        Ok(self.archive.store().finish_import(self.import, counts, &at).await?)
    }

    fn import(&self) -> Option<ImportId> {
        Some(self.import)
    }

    fn memory(&self) -> Memory {
        Memory::Target
    }
}

/// Nowhere: compares with a library, if there is one, and changes nothing.
pub(crate) struct DryTarget {
    archive: Option<Archive>,
}

impl DryTarget {
    pub(crate) fn over(archive: Option<Archive>) -> Self {
        Self { archive }
    }

    fn store(&self) -> Option<&Arc<dyn Store>> {
        self.archive.as_ref().map(Archive::store)
    }
}

#[async_trait]
impl Target for DryTarget {
    async fn known(&self, hashes: &[ContentHash]) -> Result<Vec<Known>> {
        match self.store() {
            Some(store) => Ok(store.known(hashes).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn identify(&self, identities: &[Identity]) -> Result<Vec<(Identity, StoredHead)>> {
        match self.store() {
            Some(store) => Ok(store.identify(identities).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn heads(&self, uids: &[Uid]) -> Result<Vec<StoredHead>> {
        match self.store() {
            Some(store) => Ok(store.heads(uids).await?),
            None => Ok(Vec::new()),
        }
    }

    async fn text_of(&self, uid: Uid) -> Result<Option<Work>> {
        match self.store() {
            Some(store) => shown_text(store, uid).await,
            None => Ok(None),
        }
    }

    async fn earlier(&self, head: &StoredHead, context: &ReadContext) -> Result<Option<Earlier>> {
        match &self.archive {
            Some(archive) => parts_of(archive, head, context).await,
            None => Ok(None),
        }
    }

    async fn commit(
        &self,
        _originals: Vec<(ContentHash, Vec<u8>)>,
        _group: Vec<Entry>,
    ) -> Result<Vec<(Uid, WorkId)>> {
        Ok(Vec::new())
    }

    async fn keep(&self, _item: Arc<Item>) -> Result<()> {
        Ok(())
    }

    async fn put_records(&self, _tags: Vec<TagRecord>, _edits: Vec<EditRecord>) -> Result<()> {
        Ok(())
    }

    async fn finish(&self, _counts: Counts) -> Result<()> {
        Ok(())
    }

    fn import(&self) -> Option<ImportId> {
        None
    }

    fn memory(&self) -> Memory {
        Memory::Committer
    }
}

async fn shown_text(store: &Arc<dyn Store>, uid: Uid) -> Result<Option<Work>> {
    let page = store.work(WorkKey::Uid(uid), Viewer::Owner, ChapterChoice::All).await?;
    Ok(page.map(|page| page.work))
}
