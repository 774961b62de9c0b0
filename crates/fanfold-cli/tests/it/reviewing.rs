//! `fanfold review`: one answer serves all works that ask the same, becomes a rule of their source, and can be taken back.

use crate::program::{Library, story};
use serde_json::Value;
use std::fs;

/// A story with these header lines above its text.
fn with_header(number: u64, header: &str) -> String {
    let told = story(number);
    let (own, body) = told.split_once("\n\n").unwrap();
    let title = own.lines().find(|line| line.starts_with("Title:")).unwrap();
    let creator = own.lines().find(|line| line.starts_with("Author:")).unwrap();
    format!("{title}\n{creator}\n{header}\n\n{body}")
}

fn pile(library: &Library, name: &str, stories: &[(u64, &str)]) {
    let folder = library.beside(name);
    fs::create_dir_all(&folder).unwrap();
    for (number, header) in stories {
        fs::write(folder.join(format!("{number}.txt")), with_header(*number, header)).unwrap();
    }
    library.import(&folder);
}

fn waiting(library: &Library, kind: &str) -> Vec<Value> {
    let text = library.run_to(&[0, 3], &["--json", "review", "list", "--kind", kind]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn id(question: &Value) -> String {
    question["id"].as_str().unwrap().to_owned()
}

fn work(library: &Library, number: &str) -> Value {
    library.json(&["show", number]).pop().unwrap()
}

#[test]
fn what_a_label_means_is_asked_once_for_all_works_of_a_pile_and_kept_for_those_to_come() {
    let library = Library::new();
    let category = "Category: Sherlock Holmes\nRating: PG";
    pile(&library, "pile", &[(1, category), (2, category), (3, "Category: Angst\nRating: PG")]);
    let asked = waiting(&library, "label");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0]["works"], serde_json::json!([1, 2]));
    assert_eq!((asked[0]["count"].as_u64(), asked[0]["origin"].as_str()), (Some(2), Some("pile")));
    assert!(asked[0]["evidence"][0]["says"].as_str().unwrap().contains("Sherlock Holmes"));
    let choices = asked[0]["choices"].as_array().unwrap();
    assert!(choices.iter().any(|own| own["choice"] == "fandom"), "{choices:?}");

    let done = library.json(&["review", "accept", &id(&asked[0]), "fandom"]);
    assert_eq!((done[0]["changed"].as_u64(), &done[0]["choice"]), (Some(2), &"fandom".into()));
    assert_eq!(work(&library, "1")["fandoms"][0], "Sherlock Holmes");
    assert_eq!(work(&library, "1")["versions"].as_array().unwrap().len(), 1);
    assert_eq!(waiting(&library, "label"), [Value::Null; 0]);

    // A later import of the same pile obeys; another pile is another source.
    pile(&library, "pile", &[(4, category)]);
    assert_eq!(work(&library, "4")["fandoms"][0], "Sherlock Holmes");
    pile(&library, "other", &[(5, category)]);
    assert_eq!(waiting(&library, "label").len(), 1);

    let answers = library.json(&["review", "answers"]);
    assert_eq!((answers.len(), &answers[0]["rule"]), (1, &Value::Bool(true)));
    library.run(&["review", "undo", answers[0]["id"].as_str().unwrap()]);
    assert_eq!(work(&library, "1")["fandoms"], serde_json::json!([]));
    assert_eq!(waiting(&library, "label").len(), 2);
}

#[test]
fn a_rating_that_a_person_settled_is_lower_and_stays_so_when_read_again() {
    let library = Library::new();
    pile(&library, "pile", &[(1, "Rating: PG-13 or R"), (2, "Rating: pg-13 or r")]);
    let asked = waiting(&library, "rating");
    assert_eq!((asked.len(), asked[0]["count"].as_u64()), (1, Some(2)), "{asked:?}");
    library.run(&["review", "accept", &id(&asked[0]), "Teen And Up Audiences"]);
    library.run(&["reprocess"]);
    assert_eq!(work(&library, "2")["rating"], "Teen And Up Audiences");
    assert_eq!(waiting(&library, "rating"), [Value::Null; 0]);
    let wrong = library.command(&["review", "accept", "00000000"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("review list"));
}

#[test]
fn the_order_of_day_and_month_is_one_question_a_source() {
    let library = Library::new();
    pile(&library, "pile", &[(1, "Date: 03/05/2002"), (2, "Date: 07/06/2003")]);
    let asked = waiting(&library, "dates");
    assert_eq!((asked.len(), asked[0]["count"].as_u64()), (1, Some(2)), "{asked:?}");
    library.run(&["review", "accept", &id(&asked[0])]);
    assert_eq!(work(&library, "2")["published"], "2003-06-07");
}

#[test]
fn held_works_are_let_go_or_kept_with_one_answer() {
    let library = Library::new();
    pile(
        &library,
        "pile",
        &[(1, "Archive: please do not archive"), (2, "Archive: do not archive")],
    );
    let asked = waiting(&library, "held");
    assert_eq!((asked.len(), asked[0]["count"].as_u64()), (1, Some(2)), "{asked:?}");
    library.run(&["review", "reject", &id(&asked[0])]);
    assert_eq!(waiting(&library, "held"), [Value::Null; 0]);
    assert_eq!(work(&library, "1")["held"], "permission");
    pile(&library, "pile", &[(3, "Archive: do not archive")]);
    let again = waiting(&library, "held");
    assert_eq!(again[0]["works"], serde_json::json!([3]));
    library.run(&["review", "accept", &id(&again[0]), "release"]);
    assert_eq!(work(&library, "3")["held"], Value::Null);
}

#[test]
fn two_works_that_share_their_text_become_one_and_the_old_address_still_leads_there() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    let told = story(1);
    fs::write(folder.join("a.txt"), &told).unwrap();
    let longer = format!("{}\n\nAnd that, said the keeper, was not the end of it at all.", told);
    fs::write(folder.join("b.txt"), longer.replace("Title: ", "Title: Again, ")).unwrap();
    library.import(&folder);
    let asked = waiting(&library, "pair");
    assert_eq!(asked.len(), 1, "{asked:?}");
    library.run(&["review", "merge", &id(&asked[0])]);
    let kept = work(&library, "1");
    assert_eq!(kept["versions"].as_array().unwrap().len(), 2, "{kept}");
    assert!(kept["chapters"][0]["html"].as_str().unwrap().contains("not the end of it"));
    assert_eq!(kept["sources"].as_array().unwrap().len(), 2);
    library.run_to(&[1], &["show", "2"]);
    assert_eq!(waiting(&library, "pair"), [Value::Null; 0]);
    assert_eq!(library.json(&["search", "keeper"])[0]["total"], 1);
    // The same files again change nothing.
    let report = library.import(&folder);
    assert_eq!((report["unchanged"].as_u64(), report["taken"].as_u64()), (Some(2), Some(0)));
    library.run_to(&[0], &["check", "--read-data"]);
}

