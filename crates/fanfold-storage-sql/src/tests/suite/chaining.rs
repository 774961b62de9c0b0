//! Series that nobody states: works that their own links chain.

use super::committing::page;
use crate::tests::builders::{AT, LATER, begins, commit, copy, edit, id_in, uid, with, work};
use fanfold_model::{
    Credit, EditField, Identity, IdentityKind, ImportId, LinkRel, PartLink, SeriesEntry, Viewer,
    Visibility, Work, WorkId,
};
use fanfold_storage::{Removal, SeriesOrigin, Store};

/// Work `n` of this creator under this title, in no series.
fn named(n: u32, creator: &str, title: &str) -> Work {
    let (title, series) = (title.to_owned(), Vec::new());
    Work { title, series, creators: vec![Credit::author(creator)], ..work(n) }
}

fn to(rel: LinkRel, title: &str) -> PartLink {
    PartLink { rel, part: None, title: Some(title.to_owned()), url: None }
}

fn linking(mut work: Work, rel: LinkRel, title: &str) -> Work {
    work.links.push(to(rel, title));
    work
}

/// Stores a work in an import of its own.
async fn store_one(store: &dyn Store, n: u32, work: Work) -> (ImportId, WorkId) {
    let (import, committed) = commit(store, vec![begins(with(work, n))]).await;
    (import, id_in(&committed, uid("work", n)))
}

/// The found series of a work as its titles in order, and the work's part.
async fn chain(store: &dyn Store, id: WorkId, viewer: Viewer) -> Option<(Vec<String>, u32)> {
    let key = fanfold_storage::WorkKey::Id(id);
    let page = store.work(key, viewer, fanfold_storage::ChapterChoice::None).await.unwrap()?;
    let place = page.series.iter().find(|place| place.origin == SeriesOrigin::Links)?;
    let series = store.series(place.id, viewer).await.unwrap().expect("a place leads to its page");
    assert_eq!(series.origin, SeriesOrigin::Links);
    let titles: Vec<String> =
        series.works.iter().map(|(_, card)| card.work.title.clone()).collect();
    let at = titles.iter().position(|title| *title == page.work.title).unwrap();
    let title = |at: usize| titles.get(at).cloned();
    assert_eq!(place.part.map(|part| part as usize), Some(at + 1));
    assert_eq!(place.next.clone().map(|step| step.title), title(at + 1));
    assert_eq!(place.previous.clone().map(|step| step.title), at.checked_sub(1).and_then(title));
    Some((titles, place.part.unwrap()))
}

async fn titles(store: &dyn Store, id: WorkId) -> Vec<String> {
    chain(store, id, Viewer::Owner).await.map(|(titles, _)| titles).unwrap_or_default()
}

fn trilogy() -> [Work; 3] {
    [
        linking(named(1, "Wren", "The Lamp"), LinkRel::Next, "The Cellar"),
        named(2, "Wren", "The Cellar"),
        linking(named(3, "Wren", "A Last Stair"), LinkRel::SequelTo, "Cellar"),
    ]
}

pub(super) async fn linked_works_are_a_found_series_in_any_order_of_arrival(store: &dyn Store) {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let mut imports = Vec::new();
        let mut ids = Vec::new();
        for at in order {
            let (import, id) = store_one(store, at as u32 + 1, trilogy()[at].clone()).await;
            imports.push(import);
            ids.push(id);
        }
        for id in &ids {
            assert_eq!(titles(store, *id).await, ["The Lamp", "The Cellar", "A Last Stair"]);
        }
        for import in imports {
            store.undo_import(import, "owner", LATER).await.unwrap();
        }
        assert_eq!(store.row_faults().await.unwrap(), []);
    }
    let group = trilogy().into_iter().zip(1..).map(|(work, n)| begins(with(work, n)));
    let (_, committed) = commit(store, group.collect()).await;
    let first = id_in(&committed, uid("work", 1));
    assert_eq!(titles(store, first).await.len(), 3);
    let suggested = page(store, first).await.work.suggestions;
    let found = suggested.iter().find(|one| one.field == "series").unwrap();
    assert_eq!(found.value, "The Lamp and what follows");
    assert!(found.why.contains("before work") && found.why.contains("“The Cellar”"), "{found:?}");
    assert_eq!(page(store, first).await.work.series, []);
    assert_eq!(store.series_records().await.unwrap(), [], "nothing of it is stated");
}

