//! Tags, creators, series, addresses.

use crate::tests::builders::{begins, commit, copy, id_in, library, source, uid, with, work};
use fanfold_model::canonical::TagRecord;
use fanfold_model::{
    Credit, Identity, IdentityKind, LinkRel, PartLink, SeriesEntry, TagKind, Viewer, Visibility,
    WorkId,
};
use fanfold_storage::{ListFilter, Store};

fn tag(name: &str, canonical: bool) -> TagRecord {
    TagRecord {
        record: "tag".into(),
        kind: "freeform".into(),
        name: name.into(),
        canonical,
        synonym_of: None,
        parents: Vec::new(),
        metatags: Vec::new(),
        unwrangleable: false,
    }
}

/// "Lamps" is canonical; "Lamp Number 1" means it; "Light" is wider, "Everything" wider still.
async fn graph(store: &dyn Store) {
    let synonym = TagRecord { synonym_of: Some("Lamps".into()), ..tag("Lamp Number 1", false) };
    let lamps = TagRecord {
        metatags: vec!["Light".into()],
        parents: vec!["Treasure Island".into()],
        ..tag("Lamps", true)
    };
    let light = TagRecord { metatags: vec!["Everything".into()], ..tag("Light", true) };
    store.put_records(vec![synonym, lamps, light], Vec::new()).await.unwrap();
}

pub(super) async fn tags_are_listed_by_name_with_what_the_viewer_may_see(store: &dyn Store) {
    let mut hidden = work(3);
    hidden.visibility = Visibility::Hidden;
    hidden.fandoms = vec!["Alice".into(), "ALICE".into(), "Treasure  Island".into()];
    library(store, 2).await;
    commit(store, vec![begins(with(hidden, 3))]).await;
    let list = async |viewer, after, limit| {
        let tags = store.tags(TagKind::Fandom, viewer, after, limit).await.unwrap();
        tags.into_iter().map(|tag| (tag.name, tag.works)).collect::<Vec<_>>()
    };
    let island = ("Treasure Island".to_owned(), 2);
    assert_eq!(list(Viewer::Public, None, 9).await, [island]);
    let all = [("Alice".to_owned(), 1), ("Treasure Island".to_owned(), 3)];
    assert_eq!(list(Viewer::Owner, None, 9).await, all);
    assert_eq!(list(Viewer::Owner, None, 1).await, all[..1]);
    assert_eq!(list(Viewer::Owner, Some("Alice"), 9).await, all[1..]);
    assert_eq!(store.tags_named("alice", Viewer::Public).await.unwrap(), []);
    let page = store.tags_named("treasure island", Viewer::Owner).await.unwrap()[0].id;
    let page = store.tag(page, Viewer::Owner).await.unwrap().unwrap();
    assert_eq!(page.written, ["Treasure  Island", "Treasure Island"]);
    let alice = store.tags_named("alice", Viewer::Owner).await.unwrap()[0].id;
    assert_eq!(store.tag(alice, Viewer::Public).await.unwrap(), None);
}

