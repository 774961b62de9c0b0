//! The shape of files: not too long, opened by a comment that says what they are for, functions that fit a screen,
//! and no promise to come back without a number.

use crate::functions::functions;
use crate::lexer::take_apart;
use crate::repository::Repository;

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 60;
const HAND_WRITTEN: [&str; 6] = [".rs", ".mjs", ".js", ".css", ".html", ".sql"];
const PROMISES: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// Every file and function that is out of shape.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for path in repository.files("", &HAND_WRITTEN).into_iter().filter(|path| !is_material(path)) {
        let text = repository.read(&path);
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{path} has {lines} lines, {LONGEST_FILE} are the most: look for the second thing in it"));
        }
        if path.ends_with(".rs") {
            faults.extend(rust_faults(&path, &text));
        }
    }
    faults
}

/// Stories to read are as long as they are.
fn is_material(path: &str) -> bool {
    path.starts_with("fixtures/") || path.starts_with("examples/")
}

fn rust_faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !opens_with_a_comment(text) {
        faults.push(format!("{path} does not open with a `//!` comment that says what it is for"));
    }
    let source = take_apart(text);
    for function in
        functions(&source.code).into_iter().filter(|function| function.lines > LONGEST_FUNCTION)
    {
        let (name, line, lines) = (function.name, function.line, function.lines);
        faults.push(format!(
            "{path}:{line} `{name}` has {lines} lines, {LONGEST_FUNCTION} are the most"
        ));
    }
    for (line, comment) in &source.comments {
        if PROMISES.iter().any(|promise| is_promise(comment, promise)) {
            faults.push(format!(
                "{path}:{line} puts something off without an issue's number (`#12`)"
            ));
        }
    }
    faults
}

/// Whether the first line that says anything is a module comment.
pub(crate) fn opens_with_a_comment(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.strip_prefix("//!").is_some_and(|rest| !rest.trim().is_empty()))
}

fn is_promise(comment: &str, promise: &str) -> bool {
    let numbered =
        comment.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !numbered && comment.split(|c: char| !c.is_alphanumeric()).any(|word| word == promise)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    fn count(code: &str) -> usize {
        let (_folder, repository) = planted(&[("crates/a/src/lib.rs", code)]);
        faults(&repository).len()
    }

    #[test]
    fn every_file_and_function_is_in_shape() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn a_file_or_a_function_one_line_too_long_is_found() {
        let function =
            |lines: usize| format!("//! A.\nfn f() {{\n{}}}\n", "x();\n".repeat(lines - 2));
        assert_eq!((count(&function(60)), count(&function(61))), (0, 1));
        let file = |lines: usize| format!("//! A.\n{}", "const A: u8 = 1;\n".repeat(lines - 1));
        assert_eq!((count(&file(500)), count(&file(501))), (0, 1));
    }

    #[test]
    fn a_file_opens_with_what_it_is_for() {
        assert_eq!(
            (count("use a;\n"), count("//!\nuse a;\n"), count("\n//! What for.\n")),
            (1, 1, 0)
        );
    }

    #[test]
    fn a_promise_needs_a_number_and_a_word_in_a_string_is_none() {
        assert_eq!(count("//! A.\n// TODO later\n"), 1);
        assert_eq!(count("//! A.\n// TODO(#12): later\nconst A: &str = \"TODO\"; // TODOS\n"), 0);
    }
}
