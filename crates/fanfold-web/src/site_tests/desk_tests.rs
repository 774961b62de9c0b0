//! What waits for a person, and two texts side by side, through the site's requests.

use super::*;

async fn send(site: &Router, path: &str, form: &str) -> Response<Body> {
    let kind = "application/x-www-form-urlencoded";
    let request = post(path).header("content-type", kind).body(Body::from(form.to_owned()));
    ask(site, request.unwrap()).await
}

/// The address of the first form on the page of what waits.
fn first_form(page: &str) -> String {
    let (_, rest) = page.split_once("action=\"/waiting/").unwrap();
    format!("/waiting/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_question_is_answered_on_the_page_and_does_not_come_back() {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let bare = BARE.replace("Title: A Bare Page\n", "Rating: PG-13 or R\nTitle: A Bare Page\n");
    std::fs::write(folder.path().join("bare.txt"), bare).unwrap();
    let roots = [folder.path().join("bare.txt")];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    let site = at_home(&library);
    let (_, page) = read(&site, "/waiting").await;
    assert!(page.contains("Which rating is “PG-13 or R”?"), "{page}");
    let form = first_form(&page);
    let wrong = send(&site, &form, "choice=PG").await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    let done = send(&site, &form, "choice=Teen+And+Up+Audiences").await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let (_, page) = read(&site, "/waiting").await;
    assert!(!page.contains("Which rating"), "{page}");
    let (_, page) = read(&site, "/works/1").await;
    assert!(page.contains("Teen And Up Audiences"), "{page}");
}

#[tokio::test]
async fn two_works_stand_side_by_side_and_a_merged_one_leads_to_what_it_became() {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let long: String = (0..60)
        .map(|n| format!("Room {n} had lamp {} and the {n}th gull sat beside it.\n\n", n * 7))
        .collect();
    let first = format!("Title: The Gulls\nAuthor: Wren\n\n{long}");
    let second = first.replace("The Gulls", "Gulls, Again").replace("lamp 21 ", "candles ");
    for (name, text) in [("a.txt", &first), ("b.txt", &second)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    let site = at_home(&library);
    let (status, page) = read(&site, "/works/1/beside/2").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("1 changed") || page.contains("1 paragraph changed"), "{page}");
    assert!(page.contains("<del>lamp 21</del>") && page.contains("<ins>candles</ins>"), "{page}");
    let (_, page) = read(&site, "/waiting").await;
    assert!(page.contains("href=\"/works/1/beside/2\""), "{page}");
    send(&site, &first_form(&page), "choice=merge").await;
    let moved = ask(&site, get("/works/2").body(Body::empty()).unwrap()).await;
    assert_eq!(moved.status(), StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.headers()["location"], "/works/1");
    let (status, page) = read(&site, "/works/1/versions/newest").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Version 2"), "{page}");
    let strangers = super::site(&library, Settings { public: true, ..Settings::default() });
    for path in ["/works/1/beside/1", "/works/1/versions/2"] {
        assert_eq!(read(&strangers, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        send(&strangers, "/waiting/00000000", "choice=keep").await.status(),
        StatusCode::NOT_FOUND
    );
}
