//! Looking after the library.

use crate::tests::builders::{
    LATER, begins, commit, edit, hash, item, library, new_work, with, work,
};
use fanfold_model::{BlobState, EditField, TagKind, Viewer, WorkId};
use fanfold_storage::Store;

pub(super) async fn the_status_counts_what_is_there(store: &dyn Store) {
    library(store, 3).await;
    commit(store, vec![item(8)]).await;
    store.add_edits(vec![edit(2, EditField::Held, Some("policy"), None)]).await.unwrap();
    let removal = fanfold_storage::Removal::Hide;
    store.remove(WorkId(3), removal, "asked", "owner", LATER).await.unwrap();
    let status = store.status().await.unwrap();
    assert_eq!((status.works, status.held, status.removed), (2, 1, 1));
    assert_eq!((status.chapters, status.words, status.items), (4, 40, 1));
    assert_eq!((status.creators, status.series, status.imports), (4, 1, 2));
    assert!(status.tags.contains(&(TagKind::Freeform, 3)), "{:?}", status.tags);
    assert_eq!(status.last_seq, 5);
    assert_eq!(status.sources, 3);
}

pub(super) async fn blobs_that_rows_name_are_listed_once(store: &dyn Store) {
    let mut absent = work(2);
    absent.sources[0].blob = BlobState::Absent;
    let group = vec![begins(new_work(1)), begins(with(absent, 2)), item(1), item(9)];
    commit(store, group).await;
    let mut named = store.named_blobs().await.unwrap();
    named.sort();
    let mut expected = vec![hash("bytes 1"), hash("bytes 9")];
    expected.sort();
    assert_eq!(named, expected);
}

pub(super) async fn a_backup_is_marked_while_it_runs(store: &dyn Store) {
    let busy = async |now| store.busy(now).await.unwrap();
    assert!(!busy(LATER).await);
    store.mark_backup(true, LATER).await.unwrap();
    assert!(busy(LATER).await);
    assert!(!busy("2026-01-05T00:00:00Z").await);
    store.mark_backup(false, LATER).await.unwrap();
    assert!(!busy(LATER).await);
}

pub(super) async fn a_library_keeps_the_first_key_it_was_given(store: &dyn Store) {
    assert_eq!(store.library_key("one").await.unwrap(), "one");
    assert_eq!(store.library_key("two").await.unwrap(), "one");
    assert!(!store.busy(LATER).await.unwrap(), "a key is nothing under way");
}

pub(super) async fn lone_parts_are_told_apart(store: &dyn Store) {
    let mut part = new_work(2);
    part.lone_part = true;
    commit(store, vec![begins(new_work(1)), begins(part)]).await;
    let ids = store.work_ids_after(WorkId(0), Viewer::Owner, 9).await.unwrap();
    assert_eq!(store.lone_parts(&ids).await.unwrap(), [ids[1]]);
    store.add_edits(vec![edit(2, EditField::Title, Some("Part"), None)]).await.unwrap();
    assert_eq!(store.lone_parts(&ids).await.unwrap(), [ids[1]]);
}
