//! The gold file: one line a document, or a group of documents that are one work.

use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The name of the gold file in its folder.
pub(crate) const FILE: &str = "gold.jsonl";

/// One line: which files, and what a careful person reads in them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Paths in the folder; more than one where several files are one work.
    pub(crate) path: Vec<String>,
    /// `work`, `part` or `not-a-work`.
    pub(crate) read_as: String,
    /// The record's fields as the contract's canonical JSON has them. What is absent must not be read.
    #[serde(default)]
    pub(crate) fields: Map<String, Value>,
    /// Values that are neither asked for nor held against the reader.
    #[serde(default)]
    pub(crate) optional: Map<String, Value>,
    /// Fields on which two careful people would differ: not judged.
    #[serde(default)]
    pub(crate) unjudged: Vec<String>,
    /// The form of the document.
    pub(crate) layout: String,
    /// What was done to it.
    #[serde(default)]
    pub(crate) damage: Option<String>,
    /// `dev` or `test`.
    pub(crate) split: String,
}

/// The lines of DIR/gold.jsonl, all or of one half.
pub(crate) fn read(dir: &Path, split: Option<&str>) -> anyhow::Result<Vec<Entry>> {
    let path = dir.join(FILE);
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{} is needed: it says what is right", path.display()))?;
    let mut entries = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let entry: Entry = serde_json::from_str(line)
            .with_context(|| format!("{}: line {}", path.display(), number + 1))?;
        if split.is_none_or(|split| entry.split == split) {
            entries.push(entry);
        }
    }
    Ok(entries)
}
