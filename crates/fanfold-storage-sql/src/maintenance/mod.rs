//! Looking after a library: what it holds, whether it is sound, copies of it.

mod copy;
mod faults;
mod load;
mod sql;
mod status;
mod texts;

#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

use crate::SqlStore;
use crate::clock::seconds_of;
use crate::db::vals;
use async_trait::async_trait;
use fanfold_model::ContentHash;
use fanfold_storage::{LibraryStatus, MaintenanceStore, Result, RowFault};
use std::path::Path;

/// A mark older than this was left by something that was killed.
const LEFT_OVER: i64 = 24 * 3600;

#[async_trait]
impl MaintenanceStore for SqlStore {
    async fn status(&self) -> Result<LibraryStatus> {
        let engine = self.db.engine();
        self.db
            .read("counting what the library holds", move |conn| {
                Box::pin(status::status(conn, engine))
            })
            .await
    }

    async fn named_blobs(&self) -> Result<Vec<ContentHash>> {
        self.db
            .read("listing the originals that rows name", |conn| {
                Box::pin(async move {
                    let rows = conn.fetch(sql::NAMED_BLOBS, Vec::new()).await?;
                    rows.into_iter()
                        .map(|mut row| row.parsed(0, |text| text.parse().ok()))
                        .collect()
                })
            })
            .await
    }

    async fn row_faults(&self) -> Result<Vec<RowFault>> {
        faults::all(&self.db).await
    }

    async fn busy(&self, now: &str) -> Result<bool> {
        let now = seconds_of(now);
        self.db
            .read("asking whether anything is under way", move |conn| {
                Box::pin(async move {
                    let rows = conn.fetch(sql::UNDER_WAY, Vec::new()).await?;
                    let times = rows.into_iter().map(|mut row| row.text(0));
                    let times = times.collect::<Result<Vec<_>>>()?;
                    Ok(times.iter().any(|time| is_fresh(time, now)))
                })
            })
            .await
    }

    async fn mark_backup(&self, running: bool, now: &str) -> Result<()> {
        let now = now.to_owned();
        self.db
            .write("marking a backup", move |conn| {
                Box::pin(async move {
                    if running {
                        conn.execute(sql::MARK, vals!["backup", now]).await?;
                    } else {
                        conn.execute(sql::UNMARK, vals!["backup"]).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    async fn library_key(&self, proposed: &str) -> Result<String> {
        if let Some(key) = self.known_library_key().await? {
            return Ok(key);
        }
        let own = proposed.to_owned();
        self.db
            .write("giving the library its key", move |conn| {
                Box::pin(async move {
                    conn.execute(sql::KEEP_LIBRARY_KEY, vals![own]).await?;
                    Ok(())
                })
            })
            .await?;
        // Somebody else may have been first.
        Ok(self.known_library_key().await?.unwrap_or_else(|| proposed.to_owned()))
    }

    async fn copy_database_to(&self, folder: &Path) -> Result<()> {
        copy::to(&self.db, folder).await
    }

    async fn load_database_from(&self, folder: &Path) -> Result<()> {
        load::from(&self.db, folder).await?;
        crate::bring_up(&self.db).await
    }
}

impl SqlStore {
    async fn known_library_key(&self) -> Result<Option<String>> {
        self.db
            .read("asking for the library's key", |conn| {
                Box::pin(async move {
                    let rows = conn.fetch(sql::LIBRARY_KEY, Vec::new()).await?;
                    rows.into_iter().next().map(|mut row| row.text(0)).transpose()
                })
            })
            .await
    }
}

/// A time that cannot be read counts as fresh: waiting is the safe side.
fn is_fresh(time: &str, now: Option<i64>) -> bool {
    match (seconds_of(time), now) {
        (Some(time), Some(now)) => now - time < LEFT_OVER,
        _ => true,
    }
}