#[test]
fn pairs_that_were_set_apart_are_not_asked_again() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.txt"), story(1)).unwrap();
    let other = story(1).replace("Title: ", "Title: Again, ").replace("lamp", "lantern");
    fs::write(folder.join("b.txt"), other).unwrap();
    library.import(&folder);
    let asked = waiting(&library, "pair");
    library.run(&["review", "reject", &id(&asked[0])]);
    assert_eq!(waiting(&library, "pair"), [Value::Null; 0]);
    assert_eq!(library.json(&["duplicates"]), [Value::Null; 0]);
}

#[test]
fn a_work_without_a_title_gets_one_in_own_words() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    let told = story(1);
    let (_, body) = told.split_once("\n\n").unwrap();
    fs::write(
        folder.join("0001.txt"),
        format!("Rating: PG\nAuthor: Wren Example\nFandom: Oz\n\n{body}"),
    )
    .unwrap();
    library.import(&folder);
    let asked = waiting(&library, "title");
    assert_eq!(asked.len(), 1, "{asked:?}");
    library.run(&["review", "edit", &id(&asked[0]), "The Lamp in the Attic"]);
    assert_eq!(work(&library, "1")["title"], "The Lamp in the Attic");
    assert_eq!(waiting(&library, "title"), [Value::Null; 0]);
}

#[test]
fn a_fandom_is_suggested_from_the_names_that_this_library_knows() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    let told = story(1);
    fs::write(folder.join("a.txt"), &told).unwrap();
    let (_, body) = told.split_once("\n\n").unwrap();
    let bare =
        format!("Title: A Cheese\nAuthor: Tern\n\n{}", story(2).split_once("\n\n").unwrap().1);
    fs::write(folder.join("b.txt"), bare.replace("Jim looked", "Jim Hawkins and Ben Gunn looked"))
        .unwrap();
    assert!(body.contains("Jim"));
    library.import(&folder);
    let asked = waiting(&library, "suggestion");
    let fandom = asked.iter().find(|own| own["subject"] == "fandoms=Treasure Island");
    let fandom = fandom.unwrap_or_else(|| panic!("{asked:?}"));
    assert!(fandom["evidence"][0]["says"].as_str().unwrap().contains("Ben Gunn"));
    library.run(&["review", "accept", &id(fandom)]);
    assert_eq!(work(&library, "2")["fandoms"], serde_json::json!(["Treasure Island"]));
    assert_eq!(work(&library, "2")["curated"], serde_json::json!(["fandoms"]));
}

#[test]
fn a_work_with_two_codes_is_told_what_both_stand_for() {
    let library = Library::new();
    let fandom = "Fandom: Sherwood Gate\nRating: PG\nPairing: ";
    let robin = format!("{fandom}Robin Locksley/Marian Fitzwalter");
    let tuck = format!("{fandom}Friar Tuckman/Alan Dalesman");
    let both = format!("{fandom}R/M, F/A");
    pile(&library, "pile", &[(1, &robin), (2, &tuck), (3, &both)]);
    let suggestions = work(&library, "3")["suggestions"].clone();
    let guessed = |name: &str| {
        let all = suggestions["relationships"].as_array().into_iter().flatten();
        all.filter(|one| one["value"] == name).count()
    };
    assert_eq!(guessed("Robin Locksley/Marian Fitzwalter"), 1, "{suggestions}");
    assert_eq!(guessed("Friar Tuckman/Alan Dalesman"), 1, "{suggestions}");
}
