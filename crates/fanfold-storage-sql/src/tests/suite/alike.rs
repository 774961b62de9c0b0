//! Sketches and the pairs they lead to.

use crate::tests::builders::{
    AT, LATER, begin, begins, commit, library, new_version, new_work, sketch,
};
use fanfold_model::WorkId;
use fanfold_storage::{Entry, NewSketch, PairState, Removal, Sharing, Store, StoredPair};

fn pair(a: i64, b: i64, verdict: &str) -> StoredPair {
    StoredPair {
        a: WorkId(a),
        b: WorkId(b),
        verdict: verdict.to_owned(),
        in_a: 9_500,
        in_b: 400,
        spans: "[]".to_owned(),
        state: PairState::Open,
    }
}

async fn new_ones(store: &dyn Store) -> Vec<i64> {
    store.unscreened(WorkId(0), 10).await.unwrap().into_iter().map(|sketch| sketch.work.0).collect()
}

async fn pairs(store: &dyn Store) -> Vec<(i64, i64, PairState)> {
    let all = store.pairs_after((WorkId(0), WorkId(0)), 10).await.unwrap();
    all.into_iter().map(|pair| (pair.a.0, pair.b.0, pair.state)).collect()
}

pub(super) async fn a_text_is_unscreened_until_it_was_laid_beside_the_others(store: &dyn Store) {
    library(store, 3).await;
    assert_eq!(new_ones(store).await, [1, 2, 3]);
    store.put_pairs(vec![WorkId(1), WorkId(3)], vec![pair(1, 3, "contains")]).await.unwrap();
    assert_eq!(new_ones(store).await, [2]);
    let all = store.sketches_after(WorkId(1), 10).await.unwrap();
    assert_eq!(all.iter().map(|sketch| sketch.work.0).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((all[0].words, &all[0].shingles), (20, &sketch(2).shingles));
    assert_eq!(pairs(store).await, [(1, 3, PairState::Open)]);
    assert_eq!(store.pairs_of(WorkId(3)).await.unwrap()[0].in_a, 9_500);
    assert_eq!(store.pairs_of(WorkId(2)).await.unwrap(), []);
}

pub(super) async fn another_shown_text_is_sketched_and_screened_anew(store: &dyn Store) {
    library(store, 2).await;
    store.put_pairs(vec![WorkId(1), WorkId(2)], vec![pair(1, 2, "revision")]).await.unwrap();
    let mut hidden = new_version(2, 8, "<p>A shorter lamp.</p>");
    hidden.show = false;
    commit(store, vec![Entry::Version(Box::new(hidden))]).await;
    assert_eq!(new_ones(store).await, [0; 0]);
    let import = begin(store).await;
    let longer = new_version(1, 9, "<p>Another lamp altogether, longer.</p>");
    store.commit(import, vec![Entry::Version(Box::new(longer))], AT).await.unwrap();
    assert_eq!(new_ones(store).await, [1]);
    store.put_pairs(vec![WorkId(1)], Vec::new()).await.unwrap();
    assert_eq!(pairs(store).await, []);
    store.undo_import(import, "owner", LATER).await.unwrap();
    assert_eq!(store.works_without_sketch("alike-1", 5).await.unwrap(), [WorkId(1)]);
}

pub(super) async fn a_missing_or_older_sketch_is_asked_for_and_kept(store: &dyn Store) {
    let mut bare = new_work(1);
    bare.sketch = None;
    commit(store, vec![begins(bare), begins(new_work(2))]).await;
    let missing = async |rules| store.works_without_sketch(rules, 5).await.unwrap();
    assert_eq!(missing("alike-1").await, [WorkId(1)]);
    assert_eq!(missing("alike-2").await, [WorkId(1), WorkId(2)]);
    let made = NewSketch { rules: "alike-2".into(), words: 3, shingles: vec![u32::MAX] };
    store.put_sketches(vec![(WorkId(1), made)]).await.unwrap();
    assert_eq!(missing("alike-2").await, [WorkId(2)]);
    assert_eq!(store.unscreened(WorkId(0), 1).await.unwrap()[0].shingles, [u32::MAX]);
}

pub(super) async fn what_a_person_said_of_a_pair_stays(store: &dyn Store) {
    library(store, 3).await;
    let all = vec![WorkId(1), WorkId(2), WorkId(3)];
    let found = vec![pair(1, 2, "revision"), pair(2, 3, "same")];
    store.put_pairs(all.clone(), found).await.unwrap();
    let apart = store.settle_pair((WorkId(2), WorkId(1)), PairState::Apart, "owner", LATER);
    assert!(apart.await.unwrap());
    let unknown = store.settle_pair((WorkId(1), WorkId(3)), PairState::Apart, "owner", LATER);
    assert!(!unknown.await.unwrap());
    store.put_pairs(all, vec![pair(1, 2, "contains")]).await.unwrap();
    assert_eq!(pairs(store).await, [(1, 2, PairState::Apart)]);
    assert_eq!(store.pairs_of(WorkId(1)).await.unwrap(), []);
}

/// Sketches of forty works, of which neighbours share shingles and all share one.
fn told_apart(work: i64) -> NewSketch {
    let own = u32::try_from(work).unwrap() * 100_000_000;
    let mut shingles: Vec<u32> = (0..40).map(|n| own + n * 1_000_003).collect();
    shingles.extend([7, own.wrapping_add(100_000_000)]);
    shingles.sort_unstable();
    shingles.dedup();
    NewSketch { rules: "alike-1".into(), words: 600, shingles }
}

pub(super) async fn who_has_a_shingle_is_found_in_lists_of_any_number(store: &dyn Store) {
    library(store, 40).await;
    let works: Vec<WorkId> = (1..=40).map(WorkId).collect();
    let sketches = works.iter().map(|work| (*work, told_apart(work.0))).collect();
    store.put_sketches(sketches).await.unwrap();
    assert_eq!(store.listed().await.unwrap().texts, 0);
    // One at a time, so that lists are merged, and those of an odd number twice.
    for work in &works {
        for _ in 0..1 + work.0 % 2 {
            store.put_pairs(vec![*work], Vec::new()).await.unwrap();
        }
        let sharing = store.works_sharing(vec![7], 100).await.unwrap();
        assert_eq!(sharing.works, works[..usize::try_from(work.0).unwrap()]);
    }
    let listed = store.listed().await.unwrap();
    assert!(listed.runs < 16 && listed.texts >= 40, "{listed:?}");
    for work in &works {
        let shingles = told_apart(work.0).shingles;
        let sharing = store.works_sharing(shingles.clone(), 10).await.unwrap();
        assert_eq!(sharing.common, [7], "all forty have it");
        let has = |other: &&WorkId| {
            told_apart(other.0).shingles.iter().any(|one| *one != 7 && shingles.contains(one))
        };
        let expected: Vec<WorkId> = works.iter().filter(has).copied().collect();
        assert_eq!(sharing.works, expected, "{work}");
    }
    assert_eq!(store.works_sharing(vec![1, 2, 3], 10).await.unwrap(), Sharing::default());
    let some = store.sketches_of(&[WorkId(3), WorkId(99), WorkId(1)]).await.unwrap();
    assert_eq!(some.iter().map(|sketch| sketch.work.0).collect::<Vec<_>>(), [1, 3]);
    assert!(!store.list_some(10).await.unwrap(), "all are listed");
}

pub(super) async fn removed_works_are_in_no_pair(store: &dyn Store) {
    library(store, 2).await;
    store.put_pairs(vec![WorkId(1), WorkId(2)], vec![pair(1, 2, "same")]).await.unwrap();
    store.remove(WorkId(2), Removal::Hide, "asked", "owner", LATER).await.unwrap();
    assert_eq!(pairs(store).await, []);
    assert_eq!(store.sketches_after(WorkId(0), 9).await.unwrap().len(), 1);
    store.bring_back(WorkId(2), "owner", LATER).await.unwrap();
    assert_eq!(pairs(store).await.len(), 1);
    store.remove(WorkId(2), Removal::Erase, "asked", "owner", LATER).await.unwrap();
    assert_eq!(pairs(store).await, []);
    store.put_pairs(vec![WorkId(1)], vec![pair(1, 2, "same")]).await.unwrap();
    assert_eq!(pairs(store).await, []);
}
