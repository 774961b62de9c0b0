//! The same story again: sketches of shown texts, and pairs that share passages.

mod pairs;
mod postings;
mod sketches;
mod sql;

pub(crate) use sketches::{forget, keep};
#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};

use crate::SqlStore;
use async_trait::async_trait;
use fanfold_model::WorkId;
use fanfold_storage::{
    AlikeStore, Listed, NewSketch, PairState, Result, Sharing, StoredPair, StoredSketch,
};

#[async_trait]
impl AlikeStore for SqlStore {
    async fn works_without_sketch(&self, rules: &str, limit: u32) -> Result<Vec<WorkId>> {
        let rules = rules.to_owned();
        self.db
            .read("looking for works without a sketch", move |conn| {
                Box::pin(sketches::missing(conn, rules, limit))
            })
            .await
    }

    async fn put_sketches(&self, sketches: Vec<(WorkId, NewSketch)>) -> Result<()> {
        self.db
            .write("keeping sketches", move |conn| {
                Box::pin(async move {
                    let sketches = sketches.into_iter().map(|(work, sketch)| (work.0, sketch));
                    keep(conn, sketches.collect()).await
                })
            })
            .await
    }

    async fn unscreened(&self, after: WorkId, limit: u32) -> Result<Vec<StoredSketch>> {
        self.db
            .read("reading new sketches", move |conn| {
                Box::pin(sketches::unscreened(conn, after, limit))
            })
            .await
    }

    async fn sketches_after(&self, after: WorkId, limit: u32) -> Result<Vec<StoredSketch>> {
        self.db
            .read("reading sketches", move |conn| Box::pin(sketches::after(conn, after, limit)))
            .await
    }

    async fn sketches_of(&self, works: &[WorkId]) -> Result<Vec<StoredSketch>> {
        let works: Vec<i64> = works.iter().map(|work| work.0).collect();
        self.db.read("reading sketches", move |conn| Box::pin(sketches::of(conn, works))).await
    }

    async fn listed(&self) -> Result<Listed> {
        self.db.read("counting shingles", |conn| Box::pin(postings::listed(conn))).await
    }

    async fn list_some(&self, limit: u32) -> Result<bool> {
        self.db
            .write("listing shingles", move |conn| Box::pin(postings::list_some(conn, limit)))
            .await
    }

    async fn works_sharing(&self, shingles: Vec<u32>, most: usize) -> Result<Sharing> {
        self.db
            .read("looking shingles up", move |conn| {
                Box::pin(postings::sharing(conn, shingles, most))
            })
            .await
    }

    async fn put_pairs(&self, screened: Vec<WorkId>, pairs: Vec<StoredPair>) -> Result<()> {
        self.db
            .write("keeping pairs", move |conn| Box::pin(pairs::put(conn, screened, pairs)))
            .await
    }

    async fn pairs_after(&self, after: (WorkId, WorkId), limit: u32) -> Result<Vec<StoredPair>> {
        self.db.read("reading pairs", move |conn| Box::pin(pairs::after(conn, after, limit))).await
    }

    async fn pairs_of(&self, work: WorkId) -> Result<Vec<StoredPair>> {
        self.db
            .read("reading a work's pairs", move |conn| Box::pin(pairs::of_work(conn, work)))
            .await
    }

    async fn settle_pair(
        &self,
        pair: (WorkId, WorkId),
        state: PairState,
        actor: &str,
        at: &str,
    ) -> Result<bool> {
        let (actor, at) = (actor.to_owned(), at.to_owned());
        self.db
            .write("settling a pair", move |conn| {
                Box::pin(pairs::settle(conn, pair, state, actor, at))
            })
            .await
    }
}
