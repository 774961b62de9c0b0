//! Several stores on one library, copies of libraries, newer and damaged libraries.

use super::builders::{AT, LATER, begin, begins, chapter, commit, edit, item, library, with, work};
use super::engines::{postgres, sqlite};
use crate::SqlStore;
use crate::db::{FORMAT, vals};
use fanfold_model::canonical::work_line;
use fanfold_model::{EditField, LinkRel, PartLink, Viewer, WorkId};
use fanfold_storage::{
    ChangeLog, ImportStore, MaintenanceStore, ScanStore, StorageError, Store, WorkStore,
};
use std::collections::BTreeSet;

const WRITERS: u32 = 4;
const GROUPS: u32 = 6;
const IN_GROUP: u32 = 5;

/// Commits groups whose works are numbered so that no two writers share one.
async fn write(store: SqlStore, writer: u32) {
    let import = begin(&store).await;
    for group in 0..GROUPS {
        let first = (writer * GROUPS + group) * IN_GROUP + 1;
        let works = (first..first + IN_GROUP).map(|n| begins(with(work(n), n))).collect();
        store.commit(import, works, AT).await.unwrap();
    }
}

/// Follows the change log until it has everything; each change must be the next one, and each
/// group must be there whole as soon as one of its works is.
async fn follow(store: SqlStore) {
    let mut last = 0;
    while last < i64::from(WRITERS * GROUPS * IN_GROUP) {
        let changes = store.changes_after(last, 1000).await.unwrap();
        for change in &changes {
            assert_eq!(change.seq, last + 1, "a change became visible after a later one");
            last = change.seq;
        }
        assert_eq!(last % i64::from(IN_GROUP), 0, "half a group is visible");
        let ids: Vec<WorkId> = changes.iter().map(|change| change.work).collect();
        assert_eq!(store.index_records(&ids).await.unwrap().len(), ids.len());
    }
}

