//! Purity: `model`, `text` and `normalize` touch no file, network, environment or clock.
//!
//! Looked for in the code itself, without comments, strings and what is compiled for tests only. Chance is kept out by
//! the manifests (see `edges`).

use crate::lexer::{line_of, take_apart, without_tests};
use crate::repository::Repository;
use crate::test_files::TestFiles;

const PURE_SOURCES: [&str; 3] =
    ["crates/fanfold-model/src", "crates/fanfold-text/src", "crates/fanfold-normalize/src"];
const FORBIDDEN_MODULES: [&str; 5] = ["fs", "net", "env", "process", "thread"];
const FORBIDDEN_TYPES: [&str; 2] = ["SystemTime", "Instant"];

/// Every mention of the outer world in the pure crates.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    let tests = TestFiles::of(repository);
    for path in PURE_SOURCES.iter().flat_map(|folder| repository.files(folder, &[".rs"])) {
        if tests.has(&path) {
            continue;
        }
        let code = without_tests(&take_apart(&repository.read(&path)).code);
        for (line, name) in mentions(&code) {
            faults.push(format!("{path}:{line} names {name}; take what it needs as a parameter"));
        }
    }
    faults
}

fn mentions(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, path) in paths_from_std(code) {
        if FORBIDDEN_MODULES.contains(&path.as_str()) {
            found.push((line_of(code, at), format!("std::{path}")));
        }
    }
    for name in FORBIDDEN_TYPES {
        for at in words(code, name) {
            found.push((line_of(code, at), name.to_owned()));
        }
    }
    found
}

/// The first name after each `std::`, also inside `use std::{…}`.
fn paths_from_std(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in words(code, "std") {
        let Some(rest) = code[at + 3..].trim_start().strip_prefix("::") else {
            continue;
        };
        let rest = rest.trim_start();
        let group = rest.strip_prefix('{').map(|inside| top_level_items(inside));
        for item in group.unwrap_or_else(|| vec![rest]) {
            let name: String =
                item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push((at, name));
        }
    }
    found
}

/// The parts between commas of a `{a, b::{c, d}}` group whose opening brace is already gone.
fn top_level_items(inside: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in inside.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&inside[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items
}

/// Where `word` stands as a whole identifier.
fn words(code: &str, word: &str) -> Vec<usize> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| {
            !code[..*at].ends_with(is_name) && !code[at + word.len()..].starts_with(is_name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    fn count(code: &str) -> usize {
        let (_folder, repository) = planted(&[("crates/fanfold-text/src/lib.rs", code)]);
        faults(&repository).len()
    }

    #[test]
    fn the_pure_crates_touch_nothing_outside_themselves() {
        assert!(!Repository::this().files(PURE_SOURCES[0], &[".rs"]).is_empty());
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn the_outer_world_is_found_however_it_is_named() {
        for code in [
            "use std::fs;",
            "use std::{io, fs::{self, File}};",
            "fn f() { ::std::env::args(); }",
            "use std::net::TcpStream;",
            "use std :: time::{Duration, Instant};",
            "fn f() -> u64 { std::time::SystemTime::now() }",
        ] {
            assert_eq!(count(code), 1, "{code}");
        }
    }

    #[test]
    fn words_tests_and_comments_about_the_outer_world_are_free() {
        assert_eq!(
            count(
                "// std::fs\nfn f() { g(\"std::env\"); env!(\"X\"); } use std::time::Duration; struct InstantNoodle;"
            ),
            0
        );
        assert_eq!(
            count(
                "use std::{collections::{BTreeMap, fs}, fmt};\n#[cfg(test)]\nmod tests { use std::fs; }"
            ),
            0
        );
    }
}
