//! The tree of files that the rules look at: paths from the root, read as text, in a fixed order.
//!
//! Build output, packages of other people and the version store are not part of it.

use std::fs;
use std::path::{Path, PathBuf};

const NOT_OURS: [&str; 4] = ["target", "node_modules", ".git", "corpus"];

/// A checkout, named by its root folder.
pub(crate) struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The repository this program was built from.
    pub(crate) fn this() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::at(manifest.parent().unwrap_or(manifest))
    }

    /// A repository in some other folder (tests plant faults there).
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    /// The path on disk of a path from the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn exists(&self, relative: &str) -> bool {
        self.path(relative).exists()
    }

    /// The text of a file; empty when it is absent or not UTF-8, which no rule accepts for a file it needs.
    pub(crate) fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).unwrap_or_default()
    }

    /// Names of the folders directly under `relative`, sorted.
    pub(crate) fn folders(&self, relative: &str) -> Vec<String> {
        let mut names: Vec<String> = entries(&self.path(relative))
            .into_iter()
            .filter(|path| path.is_dir())
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        names.sort();
        names
    }

    /// Every file under `relative` with one of these endings (`""` takes all), as paths from the root, sorted.
    pub(crate) fn files(&self, relative: &str, endings: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        self.collect(&self.path(relative), endings, &mut found);
        found.sort();
        found
    }

    fn collect(&self, folder: &Path, endings: &[&str], found: &mut Vec<String>) {
        for path in entries(folder) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_symlink() || NOT_OURS.contains(&name) {
                continue;
            }
            if path.is_dir() {
                self.collect(&path, endings, found);
            } else if endings.iter().any(|ending| name.ends_with(ending))
                && let Some(relative) = path.strip_prefix(&self.root).ok().and_then(Path::to_str)
            {
                found.push(relative.to_owned());
            }
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .map(|listing| listing.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}
