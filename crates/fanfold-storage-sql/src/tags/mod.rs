//! The tag graph: changes with a way back, what follows from them, lists for wranglers, loading.

mod change;
mod delta;
mod excerpt;
mod load;
mod meaning;
mod moves;
mod plan;
mod read;
mod rules;
mod scope;
mod sql;
mod twins;

pub(crate) use load::{edges as load_edges, tags as load_tags};
pub(crate) use sql::inserts;
#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};
pub(crate) use twins::join as join_twins;
#[cfg(test)]
pub(crate) use twins::{INSERTS as TWIN_INSERTS, STATEMENTS as TWIN_STATEMENTS};

use crate::SqlStore;
use async_trait::async_trait;
use change::Hand;
use fanfold_model::canonical::TagRecord;
use fanfold_model::{TagId, TagKind, Viewer};
use fanfold_storage::{
    KnownName, Loaded, LoadedTag, LoadedUse, NameInUse, Result, TagChange, TagChangeLine,
    TagChanged, TagEdge, TagFilter, TagPreview, TagRow, TagStore,
};

fn hand(actor: &str, at: &str) -> Hand {
    Hand { actor: actor.to_owned(), at: at.to_owned() }
}

#[async_trait]
impl TagStore for SqlStore {
    async fn change_tag(&self, change: TagChange, actor: &str, at: &str) -> Result<TagChanged> {
        let hand = hand(actor, at);
        self.db
            .write("changing a tag", move |conn| Box::pin(change::make(conn, change, hand)))
            .await
    }

    async fn preview_tag_change(&self, change: TagChange) -> Result<TagPreview> {
        self.db
            .read("looking at what a change of a tag would do", move |conn| {
                Box::pin(read::preview(conn, change))
            })
            .await
    }

    async fn undo_tag_change(&self, id: i64, actor: &str, at: &str) -> Result<TagChanged> {
        let hand = hand(actor, at);
        self.db
            .write("taking a change of a tag back", move |conn| {
                Box::pin(change::undo(conn, id, hand))
            })
            .await
    }

