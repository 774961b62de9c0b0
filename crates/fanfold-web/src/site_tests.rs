//! The site asked through its requests: a small library is imported, then browsed as readers do.

mod api_tests;
mod asking_tests;
mod desk_tests;
mod feed_tests;
mod likeness_tests;
mod narrowing_tests;
mod shelf_tests;
mod wrangling_tests;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use fanfold_app::import::ImportOptions;
use fanfold_app::settings::{Overrides, Settings as LibrarySettings};
use fanfold_app::{Archive, FixedClock, LibraryPaths};
use fanfold_storage_sql::{ObjectBlobs, SqlStore};
use tempfile::TempDir;
use tower::Service;

use crate::routes::router;
use crate::site::{Settings, Site};

const CALM: &str = "Title: The Calm Harbour\nAuthor: Wren\nFandom: Treasure Island\nRating: General Audiences\n\n\
The lantern hung where the road could see it. Nobody had asked for a lantern.\n\n\
In the morning the harbour was there again, and so was Jim.\n";
const DARK: &str = "Title: The Dark Harbour\nAuthor: Wren\nFandom: Treasure Island\nRating: Mature\n\n\
Nobody came down to the water that winter, and the lantern went out by itself.\n\n\
It was lit again by someone who did not leave a name.\n";
const BARE: &str = "Title: A Bare Page\nAuthor: Marsh Harrier\n\n\
There is not much to say about the heron, except that it stood in the river until the river moved.\n\n\
Then it stood in the other river, and nobody has written about it since.\n";

struct Library {
    _folder: TempDir,
    archive: Archive,
}

async fn empty() -> Library {
    let folder = tempfile::tempdir().unwrap();
    let paths = LibraryPaths::new(folder.path().join("library"));
    paths.prepare().unwrap();
    let settings = LibrarySettings::read(&paths.settings(), Overrides::default()).unwrap();
    let store = Arc::new(SqlStore::open_sqlite(&paths.database()).await.unwrap());
    let blobs = Arc::new(ObjectBlobs::local(&paths.blobs()).unwrap());
    let clock = Arc::new(FixedClock(jiff::Timestamp::from_second(1_760_000_000).unwrap()));
    let archive = Archive::open(store, blobs, clock, paths, settings).unwrap();
    Library { _folder: folder, archive }
}

async fn small() -> Library {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let files = [("calm.txt", CALM), ("dark.txt", DARK), ("bare.txt", BARE)];
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let report =
        library.archive.import(&paths, &ImportOptions::default(), Arc::new(())).await.unwrap();
    assert_eq!(report.counts.taken, 3);
    library
}

fn site(library: &Library, settings: Settings) -> Router {
    router(Arc::new(Site::new(library.archive.clone(), settings)))
}

fn at_home(library: &Library) -> Router {
    site(library, Settings::default())
}

async fn ask(site: &Router, request: Request<Body>) -> Response<Body> {
    site.clone().call(request).await.unwrap()
}

fn get(path: &str) -> axum::http::request::Builder {
    Request::get(path).header("host", "127.0.0.1:8420")
}

fn post(path: &str) -> axum::http::request::Builder {
    Request::post(path).header("host", "127.0.0.1:8420").header("origin", "http://127.0.0.1:8420")
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 24).await.unwrap().to_vec()).unwrap()
}

