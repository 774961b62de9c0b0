//! Whole files of formats other than plain text: what their markup and their names say besides the text.

use fanfold_import::read;
use fanfold_model::{Extracted, FieldKind, ReadAs};
use fanfold_source::{Item, Limits};

const STORY: &str = "Holmes put down the violin and went to the window, because the lamp in the street had gone out again that night.";

fn one(name: &str, text: &str) -> Extracted {
    let mut reading = read(&Item::from_bytes(name, text.as_bytes().to_vec()), &Limits::default());
    assert_eq!(reading.extracted.len(), 1, "{name}");
    reading.extracted.remove(0)
}

fn values(extracted: &Extracted, kind: FieldKind) -> Vec<&str> {
    extracted.fields_of(kind).map(|field| field.value.as_str()).collect()
}

#[test]
fn the_larger_heading_is_the_title_and_the_marked_author_the_creator() {
    let page = format!(
        "<html><head><title>Lamps</title></head><body><h2>The Lamp</h2><div class=\"author\"><h3>Ada Pike</h3></div><p>{STORY}</p><p>“Watson,” he said, “bring your hat.”</p><p>{STORY}</p></body></html>"
    );
    let read = one("lamp.html", &page);
    assert_eq!(values(&read, FieldKind::Title).first(), Some(&"The Lamp"));
    assert_eq!(values(&read, FieldKind::Creator), ["Ada Pike"]);
}

#[test]
fn many_marked_authors_are_those_of_comments() {
    let page = format!(
        "<html><body><h1>The Lamp</h1><p>{STORY}</p><p>“Watson,” he said.</p><p>{STORY}</p><span class=\"author\">Tom</span><p>Nice!</p><span class=\"author\">Ada</span><p>More!</p></body></html>"
    );
    assert!(values(&one("lamp.html", &page), FieldKind::Creator).is_empty());
}

#[test]
fn a_window_title_that_an_archive_composed_comes_apart() {
    let page = format!(
        "<html><head><title>The Lamp Chapter 2: Oil, a sherlock holmes fanfic | FanFiction</title></head><body><p>{STORY}</p><p>“Watson,” he said, “bring your hat.”</p><p>{STORY}</p></body></html>"
    );
    let read = one("2.html", &page);
    assert_eq!(values(&read, FieldKind::Title), ["The Lamp"]);
    assert_eq!(values(&read, FieldKind::Fandom), ["sherlock holmes"]);
}

#[test]
fn front_matter_that_is_no_yaml_is_read_and_stays_out_of_the_text() {
    let text = format!(
        "---\ntitle: The Lamp\nchapter_no: 15\nchapter_title: Oil\nsummary: \"He said \"no\" and\n went.\"\nword_count: 812 # about\n---\n\n{STORY}\n\n“Watson,” he said.\n"
    );
    let read = one("lamp-15.md", &text);
    assert_eq!(values(&read, FieldKind::Title), ["The Lamp"]);
    assert_eq!(read.part.as_ref().map(|part| part.part), Some(15));
    assert_eq!(read.chapters[0].title.as_deref(), Some("Oil"));
    assert!(!read.chapters[0].html.contains("word_count"));
    assert!(read.findings.iter().any(|finding| finding.code == "markup-damaged"));
}

#[test]
fn a_story_about_programs_is_a_story_and_a_readme_is_not() {
    let told = "“It listens on the wrong port,” said Ada, and she laughed until the lamp shook. He turned to her and asked her what she had seen.";
    let story = format!(
        "# The Wing\n\n{told}\n\n```\nlisten 80\n```\n\n{told}\n\n```\nlisten 8080\n```\n\n{told}\n"
    );
    assert_eq!(one("wing.md", &story).read_as, ReadAs::Work);
    let readme = "# wing\n\nA small server.\n\n## Usage\n\n```\nwing --port 80\n```\n\n## Licence\n\nFree.\n";
    assert_eq!(one("README.md", readme).read_as, ReadAs::NotAWork);
}

#[test]
fn notes_beside_stories_are_known_by_name_unless_they_tell_one() {
    let note = "How to take part\n\nThe point of this shelf is to make it easier to find and mend old books. Everybody may join and bring books.\n";
    for name in ["CONTRIBUTING.rst", "Readme.txt", "LICENSE"] {
        assert_eq!(one(name, note).read_as, ReadAs::NotAWork, "{name}");
    }
    assert_eq!(one("lamp.txt", note).read_as, ReadAs::Work);
    let story =
        format!("The Lamp\n\nby Wren\n\n{STORY}\n\n\"It is the third this week,\" he said.\n\n")
            .repeat(1)
            + &format!("{STORY}\n\n").repeat(12);
    assert_eq!(one("README.txt", &story).read_as, ReadAs::Work);
}
