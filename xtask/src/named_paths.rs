//! The map is true: every path that the documents name exists.
//!
//! In ARCHITECTURE.md anything in backticks that looks like a path must exist, from the root or from `crates/`. In the
//! other documents the text may also speak of `m/m` or `text/html`, so only what begins with one of our folders counts.
//! Links to files are checked in all of them, relative to the document.

use crate::repository::Repository;

const REQUIRED: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Every path or link in a document that leads nowhere, and every document that is missing.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let missing = REQUIRED
        .iter()
        .filter(|path| !repository.exists(path))
        .map(|path| format!("{path} is missing"));
    let mut faults: Vec<String> = missing.collect();
    let documents =
        REQUIRED.iter().map(ToString::to_string).chain(repository.files("docs", &[".md"]));
    let folders = repository.folders("");
    for document in documents {
        let text = repository.read(&document);
        let strict = document == "ARCHITECTURE.md";
        for path in in_backticks(&text).into_iter().filter(|path| looks_like_a_path(path)) {
            let first = path.split('/').next().unwrap_or_default();
            let ours = strict || folders.iter().any(|folder| folder == first);
            if ours
                && first != "target"
                && !repository.exists(path)
                && !repository.exists(&format!("crates/{path}"))
            {
                faults.push(format!("{document} names `{path}`, which does not exist"));
            }
        }
        for target in links(&text) {
            let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = format!("{folder}/{target}");
            if !repository.exists(path.trim_start_matches('/')) {
                faults.push(format!("{document} links to {target}, which does not exist"));
            }
        }
    }
    faults
}

/// What stands between single backticks, outside fenced blocks.
fn in_backticks(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

fn looks_like_a_path(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_./-".contains(c));
    plain && text.contains('/') && !text.starts_with(['/', '.'])
        || text.starts_with(".ci/")
        || text.starts_with(".cargo/")
}

/// Targets of Markdown links and images that are files of ours.
fn links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ', '#']).next())
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn every_path_that_the_documents_name_exists() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn a_path_or_link_that_leads_nowhere_is_found() {
        let (_folder, repository) = planted(&[
            (
                "README.md",
                "`m/m` is a query, `docs/none.md` is not there, ![look](docs/look.png) [site](https://a.example/b)\n```\n`docs/in-code`\n```",
            ),
            ("ARCHITECTURE.md", "`model/src/work.rs` `model/src/gone.rs` `Work` `/works/ID`"),
            ("CONTRIBUTING.md", "[guide](docs/guide.md#top)"),
            ("docs/guide.md", "[back](../README.md) [nowhere](README.md)"),
            ("crates/model/src/work.rs", ""),
        ]);
        let found = faults(&repository);
        assert_eq!(found.len(), 4, "{found:#?}");
    }
}
