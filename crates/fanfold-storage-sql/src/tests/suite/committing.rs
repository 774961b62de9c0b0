//! Groups: whole, numbered, logged.

use crate::tests::builders::{
    AT, LATER, begin, begins, chapter, commit, copy, edit, hash, id_in, item, library, line,
    new_version, new_work, source, uid, with, work,
};
use fanfold_model::{EditField, Identity, IdentityKind, ItemOutcome, VersionNote, Viewer, WorkId};
use fanfold_storage::{
    ChangeKind, ChapterChoice, Entry, ItemLine, KnownAs, StorageError, Store, WorkKey, WorkPage,
};

pub(super) async fn page(store: &dyn Store, id: WorkId) -> WorkPage {
    let found = store.work(WorkKey::Id(id), Viewer::Owner, ChapterChoice::All).await.unwrap();
    found.expect("the work is there")
}

pub(super) async fn a_group_is_there_whole_and_its_changes_are_logged(store: &dyn Store) {
    let group = vec![begins(new_work(1)), begins(new_work(2)), item(9)];
    let (import, committed) = commit(store, group).await;
    assert_eq!(committed.works.len(), 2);
    let id = id_in(&committed, uid("work", 1));
    let mut expected = work(1);
    let found = page(store, id).await;
    expected.id = Some(id);
    expected.series[0].uid = found.work.series[0].uid;
    let note = VersionNote { number: 1, stored: AT.into(), words: 20, shown: true };
    expected.versions = vec![note];
    assert_eq!(found.work, expected);
    assert!(found.work.series[0].uid.is_some());
    let changes = store.changes_after(0, 10).await.unwrap();
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|change| change.kind == ChangeKind::Put));
    assert_eq!(committed.seq, store.last_seq().await.unwrap());
    let items = store.import_items(import, 0, 10).await.unwrap();
    let works: Vec<_> = items.iter().map(|(_, work)| work.is_some()).collect();
    assert_eq!(works, [true, true, false]);
    assert_eq!(store.import_items(import, 2, 10).await.unwrap()[0].0.reason, "a recipe");
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_group_that_fails_leaves_nothing_behind(store: &dyn Store) {
    let import = begin(store).await;
    let bad = Entry::Version(Box::new(new_version(7, 8, "<p>Nobody.</p>")));
    let group = vec![begins(new_work(1)), begins(new_work(2)), item(3), bad];
    let error = store.commit(import, group, AT).await.unwrap_err();
    assert!(matches!(error, StorageError::Refused(_)), "{error}");
    assert_eq!(store.last_seq().await.unwrap(), 0);
    assert_eq!(store.heads(&[uid("work", 1)]).await.unwrap(), []);
    assert_eq!(store.items_after(0, 10).await.unwrap().len(), 0);
    assert_eq!(store.import_items(import, 0, 10).await.unwrap(), []);
    // What the failed group had taken is given back: ids and changes have no gap.
    let committed = store.commit(import, vec![begins(new_work(5))], AT).await.unwrap();
    assert_eq!((committed.seq, committed.works[0].1), (1, WorkId(1)));
}

