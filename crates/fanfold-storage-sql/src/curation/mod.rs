//! A curator's hand: edits, removing, bringing back, history.

mod edits;
mod removal;
mod sql;

pub(crate) use edits::add as add_edits;
#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};

use crate::{SqlStore, history};
use async_trait::async_trait;
use fanfold_model::{ContentHash, Edit, Uid, WorkId};
use fanfold_storage::{CurationStore, HistoryLine, Removal, Result};

#[async_trait]
impl CurationStore for SqlStore {
    async fn add_edits(&self, edits: Vec<Edit>) -> Result<()> {
        self.db.write("adding edits", move |conn| Box::pin(edits::add(conn, edits))).await
    }

    async fn take_back_edit(&self, edit: Uid, actor: &str, at: &str) -> Result<bool> {
        let (actor, at) = (actor.to_owned(), at.to_owned());
        self.db
            .write("taking an edit back", move |conn| {
                Box::pin(edits::take_back(conn, edit, actor, at))
            })
            .await
    }

    async fn take_back_last_edit(
        &self,
        work: WorkId,
        actor: &str,
        at: &str,
    ) -> Result<Option<String>> {
        let (actor, at) = (actor.to_owned(), at.to_owned());
        self.db
            .write("taking an edit back", move |conn| {
                Box::pin(edits::take_back_last(conn, work, actor, at))
            })
            .await
    }

    async fn remove(
        &self,
        work: WorkId,
        how: Removal,
        reason: &str,
        actor: &str,
        at: &str,
    ) -> Result<Option<Vec<ContentHash>>> {
        let order = removal::Order {
            work: work.0,
            reason: reason.to_owned(),
            actor: actor.to_owned(),
            at: at.to_owned(),
        };
        self.db
            .write("removing a work", move |conn| {
                Box::pin(async move {
                    match how {
                        Removal::Hide => removal::hide(conn, order).await,
                        Removal::Erase => removal::erase(conn, order).await,
                    }
                })
            })
            .await
    }

    async fn bring_back(&self, work: WorkId, actor: &str, at: &str) -> Result<bool> {
        let order = removal::Order {
            work: work.0,
            reason: String::new(),
            actor: actor.to_owned(),
            at: at.to_owned(),
        };
        self.db
            .write("bringing a work back", move |conn| Box::pin(removal::bring_back(conn, order)))
            .await
    }

    async fn note(&self, work: WorkId, line: HistoryLine) -> Result<()> {
        let HistoryLine { actor, at, action, subject, before, after } = line;
        let (work, import) = (Some(work.0), None);
        let line = history::Line { work, import, actor, at, action, subject, before, after };
        self.db
            .write("noting a reason", move |conn| Box::pin(history::write(conn, vec![line])))
            .await
    }

    async fn history(&self, work: WorkId) -> Result<Vec<HistoryLine>> {
        self.db
            .read("reading a work's history", move |conn| Box::pin(history::of_work(conn, work.0)))
            .await
    }
}
