//! Licences, bans and sources of every package in the lock file, as `deny.toml` states them.
//!
//! `deny.toml` is written for cargo-deny and stays the only place where this is decided; the sections read here are
//! `licenses.allow`, `licenses.exceptions`, `bans.deny` and `sources`. Nobody has to install cargo-deny to be held to them.

use crate::repository::Repository;
use crate::spdx;
use serde_json::Value as Json;
use std::process::Command;
use toml::{Table, Value};

/// What `deny.toml` decides.
struct Policy {
    licences: Vec<String>,
    exceptions: Vec<(String, Vec<String>)>,
    banned: Vec<String>,
    registries: Vec<String>,
}

/// Every package whose licence, name or source the policy refuses.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let policy = match Policy::read(&repository.read("deny.toml")) {
        Ok(policy) => policy,
        Err(error) => return vec![format!("deny.toml: {error}")],
    };
    let mut faults = lock_faults(&policy, &repository.read("Cargo.lock"));
    match metadata(repository) {
        Ok(metadata) => faults.extend(licence_faults(&policy, &metadata)),
        Err(error) => faults.push(error),
    }
    faults
}

impl Policy {
    fn read(text: &str) -> Result<Self, String> {
        let table: Table =
            text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let section = |name: &str| {
            table.get(name).and_then(Value::as_table).ok_or(format!("[{name}] is missing"))
        };
        let licences = strings(section("licenses")?.get("allow"));
        let registries = strings(section("sources")?.get("allow-registry"));
        let banned = names(section("bans")?.get("deny"));
        if licences.is_empty() || registries.is_empty() || banned.is_empty() {
            return Err(
                "licenses.allow, bans.deny and sources.allow-registry must not be empty".to_owned()
            );
        }
        let exceptions = section("licenses")?.get("exceptions").and_then(Value::as_array);
        let exceptions = exceptions
            .into_iter()
            .flatten()
            .filter_map(|entry| Some((crate_name(entry)?, strings(entry.get("allow")))))
            .collect();
        Ok(Self { licences, exceptions, banned, registries })
    }

    fn allows(&self, package: &str, licence: &str) -> bool {
        let excepted =
            self.exceptions.iter().filter(|(name, _)| name == package).flat_map(|(_, more)| more);
        self.licences.iter().chain(excepted).any(|allowed| allowed == licence)
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

fn names(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(crate_name).collect()
}

/// `"name"`, `{ crate = "name@version" }` or `{ name = "name" }`: the forms cargo-deny reads, versions left aside.
fn crate_name(entry: &Value) -> Option<String> {
    let name = entry
        .as_str()
        .or_else(|| entry.get("crate")?.as_str())
        .or_else(|| entry.get("name")?.as_str())?;
    Some(name.split(['@', ':']).next().unwrap_or(name).to_owned())
}

/// Banned names and foreign sources: the lock file holds both for every platform.
fn lock_faults(policy: &Policy, lock: &str) -> Vec<String> {
    let Ok(lock) = lock.parse::<Table>() else {
        return vec!["Cargo.lock is not readable".to_owned()];
    };
    let packages = lock.get("package").and_then(Value::as_array).into_iter().flatten();
    let mut faults = Vec::new();
    for package in packages {
        let name = package.get("name").and_then(Value::as_str).unwrap_or_default();
        if policy.banned.iter().any(|banned| banned == name) {
            faults.push(format!("{name} is banned: `cargo tree -i {name}` shows who brings it"));
        }
        let source = package.get("source").and_then(Value::as_str);
        if let Some(source) = source
            && !policy.registries.iter().any(|allowed| source == format!("registry+{allowed}"))
        {
            faults.push(format!("{name} comes from {source}, which deny.toml does not allow"));
        }
    }
    faults
}

fn metadata(repository: &Repository) -> Result<Json, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--locked", "--format-version", "1", "--manifest-path"])
        .arg(repository.path("Cargo.toml"))
        .output()
        .map_err(|error| format!("cargo metadata does not start: {error}"))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo metadata failed: {}", why.lines().last().unwrap_or_default()));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata is not readable: {error}"))
}

fn licence_faults(policy: &Policy, metadata: &Json) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| {
            let name = package["name"].as_str().unwrap_or_default();
            let Some(licence) = package["license"].as_str() else {
                return Some(format!("{name} states no licence"));
            };
            match spdx::is_allowed(licence, &|one| policy.allows(name, one)) {
                Ok(true) => None,
                Ok(false) => Some(format!("{name} is {licence}, which deny.toml does not allow")),
                Err(error) => Some(format!("{name}: {error}")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::assert_kept;

    const POLICY: &str = "[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"soft\", allow = [\"MPL-2.0\"] }]\n\
        [bans]\ndeny = [\"plain\", { crate = \"openssl-sys@1\", reason = \"…\" }]\n\
        [sources]\nallow-registry = [\"https://registry.example\"]";

    fn policy() -> Policy {
        Policy::read(POLICY).unwrap()
    }

    #[test]
    fn every_package_of_the_lock_file_is_allowed() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn banned_names_and_foreign_sources_in_the_lock_file_are_found() {
        let lock = "[[package]]\nname = \"openssl-sys\"\nsource = \"registry+https://registry.example\"\n\
            [[package]]\nname = \"plain\"\n[[package]]\nname = \"ours\"\n\
            [[package]]\nname = \"fork\"\nsource = \"git+https://git.example/fork#1\"";
        let faults = lock_faults(&policy(), lock);
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(
            faults[0].starts_with("openssl-sys is banned")
                && faults[2].starts_with("fork comes from git+")
        );
    }

    #[test]
    fn a_licence_is_allowed_for_everybody_or_for_the_excepted_package() {
        let metadata = serde_json::json!({"packages": [
            {"name": "a", "license": "MIT"}, {"name": "soft", "license": "MPL-2.0"},
            {"name": "b", "license": "MPL-2.0"}, {"name": "c", "license": null}, {"name": "d", "license": "MIT OR"},
        ]});
        let faults = licence_faults(&policy(), &metadata);
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].starts_with("b is MPL-2.0"));
    }

    #[test]
    fn a_policy_that_lost_a_section_refuses_instead_of_allowing_all() {
        assert!(Policy::read("").is_err());
        assert!(Policy::read(&POLICY.replace("[\"MIT\"]", "[]")).is_err());
        assert!(Policy::read(&POLICY.replace("[bans]", "[boons]")).is_err());
    }
}
