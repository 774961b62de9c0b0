//! Parts of one work that come in several imports, in any order.

use crate::program::Library;
use serde_json::Value;
use std::fs;

/// A message with a stretch of story that no other has.
fn message(from: &str, subject: &str, id: &str, more: &str) -> String {
    let day = id.bytes().map(u64::from).sum::<u64>() % 28 + 1;
    format!(
        "From: {from} <{from}@oz.example>\nSubject: {subject}\nDate: {day} Mar 1997 10:00:00 +0000\n\
         Message-ID: <{id}@oz.example>\n{more}\n\
         \"This is the tale of {id} {id},\" said Dorothy, and she looked down the road that the\n\
         lamp had taken. The Scarecrow said nothing at all, for he was counting {id}.\n\n\
         Then the Tin Woodman stopped and held up his axe. \"Listen,\" he said, \"there is\n\
         somebody walking behind us, and he is carrying {id}.\"\n"
    )
}

/// Imports each of these as a file of its own in an import of its own; gives the reports.
fn one_by_one(library: &Library, messages: &[String]) -> Vec<Value> {
    let import = |(at, text): (usize, &String)| {
        let folder = library.beside(&format!("import{at}"));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("message.txt");
        fs::write(&file, text).unwrap();
        library.import(&file)
    };
    messages.iter().enumerate().map(import).collect()
}

fn works(library: &Library) -> Vec<Value> {
    let mut works: Vec<Value> =
        library.export().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    works.retain(|own| own["type"] == "work");
    works
}

fn numbers(work: &Value) -> Vec<String> {
    let chapters = work["chapters"].as_array().unwrap();
    chapters.iter().map(|own| own["number"].as_str().unwrap_or("-").to_owned()).collect()
}

#[test]
fn parts_join_their_work_in_later_imports_whatever_the_order() {
    let parts = [
        message("wren", "NEW: The Walking Lamp (1/3)", "alpha", ""),
        message("wren", "the walking lamp, part two of three", "beta", ""),
        message("wren", "Re: Walking Lamp 3/3 (PG)", "gamma", ""),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let library = Library::new();
        let given: Vec<String> = order.iter().map(|at| parts[*at].clone()).collect();
        let reports = one_by_one(&library, &given);
        let works = works(&library);
        assert_eq!(works.len(), 1, "{order:?} {reports:?}");
        assert_eq!(numbers(&works[0]), ["1", "2", "3"], "{order:?}");
        assert_eq!(works[0]["sources"].as_array().unwrap().len(), 3);
        assert_eq!(works[0]["missing_parts"], serde_json::json!([]));
        assert_eq!(reports[2]["merged"], 1, "{}", reports[2]);
        library.run(&["reprocess"]);
        assert_eq!(numbers(&self::works(&library)[0]), ["1", "2", "3"]);
        library.run_to(&[0, 3], &["check", "--read-data"]);
    }
}

#[test]
fn a_revised_part_of_a_later_import_wins_and_the_older_text_stays_a_version() {
    let library = Library::new();
    one_by_one(
        &library,
        &[
            message("wren", "The Lamp 1/2", "alpha", ""),
            message("wren", "The Lamp 2/2", "beta", ""),
            message("wren", "REVISED: The Lamp 2/2", "delightful", ""),
        ],
    );
    let works = works(&library);
    assert_eq!(works.len(), 1);
    let html = works[0]["chapters"][1]["html"].as_str().unwrap();
    assert!(html.contains("delightful") && !html.contains("beta"), "{html}");
    assert!(!works[0]["versions"].as_array().unwrap().is_empty());
    let told =
        |code: &str| works[0]["findings"].as_array().unwrap().iter().any(|own| own["code"] == code);
    assert!(told("part-revised"), "{}", works[0]["findings"]);
}

#[test]
fn a_renamed_part_joins_later_by_references_sender_and_total_and_strangers_do_not() {
    let refers = "References: <alpha@oz.example>\n";
    let first = message("wren", "Untold Nights 1/2", "alpha", "");
    for (second, joins) in [
        (message("wren", "Baker Street Blues 2/2", "beta", refers), true),
        (message("wren", "Baker Street Blues 2/2", "beta", ""), false),
        (message("toto", "Baker Street Blues 2/2", "beta", refers), false),
        (message("toto", "Untold Nights 2/2", "beta", ""), false),
        (message("wren", "Untold Nights 1/2", "beta", refers), false),
    ] {
        for turned in [false, true] {
            let library = Library::new();
            let mut both = [first.clone(), second.clone()];
            if turned {
                both.reverse();
            }
            one_by_one(&library, &both);
            assert_eq!(works(&library).len(), if joins { 1 } else { 2 }, "{turned} {second}");
        }
    }
}

