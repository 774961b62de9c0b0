//! The tag graph, changed by hand.

use crate::tests::builders::{AT, LATER, begins, commit, with, work};
use fanfold_model::{TagId, TagKind, Viewer, Visibility, Work, WorkId};
use fanfold_storage::{
    Loaded, LoadedTag, LoadedUse, Removal, Store, TagChange, TagChanged, TagEdge, TagEdgeKind,
    TagFilter, TagStanding,
};

const FREEFORM: TagKind = TagKind::Freeform;

/// Works that carry these freeforms, each work one list.
pub(crate) async fn tagged(store: &dyn Store, lists: &[&[&str]]) -> Vec<WorkId> {
    let works = (1..).zip(lists).map(|(n, own)| {
        let freeforms = own.iter().map(|name| (*name).to_owned()).collect();
        begins(with(Work { freeforms, ..work(n) }, n))
    });
    let (_, committed) = commit(store, works.collect()).await;
    let mut ids: Vec<WorkId> = committed.works.into_iter().map(|(_, id)| id).collect();
    ids.sort();
    ids
}

pub(crate) async fn named(store: &dyn Store, name: &str) -> TagId {
    store.coin_tag(FREEFORM, name).await.unwrap()
}

async fn make(store: &dyn Store, change: TagChange) -> TagChanged {
    store.change_tag(change, "owner", LATER).await.unwrap()
}

async fn canonical(store: &dyn Store, names: &[&str]) {
    for name in names {
        make(store, TagChange::Canonical(named(store, name).await)).await;
    }
}

async fn merge(store: &dyn Store, tag: &str, of: &str) -> TagChanged {
    let (tag, of) = (named(store, tag).await, named(store, of).await);
    make(store, TagChange::Synonym { tag, of }).await
}

async fn metatag(store: &dyn Store, tag: &str, above: &str) -> TagChanged {
    let (tag, above) = (named(store, tag).await, named(store, above).await);
    make(store, TagChange::Metatag { tag, above }).await
}

/// The graph as lines: `lamps [canonical] synonym-of … metatags … parents …`.
pub(crate) async fn graph(store: &dyn Store) -> Vec<String> {
    let records = store.tag_records().await.unwrap();
    let own = records.into_iter().filter(|record| record.kind == "freeform");
    own.map(|record| {
        let standing = if record.canonical { " canonical" } else { "" };
        let aside = if record.unwrangleable { " aside" } else { "" };
        format!(
            "{}{standing}{aside} ={:?} <{:?} @{:?}",
            record.name, record.synonym_of, record.metatags, record.parents
        )
    })
    .collect()
}

async fn refusal(store: &dyn Store, change: TagChange) -> String {
    store.change_tag(change, "owner", LATER).await.unwrap_err().to_string()
}

pub(super) async fn a_merge_takes_along_what_hung_on_the_tag_and_one_undo_restores_it(
    store: &dyn Store,
) {
    tagged(store, &[&["lamp", "oil lamp"], &["lamps"], &["lantern"]]).await;
    canonical(store, &["lamp", "lamps", "light", "brass lamp", "things"]).await;
    merge(store, "oil lamp", "lamp").await;
    metatag(store, "lamp", "light").await;
    metatag(store, "light", "things").await;
    metatag(store, "brass lamp", "lamp").await;
    // “lamps” stands below “brass lamp”: what moves must not stand above itself.
    metatag(store, "lamps", "brass lamp").await;
    let island = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    make(store, TagChange::Canonical(island)).await;
    let lamp = named(store, "lamp").await;
    make(store, TagChange::Parent { tag: lamp, fandom: island }).await;
    let before = graph(store).await;
    let merged = merge(store, "lamp", "lamps").await;
    let after = graph(store).await;
    let line =
        |name: &str| after.iter().find(|line| line.starts_with(&format!("{name} "))).unwrap();
    assert_eq!(line("lamp"), "lamp =Some(\"lamps\") <[] @[]");
    assert_eq!(line("oil lamp"), "oil lamp =Some(\"lamps\") <[] @[]");
    assert_eq!(
        line("lamps"),
        "lamps canonical =None <[\"brass lamp\", \"light\"] @[\"Treasure Island\"]"
    );
    assert_eq!(line("brass lamp"), "brass lamp canonical =None <[] @[]");
    assert_eq!(store.row_faults().await.unwrap(), []);
    let back = store.undo_tag_change(merged.id, "wren", LATER).await.unwrap();
    assert_eq!(graph(store).await, before);
    assert_eq!(store.row_faults().await.unwrap(), []);
    let history = store.tag_history(Some(lamp), None, 2).await.unwrap();
    assert_eq!((history[0].id, history[0].undoes), (back.id, Some(merged.id)));
    assert_eq!((history[0].actor.as_str(), history[0].action.as_str()), ("wren", "undo"));
    assert_eq!((history[1].action.as_str(), history[1].undone_by), ("merge", Some(back.id)));
    assert_eq!(history[1].other.as_deref(), Some("lamps"));
    // The way back is a change as well.
    store.undo_tag_change(back.id, "wren", LATER).await.unwrap();
    assert_eq!(graph(store).await, after);
}