pub(super) async fn a_found_series_goes_with_what_it_stands_on(store: &dyn Store) {
    let [lamp, cellar, stair] = trilogy();
    let (_, first) = store_one(store, 1, lamp).await;
    let (import, middle) = store_one(store, 2, cellar.clone()).await;
    let (_, last) = store_one(store, 3, stair).await;
    let series = page(store, first).await.series[0].id;
    store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!((titles(store, first).await, titles(store, last).await), (vec![], vec![]));
    assert_eq!(store.series(series, Viewer::Owner).await.unwrap(), None);
    // It comes again, is hidden and shown, is renamed and named back.
    let (_, again) = store_one(store, 2, cellar).await;
    assert_eq!(titles(store, last).await.len(), 3);
    assert!(again > middle);
    store.remove(again, Removal::Hide, "asked", "owner", LATER).await.unwrap();
    assert_eq!(titles(store, first).await, [""; 0]);
    store.bring_back(again, "owner", LATER).await.unwrap();
    assert_eq!(titles(store, first).await.len(), 3);
    let renamed = edit(2, EditField::Title, Some("The Pantry"), Some("The Cellar"));
    store.add_edits(vec![renamed]).await.unwrap();
    assert_eq!(titles(store, first).await, [""; 0]);
    let back = edit(20, EditField::Title, Some("The Cellar"), Some("The Pantry"));
    store.add_edits(vec![fanfold_model::Edit { work: uid("work", 2), ..back }]).await.unwrap();
    assert_eq!(titles(store, first).await.len(), 3);
    store.remove(last, Removal::Erase, "asked", "owner", LATER).await.unwrap();
    assert_eq!(titles(store, first).await, ["The Lamp", "The Cellar"]);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_found_series_keeps_its_number_while_it_grows(store: &dyn Store) {
    let [lamp, cellar, stair] = trilogy();
    let (_, middle) =
        store_one(store, 2, linking(cellar, LinkRel::PrequelTo, "A Last Stair")).await;
    store_one(store, 3, stair).await;
    let before = page(store, middle).await.series[0].id;
    store_one(store, 1, lamp).await;
    let after = page(store, middle).await.series[0].clone();
    assert_eq!((after.id, after.part), (before, Some(2)));
}

pub(super) async fn forks_and_circles_build_nothing_that_is_not_certain(store: &dyn Store) {
    let (_, first) = store_one(store, 1, named(1, "Wren", "The Lamp")).await;
    let second = linking(named(2, "Wren", "The Cellar"), LinkRel::SequelTo, "The Lamp");
    let (_, second) = store_one(store, 2, second).await;
    assert_eq!(titles(store, first).await, ["The Lamp", "The Cellar"]);
    let other = linking(named(3, "Wren", "The Garden"), LinkRel::SequelTo, "The Lamp");
    let (import, other) = store_one(store, 3, other).await;
    for id in [first, second, other] {
        assert_eq!(titles(store, id).await, [""; 0], "two sequels have no order");
    }
    store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!(titles(store, second).await, ["The Lamp", "The Cellar"]);
    let both = linking(named(4, "Wren", "The Garden"), LinkRel::SequelTo, "The Lamp");
    let (_, third) = store_one(store, 4, linking(both, LinkRel::SequelTo, "The Cellar")).await;
    assert_eq!(titles(store, third).await, ["The Lamp", "The Cellar", "The Garden"]);
    let one = linking(named(5, "Wren", "Dusk"), LinkRel::SequelTo, "Dawn");
    let (_, dusk) = store_one(store, 5, one).await;
    let two = linking(named(6, "Wren", "Dawn"), LinkRel::SequelTo, "Dusk");
    store_one(store, 6, two).await;
    assert_eq!(titles(store, dusk).await, [""; 0], "each is said to follow the other");
}

pub(super) async fn same_titles_of_two_creators_do_not_mix(store: &dyn Store) {
    let group = vec![
        named(1, "Wren", "The Lamp"),
        linking(named(2, "Wren", "The Cellar"), LinkRel::SequelTo, "The Lamp"),
        named(3, "Ghost", "The Lamp"),
        linking(named(4, "Ghost", "The Stair"), LinkRel::SequelTo, "The Lamp"),
        linking(named(5, "Heron", "The Marsh"), LinkRel::SequelTo, "The Lamp"),
    ];
    let group = group.into_iter().zip(1..).map(|(work, n)| begins(with(work, n)));
    let (_, committed) = commit(store, group.collect()).await;
    let id = |n| id_in(&committed, uid("work", n));
    assert_eq!(titles(store, id(1)).await, ["The Lamp", "The Cellar"]);
    assert_eq!(titles(store, id(3)).await, ["The Lamp", "The Stair"]);
    assert_eq!(titles(store, id(5)).await, [""; 0]);
    // Two works of one creator have the title: which is meant is not known, until one of them goes.
    let (import, _) = store_one(store, 6, named(6, "Ghost", "The Lamp")).await;
    assert_eq!(titles(store, id(4)).await, [""; 0]);
    store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!(titles(store, id(4)).await, ["The Lamp", "The Stair"]);
}

pub(super) async fn an_address_chains_too_and_another_creators_work_does_not(store: &dyn Store) {
    let at = |n: u32| Identity::new(IdentityKind::Address, format!("http://attic.example/{n}"));
    let url = |n: u32| format!("http://attic.example/{n}/");
    let by_url =
        |n: u32| PartLink { rel: LinkRel::Previous, part: None, title: None, url: Some(url(n)) };
    let mut second = named(2, "Wren", "The Cellar");
    second.links.push(by_url(1));
    let mut theirs = named(3, "Ghost", "A Reply");
    theirs.links.push(by_url(1));
    let (_, second) = store_one(store, 2, second).await;
    let (_, theirs) = store_one(store, 3, theirs).await;
    let mut first = with(named(1, "Wren", "The Lamp"), 1);
    first.identities.push(at(1));
    commit(store, vec![begins(first)]).await;
    assert_eq!(titles(store, second).await, ["The Lamp", "The Cellar"]);
    assert_eq!(titles(store, theirs).await, [""; 0]);
    // A later copy may bring the address that a link names.
    let mut later = named(4, "Wren", "The Attic");
    later.links.push(PartLink { url: Some("mirror:50".into()), ..by_url(0) });
    let (_, later) = store_one(store, 4, later).await;
    assert_eq!(titles(store, later).await, [""; 0]);
    commit(store, vec![copy(2, 50)]).await;
    assert_eq!(titles(store, later).await, ["The Lamp", "The Cellar", "The Attic"]);
}

pub(super) async fn what_a_series_states_already_is_not_found_again(store: &dyn Store) {
    let entry = |part| SeriesEntry {
        title: "Attic Tales".into(),
        part: Some(part),
        ..SeriesEntry::default()
    };
    let [mut lamp, mut cellar, stair] = trilogy();
    lamp.series = vec![entry(1)];
    cellar.series = vec![entry(2)];
    let (_, first) = store_one(store, 1, lamp).await;
    store_one(store, 2, cellar).await;
    let places = page(store, first).await.series;
    assert_eq!(places.iter().map(|own| own.origin).collect::<Vec<_>>(), [SeriesOrigin::Stated]);
    // A third work that only its link brings makes a longer chain than the source's own.
    store_one(store, 3, stair).await;
    let places = page(store, first).await.series;
    assert_eq!(
        places.iter().map(|own| own.origin).collect::<Vec<_>>(),
        [SeriesOrigin::Stated, SeriesOrigin::Links]
    );
    assert_eq!(titles(store, first).await.len(), 3);
}

pub(super) async fn a_found_series_shows_nobody_what_they_may_not_see(store: &dyn Store) {
    let [mut lamp, cellar, stair] = trilogy();
    lamp.visibility = Visibility::Hidden;
    let (_, first) = store_one(store, 1, lamp).await;
    let (_, second) = store_one(store, 2, cellar).await;
    let (import, _) = store_one(store, 3, stair).await;
    assert_eq!(chain(store, first, Viewer::Public).await, None);
    let seen = chain(store, second, Viewer::Public).await.unwrap();
    assert_eq!(seen, (vec!["The Cellar".to_owned(), "A Last Stair".to_owned()], 1));
    let key = fanfold_storage::WorkKey::Id(second);
    let choice = fanfold_storage::ChapterChoice::None;
    let page = store.work(key, Viewer::Public, choice).await.unwrap().unwrap();
    assert_eq!(page.series[0].title, "The Cellar and what follows");
    assert_eq!(page.work.suggestions, []);
    let series = page.series[0].id;
    store.undo_import(import, "owner", AT).await.unwrap();
    assert_eq!(chain(store, second, Viewer::Public).await, None);
    assert_eq!(store.series(series, Viewer::Public).await.unwrap(), None);
}
