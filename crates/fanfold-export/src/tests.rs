//! What every format promises; EPUBCheck itself runs in the page checks over the whole attic.

use super::*;
use fanfold_model::{Chapter, Credit, Rating, SeriesEntry, Status};
use std::io::Read;

fn sample() -> Work {
    Work {
        title: "The Lamp & the <Sea>".into(),
        creators: vec![Credit::author("Wren"), Credit::author("Heron")],
        fandoms: vec!["Treasure Island".into()],
        relationships: vec!["Jim Hawkins & Ben Gunn".into()],
        freeforms: vec!["Cheese, toasted mostly".into(), "Post-Canon".into()],
        rating: Some(Rating::Teen),
        summary: Some("<p>A lamp, a sea, a cheese.</p>".into()),
        notes: Some("<p>Thanks to <em>everyone</em>.</p>".into()),
        language: Some("en".into()),
        status: Status::Complete,
        series: vec![SeriesEntry { title: "Attic Tales".into(), part: Some(2), ..SeriesEntry::default() }],
        chapters: vec![
            Chapter {
                position: 1,
                number: Some("1".into()),
                title: Some("The Cellar".into()),
                html: "<p>It was <em>dark</em>.</p><hr><p>Then <strike>day</strike> light<br>came.</p>".into(),
                url: Some("https://attic.invalid/2/1".into()),
                ..Chapter::default()
            },
            Chapter { position: 2, html: "<p>The end.</p>".into(), ..Chapter::default() },
        ],
        words: 9,
        ..Work::default()
    }
}

fn member(book: &[u8], wanted: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let name = names.iter().find(|name| name.contains(wanted)).unwrap().clone();
    let mut text = String::new();
    zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_work_gives_the_same_bytes_in_every_format() {
    for format in Format::ALL {
        let (first, second) =
            (export(&sample(), format).unwrap(), export(&sample(), format).unwrap());
        assert_eq!(first, second, "{format:?}");
    }
}

#[test]
fn the_mimetype_stands_first_and_uncompressed() {
    let book = epub::write(&sample()).unwrap();
    assert_eq!(&book[30..38], b"mimetype");
    assert_eq!(&book[38..58], b"application/epub+zip");
}

#[test]
fn every_tag_is_its_own_subject_even_with_a_comma_in_it() {
    let package = member(&epub::write(&sample()).unwrap(), "package.opf");
    assert!(package.contains("<dc:subject>Cheese, toasted mostly</dc:subject>"));
    let fandom = package.find("<dc:subject>Treasure Island").unwrap();
    let freeform = package.find("<dc:subject>Post-Canon").unwrap();
    assert!(fandom < freeform);
}

#[test]
fn a_series_stands_in_epubs_form_and_in_calibres() {
    let package = member(&epub::write(&sample()).unwrap(), "package.opf");
    assert!(package.contains("belongs-to-collection\" id=\"series1\">Attic Tales"));
    assert!(package.contains("<meta name=\"calibre:series_index\" content=\"2\"/>"));
}

#[test]
fn every_page_of_a_book_is_well_formed() {
    let book = epub::write(&sample()).unwrap();
    for name in ["package.opf", "nav.xhtml", "toc.ncx", "title.xhtml", "chapter-1", "notes.xhtml"] {
        let text = member(&book, name);
        let mut reader = quick_xml::Reader::from_str(&text);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}

#[test]
fn a_chapter_of_a_million_letters_is_cut_between_paragraphs_and_loses_none() {
    let mut work = sample();
    work.chapters[0].html =
        (0..9000).map(|n| format!("<p>{n} {}</p>", "word ".repeat(20))).collect();
    let book = epub::write(&work).unwrap();
    let zip = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let pages: Vec<String> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .filter(|name| name.contains("chapter-1"))
        .collect();
    assert!(pages.len() > 2);
    let text: String = pages.iter().map(|name| member(&book, name)).collect();
    assert!((0..9000).all(|n| text.contains(&format!("<p>{n} "))));
}

#[test]
fn a_title_cannot_break_out_of_the_front_matter() {
    let mut work = sample();
    work.title = "Late\"\n---\nrating: Explicit".into();
    let text = markdown::write(&work);
    assert_eq!(text.lines().filter(|line| *line == "---").count(), 2);
    assert!(!text.lines().any(|line| line == "rating: Explicit"));
}

#[test]
fn text_begins_with_labels_that_importers_read() {
    let text = text::write(&sample());
    assert!(text.starts_with(
        "Title: The Lamp & the <Sea>\nAuthor: Wren and Heron\nRating: Teen And Up Audiences\n"
    ));
    assert!(text.contains("\nChapter 1: The Cellar\n"));
}
