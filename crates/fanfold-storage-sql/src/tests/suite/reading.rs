//! Pages and lists.

use super::committing::page;
use crate::tests::builders::{library, uid};
use fanfold_model::{Viewer, WorkId};
use fanfold_storage::{ChapterChoice, ListFilter, Store, WorkKey};

pub(super) async fn a_page_has_the_chapters_that_were_chosen(store: &dyn Store) {
    let ids = library(store, 2).await;
    let key = WorkKey::Uid(uid("work", 2));
    let texts = async |choice| {
        let page = store.work(key, Viewer::Owner, choice).await.unwrap().unwrap();
        let texts = page.work.chapters.iter().map(|chapter| !chapter.html.is_empty());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(texts(ChapterChoice::None).await, [false, false]);
    assert_eq!(texts(ChapterChoice::One(2)).await, [false, true]);
    assert_eq!(texts(ChapterChoice::One(9)).await, [false, false]);
    assert_eq!(texts(ChapterChoice::All).await, [true, true]);
    let page = page(store, ids[1]).await;
    let names: Vec<_> = page.creators.iter().map(|creator| creator.name.as_str()).collect();
    assert_eq!(names, ["Wren", "Ghost 2"]);
    assert_eq!(page.series[0].previous.as_ref().unwrap().title, "Lamp 1");
    assert_eq!(page.series[0].next, None);
    assert_eq!(page.changed, 2);
}

pub(super) async fn cards_come_in_the_order_asked(store: &dyn Store) {
    let ids = library(store, 3).await;
    let asked = [ids[2], WorkId(999), ids[0]];
    let cards = store.cards(&asked, Viewer::Public).await.unwrap();
    let found: Vec<_> = cards.iter().map(|card| card.work.id.unwrap()).collect();
    assert_eq!(found, [ids[2], ids[0]]);
    assert_eq!((cards[0].chapters, cards[0].creators.len()), (2, 2));
    assert!(cards[0].work.sources.is_empty() && cards[0].work.original.is_empty());
}

pub(super) async fn lists_page_by_id_from_the_newest(store: &dyn Store) {
    let ids = library(store, 5).await;
    let first = store.list(ListFilter::All, Viewer::Public, None, 3).await.unwrap();
    let found: Vec<_> = first.cards.iter().map(|card| card.work.id.unwrap()).collect();
    assert_eq!(found, [ids[4], ids[3], ids[2]]);
    let rest = store.list(ListFilter::All, Viewer::Public, first.next, 3).await.unwrap();
    assert_eq!((rest.cards.len(), rest.next), (2, None));
}
