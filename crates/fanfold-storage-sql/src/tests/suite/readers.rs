//! What readers keep: filters and mutes.

use crate::tests::builders::{AT, LATER, begins, commit, library, with, work};
use fanfold_model::{CreatorId, Credit, Mute, Muted, SavedFilter, TagKind, Work, WorkId};
use fanfold_storage::Store;

fn filter(name: &str, query: &str, usual: bool) -> SavedFilter {
    SavedFilter { name: name.into(), query: query.into(), usual }
}

fn muted(what: Muted, until: Option<i32>) -> Mute {
    Mute { what, name: "as shown".into(), until }
}

fn tag(name: &str) -> Muted {
    Muted::Tag { kind: TagKind::Character, name: name.into() }
}

pub(super) async fn a_filter_is_kept_under_its_name_and_one_at_most_is_the_usual(
    store: &dyn Store,
) {
    store.save_filter("owner", filter("Long ones", "words:>10k", true), AT).await.unwrap();
    store.save_filter("owner", filter("Sea", "storm OR mast", true), AT).await.unwrap();
    let kept = store.saved_filters("owner").await.unwrap();
    assert_eq!(
        kept,
        [filter("Long ones", "words:>10k", false), filter("Sea", "storm OR mast", true)]
    );
    store.save_filter("owner", filter("LONG  ones", "words:>20k", false), LATER).await.unwrap();
    let kept = store.saved_filters("owner").await.unwrap();
    assert_eq!(kept[0], filter("LONG  ones", "words:>20k", false));
    assert!(kept[1].usual && kept.len() == 2, "{kept:?}");
    assert!(store.forget_filter("owner", "sea").await.unwrap());
    assert!(!store.forget_filter("owner", "sea").await.unwrap());
    assert_eq!(store.saved_filters("owner").await.unwrap().len(), 1);
}

pub(super) async fn mutes_name_tags_works_and_the_works_of_creators_while_they_hold(
    store: &dyn Store,
) {
    library(store, 2).await;
    let other = Work { creators: vec![Credit::author("Lantern Keeper")], ..work(3) };
    commit(store, vec![begins(with(other, 3))]).await;
    let (today, owner) = (20_000, "owner");
    let cards = store.cards(&[WorkId(3)], fanfold_model::Viewer::Owner).await.unwrap();
    let creator = cards[0].creators[0].id;
    store.mute(owner, muted(tag("ben GUNN"), None), AT).await.unwrap();
    store.mute(owner, muted(Muted::Work(WorkId(1)), Some(today)), AT).await.unwrap();
    store.mute(owner, muted(Muted::Creator(creator), Some(today - 1)), LATER).await.unwrap();
    let ids = store.muted_ids(owner, today).await.unwrap();
    assert_eq!(
        (ids.tags.len(), &ids.works[..]),
        (1, &[WorkId(1)][..]),
        "the creator's has run out"
    );
    let before = store.muted_ids(owner, today - 1).await.unwrap();
    assert_eq!(before.works, [WorkId(1), WorkId(3)]);
    assert_eq!(store.tag_ids(Some(TagKind::Character), "ben gunn").await.unwrap(), ids.tags);
    let kept = store.mutes(owner).await.unwrap();
    assert_eq!((kept.len(), &kept[0].what), (3, &Muted::Creator(creator)));
    store.mute(owner, muted(Muted::Creator(creator), None), LATER).await.unwrap();
    assert_eq!(store.mutes(owner).await.unwrap().len(), 3);
    assert_eq!(store.muted_ids(owner, today).await.unwrap().works.len(), 2);
    assert!(store.unmute(owner, &tag("Ben Gunn")).await.unwrap());
    assert!(!store.unmute(owner, &tag("Ben Gunn")).await.unwrap());
    assert!(!store.unmute(owner, &Muted::Creator(CreatorId(99))).await.unwrap());
    assert_eq!(store.muted_ids(owner, today).await.unwrap().tags, []);
}
