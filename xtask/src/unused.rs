//! Dead weight in the manifests: a dependency that no source file names.

use crate::edges::manifests;
use crate::lexer::take_apart;
use crate::repository::Repository;
use toml::{Table, Value};

/// Every dependency of a crate that its sources never name, and every shared one that no crate takes.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    let mut taken = Vec::new();
    for path in manifests(repository) {
        let manifest = table(repository, &path);
        let folder = path.trim_end_matches("Cargo.toml");
        let production = code_of(repository, folder, &["src", "fuzz_targets"]);
        let all = code_of(repository, folder, &["src", "tests", "benches"]);
        for (kind, code) in [("dependencies", &production), ("dev-dependencies", &all)] {
            let keys = keys(&manifest, kind);
            let idle: Vec<&str> = keys
                .iter()
                .map(String::as_str)
                .filter(|key| !names(code, &key.replace('-', "_")))
                .collect();
            if !idle.is_empty() {
                faults.push(format!("{path} [{kind}]: no source names {}", idle.join(", ")));
            }
            taken.extend(keys);
        }
    }
    let root = table(repository, "Cargo.toml");
    let shared =
        root.get("workspace").and_then(Value::as_table).map(|table| keys(table, "dependencies"));
    let idle = shared.unwrap_or_default().into_iter().filter(|key| !taken.contains(key));
    faults.extend(idle.map(|key| format!("Cargo.toml shares {key} and no crate takes it")));
    faults
}

fn table(repository: &Repository, path: &str) -> Table {
    repository.read(path).parse().unwrap_or_default()
}

fn keys(table: &Table, kind: &str) -> Vec<String> {
    table
        .get(kind)
        .and_then(Value::as_table)
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

fn code_of(repository: &Repository, folder: &str, parts: &[&str]) -> String {
    let files =
        parts.iter().flat_map(|part| repository.files(&format!("{folder}{part}"), &[".rs"]));
    files.map(|path| take_apart(&repository.read(&path)).code + "\n").collect()
}

fn names(code: &str, name: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn every_dependency_is_named_by_the_crate_that_asks_for_it() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn dependencies_that_only_comments_or_tests_name_are_found() {
        let (_folder, repository) = planted(&[
            ("Cargo.toml", "[workspace.dependencies]\nquick-xml = \"1\"\nlost = \"1\"\n"),
            (
                "crates/a/Cargo.toml",
                "[dependencies]\nquick-xml = \"1\"\nzip = \"1\"\n[dev-dependencies]\nproptest = \"1\"",
            ),
            ("crates/a/src/lib.rs", "use quick_xml::A; // zip\n"),
            ("crates/a/tests/it.rs", "use proptest::B; use zip::C;"),
        ]);
        let found = faults(&repository);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].contains("zip") && found[1].contains("lost"));
    }
}