pub(super) async fn a_wanted_id_is_kept_where_it_is_free_and_the_counter_moves_on(
    store: &dyn Store,
) {
    let wants = |n: u32, id: i64| {
        let mut work = work(n);
        work.id = Some(WorkId(id));
        begins(with(work, n))
    };
    let (_, first) = commit(store, vec![wants(1, 40), begins(new_work(2)), wants(3, 7)]).await;
    assert_eq!(id_in(&first, uid("work", 1)), WorkId(40));
    assert_eq!(id_in(&first, uid("work", 2)), WorkId(41));
    assert_eq!(id_in(&first, uid("work", 3)), WorkId(7));
    let (_, second) = commit(store, vec![wants(4, 40), begins(new_work(5))]).await;
    assert_eq!(id_in(&second, uid("work", 4)), WorkId(42));
    assert_eq!(id_in(&second, uid("work", 5)), WorkId(43));
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn the_same_uid_again_changes_nothing(store: &dyn Store) {
    let ids = library(store, 1).await;
    let before = page(store, ids[0]).await;
    let mut again = new_work(1);
    again.work.title = "Another Lamp".into();
    let (_, committed) = commit(store, vec![begins(again)]).await;
    assert_eq!((committed.seq, committed.works[0].1), (0, ids[0]));
    assert_eq!(page(store, ids[0]).await, before);
}

pub(super) async fn a_further_version_is_shown_and_the_older_one_stays_readable(store: &dyn Store) {
    let ids = library(store, 1).await;
    let version = new_version(1, 11, "<p>The lamp went out, and was lit again.</p>");
    let (_, committed) = commit(store, vec![Entry::Version(Box::new(version))]).await;
    assert_eq!(committed.works, [(uid("work", 1), ids[0])]);
    let page = page(store, ids[0]).await;
    assert_eq!(page.work.chapters[1].html, "<p>The lamp went out, and was lit again.</p>");
    assert_eq!(page.work.chapters[0], chapter(1, 1));
    let shown: Vec<_> = page.work.versions.iter().map(|note| (note.number, note.shown)).collect();
    assert_eq!(shown, [(1, false), (2, true)]);
    let paths: Vec<_> = page.work.sources.iter().map(|source| source.path.as_str()).collect();
    assert_eq!(paths, ["box/tale-11.txt", "box/tale-1.txt"]);
    let old = store.version(ids[0], Viewer::Owner, 1).await.unwrap().unwrap();
    assert_eq!(old.chapters, work(1).chapters);
    assert_eq!(old.sources, [source(1)]);
    assert_eq!(store.version(ids[0], Viewer::Owner, 3).await.unwrap(), None);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_shorter_version_waits_for_a_person(store: &dyn Store) {
    let ids = library(store, 1).await;
    let mut version = new_version(1, 11, "<p>Out.</p>");
    version.show = false;
    version.work.words = 11;
    commit(store, vec![Entry::Version(Box::new(version))]).await;
    let page = page(store, ids[0]).await;
    assert_eq!(page.work.chapters, work(1).chapters);
    assert_eq!(page.work.findings[0].code, "version-shorter");
    let head = store.heads(&[uid("work", 1)]).await.unwrap().remove(0);
    assert_eq!((head.version, head.words), (2, 20));
    let hidden = store.version(ids[0], Viewer::Owner, 2).await.unwrap().unwrap();
    assert_eq!(hidden.chapters[1].html, "<p>Out.</p>");
    let queue = fanfold_storage::ListFilter::NeedsPerson;
    assert_eq!(store.list(queue, Viewer::Owner, None, 9).await.unwrap().cards.len(), 1);
}

pub(super) async fn a_copy_is_a_further_source_and_brings_its_identities(store: &dyn Store) {
    // The work may begin in the same group.
    let (_, committed) = commit(store, vec![copy(1, 12), begins(new_work(1)), copy(1, 13)]).await;
    let id = id_in(&committed, uid("work", 1));
    let found = page(store, id).await.work.sources;
    assert_eq!(found, [source(1), source(12), source(13)]);
    let mirror = Identity::new(IdentityKind::SiteId, "mirror:13");
    let found = store.identify(&[mirror.clone(), Identity::new(IdentityKind::SiteId, "x")]).await;
    let found = found.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].0, found[0].1.id), (&mirror, id));
    commit(store, vec![copy(1, 12)]).await;
    assert_eq!(page(store, id).await.work.sources.len(), 3);
}

pub(super) async fn bytes_are_known_as_source_and_as_item(store: &dyn Store) {
    let ids = library(store, 1).await;
    commit(store, vec![item(9), item(9)]).await;
    let asked = [hash("bytes 9"), hash("bytes 1"), hash("unheard of")];
    let known = store.known(&asked).await.unwrap();
    assert_eq!(known.len(), 2);
    let expected = KnownAs::Source { work: ids[0], uid: uid("work", 1), removed: false };
    assert!(known.iter().any(|k| k.hash == asked[1] && k.known == expected));
    assert!(known.iter().any(|k| k.hash == asked[0] && k.known == KnownAs::Item));
    let items = store.items_after(0, 10).await.unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].record.findings().unwrap()[0].code, "not-a-work");
    assert_eq!(items[0].record.blob, "stored");
    // Unchanged bytes at another place are remembered and change no work.
    let seen = ItemLine { path: "other/tale.txt".into(), ..line(1, ItemOutcome::Unchanged) };
    let (import, committed) = commit(store, vec![Entry::Unchanged(seen)]).await;
    assert_eq!(committed.seq, 0);
    let lines = store.import_items(import, 0, 9).await.unwrap();
    assert_eq!(lines[0].1, Some(ids[0]));
}

