//! Check, backup, restore, undo: a library stays sound, and damage is found.

use crate::program::Library;
use std::fs;
use std::path::{Path, PathBuf};

/// Works of a pile of eight: one of them lies in two parts beside.
const WORKS: u64 = 9;

fn first_blob(folder: &Path) -> PathBuf {
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => waiting.push(entry.path()),
                false => return entry.path(),
            }
        }
    }
    panic!("no blob in {}", folder.display());
}

#[test]
fn a_flipped_bit_in_an_original_is_found_by_reading_the_data() {
    let library = Library::filled(8);
    let blob = first_blob(&library.path().join("blobs"));
    let mut bytes = fs::read(&blob).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&blob, bytes).unwrap();
    library.run_to(&[3], &["check", "--read-data"]);
}

#[test]
fn a_missing_original_is_found_without_reading_the_data() {
    let library = Library::filled(8);
    fs::remove_file(first_blob(&library.path().join("blobs"))).unwrap();
    let report = library.run_to(&[3], &["check"]);
    assert!(report.contains("its file is missing"), "{report}");
}

#[test]
fn a_library_restored_from_a_backup_is_the_same_library() {
    let library = Library::filled(8);
    library.run(&["edit", "2", "rating", "Mature"]);
    let copy = library.beside("backup");
    library.run(&["backup", copy.to_str().unwrap()]);
    let other = Library::new();
    other.run(&["restore", copy.to_str().unwrap()]);
    assert_eq!(other.export(), library.export());
    other.run(&["check", "--read-data"]);
    let found = other.json(&["search", "rating:mature"]);
    assert_eq!(found[0]["total"], 1);
}

#[test]
fn a_backup_never_overwrites_anything() {
    let library = Library::filled(8);
    let copy = library.beside("backup");
    fs::create_dir_all(&copy).unwrap();
    fs::write(copy.join("letter.txt"), "dear diary").unwrap();
    library.run_to(&[1], &["backup", copy.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(copy.join("letter.txt")).unwrap(), "dear diary");
}

#[test]
fn a_deleted_index_is_built_again_from_the_library() {
    let library = Library::filled(8);
    fs::remove_dir_all(library.path().join("index")).unwrap();
    let found = library.json(&["search", "lamp"]);
    assert_eq!(found[0]["total"], WORKS);
    library.run(&["reindex"]);
    library.run(&["check"]);
}

#[test]
fn a_damaged_index_is_built_again_from_the_library() {
    let library = Library::filled(8);
    let meta = library.path().join("index/meta.json");
    fs::write(&meta, "{ not json").unwrap();
    assert_eq!(library.json(&["search", "lamp"])[0]["total"], WORKS);
}

#[test]
fn undo_takes_an_import_back_and_keeps_what_was_edited_since() {
    let library = Library::filled(8);
    let second = library.beside("second");
    fs::create_dir_all(&second).unwrap();
    fs::write(second.join("one.txt"), crate::program::story(100)).unwrap();
    fs::write(second.join("two.txt"), crate::program::story(101)).unwrap();
    let before = library.json(&["search", "--limit", "0", "lamp"])[0]["total"].as_u64().unwrap();
    let report = library.import(&second);
    let hit = library.json(&["search", "title:\"Room 100\""])[0]["hits"][0]["id"].as_i64().unwrap();
    library.run(&["edit", &hit.to_string(), "title", "Kept"]);
    let import = report["import"].as_i64().unwrap().to_string();
    let undone = library.run_to(&[3], &["undo", &import]);
    assert!(undone.contains("stays"), "{undone}");
    let after = library.json(&["search", "--limit", "0", "lamp"])[0]["total"].as_u64().unwrap();
    assert_eq!(after, before + 1);
    library.run(&["check", "--read-data"]);
}

#[test]
fn an_import_taken_back_can_be_made_again() {
    let library = Library::filled(8);
    let before = library.export();
    library.run(&["undo", "1"]);
    assert_eq!(library.json(&["search", "lamp"])[0]["total"], 0);
    let report = library.import(&library.beside("pile"));
    assert!(report["taken"].as_u64().unwrap() >= 8, "{report}");
    let bare = |text: &str| text.lines().filter(|line| line.contains("\"type\":\"work\"")).count();
    assert_eq!(bare(&library.export()), bare(&before));
}

#[test]
fn an_erased_work_is_not_taken_again() {
    let library = Library::filled(8);
    library.run(&["remove", "1", "--erase", "--reason", "its author asked"]);
    library.run_to(&[1], &["show", "1"]);
    let report = library.import(&library.beside("pile"));
    assert_eq!(report["taken"], 0, "{report}");
    assert!(report["refused"].as_u64().unwrap() >= 1, "{report}");
    library.run(&["check", "--read-data"]);
}

#[test]
fn reprocessing_keeps_edits_and_uids() {
    let library = Library::filled(8);
    library.run(&["edit", "1", "title", "Mine"]);
    let before = library.export();
    library.run(&["reprocess"]);
    assert_eq!(library.export(), before);
}
