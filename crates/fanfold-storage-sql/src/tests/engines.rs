//! Running the suite: on SQLite each case is a test, on PostgreSQL all cases share one server.

use super::suite::CASES;
use crate::SqlStore;
use fanfold_testkit::postgres;

/// A SQLite library in a folder that goes with it.
pub(super) async fn sqlite() -> (tempfile::TempDir, SqlStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqlStore::open_sqlite(&folder.path().join("library.sqlite3")).await.unwrap();
    (folder, store)
}

/// A PostgreSQL library in a database of its own.
pub(super) async fn postgres() -> (String, SqlStore) {
    let url = tokio::task::spawn_blocking(|| postgres::server().new_database()).await.unwrap();
    let store = SqlStore::open_postgres(&url).await.unwrap();
    (url, store)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_of_the_suite_holds_on_postgresql() {
    let mut failed = Vec::new();
    for (name, case) in CASES {
        let (_, store) = postgres().await;
        let run = tokio::spawn(async move {
            case(&store).await;
            store.close().await;
        });
        if run.await.is_err() {
            failed.push(*name);
        }
    }
    assert!(failed.is_empty(), "these cases fail on PostgreSQL: {failed:#?}");
}
