//! A template: a head in TOML between two lines `+++`, then the document with places in braces.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::damage::Damage;
use super::prose::Form;

/// What the head says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    /// The form of the document, as the report names it.
    pub(crate) layout: String,
    /// The end of the file's name.
    #[serde(default = "text")]
    pub(crate) ext: String,
    /// The language: which vocabulary.
    #[serde(default = "english")]
    pub(crate) lang: String,
    /// How many documents are made.
    #[serde(default = "once")]
    pub(crate) repeat: usize,
    /// How the body's paragraphs stand.
    #[serde(default)]
    pub(crate) body: Form,
    /// What is done to the finished text.
    #[serde(default)]
    pub(crate) damage: Option<Damage>,
    /// The outcome that is right.
    #[serde(default = "work")]
    pub(crate) read_as: String,
    /// Fields that are right beside those that the places give.
    #[serde(default)]
    pub(crate) expect: Map<String, Value>,
    /// Fields of places that a reader cannot know here.
    #[serde(default)]
    pub(crate) drop: Vec<String>,
    /// Values that are neither asked for nor wrong.
    #[serde(default)]
    pub(crate) optional: Map<String, Value>,
    /// Fields that are not judged.
    #[serde(default)]
    pub(crate) unjudged: Vec<String>,
}

fn text() -> String {
    "txt".to_owned()
}

fn english() -> String {
    "en".to_owned()
}

fn once() -> usize {
    1
}

fn work() -> String {
    "work".to_owned()
}

/// A template of one half.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) split: String,
    pub(crate) head: Head,
    pub(crate) text: String,
}

/// All templates under a folder, by name.
pub(crate) fn read_all(folder: &Path, split: &str) -> anyhow::Result<Vec<Template>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    paths.iter().map(|path| read(path, split)).collect()
}

fn read(path: &Path, split: &str) -> anyhow::Result<Template> {
    let all = std::fs::read_to_string(path)?;
    let Some((head, text)) = all.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"))
    else {
        bail!("{} has no head between two lines +++", path.display());
    };
    let head = toml::from_str(head).with_context(|| format!("the head of {}", path.display()))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Template { name, split: split.to_owned(), head, text: text.to_owned() })
}
