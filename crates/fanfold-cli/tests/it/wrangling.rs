//! Tags are wrangled by hand and from elsewhere: searches follow, creators' words stay, and every change has a way back.

use crate::program::{Library, pile};
use serde_json::Value;

const PAIR: &str = "Jim Hawkins/Ben Gunn";

fn total(library: &Library, query: &str) -> i64 {
    library.json(&["search", query])[0]["total"].as_i64().unwrap()
}

#[test]
fn a_merge_is_shown_before_it_is_made_and_searches_follow_it_there_and_back() {
    let library = Library::filled(3);
    library.run(&["edit", "1", "relationships", "Ben/Jim"]);
    library.run(&["tag", "canonical", "rel", PAIR]);
    assert_eq!(total(&library, "rel:\"Jim Hawkins/Ben Gunn\""), 2);
    let preview = library.run(&["tag", "merge", "rel", "ben/jim", PAIR, "--dry-run"]);
    assert!(preview.contains("1 work would be found"), "{preview}");
    assert!(preview.contains("2 → 3"), "{preview}");
    assert_eq!(total(&library, "rel:\"Jim Hawkins/Ben Gunn\""), 2);
    let merged = library.json(&["tag", "merge", "rel", "ben/jim", PAIR]).pop().unwrap();
    assert_eq!(merged["works"], 1, "that are found under another tag now");
    assert_eq!(total(&library, "rel:\"Jim Hawkins/Ben Gunn\""), 3);
    assert_eq!(total(&library, "rel:\"ben/jim\""), 3);
    assert_eq!(library.json(&["show", "1"])[0]["relationships"][0], "Ben/Jim");
    let shown = library.json(&["tag", "show", "relationship", "ben/jim"]).pop().unwrap();
    assert_eq!((shown["synonym_of"].as_str(), shown["works"].as_i64()), (Some(PAIR), Some(1)));
    assert_eq!(shown["history"][0]["action"], "merge");
    assert_eq!(shown["history"][0]["actor"], "owner");
    library.run(&["tag", "undo"]);
    assert_eq!(total(&library, "rel:\"Jim Hawkins/Ben Gunn\""), 2);
    library.run(&["tag", "merge", "rel", "ben/jim", PAIR]);
    library.run(&["tag", "split", "rel", "ben/jim"]);
    assert_eq!(total(&library, "rel:\"Jim Hawkins/Ben Gunn\""), 2);
    library.run(&["check"]);
}

#[test]
fn a_metatag_finds_what_stands_below_it() {
    let library = Library::filled(3);
    library.run(&["tag", "canonical", "fandom", "treasure island"]);
    library.run(&["tag", "canonical", "fandom", "Stevenson"]);
    library.run(&["tag", "metatag", "fandom", "Treasure Island", "stevenson"]);
    assert_eq!(total(&library, "fandom:stevenson"), 3);
    library.run(&["tag", "metatag", "fandom", "Treasure Island", "stevenson", "--off"]);
    assert_eq!(total(&library, "fandom:stevenson"), 0);
    library.run(&["tag", "parent", "rel", PAIR, "Treasure Island"]);
    let bin = library.json(&["tag", "list", "--fandom", "treasure island", "--kind", "rel"]);
    assert_eq!(bin[0]["name"], PAIR);
}

#[test]
fn a_name_that_is_not_there_or_not_the_only_one_is_answered_with_what_is() {
    let library = Library::filled(3);
    let failed = |arguments: &[&str], codes: &[i32]| {
        let output = library.command(arguments).output().unwrap();
        assert!(codes.contains(&output.status.code().unwrap()));
        String::from_utf8(output.stderr).unwrap()
    };
    let said = failed(&["tag", "show", "rel", "Jim Hawkins/Nobody"], &[1]);
    assert!(said.contains("near it: “Jim Hawkins/Ben Gunn”"), "{said}");
    let said = failed(&["tag", "show", "genre", "x"], &[2]);
    assert!(said.contains("use one of: rating"), "{said}");
    library.run(&["edit", "2", "freeforms", "Treasure Island"]);
    let said = failed(&["tag", "show", "any", "treasure island"], &[1]);
    assert!(said.contains("fandom (3 works)") && said.contains("freeform (1 work)"), "{said}");
    let said = failed(&["tag", "merge", "rel", PAIR, PAIR], &[1]);
    assert!(said.contains("into itself"), "{said}");
    let said = failed(&["tag", "undo"], &[1]);
    assert!(said.contains("no change of a tag"), "{said}");
}

