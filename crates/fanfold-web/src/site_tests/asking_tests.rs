//! Names that are offered while one types, and what was probably meant by a name that nothing here carries.

use super::*;
use fanfold_app::tags::TagChange;
use fanfold_model::{TagKind, WorkId};
use serde_json::Value;

/// Five works; one of a pair of characters is held back.
async fn shelf() -> Library {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let works = [
        ("Lamp", "Treasure Island", "Jim Hawkins, Ben Gunn"),
        ("Oil", "Treasure Island", "Jim Hawkins"),
        ("Wick", "Sherlock Holmes", "Sherlock Holmes, John Watson"),
        ("Soot", "Sherlock Holmes", "Sherlock Holmes"),
        ("Dusk", "Sherlock Holmes", "Jimmy Hawkeye"),
    ];
    for (title, fandom, characters) in works {
        let body = format!("{title} burned on. Nobody came down to the harbour on that night. ")
            .repeat(30);
        let text = format!(
            "Title: {title}\nAuthor: Wren\nFandom: {fandom}\nCharacters: {characters}\nRating: General Audiences\n\n{body}"
        );
        std::fs::write(folder.path().join(format!("{title}.txt")), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    library
}

async fn names(site: &Router, fields: &str) -> Vec<Value> {
    let (status, body) = read(site, &format!("/api/v1/complete?{fields}")).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str::<Value>(&body).unwrap()["names"].as_array().unwrap().clone()
}

fn of(names: &[Value]) -> Vec<String> {
    names.iter().map(|own| format!("{} {}", own["name"].as_str().unwrap(), own["works"])).collect()
}

async fn held(library: &Library, title: &str) -> WorkId {
    let query = fanfold_model::query::parse(&format!("title:{title}")).unwrap();
    let request = fanfold_app::search::SearchRequest {
        query,
        viewer: fanfold_model::Viewer::Owner,
        sort: None,
        limit: 1,
        offset: 0,
        after: None,
        facets: false,
        snippets: false,
        standing: None,
    };
    let found = library.archive.search(&request).await.unwrap();
    let id = found.works[0].card.work.id.unwrap();
    library.archive.hold(id, "permission", "owner").await.unwrap();
    id
}

#[tokio::test]
async fn names_are_offered_with_how_many_works_they_find_slips_forgiven() {
    let library = shelf().await;
    let site = at_home(&library);
    assert_eq!(of(&names(&site, "kind=char&q=haw").await), ["Jim Hawkins 2", "Jimmy Hawkeye 1"]);
    assert_eq!(of(&names(&site, "kind=char&q=sherlok").await), ["Sherlock Holmes 2"]);
    assert_eq!(of(&names(&site, "kind=creator&q=wr").await), ["Wren 5"]);
    assert_eq!(of(&names(&site, "q=holmes").await).len(), 2, "the fandom and the character");
    assert_eq!(of(&names(&site, "q=ji&limit=1").await), ["Jim Hawkins 2"]);
    let none: [&str; 0] = [];
    for nothing in ["q=", "q=%00", "q=zebra", "q=jim&kind=freeform", "q=jim&limit=0"] {
        assert_eq!(of(&names(&site, nothing).await), none, "{nothing}");
    }
    for wrong in ["q=jim&kind=colour", "q=jim&limit=many", &format!("q={}", "a".repeat(2_000))] {
        let (status, _) = read(&site, &format!("/api/v1/complete?{wrong}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let answer = ask(&site, get("/api/v1/complete?q=jim").body(Body::empty()).unwrap()).await;
    assert_eq!(header(&answer, "content-type"), "application/json; charset=utf-8");
    let tag = header(&answer, "etag").to_owned();
    let again = get("/api/v1/complete?q=jim").header("if-none-match", tag).body(Body::empty());
    assert_eq!(ask(&site, again.unwrap()).await.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn what_stands_on_works_of_a_chosen_fandom_comes_first() {
    let library = shelf().await;
    let site = at_home(&library);
    let found = names(&site, "kind=character&q=jim&fandom=sherlock+holmes").await;
    assert_eq!(of(&found), ["Jimmy Hawkeye 1", "Jim Hawkins 2"]);
    assert_eq!((&found[0]["here"], &found[1]["here"]), (&1.into(), &0.into()));
    assert_eq!(names(&site, "kind=character&q=jim&fandom=Oz").await.len(), 2, "no such fandom");
}

#[tokio::test]
async fn a_synonym_leads_to_its_canonical_name_as_soon_as_it_is_one() {
    let library = shelf().await;
    let site = at_home(&library);
    assert_eq!(of(&names(&site, "kind=character&q=hawkeye").await), ["Jimmy Hawkeye 1"]);
    let number = async |name: &str| {
        library.archive.find_tag(Some(TagKind::Character), name).await.unwrap().id
    };
    let (jim, other) = (number("Jim Hawkins").await, number("Jimmy Hawkeye").await);
    library.archive.change_tag(TagChange::Canonical(jim), "owner").await.unwrap();
    let merge = TagChange::Synonym { tag: other, of: jim };
    library.archive.change_tag(merge, "owner").await.unwrap();
    let found = names(&site, "kind=character&q=hawkeye").await;
    assert_eq!(of(&found), ["Jim Hawkins 3"]);
    assert_eq!(found[0]["also"], "Jimmy Hawkeye");
}

#[tokio::test]
async fn names_that_only_held_works_carry_are_offered_to_nobody_else() {
    let library = shelf().await;
    held(&library, "Dusk").await;
    held(&library, "Lamp").await;
    let strangers = site(&library, Settings { public: true, ..Settings::default() });
    assert_eq!(of(&names(&strangers, "q=jim").await), ["Jim Hawkins 1"]);
    let none: [&str; 0] = [];
    for secret in ["q=hawkeye", "q=ben+gunn", "q=jimy+hawkeye"] {
        assert_eq!(of(&names(&strangers, secret).await), none, "{secret}");
        assert_ne!(of(&names(&at_home(&library), secret).await), none, "{secret}");
    }
    // A name that only held works carry is answered as one that nobody ever used.
    let told = async |first: &str, last: &str| {
        let path = format!("/search?q=char%3A%22{first}+{last}%22");
        read(&strangers, &path).await.1.replace(first, "FIRST").replace(last, "LAST")
    };
    assert_eq!(told("Ben", "Gunn").await, told("Zed", "Zunn").await);
}

#[tokio::test]
async fn what_is_muted_is_counted_nowhere_and_not_offered() {
    let library = shelf().await;
    let site = at_home(&library);
    let form = "sort=tag&key=character%3ABen+Gunn&name=Ben+Gunn&days=";
    let mute = post("/mutes").header("content-type", "application/x-www-form-urlencoded");
    ask(&site, mute.body(Body::from(form)).unwrap()).await;
    assert_eq!(of(&names(&site, "q=hawkins").await), ["Jim Hawkins 1"]);
    assert_eq!(names(&site, "q=gunn").await.len(), 0);
}

#[tokio::test]
async fn a_name_that_nothing_carries_is_told_with_what_was_probably_meant() {
    let library = shelf().await;
    let site = at_home(&library);
    let (_, page) = read(&site, "/search?q=char%3A%22Sherlok+Holms%22+burned").await;
    assert!(page.contains("No work here has the character “<bdi>Sherlok Holms</bdi>”"), "{page}");
    let (_, found) = read(&site, &link_to(&page, "Sherlock Holmes").replace("&#38;", "&")).await;
    assert!(found.contains("2 works, with Sherlock Holmes, matching burned"), "{found}");
    // Told though other conditions find something, and in what is left out as well.
    let (_, page) = read(&site, "/works?any.character=Jim+Hawkins&any.character=Jon+Watson").await;
    assert!(page.contains("“<bdi>Jon Watson</bdi>”") && page.contains("John Watson</a>"), "{page}");
    let (_, page) = read(&site, "/works?without.fandom=Tresure+Island").await;
    assert!(page.contains("5 works") && page.contains("Treasure Island</a> (2 works)"), "{page}");
    let (_, page) = read(&site, "/search?q=creator%3AWrenn").await;
    assert!(page.contains("No work here is by") && page.contains("Wren</a> (5 works)"), "{page}");
    let (_, page) = read(&site, "/search?q=sherlok").await;
    assert!(page.contains("Nothing here has") && page.contains("the fandom"), "{page}");
    let (_, page) = read(&site, "/search?q=rating%3Agenral").await;
    assert!(page.contains("General Audiences</a> (5 works)"), "{page}");
    for known in
        ["/works?with.character=Jim+Hawkins", "/search?q=island", "/search?q=fandom%3Aisland"]
    {
        let (_, page) = read(&site, known).await;
        assert!(!page.contains("No work here") && !page.contains("Nothing here has"), "{known}");
    }
}

#[tokio::test]
async fn the_fields_of_the_form_say_what_names_they_take_and_work_without_a_script() {
    let library = shelf().await;
    let site = at_home(&library);
    let (_, page) = read(&site, "/tags/fandom/Treasure%20Island/works").await;
    for wanted in [
        "name=\"with.character\" autocomplete=\"off\" data-complete=\"character\"",
        "name=\"without.fandom\" autocomplete=\"off\" data-complete=\"fandom\"",
        "data-complete=\"query\"",
        "data-fandom=\"Treasure Island\"",
    ] {
        assert!(page.contains(wanted), "{wanted} is missing in {page}");
    }
    assert!(!page.contains("role=\"combobox\""), "only the script makes it one");
    let (_, found) = read(&site, "/works?with.character=ben+gunn&without.character=").await;
    assert!(found.contains("1 work"), "{found}");
}
