//! Reading works and the pages around them: one call, one snapshot, few statements.

mod address;
mod cards;
mod chains;
mod creators;
mod link_titles;
mod list;
mod page;
pub(crate) use address::links as resolve;
pub(crate) use link_titles::{key as title_key, spellings as link_titles};
pub(crate) use page::chapter_of;
mod series;
mod sources;
mod sql;
mod tags;

#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

use crate::SqlStore;
use async_trait::async_trait;
use fanfold_model::{CreatorId, SeriesId, TagId, TagKind, Viewer, Work, WorkId};
use fanfold_storage::{
    Card, ChapterChoice, CreatorPage, ListFilter, ListPage, Result, SeriesPage, SourcesPage,
    TagPage, TagRef, WorkKey, WorkPage, WorkStore,
};

#[async_trait]
impl WorkStore for SqlStore {
    async fn work(
        &self,
        key: WorkKey,
        viewer: Viewer,
        chapters: ChapterChoice,
    ) -> Result<Option<WorkPage>> {
        self.db
            .read("reading a work", move |conn| Box::pin(page::work(conn, key, viewer, chapters)))
            .await
    }

    async fn cards(&self, ids: &[WorkId], viewer: Viewer) -> Result<Vec<Card>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.db.read("reading cards", move |conn| Box::pin(cards::cards(conn, ids, viewer))).await
    }

    async fn list(
        &self,
        filter: ListFilter,
        viewer: Viewer,
        after: Option<WorkId>,
        limit: u32,
    ) -> Result<ListPage> {
        self.db
            .read("listing works", move |conn| {
                Box::pin(list::list(conn, filter, viewer, after, limit))
            })
            .await
    }

    async fn sources_page(&self, id: WorkId, viewer: Viewer) -> Result<Option<SourcesPage>> {
        self.db
            .read("reading where a work comes from", move |conn| {
                Box::pin(sources::page(conn, id, viewer))
            })
            .await
    }

    async fn version(&self, id: WorkId, viewer: Viewer, number: u32) -> Result<Option<Work>> {
        self.db
            .read("reading a version", move |conn| {
                Box::pin(sources::version(conn, id, viewer, number))
            })
            .await
    }

    async fn creator(&self, id: CreatorId, viewer: Viewer) -> Result<Option<CreatorPage>> {
        self.db
            .read("reading a creator", move |conn| Box::pin(creators::creator(conn, id, viewer)))
            .await
    }

    async fn creators_named(&self, folded: &str, viewer: Viewer) -> Result<Vec<CreatorPage>> {
        let folded = folded.to_owned();
        self.db
            .read("reading creators of a name", move |conn| {
                Box::pin(creators::named(conn, folded, viewer))
            })
            .await
    }

    async fn creator_names(
        &self,
        viewer: Viewer,
        after: CreatorId,
        limit: u32,
    ) -> Result<Vec<(CreatorId, String)>> {
        self.db
            .read("reading creators' names", move |conn| {
                Box::pin(creators::names(conn, viewer, after, limit))
            })
            .await
    }

    async fn works_of_creator(&self, id: CreatorId, viewer: Viewer) -> Result<Vec<WorkId>> {
        self.db
            .read("listing a creator's works", move |conn| {
                Box::pin(list::of_creator(conn, id, viewer))
            })
            .await
    }

    async fn tags_of_works(&self, works: &[WorkId]) -> Result<Vec<(WorkId, TagId)>> {
        let works = works.iter().map(|id| id.0).collect();
        self.db
            .read("reading what works carry", move |conn| Box::pin(tags::carried(conn, works)))
            .await
    }

    async fn series(&self, id: SeriesId, viewer: Viewer) -> Result<Option<SeriesPage>> {
        self.db.read("reading a series", move |conn| Box::pin(series::page(conn, id, viewer))).await
    }

    async fn tags(
        &self,
        kind: TagKind,
        viewer: Viewer,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<TagRef>> {
        let after = after.map(fanfold_model::fold_name).unwrap_or_default();
        self.db
            .read("listing tags", move |conn| {
                Box::pin(tags::list(conn, kind, viewer, after, limit))
            })
            .await
    }

    async fn tags_named(&self, name: &str, viewer: Viewer) -> Result<Vec<TagRef>> {
        let name = name.to_owned();
        self.db
            .read("reading tags of a name", move |conn| Box::pin(tags::named(conn, name, viewer)))
            .await
    }

    async fn tag_ids(&self, kind: Option<TagKind>, name: &str) -> Result<Vec<TagId>> {
        let name = name.to_owned();
        self.db
            .read("finding tags of a name", move |conn| Box::pin(tags::ids(conn, kind, name)))
            .await
    }

    async fn tag_refs(&self, ids: &[TagId]) -> Result<Vec<TagRef>> {
        let ids = ids.iter().map(|id| id.0).collect();
        self.db.read("reading tags", move |conn| Box::pin(tags::refs_of(conn, ids))).await
    }

    async fn tag(&self, id: TagId, viewer: Viewer) -> Result<Option<TagPage>> {
        self.db.read("reading a tag", move |conn| Box::pin(tags::page(conn, id, viewer))).await
    }

    async fn work_at(&self, address: &str, viewer: Viewer) -> Result<Option<WorkId>> {
        let address = address.to_owned();
        self.db
            .read("following an old address", move |conn| {
                Box::pin(address::work_at(conn, address, viewer))
            })
            .await
    }
}
