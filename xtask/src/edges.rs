//! Rules of direction: which crate of the house may stand on which, and who may own a heavy dependency.
//!
//! The two tables below are the whole truth; ARCHITECTURE.md explains them. A crate that is missing from the first
//! table is a fault, so a new crate has to state what it stands on.

use crate::repository::Repository;
use toml::{Table, Value};

/// What each crate may name under `[dependencies]`, among the crates of this house.
const STANDS_ON: [(&str, &[&str]); 18] = [
    ("fanfold-alike", &[]),
    ("fanfold-model", &[]),
    ("fanfold-tags", &["fanfold-model"]),
    ("fanfold-text", &["fanfold-model"]),
    ("fanfold-source", &["fanfold-model", "fanfold-text"]),
    ("fanfold-import", &["fanfold-model", "fanfold-text", "fanfold-source"]),
    ("fanfold-normalize", &["fanfold-model", "fanfold-text"]),
    ("fanfold-storage", &["fanfold-model"]),
    ("fanfold-storage-sql", &["fanfold-model", "fanfold-storage"]),
    ("fanfold-search", &["fanfold-model", "fanfold-text"]),
    ("fanfold-export", &["fanfold-model", "fanfold-text"]),
    (
        "fanfold-app",
        &[
            "fanfold-alike",
            "fanfold-tags",
            "fanfold-model",
            "fanfold-text",
            "fanfold-source",
            "fanfold-import",
            "fanfold-normalize",
            "fanfold-storage",
            "fanfold-search",
            "fanfold-export",
        ],
    ),
    ("fanfold-web", &["fanfold-model", "fanfold-app"]),
    (
        "fanfold-cli",
        &[
            "fanfold-model",
            "fanfold-text",
            "fanfold-app",
            "fanfold-storage",
            "fanfold-storage-sql",
            "fanfold-web",
        ],
    ),
    ("fanfold-testkit", &["fanfold-model"]),
    (
        "fanfold-bench",
        &[
            "fanfold-alike",
            "fanfold-tags",
            "fanfold-testkit",
            "fanfold-model",
            "fanfold-text",
            "fanfold-source",
            "fanfold-import",
            "fanfold-normalize",
            "fanfold-storage",
            "fanfold-storage-sql",
            "fanfold-search",
            "fanfold-export",
            "fanfold-app",
            "fanfold-web",
        ],
    ),
    (
        "fanfold-fuzz",
        &[
            "fanfold-model",
            "fanfold-text",
            "fanfold-source",
            "fanfold-import",
            "fanfold-normalize",
            "fanfold-search",
        ],
    ),
    ("xtask", &[]),
];

/// What tests of any crate may name besides: the kit, and a real store for the crates that join others. The
/// kit's own tests fuzz what eats bytes.
const TESTS_MAY_NAME: [(&str, &[&str]); 4] = [
    (
        "fanfold-testkit",
        &[
            "fanfold-text",
            "fanfold-source",
            "fanfold-import",
            "fanfold-normalize",
            "fanfold-search",
        ],
    ),
    ("fanfold-app", &["fanfold-storage-sql"]),
    ("fanfold-web", &["fanfold-storage", "fanfold-storage-sql", "fanfold-search", "fanfold-text"]),
    (
        "fanfold-cli",
        &[
            "fanfold-source",
            "fanfold-import",
            "fanfold-normalize",
            "fanfold-search",
            "fanfold-export",
        ],
    ),
];

/// Heavy dependencies and the only crates that may name them (small codecs such as zip are free).
const OWNERS: [(&[&str], &[&str]); 8] = [
    // The bench asks them plainly, as the references of our search.
    (&["tantivy"], &["fanfold-search", "fanfold-bench"]),
    (&["sqlx", "rusqlite"], &["fanfold-storage-sql", "fanfold-bench"]),
    (&["libsqlite3-sys", "object_store"], &["fanfold-storage-sql"]),
    (&["axum", "axum-extra", "tower", "tower-http", "askama", "rust-embed"], &["fanfold-web"]),
    (&["clap"], &["fanfold-cli", "fanfold-bench"]),
    (&["clap_complete", "clap_mangen", "indicatif"], &["fanfold-cli"]),
    (&["scraper", "html5ever", "encoding_rs", "chardetng", "whatlang"], &["fanfold-text"]),
    // The bench measures ours beside it.
    (&["ammonia"], &["fanfold-text", "fanfold-bench"]),
];

/// Crates that do no input or output and know no clock and no chance, and what would bring these in.
const PURE: [&str; 3] = ["fanfold-model", "fanfold-text", "fanfold-normalize"];
const IMPURE: [&str; 9] = [
    "tokio",
    "async-trait",
    "futures",
    "rayon",
    "getrandom",
    "rand",
    "reqwest",
    "tracing",
    "tempfile",
];

/// Every edge in a manifest that the tables do not allow.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for path in manifests(repository) {
        match repository.read(&path).parse::<Table>() {
            Ok(manifest) => faults.extend(faults_of(&path, &manifest)),
            Err(error) => faults.push(format!("{path} is not readable TOML: {}", error.message())),
        }
    }
    faults
}

