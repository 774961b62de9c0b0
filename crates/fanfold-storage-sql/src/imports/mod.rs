//! Imports: what is known, groups, taking back.

mod attach;
mod begin;
mod group;
mod items;
mod known;
mod layers;
mod prepare;
mod report;
mod sql;
mod undo;

#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};

use crate::SqlStore;
use async_trait::async_trait;
use fanfold_model::{ContentHash, Counts, Identity, ImportId, Uid, WorkId};
use fanfold_storage::{
    Committed, Entry, ImportStore, ImportSummary, ItemLine, Known, NewImport, Result, StorageError,
    StoredHead, UndoReport,
};

#[async_trait]
impl ImportStore for SqlStore {
    async fn begin_import(&self, import: NewImport) -> Result<ImportId> {
        self.db
            .write("beginning an import", move |conn| Box::pin(report::begin(conn, import)))
            .await
    }

    async fn known(&self, hashes: &[ContentHash]) -> Result<Vec<Known>> {
        let hashes: Vec<String> = hashes.iter().map(ToString::to_string).collect();
        self.db
            .read("looking up known bytes", move |conn| Box::pin(known::known(conn, hashes)))
            .await
    }

    async fn identify(&self, identities: &[Identity]) -> Result<Vec<(Identity, StoredHead)>> {
        let identities = identities.to_vec();
        self.db
            .read("looking up identities", move |conn| Box::pin(known::identify(conn, identities)))
            .await
    }

    async fn heads(&self, uids: &[Uid]) -> Result<Vec<StoredHead>> {
        let uids: Vec<String> = uids.iter().map(ToString::to_string).collect();
        self.db
            .read("looking up works by uid", move |conn| Box::pin(known::heads(conn, uids)))
            .await
    }

    async fn commit(&self, import: ImportId, group: Vec<Entry>, at: &str) -> Result<Committed> {
        const DOING: &str = "committing a group of works";
        // Compressing and hashing happen before the lock is taken, on a thread that may be busy.
        let prepared = tokio::task::spawn_blocking(move || prepare::prepare(group))
            .await
            .map_err(|error| crate::db::failed(DOING, error))??;
        let at = at.to_owned();
        self.db
            .write(DOING, move |conn| Box::pin(group::commit(conn, import.0, prepared, at)))
            .await
    }

    async fn finish_import(&self, import: ImportId, counts: Counts, at: &str) -> Result<()> {
        let at = at.to_owned();
        self.db
            .write("ending an import", move |conn| {
                Box::pin(report::finish(conn, import, counts, at))
            })
            .await
    }

    async fn imports(&self, limit: u32) -> Result<Vec<ImportSummary>> {
        self.db.read("listing imports", move |conn| Box::pin(report::imports(conn, limit))).await
    }

    async fn import(&self, id: ImportId) -> Result<Option<ImportSummary>> {
        self.db.read("looking up an import", move |conn| Box::pin(report::import(conn, id))).await
    }

    async fn import_items(
        &self,
        import: ImportId,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<(ItemLine, Option<WorkId>)>> {
        self.db
            .read("listing an import's items", move |conn| {
                Box::pin(report::items(conn, import, offset, limit))
            })
            .await
    }

    async fn undo_import(&self, import: ImportId, actor: &str, at: &str) -> Result<UndoReport> {
        let (actor, at) = (actor.to_owned(), at.to_owned());
        self.db
            .write("taking an import back", move |conn| {
                Box::pin(undo::undo(conn, import, actor, at))
            })
            .await
    }
}

fn no_such_import(import: i64) -> StorageError {
    StorageError::Refused(format!(
        "there is no import {import}; `fanfold status` lists the imports"
    ))
}
