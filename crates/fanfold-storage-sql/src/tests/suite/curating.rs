//! Edits, holding, removing.

use super::committing::page;
use crate::tests::builders::{
    LATER, begin, begins, commit, copy, edit, edit_op, hash, item, library, new_work, source, uid,
    with, work,
};
use fanfold_model::{EditField, EditOp, Viewer, WorkId};
use fanfold_storage::{
    ChangeKind, ChapterChoice, KnownAs, ListFilter, Removal, StorageError, Store, WorkKey,
};

pub(super) async fn an_edit_is_shown_at_once_and_the_history_tells_it(store: &dyn Store) {
    let ids = library(store, 1).await;
    let edits = vec![
        edit(1, EditField::Title, Some("A Better Lamp"), Some("Lamp 1")),
        edit_op(1, EditField::Freeforms, EditOp::Add, Some("Sea Shanties"), None),
        edit_op(1, EditField::Freeforms, EditOp::Remove, Some("post-canon"), None),
    ];
    store.add_edits(edits.clone()).await.unwrap();
    let found = page(store, ids[0]).await;
    assert_eq!(found.work.title, "A Better Lamp");
    assert_eq!(found.work.freeforms, ["Lamp Number 1", "Sea Shanties"]);
    assert_eq!(found.changed, store.last_seq().await.unwrap());
    let named = store.tags_named("sea shanties", Viewer::Public).await.unwrap();
    assert_eq!(named[0].works, 1);
    assert_eq!(store.tags_named("post-canon", Viewer::Owner).await.unwrap(), []);
    let history = store.history(ids[0]).await.unwrap();
    let said: Vec<_> = history.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(said, ["imported", "edited", "edited", "edited"]);
    assert_eq!(history[1].before.as_deref(), Some("Lamp 1"));
    assert_eq!(history[1].after.as_deref(), Some("A Better Lamp"));
    // The same edits again, as a restored export brings them, change nothing.
    store.add_edits(edits).await.unwrap();
    assert_eq!(store.edit_records().await.unwrap().len(), 3);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn an_edit_taken_back_shows_what_was_read(store: &dyn Store) {
    let ids = library(store, 1).await;
    let title = edit(1, EditField::Title, Some("A Better Lamp"), Some("Lamp 1"));
    let language = edit(1, EditField::Language, Some("en"), None);
    store.add_edits(vec![title.clone(), language]).await.unwrap();
    let field = store.take_back_last_edit(ids[0], "owner", LATER).await.unwrap();
    assert_eq!(field.as_deref(), Some("language"));
    assert!(store.take_back_edit(title.uid, "owner", LATER).await.unwrap());
    assert!(!store.take_back_edit(title.uid, "owner", LATER).await.unwrap());
    assert_eq!(store.take_back_last_edit(ids[0], "owner", LATER).await.unwrap(), None);
    let found = page(store, ids[0]).await.work;
    assert_eq!((found.title.as_str(), found.curated.len()), ("Lamp 1", 0));
    let last = store.history(ids[0]).await.unwrap().pop().unwrap();
    assert_eq!((last.action.as_str(), last.after.as_deref()), ("edit taken back", Some("Lamp 1")));
}

pub(super) async fn edits_that_do_not_fit_are_refused_and_none_of_them_is_made(store: &dyn Store) {
    let ids = library(store, 1).await;
    let bad = |field, value| edit(1, field, Some(value), None);
    for wrong in [bad(EditField::Rating, "PG"), bad(EditField::Published, "soon")] {
        let good = edit(1, EditField::Title, Some("Half Done"), Some("Lamp 1"));
        let error = store.add_edits(vec![good, wrong]).await.unwrap_err();
        assert!(matches!(error, StorageError::Refused(_)), "{error}");
    }
    let nobody = edit(9, EditField::Title, Some("Whose?"), None);
    assert!(store.add_edits(vec![nobody]).await.unwrap_err().to_string().contains("no work"));
    assert_eq!(page(store, ids[0]).await.work.title, "Lamp 1");
    assert_eq!(store.edit_records().await.unwrap(), []);
    assert_eq!(store.history(ids[0]).await.unwrap().len(), 1);
}

pub(super) async fn a_held_work_is_the_owners_until_it_is_released(store: &dyn Store) {
    let ids = library(store, 2).await;
    let hold = edit(1, EditField::Held, Some("permission"), None);
    store.add_edits(vec![hold]).await.unwrap();
    let page =
        async |viewer| store.work(WorkKey::Id(ids[0]), viewer, ChapterChoice::None).await.unwrap();
    assert_eq!(page(Viewer::Public).await, None);
    assert_eq!(page(Viewer::Owner).await.unwrap().work.held.as_deref(), Some("permission"));
    let fandom = |viewer| store.tags_named("treasure island", viewer);
    assert_eq!(fandom(Viewer::Public).await.unwrap()[0].works, 1);
    assert_eq!(fandom(Viewer::Owner).await.unwrap()[0].works, 2);
    let held = store.list(ListFilter::Held, Viewer::Owner, None, 9).await.unwrap();
    assert_eq!(held.cards.len(), 1);
    assert_eq!(store.list(ListFilter::Held, Viewer::Public, None, 9).await.unwrap().cards, []);
    let mut release = edit(1, EditField::Held, None, Some("permission"));
    release.at = "2026-01-04T00:00:00Z".into();
    store.add_edits(vec![release]).await.unwrap();
    assert!(page(Viewer::Public).await.is_some());
    assert_eq!(fandom(Viewer::Public).await.unwrap()[0].works, 2);
    let said: Vec<_> = store.history(ids[0]).await.unwrap();
    let said: Vec<_> = said.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(said, ["imported", "held", "released"]);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_hidden_work_answers_as_a_missing_one_until_it_is_brought_back(
    store: &dyn Store,
) {
    let ids = library(store, 2).await;
    let before = page(store, ids[0]).await.work;
    let free = store.remove(ids[0], Removal::Hide, "asked", "owner", LATER).await.unwrap();
    assert_eq!(free, Some(Vec::new()));
    for viewer in [Viewer::Owner, Viewer::Public] {
        let key = WorkKey::Id(ids[0]);
        assert_eq!(store.work(key, viewer, ChapterChoice::All).await.unwrap(), None);
        assert_eq!(store.whole_works(&ids, viewer).await.unwrap().len(), 1);
        assert_eq!(store.creators_named("ghost 1", viewer).await.unwrap(), []);
    }
    assert_eq!(store.index_records(&ids).await.unwrap().len(), 1);
    assert_eq!(store.words_of(&ids[..1]).await.unwrap(), [(ids[0], 20)]);
    let removed = store.list(ListFilter::Removed, Viewer::Owner, None, 9).await.unwrap();
    assert_eq!(removed.cards.len(), 1);
    let removed = store.list(ListFilter::Removed, Viewer::Public, None, 9).await.unwrap();
    assert_eq!(removed.cards, []);
    // An import never undoes a removal: not by the same work, not by a copy of it.
    commit(store, vec![begins(new_work(1)), copy(1, 30)]).await;
    assert!(store.heads(&[uid("work", 1)]).await.unwrap()[0].removed);
    let known = store.known(&[hash("bytes 1")]).await.unwrap().remove(0).known;
    assert!(matches!(known, KnownAs::Source { removed: true, .. }));
    let last = store.changes_after(0, 99).await.unwrap();
    let last = last.iter().rfind(|change| change.work == ids[0]).unwrap();
    assert_eq!(last.kind, ChangeKind::Gone);
    assert_eq!(store.row_faults().await.unwrap(), []);
    assert!(store.bring_back(ids[0], "owner", LATER).await.unwrap());
    assert!(!store.bring_back(ids[0], "owner", LATER).await.unwrap());
    let mut after = page(store, ids[0]).await.work;
    assert_eq!(after.sources.pop(), Some(source(30)));
    assert_eq!(after, before);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn an_erased_work_leaves_uid_hash_and_reason_only(store: &dyn Store) {
    let mut shared = work(2);
    shared.sources.push(source(7));
    let mut own = work(1);
    own.sources.push(source(7));
    own.sources.push(source(8));
    let group = vec![begins(with(own.clone(), 1)), begins(with(shared, 2)), item(8)];
    let (_, committed) = commit(store, group).await;
    let id = crate::tests::builders::id_in(&committed, uid("work", 1));
    let title = edit(1, EditField::Title, Some("Secret"), Some("Lamp 1"));
    store.add_edits(vec![title]).await.unwrap();
    let free = store.remove(id, Removal::Erase, "by wish", "owner", LATER).await.unwrap();
    // Work 2 and the item still name two of the three originals.
    assert_eq!(free, Some(vec![hash("bytes 1")]));
    let known = store.known(&[hash("bytes 1")]).await.unwrap();
    let erased = KnownAs::Erased { reason: "by wish".into() };
    assert_eq!(known.into_iter().map(|known| known.known).collect::<Vec<_>>(), [erased]);
    assert_eq!(store.heads(&[uid("work", 1)]).await.unwrap(), []);
    assert_eq!(store.creators_named("ghost 1", Viewer::Owner).await.unwrap(), []);
    assert_eq!(store.tags_named("lamp number 1", Viewer::Owner).await.unwrap(), []);
    let history = store.history(id).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].action, "erased");
    // The same work again is not taken, and its number is nobody's.
    let import = begin(store).await;
    let mut other = work(3);
    other.id = Some(id);
    let group = vec![begins(with(own, 1)), begins(with(other, 3)), copy(1, 9)];
    let committed = store.commit(import, group, LATER).await.unwrap();
    assert!(committed.works.iter().all(|(uid_, id_)| *uid_ == uid("work", 3) && *id_ != id));
    assert_eq!(store.row_faults().await.unwrap(), []);
    assert_eq!(store.remove(id, Removal::Erase, "x", "owner", LATER).await.unwrap(), None);
    assert!(!store.bring_back(id, "owner", LATER).await.unwrap());
    assert!(!store.take_back_edit(uid("work", 1), "owner", LATER).await.unwrap());
    assert_eq!(store.take_back_last_edit(WorkId(99), "owner", LATER).await.unwrap(), None);
}