/// Writers and followers, each on one of these stores.
async fn writers_and_followers(stores: [SqlStore; 2]) {
    let both = |n: u32| stores[n as usize % 2].clone();
    let writers: Vec<_> = (0..WRITERS).map(|n| tokio::spawn(write(both(n), n))).collect();
    let followers: Vec<_> = (0..2).map(|n| tokio::spawn(follow(both(n)))).collect();
    for task in writers.into_iter().chain(followers) {
        task.await.unwrap();
    }
    let all = stores[0].work_ids_after(WorkId(0), Viewer::Public, 1000).await.unwrap();
    let expected: Vec<WorkId> = (1..=i64::from(WRITERS * GROUPS * IN_GROUP)).map(WorkId).collect();
    assert_eq!(all, expected);
    assert_eq!(stores[1].row_faults().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_stores_write_and_read_one_sqlite_file_at_the_same_time() {
    let (folder, one) = sqlite().await;
    let other = SqlStore::open_sqlite(&folder.path().join("library.sqlite3")).await.unwrap();
    writers_and_followers([one, other]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_write_and_follow_one_postgresql_library_in_order() {
    let (url, one) = postgres().await;
    let other = SqlStore::open(&url).await.unwrap();
    writers_and_followers([one, other]).await;
}

async fn set_format(store: &SqlStore, format: &'static str) {
    const SET: &str = "UPDATE meta SET value = $1 WHERE key = 'format'";
    let set = store.db.write("a test", move |conn| {
        Box::pin(async move { conn.execute(SET, vals![format]).await })
    });
    assert_eq!(set.await.unwrap(), 1);
}

#[tokio::test]
async fn a_library_of_a_newer_format_is_refused_with_both_numbers() {
    let (folder, store) = sqlite().await;
    set_format(&store, "99").await;
    let again = SqlStore::open_sqlite(&folder.path().join("library.sqlite3")).await;
    let error = again.unwrap_err();
    assert!(matches!(error, StorageError::NewerFormat { found: 99, known: FORMAT }), "{error}");
    let (url, store) = postgres().await;
    set_format(&store, "99").await;
    let error = SqlStore::open(&url).await.unwrap_err();
    assert!(matches!(error, StorageError::NewerFormat { found: 99, known: FORMAT }), "{error}");
}

/// A library with something of everything.
async fn rich(store: &SqlStore) {
    library(store, 3).await;
    commit(store, vec![item(9)]).await;
    let title = edit(1, EditField::Title, Some("A Better Lamp"), Some("Lamp 1"));
    let held = edit(2, EditField::Held, Some("policy"), None);
    store.add_edits_of(vec![title, held]).await;
}

impl SqlStore {
    async fn add_edits_of(&self, edits: Vec<fanfold_model::Edit>) {
        fanfold_storage::CurationStore::add_edits(self, edits).await.unwrap();
    }
}

/// Everything an export holds, as lines.
async fn export(store: &dyn Store) -> Vec<String> {
    let ids = store.work_ids_after(WorkId(0), Viewer::Owner, 100).await.unwrap();
    let works = store.whole_works(&ids, Viewer::Owner).await.unwrap();
    let mut lines: Vec<String> = works.iter().map(work_line).collect();
    lines.extend(store.tag_records().await.unwrap().iter().map(|r| format!("{r:?}")));
    lines.extend(store.series_records().await.unwrap().iter().map(|r| format!("{r:?}")));
    lines.extend(store.creator_records().await.unwrap().iter().map(|r| format!("{r:?}")));
    lines.extend(store.edit_records().await.unwrap().iter().map(|r| format!("{r:?}")));
    lines
}

async fn a_copy_holds_the_same(from: SqlStore, into: SqlStore) {
    rich(&from).await;
    let folder = tempfile::tempdir().unwrap();
    let empty = into.load_database_from(folder.path()).await.unwrap_err();
    assert!(empty.to_string().contains("holds no copy"), "{empty}");
    from.copy_database_to(folder.path()).await.unwrap();
    into.load_database_from(folder.path()).await.unwrap();
    assert_eq!(export(&into).await, export(&from).await);
    assert_eq!(into.status().await.unwrap(), from.status().await.unwrap());
    assert_eq!(into.row_faults().await.unwrap(), []);
    // It goes on where the copy was made: numbers follow.
    let (_, committed) = commit(&into, vec![begins(with(work(4), 4))]).await;
    assert_eq!(committed.works[0].1, WorkId(4));
    let full = into.load_database_from(folder.path()).await.unwrap_err();
    assert!(full.to_string().contains("not empty"), "{full}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_sqlite_library_holds_the_same_and_goes_on() {
    let ((_one, from), (_other, into)) = (sqlite().await, sqlite().await);
    a_copy_holds_the_same(from, into).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_postgresql_library_holds_the_same_and_goes_on() {
    let ((_, from), (_, into)) = (postgres().await, postgres().await);
    a_copy_holds_the_same(from, into).await;
}

/// Works of an export begun in another library, then its tags and edits, make the same export.
async fn an_export_comes_out_the_same(from: SqlStore, into: SqlStore) {
    rich(&from).await;
    let ids = from.work_ids_after(WorkId(0), Viewer::Owner, 100).await.unwrap();
    let works = from.whole_works(&ids, Viewer::Owner).await.unwrap();
    let group = (1..).zip(works).map(|(n, work)| begins(with(work, n))).collect();
    commit(&into, group).await;
    let (tags, edits) = (from.tag_records().await.unwrap(), from.edit_records().await.unwrap());
    into.put_records(tags, edits).await.unwrap();
    assert_eq!(export(&into).await, export(&from).await);
    assert_eq!(into.row_faults().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_crosses_from_one_engine_to_the_other_and_stays_the_same() {
    let ((_folder, lite), (_, server)) = (sqlite().await, postgres().await);
    an_export_comes_out_the_same(lite, server).await;
    let ((_folder, lite), (_, server)) = (sqlite().await, postgres().await);
    an_export_comes_out_the_same(server, lite).await;
}

/// Does to the file what no statement of ours would do.
fn harm(folder: &tempfile::TempDir, damage: &str) {
    let conn = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute_batch(damage).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_damage_between_rows_is_found() {
    let damages = [
        ("UPDATE texts SET body = (SELECT MAX(body) FROM texts)", "another hash"),
        ("UPDATE texts SET body = x'00' WHERE hash = (SELECT MIN(hash) FROM texts)", "unpacked"),
        ("DELETE FROM layers WHERE layer = 'extracted' AND work = 1", "a layer"),
        ("UPDATE layers SET body = x'00' WHERE layer = 'normalised' AND work = 2", "compressed"),
        ("UPDATE works SET chapters = 7 WHERE id = 1", "states 7 chapters and has 2"),
        ("UPDATE works SET shown_version = 4 WHERE id = 1", "version 4, which is shown"),
        ("UPDATE works SET title = 'Other' WHERE id = 2", "disagree"),
        ("UPDATE works SET removed = 1 WHERE id = 2", "no tombstone"),
        ("UPDATE tags SET works_owner = works_owner + 1 WHERE kind = 'fandom'", "states 4 works"),
        ("UPDATE tags SET works_public = 0 WHERE kind = 'fandom'", "states 0 public works"),
        ("DELETE FROM identities WHERE kind = 'text' AND work = 3", "among its identities"),
        ("DELETE FROM changes WHERE work = 3", "not in the change log"),
        ("UPDATE counters SET value = 1 WHERE name = 'work'", "beyond the last one"),
        ("DELETE FROM creators WHERE folded = 'wren'", "only one end"),
        ("DELETE FROM tags WHERE kind = 'fandom'", "only one end"),
        ("DELETE FROM series", "only one end"),
        ("DELETE FROM texts", "its text is not there"),
        ("DELETE FROM chapters WHERE work = 1 AND position = 2", "belong to no chapter"),
    ];
    for (damage, said) in damages {
        let (folder, store) = sqlite().await;
        rich(&store).await;
        assert_eq!(store.row_faults().await.unwrap(), []);
        harm(&folder, damage);
        let faults = store.row_faults().await.unwrap();
        let found = faults.iter().any(|fault| fault.reason.contains(said));
        assert!(found, "{damage}: {faults:#?}");
    }
}

#[tokio::test]
async fn a_chapter_whose_text_is_lost_is_damage_and_not_an_empty_page() {
    let (folder, store) = sqlite().await;
    library(&store, 1).await;
    harm(&folder, "DELETE FROM texts");
    let key = fanfold_storage::WorkKey::Id(WorkId(1));
    let all = fanfold_storage::ChapterChoice::All;
    let error = store.work(key, Viewer::Owner, all).await.unwrap_err();
    assert!(error.to_string().contains("work 1, chapter 1 is damaged"), "{error}");
    let none = fanfold_storage::ChapterChoice::None;
    assert!(store.work(key, Viewer::Owner, none).await.unwrap().is_some());
}

#[tokio::test]
async fn versions_share_the_texts_that_did_not_change() {
    let (_folder, store) = sqlite().await;
    library(&store, 1).await;
    let version = super::builders::new_version(1, 2, "<p>Changed.</p>");
    commit(&store, vec![fanfold_storage::Entry::Version(Box::new(version))]).await;
    const COUNT: &str = "SELECT COUNT(*) FROM texts";
    let texts = store
        .db
        .read("a test", |conn| Box::pin(async move { conn.number(COUNT, Vec::new()).await }));
    assert_eq!(texts.await.unwrap(), 3);
    let old = store.version(WorkId(1), Viewer::Owner, 1).await.unwrap().unwrap();
    assert_eq!(old.chapters, [chapter(1, 1), chapter(1, 2)]);
}

/// 256 works with 20 KB of text each, as a big import commits them. The bound is ten times what it
/// takes: it catches a statement a row, not a busy machine.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_group_of_works_takes_well_under_some_seconds() {
    let (_folder, store) = sqlite().await;
    let words = ["lamp", "attic", "storm", "letter", "harbour", "parrot", "key", "tide"];
    let group = (1..=256_u32).map(|n| {
        let mut work = work(n);
        let mut seed = u64::from(n);
        let mut text = String::from("<p>");
        while text.len() < 20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(words[(seed >> 60) as usize % words.len()]);
            text.push_str(if seed.is_multiple_of(31) { ".</p>\n<p>" } else { " " });
        }
        work.chapters[0].html = text;
        begins(with(work, n))
    });
    let group = group.collect();
    let import = begin(&store).await;
    let begun = std::time::Instant::now();
    store.commit(import, group, LATER).await.unwrap();
    let took = begun.elapsed();
    println!("256 works of 20 KB committed in {took:?}");
    assert!(took.as_secs() < 5, "{took:?}");
    let ids: BTreeSet<_> =
        store.work_ids_after(WorkId(0), Viewer::Public, 999).await.unwrap().into_iter().collect();
    assert_eq!(ids.len(), 256);
}

#[tokio::test]
async fn the_links_of_an_older_library_are_read_when_it_is_opened() {
    let (folder, store) = sqlite().await;
    let group = (1..=3).map(|n| {
        let mut work = work(n);
        work.series = Vec::new();
        let title = Some(format!("Lamp {}", n - 1));
        let link = PartLink { rel: LinkRel::SequelTo, part: None, title, url: None };
        work.links = if n > 1 { vec![link] } else { Vec::new() };
        begins(with(work, n))
    });
    commit(&store, group.collect()).await;
    let key = fanfold_storage::WorkKey::Id(WorkId(2));
    let places = async |store: &SqlStore| {
        let page = store.work(key, Viewer::Owner, fanfold_storage::ChapterChoice::None).await;
        page.unwrap().unwrap().series
    };
    let found = places(&store).await;
    assert_eq!((found.len(), found[0].part), (1, Some(2)));
    harm(
        &folder,
        "DELETE FROM chain_works; DELETE FROM chains; DELETE FROM link_keys; \
         DELETE FROM work_links; INSERT INTO marks (name, at) VALUES ('links', '0')",
    );
    assert_eq!(places(&store).await, []);
    for _ in 0..2 {
        let again = SqlStore::open_sqlite(&folder.path().join("library.sqlite3")).await.unwrap();
        let read = places(&again).await;
        assert_eq!((read.len(), read[0].part, &read[0].next), (1, Some(2), &found[0].next));
    }
}
