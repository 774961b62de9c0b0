//! A consistent copy of the database while others go on writing.

use crate::db::{Db, failed};
use crate::dialect;
use fanfold_storage::Result;
use futures::TryStreamExt;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::AsyncWriteExt;

const DOING: &str = "copying the database";

/// The name of a SQLite copy in its folder.
pub(super) const SQLITE_COPY: &str = "library.sqlite3";

/// The tables, parents before their children.
pub(super) const TABLES: &[&str] = &[
    "meta",
    "counters",
    "actors",
    "marks",
    "imports",
    "works",
    "versions",
    "layers",
    "texts",
    "chapters",
    "sources",
    "seen_at",
    "begun",
    "identities",
    "creators",
    "work_creators",
    "tags",
    "tag_edges",
    "work_tags",
    "series",
    "series_works",
    "findings",
    "edits",
    "items",
    "import_items",
    "history",
    "changes",
    "tombstones",
    "tombstone_hashes",
    "sketches",
    "shingle_runs",
    "shingles",
    "pairs",
    "answers",
    "guesses",
    "saved_filters",
    "mutes",
    "work_links",
    "link_keys",
    "chains",
    "chain_works",
    "tag_changes",
    "tag_change_tags",
    "tag_tasks",
    "tag_fandoms",
];

pub(super) async fn to(db: &Db, folder: &Path) -> Result<()> {
    match db {
        Db::Sqlite { path, .. } => {
            let (from, to) = (path.clone(), folder.join(SQLITE_COPY));
            tokio::task::spawn_blocking(move || sqlite(&from, &to))
                .await
                .map_err(|error| failed(DOING, error))?
        }
        Db::Postgres(pool) => postgres(pool, folder).await,
    }
}

/// `VACUUM INTO` reads one snapshot, blocks nobody, and leaves out what was deleted.
fn sqlite(from: &Path, to: &PathBuf) -> Result<()> {
    let made = || -> std::result::Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let conn = Connection::open(from)?;
        conn.busy_timeout(Duration::from_secs(30))?;
        let to_text = to.to_str().ok_or("the folder's name is no UTF-8")?;
        conn.execute(dialect::COPY_SQLITE, [to_text])?;
        std::fs::File::open(to)?.sync_all()?;
        Ok(())
    };
    made().map_err(|error| failed(DOING, error))
}

/// One file a table, all in the same snapshot.
async fn postgres(pool: &sqlx::PgPool, folder: &Path) -> Result<()> {
    let database = |error: sqlx::Error| failed(DOING, error);
    let disk = |error: std::io::Error| failed(DOING, error);
    let mut tx = pool.begin_with(dialect::BEGIN_READ_POSTGRES).await.map_err(database)?;
    for table in TABLES {
        let mut file = tokio::fs::File::create(table_file(folder, table)).await.map_err(disk)?;
        let statement = dialect::copy_out(table);
        let mut rows = tx.copy_out_raw(&statement).await.map_err(database)?;
        while let Some(bytes) = rows.try_next().await.map_err(database)? {
            file.write_all(&bytes).await.map_err(disk)?;
        }
        file.flush().await.map_err(disk)?;
        file.sync_all().await.map_err(disk)?;
    }
    Ok(())
}

pub(super) fn table_file(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.copy"))
}
