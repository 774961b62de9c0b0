//! Saved filters and mutes.

mod rows;
mod sql;

#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};

use crate::SqlStore;
use async_trait::async_trait;
use fanfold_model::{Mute, Muted, SavedFilter, fold_name};
use fanfold_storage::{MutedIds, ReaderStore, Result};

#[async_trait]
impl ReaderStore for SqlStore {
    async fn saved_filters(&self, reader: &str) -> Result<Vec<SavedFilter>> {
        let reader = reader.to_owned();
        self.db
            .read("reading saved filters", move |conn| Box::pin(rows::filters(conn, reader)))
            .await
    }

    async fn save_filter(&self, reader: &str, filter: SavedFilter, at: &str) -> Result<()> {
        let (reader, at) = (reader.to_owned(), at.to_owned());
        self.db
            .write("saving a filter", move |conn| {
                Box::pin(rows::save_filter(conn, reader, filter, at))
            })
            .await
    }

    async fn forget_filter(&self, reader: &str, name: &str) -> Result<bool> {
        let (reader, folded) = (reader.to_owned(), fold_name(name));
        self.db
            .write("forgetting a filter", move |conn| {
                Box::pin(rows::forget_filter(conn, reader, folded))
            })
            .await
    }

    async fn mutes(&self, reader: &str) -> Result<Vec<Mute>> {
        let reader = reader.to_owned();
        self.db.read("reading mutes", move |conn| Box::pin(rows::mutes(conn, reader))).await
    }

    async fn mute(&self, reader: &str, mute: Mute, at: &str) -> Result<()> {
        let (reader, at) = (reader.to_owned(), at.to_owned());
        self.db
            .write("keeping a mute", move |conn| Box::pin(rows::mute(conn, reader, mute, at)))
            .await
    }

    async fn unmute(&self, reader: &str, what: &Muted) -> Result<bool> {
        let (reader, key) = (reader.to_owned(), what.key());
        self.db.write("lifting a mute", move |conn| Box::pin(rows::unmute(conn, reader, key))).await
    }

    async fn muted_ids(&self, reader: &str, today: i32) -> Result<MutedIds> {
        let reader = reader.to_owned();
        self.db
            .read("reading what is muted", move |conn| {
                Box::pin(rows::muted_ids(conn, reader, today))
            })
            .await
    }
}
