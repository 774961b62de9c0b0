//! Lists as feeds: what RFC 4287 asks of a document, and that a feed finds what its page finds.

use super::api_tests::{found, many, number, strangers};
use super::*;
use fanfold_model::WorkId;
use proptest::prelude::*;
use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;
use std::collections::BTreeSet;

/// An element as it was read back.
#[derive(Debug, Default, Clone)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |own| own.name == name)
    }

    fn text_of(&self, name: &str) -> &str {
        let found: Vec<&Self> = self.children.iter().filter(|own| own.name == name).collect();
        assert_eq!(found.len(), 1, "exactly one {name} in {}", self.name);
        &found[0].text
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    fn link(&self, rel: &str) -> Option<&str> {
        let mut links = self.all("link").filter(|own| own.attribute("rel") == Some(rel));
        let link = links.next()?;
        assert!(links.next().is_none(), "one {rel}");
        link.attribute("href")
    }
}

/// Reads a document back; anything that is not well-formed fails the test.
fn parsed(document: &str) -> Element {
    let mut reader = XmlReader::from_str(document);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in {document}")) {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(element(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(entity) => {
                let letter = match entity.resolve_char_ref().unwrap() {
                    Some(letter) => letter,
                    None => named(&entity),
                };
                open.last_mut().unwrap().text.push(letter);
            }
            Event::Decl(decl) => assert_eq!(decl.encoding().unwrap().unwrap(), "utf-8"),
            Event::Eof => break,
            other => panic!("{other:?} has no place in a feed"),
        }
    }
    assert!(document.chars().all(|c| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)));
    open.pop().unwrap().children.remove(0)
}

fn named(entity: &str) -> char {
    match entity {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("&{other}; is no entity of XML"),
    }
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let attribute = |own: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let own = own.unwrap();
        let value = quick_xml::escape::unescape(&own.value).unwrap().into_owned();
        (own.key.as_ref().to_owned(), value)
    };
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: start.attributes().map(attribute).collect(),
        ..Element::default()
    }
}

/// What RFC 4287 says a document must be (sections 3.2, 3.3, 4.1, 4.2), and what is ours: absolute addresses.
fn must_be_atom(feed: &Element) {
    assert_eq!(
        (feed.name.as_str(), feed.attribute("xmlns")),
        ("feed", Some("http://www.w3.org/2005/Atom"))
    );
    let instant = |own: &Element| own.text_of("updated").parse::<jiff::Timestamp>().unwrap();
    let mut ids = BTreeSet::from([feed.text_of("id").to_owned()]);
    let mut newest = jiff::Timestamp::UNIX_EPOCH;
    for entry in feed.all("entry") {
        assert!(ids.insert(entry.text_of("id").to_owned()), "an id stands once");
        assert!(entry.link("alternate").is_some(), "an entry without content leads somewhere");
        assert!(entry.all("author").count() > 0, "every entry has an author");
        assert!(!entry.text_of("title").trim().is_empty());
        let summary = entry.all("summary").next().unwrap();
        assert_eq!(summary.attribute("type"), Some("html"));
        assert!(entry.all("published").count() <= 1);
        for category in entry.all("category") {
            assert!(!category.attribute("term").unwrap().is_empty());
            assert!(category.attribute("scheme").unwrap().starts_with("urn:fanfold:"));
        }
        newest = newest.max(instant(entry));
    }
    assert_eq!(instant(feed), newest);
    for id in ids {
        assert!(
            id.strip_prefix("urn:uuid:").unwrap().parse::<fanfold_model::Uid>().is_ok(),
            "{id}"
        );
    }
    let people = feed.all("author").chain(feed.all("entry").flat_map(|entry| entry.all("author")));
    for author in people {
        assert!(!author.text_of("name").trim().is_empty());
    }
    for link in feed.all("link").chain(feed.all("entry").flat_map(|entry| entry.all("link"))) {
        let href = link.attribute("href").unwrap();
        assert!(href.starts_with("http://") || href.starts_with("https://"), "{href}");
    }
    assert!(feed.link("self").is_some() && feed.link("alternate").is_some());
    assert!(!feed.text_of("title").is_empty());
}

