//! What leaves comes back the same.

use crate::program::{Library, repository};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn an_export_imported_into_an_empty_library_is_exported_byte_for_byte() {
    let first = Library::new();
    first.import(&repository("examples/attic"));
    let id = first.json(&["list", "--limit", "1"])[0]["id"].to_string();
    first.run(&["edit", &id, "title", "Another Title"]);
    first.run(&["edit", &id, "freeforms", "+Found In The Attic"]);
    let exported = first.export();
    let file = first.beside("export.jsonl");
    fs::write(&file, &exported).unwrap();
    let second = Library::new();
    second.import(&file);
    let again = second.export();
    for (before, after) in exported.lines().zip(again.lines()) {
        assert_eq!(before, after);
    }
    assert_eq!(exported.lines().count(), again.lines().count());
}

#[test]
fn an_export_with_originals_brings_works_items_and_bytes_into_an_empty_library() {
    let first = Library::new();
    first.import(&repository("examples/attic"));
    let out = first.beside("moved");
    let export = |library: &Library, out: &Path| {
        let out = out.to_str().unwrap();
        library.run(&["export", "--format", "jsonl", "--with-originals", "--out", out]);
        let records = fs::read_to_string(Path::new(out).join("library.jsonl")).unwrap();
        (records, files_under(&Path::new(out).join("originals")))
    };
    let (records, originals) = export(&first, &out);
    assert!(originals.len() > 80 && !records.contains("\"blob\":\"absent\""));
    let second = Library::new();
    let report = second.import(&out);
    assert_eq!(report["by_outcome"]["original"], originals.len(), "{report}");
    let (again, bytes) = export(&second, &second.beside("moved"));
    assert!(records == again, "the records differ");
    assert!(originals == bytes, "the originals differ");
    second.run(&["check", "--read-data"]);
    let report = second.import(&out);
    assert_eq!((&report["taken"], &report["merged"]), (&0.into(), &0.into()), "{report}");
}

#[test]
fn originals_are_refused_where_strangers_or_readers_would_get_them() {
    let library = Library::new();
    library.import(&repository("examples/attic"));
    let out = library.beside("out");
    let out = out.to_str().unwrap();
    let base = ["export", "--with-originals", "--out", out, "--format"];
    library.run_to(&[2], &[&base[..], &["jsonl", "--public"]].concat());
    library.run_to(&[2], &[&base[..], &["epub"]].concat());
}

/// Names and bytes of all files below a folder.
fn files_under(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_under(&path));
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn an_export_imported_where_it_came_from_changes_nothing() {
    let library = Library::new();
    library.import(&repository("examples/attic"));
    let exported = library.export();
    let file = library.beside("export.jsonl");
    fs::write(&file, &exported).unwrap();
    let report = library.import(&file);
    assert_eq!(report["taken"], 0, "{report}");
    assert_eq!(report["merged"], 0, "{report}");
    assert_eq!(library.export(), exported);
}

#[test]
fn a_public_export_leaves_held_works_at_home() {
    let library = Library::new();
    library.import(&repository("examples/attic"));
    let all = library.run(&["export", "--format", "jsonl"]);
    let public = library.run(&["export", "--format", "jsonl", "--public"]);
    assert!(all.contains("\"held\":\"permission\""));
    assert!(!public.contains("\"held\":\"permission\""));
    assert!(public.lines().all(|line| line.starts_with("{\"type\":\"work\"")));
}

#[test]
fn a_selection_of_books_is_written_one_file_a_work() {
    let library = Library::new();
    library.import(&repository("examples/attic"));
    let folder = library.beside("books");
    let out = folder.to_str().unwrap();
    library.run(&["export", "--format", "epub", "--out", out, "complete:true"]);
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!names.is_empty());
    assert!(names.iter().all(|path| path.extension().is_some_and(|extension| extension == "epub")));
}
