//! Libraries of before, in which "A/B" and "B/A" were two tags.

use super::builders::LATER;
use super::engines::{postgres, sqlite};
use super::suite::pairs::paired;
use crate::SqlStore;
use crate::db::{Conn, vals};
use crate::tags::join_twins;
use fanfold_model::{Mute, Muted, TagId, TagKind, Viewer, fold_name};
use fanfold_storage::{
    ChangeLog, LoadedUse, MaintenanceStore, ReaderStore, Result, ScanStore, TagChange, TagStore,
    WorkStore,
};
use proptest::prelude::*;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

const COUNT: &str = "UPDATE tags SET \
    works_owner = (SELECT COUNT(DISTINCT wt.work) FROM work_tags wt WHERE wt.tag = tags.id), \
    works_public = (SELECT COUNT(DISTINCT wt.work) FROM work_tags wt WHERE wt.tag = tags.id), \
    all_owner = (SELECT COUNT(DISTINCT wt.work) FROM work_tags wt WHERE wt.tag = tags.id), \
    all_public = (SELECT COUNT(DISTINCT wt.work) FROM work_tags wt WHERE wt.tag = tags.id)";

/// Makes of each written order a tag of its own, as programs of before did.
async fn age(conn: &mut Conn) -> Result<()> {
    let mut forms: BTreeMap<String, (i64, String, bool)> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let written =
        "SELECT tag, written FROM work_tags WHERE kind = 'relationship' ORDER BY work, place";
    for mut row in conn.fetch(written, Vec::new()).await? {
        let (tag, written) = (row.int(0)?, row.text(1)?);
        if let Entry::Vacant(place) = forms.entry(fold_name(&written)) {
            let first = seen.insert(tag);
            place.insert((tag, written, first));
        }
    }
    for (folded, (tag, written, first)) in forms {
        let mut id = tag;
        if !first {
            id = conn.take_numbers("tag", 1).await? + 1;
            let row = "INSERT INTO tags (id, kind, name, folded, canonical) \
                VALUES ($1, 'relationship', $2, $3, 0)";
            conn.execute(row, vals![id, &written, format!("new {id}")]).await?;
        }
        let relink = "UPDATE work_tags SET tag = $1 WHERE kind = 'relationship' AND tag = $2 \
            AND LOWER(written) = $3";
        conn.execute(relink, vals![id, tag, &folded]).await?;
        // Through a name that nothing has: the key may still stand on a twin.
        let own = "UPDATE tags SET folded = $1, listed = NULL WHERE id = $2";
        conn.execute(own, vals![format!("old {folded}"), id]).await?;
    }
    conn.execute(
        "UPDATE tags SET folded = SUBSTR(folded, 5) WHERE folded LIKE 'old %'",
        Vec::new(),
    )
    .await?;
    conn.execute(COUNT, Vec::new()).await?;
    let mark = "INSERT INTO marks (name, at) VALUES ('pairs', '0')";
    conn.execute(mark, Vec::new()).await.map(drop)
}

async fn aged(store: &SqlStore, lists: &[&[&str]]) -> BTreeMap<String, TagId> {
    paired(store, lists).await;
    store.db.write("making it old", |conn| Box::pin(age(conn))).await.unwrap();
    let mut tags = BTreeMap::new();
    for tag in store.tags(TagKind::Relationship, Viewer::Owner, None, 99).await.unwrap() {
        tags.insert(tag.name, tag.id);
    }
    tags
}

async fn make(store: &SqlStore, change: TagChange) -> i64 {
    store.change_tag(change, "owner", LATER).await.unwrap().id
}

async fn rows(store: &SqlStore) -> BTreeMap<String, u64> {
    let tags = store.tags(TagKind::Relationship, Viewer::Owner, None, 99).await.unwrap();
    tags.into_iter().map(|tag| (tag.name, tag.works)).collect()
}

async fn twins_become_one(store: &SqlStore) {
    let lists: [&[&str]; 5] =
        [&["Zoe/Ann"], &["Ann/Zoe"], &["Ann/Zoe", "Zoe/Ann"], &["Zoe & Ann"], &["Bob/Ann"]];
    let tags = aged(store, &lists).await;
    let (one, two) = (tags["Zoe/Ann"], tags["Ann/Zoe"]);
    assert_ne!(one, two);
    let island = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    for tag in [island, one, two] {
        make(store, TagChange::Canonical(tag)).await;
    }
    make(store, TagChange::Parent { tag: one, fandom: island }).await;
    make(store, TagChange::Synonym { tag: tags["Bob/Ann"], of: one }).await;
    make(store, TagChange::Metatag { tag: one, above: two }).await;
    let told = |tag, works| LoadedUse { tag, works, fandoms: Some(vec![(island, works)]) };
    store.load_uses(vec![told(one, 5), told(two, 7)]).await.unwrap();
    for (name, until) in [("Zoe/Ann", Some(9)), ("Ann/Zoe", None)] {
        let what = Muted::Tag { kind: TagKind::Relationship, name: name.into() };
        store.mute("owner", Mute { what, name: name.into(), until }, LATER).await.unwrap();
    }
    let (seq, version) = (store.last_seq().await.unwrap(), store.tag_version().await.unwrap());
    join_twins(&store.db).await.unwrap();
    // Both had two works and were canonical, so the one that came first stays.
    let found = store.tag_ids(None, "ann/zoe").await.unwrap();
    assert_eq!(found, [one]);
    let row = store.tag_rows(&[one, two]).await.unwrap();
    assert_eq!((row.len(), row[0].name.as_str(), row[0].elsewhere), (1, "Zoe/Ann", 12));
    let page = store.tag(one, Viewer::Owner).await.unwrap().unwrap();
    assert_eq!((page.tag.works, page.synonyms.len(), page.metatags.len()), (4, 1, 0));
    assert_eq!(page.parents[0].id, island);
    assert_eq!(page.written, ["Ann/Zoe", "Zoe/Ann"]);
    assert_eq!(store.muted_ids("owner", 99).await.unwrap().tags, [one]);
    assert_eq!(store.mutes("owner").await.unwrap().len(), 1);
    let changed = store.changes_after(seq, 99).await.unwrap();
    let works: BTreeSet<i64> =
        changed.iter().map(|change| change.work.0).filter(|id| *id > 0).collect();
    assert_eq!(works.len(), 2, "those that carried the tag that went: {changed:?}");
    assert!(store.tag_version().await.unwrap() > version);
    assert_eq!(store.reformed_tags(version).await.unwrap(), None, "it may be any");
    assert_eq!(store.row_faults().await.unwrap(), []);
    let history = store.tag_history(Some(one), None, 99).await.unwrap();
    assert!(history.iter().any(|line| line.name == "Ann/Zoe" && line.tag == one), "{history:?}");
    let after = store.tag_records().await.unwrap();
    join_twins(&store.db).await.unwrap();
    assert_eq!(store.tag_records().await.unwrap(), after);
}

