//! The queue of things that want a person.

mod queue;
mod sql;

pub(crate) use queue::guesses;
#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};

use crate::SqlStore;
use async_trait::async_trait;
use fanfold_model::{Identity, ImportId, Suggestion, WorkId};
use fanfold_storage::{Answer, FandomName, Result, ReviewStore, ToReview, WorkOrigin};

#[async_trait]
impl ReviewStore for SqlStore {
    async fn works_to_review(&self, after: WorkId, limit: u32) -> Result<Vec<ToReview>> {
        self.db
            .read("reading what wants a person", move |conn| {
                Box::pin(queue::asking(conn, after, limit))
            })
            .await
    }

    async fn works_without_fandom(&self, limit: u32) -> Result<Vec<WorkId>> {
        self.db
            .read("looking for works without a fandom", move |conn| {
                Box::pin(queue::without_fandom(conn, limit))
            })
            .await
    }

    async fn brought_without_fandom(&self, import: ImportId) -> Result<bool> {
        self.db
            .read("looking for works without a fandom", move |conn| {
                Box::pin(queue::brought_without_fandom(conn, import))
            })
            .await
    }

    async fn names_of_fandoms(&self) -> Result<Vec<FandomName>> {
        self.db
            .read("reading the names of fandoms", |conn| Box::pin(queue::fandom_names(conn)))
            .await
    }

    async fn works_with_relationship(
        &self,
        relationship: &str,
        fandom: &str,
        limit: u32,
    ) -> Result<Vec<WorkId>> {
        let named = (relationship.to_owned(), fandom.to_owned());
        self.db
            .read("looking for works with a relationship", move |conn| {
                Box::pin(queue::with_relationship(conn, named, limit))
            })
            .await
    }

    async fn put_guesses(
        &self,
        works: Vec<WorkId>,
        guesses: Vec<(WorkId, Suggestion)>,
    ) -> Result<()> {
        self.db
            .write("keeping guesses", move |conn| {
                Box::pin(queue::put_guesses(conn, works, guesses))
            })
            .await
    }

    async fn answers(&self) -> Result<Vec<Answer>> {
        self.db.read("reading answers", |conn| Box::pin(queue::answers(conn))).await
    }

    async fn put_answer(&self, answer: Answer) -> Result<()> {
        self.db.write("keeping an answer", move |conn| Box::pin(queue::put(conn, answer))).await
    }

    async fn take_back_answer(
        &self,
        kind: &str,
        origin: &str,
        subject: &str,
        actor: &str,
        at: &str,
    ) -> Result<bool> {
        let key = (kind.to_owned(), origin.to_owned(), subject.to_owned());
        let (actor, at) = (actor.to_owned(), at.to_owned());
        self.db
            .write("taking an answer back", move |conn| {
                Box::pin(queue::take_back(conn, key, actor, at))
            })
            .await
    }

    async fn identities_of(&self, work: WorkId) -> Result<Vec<Identity>> {
        self.db
            .read("reading a work's identities", move |conn| {
                Box::pin(queue::identities(conn, work))
            })
            .await
    }

    async fn roots_of(&self, work: WorkId) -> Result<Vec<String>> {
        self.db
            .read("reading where a work came from", move |conn| Box::pin(queue::roots(conn, work)))
            .await
    }

    async fn origins_after(&self, after: WorkId, limit: u32) -> Result<Vec<WorkOrigin>> {
        self.db
            .read("reading where works came from", move |conn| {
                Box::pin(queue::origins(conn, after, limit))
            })
            .await
    }

    async fn merged_into(&self, work: WorkId) -> Result<Option<WorkId>> {
        self.db
            .read("looking for what a work became", move |conn| {
                Box::pin(queue::merged_into(conn, work))
            })
            .await
    }

    async fn show_version(&self, work: WorkId, number: u32, actor: &str, at: &str) -> Result<bool> {
        let (actor, at) = (actor.to_owned(), at.to_owned());
        self.db
            .write("showing another version", move |conn| {
                Box::pin(queue::show_version(conn, work, number, actor, at))
            })
            .await
    }
}