async fn feed(site: &Router, path: &str) -> Element {
    let (status, body) = read(site, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    let feed = parsed(&body);
    must_be_atom(&feed);
    feed
}

fn titles(feed: &Element) -> Vec<&str> {
    feed.all("entry").map(|entry| entry.text_of("title")).collect()
}

fn total(feed: &Element) -> u64 {
    feed.text_of("opensearch:totalResults").parse().unwrap()
}

/// The path of an absolute address.
fn path_of(href: &str) -> String {
    href.strip_prefix("http://127.0.0.1:8420").unwrap_or_else(|| panic!("{href}")).to_owned()
}

async fn send(site: &Router, path: &str, form: &str) {
    let request = post(path).header("content-type", "application/x-www-form-urlencoded");
    let answer = ask(site, request.body(Body::from(form.to_owned())).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path} {form}");
}

/// What a page of works says of how many there are.
async fn said_on(site: &Router, path: &str) -> u64 {
    let (_, page) = read(site, path).await;
    let sentence = page.split("class=\"sentence\">").nth(1).unwrap_or_else(|| panic!("{page}"));
    sentence.split([' ', ',', '<']).next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_entry_says_what_a_card_says() {
    let library = small().await;
    let site = at_home(&library);
    let all = feed(&site, "/feeds/works?q=calm").await;
    assert_eq!(titles(&all), ["The Calm Harbour"]);
    let entry = all.all("entry").next().unwrap().clone();
    let author = entry.all("author").next().unwrap();
    assert_eq!(author.text_of("name"), "Wren");
    assert_eq!(read(&site, &path_of(author.text_of("uri"))).await.0, StatusCode::OK);
    let (_, page) = read(&site, &path_of(entry.link("alternate").unwrap())).await;
    assert!(page.contains("The Calm Harbour"));
    let categories: Vec<(&str, &str)> = entry
        .all("category")
        .map(|own| (own.attribute("scheme").unwrap(), own.attribute("term").unwrap()))
        .collect();
    assert!(categories.contains(&("urn:fanfold:fandom", "Treasure Island")), "{categories:?}");
    assert!(categories.contains(&("urn:fanfold:rating", "General Audiences")), "{categories:?}");
    let summary = entry.text_of("summary");
    assert!(summary.starts_with("<p>General Audiences · Warnings not stated"), "{summary}");
}

#[tokio::test]
async fn ids_do_not_depend_on_where_the_library_is_served_nor_on_how_the_question_is_put() {
    let library = small().await;
    let (home, elsewhere) = (
        at_home(&library),
        site(
            &library,
            Settings { base_url: Some("https://attic.example/".into()), ..Settings::default() },
        ),
    );
    let here = feed(&home, "/feeds/works?with.fandom=Treasure+Island").await;
    let there = feed(&elsewhere, "/feeds/works?q=fandom%3A%22Treasure+Island%22").await;
    assert_eq!(here.text_of("id"), there.text_of("id"));
    let ids = |feed: &Element| {
        feed.all("entry").map(|entry| entry.text_of("id").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&here), ids(&there));
    assert!(there.link("self").unwrap().starts_with("https://attic.example/feeds/works?"));
    let other = feed(&home, "/feeds/works").await;
    assert_ne!(other.text_of("id"), here.text_of("id"));
    let (_, record) = read(&home, "/api/v1/works?q=calm").await;
    let uid = record.split("\"uid\":\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(ids(&here).contains(&format!("urn:uuid:{uid}")), "an entry's id is the work's");
    assert_ne!(feed(&at_home(&small().await), "/feeds/works").await.text_of("id"), "", "one more");
}

#[tokio::test]
async fn pages_of_a_feed_hold_every_work_once_the_newest_here_first() {
    let library = many(65).await;
    let folder = tempfile::tempdir().unwrap();
    let late =
        format!("{BARE}\nIt came last of all, and was seen first by those who waited for it.\n");
    std::fs::write(folder.path().join("late.txt"), late).unwrap();
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    let site = at_home(&library);
    let (mut path, mut seen, mut id) = ("/feeds/works".to_owned(), BTreeSet::new(), String::new());
    let mut pages = 0;
    loop {
        let page = feed(&site, &path).await;
        assert_eq!(path_of(page.link("self").unwrap()), path);
        assert_eq!(path_of(page.link("first").unwrap()), "/feeds/works");
        assert_eq!(total(&page), 66);
        if pages == 0 {
            page.text_of("id").clone_into(&mut id);
            assert_eq!(titles(&page)[0], "A Bare Page", "it came last on a day of many");
        }
        assert_eq!(page.text_of("id"), id, "all pages are one feed");
        for entry in page.all("entry") {
            assert!(seen.insert(entry.text_of("id").to_owned()), "{path}");
        }
        pages += 1;
        let Some(next) = page.link("next") else { break };
        path = path_of(next);
    }
    assert_eq!((seen.len(), pages), (66, 3));
}

#[tokio::test]
async fn page_feed_and_api_agree_with_mutes_usual_filter_and_held_works() {
    let library = many(9).await;
    let home = at_home(&library);
    let public = strangers(&library);
    let held = number(&home, "Lamp 3").await;
    library.archive.hold(WorkId(held), "permission", "owner").await.unwrap();
    let questions = [
        "",
        "q=lamp",
        "q=creator%3Awren",
        "with.fandom=Treasure+Island",
        "q=fandom%3Aoz",
        "without.rating=General+Audiences",
        "words_from=3&sort=title",
        "show=all",
        "q=-lamp&show=all",
    ];
    let agree = async |home: &Router| {
        let mut totals = Vec::new();
        for question in questions {
            for site in [home, &public] {
                let page = said_on(site, &format!("/works?{question}")).await;
                let api = found(site, question).await["total"].as_u64().unwrap();
                let atom = feed(site, &format!("/feeds/works?{question}")).await;
                assert_eq!((page, page), (api, total(&atom)), "{question}");
                assert_eq!(page, atom.all("entry").count() as u64, "{question}");
                totals.push(page);
            }
        }
        totals
    };
    let before = agree(&home).await;
    assert_eq!(before[..2], [9, 8], "strangers do not see the held work");
    let wren = format!("sort=work&key={}&name=x&days=", number(&home, "Lamp 1").await);
    send(&home, "/mutes", &wren).await;
    send(&home, "/filters", "name=Some&query=-creator%3A%22Wren+4%22&usual=true").await;
    let after = agree(&home).await;
    assert_eq!(after[..2], [7, 8], "the owner's mutes are nobody else's");
    let whole = questions.iter().position(|own| *own == "show=all").unwrap() * 2;
    assert_eq!(after[whole], 9);
    let creator = link_to(&read(&home, "/works").await.1, "Wren 0");
    let (_, page) = read(&home, &creator).await;
    let own = feed(
        &home,
        &crate::urls::creator_feed(creator.split('/').nth(2).unwrap().parse().unwrap()),
    )
    .await;
    assert_eq!(titles(&own).len(), page.matches("class=\"card ").count());
}

#[tokio::test]
async fn pages_name_their_feeds_in_the_head_and_in_sight() {
    let library = small().await;
    let site = at_home(&library);
    send(&site, "/filters", "name=Har%2Fbours+%26+more&query=harbour").await;
    let (_, work) = read(&site, &link_to(&read(&site, "/works").await.1, "The Calm Harbour")).await;
    let creator = link_to(&work, "Wren");
    let paths = [
        "/",
        "/works",
        "/works?with.rating=Mature&sort=title",
        "/search?q=harbour+sort%3Awords",
        "/tags/fandom/Treasure%20Island",
        "/tags/fandom/Treasure%20Island/works?q=lantern",
        &creator,
    ];
    for path in paths {
        let (_, page) = read(&site, path).await;
        let head = page.split("</head>").next().unwrap();
        let link =
            head.split("type=\"application/atom+xml\"").nth(1).unwrap_or_else(|| panic!("{path}"));
        let href = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(
            page.contains(&format!("<a href=\"{href}\" type=\"application/atom+xml\">Feed")),
            "{path}"
        );
        let own = feed(&site, &href.replace("&#38;", "&").replace("&amp;", "&")).await;
        assert!(!own.link("self").unwrap().contains("sort="), "{path}: the newest first");
        if path.contains('?') || path.ends_with("works") {
            assert_eq!(total(&own), said_on(&site, path).await, "{path}");
        }
    }
    let (_, filters) = read(&site, "/filters").await;
    let href = filters.split("href=\"/feeds/filters/").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/feeds/filters/{href}");
    let first = feed(&site, &path).await;
    assert_eq!(total(&first), 2);
    send(&site, "/filters", "name=Har%2Fbours+%26+more&query=heron").await;
    let changed = feed(&site, &path).await;
    assert_eq!((total(&changed), changed.text_of("id")), (1, first.text_of("id")));
    assert_eq!(read(&site, "/feeds/filters/none").await.0, StatusCode::NOT_FOUND);
    assert_eq!(read(&strangers(&library), &path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_read_or_is_not_there_is_no_feed() {
    let library = small().await;
    let site = at_home(&library);
    for (path, status) in [
        ("/feeds/works?q=words%3Amany", StatusCode::BAD_REQUEST),
        ("/feeds/works?after=nowhere", StatusCode::BAD_REQUEST),
        ("/feeds/creators/99", StatusCode::NOT_FOUND),
        ("/feeds/series/99", StatusCode::NOT_FOUND),
        ("/feeds/nothing", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(read(&site, path).await.0, status, "{path}");
    }
    let none = feed(&at_home(&empty().await), "/feeds/works").await;
    assert_eq!((total(&none), titles(&none).len()), (0, 0));
    assert!(none.all("author").count() == 1, "a feed without entries has its own author");
}

#[tokio::test]
async fn a_reader_that_has_a_feed_is_not_sent_it_again_until_something_changes() {
    let library = small().await;
    let site = at_home(&library);
    let answer = ask(&site, get("/feeds/works").body(Body::empty()).unwrap()).await;
    assert_eq!(header(&answer, "content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(header(&answer, "last-modified"), "Thu, 09 Oct 2025 08:53:20 GMT");
    let tag = header(&answer, "etag").to_owned();
    let again = || get("/feeds/works").header("if-none-match", &tag).body(Body::empty()).unwrap();
    assert_eq!(ask(&site, again()).await.status(), StatusCode::NOT_MODIFIED);
    library
        .archive
        .hold(WorkId(number(&site, "A Bare Page").await), "takedown", "owner")
        .await
        .unwrap();
    let public = strangers(&library);
    let seen = feed(&public, "/feeds/works").await;
    assert_eq!(titles(&seen).len(), 2);
    assert_eq!(ask(&public, again()).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_series_is_a_feed_without_what_is_muted() {
    let library = empty().await;
    let folder = tempfile::tempdir().unwrap();
    for part in 1..=3 {
        let text = format!(
            "Title: Tide {part}\nAuthor: Heron\nSeries: The Long Tide, part {part}\nRating: General Audiences\n\n{}",
            format!("The tide came in for the {part}. time and went out again at night. ")
                .repeat(12)
        );
        std::fs::write(folder.path().join(format!("{part}.txt")), text).unwrap();
    }
    let roots = [folder.path().to_path_buf()];
    library.archive.import(&roots, &ImportOptions::default(), Arc::new(())).await.unwrap();
    let site = at_home(&library);
    let whole = feed(&site, "/feeds/series/1").await;
    assert_eq!(whole.text_of("title"), "The Long Tide – Fanfold");
    assert_eq!(total(&whole), 3);
    let (_, page) = read(&site, "/series/1").await;
    assert!(page.contains("href=\"/feeds/series/1\""), "{page}");
    let muted = number(&site, "Tide 2").await;
    send(&site, "/mutes", &format!("sort=work&key={muted}&name=x&days=")).await;
    assert_eq!(total(&feed(&site, "/feeds/series/1").await), 2);
    assert_eq!(total(&feed(&site, "/feeds/series/1?show=all").await), 3);
}

#[test]
fn whatever_a_title_holds_the_feed_is_well_formed_and_says_it() {
    const HOSTILE: [&str; 6] = [
        "]]> & <b>bold</b> \"quoted\" 'so'",
        "\u{1}\u{8}bell\u{7f}\u{85}",
        "\u{202e}backwards\u{202c} \u{2066}isolated",
        "🏴\u{200d}☠️ \u{1f4a9} \u{fffe}\u{ffff}end",
        "&#0; &nbsp; &amp;amp; <!-- --> <![CDATA[ x",
        "<?xml version=\"1.0\"?><!DOCTYPE x>",
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let library = runtime.block_on(small());
    let site = at_home(&library);
    let id = WorkId(runtime.block_on(number(&site, "The Calm Harbour")));
    let titled = |title: &str| {
        runtime.block_on(async {
            let field = fanfold_model::EditField::Title;
            let done = library.archive.edit(id, field, title, "owner").await;
            if done.is_err() {
                return None;
            }
            let own = feed(&site, &format!("/feeds/works?q=id%3A{}", id.0)).await;
            assert_eq!(total(&own), 1);
            Some(titles(&own)[0].to_owned())
        })
    };
    let kept = |title: &str| -> String {
        let fits = |c: &char| {
            !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') && !c.is_whitespace()
        };
        title.chars().filter(fits).collect()
    };
    for title in HOSTILE {
        let shown = titled(title).unwrap_or_else(|| panic!("{title:?} is a title"));
        assert_eq!(kept(&shown), kept(title));
    }
    assert_eq!(titled("\u{e}").as_deref(), Some("Untitled"), "nothing of it can be said");
    proptest!(ProptestConfig::with_cases(64), |(title in "(\\PC|[<>&\"'\\]!\\x00-\\x1f]){1,24}")| {
        if let Some(shown) = titled(&title) {
            prop_assert!(kept(&shown) == kept(&title) || kept(&title).is_empty(), "{:?} {:?}", title, shown);
        }
    });
}
