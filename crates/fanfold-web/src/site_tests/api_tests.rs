//! The library as programs read it: `/api/v1`.

use super::*;
use fanfold_model::WorkId;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// What an address answers as JSON.
pub(super) async fn json(site: &Router, path: &str) -> (StatusCode, Value) {
    let (status, body) = read(site, path).await;
    (status, serde_json::from_str(&body).unwrap_or_else(|_| panic!("{path} gives {body}")))
}

pub(super) async fn found(site: &Router, fields: &str) -> Value {
    let (status, found) = json(site, &format!("/api/v1/works?{fields}")).await;
    assert_eq!(status, StatusCode::OK, "{fields}: {found}");
    found
}

pub(super) fn strangers(library: &Library) -> Router {
    site(library, Settings { public: true, adult_gate: true, ..Settings::default() })
}

/// The number of the first work with this title.
pub(super) async fn number(site: &Router, title: &str) -> i64 {
    let hits = found(site, "limit=100").await["hits"].clone();
    let hit = hits.as_array().unwrap().iter().find(|hit| hit["title"] == title).cloned();
    hit.unwrap_or_else(|| panic!("no {title}"))["id"].as_i64().unwrap()
}

/// A library of so many works with five creators and a shared fandom.
pub(super) async fn many(count: usize) -> Library {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let text = format!(
            "Title: Lamp {number}\nAuthor: Wren {}\nFandom: Treasure Island\nRating: General Audiences\n\n{}",
            number % 5,
            format!("Lamp number {number} hung where the road could see it that night. ").repeat(9)
        );
        std::fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    library
}

#[tokio::test]
async fn a_search_gives_the_works_and_what_they_carry_in_the_names_of_canonical_json() {
    let library = small().await;
    let site = at_home(&library);
    let all = found(&site, "q=fandom%3A%22treasure+island%22+sort%3Atitle&facets=true").await;
    assert_eq!((&all["total"], &all["sort"]), (&2.into(), &"title".into()));
    assert_eq!(all["query"], "fandom:\"treasure island\"");
    let calm = &all["hits"][0];
    assert_eq!(calm["title"], "The Calm Harbour");
    assert_eq!(calm["creators"], serde_json::json!(["Wren"]));
    assert_eq!(calm["fandoms"], serde_json::json!(["Treasure Island"]));
    assert_eq!(calm["rating"], "General Audiences");
    assert!(calm["words"].as_u64().unwrap() > 10 && calm["uid"].is_string());
    let fandoms = all["facets"]["fandom"].as_array().unwrap();
    assert_eq!(fandoms, &[serde_json::json!({"name": "Treasure Island", "count": 2})]);
    assert!(all["next"].is_null() && all["next_href"].is_null());
    let form = found(&site, "with.fandom=Treasure+Island&without.rating=Mature").await;
    assert_eq!((&form["total"], &form["facets"]), (&1.into(), &Value::Null));
    let marked = found(&site, "q=heron&snippets=true").await;
    assert!(marked["hits"][0]["snippets"][0]["html"].as_str().unwrap().contains("<mark>"));
    let none = found(&site, "limit=0").await;
    assert_eq!((&none["total"], none["hits"].as_array().unwrap().len()), (&3.into(), 0));
    let meant = found(&site, "q=fandom%3A%22Tresure+Island%22").await;
    assert_eq!(meant["unknown"][0]["did_you_mean"][0]["name"], "Treasure Island");
}

