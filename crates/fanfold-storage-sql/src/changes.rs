//! The change log. Its numbers become visible in their order because every writer holds the
//! counter's lock until it commits.

use crate::SqlStore;
use crate::db::{Row, vals};
use async_trait::async_trait;
use fanfold_model::WorkId;
use fanfold_storage::{Change, ChangeKind, ChangeLog, Result};

mod sql {
    use crate::statements::statements;

    statements! {
        AFTER = "SELECT seq, work, kind FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2";
        LAST = "SELECT MAX(seq) FROM changes";
    }
}

#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

#[async_trait]
impl ChangeLog for SqlStore {
    async fn changes_after(&self, seq: i64, limit: u32) -> Result<Vec<Change>> {
        self.db
            .read("following the change log", move |conn| {
                Box::pin(async move {
                    let rows = conn.fetch(sql::AFTER, vals![seq, limit]).await?;
                    rows.into_iter().map(change).collect()
                })
            })
            .await
    }

    async fn last_seq(&self) -> Result<i64> {
        self.db
            .read("asking for the newest change", |conn| {
                Box::pin(async move { conn.number(sql::LAST, Vec::new()).await })
            })
            .await
    }
}

fn change(mut row: Row) -> Result<Change> {
    Ok(Change {
        seq: row.int(0)?,
        work: WorkId(row.int(1)?),
        kind: match row.text(2)?.as_str() {
            "gone" => ChangeKind::Gone,
            "graph" => ChangeKind::Graph,
            _ => ChangeKind::Put,
        },
    })
}
