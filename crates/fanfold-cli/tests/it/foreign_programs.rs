//! Formats that another program reads: kept without one, read with one, also when they were refused before.

use crate::program::{Library, repository};
use std::fs;

#[test]
fn a_word_document_waits_for_its_program_and_is_read_when_there_is_one() {
    let library = Library::new();
    let folder = library.beside("pile");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(repository("fixtures/doc/clean/two_chapters/input.doc"), folder.join("stand.doc"))
        .unwrap();
    assert_eq!(library.import(&folder)["refused"], 1);
    let told = library.run_to(&[0, 3], &["--json", "inspect", folder.to_str().unwrap()]);
    assert!(told.contains("[tools]") && told.contains("antiword"), "{told}");

    // A program as the owner would write one; the file's path is its last argument.
    let converted = repository("fixtures/doc/clean/two_chapters/converted.txt");
    let script = library.beside("reads-doc");
    fs::write(&script, format!("test -s \"$1\" && cat '{}'\n", converted.display())).unwrap();
    let settings = library.path().join("fanfold.toml");
    let mut text = fs::read_to_string(&settings).unwrap_or_default();
    text.push_str(&format!("\n[tools]\ndoc = \"sh {}\"\n", script.display()));
    fs::write(&settings, text).unwrap();
    assert_eq!(library.import(&folder)["taken"], 1);
    let work = library.json(&["show", "1"]).pop().unwrap();
    assert_eq!(work["title"], "The Umbrella Stand");
    assert_eq!(work["chapters"].as_array().unwrap().len(), 2);
    assert_eq!(work["sources"][0]["format"], "doc");
    assert_eq!(library.import(&folder)["unchanged"], 1);
    library.run(&["check", "--read-data"]);
}