#[tokio::test]
async fn going_on_by_the_given_address_meets_every_work_once() {
    let library = many(23).await;
    let site = at_home(&library);
    for fields in
        ["limit=4", "limit=5&sort=title", "limit=23", "limit=7&q=lamp", "limit=3&sort=%3Ewords"]
    {
        let mut seen = BTreeSet::new();
        let mut path = format!("/api/v1/works?{fields}");
        let mut answers = 0;
        loop {
            let (status, page) = json(&site, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}: {page}");
            assert_eq!(page["total"], 23, "{path}");
            for hit in page["hits"].as_array().unwrap() {
                assert!(seen.insert(hit["id"].as_i64().unwrap()), "{path} repeats {hit}");
            }
            answers += 1;
            let Some(next) = page["next_href"].as_str() else { break };
            path = next.to_owned();
        }
        assert_eq!(seen.len(), 23, "{fields} in {answers} answers");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told_with_the_place_and_what_would_work() {
    let library = small().await;
    let site = at_home(&library);
    for query in ["lantern words:many", "(lantern", "fandum:Oz", "sort:kudoes", "\"open"] {
        let error = fanfold_model::query::parse(query).unwrap_err();
        let asked = crate::urls::query_value(query);
        let (status, told) = json(&site, &format!("/api/v1/works?q={asked}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(told["column"], error.column, "{query}");
        assert_eq!(told["hint"], error.hint, "{query}");
        let said = fanfold_app::AppError::Query(error).to_string();
        assert_eq!(told["error"], said, "{query}: the words of the command line");
    }
    for fields in [
        "limit=many",
        "limit=101",
        "limit=-1",
        "facets=yes",
        "colour=red",
        "words_from=x",
        "updated_to=soon",
        "status=done",
        "sort=size",
        "after=nowhere",
        "only=hats",
        "trail=a",
        "show=some",
        "with.colour=red",
        "after=n1.1&sort=title",
    ] {
        let (status, told) = json(&site, &format!("/api/v1/works?{fields}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{fields}: {told}");
        assert!(told["error"].is_string(), "{fields}");
    }
    for path in
        ["/api/v1/works/999", "/api/v1/works/x", "/api/v1/nothing", "/api/v1/tags/fandom/Oz"]
    {
        let (status, told) = json(&site, path).await;
        assert_eq!((status, told["error"].is_string()), (StatusCode::NOT_FOUND, true), "{path}");
    }
    let post = post("/api/v1/works").body(Body::empty()).unwrap();
    assert_eq!(ask(&site, post).await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_work_is_its_canonical_record_by_number_and_by_uid() {
    let library = small().await;
    let site = at_home(&library);
    let id = number(&site, "The Calm Harbour").await;
    let (status, work) = json(&site, &format!("/api/v1/works/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    let mut exported = Vec::new();
    library
        .archive
        .export_lines(&[WorkId(id)], fanfold_model::Viewer::Owner, false, None, &mut exported)
        .await
        .unwrap();
    let mut line: Value = serde_json::from_slice(&exported).unwrap();
    line["sources"][0]["blob"] = work["sources"][0]["blob"].clone();
    assert_eq!(work, line);
    let uid = work["uid"].as_str().unwrap();
    assert_eq!(json(&site, &format!("/api/v1/works/{uid}")).await.1, work);
}

#[tokio::test]
async fn a_held_work_answers_as_a_missing_one_and_none_of_its_words_leave() {
    let library = small().await;
    let home = at_home(&library);
    let id = number(&home, "A Bare Page").await;
    library.archive.hold(WorkId(id), "permission", "owner").await.unwrap();
    let public = strangers(&library);
    let uid = found(&home, &format!("q=id%3A{id}")).await["hits"][0]["uid"].clone();
    let missing = read(&public, "/api/v1/works/999").await;
    for key in [id.to_string(), uid.as_str().unwrap().to_owned()] {
        assert_eq!(read(&public, &format!("/api/v1/works/{key}")).await, missing);
        let (status, _) = read(&public, &format!("/api/v1/works/{key}?view_adult=true")).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    for path in [
        "/api/v1/works?facets=true&snippets=true",
        "/api/v1/works?q=heron",
        "/feeds/works",
        "/feeds/works?q=creator%3Amarsh",
        "/api/v1/complete?kind=creator&q=mar",
    ] {
        let (_, body) = read(&public, path).await;
        for secret in ["Bare Page", "Marsh", "stood in the"] {
            assert!(!body.contains(secret), "{path} tells {secret}: {body}");
        }
    }
    assert_eq!(found(&public, "").await["total"], 2);
    assert_eq!(found(&home, "").await["total"], 3, "its owner sees it");
    let creators = found(&home, "q=creator%3Amarsh").await;
    assert_eq!(creators["total"], 1);
}

#[tokio::test]
async fn strangers_are_asked_before_adult_works_and_get_no_original_labels() {
    let library = small().await;
    let public = strangers(&library);
    let dark = number(&public, "The Dark Harbour").await;
    let (status, told) = json(&public, &format!("/api/v1/works/{dark}")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(told["hint"].as_str().unwrap().contains("view_adult=true"), "{told}");
    let (status, work) = json(&public, &format!("/api/v1/works/{dark}?view_adult=true")).await;
    assert_eq!((status, &work["title"]), (StatusCode::OK, &"The Dark Harbour".into()));
    let original = |work: &Value| work["original"].as_object().map_or(0, serde_json::Map::len);
    assert_eq!(original(&work), 0);
    let request = get(&format!("/downloads/{dark}/x.json")).header("cookie", "fanfold_adult=yes");
    let file = text(ask(&public, request.body(Body::empty()).unwrap()).await).await;
    assert_eq!(original(&serde_json::from_str(&file).unwrap()), 0, "{file}");
    let (_, own) = json(&at_home(&library), &format!("/api/v1/works/{dark}")).await;
    assert!(original(&own) > 0, "the owner keeps them: {own}");
}

#[tokio::test]
async fn a_tag_is_told_with_the_names_around_it_and_the_count_of_its_list() {
    use fanfold_app::tags::TagChange;
    let library = small().await;
    let site = at_home(&library);
    let archive = &library.archive;
    let id = archive.find_tag(None, "Treasure Island").await.unwrap().id;
    archive.change_tag(TagChange::Canonical(id), "owner").await.unwrap();
    let other = archive.find_or_coin_tag(fanfold_model::TagKind::Fandom, "T.I.").await.unwrap().id;
    archive.change_tag(TagChange::Synonym { tag: other, of: id }, "owner").await.unwrap();
    let (_, tag) = json(&site, "/api/v1/tags/fandom/treasure%20island").await;
    assert_eq!((&tag["name"], &tag["works"]), (&"Treasure Island".into(), &2.into()));
    assert_eq!((&tag["canonical"], &tag["synonym_of"]), (&true.into(), &Value::Null));
    assert_eq!(tag["synonyms"], serde_json::json!(["T.I."]));
    let (_, list) = json(&site, "/api/v1/tags?kind=fandom").await;
    let names = |list: &Value| {
        let tags = list["tags"].as_array().unwrap().iter();
        tags.map(|tag| format!("{} {}", tag["name"].as_str().unwrap(), tag["works"]))
            .collect::<Vec<_>>()
    };
    assert!(names(&list).contains(&"Treasure Island 2".to_owned()), "{list}");
    let (_, named) = json(&site, "/api/v1/tags?name=TREASURE++island").await;
    assert_eq!(names(&named), ["Treasure Island 2"]);
    let href = named["tags"][0]["href"].as_str().unwrap();
    assert_eq!(json(&site, href).await.1, tag);
    assert_eq!(json(&site, "/api/v1/tags").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(json(&site, "/api/v1/tags?kind=hat").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn tags_of_a_kind_come_once_each_page_after_page() {
    let library = many(12).await;
    let folder = tempfile::tempdir().unwrap();
    let head = "Title: Tags\nAuthor: Heron\nFandom: Oz\nCharacters: Ann, Bea, Cid, Dan, Eve\n\n";
    let body = "It had five people in it, and none of them spoke of the sixth at all. ".repeat(9);
    std::fs::write(folder.path().join("a.txt"), format!("{head}{body}")).unwrap();
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    let site = at_home(&library);
    let (mut after, mut seen) = (String::new(), Vec::new());
    loop {
        let path = format!("/api/v1/tags?kind=character&limit=2&after={after}");
        let (_, page) = json(&site, &path).await;
        let tags = page["tags"].as_array().unwrap().iter();
        seen.extend(tags.map(|tag| tag["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = crate::urls::query_value(next);
    }
    assert_eq!(seen, ["Ann", "Bea", "Cid", "Dan", "Eve"]);
}

#[tokio::test]
async fn answers_are_kept_by_their_tag_and_only_a_public_site_is_open_to_other_pages() {
    let library = small().await;
    let (home, public) = (at_home(&library), strangers(&library));
    for path in [
        "/api/openapi.json",
        "/api/v1/works",
        "/api/v1/works/1",
        "/api/v1/tags?kind=fandom",
        "/api/v1/tags/fandom/Treasure%20Island",
        "/api/v1/complete?q=tre",
    ] {
        let path = if path == "/api/v1/works/1" { "/api/v1/works/1?view_adult=true" } else { path };
        for (site, open) in [(&home, ""), (&public, "*")] {
            let answer = ask(site, get(path).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            assert_eq!(header(&answer, "content-type"), "application/json; charset=utf-8");
            assert_eq!(header(&answer, "access-control-allow-origin"), open, "{path}");
            let policy = if open.is_empty() { "same-origin" } else { "cross-origin" };
            assert_eq!(header(&answer, "cross-origin-resource-policy"), policy, "{path}");
            let tag = header(&answer, "etag").to_owned();
            let again = get(path).header("if-none-match", &tag).body(Body::empty()).unwrap();
            assert_eq!(ask(site, again).await.status(), StatusCode::NOT_MODIFIED, "{path}");
            let head = Request::head(path).header("host", "localhost").body(Body::empty()).unwrap();
            let answer = ask(site, head).await;
            assert_eq!((answer.status(), header(&answer, "etag")), (StatusCode::OK, tag.as_str()));
            assert_eq!(text(answer).await, "", "{path}");
        }
    }
}

/// Every field that the description names, with a value that fits its schema.
fn described() -> Vec<(String, String, Value)> {
    let description = crate::api::described();
    let mut all = Vec::new();
    for (path, operation) in description["paths"].as_object().unwrap() {
        for field in operation["get"]["parameters"].as_array().unwrap() {
            if field["in"] == "query" {
                let name = field["name"].as_str().unwrap().to_owned();
                all.push((path.clone(), name, field["schema"].clone()));
            }
        }
    }
    all
}

fn fitting(schema: &Value) -> String {
    match (schema["type"].as_str().unwrap(), schema["enum"].as_array()) {
        (_, Some(values)) => values.last().unwrap().as_str().unwrap().to_owned(),
        ("boolean", _) => "true".to_owned(),
        ("integer", _) => "7".to_owned(),
        ("array", _) => fitting(&schema["items"]),
        _ if schema["pattern"].is_string() => "2003-05".to_owned(),
        _ => "tag".to_owned(),
    }
}

#[tokio::test]
async fn every_field_that_is_described_is_taken() {
    let library = small().await;
    let site = at_home(&library);
    let all = described();
    assert!(all.len() > 45, "{}", all.len());
    for (path, name, schema) in all {
        let path = path.replace("{id}", "1").replace("{kind}", "fandom");
        let path = path.replace("{name}", "Treasure%20Island");
        let needs = if path == "/api/v1/tags" { "kind=fandom&" } else { "" };
        // A place to go on from is the server's own and no text of a caller's.
        let value = if name == "after" { "n1.1".to_owned() } else { fitting(&schema) };
        let value = crate::urls::query_value(&value);
        let (needs, own) =
            if name == "kind" && !needs.is_empty() { ("", "kind") } else { (needs, name.as_str()) };
        let (status, told) = json(&site, &format!("{path}?{needs}{own}={value}")).await;
        assert!(
            status == StatusCode::OK || status == StatusCode::FORBIDDEN,
            "{path}?{name}={value}: {told}"
        );
        let (status, _) = json(&site, &format!("{path}?{needs}{name}x={value}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}?{name}x");
    }
}

#[test]
fn any_fields_are_answered_with_json_and_never_with_a_fault() {
    const PATHS: [&str; 5] = [
        "/api/v1/works",
        "/api/v1/tags",
        "/api/v1/tags/fandom/Treasure%20Island",
        "/api/v1/works/1",
        "/api/v1/complete",
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let library = runtime.block_on(many(2));
    let (site, names) = (at_home(&library), described());
    let value = "\\PC{0,12}|[a-z0-9:<>\"()~*. -]{0,16}";
    let pairs = proptest::collection::vec((0..names.len(), value), 0..5);
    proptest!(|(pairs in pairs, path in proptest::sample::select(&PATHS[..]))| {
        let fields: Vec<String> = pairs
            .iter()
            .map(|(at, value)| format!("{}={}", names[*at].1, crate::urls::query_value(value)))
            .collect();
        let address = format!("{path}?{}", fields.join("&"));
        let (status, told) = runtime.block_on(json(&site, &address));
        prop_assert!(!status.is_server_error(), "{}: {}", address, told);
        prop_assert_eq!(told["error"].is_string(), status.is_client_error(), "{}", address);
    });
}
