//! Relationships: one tag in whatever order their members are written.

use crate::tests::builders::{LATER, begins, commit, edit_op, with, work};
use fanfold_model::canonical::TagRecord;
use fanfold_model::{EditField, EditOp, Mute, Muted, TagId, TagKind, Viewer, Work, WorkId};
use fanfold_storage::{
    ChapterChoice, LoadedTag, Store, TagChange, TagEdge, TagEdgeKind, TagFilter, WorkKey,
};

const PAIR: TagKind = TagKind::Relationship;

/// Works that carry these relationships, each work one list.
pub(crate) async fn paired(store: &dyn Store, lists: &[&[&str]]) -> Vec<WorkId> {
    let works = (1..).zip(lists).map(|(n, own)| {
        let relationships = own.iter().map(|name| (*name).to_owned()).collect();
        begins(with(Work { relationships, ..work(n) }, n))
    });
    let (_, committed) = commit(store, works.collect()).await;
    let mut ids: Vec<WorkId> = committed.works.into_iter().map(|(_, id)| id).collect();
    ids.sort();
    ids
}

async fn only(store: &dyn Store, name: &str) -> TagId {
    let found = store.tag_ids(Some(PAIR), name).await.unwrap();
    assert_eq!(found.len(), 1, "{name}: {found:?}");
    found[0]
}

async fn listed(store: &dyn Store) -> Vec<(String, u64)> {
    let tags = store.tags(PAIR, Viewer::Owner, None, 99).await.unwrap();
    tags.into_iter().map(|tag| (tag.name, tag.works)).collect()
}

pub(super) async fn any_order_of_a_relationship_is_one_tag_and_works_keep_their_own(
    store: &dyn Store,
) {
    let ids = paired(
        store,
        &[
            &["Silver/Hawkins"],
            &["Hawkins / Silver"],
            &["hawkins/silver", "Silver/Hawkins"],
            &["Hawkins & Silver"],
            &["Silver"],
        ],
    )
    .await;
    // Sorted by what readers see: the pair stands under S, though its key begins with an h.
    let expected = [("Hawkins & Silver", 1), ("Silver", 1), ("Silver/Hawkins", 3)];
    assert_eq!(listed(store).await, expected.map(|(name, works)| (name.to_owned(), works)));
    let after = store.tags(PAIR, Viewer::Owner, Some("Silver"), 9).await.unwrap();
    assert_eq!(after.len(), 1, "and the next page begins where the last one ended");
    let pair = only(store, "HAWKINS/silver").await;
    assert_eq!(only(store, "Silver / Hawkins").await, pair);
    assert_ne!(only(store, "Silver & Hawkins").await, pair);
    assert_eq!(store.tag_ids(None, "hawkins/silver").await.unwrap(), [pair]);
    assert_eq!(store.tag_ids(Some(TagKind::Freeform), "hawkins/silver").await.unwrap(), []);
    assert_eq!(store.tag_rows_named(None, "Hawkins/Silver").await.unwrap()[0].id, pair);
    assert_eq!(store.tags_named("Hawkins/Silver", Viewer::Public).await.unwrap()[0].id, pair);
    let mut written = store.tag(pair, Viewer::Owner).await.unwrap().unwrap().written;
    written.sort();
    assert_eq!(written, ["Hawkins / Silver", "Silver/Hawkins", "hawkins/silver"]);
    let key = WorkKey::Id(ids[1]);
    let shown = store.work(key, Viewer::Owner, ChapterChoice::None).await.unwrap().unwrap();
    assert_eq!(shown.work.relationships, ["Hawkins / Silver"]);
    for piece in ["silver/hawk", "hawkins/sil"] {
        let filter = TagFilter { name: Some(piece.into()), ..TagFilter::default() };
        let found = store.wrangling_list(filter, 9).await.unwrap();
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [pair], "{piece}");
    }
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_wrangler_may_choose_the_other_order_and_take_it_back(store: &dyn Store) {
    paired(store, &[&["Silver/Hawkins"], &["Hawkins/Silver"], &["Pew"]]).await;
    let tag = only(store, "hawkins/silver").await;
    store.change_tag(TagChange::Canonical(tag), "owner", LATER).await.unwrap();
    let rename = |name: &str| TagChange::Rename { tag, name: name.into() };
    for other in ["Hawkins & Silver", "Hawkins", "Hawkins/Silver/Pew"] {
        let said = store.change_tag(rename(other), "owner", LATER).await.unwrap_err().to_string();
        assert!(said.contains("another name"), "{said}");
    }
    let changed = store.change_tag(rename("Hawkins/Silver"), "owner", LATER).await.unwrap();
    let order = [("Hawkins/Silver", 2), ("Pew", 1)].map(|(name, works)| (name.to_owned(), works));
    assert_eq!(listed(store).await, order, "it stands where its name is looked for");
    store.undo_tag_change(changed.id, "owner", LATER).await.unwrap();
    let order = [("Pew", 1), ("Silver/Hawkins", 2)].map(|(name, works)| (name.to_owned(), works));
    assert_eq!(listed(store).await, order);
    assert_eq!(only(store, "silver/hawkins").await, tag);
}