#[tokio::test(flavor = "multi_thread")]
async fn relationships_of_an_older_library_are_joined_when_it_is_opened() {
    let (folder, store) = sqlite().await;
    twins_become_one(&store).await;
    store.close().await;
    let (other, old) = sqlite().await;
    aged(&old, &[&["Zoe/Ann"], &["Ann/Zoe"]]).await;
    old.close().await;
    let opened = SqlStore::open_sqlite(&other.path().join("library.sqlite3")).await.unwrap();
    assert_eq!(rows(&opened).await.into_values().collect::<Vec<_>>(), [2]);
    drop(folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn relationships_of_an_older_library_on_postgresql_are_joined() {
    let (_, store) = postgres().await;
    twins_become_one(&store).await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_an_older_library_is_joined_when_it_is_restored() {
    let (_old_folder, old) = sqlite().await;
    aged(&old, &[&["Zoe/Ann"], &["Ann/Zoe"]]).await;
    let copy = tempfile::tempdir().unwrap();
    old.copy_database_to(copy.path()).await.unwrap();
    let (_folder, store) = sqlite().await;
    store.load_database_from(copy.path()).await.unwrap();
    assert_eq!(rows(&store).await.into_values().collect::<Vec<_>>(), [2]);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_twin_meant_no_longer_counts_its_works() {
    let (_folder, store) = sqlite().await;
    let tags = aged(&store, &[&["Ann & Zoe"], &["Zoe & Ann"], &["Ann/Bob"]]).await;
    for name in ["Zoe & Ann", "Ann/Bob"] {
        make(&store, TagChange::Canonical(tags[name])).await;
    }
    make(&store, TagChange::Synonym { tag: tags["Ann & Zoe"], of: tags["Ann/Bob"] }).await;
    join_twins(&store.db).await.unwrap();
    assert_eq!(store.row_faults().await.unwrap(), []);
}

const NAMES: [&str; 7] =
    ["Ann/Zoe", "Zoe/Ann", "Ann & Zoe", "Zoe & Ann", "Ann/Bob/Zoe", "Zoe/Bob/Ann", "Bob"];

/// Whatever was decided about the twins before: rules hold, counts are right, and no two tags are one relationship.
async fn walk(lists: Vec<Vec<usize>>, steps: Vec<(u8, usize, usize)>) {
    let (_folder, store) = sqlite().await;
    let lists: Vec<Vec<&str>> =
        lists.iter().map(|own| own.iter().map(|place| NAMES[*place]).collect()).collect();
    let lists: Vec<&[&str]> = lists.iter().map(Vec::as_slice).collect();
    let tags: Vec<TagId> = aged(&store, &lists).await.into_values().collect();
    let island = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    make(&store, TagChange::Canonical(island)).await;
    for (what, one, two) in steps {
        let (Some(one), Some(two)) = (tags.get(one).copied(), tags.get(two).copied()) else {
            continue;
        };
        let change = match what {
            0..=2 => TagChange::Canonical(one),
            3..=5 => TagChange::Synonym { tag: one, of: two },
            6..=8 => TagChange::Metatag { tag: one, above: two },
            9 => TagChange::Parent { tag: one, fandom: island },
            _ => TagChange::Unwrangleable(one),
        };
        // What the rules forbid is not done.
        drop(store.change_tag(change, "owner", LATER).await);
    }
    join_twins(&store.db).await.unwrap();
    assert_eq!(store.row_faults().await.unwrap(), []);
    let used: BTreeSet<String> = lists
        .iter()
        .flat_map(|own| own.iter())
        .map(|name| fanfold_model::fold_tag(TagKind::Relationship, name))
        .collect();
    let mut ids = BTreeSet::new();
    for key in &used {
        let rows = store.tag_rows_named(Some(TagKind::Relationship), key).await.unwrap();
        assert_eq!(rows.len(), 1, "{key}");
        ids.insert(rows[0].id);
    }
    let carried = store.carried_tags_after(TagId(0), 999).await.unwrap();
    let kinds = store.tag_rows(&carried).await.unwrap();
    let pairs = kinds.iter().filter(|row| row.kind == TagKind::Relationship);
    assert_eq!(pairs.map(|row| row.id).collect::<BTreeSet<_>>(), ids);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_decided_about_twins_they_become_one_by_the_rules(
        lists in prop::collection::vec(prop::collection::vec(0_usize..7, 1..4), 1..7),
        steps in prop::collection::vec((0_u8..11, 0_usize..7, 0_usize..7), 0..14),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(walk(lists, steps));
    }
}