    async fn tag_history(
        &self,
        tag: Option<TagId>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<TagChangeLine>> {
        self.db
            .read("reading the tags' history", move |conn| {
                Box::pin(read::history(conn, tag, before, limit))
            })
            .await
    }

    async fn tags_to_count(&self) -> Result<u64> {
        self.db.read("asking what is to be counted", |conn| Box::pin(scope::to_count(conn))).await
    }

    async fn advance_tags(&self) -> Result<bool> {
        if !self.db.read("looking for tasks", |conn| Box::pin(scope::waits(conn))).await? {
            return Ok(false);
        }
        self.db.write("counting works of a tag", |conn| Box::pin(scope::advance(conn))).await
    }

    async fn wrangling_list(&self, filter: TagFilter, limit: u32) -> Result<Vec<TagRow>> {
        self.db.read("listing tags", move |conn| Box::pin(read::list(conn, filter, limit))).await
    }

    async fn tag_rows(&self, ids: &[TagId]) -> Result<Vec<TagRow>> {
        let ids = ids.iter().map(|id| id.0).collect();
        self.db.read("reading tags", move |conn| Box::pin(read::by_id(conn, ids))).await
    }

    async fn tag_rows_named(&self, kind: Option<TagKind>, name: &str) -> Result<Vec<TagRow>> {
        let name = name.to_owned();
        self.db.read("looking for a tag", move |conn| Box::pin(read::named(conn, kind, name))).await
    }

    async fn known_names(
        &self,
        kind: TagKind,
        after: TagId,
        limit: u32,
    ) -> Result<Vec<(TagId, KnownName)>> {
        self.db
            .read("reading what names mean", move |conn| {
                Box::pin(read::known(conn, kind, after, limit))
            })
            .await
    }

    async fn synonyms_of(&self, tags: &[TagId]) -> Result<Vec<TagId>> {
        let tags = tags.iter().map(|tag| tag.0).collect();
        self.db
            .read("asking for other names", move |conn| Box::pin(read::synonyms(conn, tags)))
            .await
    }

    async fn tag_version(&self) -> Result<i64> {
        self.db
            .read("asking how new the tag graph is", |conn| Box::pin(meaning::version(conn)))
            .await
    }

    async fn reformed_tags(&self, after: i64) -> Result<Option<Vec<TagId>>> {
        self.db
            .read("reading what changed in the tag graph", move |conn| {
                Box::pin(meaning::reformed(conn, after))
            })
            .await
    }

    async fn renamed_tags(&self, after: i64) -> Result<Option<Vec<TagId>>> {
        self.db
            .read("reading which names changed", move |conn| {
                Box::pin(meaning::renamed(conn, after))
            })
            .await
    }

    async fn names_in_use(
        &self,
        viewer: Viewer,
        after: TagId,
        limit: u32,
    ) -> Result<Vec<NameInUse>> {
        self.db
            .read("reading names in use", move |conn| {
                Box::pin(read::in_use(conn, viewer, after, limit))
            })
            .await
    }

    async fn canonical_tags(&self, tags: &[TagId]) -> Result<Vec<(TagId, TagId)>> {
        let tags: Vec<i64> = tags.iter().map(|tag| tag.0).collect();
        self.db
            .read("reading canonical tags", move |conn| Box::pin(meaning::canonical(conn, tags)))
            .await
    }

    async fn metatags(&self, tags: &[TagId]) -> Result<Vec<(TagId, TagId)>> {
        let tags: Vec<i64> = tags.iter().map(|tag| tag.0).collect();
        self.db.read("reading metatags", move |conn| Box::pin(meaning::metatags(conn, tags))).await
    }

    async fn tags_under(&self, tags: &[TagId]) -> Result<Vec<TagId>> {
        let tags: Vec<i64> = tags.iter().map(|tag| tag.0).collect();
        self.db
            .read("reading what stands under tags", move |conn| {
                Box::pin(meaning::under(conn, tags))
            })
            .await
    }

    async fn fandoms_of_tag(&self, tag: TagId, viewer: Viewer) -> Result<Vec<(TagId, u64)>> {
        self.db
            .read("asking for a tag's fandoms", move |conn| {
                Box::pin(read::fandoms_of(conn, tag, viewer))
            })
            .await
    }

    async fn coin_tag(&self, kind: TagKind, name: &str) -> Result<TagId> {
        let name = name.to_owned();
        self.db.write("making a tag", move |conn| Box::pin(load::coin(conn, kind, name))).await
    }

    async fn load_tags(&self, tags: Vec<LoadedTag>) -> Result<(Vec<TagId>, Loaded)> {
        self.db.write("loading tags", move |conn| Box::pin(load::tags(conn, tags))).await
    }

    async fn load_records(&self, tags: Vec<TagRecord>) -> Result<Loaded> {
        self.db
            .write("loading tags", move |conn| Box::pin(crate::scans::put_tags(conn, tags)))
            .await
    }

    async fn load_edges(&self, edges: Vec<TagEdge>) -> Result<Loaded> {
        self.db.write("loading the tag graph", move |conn| Box::pin(load::edges(conn, edges))).await
    }

    async fn load_uses(&self, uses: Vec<LoadedUse>) -> Result<()> {
        self.db
            .write("loading how tags are used", move |conn| Box::pin(load::uses(conn, uses)))
            .await
    }

    async fn note_tag_load(&self, what: &str, loaded: Loaded, actor: &str, at: &str) -> Result<()> {
        let (what, hand) = (what.to_owned(), hand(actor, at));
        let said = format!("{} new, {} known, {} kept", loaded.new, loaded.known, loaded.kept);
        self.db
            .write("noting that tags were loaded", move |conn| {
                Box::pin(change::note_load(conn, what, said, hand))
            })
            .await
    }
}
