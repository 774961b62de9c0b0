//! Taking imports back.

use super::committing::page;
use crate::tests::builders::{
    AT, LATER, begin, begins, commit, copy, edit, hash, id_in, item, line, new_version, new_work,
    source, uid, with, work,
};
use fanfold_model::{
    Counts, EditField, Identity, IdentityKind, ImportId, ItemOutcome, Viewer, WorkId,
};
use fanfold_storage::{ChangeKind, Entry, Store};

pub(super) async fn an_undone_import_is_as_if_it_had_never_come_and_may_come_again(
    store: &dyn Store,
) {
    commit(store, vec![begins(new_work(1))]).await;
    let before = store.status().await.unwrap();
    let (import, group) =
        commit(store, vec![begins(new_work(2)), begins(new_work(3)), item(9)]).await;
    let gone = [id_in(&group, uid("work", 2)), id_in(&group, uid("work", 3))];
    let report = store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!((report.removed.as_slice(), report.kept.len()), (&gone[..], 0));
    let mut after = store.status().await.unwrap();
    assert_eq!(after.last_seq, before.last_seq + 4);
    (after.last_seq, after.imports) = (before.last_seq, before.imports);
    assert_eq!(after, before);
    let asked = [hash("bytes 2"), hash("bytes 9")];
    assert_eq!(store.known(&asked).await.unwrap(), []);
    let asked = [Identity::new(IdentityKind::SiteId, "attic:2")];
    assert_eq!(store.identify(&asked).await.unwrap(), []);
    let last = store.changes_after(before.last_seq + 2, 9).await.unwrap();
    assert!(last.iter().all(|change| change.kind == ChangeKind::Gone));
    let lines = store.import_items(import, 0, 9).await.unwrap();
    assert!(lines.iter().all(|(_, work)| work.is_none()));
    assert_eq!(store.imports(1).await.unwrap()[0].undone.as_deref(), Some(LATER));
    assert_eq!(store.row_faults().await.unwrap(), []);
    // Again: new numbers, and nothing in its way. A second undo finds nothing.
    let (_, again) = commit(store, vec![begins(new_work(2)), item(9)]).await;
    assert_eq!(id_in(&again, uid("work", 2)), WorkId(gone[1].0 + 1));
    assert_eq!(store.items_after(0, 9).await.unwrap().len(), 1);
    assert_eq!(store.undo_import(import, "owner", LATER).await.unwrap().removed, []);
}

pub(super) async fn an_undone_works_number_goes_to_nobody_but_itself(store: &dyn Store) {
    let wants = |n: u32, id: i64| {
        let mut work = work(n);
        work.id = Some(WorkId(id));
        begins(with(work, n))
    };
    let (import, _) = commit(store, vec![wants(1, 5)]).await;
    store.undo_import(import, "owner", LATER).await.unwrap();
    let (_, others) = commit(store, vec![wants(2, 5)]).await;
    assert_eq!(id_in(&others, uid("work", 2)), WorkId(6));
    let (_, own) = commit(store, vec![wants(1, 5)]).await;
    assert_eq!(id_in(&own, uid("work", 1)), WorkId(5));
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn works_that_others_touched_since_are_kept_with_why(store: &dyn Store) {
    let group = (1..=6).map(|n| begins(new_work(n))).collect();
    let (import, group) = commit(store, group).await;
    let id = |n| id_in(&group, uid("work", n));
    let edits = vec![edit(1, EditField::Title, Some("Mine"), Some("Lamp 1"))];
    store.add_edits(edits).await.unwrap();
    let version = new_version(2, 20, "<p>Newer.</p>");
    commit(store, vec![Entry::Version(Box::new(version)), copy(3, 21)]).await;
    store.remove(id(4), fanfold_storage::Removal::Hide, "asked", "owner", LATER).await.unwrap();
    let seen = Entry::Unchanged(line(6, ItemOutcome::Unchanged));
    let (later, _) = commit(store, vec![seen]).await;
    let report = store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!(report.removed, [id(5)]);
    let why: Vec<_> = report.kept.iter().map(|(id, why)| (*id, why.as_str())).collect();
    assert_eq!(
        why,
        [
            (id(1), "a curator edited it since"),
            (id(2), "a later import brought another version of it"),
            (id(3), "a later import brought another copy of it"),
            (id(4), "a curator removed it since"),
            (id(6), "a later import found it again"),
        ]
    );
    // Once nothing is in the way any more, it can be asked again.
    store.undo_import(later, "owner", LATER).await.unwrap();
    let report = store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!((report.removed.as_slice(), report.kept.len()), (&[id(6)][..], 4));
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn what_an_import_added_to_older_works_is_detached(store: &dyn Store) {
    let (_, group) = commit(store, vec![begins(new_work(1)), begins(new_work(2))]).await;
    let id = |n| id_in(&group, uid("work", n));
    let before = [page(store, id(1)).await.work, page(store, id(2)).await.work];
    let version = new_version(1, 20, "<p>Newer, and only here.</p>");
    let (import, _) = commit(store, vec![Entry::Version(Box::new(version)), copy(2, 21)]).await;
    let report = store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!((report.removed.len(), report.kept.len(), report.detached), (0, 0, 3));
    let after = [page(store, id(1)).await.work, page(store, id(2)).await.work];
    assert_eq!(after, before);
    assert_eq!(store.known(&[source(20).blake3, source(21).blake3]).await.unwrap(), []);
    let asked = [Identity::new(IdentityKind::SiteId, "mirror:21")];
    assert_eq!(store.identify(&asked).await.unwrap(), []);
    assert_eq!(store.version(id(1), Viewer::Owner, 2).await.unwrap(), None);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn imports_are_listed_with_their_counts(store: &dyn Store) {
    let import = begin(store).await;
    assert!(store.busy("2026-01-02T10:00:00Z").await.unwrap());
    assert!(!store.busy("2026-01-04T10:00:00Z").await.unwrap(), "a day old is left over");
    let mut counts = Counts::default();
    counts.add(ItemOutcome::Taken);
    counts.add(ItemOutcome::Refused);
    store.finish_import(import, counts, LATER).await.unwrap();
    let found = store.imports(9).await.unwrap().remove(0);
    assert_eq!(store.import(found.id).await.unwrap().as_ref(), Some(&found));
    assert_eq!(store.import(ImportId(99)).await.unwrap(), None);
    assert_eq!((found.id, found.counts, found.started.as_str()), (import, counts, AT));
    assert_eq!((found.finished.as_deref(), found.roots.len()), (Some(LATER), 1));
    assert!(!store.busy("2026-01-03T04:00:00Z").await.unwrap());
    assert!(store.finish_import(ImportId(77), counts, LATER).await.is_err());
    assert!(store.undo_import(ImportId(77), "owner", LATER).await.is_err());
}