pub(super) async fn wrangling_from_elsewhere_makes_no_synonym_of_the_other_order(
    store: &dyn Store,
) {
    let record = |name: &str, canonical, synonym_of: Option<&str>| TagRecord {
        record: "tag".into(),
        kind: PAIR.as_str().into(),
        name: name.into(),
        canonical,
        synonym_of: synonym_of.map(str::to_owned),
        parents: Vec::new(),
        metatags: Vec::new(),
        unwrangleable: false,
    };
    let records = vec![
        record("Silver/Hawkins", false, Some("Hawkins/Silver")),
        record("Hawkins/Silver", true, None),
        record("Long John/Jim", false, Some("Silver/Hawkins")),
    ];
    let loaded = store.load_records(records.clone()).await.unwrap();
    assert_eq!((loaded.new, loaded.known, loaded.kept), (2, 1, 0));
    let again = store.load_records(records).await.unwrap();
    assert_eq!((again.new, again.known, again.kept), (0, 3, 0));
    let tag = only(store, "Silver/Hawkins").await;
    assert_eq!(only(store, "Jim/Long John").await, tag);
    let row = store.tag_rows(&[tag]).await.unwrap().remove(0);
    assert_eq!(row.name, "Hawkins/Silver", "the canonical name wins");
    let loaded = |name: &str, uses| LoadedTag {
        kind: PAIR,
        name: name.into(),
        canonical: false,
        unwrangleable: false,
        uses,
    };
    let (ids, _) = store.load_tags(vec![loaded("A/B", 3), loaded("B/A", 2)]).await.unwrap();
    assert_eq!(ids[0], ids[1]);
    let edge = TagEdge { child: ids[0], parent: ids[1], kind: TagEdgeKind::Synonym };
    assert_eq!(store.load_edges(vec![edge]).await.unwrap().known, 1);
    let exported = store.tag_records().await.unwrap();
    let pairs = exported.iter().filter(|record| record.kind == PAIR.as_str());
    let told: Vec<_> = pairs.map(|own| (own.name.as_str(), own.synonym_of.as_deref())).collect();
    assert_eq!(told, [("Hawkins/Silver", None), ("Long John/Jim", Some("Hawkins/Silver"))]);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn edits_and_mutes_know_a_relationship_in_any_order(store: &dyn Store) {
    let ids = paired(store, &[&["Silver/Hawkins", "Pew & Dog"], &["Hawkins/Silver"]]).await;
    let field = EditField::Relationships;
    let remove = edit_op(1, field, EditOp::Remove, Some("Hawkins / Silver"), None);
    store.add_edits(vec![remove]).await.unwrap();
    let key = WorkKey::Id(ids[0]);
    let shown = store.work(key, Viewer::Owner, ChapterChoice::None).await.unwrap().unwrap();
    assert_eq!(shown.work.relationships, ["Pew & Dog"]);
    assert_eq!(listed(store).await.last().unwrap().1, 1);
    let what = |name: &str| Muted::Tag { kind: PAIR, name: name.into() };
    let mute = Mute { what: what("Silver/Hawkins"), name: "Silver/Hawkins".into(), until: None };
    store.mute("owner", mute, LATER).await.unwrap();
    let tag = only(store, "Hawkins/Silver").await;
    assert_eq!(store.muted_ids("owner", 0).await.unwrap().tags, [tag]);
    assert!(store.unmute("owner", &what("hawkins/silver")).await.unwrap());
    assert_eq!(store.muted_ids("owner", 0).await.unwrap().tags, []);
}
