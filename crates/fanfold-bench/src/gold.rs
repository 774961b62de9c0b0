//! `gold --out DIR`: the invented documents that the importer's reading is measured on.
//!
//! `gold/dev` and `gold/test` beside the manifest hold templates (one file a form, with the expected reading at its
//! head) and vocabularies (one file a language). Each template is written several times with other values, bodies and
//! damage; what a template's places were filled with is what a reader is expected to find. A template without places is a
//! document written by hand. The two halves share no template and no vocabulary: rules are made on `dev`, and `test` says
//! whether they are rules. The same templates give the same bytes on every machine.

mod compose;
mod damage;
mod places;
mod prose;
mod template;
mod vocabulary;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use self::compose::Document;
use self::vocabulary::Vocabularies;
use crate::quality::FILE;

/// Where to.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder to make; what an earlier run left in it is replaced.
    #[arg(long)]
    out: PathBuf,
}

/// Writes all documents of both halves and the gold file.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let documents = documents()?;
    for split in ["dev", "test"] {
        let old = args.out.join(split);
        if old.exists() {
            std::fs::remove_dir_all(&old).with_context(|| format!("clearing {}", old.display()))?;
        }
    }
    std::fs::create_dir_all(&args.out)?;
    let path = args.out.join(FILE);
    let mut gold =
        std::fs::File::create(&path).with_context(|| format!("writing {}", path.display()))?;
    for document in &documents {
        for (name, bytes) in &document.files {
            let path = args.out.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&args.out))?;
            std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        }
        writeln!(gold, "{}", serde_json::to_string(&document.entry)?)?;
    }
    println!("{} documents in {}", documents.len(), args.out.display());
    Ok(())
}

/// Every document, dev before test, in the order of the templates' names.
fn documents() -> anyhow::Result<Vec<Document>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("gold");
    let mut documents = Vec::new();
    for split in ["dev", "test"] {
        let vocabularies = Vocabularies::read(&root.join(split).join("words"))?;
        for template in template::read_all(&root.join(split).join("forms"), split)? {
            let vocabulary = vocabularies.of(&template)?;
            for number in 1..=template.head.repeat {
                documents.push(compose::document(&template, vocabulary, number)?);
            }
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn of_split<'a>(all: &'a [Document], split: &str) -> Vec<&'a Document> {
        all.iter().filter(|document| document.entry.split == split).collect()
    }

    #[test]
    fn there_are_three_hundred_documents_half_of_them_for_the_last_word() {
        let all = documents().unwrap();
        assert!(all.len() >= 300, "{}", all.len());
        let (dev, test) = (of_split(&all, "dev").len(), of_split(&all, "test").len());
        assert!(dev.abs_diff(test) * 10 < all.len(), "{dev} and {test}");
    }

    #[test]
    fn both_halves_have_every_kind_of_outcome_damage_and_eight_languages() {
        let all = documents().unwrap();
        for split in ["dev", "test"] {
            let half = of_split(&all, split);
            let kinds: BTreeSet<&str> = half.iter().map(|one| &*one.entry.read_as).collect();
            assert_eq!(kinds, BTreeSet::from(["not-a-work", "part", "work"]), "{split}");
            let languages: BTreeSet<&str> = half.iter().map(|one| &*one.language).collect();
            for language in ["en", "de", "fr", "it", "es", "pt", "ru", "zh"] {
                assert!(languages.contains(language), "{split} has nothing in {language}");
            }
            let damage: BTreeSet<_> =
                half.iter().filter_map(|one| one.entry.damage.as_deref()).collect();
            assert!(damage.len() >= 5, "{split}: {damage:?}");
        }
    }

    #[test]
    fn the_halves_share_no_document_and_none_is_there_twice() {
        let all = documents().unwrap();
        let mut seen: BTreeMap<&[u8], &str> = BTreeMap::new();
        for document in &all {
            for (name, bytes) in &document.files {
                if let Some(other) = seen.insert(bytes, name) {
                    panic!("{name} and {other} are the same");
                }
            }
        }
    }

    #[test]
    fn the_same_templates_give_the_same_bytes() {
        let files = |documents: Vec<Document>| -> Vec<_> {
            documents.into_iter().flat_map(|one| one.files).collect()
        };
        assert_eq!(files(documents().unwrap()), files(documents().unwrap()));
    }
}
