//! The words that fill a template's places: one file a language and half.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use super::template::Template;

/// What authors wrote, and what it means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meant {
    /// As it stands in the document.
    pub(crate) raw: String,
    /// The archive's values: one for a rating, status or date; several for the rest.
    #[serde(default)]
    pub(crate) means: Vec<String>,
    /// What is left as freeforms.
    #[serde(default)]
    pub(crate) freeforms: Vec<String>,
    /// Categories that it says.
    #[serde(default)]
    pub(crate) categories: Vec<String>,
    /// Freeforms that may be made of it.
    #[serde(default)]
    pub(crate) maybe: Vec<String>,
}

/// A fandom with its people, as one file of the vocabulary has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct World {
    pub(crate) fandom: String,
    pub(crate) people: Vec<String>,
    pub(crate) pairings: Vec<Meant>,
}

/// All words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vocabulary {
    pub(crate) worlds: Vec<World>,
    pub(crate) titles: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) summaries: Vec<String>,
    pub(crate) disclaimers: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) chapters: Vec<String>,
    pub(crate) series: Vec<String>,
    pub(crate) ratings: Vec<Meant>,
    pub(crate) warnings: Vec<Meant>,
    pub(crate) genres: Vec<Meant>,
    pub(crate) categories: Vec<Meant>,
    pub(crate) statuses: Vec<Meant>,
    pub(crate) dates: Vec<Meant>,
    /// Sentences of a body; `{a}` and `{b}` are two people of the world.
    pub(crate) sentences: Vec<String>,
}

/// The vocabularies of one half, by language.
pub(crate) struct Vocabularies(BTreeMap<String, Vocabulary>);

impl Vocabularies {
    /// Reads every file of a folder.
    pub(crate) fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut all = BTreeMap::new();
        let entries =
            std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let text = std::fs::read_to_string(&path)?;
            let words = toml::from_str(&text).with_context(|| path.display().to_string())?;
            all.insert(path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), words);
        }
        Ok(Self(all))
    }

    /// The words for a template.
    pub(crate) fn of(&self, template: &Template) -> anyhow::Result<&Vocabulary> {
        self.0
            .get(&template.head.lang)
            .with_context(|| format!("{} is in {}: no words", template.name, template.head.lang))
    }
}