async fn read(site: &Router, path: &str) -> (StatusCode, String) {
    let response = ask(site, get(path).body(Body::empty()).unwrap()).await;
    (response.status(), text(response).await)
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The address of the first link whose text this is.
fn link_to(page: &str, words: &str) -> String {
    let end = page.find(&format!(">{words}</a>")).unwrap_or_else(|| panic!("no link {words}"));
    let start = page[..end].rfind("href=\"").unwrap() + 6;
    page[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_reader_finds_a_work_reads_it_and_goes_on_to_its_creator_and_fandom() {
    let library = small().await;
    let site = at_home(&library);
    let (status, home) = read(&site, "/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(home.contains("3 works, kept"), "{home}");
    let (_, list) = read(&site, "/works").await;
    let (status, work) = read(&site, &link_to(&list, "The Calm Harbour")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(work.contains("Nobody had asked for a lantern."));
    for (words, holds) in [("Wren", "The Dark Harbour"), ("Treasure Island", "The Dark Harbour")] {
        let (status, page) = read(&site, &link_to(&work, words)).await;
        assert_eq!(status, StatusCode::OK, "{words}");
        assert!(page.contains(holds), "{words}");
    }
}

#[tokio::test]
async fn every_link_of_the_main_pages_leads_somewhere() {
    let library = small().await;
    let site = at_home(&library);
    let mut paths: Vec<String> =
        ["/", "/works", "/fandoms", "/search", "/waiting", "/import", "/help/search"]
            .map(String::from)
            .into();
    let mut at = 0;
    while at < paths.len() && at < 120 {
        let response = ask(&site, get(&paths[at]).body(Body::empty()).unwrap()).await;
        assert!(
            response.status().is_success() || response.status().is_redirection(),
            "{} {}",
            response.status(),
            paths[at]
        );
        let page = if header(&response, "content-type").starts_with("text/html") {
            text(response).await
        } else {
            String::new()
        };
        for href in page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
            let href = format!("/{}", href.replace("&amp;", "&").replace("&#38;", "&"));
            let path = href.split('#').next().unwrap_or_default().to_owned();
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        at += 1;
    }
    assert!(at > 30, "only {at} pages were found");
}

#[tokio::test]
async fn filters_take_works_in_and_leave_them_out() {
    let library = small().await;
    let site = at_home(&library);
    let (_, with) = read(&site, "/works?with.fandom=Treasure%20Island").await;
    assert!(with.contains("2 works in Treasure Island"), "{with}");
    let (_, without) = read(&site, "/works?without.fandom=Treasure+Island").await;
    assert!(without.contains("A Bare Page") && !without.contains("The Calm Harbour"));
    let (_, both) = read(&site, "/works?with.fandom=Treasure%20Island&without.rating=Mature").await;
    assert!(both.contains("The Calm Harbour") && !both.contains("The Dark Harbour"));
    let (_, none) = read(&site, "/works?words_from=100000").await;
    assert!(none.contains("0 works") && none.contains("Nothing matches"));
}

#[tokio::test]
async fn a_search_marks_the_words_and_an_unreadable_one_points_at_its_place() {
    let library = small().await;
    let site = at_home(&library);
    let (_, found) = read(&site, "/search?q=heron").await;
    assert!(found.contains("A Bare Page") && found.contains("<mark>heron</mark>"), "{found}");
    let (status, problem) = read(&site, "/search?q=lantern+words%3Amany").await;
    assert_eq!(status, StatusCode::OK);
    assert!(problem.contains("at column 15") && problem.contains("<mark>many</mark>"), "{problem}");
    let (_, in_list) = read(&site, "/works?q=%28open").await;
    assert!(in_list.contains("at column"));
}

#[tokio::test]
async fn what_is_not_rated_for_everyone_asks_first_and_remembers_the_answer() {
    let library = small().await;
    let site = site(&library, Settings { adult_gate: true, ..Settings::default() });
    let (_, list) = read(&site, "/works").await;
    let (_, calm) = read(&site, &link_to(&list, "The Calm Harbour")).await;
    assert!(calm.contains("Nobody had asked"));
    for title in ["The Dark Harbour", "A Bare Page"] {
        let href = link_to(&list, title);
        for path in [
            href.clone(),
            format!("{href}?view=full"),
            format!("{href}/chapters/1"),
            format!("{href}/sources"),
        ] {
            let (_, gate) = read(&site, &path).await;
            assert!(gate.contains("action=\"/adult\""), "{path} does not ask");
            assert!(
                !gate.contains("lit again by someone") && !gate.contains("the other river"),
                "{path} shows the text"
            );
        }
        let file = href.replace("/works/", "/downloads/") + "/a.txt";
        let download = ask(&site, get(&file).body(Body::empty()).unwrap()).await;
        assert_eq!(header(&download, "location"), href);
    }
    let href = link_to(&list, "The Dark Harbour");
    let form = post("/adult").header("content-type", "application/x-www-form-urlencoded");
    let answer = ask(&site, form.body(Body::from(format!("return_to={href}"))).unwrap()).await;
    assert_eq!(
        (answer.status(), header(&answer, "location")),
        (StatusCode::SEE_OTHER, href.as_str())
    );
    let cookie = header(&answer, "set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let again = get(&href).header("cookie", cookie.split(';').next().unwrap());
    let again = text(ask(&site, again.body(Body::empty()).unwrap()).await).await;
    assert!(again.contains("lit again by someone"));
}

#[tokio::test]
async fn strangers_find_no_door_to_the_owners_rooms() {
    let library = small().await;
    let site = site(&library, Settings { public: true, adult_gate: true, base_url: None });
    for path in ["/import", "/imports/1", "/imports/running/1", "/waiting"] {
        assert_eq!(read(&site, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let sent = ask(&site, post("/import").body(Body::empty()).unwrap()).await;
    assert_eq!(sent.status(), StatusCode::NOT_FOUND);
    let (_, home) = read(&site, "/").await;
    assert!(!home.contains("href=\"/import\"") && !home.contains("/waiting"));
}

#[tokio::test]
async fn another_name_for_this_machine_and_forms_of_other_sites_are_refused() {
    let library = empty().await;
    let site = at_home(&library);
    let rebound = Request::get("/").header("host", "evil.example").body(Body::empty()).unwrap();
    assert_eq!(ask(&site, rebound).await.status(), StatusCode::FORBIDDEN);
    for path in ["/preferences", "/adult", "/import"] {
        let foreign = Request::post(path)
            .header("host", "localhost:8420")
            .header("origin", "https://evil.example");
        assert_eq!(
            ask(&site, foreign.body(Body::empty()).unwrap()).await.status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
        let fetched = Request::post(path)
            .header("host", "localhost:8420")
            .header("sec-fetch-site", "cross-site");
        assert_eq!(
            ask(&site, fetched.body(Body::empty()).unwrap()).await.status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let library = small().await;
    let site = at_home(&library);
    for path in
        ["/", "/works/1", "/nowhere", "/healthz", crate::assets::assets().css.address.as_str()]
    {
        let response = ask(&site, get(path).body(Body::empty()).unwrap()).await;
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn a_page_is_sent_once_and_again_after_settings_or_the_library_change() {
    let library = small().await;
    let site = at_home(&library);
    let (_, list) = read(&site, "/works").await;
    for path in [link_to(&list, "The Calm Harbour"), "/works".to_owned(), "/".to_owned()] {
        let first = ask(&site, get(&path).body(Body::empty()).unwrap()).await;
        let tag = header(&first, "etag").to_owned();
        assert!(tag.starts_with("W/\""), "{path}");
        let again =
            ask(&site, get(&path).header("if-none-match", &tag).body(Body::empty()).unwrap()).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        let dark =
            get(&path).header("if-none-match", &tag).header("cookie", "fanfold_reading=paper-dark");
        let dark = ask(&site, dark.body(Body::empty()).unwrap()).await;
        assert_eq!(dark.status(), StatusCode::OK, "{path}");
        assert!(text(dark).await.contains("data-paper=\"dark\""));
    }
}

#[tokio::test]
async fn pages_come_compressed_to_those_who_take_it_and_say_the_same() {
    let library = small().await;
    let site = at_home(&library);
    let (_, plain) = read(&site, "/works/1").await;
    let packed =
        ask(&site, get("/works/1").header("accept-encoding", "gzip").body(Body::empty()).unwrap())
            .await;
    assert_eq!(header(&packed, "content-encoding"), "gzip");
    let bytes = to_bytes(packed.into_body(), 1 << 24).await.unwrap();
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut unpacked)
        .unwrap();
    assert_eq!(unpacked, plain);
    let brotli = ask(
        &site,
        get("/works/1").header("accept-encoding", "gzip, br").body(Body::empty()).unwrap(),
    )
    .await;
    assert_eq!(header(&brotli, "content-encoding"), "br");
    let list =
        ask(&site, get("/works").header("accept-encoding", "br").body(Body::empty()).unwrap())
            .await;
    assert_eq!(header(&list, "content-encoding"), "br");
    let head = Request::head("/works/1").header("host", "localhost").body(Body::empty()).unwrap();
    let head = ask(&site, head).await;
    assert_eq!(head.status(), StatusCode::OK);
    assert!(text(head).await.is_empty());
}

#[tokio::test]
async fn the_sources_page_shows_the_words_that_were_read_and_gives_the_original_byte_for_byte() {
    let library = small().await;
    let site = at_home(&library);
    let (_, list) = read(&site, "/works").await;
    let href = link_to(&list, "The Calm Harbour");
    let (_, sources) = read(&site, &format!("{href}/sources")).await;
    assert!(sources.contains("calm.txt"), "{sources}");
    assert!(sources.contains("The Calm Harbour</mark>"), "{sources}");
    let original = ask(&site, get(&format!("{href}/sources/0")).body(Body::empty()).unwrap()).await;
    assert!(header(&original, "content-disposition").starts_with("attachment"));
    assert_eq!(text(original).await, CALM);
    assert_eq!(read(&site, &format!("{href}/sources/9")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn works_are_carried_away_in_every_format() {
    let library = small().await;
    let site = at_home(&library);
    let (_, list) = read(&site, "/works").await;
    let (_, work) = read(&site, &link_to(&list, "The Calm Harbour")).await;
    for (name, media_type) in [
        ("EPUB", "application/epub+zip"),
        ("HTML", "text/html"),
        ("Text", "text/plain"),
        ("Markdown", "text/markdown"),
        ("JSON", "application/json"),
    ] {
        let end = work.find(&format!("download>{name}</a>")).unwrap();
        let start = work[..end].rfind("href=\"").unwrap() + 6;
        let path = work[start..].split('"').next().unwrap();
        let file = ask(&site, get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(file.status(), StatusCode::OK, "{path}");
        assert!(
            header(&file, "content-type").starts_with(media_type),
            "{path} {}",
            header(&file, "content-type")
        );
        assert!(header(&file, "content-disposition").starts_with("attachment"), "{path}");
    }
    assert_eq!(read(&site, "/downloads/1/a.exe").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_upload_is_followed_to_its_report_and_its_works() {
    let library = empty().await;
    let site = at_home(&library);
    let (_, home) = read(&site, "/").await;
    assert!(home.contains("An empty shelf") && home.contains("href=\"/import\""));
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"files\"; filename=\"../calm.txt\"\r\n\r\n{CALM}\r\n--b\r\ncontent-disposition: form-data; name=\"files\"; filename=\"calm.txt\"\r\n\r\n{BARE}\r\n--b--\r\n"
    );
    let form = post("/import").header("content-type", "multipart/form-data; boundary=b");
    let sent = ask(&site, form.body(Body::from(body)).unwrap()).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    let progress = header(&sent, "location").to_owned();
    let report = loop {
        let page = ask(&site, get(&progress).body(Body::empty()).unwrap()).await;
        if page.status() == StatusCode::SEE_OTHER {
            break header(&page, "location").to_owned();
        }
        let page = text(page).await;
        assert!(page.contains("http-equiv=\"refresh\""), "{page}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let (status, page) = read(&site, &report).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("<dt>taken</dt><dd>2</dd>") && page.contains("<dt>seen</dt><dd>2</dd>"),
        "{page}"
    );
    let (_, works) = read(&site, "/works").await;
    assert!(works.contains("The Calm Harbour") && works.contains("A Bare Page"));
}

#[tokio::test]
async fn an_upload_without_a_file_says_so_and_begins_nothing() {
    let library = empty().await;
    let site = at_home(&library);
    let form = post("/import").header("content-type", "multipart/form-data; boundary=b");
    let sent = ask(&site, form.body(Body::from("--b--\r\n")).unwrap()).await;
    assert_eq!(sent.status(), StatusCode::BAD_REQUEST);
    assert!(text(sent).await.contains("held no file"));
    assert_eq!(read(&site, "/imports/1").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn settings_come_back_to_the_page_and_never_to_another_site() {
    let library = empty().await;
    let site = at_home(&library);
    for (to, back) in [
        ("/works?view=full", "/works?view=full"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
    ] {
        let form = post("/preferences").header("content-type", "application/x-www-form-urlencoded");
        let body = format!("paper=sepia&size=large&return_to={}", crate::urls::query_value(to));
        let answer = ask(&site, form.body(Body::from(body)).unwrap()).await;
        assert_eq!(header(&answer, "location"), back);
        assert!(
            header(&answer, "set-cookie").starts_with("fanfold_reading=paper-sepia.size-large;")
        );
    }
}

#[tokio::test]
async fn wrong_addresses_get_a_page_that_helps() {
    let library = small().await;
    let site = at_home(&library);
    for path in [
        "/works/999",
        "/works/1/chapters/99",
        "/tags/fandom/Nowhere",
        "/tags/colour/Blue",
        "/creators/99/Nobody",
        "/series/99",
        "/viewstory.php?sid=12",
        "/%00",
        "/tags/%00",
        "/creators/%00",
        "/static/nothing.css",
    ] {
        let (status, page) = read(&site, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.contains("Search the library"), "{path}");
    }
    assert_eq!(read(&site, "/works/abc").await.0, StatusCode::BAD_REQUEST);
    let (status, fandom) = read(&site, "/tags/Treasure%20Island").await;
    assert_eq!((status, fandom.as_str()), (StatusCode::FOUND, ""));
}