#[test]
fn a_misspelt_or_shortened_title_joins_later_with_its_sender_and_numbers() {
    for (first, second, joins) in [
        ("The Emerald Staircase 1/2", "The Emerald Stiarcase 2/2", true),
        ("Lamplighters (part 1)", "Lampligters (part 2)", true),
        ("The Long Road to Camelot 1/2", "Long Road 2/2", true),
        ("The Long Road to Camelot 1/2", "TLRTC 2/2", true),
        ("The Emerald Staircase 1/2", "The Emerald Stiarcase 2/3", false),
        ("The Last Lamp 1/2", "The Lost Lamp 2/2", false),
        ("The Long Road to Camelot, part 1", "Long Road, part 2", false),
    ] {
        for turned in [false, true] {
            let library = Library::new();
            let mut both =
                [message("wren", first, "alpha", ""), message("wren", second, "beta", "")];
            if turned {
                both.reverse();
            }
            one_by_one(&library, &both);
            let works = works(&library);
            assert_eq!(works.len(), if joins { 1 } else { 2 }, "{turned} {second}");
            let told =
                |code: &str| works.iter().any(|own| own["findings"].to_string().contains(code));
            assert_eq!(told("part-perhaps"), second == "Long Road, part 2", "{turned} {second}");
        }
    }
    let strangers = Library::new();
    let other = message("toto", "The Emerald Stiarcase 2/2", "beta", "");
    one_by_one(&strangers, &[message("wren", "The Emerald Staircase 1/2", "alpha", ""), other]);
    assert_eq!(works(&strangers).len(), 2, "another sender's part is another work's");
}

#[test]
fn a_dry_run_tells_that_a_part_would_join_and_changes_nothing() {
    let library = Library::new();
    one_by_one(&library, &[message("wren", "The Lamp 1/2", "alpha", "")]);
    let before = library.export();
    let file = library.beside("later.txt");
    fs::write(&file, message("wren", "The Lamp 2/2", "beta", "")).unwrap();
    let report = library.json(&["import", "--dry-run", file.to_str().unwrap()]).pop().unwrap();
    assert_eq!((&report["merged"], &report["taken"]), (&1.into(), &0.into()), "{report}");
    assert_eq!(library.export(), before);
}

#[test]
fn an_undone_import_takes_its_parts_off_again() {
    let library = Library::new();
    let reports = one_by_one(
        &library,
        &[
            message("wren", "The Lamp 1/2", "alpha", ""),
            message("wren", "The Lamp 2/2", "beta", ""),
        ],
    );
    assert_eq!(numbers(&works(&library)[0]), ["1", "2"]);
    library.run_to(&[0, 3], &["undo", &reports[1]["import"].to_string()]);
    let left = works(&library);
    assert_eq!((left.len(), numbers(&left[0]).len()), (1, 1));
}

/// Three stories of one poster, of which the later ones name the earlier.
fn sequels() -> [String; 3] {
    let named = |subject: &str, id: &str, says: &str| {
        let text = message("wren", subject, id, "");
        text.replacen(
            "\n\n",
            &format!("\n\nTitle: {subject}\nAuthor: Wren\nRating: PG\n{says}\n"),
            1,
        )
    };
    [
        named("The Amber Lamp", "amber", ""),
        named("The Copper Kettle", "copper", "Series: \nSequel to: The Amber Lamp\n"),
        named(
            "The Silver Whistle",
            "silver",
            "Notes: This is a sequel to \"The Copper Kettle\".\n",
        ),
    ]
}

#[test]
fn sequels_become_a_found_series_whatever_the_order_and_go_when_an_import_is_undone() {
    let stories = sequels();
    for order in [[0, 1, 2], [2, 1, 0]] {
        let library = Library::new();
        let given: Vec<String> = order.iter().map(|at| stories[*at].clone()).collect();
        let reports = one_by_one(&library, &given);
        let shown = |title: &str| {
            let work = works(&library).into_iter().find(|own| own["title"] == title).unwrap();
            library.json(&["show", &work["id"].to_string()]).remove(0)
        };
        let suggested = shown("The Copper Kettle")["suggestions"]["series"].clone();
        assert_eq!(suggested[0]["value"], "The Amber Lamp and what follows", "{order:?}");
        let why = suggested[0]["why"].as_str().unwrap();
        assert!(why.starts_with("part 2;") && why.contains("Silver Whistle"), "{why}");
        assert_eq!(shown("The Copper Kettle")["series"], serde_json::json!([]));
        let undone = reports[0]["import"].to_string();
        library.run(&["undo", &undone]);
        let left = if order[0] == 0 { "The Copper Kettle" } else { "The Amber Lamp" };
        let rest = shown(left)["suggestions"]["series"].clone();
        let why = rest[0]["why"].as_str().unwrap();
        assert!(why.starts_with("part 1;"), "two are left: {why}");
    }
}
