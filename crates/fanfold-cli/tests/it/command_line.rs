//! The surface that scripts rely on: exit codes, errors with a hint, one JSON object a line.

use crate::program::{Library, expect_code, lines, pile, program, repository};
use std::io::Write;
use std::process::Stdio;

#[test]
fn a_missing_path_fails_with_its_name_and_a_hint() {
    let library = Library::new();
    let output = library.command(&["--json", "import", "/nowhere/at/all"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = lines(&String::from_utf8(output.stderr).unwrap()).pop().unwrap();
    assert_eq!(error["type"], "error");
    assert_eq!(error["path"], "/nowhere/at/all");
    assert!(error["hint"].as_str().is_some());
}

#[test]
fn a_library_that_is_not_there_is_not_made_by_looking_for_it() {
    let library = Library::new();
    library.run_to(&[1], &["status"]);
    assert!(!library.path().exists());
}

#[test]
fn an_unreadable_query_points_at_the_column() {
    let library = Library::new();
    pile(&library.beside("pile"), 1);
    library.import(&library.beside("pile"));
    let output = library.command(&["search", "lamp ("]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("column"), "{message}");
}

#[test]
fn a_query_may_begin_with_a_minus() {
    let library = Library::new();
    pile(&library.beside("pile"), 3);
    library.import(&library.beside("pile"));
    let answer = library.json(&["search", "-title:\"Room 1\"", "--limit", "5"]);
    assert_eq!(answer[0]["total"], 2);
    let answer = library.json(&["search", "--limit", "5", "-fandom:oz"]);
    assert_eq!(answer[0]["total"], 3);
}

#[test]
fn an_import_is_told_item_by_item_and_the_numbers_add_up() {
    let library = Library::new();
    pile(&library.beside("pile"), 25);
    let told = library.json(&["import", library.beside("pile").to_str().unwrap()]);
    let report = told.last().unwrap();
    let items = told.len() as u64 - 1;
    assert_eq!(report["type"], "report");
    assert_eq!(report["seen"], items);
    let sum: u64 = ["taken", "merged", "unchanged", "held", "refused"]
        .iter()
        .map(|outcome| report[outcome].as_u64().unwrap())
        .sum();
    assert_eq!(report["seen"], sum);
}

#[test]
fn the_same_pile_again_changes_nothing_and_says_so() {
    let library = Library::new();
    library.import(&repository("examples/attic"));
    let before = library.export();
    let attic = repository("examples/attic");
    let told = library.run_to(&[0, 3], &["import", attic.to_str().unwrap()]);
    assert!(told.contains("Nothing has changed"), "{told}");
    assert_eq!(library.export(), before);
}

#[test]
fn a_dry_run_reports_what_the_import_then_does_and_changes_nothing() {
    let library = Library::new();
    let attic = repository("examples/attic");
    let path = attic.to_str().unwrap();
    let dry = library.json(&["import", "--dry-run", path]).pop().unwrap();
    assert_eq!(library.json(&["list"]).len(), 0);
    let wet = library.import(&attic);
    for outcome in ["seen", "taken", "merged", "unchanged", "held", "refused", "needs_person"] {
        assert_eq!(dry[outcome], wet[outcome], "{outcome}");
    }
}

#[test]
fn inspect_shows_every_stage_without_a_library() {
    let file = repository("examples/attic");
    for stage in ["detect", "decode", "extract", "normalize"] {
        let output =
            program().args(["--json", "inspect", "--stage", stage]).arg(&file).output().unwrap();
        let printed = lines(&expect_code(&output, &[0], &["inspect", stage]));
        assert!(printed.len() > 50, "{stage}: {}", printed.len());
    }
}

#[test]
fn text_is_cleaned_and_counted_as_imports_do_it() {
    let text = |what: &str, input: &str| {
        let mut child = program()
            .args(["text", what])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    assert_eq!(text("words", "one two--three ... 日本").trim(), "5");
    assert!(!text("clean", "<p onclick=x>Hi<script>alert(1)</script></p>").contains("script"));
    assert_eq!(text("paragraphs", "One.\n\nTwo *three*.").matches("<p>").count(), 2);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let library = Library::new();
    pile(&library.beside("pile"), 60);
    library.import(&library.beside("pile"));
    let mut child = library
        .command(&["export", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn config_says_each_value_and_where_it_came_from() {
    let library = Library::new();
    let lines = library.json(&["config", "check"]);
    let zone = lines.iter().find(|line| line["key"] == "site.time_zone").unwrap();
    assert_eq!((zone["value"].as_str(), zone["origin"].as_str()), (Some("UTC"), Some("default")));
}

#[test]
fn completions_and_the_manual_page_name_every_command() {
    for arguments in [&["completions", "bash"][..], &["man"][..]] {
        let output = program().args(arguments).output().unwrap();
        let text = expect_code(&output, &[0], arguments);
        assert!(text.contains("reprocess"), "{arguments:?}");
    }
}

#[test]
fn serving_beyond_this_computer_needs_the_word_public() {
    let library = Library::new();
    let output = library.command(&["serve", "--listen", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--public"));
}
