//! A library is one folder: `fanfold.toml`, the database, `blobs/`, `index/`.

use std::path::{Path, PathBuf};

/// The format number this program writes into a new `fanfold.toml`.
const FORMAT: i64 = 1;

/// The places inside a library folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryPaths {
    root: PathBuf,
}

/// Why a folder cannot be opened as a library.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// It was written by a newer program.
    #[error("the library {path} has format {found}, newer than {FORMAT}; use a newer fanfold")]
    Newer {
        /// The library.
        path: PathBuf,
        /// Its format.
        found: i64,
    },
    /// It cannot be read or made.
    #[error("the library {path} cannot be used: {reason}")]
    Unusable {
        /// The library.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl LibraryPaths {
    /// The library in this folder.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Settings.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.root.join("fanfold.toml")
    }

    /// The SQLite database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join("library.sqlite")
    }

    /// Originals.
    #[must_use]
    pub fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    /// The search index.
    #[must_use]
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// Whether there is a library here.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.settings().is_file() || self.database().is_file()
    }

    /// Makes the folder and its `fanfold.toml` if they are missing, and checks the format number.
    ///
    /// # Errors
    /// If the folder cannot be written, or belongs to a newer program.
    pub fn prepare(&self) -> Result<(), OpenFault> {
        let unusable = |error: std::io::Error| OpenFault::Unusable {
            path: self.root.clone(),
            reason: error.to_string(),
        };
        std::fs::create_dir_all(&self.root).map_err(unusable)?;
        let file = self.settings();
        if !file.exists() {
            std::fs::write(&file, first_settings()).map_err(unusable)?;
        }
        let text = std::fs::read_to_string(&file).map_err(unusable)?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            OpenFault::Unusable { path: file.clone(), reason: error.message().to_owned() }
        })?;
        let found = table.get("format").and_then(toml::Value::as_integer).unwrap_or(FORMAT);
        if found > FORMAT {
            return Err(OpenFault::Newer { path: self.root.clone(), found });
        }
        Ok(())
    }
}

fn first_settings() -> String {
    format!(
        "# A Fanfold library. This folder is all of it: copy it, and you have copied the archive.\n\
         # What may stand here: docs/operator-guide.md; `fanfold config check` shows what is in force.\n\
         format = {FORMAT}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_of_a_newer_program_is_refused_with_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let paths = LibraryPaths::new(folder.path());
        paths.prepare().unwrap();
        std::fs::write(paths.settings(), "format = 99\n").unwrap();
        let fault = paths.prepare().unwrap_err();
        assert!(fault.to_string().contains("format 99"), "{fault}");
    }

    #[test]
    fn preparing_twice_keeps_the_settings_that_a_person_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let paths = LibraryPaths::new(folder.path().join("new"));
        paths.prepare().unwrap();
        std::fs::write(paths.settings(), "format = 1\n# mine\n").unwrap();
        paths.prepare().unwrap();
        assert!(std::fs::read_to_string(paths.settings()).unwrap().contains("# mine"));
    }
}
