//! Random changes of the tag graph and ways back: the rules hold, the way back restores the very graph, and an index that
//! asks what changed knows of each tag what the store knows.

use super::engines::sqlite;
use super::suite::wrangling::{graph, named, tagged};
use crate::SqlStore;
use fanfold_model::{TagId, Viewer};
use fanfold_storage::{IndexTag, MaintenanceStore, ScanStore, TagChange, TagStore, WorkStore};
use proptest::prelude::*;
use std::collections::BTreeMap;

const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// A step: what, and two tags by their places.
type Step = (u8, usize, usize);

/// What an index would hold: tags that works carry as last told.
type Shadow = BTreeMap<TagId, IndexTag>;

async fn catch_up(store: &SqlStore, shadow: &mut Shadow, seen: &mut i64) {
    while store.advance_tags().await.unwrap() {}
    let renamed = store.renamed_tags(*seen).await.unwrap().unwrap();
    *seen = store.tag_version().await.unwrap();
    for tag in store.index_tags(&renamed).await.unwrap() {
        shadow.insert(tag.id, tag);
    }
}

async fn carried(store: &SqlStore) -> Shadow {
    let tags = store.carried_tags_after(TagId(0), 1_000).await.unwrap();
    let tags = store.index_tags(&tags).await.unwrap();
    tags.into_iter().map(|tag| (tag.id, tag)).collect()
}

fn change(step: Step, tags: &[TagId], island: TagId) -> TagChange {
    let (what, one, two) = (step.0, tags[step.1], tags[step.2]);
    match what {
        0..=2 => TagChange::Canonical(one),
        3 => TagChange::NotCanonical(one),
        4..=7 => TagChange::Synonym { tag: one, of: two },
        8 => TagChange::Split(one),
        9..=12 => TagChange::Metatag { tag: one, above: two },
        13 => TagChange::NoMetatag { tag: one, above: two },
        14 => TagChange::Parent { tag: one, fandom: island },
        15 => TagChange::NoParent { tag: one, fandom: island },
        16 => TagChange::Unwrangleable(one),
        _ => TagChange::Wrangleable(one),
    }
}

/// Steps from 18 on take back: the newest change, or any.
async fn walk(steps: Vec<Step>) {
    let (_folder, store) = sqlite().await;
    let lists: [&[&str]; 6] =
        [&["a", "b"], &["b", "c", "d"], &["a", "e"], &["f"], &["g", "h", "a"], &["d"]];
    tagged(&store, &lists).await;
    let island = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    store.change_tag(TagChange::Canonical(island), "owner", "2026-01-01T00:00:00Z").await.unwrap();
    let mut tags = Vec::new();
    for name in NAMES {
        tags.push(named(&store, name).await);
    }
    let (mut shadow, mut seen) = (carried(&store).await, store.tag_version().await.unwrap());
    let mut made: Vec<(i64, Vec<String>)> = Vec::new();
    for step in steps {
        let before = graph(&store).await;
        let at = "2026-01-02T00:00:00Z";
        if step.0 < 18 {
            match store.change_tag(change(step, &tags, island), "owner", at).await {
                Ok(done) => made.push((done.id, before)),
                Err(_) => assert_eq!(graph(&store).await, before, "a refusal changed something"),
            }
        } else if step.0 < 22 {
            if let Some((id, then)) = made.pop() {
                store.undo_tag_change(id, "owner", at).await.unwrap();
                assert_eq!(graph(&store).await, then);
            }
        } else if let Some((id, _)) = made.get(step.1 % made.len().max(1)).cloned() {
            // Not the newest: it may be refused, and what was made in between is not to be taken back after it.
            match store.undo_tag_change(id, "owner", at).await {
                Ok(_) => made.clear(),
                Err(_) => assert_eq!(graph(&store).await, before, "a refusal changed something"),
            }
        }
        if step.2 % 3 == 0 {
            catch_up(&store, &mut shadow, &mut seen).await;
        }
    }
    catch_up(&store, &mut shadow, &mut seen).await;
    assert_eq!(store.row_faults().await.unwrap(), []);
    assert_eq!(shadow, carried(&store).await);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn random_changes_and_ways_back_keep_the_rules_and_the_index_learns_of_all(
        steps in proptest::collection::vec((0_u8..24, 0_usize..8, 0_usize..8), 10..60)
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(walk(steps));
    }
}