pub(super) async fn what_breaks_a_rule_is_refused_with_what_would_come_first(store: &dyn Store) {
    tagged(store, &[&["a", "b", "c", "d"]]).await;
    canonical(store, &["a", "b", "c"]).await;
    let [a, b, c, d] = [
        named(store, "a").await,
        named(store, "b").await,
        named(store, "c").await,
        named(store, "d").await,
    ];
    let before = graph(store).await;
    let island = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    let jim = store.tags_named("jim hawkins", Viewer::Owner).await.unwrap()[0].id;
    for (change, said) in [
        (TagChange::Synonym { tag: a, of: a }, "into itself"),
        (TagChange::Synonym { tag: a, of: d }, "“d” is not canonical"),
        (TagChange::Synonym { tag: a, of: island }, "only tags of one kind"),
        (TagChange::Canonical(a), "canonical already"),
        (TagChange::NotCanonical(d), "not canonical"),
        (TagChange::Split(a), "nothing to split"),
        (TagChange::Metatag { tag: a, above: a }, "stands above"),
        (TagChange::Metatag { tag: d, above: a }, "“d” is not canonical"),
        (TagChange::NoMetatag { tag: a, above: b }, "no metatag"),
        (TagChange::Parent { tag: jim, fandom: island }, "“Treasure Island” is not canonical"),
        (TagChange::Parent { tag: island, fandom: island }, "only characters"),
        (TagChange::Parent { tag: jim, fandom: a }, "“a” is no fandom"),
        (TagChange::Unwrangleable(a), "something was made of it"),
        (TagChange::Wrangleable(d), "not set aside"),
        (TagChange::Rename { tag: a, name: "A".into() }, ""),
        (TagChange::Rename { tag: b, name: "bee".into() }, "another name than “b”"),
        (TagChange::Split(TagId(9_999)), "no tag 9999"),
    ] {
        if said.is_empty() {
            let renamed = make(store, change).await;
            assert!(graph(store).await[0].starts_with("A "));
            store.undo_tag_change(renamed.id, "owner", LATER).await.unwrap();
        } else {
            let refused = refusal(store, change).await;
            assert!(refused.contains(said), "{refused}");
        }
    }
    assert_eq!(graph(store).await, before);
    metatag(store, "a", "b").await;
    metatag(store, "b", "c").await;
    let refused = refusal(store, TagChange::Metatag { tag: c, above: a }).await;
    assert!(refused.contains("“c” stands above “a” already"), "{refused}");
    let refused = refusal(store, TagChange::NotCanonical(b)).await;
    assert!(refused.contains("1 metatags, 1 subtags"), "{refused}");
    merge(store, "d", "a").await;
    for change in [
        TagChange::Canonical(d),
        TagChange::Unwrangleable(d),
        TagChange::Metatag { tag: d, above: c },
    ] {
        let refused = refusal(store, change).await;
        assert!(refused.contains("“d” is a synonym of “a”"), "{refused}");
    }
    let refused = refusal(store, TagChange::Synonym { tag: c, of: d }).await;
    assert!(refused.contains("merge into “a”"), "{refused}");
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_change_that_was_changed_since_is_not_taken_back(store: &dyn Store) {
    tagged(store, &[&["a", "b", "c"]]).await;
    canonical(store, &["a", "b"]).await;
    let first = merge(store, "c", "a").await;
    let second = merge(store, "c", "b").await;
    let refused = store.undo_tag_change(first.id, "owner", LATER).await.unwrap_err().to_string();
    assert!(refused.contains(&format!("`fanfold tag undo {}`", second.id)), "{refused}");
    store.undo_tag_change(second.id, "owner", LATER).await.unwrap();
    store.undo_tag_change(first.id, "owner", LATER).await.unwrap();
    let again = store.undo_tag_change(first.id, "owner", LATER).await.unwrap_err().to_string();
    assert!(again.contains("taken back already"), "{again}");
    // A wider tag that came since would stand above itself.
    let up = metatag(store, "a", "b").await;
    let (a, b) = (named(store, "a").await, named(store, "b").await);
    let down = make(store, TagChange::NoMetatag { tag: a, above: b }).await;
    let turned = metatag(store, "b", "a").await;
    let refused = store.undo_tag_change(down.id, "owner", LATER).await.unwrap_err().to_string();
    assert!(refused.contains("standing above itself"), "{refused}");
    assert!(refused.contains(&format!("change {}", turned.id)), "{refused}");
    assert!(store.undo_tag_change(99, "owner", LATER).await.is_err());
    assert!(up.id < down.id);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_changed_tag_tells_what_it_means_now_and_no_work_changes(store: &dyn Store) {
    let lists: Vec<&[&str]> = vec![&["lampe"]; 7];
    let ids = tagged(store, &lists).await;
    canonical(store, &["lamp", "light"]).await;
    let before = (store.last_seq().await.unwrap(), store.tag_version().await.unwrap());
    let (lampe, lamp) = (named(store, "lampe").await, named(store, "lamp").await);
    let merged = merge(store, "lampe", "lamp").await;
    assert_eq!(merged.works, 7);
    let changes = store.changes_after(before.0, 99).await.unwrap();
    assert!(changes.iter().all(|change| change.work.0 == 0), "no work is to be indexed again");
    assert_eq!(store.tag_version().await.unwrap(), before.1 + 1);
    assert_eq!(store.reformed_tags(before.1).await.unwrap(), Some(vec![lampe]));
    assert_eq!(store.renamed_tags(before.1).await.unwrap(), Some(vec![lampe]));
    assert_eq!(store.canonical_tags(&[lampe, lamp]).await.unwrap(), [(lampe, lamp)]);
    metatag(store, "lamp", "light").await;
    let light = named(store, "light").await;
    assert_eq!(store.metatags(&[lamp]).await.unwrap(), [(lamp, light)]);
    assert_eq!(store.tags_under(&[light]).await.unwrap().len(), 3);
    assert_eq!(store.reformed_tags(before.1 + 1).await.unwrap(), Some(Vec::new()));
    store.load_edges(Vec::new()).await.unwrap();
    let record = store.index_records(&ids[..1]).await.unwrap().remove(0);
    let own = record.tags.iter().find(|tag| tag.id == lampe).unwrap();
    assert_eq!((own.canonical, &own.names), (lamp, &vec!["lamp".to_owned(), "lampe".to_owned()]));
    assert_eq!(store.index_tags(&[lampe, lamp]).await.unwrap().first(), Some(own));
    assert!(store.carried_tags_after(TagId(0), 99).await.unwrap().contains(&lampe));
    assert_eq!(record.work.freeforms, ["lampe"]);
}

pub(super) async fn a_work_with_a_tag_and_its_synonym_counts_once(store: &dyn Store) {
    let ids = tagged(store, &[&["lamp", "lampe"], &["lampe"], &["lantern"]]).await;
    let hidden =
        Work { freeforms: vec!["Lantern".into()], visibility: Visibility::Hidden, ..work(4) };
    canonical(store, &["lamp"]).await;
    merge(store, "lampe", "lamp").await;
    let merged = merge(store, "lantern", "lamp").await;
    let works = async |name, viewer| {
        let found = store.tags_named(name, viewer).await.unwrap();
        found.first().map_or(0, |tag| tag.works)
    };
    assert_eq!(works("lamp", Viewer::Owner).await, 3);
    commit(store, vec![begins(with(hidden, 4))]).await;
    assert_eq!(works("lamp", Viewer::Owner).await, 4);
    assert_eq!(works("lamp", Viewer::Public).await, 3);
    assert_eq!(works("lantern", Viewer::Public).await, 1);
    store.remove(ids[0], Removal::Hide, "asked", "owner", LATER).await.unwrap();
    assert_eq!(works("lamp", Viewer::Public).await, 2);
    store.bring_back(ids[0], "owner", LATER).await.unwrap();
    store.undo_tag_change(merged.id, "owner", LATER).await.unwrap();
    assert_eq!(works("lamp", Viewer::Owner).await, 2);
    assert_eq!(works("lantern", Viewer::Owner).await, 2);
    let listed = store.tags(FREEFORM, Viewer::Owner, None, 9).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|tag| (tag.name.as_str(), tag.works)).collect();
    assert_eq!(listed, [("lamp", 2), ("lantern", 2)]);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn a_synonym_that_only_hidden_works_carry_is_told_to_the_owner_alone(
    store: &dyn Store,
) {
    tagged(store, &[&["lamp"]]).await;
    let hidden =
        Work { freeforms: vec!["Secret Lamp".into()], visibility: Visibility::Hidden, ..work(4) };
    commit(store, vec![begins(with(hidden, 4))]).await;
    canonical(store, &["lamp"]).await;
    merge(store, "secret lamp", "lamp").await;
    let (lamp, secret) = (named(store, "lamp").await, named(store, "secret lamp").await);
    for (viewer, known) in [(Viewer::Owner, 1), (Viewer::Public, 0)] {
        let page = store.tag(lamp, viewer).await.unwrap().unwrap();
        assert_eq!(page.synonyms.len(), known, "{viewer:?}");
        assert_eq!(store.tag(secret, viewer).await.unwrap().into_iter().count(), known);
        assert_eq!(store.tags_named("secret lamp", viewer).await.unwrap().len(), known);
    }
}

pub(super) async fn tags_are_listed_by_what_they_are_and_where_they_belong(store: &dyn Store) {
    tagged(store, &[&["lamp", "lampe", "50% off_lamp"], &["lamp", "???"]]).await;
    let elsewhere =
        Work { fandoms: vec!["Oz".into()], freeforms: vec!["slippers".into()], ..work(3) };
    commit(store, vec![begins(with(elsewhere, 3))]).await;
    canonical(store, &["lamp"]).await;
    merge(store, "lampe", "lamp").await;
    make(store, TagChange::Unwrangleable(named(store, "???").await)).await;
    let list = async |filter: TagFilter| {
        let rows = store.wrangling_list(filter, 20).await.unwrap();
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    let plain = TagFilter { kind: Some(FREEFORM), ..TagFilter::default() };
    let standing = |standing| TagFilter { standing: Some(standing), ..plain.clone() };
    assert_eq!(list(standing(TagStanding::Canonical)).await, ["lamp"]);
    assert_eq!(list(standing(TagStanding::Synonym)).await, ["lampe"]);
    assert_eq!(list(standing(TagStanding::Unwrangleable)).await, ["???"]);
    assert_eq!(list(standing(TagStanding::Unwrangled)).await, ["50% off_lamp", "slippers"]);
    let with_name = |name: &str| TagFilter { name: Some(name.into()), ..plain.clone() };
    assert_eq!(list(with_name("LAMP")).await, ["lamp", "50% off_lamp", "lampe"]);
    assert_eq!(list(with_name("% off_")).await, ["50% off_lamp"]);
    assert_eq!(list(with_name("_")).await, ["50% off_lamp"]);
    let oz = store.tag_rows_named(Some(TagKind::Fandom), "oz").await.unwrap()[0].clone();
    assert_eq!((oz.standing, oz.works, oz.means.as_ref()), (TagStanding::Unwrangled, 1, None));
    let bin = TagFilter { fandom: Some(oz.id), ..standing(TagStanding::Unwrangled) };
    assert_eq!(list(bin).await, ["slippers"]);
    let lampe = store.tag_rows(&[named(store, "lampe").await]).await.unwrap().remove(0);
    assert_eq!(lampe.means.map(|(_, name)| name).as_deref(), Some("lamp"));
    let fandoms = store.fandoms_of_tag(lampe.id, Viewer::Owner).await.unwrap();
    assert_eq!(fandoms.iter().map(|(_, works)| *works).collect::<Vec<_>>(), [1]);
    let known = store.known_names(FREEFORM, TagId(0), 9).await.unwrap();
    let names: Vec<_> = known.iter().map(|(_, known)| known.name.as_str()).collect();
    assert_eq!(names, ["lamp", "lampe"]);
    let lamp = named(store, "lamp").await;
    assert!(known.iter().all(|(_, known)| known.canonical == lamp), "{known:?}");
}

pub(super) async fn a_preview_counts_and_changes_nothing(store: &dyn Store) {
    tagged(store, &[&["lamp", "lampe"], &["lampe"], &["lampen", "lamp"]]).await;
    canonical(store, &["lamp", "lampe", "light"]).await;
    merge(store, "lampen", "lampe").await;
    metatag(store, "lampe", "light").await;
    let before = (graph(store).await, store.last_seq().await.unwrap());
    let (lampe, lamp) = (named(store, "lampe").await, named(store, "lamp").await);
    let preview = store.preview_tag_change(TagChange::Synonym { tag: lampe, of: lamp }).await;
    let preview = preview.unwrap();
    assert_eq!(preview.works, 3);
    let mut counts = preview.counts;
    counts.sort_by_key(|count| count.0 == lampe);
    assert_eq!(counts, [(lamp, 2, Some(3)), (lampe, 3, Some(0))]);
    assert_eq!((preview.delta.removed.len(), preview.delta.added.len()), (2, 3));
    assert_eq!(preview.tags.len(), 4);
    assert_eq!((graph(store).await, store.last_seq().await.unwrap()), before);
    let wrong = TagChange::Synonym { tag: lamp, of: lamp };
    assert!(store.preview_tag_change(wrong).await.is_err());
}

/// Names of another archive's wrangling.
fn names_from_outside() -> Vec<LoadedTag> {
    let names = ["Lamp", "lampe", "own", "Lantern", "Light"];
    let canonical = [true, false, false, true, true];
    let tag = |(name, canonical): (&&str, bool)| LoadedTag {
        kind: FREEFORM,
        name: (*name).into(),
        canonical,
        unwrangleable: false,
        uses: 12,
    };
    names.iter().zip(canonical).map(tag).collect()
}

/// What that archive says of them; three of these break a rule here.
fn edges_from_outside(tags: &[TagId]) -> Vec<TagEdge> {
    let edge = |child: usize, parent: usize, kind| TagEdge {
        child: tags[child],
        parent: tags[parent],
        kind,
    };
    vec![
        edge(1, 0, TagEdgeKind::Synonym),
        edge(2, 0, TagEdgeKind::Synonym),
        edge(0, 4, TagEdgeKind::Metatag),
        edge(4, 0, TagEdgeKind::Metatag),
        edge(0, 3, TagEdgeKind::Metatag),
    ]
}

pub(super) async fn loaded_wrangling_changes_nothing_the_second_time_and_own_decisions_stand(
    store: &dyn Store,
) {
    tagged(store, &[&["lampe", "own"], &["lantern"]]).await;
    canonical(store, &["own"]).await;
    make(store, TagChange::Unwrangleable(named(store, "lantern").await)).await;
    let before = store.last_seq().await.unwrap();
    let (tags, loaded) = store.load_tags(names_from_outside()).await.unwrap();
    assert_eq!(loaded, Loaded { new: 2, known: 0, kept: 1 });
    let loaded = store.load_edges(edges_from_outside(&tags)).await.unwrap();
    assert_eq!(loaded, Loaded { new: 2, known: 0, kept: 3 });
    let first = (graph(store).await, store.last_seq().await.unwrap());
    assert_eq!(first.0.iter().filter(|line| line.contains(" canonical")).count(), 3, "{first:?}");
    let told = store.changes_after(before, 9).await.unwrap();
    assert_eq!(told.iter().map(|change| change.work).collect::<Vec<_>>(), [WorkId(0)]);
    let (again, loaded) = store.load_tags(names_from_outside()).await.unwrap();
    assert_eq!((&again, loaded), (&tags, Loaded { new: 0, known: 2, kept: 1 }));
    let loaded = store.load_edges(edges_from_outside(&tags)).await.unwrap();
    assert_eq!(loaded, Loaded { new: 0, known: 2, kept: 3 });
    assert_eq!((graph(store).await, store.last_seq().await.unwrap()), first);
    assert_eq!(store.row_faults().await.unwrap(), []);
}

pub(super) async fn uses_elsewhere_are_replaced_by_the_next_load_and_noted_in_the_history(
    store: &dyn Store,
) {
    tagged(store, &[&["lampe", "own"]]).await;
    let (tags, loaded) = store.load_tags(names_from_outside()).await.unwrap();
    store.load_edges(edges_from_outside(&tags)).await.unwrap();
    let island = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    let row = store.tag_rows_named(Some(FREEFORM), "lamp").await.unwrap().remove(0);
    assert_eq!((row.elsewhere, row.name.as_str()), (12, "Lamp"));
    for works in [40, 30] {
        let uses = LoadedUse { tag: tags[0], works, fandoms: Some(vec![(island, works)]) };
        store.load_uses(vec![uses]).await.unwrap();
    }
    let known = store.known_names(FREEFORM, TagId(0), 9).await.unwrap();
    assert!(known.iter().any(|(_, one)| {
        (one.name.as_str(), one.uses, one.fandoms.as_slice()) == ("Lamp", 30, &[island][..])
    }));
    store.note_tag_load("tags.csv", loaded, "owner", AT).await.unwrap();
    let note = store.tag_history(None, None, 1).await.unwrap().remove(0);
    assert_eq!((note.action.as_str(), note.name.as_str()), ("load", "tags.csv"));
    let refused = store.undo_tag_change(note.id, "owner", AT).await.unwrap_err().to_string();
    assert!(refused.contains("from outside"), "{refused}");
}

pub(super) async fn a_tag_that_was_decided_on_outlives_its_works(store: &dyn Store) {
    let ids = tagged(store, &[&["lampe", "passing"]]).await;
    canonical(store, &["lamp"]).await;
    let merged = merge(store, "lampe", "lamp").await;
    let split = make(store, TagChange::Split(named(store, "lampe").await)).await;
    store.remove(ids[0], Removal::Erase, "by wish", "owner", LATER).await.unwrap();
    assert_eq!(store.tag_rows_named(Some(FREEFORM), "passing").await.unwrap(), []);
    store.undo_tag_change(split.id, "owner", LATER).await.unwrap();
    let row = store.tag_rows_named(Some(FREEFORM), "lampe").await.unwrap().remove(0);
    assert_eq!((row.standing, row.works), (TagStanding::Synonym, 0));
    store.undo_tag_change(merged.id, "owner", LATER).await.unwrap();
    assert_eq!(store.row_faults().await.unwrap(), []);
}