/// The manifests of the members, and of the fuzz crate that stands outside the workspace.
pub(crate) fn manifests(repository: &Repository) -> Vec<String> {
    repository.files("", &["Cargo.toml"]).into_iter().filter(|path| path != "Cargo.toml").collect()
}

/// The names under one dependency table of a manifest, with those of its `[target.…]` tables.
pub(crate) fn dependencies<'a>(manifest: &'a Table, kind: &str) -> Vec<&'a str> {
    let targets = manifest.get("target").and_then(Value::as_table);
    std::iter::once(manifest)
        .chain(targets.into_iter().flat_map(Table::values).filter_map(Value::as_table))
        .filter_map(|table| table.get(kind)?.as_table())
        .flat_map(|table| table.iter().map(|(key, value)| real_name(key, value)))
        .collect()
}

/// A renamed dependency counts under the name of the package.
fn real_name<'a>(key: &'a str, value: &'a Value) -> &'a str {
    value.get("package").and_then(Value::as_str).unwrap_or(key)
}

fn faults_of(path: &str, manifest: &Table) -> Vec<String> {
    let name =
        manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let Some(name) = name else {
        return vec![format!("{path} names no package")];
    };
    let Some((_, stands_on)) = STANDS_ON.iter().find(|(known, _)| *known == name) else {
        return vec![format!(
            "{name} is not in the table of xtask/src/edges.rs: say what it stands on"
        )];
    };
    let in_tests =
        TESTS_MAY_NAME.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, more)| more);
    let mut faults = Vec::new();
    for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
        let only_tests = kind == "dev-dependencies";
        for dependency in dependencies(manifest, kind) {
            let extra =
                only_tests && (dependency == "fanfold-testkit" || in_tests.contains(&dependency));
            if is_ours(dependency) && !stands_on.contains(&dependency) && !extra {
                faults.push(format!("{name} may not stand on {dependency} ([{kind}])"));
            }
            if let Some(owners) = owners(dependency)
                && !owners.contains(&name)
            {
                faults.push(format!(
                    "{dependency} belongs in {} only, {name} names it",
                    owners.join(" and ")
                ));
            }
            if !only_tests && PURE.contains(&name) && IMPURE.contains(&dependency) {
                faults.push(format!("{name} is pure and may not name {dependency}"));
            }
        }
    }
    faults
}

fn is_ours(dependency: &str) -> bool {
    STANDS_ON.iter().any(|(name, _)| *name == dependency) || dependency.starts_with("fanfold")
}

fn owners(dependency: &str) -> Option<&'static [&'static str]> {
    OWNERS.iter().find(|(heavy, _)| heavy.contains(&dependency)).map(|(_, owners)| *owners)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    fn faults_in(name: &str, dependencies: &str) -> Vec<String> {
        let manifest = format!("[package]\nname = \"{name}\"\n{dependencies}");
        let (_folder, repository) = planted(&[("crates/it/Cargo.toml", &manifest)]);
        faults(&repository)
    }

    #[test]
    fn every_manifest_keeps_the_rules_of_direction() {
        assert!(manifests(&Repository::this()).len() >= 15);
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn an_edge_against_the_direction_is_found_in_any_table() {
        for table in [
            "dependencies",
            "dev-dependencies",
            "build-dependencies",
            "target.'cfg(unix)'.dependencies",
        ] {
            let faults = faults_in(
                "fanfold-import",
                &format!("[{table}]\nfanfold-normalize.workspace = true"),
            );
            assert_eq!(faults.len(), 1, "{table}: {faults:?}");
        }
    }

    #[test]
    fn a_renamed_heavy_dependency_is_found_outside_its_owner() {
        let faults = faults_in(
            "fanfold-app",
            "[dependencies]\ndb = { package = \"sqlx\", version = \"0.9\" }",
        );
        assert_eq!(
            faults,
            ["sqlx belongs in fanfold-storage-sql and fanfold-bench only, fanfold-app names it"]
        );
    }

    #[test]
    fn a_pure_crate_may_use_files_in_its_tests_only() {
        assert_eq!(faults_in("fanfold-text", "[dev-dependencies]\ntempfile = \"3\"").len(), 0);
        assert_eq!(faults_in("fanfold-text", "[dependencies]\ntempfile = \"3\"").len(), 1);
    }

    #[test]
    fn a_crate_that_nobody_put_in_the_table_is_a_fault() {
        assert_eq!(faults_in("fanfold-novelty", "").len(), 1);
    }

    #[test]
    fn a_real_store_is_for_the_tests_of_the_site_and_not_for_the_site() {
        assert_eq!(
            faults_in("fanfold-web", "[dev-dependencies]\nfanfold-storage-sql.workspace = true")
                .len(),
            0
        );
        assert_eq!(
            faults_in("fanfold-web", "[dependencies]\nfanfold-storage-sql.workspace = true").len(),
            1
        );
    }
}
