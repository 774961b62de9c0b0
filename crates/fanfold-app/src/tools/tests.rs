//! Programs as an owner may choose them: honest, failing, endless, curious.

use super::Tools;
use fanfold_import::{ConvertError, Converter};
use std::path::Path;
use std::time::{Duration, Instant};

/// A program of a few lines, as the owner's choice would be.
fn program(folder: &Path, lines: &str) -> Tools {
    let path = folder.join("reads-doc");
    std::fs::write(&path, lines).unwrap();
    let doc = ["sh", path.to_str().unwrap(), "-w", "0"].map(str::to_owned).to_vec();
    Tools { doc, seconds: 20, output_bytes: 1_000 }
}

fn said(tools: &Tools) -> String {
    match tools.to_text("doc", b"bytes") {
        Err(ConvertError::Failed(what)) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_program_gets_the_file_behind_its_arguments_and_its_output_is_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let tools = program(folder.path(), "echo \"$1 $2\"; cat \"$3\"");
    assert_eq!(tools.to_text("doc", b"The Lamp").unwrap(), b"-w 0\nThe Lamp");
    assert_eq!(tools.to_text("xls", b"sums"), Err(ConvertError::NotSet));
}

#[test]
fn a_program_sees_nothing_of_this_process_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let tools = program(folder.path(), "touch left; pwd; env | grep -c CARGO");
    // `grep` counts none and fails; what was written is looked at through the failure's absence of output.
    assert!(said(&tools).contains("failed"), "{}", said(&tools));
    let tools = program(folder.path(), "touch left; pwd");
    let own = String::from_utf8(tools.to_text("doc", b"x").unwrap()).unwrap();
    assert!(!Path::new(own.trim()).exists(), "{own}");
}

#[test]
fn a_failure_is_told_with_what_the_program_said() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(&program(folder.path(), "echo 'it is no Word document.' >&2; exit 3"));
    assert!(told.contains("exit status: 3") && told.contains("it is no Word document."), "{told}");
    let told = said(&program(folder.path(), "exit 0"));
    assert!(told.contains("found no text"), "{told}");
}

#[test]
fn a_program_that_never_ends_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let tools = Tools { seconds: 1, ..program(folder.path(), "exec sleep 60") };
    let began = Instant::now();
    assert!(said(&tools).contains("took longer than 1 seconds"));
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_program_that_writes_without_end_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(&program(folder.path(), "while :; do echo 'The lamp went out again.'; done"));
    assert!(told.contains("wrote more than 1000 bytes"), "{told}");
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let tools = Tools { doc: vec!["/nowhere/reads-doc".to_owned()], ..Tools::default() };
    assert!(said(&tools).contains("could not be started"));
}

/// The program that the documentation names, on real documents. `scripts/prepare` installs it.
#[test]
fn antiword_gives_the_text_of_every_document_among_the_fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/doc");
    let doc = ["antiword", "-w", "0", "-m", "UTF-8.txt"].map(str::to_owned).to_vec();
    let tools = Tools { doc, ..Tools::default() };
    for case in ["clean/two_chapters", "legacy/no_labels", "not-a-work/recipe"] {
        let bytes = std::fs::read(folder.join(case).join("input.doc")).unwrap();
        let text = tools.to_text("doc", &bytes).unwrap();
        let expected = std::fs::read_to_string(folder.join(case).join("converted.txt")).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), expected, "{case}");
    }
    assert!(said(&tools).contains("not a Word Document"));
}
