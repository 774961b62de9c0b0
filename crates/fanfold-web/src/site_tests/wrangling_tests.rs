//! The wrangling desk, through the site's requests.

use super::*;
use fanfold_model::TagKind;

async fn send(site: &Router, path: &str, form: &str) -> (StatusCode, String) {
    let kind = "application/x-www-form-urlencoded";
    let request = post(path).header("content-type", kind).body(Body::from(form.to_owned()));
    let response = ask(site, request.unwrap()).await;
    let status = response.status();
    (status, text(response).await)
}

/// Two works of one fandom that write one pair in two ways.
async fn two_ways() -> Library {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    for (number, pair) in ["Jim Hawkins/Ben Gunn", "Jim Hawkins/Ben-Gunn"].iter().enumerate() {
        let text = format!(
            "Title: Lamp {number}\nAuthor: Wren\nFandom: Treasure Island\nPairing: {pair}\n\nThe lamp {number} burned. "
        ) + &format!("Nobody came down to the harbour on night {number}. ").repeat(40);
        std::fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    library
}

#[tokio::test]
async fn a_tag_is_decided_on_at_the_desk_seen_before_it_is_made_and_taken_back() {
    let library = two_ways().await;
    let site = at_home(&library);
    let kind = Some(TagKind::Relationship);
    let number = async |name: &str| library.archive.find_tag(kind, name).await.unwrap().id;
    let (pair, other) =
        (number("Jim Hawkins/Ben Gunn").await, number("Jim Hawkins/Ben-Gunn").await);
    let (_, page) = read(&site, "/wrangling?fandom=treasure%20island&kind=relationship").await;
    assert!(page.contains(&format!("name=\"tag-{pair}\"")), "{page}");
    let (status, _) = send(&site, "/wrangling", &format!("tag-{pair}=canonical")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = read(&site, "/wrangling").await;
    assert!(page.contains(&format!("value=\"means-{pair}\"")), "{page}");
    assert!(!page.contains(&format!("name=\"tag-{pair}\"")), "{page}");
    let merge = format!("tag-{other}=means-{pair}&back=%2Fwrangling");
    let (status, page) = send(&site, "/wrangling", &merge).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("1 now, 2 then"), "{page}");
    assert!(page.contains("1 work will be found there"), "{page}");
    assert_eq!(library.archive.tag_row(pair).await.unwrap().works, 1);
    let (status, _) = send(&site, "/wrangling", &format!("{merge}&sure=1")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(library.archive.tag_row(pair).await.unwrap().works, 2);
    let change = library.archive.tag_history(None, 1).await.unwrap()[0].id;
    let (status, _) = send(&site, &format!("/wrangling/undo/{change}"), "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(library.archive.tag_row(pair).await.unwrap().works, 1);
    let own = format!("tag-{other}=own&own-{other}=Nobody");
    let (status, page) = send(&site, "/wrangling", &own).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("no relationship “Nobody”"), "{page}");
}

#[tokio::test]
async fn strangers_have_no_wrangling_desk() {
    let library = empty().await;
    let strangers = site(&library, Settings { public: true, ..Settings::default() });
    assert_eq!(read(&strangers, "/wrangling").await.0, StatusCode::NOT_FOUND);
    assert_eq!(send(&strangers, "/wrangling", "tag-1=canonical").await.0, StatusCode::NOT_FOUND);
    assert_eq!(send(&strangers, "/wrangling/undo/1", "").await.0, StatusCode::NOT_FOUND);
}