pub(super) async fn bytes_that_have_begun_are_known_once_they_have_ended(store: &dyn Store) {
    let dump = hash("bytes 1");
    let known = async || !store.known(&[dump]).await.unwrap().is_empty();
    commit(store, vec![Entry::Begun(dump), begins(new_work(1))]).await;
    assert!(!known().await, "more works of these bytes follow");
    commit(store, vec![Entry::Begun(dump)]).await;
    assert!(!known().await);
    let mut second = new_work(2);
    second.work.sources[0].blake3 = dump;
    let (import, _) = commit(store, vec![Entry::Ended(dump), begins(second)]).await;
    assert!(known().await);
    // Taking back what the second import brought leaves the first work; its bytes are read again when they come.
    store.undo_import(import, "owner", LATER).await.unwrap();
    assert!(!known().await);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn originals_that_came_later_are_stored_from_then_on(store: &dyn Store) {
    let mut bare = new_work(1);
    bare.work.sources[0].blob = fanfold_model::BlobState::Absent;
    let named = bare.work.sources[0].blake3;
    let Entry::Item(mut nothing) = item(9) else { unreachable!("an item") };
    nothing.stored = false;
    let (_, committed) = commit(store, vec![begins(bare), Entry::Item(nothing)]).await;
    let id = id_in(&committed, uid("work", 1));
    let asked = [named, hash("bytes 9")];
    let absent = async || {
        let known = store.known(&asked).await.unwrap();
        known.iter().filter(|known| known.absent).count()
    };
    assert_eq!(absent().await, 2);
    let back =
        |hash| Entry::Returned(ItemLine { blake3: Some(hash), ..line(1, ItemOutcome::Merged) });
    let (_, committed) = commit(store, asked.into_iter().map(back).collect()).await;
    assert!(committed.seq > 0, "the index hears of it");
    assert_eq!(absent().await, 0);
    let found = page(store, id).await.work.sources;
    assert_eq!(found[0].blob, fanfold_model::BlobState::Stored);
    assert_eq!(store.items_after(0, 9).await.unwrap()[0].record.blob, "stored");
}

pub(super) async fn a_version_of_an_unknown_work_is_refused(store: &dyn Store) {
    let import = begin(store).await;
    let error = store.commit(import, vec![copy(3, 4)], AT).await.unwrap_err();
    assert!(error.to_string().contains("import it first"), "{error}");
    let nowhere = fanfold_model::ImportId(99);
    let error = store.commit(nowhere, vec![begins(new_work(1))], AT).await.unwrap_err();
    assert!(error.to_string().contains("no import 99"), "{error}");
}

pub(super) async fn a_rendition_keeps_uids_and_edits_and_says_where_a_value_changed(
    store: &dyn Store,
) {
    let ids = library(store, 1).await;
    let edits = vec![
        edit(1, EditField::Title, Some("The Lamp of the Attic"), Some("Lamp 1")),
        edit(1, EditField::Language, Some("en"), None),
    ];
    store.add_edits(edits).await.unwrap();
    let mut better = new_version(1, 1, "<p>Lamp 1 burned — read better.</p>");
    better.rendition = true;
    better.extracted.rules = "rules-2".into();
    better.work.title = "LAMP THE FIRST".into();
    let (import, _) = commit(store, vec![Entry::Version(Box::new(better))]).await;
    let found = page(store, ids[0]).await.work;
    assert_eq!(found.title, "The Lamp of the Attic");
    assert_eq!(found.language.as_deref(), Some("en"));
    assert_eq!(found.curated, ["language", "title"]);
    assert_eq!((found.versions.len(), found.sources.len()), (1, 1));
    assert_eq!(found.chapters[1].uid, chapter(1, 2).uid);
    assert_eq!(found.chapters[1].html, "<p>Lamp 1 burned — read better.</p>");
    let codes: Vec<_> = found.findings.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["edit-over-changed-value"]);
    let sources = store.sources_page(ids[0], Viewer::Owner).await.unwrap().unwrap();
    assert_eq!((sources.rules.as_str(), sources.edits.len()), ("rules-2", 2));
    assert_eq!(sources.normalised.title, "LAMP THE FIRST");
    assert_eq!(sources.extracted, "[{\"fields\":[]}]");
    assert_eq!(store.row_faults().await.unwrap(), []);
    // A rendition brought nothing that could be taken back.
    assert_eq!(store.undo_import(import, "owner", LATER).await.unwrap().removed, []);
    assert_eq!(page(store, ids[0]).await.work.sources.len(), 1);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn versions_known_by_name_only_are_kept_as_notes(store: &dyn Store) {
    let mut work = work(1);
    let note = |number, shown| VersionNote { number, stored: LATER.into(), words: 20, shown };
    work.versions = vec![note(1, false), note(3, true)];
    let (_, committed) = commit(store, vec![begins(with(work.clone(), 1))]).await;
    let id = id_in(&committed, uid("work", 1));
    assert_eq!(page(store, id).await.work.versions, work.versions);
    assert_eq!(store.version(id, Viewer::Owner, 1).await.unwrap(), None);
    let head = store.heads(&[uid("work", 1)]).await.unwrap().remove(0);
    assert_eq!(head.version, 3);
    assert_eq!(store.row_faults().await.unwrap(), []);
}
