//! Saved filters and mutes, as the owner uses them.

use super::{ask, at_home, read, small};
use axum::body::Body;
use axum::http::StatusCode;

async fn send(site: &axum::Router, path: &str, form: &str) -> axum::http::Response<Body> {
    let request = super::post(path).header("content-type", "application/x-www-form-urlencoded");
    ask(site, request.body(Body::from(form.to_owned())).unwrap()).await
}

/// What a page says of how many works there are, and of those it leaves out.
async fn lists(site: &axum::Router, path: &str) -> (String, bool) {
    let (status, page) = read(site, path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    let sentence = page.split("class=\"sentence\">").nth(1).unwrap_or_else(|| panic!("{page}"));
    let count = sentence.split([' ', ',', '<']).next().unwrap_or_default().to_owned();
    (count, page.contains("left out by what you muted"))
}

#[tokio::test]
async fn what_is_muted_is_in_no_list_until_it_is_shown_or_lifted() {
    let library = small().await;
    let site = at_home(&library);
    let (before, quiet) = lists(&site, "/works").await;
    assert!(!quiet);
    let all: u64 = before.parse().unwrap();
    let answer =
        send(&site, "/mutes", "sort=tag&key=fandom%3ATreasure+Island&name=Treasure+Island&days=")
            .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let fewer = (all - 2).to_string();
    assert_eq!(lists(&site, "/works").await, (fewer, true));
    assert_eq!(lists(&site, "/search?q=harbour").await, ("0".to_owned(), true));
    assert_eq!(lists(&site, "/works?show=all").await, (before.clone(), false));
    assert_eq!(lists(&site, "/tags/fandom/Treasure%20Island/works").await.0, "0");
    let (_, home) = read(&site, "/").await;
    assert!(!home.contains("The Calm Harbour"), "{home}");
    let (_, page) = read(&site, "/filters").await;
    assert!(page.contains("Treasure Island") && page.contains("Fandom"), "{page}");
    send(&site, "/mutes/lift", "sort=tag&key=fandom%3ATreasure+Island").await;
    assert_eq!(lists(&site, "/works").await, (before, false));
}

#[tokio::test]
async fn a_work_and_a_creator_are_muted_on_their_own_pages() {
    let library = small().await;
    let site = at_home(&library);
    let all: u64 = lists(&site, "/works").await.0.parse().unwrap();
    let (_, work) = read(&site, "/works/1").await;
    assert!(work.contains("action=\"/mutes\""), "{work}");
    send(&site, "/mutes", "sort=work&key=1&name=One&days=7").await;
    assert_eq!(lists(&site, "/works").await, ((all - 1).to_string(), true));
    let (_, page) = read(&site, "/filters").await;
    assert!(page.contains("until"), "{page}");
    for wrong in ["sort=work&key=x", "sort=ghost&key=1", ""] {
        assert_eq!(send(&site, "/mutes", wrong).await.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
    let strangers =
        super::site(&library, super::Settings { public: true, ..super::Settings::default() });
    assert_eq!(read(&strangers, "/filters").await.0, StatusCode::NOT_FOUND);
    assert_eq!(send(&strangers, "/mutes", "sort=work&key=1").await.status(), StatusCode::NOT_FOUND);
    let (_, seen) = read(&strangers, "/works/1").await;
    assert!(!seen.contains("/mutes"), "strangers keep nothing here");
}

#[tokio::test]
async fn a_saved_filter_finds_again_and_the_usual_one_narrows_every_list() {
    let library = small().await;
    let site = at_home(&library);
    let all = lists(&site, "/works").await.0;
    let kept = "name=Harbours&query=fandom%3A%22treasure+island%22+sort%3Atitle";
    assert_eq!(send(&site, "/filters", kept).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(lists(&site, "/works").await.0, all);
    let (_, page) = read(&site, "/filters").await;
    assert!(page.contains("/search?q=fandom"), "{page}");
    send(&site, "/filters", &format!("{kept}&usual=true")).await;
    assert_eq!(lists(&site, "/works").await, ("2".to_owned(), true));
    assert_eq!(lists(&site, "/works?show=all").await.0, all);
    let refused = send(&site, "/filters", "name=Bad&query=words%3Amany").await;
    assert_eq!(refused.status(), StatusCode::OK);
    for empty in ["name=&query=storm", "name=x&query="] {
        send(&site, "/filters", empty).await;
    }
    let (_, page) = read(&site, "/filters").await;
    assert_eq!(page.matches("action=\"/filters/forget\"").count(), 1, "{page}");
    send(&site, "/filters/forget", "name=harbours").await;
    assert_eq!(lists(&site, "/works").await, (all, false));
}
