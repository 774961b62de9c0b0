//! One command: what the CI runs is exactly what the README tells a newcomer to run.

use crate::repository::Repository;

const COMMAND: &str = "scripts/test";

/// Whether `.ci/run` does anything else than that command, and whether the README names it.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    let run = repository.read(".ci/run");
    let commands: Vec<&str> =
        run.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    if commands != ["exec \"$(dirname \"$0\")/../scripts/test\""] {
        faults
            .push(format!(".ci/run must call {COMMAND} and nothing else, and calls {commands:?}"));
    }
    if !repository.read("README.md").contains(COMMAND) {
        faults.push(format!("README.md does not name the test command {COMMAND}"));
    }
    for script in [".ci/run", COMMAND].into_iter().chain(["scripts/prepare", "scripts/check-pages"])
    {
        if !is_executable(repository, script) {
            faults.push(format!("{script} is not an executable file"));
        }
    }
    faults
}

#[cfg(unix)]
fn is_executable(repository: &Repository, path: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(repository.path(path))
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(repository: &Repository, path: &str) -> bool {
    repository.path(path).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn the_ci_runs_the_test_command_of_the_readme_and_nothing_else() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn a_ci_that_does_more_or_less_is_found() {
        let run = "#!/bin/sh\nexec \"$(dirname \"$0\")/../scripts/test\"\n";
        let count = |run: &str, readme: &str| {
            let (_folder, repository) = planted(&[(".ci/run", run), ("README.md", readme)]);
            faults(&repository).iter().filter(|fault| !fault.ends_with("executable file")).count()
        };
        assert_eq!(count(run, "scripts/test"), 0);
        assert_eq!(count(&run.replace("test\"", "test\" --fast"), "scripts/test"), 1);
        assert_eq!(count(&format!("{run}true\n"), "cargo test"), 2);
    }
}