pub(super) async fn names_in_use_are_those_that_lead_the_viewer_to_works(store: &dyn Store) {
    let mut hidden = work(3);
    hidden.visibility = Visibility::Hidden;
    hidden.creators = vec![Credit::author("Nobody Else")];
    hidden.freeforms = vec!["Only Here".into(), "Lampe".into()];
    library(store, 2).await;
    commit(store, vec![begins(with(hidden, 3))]).await;
    graph(store).await;
    let lampe = TagRecord { synonym_of: Some("Lamps".into()), ..tag("Lampe", false) };
    store.put_records(vec![lampe], Vec::new()).await.unwrap();
    let names = async |viewer| {
        let all = store.names_in_use(viewer, fanfold_model::TagId(0), 99).await.unwrap();
        let free = all.into_iter().filter(|own| own.kind == TagKind::Freeform);
        let mut names: Vec<_> =
            free.map(|own| (own.name, own.uses, own.means.is_some(), own.fandoms.len())).collect();
        names.sort();
        names
    };
    let own = |name: &str, uses, means, fandoms| (name.to_owned(), uses, means, fandoms);
    let strangers = [
        own("Everything", 0, false, 0),
        own("Lamp Number 1", 1, true, 1),
        own("Lamp Number 2", 1, false, 0),
        own("Lamps", 1, false, 1),
        own("Light", 0, false, 0),
        own("Post-Canon", 2, false, 0),
    ];
    assert_eq!(names(Viewer::Public).await, strangers);
    let mut owners = strangers.to_vec();
    owners.extend([own("Lampe", 1, true, 1), own("Only Here", 1, false, 0)]);
    owners.iter_mut().find(|one| one.0 == "Lamps").unwrap().1 = 2;
    owners.sort();
    assert_eq!(names(Viewer::Owner).await, owners);
    let first = store.names_in_use(Viewer::Owner, fanfold_model::TagId(0), 3).await.unwrap();
    let next = store.names_in_use(Viewer::Owner, first[2].id, 3).await.unwrap();
    assert!(first.len() == 3 && next[0].id > first[2].id);
    let creators = async |viewer| {
        let all = store.creator_names(viewer, fanfold_model::CreatorId(0), 99).await.unwrap();
        all.into_iter().any(|(_, name)| name == "Nobody Else")
    };
    assert!(creators(Viewer::Owner).await && !creators(Viewer::Public).await);
}

pub(super) async fn a_synonym_leads_to_its_canonical_tag_and_to_all_wider_ones(store: &dyn Store) {
    let ids = library(store, 2).await;
    let before = store.last_seq().await.unwrap();
    graph(store).await;
    let changed = store.changes_after(before, 9).await.unwrap();
    let told: Vec<_> = changed.iter().map(|change| change.work).collect();
    assert_eq!(told, [WorkId(0)], "the graph changed, and no work");
    let named = async |name| store.tag_ids(Some(TagKind::Freeform), name).await.unwrap();
    let lamps = named("lamps").await[0];
    assert_eq!(named("lamp number 1").await, [lamps]);
    assert_eq!(named("no such tag").await, []);
    let record = store.index_records(&ids[..1]).await.unwrap().remove(0);
    let own = record.tags.iter().find(|tag| tag.canonical == lamps).unwrap();
    assert_eq!(own.names, ["Lamps", "Lamp Number 1"]);
    let above = store.metatags(&[lamps]).await.unwrap();
    let under = store.tags_under(&named("everything").await).await.unwrap();
    for wider in ["light", "everything"] {
        assert!(above.contains(&(lamps, named(wider).await[0])), "{wider}");
    }
    assert_eq!(above.len(), 2);
    assert!(under.contains(&lamps) && under.contains(&own.id) && own.id != lamps);
    assert_eq!(store.canonical_tags(&[own.id, lamps]).await.unwrap(), [(own.id, lamps)]);
    assert_eq!(record.imported_day, 20_455);
    assert_eq!(record.work.chapters.len(), 2);
    let page = store.tag(lamps, Viewer::Public).await.unwrap().unwrap();
    assert!(page.canonical);
    let names = |tags: &[fanfold_storage::TagRef]| {
        tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&page.metatags), ["Light", "Everything"]);
    assert_eq!(names(&page.synonyms), ["Lamp Number 1"]);
    assert_eq!(names(&page.parents), ["Treasure Island"]);
    let under = store.list(ListFilter::Tag(lamps), Viewer::Public, None, 9).await.unwrap();
    assert_eq!(under.cards.len(), 1);
    let refs = store.tag_refs(&[lamps]).await.unwrap();
    assert_eq!(names(&refs), ["Lamps"]);
    let records = store.tag_records().await.unwrap();
    let lamps = records.iter().find(|record| record.name == "Lamps").unwrap();
    assert_eq!((lamps.canonical, lamps.metatags.len(), lamps.parents.len()), (true, 1, 1));
    store.put_records(records.clone(), Vec::new()).await.unwrap();
    assert_eq!(store.tag_records().await.unwrap(), records);
}

