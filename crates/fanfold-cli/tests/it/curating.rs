//! A curator's hand: edits survive, held things stay closed, removed things come back.

use crate::program::Library;

#[test]
fn an_edit_survives_the_same_import_and_can_be_taken_back() {
    let library = Library::filled(3);
    library.run(&["edit", "1", "title", "The Cellar Door"]);
    library.import(&library.beside("pile"));
    let work = library.json(&["show", "1"]).pop().unwrap();
    assert_eq!(work["title"], "The Cellar Door");
    assert_eq!(work["curated"][0], "title");
    library.run(&["edit", "1", "--undo"]);
    let work = library.json(&["show", "1"]).pop().unwrap();
    assert_ne!(work["title"], "The Cellar Door");
}

#[test]
fn an_edit_changes_what_a_search_finds() {
    let library = Library::filled(3);
    library.run(&["edit", "2", "fandoms", "+Oz"]);
    assert_eq!(library.json(&["search", "fandom:oz"])[0]["total"], 1);
}

#[test]
fn a_held_work_is_not_in_the_public_view() {
    let library = Library::filled(3);
    library.run(&["hold", "1", "--reason", "takedown"]);
    let public = library.run(&["export", "--format", "jsonl", "--public"]);
    assert_eq!(public.lines().count(), 2);
    library.run(&["release", "1", "--reason", "settled"]);
    let public = library.run(&["export", "--format", "jsonl", "--public"]);
    assert_eq!(public.lines().count(), 3);
}

#[test]
fn a_removed_work_comes_back_when_asked() {
    let library = Library::filled(3);
    library.run(&["remove", "1"]);
    library.run_to(&[1], &["show", "1"]);
    assert_eq!(library.json(&["search", "lamp"])[0]["total"], 2);
    library.run(&["remove", "1", "--undo"]);
    library.run(&["show", "1"]);
    assert_eq!(library.json(&["search", "lamp"])[0]["total"], 3);
}

#[test]
fn the_history_says_who_did_what() {
    let library = Library::filled(3);
    library.run(&["edit", "1", "rating", "Mature"]);
    let history = library.run(&["show", "1", "--history"]);
    assert!(history.contains("owner") && history.contains("Mature"), "{history}");
    library.run(&["hold", "1", "--reason", "takedown"]);
    library.run(&["release", "1", "--reason", "settled with the creator"]);
    let history = library.run(&["show", "1", "--history"]);
    assert!(history.contains("settled with the creator"), "{history}");
}