#[test]
fn what_a_tag_means_is_suggested_with_why() {
    let library = Library::filled(3);
    library.run(&["edit", "1", "relationships", "ben gunn x jim hawkins"]);
    library.run(&["tag", "canonical", "rel", PAIR]);
    let found = library.json(&["tag", "suggest", "rel", "Ben Gunn x Jim Hawkins"]);
    assert_eq!((found[0]["name"].as_str(), found[0]["sure"].as_bool()), (Some(PAIR), Some(true)));
    assert!(!found[0]["why"].as_str().unwrap().is_empty());
    let unwrangled = library.json(&["tag", "list", "--unwrangled", "--kind", "relationship"]);
    assert_eq!(unwrangled.len(), 1);
    library.run(&["tag", "unwrangleable", "rel", "ben gunn x jim hawkins"]);
    assert_eq!(library.json(&["tag", "list", "--unwrangled", "--kind", "rel"]).len(), 0);
}

/// A dump as AO3 wrote it: a chain, a ring, a redacted name on the way, quotes, a line break.
const TAGS: &str = "id,type,name,canonical,cached_count,merger_id\n\
    1,Media,Books,true,9,\n\
    20,Fandom,Treasure Island,true,900,\n\
    21,Fandom,\"Stevenson, R. L. - Treasure \"\"Island\"\"\",false,3,20\n\
    30,Relationship,Jim Hawkins/Ben Gunn,true,70,\n\
    31,Relationship,Redacted,false,2,30\n\
    32,Relationship,\"Ben\nJim\",false,2,31\n\
    33,Relationship,Round,false,2,34\n\
    34,Relationship,And Round,false,2,33\n\
    40,Freeform,Nobody Knows,false,1,\n\
    41,Freeform,Lost,false,1,9999\n\
    50,Rating,Mature,true,100,\n";

const WORKS: &str = "creation date,language,restricted,complete,word_count,tags,\n\
    2021-02-26,en,false,true,388.0,50+20+30+31,\n\
    2021-02-26,en,false,true,1000,21+32,\n\
    2021-02-25,de,true,false,,40+9999+,\n";

fn dump(library: &Library) -> Vec<String> {
    let write = |name: &str, text: &str| {
        let path = library.beside(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // Works first: the order does not matter.
    vec![write("works-20210226.csv", WORKS), write("tags-20210226.csv", TAGS)]
}

fn tags_of(library: &Library) -> Vec<Value> {
    let export = library.export();
    let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|record| record["type"] == "tag").collect()
}

#[test]
fn the_dump_of_another_archive_is_loaded_and_loading_it_again_changes_nothing() {
    let library = Library::new();
    let files = dump(&library);
    let load = |library: &Library| {
        let mut arguments = vec!["tag", "load"];
        arguments.extend(files.iter().map(String::as_str));
        library.json(&arguments).pop().unwrap()
    };
    let first = load(&library);
    for (what, count) in [
        ("tags", 11),
        ("redacted", 1),
        ("unwrangled", 1),
        ("passed_over", 2),
        ("unresolved", 3),
        ("works", 3),
        ("new", 4),
        ("known", 0),
        ("kept", 0),
    ] {
        assert_eq!(first[what], count, "{what}: {first}");
    }
    let pair = library.json(&["tag", "show", "rel", PAIR]).pop().unwrap();
    assert_eq!(pair["synonyms"][0]["name"], "Ben Jim");
    assert_eq!((pair["elsewhere"].as_i64(), pair["works"].as_i64()), (Some(2), Some(0)));
    let before = tags_of(&library);
    let again = load(&library);
    assert_eq!((again["new"].as_i64(), again["known"].as_i64()), (Some(0), Some(4)));
    assert_eq!(tags_of(&library), before);
    assert_eq!(library.json(&["list"]).len(), 0, "works of a dump make no works");
    // Works that come later are found by what was loaded.
    pile(&library.beside("pile"), 3);
    library.import(&library.beside("pile"));
    library.run(&["edit", "1", "relationships", "Ben Jim"]);
    assert_eq!(total(&library, &format!("rel:\"{PAIR}\"")), 3);
    library.run(&["check"]);
}

#[test]
fn wrangling_goes_from_library_to_library_as_json_lines() {
    let from = Library::filled(3);
    from.run(&["tag", "canonical", "rel", PAIR]);
    from.run(&["tag", "canonical", "fandom", "Treasure Island"]);
    from.run(&["tag", "parent", "rel", PAIR, "Treasure Island"]);
    from.run(&["tag", "canonical", "freeform", "Sea"]);
    from.run(&["tag", "canonical", "freeform", "Water"]);
    from.run(&["tag", "metatag", "freeform", "Sea", "Water"]);
    let lines = from.beside("library.jsonl");
    std::fs::write(&lines, from.export()).unwrap();
    let into = Library::new();
    let load = || into.json(&["tag", "load", lines.to_str().unwrap()]).pop().unwrap();
    assert!(load()["new"].as_i64().unwrap() >= 6);
    assert_eq!(load()["new"], 0);
    let sea = into.json(&["tag", "show", "freeform", "sea"]).pop().unwrap();
    assert_eq!(sea["metatags"][0]["name"], "Water");
    let wrong = into.beside("letter.txt");
    std::fs::write(&wrong, "Dear reader\n").unwrap();
    into.run_to(&[1], &["tag", "load", wrong.to_str().unwrap()]);
}
