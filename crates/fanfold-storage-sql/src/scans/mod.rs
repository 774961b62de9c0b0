//! Reading the whole library in pages: reindex, export, check. On SQLite these read through
//! rusqlite like every read, so a page of 256 works is one hop, not hundreds.

mod graph;
mod index;
mod put;
mod records;
mod sql;
mod whole;

pub(crate) use put::put_tags;
#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

use crate::SqlStore;
use async_trait::async_trait;
use fanfold_model::canonical::{CreatorRecord, EditRecord, SeriesRecord, TagRecord};
use fanfold_model::{TagId, Viewer, Work, WorkId};
use fanfold_storage::{IndexRecord, IndexTag, ItemRow, Result, ScanStore};

#[async_trait]
impl ScanStore for SqlStore {
    async fn index_records(&self, ids: &[WorkId]) -> Result<Vec<IndexRecord>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.db
            .read("reading works for the index", move |conn| Box::pin(index::records(conn, ids)))
            .await
    }

    async fn index_tags(&self, tags: &[TagId]) -> Result<Vec<IndexTag>> {
        let tags: Vec<i64> = tags.iter().map(|tag| tag.0).collect();
        self.db
            .read("reading tags for the index", move |conn| Box::pin(index::tags(conn, tags)))
            .await
    }

    async fn carried_tags_after(&self, after: TagId, limit: u32) -> Result<Vec<TagId>> {
        self.db
            .read("walking through the tags", move |conn| {
                Box::pin(index::carried_after(conn, after, limit))
            })
            .await
    }

    async fn words_of(&self, ids: &[WorkId]) -> Result<Vec<(WorkId, u64)>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.db
            .read("asking how long works are", move |conn| Box::pin(whole::words_of(conn, ids)))
            .await
    }

    async fn work_ids_after(
        &self,
        after: WorkId,
        viewer: Viewer,
        limit: u32,
    ) -> Result<Vec<WorkId>> {
        self.db
            .read("walking through the works", move |conn| {
                Box::pin(whole::ids_after(conn, after, viewer, limit))
            })
            .await
    }

    async fn whole_works(&self, ids: &[WorkId], viewer: Viewer) -> Result<Vec<Work>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.db
            .read("reading whole works", move |conn| {
                Box::pin(async move {
                    let works = whole::works(conn, &ids, viewer).await?;
                    Ok(works.into_iter().map(|(work, _)| work).collect())
                })
            })
            .await
    }

    async fn lone_parts(&self, ids: &[WorkId]) -> Result<Vec<WorkId>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.db
            .read("asking for lone parts", move |conn| Box::pin(whole::lone_parts(conn, ids)))
            .await
    }

    async fn tag_records(&self) -> Result<Vec<TagRecord>> {
        self.db.read("reading the tags", |conn| Box::pin(records::tags(conn))).await
    }

    async fn series_records(&self) -> Result<Vec<SeriesRecord>> {
        self.db.read("reading the series", |conn| Box::pin(records::series(conn))).await
    }

    async fn creator_records(&self) -> Result<Vec<CreatorRecord>> {
        self.db.read("reading the creators", |conn| Box::pin(records::creators(conn))).await
    }

    async fn edit_records(&self) -> Result<Vec<EditRecord>> {
        self.db.read("reading the edits", |conn| Box::pin(records::edits(conn))).await
    }

    async fn items_after(&self, after: i64, limit: u32) -> Result<Vec<ItemRow>> {
        self.db
            .read("reading the items", move |conn| Box::pin(records::items(conn, after, limit)))
            .await
    }

    async fn put_records(&self, tags: Vec<TagRecord>, edits: Vec<EditRecord>) -> Result<()> {
        self.db
            .write("taking over records", move |conn| Box::pin(put::put(conn, tags, edits)))
            .await
    }
}
