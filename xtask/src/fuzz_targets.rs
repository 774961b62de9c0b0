//! Every function that eats bytes is fuzzed twice: by a cargo-fuzz target, and by seeded mutations in the tests.
//!
//! The targets stand outside the workspace, so nothing but this rule tells when one calls a function that has gone.

use crate::lexer::take_apart;
use crate::repository::Repository;
use std::collections::BTreeSet;

/// Entry points without a target or a run in the tests, and targets without an entry point.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let rust = |folder: &str| -> Vec<String> {
        let files = repository.files(folder, &[".rs"]).into_iter();
        files.map(|path| take_apart(&repository.read(&path)).code).collect()
    };
    let crates = rust("crates");
    let entries = names(crates.iter().flat_map(|code| code.split("pub fn ").skip(1)));
    let targets = rust("fuzz/fuzz_targets");
    let called = names(targets.iter().flat_map(|code| code.split("::").skip(1)));
    let tested =
        crates.iter().filter(|code| code.contains("mutate::run") || code.contains("mutate::{"));
    let tested =
        names(tested.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_')));
    let manifest = repository.read("fuzz/Cargo.toml");
    let unlisted = repository.files("fuzz/fuzz_targets", &[".rs"]).into_iter();
    let unlisted = unlisted.filter(|path| !manifest.contains(path.trim_start_matches("fuzz/")));

    let lacks_target = entries
        .difference(&called)
        .map(|name| format!("{name} has no target in fuzz/fuzz_targets"));
    let lacks_run = entries
        .difference(&tested)
        .map(|name| format!("{name} is run by no test through mutate::run"));
    let lacks_entry =
        called.difference(&entries).map(|name| format!("fuzz/ calls {name}, which no crate has"));
    let lacks_line = unlisted.map(|path| format!("{path} is not listed in fuzz/Cargo.toml"));
    lacks_target.chain(lacks_run).chain(lacks_entry).chain(lacks_line).collect()
}

/// The `fuzz_…` names at the start of these pieces of code.
fn names<'a>(pieces: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    pieces
        .filter(|piece| piece.starts_with("fuzz_"))
        .map(|piece| piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|name| name != "fuzz_target")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn every_entry_point_has_a_target_and_a_run_in_the_tests() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn an_entry_point_that_is_not_fuzzed_and_a_target_that_lost_its_function_are_found() {
        let (_folder, repository) = planted(&[
            (
                "crates/a/src/fuzz.rs",
                "pub fn fuzz_one(data: &[u8]) {} pub fn fuzz_two(data: &[u8]) {}",
            ),
            ("crates/a/tests/it.rs", "fn t() { mutate::run(\"one\", &s, 20_000, 1, fuzz_one); }"),
            (
                "fuzz/fuzz_targets/one.rs",
                "libfuzzer_sys::fuzz_target!(|data: &[u8]| a::fuzz::fuzz_one(data));",
            ),
            (
                "fuzz/fuzz_targets/old.rs",
                "libfuzzer_sys::fuzz_target!(|data: &[u8]| a::fuzz::fuzz_old(data));",
            ),
            ("fuzz/Cargo.toml", "path = \"fuzz_targets/one.rs\""),
        ]);
        let found = faults(&repository);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(
            found[0].starts_with("fuzz_two has no target")
                && found[1].starts_with("fuzz_two is run by no test")
        );
        assert!(found[2].contains("fuzz_old") && found[3].contains("old.rs"));
    }
}
