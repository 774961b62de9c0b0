//! The mailbox of a list: stories in parts, answers to them, a repost, the owner's rules, over two months.

use crate::program::Library;
use std::fs;
use std::path::PathBuf;

const HEADER: &str = "Title: The Walking Lamp\nAuthor: Wren Ash\nRating: G\n\n";

fn message(from: &str, subject: &str, date: &str, id: &str, body: &str) -> String {
    format!(
        "From {from} Tue Mar  4 10:11:12 1997\nFrom: {from}\nSubject: {subject}\nDate: {date}\n\
         Message-ID: <{id}@example.org>\n\n{body}\n\n"
    )
}

/// A stretch of story that no other has.
fn told(what: &str) -> String {
    format!(
        "\"This is the tale of {what},\" said Dorothy, and she looked down the road that the\n\
         lamp had taken. The Scarecrow said nothing at all, for he was counting {what}.\n\n\
         Then the Tin Woodman stopped and held up his axe. \"Listen,\" he said, \"there is\n\
         somebody walking behind us, and he is carrying {what}.\"\n"
    )
}

const WREN: &str = "Wren <wren@example.org>";
const FINCH: &str = "finch@example.org (Finch)";

fn list(library: &Library) -> PathBuf {
    let root = library.beside("list");
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("1997-03.mbox"), march().concat()).unwrap();
    fs::write(root.join("1997-04.mbox"), april().concat()).unwrap();
    root
}

fn march() -> [String; 5] {
    [
        message(
            WREN,
            "[oz] NEW: The Walking Lamp (1/3)",
            "Tue, 4 Mar 1997 10:00:00 -0500",
            "a1",
            &format!("{HEADER}{}", told("oil")),
        ),
        message(
            "Toto <toto@example.org>",
            "Re: [oz] NEW: The Walking Lamp (1/3)",
            "Tue, 4 Mar 1997 11:00:00 -0500",
            "r1",
            "Wren wrote:\n> \"This is the tale of oil,\" said Dorothy\n\nI loved this! Please post more soon.\n",
        ),
        message(
            "Wren Ash <wren@elsewhere.example.org>",
            "the walking_lamp [2/3]",
            "Wed, 5 Mar 1997 10:00:00 -0500",
            "a2",
            &told("wicks"),
        ),
        message(
            FINCH,
            "FIC: Brick Upon Brick, Part One",
            "Wed, 5 Mar 1997 12:00:00 -0500",
            "b1",
            &format!("Brick Upon Brick\nby A. Finch\n\n{}", told("bricks")),
        ),
        message(
            "Owner <owner@example.org>",
            "ADMIN: list rules",
            "Sat, 8 Mar 1997 13:00:00 -0500",
            "ad",
            "Please put NEW: in the subject of your stories and be kind to each other.\n",
        ),
    ]
}

fn april() -> [String; 4] {
    [
        message(
            WREN,
            "NEW: The Walking Lamp, part 3 of 3 (PG)",
            "Tue, 1 Apr 1997 10:00:00 -0500",
            "a3",
            &format!("{}\nThe End\n-- \nWren\nwren@example.org\n", told("glass")),
        ),
        message(
            WREN,
            "REPOST: The Walking Lamp (2/3)",
            "Wed, 2 Apr 1997 10:00:00 -0500",
            "a2b",
            &told("wicks"),
        ),
        message(
            FINCH,
            "FIC: Brick Upon Brick, Part Three",
            "Thu, 3 Apr 1997 12:00:00 -0500",
            "b3",
            &told("mortar"),
        ),
        message(
            "Ada <ada@example.org>",
            "Story: One Tea Leaf (PG)",
            "Fri, 4 Apr 1997 13:00:00 -0500",
            "c1",
            &format!("By Ada Quill\n\n{}", told("tea")),
        ),
    ]
}

#[test]
fn the_mailboxes_of_a_list_become_its_works_and_every_message_has_one_outcome() {
    let library = Library::new();
    let root = list(&library);
    let report = library.import(&root);
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((count("taken"), count("merged"), count("refused")), (3, 4, 2), "{report}");
    let works = library.json(&["list"]);
    assert_eq!(works.len(), 3);
    let exported = library.export();
    let records: Vec<serde_json::Value> =
        exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let work = |title: &str| records.iter().find(|own| own["title"] == title).unwrap();
    let lamp = work("The Walking Lamp");
    let numbers: Vec<&str> = lamp["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|own| own["number"].as_str())
        .collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert_eq!(
        (&lamp["creators"][0]["name"], &lamp["published"]),
        (&"Wren Ash".into(), &"1997-03-04".into())
    );
    assert_eq!(work("Brick Upon Brick")["missing_parts"], serde_json::json!([2]));
    assert_eq!(work("One Tea Leaf")["poster"], "Ada");
    assert!(!exported.contains("@elsewhere"), "addresses stay private");

    let again = library.import(&root);
    assert_eq!((&again["taken"], &again["unchanged"]), (&0.into(), &7.into()), "{again}");
    assert_eq!(library.export(), exported);
}
