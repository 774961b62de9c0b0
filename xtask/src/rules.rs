//! The list of rules; nothing else. A new rule is one module and one line here.

use crate::repository::Repository;
use crate::{
    ci, deny, domain_words, edges, fixtures, fuzz_targets, named_paths, panics, purity, shape,
    unused,
};

type Rule = fn(&Repository) -> Vec<String>;

/// Every rule with the name that `cargo xtask rules` prints before its faults.
const RULES: [(&str, Rule); 11] = [
    ("direction", edges::faults),
    ("purity", purity::faults),
    ("panics", panics::faults),
    ("licences, bans and sources", deny::faults),
    ("unused", unused::faults),
    ("named paths", named_paths::faults),
    ("shape", shape::faults),
    ("words", domain_words::faults),
    ("fixtures", fixtures::faults),
    ("fuzz", fuzz_targets::faults),
    ("ci", ci::faults),
];

/// The faults of every rule, each with the rule's name in front.
pub(crate) fn all_faults(repository: &Repository) -> Vec<String> {
    RULES
        .iter()
        .flat_map(|(name, rule)| {
            rule(repository).into_iter().map(move |fault| format!("{name}: {fault}"))
        })
        .collect()
}

/// A folder with these files, for tests that plant a fault.
#[cfg(test)]
pub(crate) fn planted(files: &[(&str, &str)]) -> (tempfile::TempDir, Repository) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let repository = Repository::at(folder.path());
    (folder, repository)
}

/// Fails with the rule's sentences, one a line, when this repository breaks the rule.
#[cfg(test)]
pub(crate) fn assert_kept(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
