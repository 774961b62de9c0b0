//! Names are completed on the command line, and a name that nothing carries is told with what was probably meant.

use crate::program::Library;

#[test]
fn names_are_completed_by_the_beginnings_of_their_words() {
    let library = Library::filled(3);
    let found = library.json(&["tag", "complete", "fandom", "isl"]);
    assert_eq!((&found[0]["name"], &found[0]["works"]), (&"Treasure Island".into(), &3.into()));
    let slip = library.json(&["tag", "complete", "any", "tresure", "--fandom", "Treasure Island"]);
    assert_eq!((&slip[0]["slipped"], &slip[0]["here"]), (&true.into(), &3.into()));
    assert!(library.run(&["tag", "complete", "fandom", "isl"]).contains("Treasure Island"));
    assert!(library.json(&["tag", "complete", "any", "zzzz"]).is_empty());
    library.run_to(&[2], &["tag", "complete", "colour", "red"]);
}

#[test]
fn a_search_tells_the_name_that_nothing_carries_and_the_query_that_was_meant() {
    let library = Library::filled(3);
    let answer = library.json(&["search", "fandom:\"Tresure Island\" words:>1"]).remove(0);
    assert_eq!(answer["total"], 0);
    let unknown = &answer["unknown"][0];
    assert_eq!((&unknown["kind"], &unknown["name"]), (&"fandom".into(), &"Tresure Island".into()));
    let meant = &unknown["did_you_mean"][0];
    assert_eq!((&meant["name"], &meant["works"]), (&"Treasure Island".into(), &3.into()));
    let query = meant["query"].as_str().unwrap();
    assert_eq!(library.json(&["search", query])[0]["total"], 3);
    let known = library.json(&["search", query]).remove(0);
    assert!(known.get("unknown").is_none(), "{known}");
    let output = library.command(&["search", "fandom:Tresure"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("did you mean Treasure Island (3 works)?"), "{said}");
}
