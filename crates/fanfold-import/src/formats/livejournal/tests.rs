//! Entries as stories: what the two formats share.

use super::*;

const TEXT: &str = "<div>\"Is it lit?\" asked Dorothy.</div><div>\"It was,\" said Toto, who had come late and wet.</div><div>\"Then light it again,\" she said, and went down the long stairs to the cellar for oil.</div>";

fn entry(subject: &str, html: &str) -> Entry {
    Entry { subject: subject.to_owned(), html: html.to_owned(), ..Entry::default() }
}

#[test]
fn the_poster_is_not_the_author_whom_the_story_names() {
    let html = format!(
        "<b>Title:</b> The Lamp<br><b>Author:</b> Ash Toto<br><b>Rating:</b> PG<br><lj-cut text=\"this way to the cellar\">{TEXT}</lj-cut>"
    );
    let read = read(&Entry { poster: Some("oz_archivist".to_owned()), ..entry("The Lamp", &html) });
    let of = |kind| read.fields_of(kind).map(|own| own.value.as_str()).collect::<Vec<_>>();
    assert_eq!(
        (of(FieldKind::Creator), of(FieldKind::Poster)),
        (vec!["Ash Toto"], vec!["oz_archivist"])
    );
    let cut = read.fields.iter().find(|own| own.label == "Cut").unwrap();
    assert_eq!(cut.value, "this way to the cellar");
    assert!(!read.chapters[0].html.contains("cellar\"</"), "{}", read.chapters[0].html);
}

#[test]
fn a_tag_that_names_its_kind_is_typed_where_the_story_says_nothing() {
    let html = format!("<b>Title:</b> The Lamp<br><b>Fandom:</b> Oz<br>{TEXT}");
    let tags = ["fandom: robin hood", "rating:pg", "fic", "to: do"].map(str::to_owned).to_vec();
    let read = read(&Entry { tags, ..entry("The Lamp", &html) });
    let of = |kind| read.fields_of(kind).map(|own| own.value.as_str()).collect::<Vec<_>>();
    assert_eq!(of(FieldKind::Fandom), ["Oz"]);
    assert_eq!(of(FieldKind::Rating), ["pg"]);
    let tags: Vec<&str> = read
        .fields
        .iter()
        .filter(|own| own.label == "Tags" && own.kind == FieldKind::Other)
        .map(|own| own.value.as_str())
        .collect();
    assert_eq!(tags, ["fandom: robin hood", "fic", "to: do"]);
}

#[test]
fn an_address_has_one_spelling() {
    for url in [
        "http://Wren.livejournal.com/12.html?style=mine#cutid1",
        "https://wren.livejournal.com/12.html",
    ] {
        assert_eq!(address(url).as_deref(), Some("https://wren.livejournal.com/12.html"), "{url}");
    }
    assert_eq!(address("http://wren.livejournal.com/"), None);
    assert_eq!(address("12.html"), None);
}

#[test]
fn chapters_behind_cuts_are_chapters() {
    let html = format!(
        "<b>Title:</b> The Lamp<br><b>Author:</b> Wren<lj-cut text=\"Chapter One\">{TEXT}</lj-cut><lj-cut text=\"Chapter Two\">{TEXT}</lj-cut>"
    );
    let read = read(&entry("Fic: The Lamp", &html));
    assert_eq!(read.chapters.len(), 2, "{:?}", read.chapters);
}

#[test]
fn what_is_said_before_the_cut_is_a_note_and_what_is_told_there_is_not() {
    let labels = "<b>Title:</b> The Lamp<br><b>Author:</b> Wren<br><br>";
    let story = format!("<lj-cut>{TEXT}</lj-cut>");
    let noted =
        read(&entry("Fic: The Lamp", &format!("{labels}For <lj user=toto>, who asked.{story}")));
    let notes: Vec<&str> =
        noted.fields_of(FieldKind::Notes).map(|own| own.value.as_str()).collect();
    assert_eq!(notes, ["<p>For toto, who asked.</p>"]);
    assert!(noted.chapters[0].html.starts_with("<p>\"Is it lit?\""), "{}", noted.chapters[0].html);
    let told = read(&entry(
        "Fic: The Lamp",
        &format!("{labels}\"I shall go,\" said Dorothy, and she took the lamp and went.{story}"),
    ));
    assert!(told.chapters[0].html.contains("I shall go"), "{}", told.chapters[0].html);
}