pub(super) async fn one_name_on_two_sites_is_two_creators(store: &dyn Store) {
    let mut elsewhere = work(2);
    elsewhere.sources[0].url = Some("https://www.other.example/2".into());
    elsewhere.creators = vec![Credit::author("  wren ")];
    commit(store, vec![begins(with(work(1), 1)), begins(with(elsewhere, 2))]).await;
    let wrens = store.creators_named("wren", Viewer::Public).await.unwrap();
    let sites: Vec<_> = wrens.iter().map(|creator| creator.site.as_deref().unwrap()).collect();
    assert_eq!(sites, ["attic.example", "other.example"]);
    assert_eq!((wrens[0].works, wrens[0].fandoms[0].name.as_str()), (1, "Treasure Island"));
    let page = store.creator(wrens[1].id, Viewer::Public).await.unwrap().unwrap();
    assert_eq!(page, wrens[1]);
    let works = store.works_of_creator(page.id, Viewer::Public).await.unwrap();
    assert_eq!(works, [WorkId(2)]);
    let records = store.creator_records().await.unwrap();
    assert_eq!(records.len(), 3);
    assert!(records.is_sorted_by_key(|record| record.uid.clone()));
}

pub(super) async fn a_series_is_in_order_and_keeps_its_uid(store: &dyn Store) {
    let kept = uid("series", 1);
    let mut placed = work(4);
    placed.series =
        vec![SeriesEntry { uid: Some(kept), title: "Kept".into(), ..SeriesEntry::default() }];
    let group = [3, 1, 2].map(|n| begins(with(work(n), n)));
    commit(store, group.into_iter().chain([begins(with(placed, 4))]).collect()).await;
    let records = store.series_records().await.unwrap();
    assert_eq!(records.len(), 2);
    let tales = records.iter().find(|record| record.title == "Attic Tales").unwrap();
    let order: Vec<String> = (1..=3).map(|n| uid("work", n).to_string()).collect();
    assert_eq!(tales.works, order);
    assert!(records.iter().any(|record| record.uid == kept.to_string()));
    let ids = store.work_ids_after(WorkId(0), Viewer::Public, 9).await.unwrap();
    let page = super::committing::page(store, ids[1]).await;
    let page = store.series(page.series[0].id, Viewer::Public).await.unwrap().unwrap();
    let parts: Vec<_> =
        page.works.iter().map(|(part, card)| (part.unwrap(), card.work.title.as_str())).collect();
    assert_eq!(parts, [(1, "Lamp 1"), (2, "Lamp 2"), (3, "Lamp 3")]);
}

pub(super) async fn old_addresses_and_links_lead_to_works(store: &dyn Store) {
    let mut first = work(1);
    let link = |rel, title: Option<&str>, url: Option<&str>| PartLink {
        rel,
        part: None,
        title: title.map(str::to_owned),
        url: url.map(str::to_owned),
    };
    first.links = vec![
        link(LinkRel::Next, Some("lamp 2"), None),
        link(LinkRel::SequelTo, None, Some("http://attic.example/three")),
        link(LinkRel::Next, Some("Lamp 9"), None),
    ];
    let mut third = with(work(3), 3);
    third.identities.push(Identity::new(IdentityKind::Address, "http://attic.example/three"));
    let group = vec![begins(with(first, 1)), begins(with(work(2), 2)), begins(third), copy(2, 20)];
    let (_, committed) = commit(store, group).await;
    let id = |n| id_in(&committed, uid("work", n));
    let at = async |address: &str| store.work_at(address, Viewer::Public).await.unwrap();
    assert_eq!(at("viewstory.php?sid=20").await, Some(id(2)));
    assert_eq!(at("/viewstory.php?sid=3").await, Some(id(3)));
    assert_eq!(at(source(1).url.as_deref().unwrap()).await, Some(id(1)));
    assert_eq!(at("http://attic.example/three/").await, Some(id(3)));
    assert_eq!(at("http://elsewhere.example/viewstory.php?sid=3").await, None);
    assert_eq!(at("").await, None);
    let links = super::committing::page(store, id(1)).await.links;
    let found: Vec<_> = links.iter().map(|(_, work)| *work).collect();
    assert_eq!(found, [Some(id(2)), Some(id(3)), None]);
}
