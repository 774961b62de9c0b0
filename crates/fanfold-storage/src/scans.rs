//! Reading the whole library in pages by ascending id: reindex, export, check.

use crate::Result;
use async_trait::async_trait;
use fanfold_model::canonical::{CreatorRecord, EditRecord, SeriesRecord, TagRecord};
use fanfold_model::{TagId, TagKind, Viewer, Work, WorkId};

/// A tag of a work as the index needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexTag {
    /// The tag as it stands on the work.
    pub id: TagId,
    /// Its kind.
    pub kind: TagKind,
    /// The canonical tag (the tag itself, if it is no synonym).
    pub canonical: TagId,
    /// The canonical name, the tag's own, and the names of other synonyms.
    pub names: Vec<String>,
}

/// A work as the index needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexRecord {
    /// The shown work with all chapter texts.
    pub work: Work,
    /// Its tags, expanded.
    pub tags: Vec<IndexTag>,
    /// When it was imported, days since 1970-01-01 UTC.
    pub imported_day: i32,
}

/// An item that is not a work.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRow {
    /// Its place in the scan.
    pub id: i64,
    /// Its canonical record.
    pub record: fanfold_model::canonical::ItemRecord,
}

/// Scans. Each page is read in one go; a scan never holds a transaction open between pages.
#[async_trait]
pub trait ScanStore: Send + Sync {
    /// Works for the index; removed works are left out.
    async fn index_records(&self, ids: &[WorkId]) -> Result<Vec<IndexRecord>>;

    /// These tags as the index needs them; those that no work carries are left out.
    async fn index_tags(&self, tags: &[TagId]) -> Result<Vec<IndexTag>>;

    /// Ids of the tags that works carry, ascending, after this one.
    async fn carried_tags_after(&self, after: TagId, limit: u32) -> Result<Vec<TagId>>;

    /// Words of each of these works, for packing works into pages that fit in memory; in the order of the ids.
    async fn words_of(&self, ids: &[WorkId]) -> Result<Vec<(WorkId, u64)>>;

    /// Ids of the works the viewer may see, ascending, after this one.
    async fn work_ids_after(
        &self,
        after: WorkId,
        viewer: Viewer,
        limit: u32,
    ) -> Result<Vec<WorkId>>;

    /// Whole works with all chapters, in this order; works the viewer may not see are left out.
    async fn whole_works(&self, ids: &[WorkId], viewer: Viewer) -> Result<Vec<Work>>;

    /// Those of these works that began as a part whose work could not be assembled (`outcome` `part`
    /// in an export), ascending.
    async fn lone_parts(&self, ids: &[WorkId]) -> Result<Vec<WorkId>>;

    /// Tags in use or with a place in the graph, by (kind, name).
    async fn tag_records(&self) -> Result<Vec<TagRecord>>;

    /// Series by uid.
    async fn series_records(&self) -> Result<Vec<SeriesRecord>>;

    /// Creators by uid.
    async fn creator_records(&self) -> Result<Vec<CreatorRecord>>;

    /// Edits in force by uid.
    async fn edit_records(&self) -> Result<Vec<EditRecord>>;

    /// Items that are not works, ascending, after this one.
    async fn items_after(&self, after: i64, limit: u32) -> Result<Vec<ItemRow>>;

    /// Takes over records of an export: tags with their edges, edits. Existing ones stay;
    /// edits of works that are not here are left out.
    async fn put_records(&self, tags: Vec<TagRecord>, edits: Vec<EditRecord>) -> Result<()>;
}
