//! More works like one, by tags that the reader chooses.

use super::narrowing_tests::library;
use super::*;

async fn some() -> Library {
    library(&[
        ("Lamp", "Treasure Island", "Jim Hawkins/Ben Gunn", "Lanterns, Fog Banks"),
        ("Oil", "Treasure Island", "Jim Hawkins/Ben Gunn", "Lanterns, Fog Banks"),
        ("Wick", "Treasure Island", "Jim Hawkins/Ben Gunn", "Lanterns"),
        ("Soot", "Treasure Island", "Israel Hands/Long John Silver", "Storms"),
        ("Tar", "Robin Hood", "Marian/Robin Hood", "Lanterns, Fog Banks"),
    ])
    .await
}

/// Titles in their order.
fn titles(page: &str) -> Vec<&str> {
    let cards = page.split("<h3").skip(1);
    let titles = cards.filter_map(|card| card.split("</a>").next()?.rsplit('>').next());
    titles.collect()
}

#[tokio::test]
async fn what_shares_the_most_comes_first_and_the_work_itself_never() {
    let library = some().await;
    let site = at_home(&library);
    let work = link_to(&read(&site, "/works").await.1, "Lamp");
    let (_, text) = read(&site, &work).await;
    let (status, page) = read(&site, &link_to(&text, "More like this")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(titles(&page), ["Oil", "Wick"], "Soot shares the fandom alone, Tar no fandom");
    let shares = page.split("class=\"shares\">").nth(1).unwrap();
    assert!(shares.contains("Fog Banks") && shares.contains("Jim Hawkins/Ben Gunn"), "{shares}");
    let all = link_to(&page, "2 works as a list, with filters →");
    assert_eq!(titles(&read(&site, &all.replace("&#38;", "&")).await.1).len(), 2);
}

#[tokio::test]
async fn the_reader_chooses_what_counts() {
    let library = some().await;
    let site = at_home(&library);
    let work = link_to(&read(&site, "/works").await.1, "Lamp");
    let asked = async |fields: &str| read(&site, &format!("{work}/like?{fields}")).await.1;
    let page = asked("tag.freeform=fog+banks&chosen=yes").await;
    let mut found = titles(&page);
    found.sort_unstable();
    assert_eq!(found, ["Oil", "Tar"]);
    assert!(page.contains("value=\"Fog Banks\" checked"), "{page}");
    assert!(!page.contains("value=\"Treasure Island\" checked"), "{page}");
    let page = asked("tag.fandom=Treasure+Island").await;
    assert_eq!(titles(&page).len(), 3);
    let page = asked("chosen=yes").await;
    assert!(page.contains("No tag counts") && titles(&page).is_empty(), "{page}");
    let page = asked("tag.freeform=Not+Of+This+Work").await;
    assert!(page.contains("No tag counts"), "{page}");
    assert_eq!(read(&site, "/works/99999/like").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn muted_and_hidden_works_are_like_nothing() {
    let library = some().await;
    let site = at_home(&library);
    let list = read(&site, "/works").await.1;
    let (lamp, oil, wick) = (link_to(&list, "Lamp"), link_to(&list, "Oil"), link_to(&list, "Wick"));
    let id = oil.rsplit('/').next().unwrap();
    let form = format!("sort=work&key={id}&name=Oil&days=");
    let request = post("/mutes").header("content-type", "application/x-www-form-urlencoded");
    ask(&site, request.body(Body::from(form)).unwrap()).await;
    let (_, page) = read(&site, &format!("{lamp}/like")).await;
    assert_eq!(titles(&page), ["Wick"]);
    let id: i64 = wick.rsplit('/').next().unwrap().parse().unwrap();
    library.archive.hold(fanfold_model::WorkId(id), "permission", "owner").await.unwrap();
    let strangers = super::site(&library, Settings { public: true, ..Settings::default() });
    let (_, page) = read(&strangers, &format!("{lamp}/like")).await;
    assert_eq!(titles(&page), ["Oil"]);
    assert_eq!(read(&strangers, &format!("{wick}/like")).await.0, StatusCode::NOT_FOUND);
}
