//! Entries of several exports, closed ones, and what readers said.

use super::*;
use crate::read;
use fanfold_source::{Item, Limits};

const TEXT: &str = "\"Is it lit?\" asked Dorothy.\n\n\"It was,\" said Toto, who had come late and wet.\n\n\"Then light it again,\" she said, and went down the long stairs to the cellar for oil.\n\nHe waited on the sill until the street was dark.";

fn entry(inner: &str) -> Extracted {
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<event>\n<itemid>7</itemid>\n<eventtime>2003-05-17 21:04:00</eventtime>\n{inner}\n</event>\n"
    );
    read(&Item::from_bytes("L-7", xml.into_bytes()), &Limits::default()).extracted.remove(0)
}

fn values(read: &Extracted, kind: FieldKind) -> Vec<&str> {
    read.fields_of(kind).map(|own| own.value.as_str()).collect()
}

#[test]
fn a_subject_gives_title_part_and_rating_and_the_lists_stay_labels() {
    let read = entry(&format!(
        "<subject>FIC: The Lamp (2/5) [PG-13]</subject><event>{TEXT}</event><props><taglist>fic, fandom: oz</taglist><current_mood>lit</current_mood></props>"
    ));
    assert_eq!(read.read_as, ReadAs::Work, "{:?}", read.findings);
    assert_eq!(values(&read, FieldKind::Title), ["The Lamp"]);
    assert_eq!(values(&read, FieldKind::Rating), ["PG-13"]);
    assert_eq!(values(&read, FieldKind::Fandom), ["oz"]);
    assert_eq!(read.part.as_ref().map(|part| (part.part, part.of)), Some((2, Some(5))));
    let beside: Vec<(&str, &str)> = read
        .fields_of(FieldKind::Other)
        .map(|own| (own.label.as_str(), own.value.as_str()))
        .collect();
    assert!(
        beside.contains(&("Tags", "fic")) && beside.contains(&("Current Mood", "lit")),
        "{beside:?}"
    );
    assert_eq!(read.chapters[0].html.matches("<p>").count(), 4, "{}", read.chapters[0].html);
    assert_eq!(read.held, None);
}

#[test]
fn whatever_is_not_public_is_held() {
    for (security, held) in [
        ("<security>usemask</security><allowmask>1</allowmask>", "friends-only"),
        ("<security>private</security>", "private"),
        ("<security>usemask</security><allowmask>16</allowmask>", "custom-group"),
        ("<security>friends</security>", "friends-only"),
        ("<security>custom</security>", "custom-group"),
        ("<security>something new</security>", "custom-group"),
    ] {
        let read =
            entry(&format!("<subject>Fic: The Lamp</subject><event>{TEXT}</event>{security}"));
        assert_eq!(read.held.as_deref(), Some(held), "{security}");
    }
}

#[test]
fn diaries_lists_and_polls_are_no_works() {
    for inner in [
        "<subject>long day</subject><event>I am so tired. Went to work, came home, slept. My flist is busy tonight.</event>",
        "<subject>Fic recs</subject><event>Title: The Lamp\nAuthor: Wren\nIt is lovely, go and read it.\n\nTitle: The Stairs\nAuthor: Ash\nThis one is short and sweet.</event>",
        "<subject>A question</subject><event>What shall I write next?<lj-poll-12></event>",
        "<subject>empty</subject><event></event>",
    ] {
        let inner = inner.replace("<lj-poll-12>", "&lt;lj-poll-12&gt;");
        assert_eq!(entry(&inner).read_as, ReadAs::NotAWork, "{inner}");
    }
}

#[test]
fn comments_in_an_entry_are_no_part_of_its_text() {
    let read = entry(&format!(
        "<subject>Fic: The Lamp</subject><event>{TEXT}</event><comment><subject>x</subject><event>Lovely work!</event></comment>"
    ));
    assert!(!read.chapters[0].html.contains("Lovely"), "{}", read.chapters[0].html);
}

fn reviews(read: &Extracted) -> Vec<serde_json::Value> {
    let own = read.fields_of(FieldKind::Other).filter(|own| own.label == "Review");
    own.map(|own| serde_json::from_str(&own.value).unwrap()).collect()
}

#[test]
fn readers_comments_are_reviews_and_screened_ones_stay_where_they_are() {
    let read = entry(&format!(
        "<poster>wren</poster><subject>Fic: The Lamp</subject><event>{TEXT}</event><comments>\
         <comment id='5'><user>toto</user><date>2003-05-18</date><body>Lovely!\nMore, please.</body></comment>\
         <comment><id>6</id><parentid>5</parentid><user>wren</user><body>Thank you.</body></comment>\
         <comment><id>7</id><state>S</state><user>ash</user><body>between us</body></comment>\
         <comment><id>8</id><state>D</state><user>ash</user><body>taken back</body></comment></comments>"
    ));
    let all = reviews(&read);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!((&all[0]["by"], &all[0]["number"]), (&"toto".into(), &5.into()));
    assert!(all[0]["text"].as_str().unwrap().contains("More, please."));
    assert!(all[0]["reply"].as_str().unwrap().contains("Thank you."));
    assert!(!read.chapters[0].html.contains("Lovely"));
}

#[test]
fn the_file_of_comments_beside_an_entry_belongs_to_it() {
    let comments =
        "<comments><comment><id>1</id><user>toto</user><body>Lovely!</body></comment></comments>";
    let xml = format!(
        "<event>\n<itemid>7</itemid>\n<eventtime>2003-05-17 21:04:00</eventtime>\n<subject>Fic: The Lamp</subject><event>{TEXT}</event></event>"
    );
    let mut item = Item::from_bytes("wren/L-7", xml.into_bytes());
    let file = |name: &str, text: &str| {
        (name.to_owned(), Item::from_bytes(name, text.as_bytes().to_vec()))
    };
    let all =
        vec![file("wren/C-7", comments), file("wren/C-8", "<comments/>"), file("toto/C-7", "")];
    item.beside = Some(std::sync::Arc::new(fanfold_source::Beside::of(all)));
    let found = read(&item, &Limits::default()).extracted.remove(0);
    assert_eq!((reviews(&found).len(), found.companions.len()), (1, 1));
    assert_eq!(found.companions[0].path, "wren/C-7");
}

#[test]
fn a_root_is_found_behind_what_stands_before_it() {
    assert_eq!(root_of("<?xml version='1.0'?><!-- x --><event>"), Some("event"));
    assert_eq!(root_of("no tag"), None);
    assert_eq!(root_of("<?xml"), None);
}
