//! Works that carry nothing but what is asked for, how many fandoms and relationships they have, and what the reader muted.

use super::*;
use fanfold_app::tags::TagChange;
use fanfold_model::TagKind;

/// Works by title, fandoms, pairings and other tags.
pub(super) async fn library(works: &[(&str, &str, &str, &str)]) -> Library {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    for (place, (title, fandoms, pairs, tags)) in works.iter().enumerate() {
        let author = if place % 2 == 0 { "Wren" } else { "Heron" };
        let body = format!("{title} burned on. Nobody came down to the harbour on night {place}. ")
            .repeat(30);
        let text = format!(
            "Title: {title}\nAuthor: {author}\nFandom: {fandoms}\nPairing: {pairs}\nTags: {tags}\nRating: General Audiences\n\n{body}"
        );
        std::fs::write(folder.path().join(format!("{place}.txt")), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    library
}

async fn some() -> Library {
    library(&[
        ("Lamp", "Treasure Island", "Jim Hawkins/Ben Gunn", "Lanterns"),
        (
            "Oil",
            "Treasure Island",
            "Jim Hawkins/Ben Gunn, Israel Hands/Long John Silver",
            "Lanterns",
        ),
        ("Wick", "Treasure Island, Robin Hood", "Israel Hands/Long John Silver", "Storms"),
        (
            "Soot",
            "Robin Hood",
            "Marian/Robin Hood, Jim Hawkins/Ben Gunn, Israel Hands/Long John Silver",
            "Storms",
        ),
    ])
    .await
}

async fn titles(site: &Router, path: &str) -> Vec<String> {
    let (status, page) = read(site, path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    let titles = ["Lamp", "Oil", "Wick", "Soot"].into_iter();
    titles.filter(|title| page.contains(&format!(">{title}</a>"))).map(str::to_owned).collect()
}

#[tokio::test]
async fn nothing_but_those_chosen_means_every_tag_of_the_kind_is_chosen() {
    let library = some().await;
    let site = at_home(&library);
    let jim = "any.relationship=Jim+Hawkins%2FBen+Gunn";
    let silver = "any.relationship=Israel+Hands%2FLong+John+Silver";
    assert_eq!(titles(&site, &format!("/works?{jim}")).await, ["Lamp", "Oil", "Soot"]);
    assert_eq!(titles(&site, &format!("/works?{jim}&only=relationship")).await, ["Lamp"]);
    let both = format!("/works?{jim}&{silver}&only=relationship");
    assert_eq!(titles(&site, &both).await, ["Lamp", "Oil", "Wick"]);
    let island = "/tags/fandom/Treasure%20Island/works?only=fandom";
    assert_eq!(titles(&site, island).await, ["Lamp", "Oil"]);
    assert_eq!(titles(&site, "/works?only=fandom").await.len(), 4, "nothing is chosen");
    let (_, page) = read(&site, &both).await;
    assert!(page.contains("no other relationship") && page.contains("only:rel"), "{page}");
    assert!(page.contains("name=\"only\" value=\"relationship\" checked"), "{page}");
    // The counts beside the list are those of its works.
    let row = page.split("aria-label=\"Any of Jim Hawkins/Ben Gunn\"").nth(1).unwrap();
    assert!(row.contains("class=\"number\">2<"), "{row}");
    let typed = "/search?q=rel%3A%22jim+hawkins%2Fben+gunn%22+-only%3Arel";
    assert_eq!(titles(&site, typed).await, ["Oil", "Soot"]);
}

#[tokio::test]
async fn a_narrower_tag_and_a_synonym_are_what_was_chosen_too() {
    let library = some().await;
    let site = at_home(&library);
    let number = async |name: &str| {
        library.archive.find_or_coin_tag(TagKind::Relationship, name).await.unwrap().id
    };
    let (jim, silver) =
        (number("Jim Hawkins/Ben Gunn").await, number("Israel Hands/Long John Silver").await);
    let (wide, other) = (number("Sailors").await, number("Jim/Ben").await);
    for change in [
        TagChange::Canonical(jim),
        TagChange::Canonical(silver),
        TagChange::Canonical(wide),
        TagChange::Metatag { tag: jim, above: wide },
        TagChange::Metatag { tag: silver, above: wide },
        TagChange::Synonym { tag: other, of: jim },
    ] {
        library.archive.change_tag(change, "owner").await.unwrap();
    }
    assert_eq!(titles(&site, "/search?q=rel%3ASailors+only%3Arel").await, ["Lamp", "Oil", "Wick"]);
    assert_eq!(titles(&site, "/search?q=rel%3A%22Jim%2FBen%22+only%3Arel").await, ["Lamp"]);
}

#[tokio::test]
async fn a_relationship_is_chosen_in_whatever_order_it_is_named() {
    let library = some().await;
    let site = at_home(&library);
    let asked = "/works?any.relationship=Ben+Gunn%2FJim+Hawkins";
    assert_eq!(titles(&site, asked).await, ["Lamp", "Oil", "Soot"]);
    let (_, page) = read(&site, asked).await;
    let row = page.split("aria-label=\"Any of Ben Gunn/Jim Hawkins\"").nth(1).unwrap();
    assert!(row.contains("class=\"number\">3<"), "{row}");
    assert!(!page.contains("aria-label=\"Any of Jim Hawkins/Ben Gunn\""), "offered once");
}

#[tokio::test]
async fn fandoms_and_relationships_are_counted() {
    let library = some().await;
    let site = at_home(&library);
    assert_eq!(titles(&site, "/works?fandoms_from=2").await, ["Wick"]);
    assert_eq!(
        titles(&site, "/works?relationships_from=2&relationships_to=3").await,
        ["Oil", "Soot"]
    );
    assert_eq!(titles(&site, "/search?q=relationships%3A1").await, ["Lamp", "Wick"]);
    assert_eq!(titles(&site, "/search?q=otp%3Atrue").await, ["Lamp", "Wick"]);
    let (_, page) = read(&site, "/search?q=fandoms%3E1").await;
    assert!(
        page.contains("at least 2 fandoms") && page.contains("name=\"fandoms_from\""),
        "{page}"
    );
}

async fn mute(site: &Router, form: &str) {
    let request = post("/mutes").header("content-type", "application/x-www-form-urlencoded");
    let answer = ask(site, request.body(Body::from(form.to_owned())).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_muted_is_left_out_of_every_page_that_counts_and_each_says_so() {
    let library = some().await;
    let site = at_home(&library);
    let (_, before) = read(&site, "/fandoms").await;
    assert!(before.contains("2 fandoms") && !before.contains("left out"), "{before}");
    mute(&site, "sort=tag&key=freeform%3AStorms&name=Storms&days=").await;
    let (_, fandoms) = read(&site, "/fandoms").await;
    assert!(
        fandoms.contains("1 fandom") && fandoms.contains("1 more fandom is left out"),
        "{fandoms}"
    );
    assert!(!fandoms.contains("Robin Hood"), "{fandoms}");
    let count = fandoms.split("Treasure Island</a>").nth(1).unwrap();
    assert!(count.trim_start().starts_with("<span class=\"number\">2<"), "{count}");
    let (_, all) = read(&site, "/fandoms?show=all").await;
    assert!(all.contains("2 fandoms") && all.contains("Leave it out again"), "{all}");
    let (_, tag) = read(&site, "/tags/fandom/Robin%20Hood").await;
    assert!(tag.contains("0 works") && tag.contains("2 more works are left out"), "{tag}");
    let (_, tag) = read(&site, "/tags/fandom/Robin%20Hood?show=all").await;
    assert!(tag.contains("2 works") && tag.contains("/works?show=all"), "{tag}");
    let wren = link_to(&read(&site, "/works").await.1, "Wren");
    let (_, page) = read(&site, &wren).await;
    assert!(page.contains("1 work,") && page.contains("1 more work is left out"), "{page}");
    assert!(!page.contains("Wick") && !page.contains("Robin Hood"), "{page}");
    let (_, page) = read(&site, &format!("{wren}?show=all")).await;
    assert!(page.contains("2 works") && page.contains("Wick"), "{page}");
    let strangers = super::site(&library, Settings { public: true, ..Settings::default() });
    for path in ["/fandoms", "/tags/fandom/Robin%20Hood", &wren] {
        let (_, page) = read(&strangers, path).await;
        assert!(page.contains("Robin Hood") && !page.contains("left out"), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_muted_part_of_a_series_keeps_its_place_without_its_name() {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    for part in 1..=3 {
        let body =
            format!("Room {part} was dark. Nobody came down to the harbour on night {part}. ")
                .repeat(30);
        let text = format!(
            "Title: Room {part}\nAuthor: Wren\nFandom: Oz\nSeries: Attic Tales, part {part}\n\n{body}"
        );
        std::fs::write(folder.path().join(format!("{part}.txt")), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    let site = at_home(&library);
    let (_, list) = read(&site, "/works").await;
    let (series, second) = ("/series/1", link_to(&list, "Room 2"));
    let number = second.rsplit('/').next().unwrap();
    mute(&site, &format!("sort=work&key={number}&name=Room+2&days=")).await;
    let (_, page) = read(&site, series).await;
    assert!(page.contains("2 works") && page.contains("1 more work is left out"), "{page}");
    assert!(page.contains("Part 2") && !page.contains("Room 2"), "{page}");
    let (_, page) = read(&site, &format!("{series}?show=all")).await;
    assert!(page.contains("3 works") && page.contains("Room 2"), "{page}");
}
