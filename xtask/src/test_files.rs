//! Which files are compiled for tests only: by their folder or name, or because `#[cfg(test)]` stands before the `mod`.

use crate::lexer::{take_apart, test_items};
use crate::repository::Repository;
use std::collections::BTreeSet;

/// The files of the repository that no released program holds.
pub(crate) struct TestFiles(BTreeSet<String>);

impl TestFiles {
    /// Looks through every Rust file for modules that are declared for tests.
    pub(crate) fn of(repository: &Repository) -> Self {
        let declared = repository.files("", &[".rs"]).into_iter().flat_map(|path| {
            let code = take_apart(&repository.read(&path)).code;
            let names: Vec<String> =
                test_items(&code).into_iter().filter_map(|item| module(&code[item])).collect();
            names.into_iter().flat_map(move |name| places(&path, &name))
        });
        Self(declared.collect())
    }

    /// Whether this file is compiled for tests only.
    pub(crate) fn has(&self, path: &str) -> bool {
        path.contains("/tests/")
            || path.ends_with("/tests.rs")
            || path.ends_with("_tests.rs")
            || self.0.contains(path)
    }
}

/// The name in `#[cfg(test)] mod name;`; modules with a body stay where they are.
fn module(item: &str) -> Option<String> {
    let words: Vec<&str> = item.strip_suffix(';')?.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "mod")?;
    words.get(at + 1).map(ToString::to_string)
}

/// Where the file of module `name` can stand when `path` declares it.
fn places(path: &str, name: &str) -> [String; 2] {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    let folder = match stem {
        "lib" | "main" | "mod" => folder.to_owned(),
        _ => format!("{folder}/{stem}"),
    };
    [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::planted;

    #[test]
    fn modules_declared_for_tests_are_known_wherever_their_file_stands() {
        let (_folder, repository) = planted(&[
            (
                "crates/a/src/lib.rs",
                "mod work;\n#[cfg(test)]\nmod properties;\n#[cfg(test)]\nmod inside { fn f() {} }",
            ),
            ("crates/a/src/work.rs", "#[cfg(test)] mod golden;"),
            ("crates/a/src/properties.rs", ""),
        ]);
        let files = TestFiles::of(&repository);
        for test in [
            "crates/a/src/properties.rs",
            "crates/a/src/work/golden.rs",
            "crates/a/tests/it/main.rs",
        ] {
            assert!(files.has(test), "{test}");
        }
        for code in ["crates/a/src/work.rs", "crates/a/src/inside.rs", "crates/a/src/golden.rs"] {
            assert!(!files.has(code), "{code}");
        }
    }
}
