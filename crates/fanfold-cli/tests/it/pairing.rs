//! Relationships: whoever is named first, they are one tag, and each work shows what its creator wrote.

use crate::program::Library;

fn total(library: &Library, query: &str) -> i64 {
    library.json(&["search", query])[0]["total"].as_i64().unwrap()
}

fn shown(library: &Library, name: &str) -> serde_json::Value {
    library.json(&["tag", "show", "rel", name]).pop().unwrap()
}

#[test]
fn a_relationship_is_found_listed_and_left_out_in_any_order() {
    let library = Library::filled(3);
    library.run(&["edit", "1", "relationships", "Ben Gunn / Jim Hawkins"]);
    library.run(&["edit", "2", "relationships", "Ben Gunn & Jim Hawkins"]);
    for pair in ["Jim Hawkins/Ben Gunn", "ben gunn/jim hawkins", "Ben Gunn / Jim Hawkins"] {
        assert_eq!(total(&library, &format!("rel:\"{pair}\"")), 2, "{pair}");
        assert_eq!(total(&library, &format!("-rel:\"{pair}\"")), 1, "{pair}");
        assert_eq!(shown(&library, pair)["works"], 2);
    }
    assert_eq!(total(&library, "rel:\"Jim Hawkins & Ben Gunn\""), 1);
    let written = library.json(&["show", "1"])[0]["relationships"][0].clone();
    assert_eq!(written, "Ben Gunn / Jim Hawkins");
    let listed = library.json(&["tag", "list", "--kind", "rel"]);
    assert_eq!(listed.len(), 2, "one with a slash and one without: {listed:?}");
    library.run(&["tag", "canonical", "rel", "Ben Gunn/Jim Hawkins"]);
    library.run(&["tag", "rename", "rel", "Jim Hawkins/Ben Gunn", "Ben Gunn/Jim Hawkins"]);
    assert_eq!(shown(&library, "jim hawkins/ben gunn")["name"], "Ben Gunn/Jim Hawkins");
    library.run(&["tag", "undo"]);
    assert_eq!(shown(&library, "jim hawkins/ben gunn")["name"], "Jim Hawkins/Ben Gunn");
    library.run(&["edit", "3", "relationships", "-Ben Gunn/Jim Hawkins"]);
    assert_eq!(total(&library, "rel:\"Jim Hawkins/Ben Gunn\""), 1);
    library.run(&["check"]);
}

const TWINS: &str = "id,type,name,canonical,cached_count,merger_id\n\
    30,Relationship,Jim Hawkins/Ben Gunn,true,70,\n\
    31,Relationship,Ben Gunn/Jim Hawkins,false,20,30\n\
    32,Relationship,Ben Gunn / Jim Hawkins,false,3,31\n\
    33,Relationship,Ben Gunn & Jim Hawkins,true,5,\n\
    34,Relationship,Silver/Pew,false,4,35\n\
    35,Relationship,Pew/Silver,true,6,\n";

#[test]
fn a_dump_with_both_orders_of_a_relationship_gives_one_tag_without_a_synonym() {
    let library = Library::new();
    let path = library.beside("tags-20210226.csv");
    std::fs::write(&path, TWINS).unwrap();
    for (new, known) in [(3, 0), (0, 3)] {
        let load = library.json(&["tag", "load", path.to_str().unwrap()]).pop().unwrap();
        let counts = ["tags", "twins", "new", "known", "kept", "unresolved"];
        let counts = counts.map(|what| load[what].as_i64().unwrap());
        assert_eq!(counts, [6, 3, new, known, 0, 0], "{load}");
        let pair = shown(&library, "ben gunn/jim hawkins");
        assert_eq!(
            (pair["name"].as_str(), pair["elsewhere"].as_i64()),
            (Some("Jim Hawkins/Ben Gunn"), Some(93))
        );
        assert!(pair["synonyms"].as_array().is_none_or(Vec::is_empty), "{pair}");
        let pair = shown(&library, "silver/pew");
        assert_eq!(
            (pair["name"].as_str(), pair["elsewhere"].as_i64()),
            (Some("Pew/Silver"), Some(10))
        );
    }
    assert_eq!(shown(&library, "Jim Hawkins & Ben Gunn")["elsewhere"], 5);
    library.run(&["check"]);
}
