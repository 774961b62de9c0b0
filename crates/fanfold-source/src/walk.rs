//! Goes through files, folders and archives in a fixed order and hands on one item for each leaf.

use crate::beside::{Beside, is_catalogue, listed};
use crate::containers::{Place, Sink, kind_of};
use crate::error::SourceError;
use crate::item::{Item, unreadable_finding};
use crate::limits::Limits;
use crate::names;
use fanfold_model::{Finding, FindingCode};
use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much lies under some roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Survey {
    /// Files, archives counted as one.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Hands on every leaf under the roots, in the order given and inside a folder by name. Stops when `sink` breaks.
///
/// A root that is a symbolic link is followed, because a person named it; no other link is.
///
/// # Errors
/// If a root does not exist or cannot be looked at. Everything below a root that cannot be read is an item.
pub fn walk(
    roots: &[PathBuf],
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<(), SourceError> {
    for root in roots {
        look_at(root)?;
    }
    let mut passed = 0;
    for root in roots {
        let metadata = look_at(root)?;
        let beside = metadata.is_dir().then(|| Arc::new(Beside::folder(root)));
        let base = base_of(root, &metadata);
        let mut walker = Walker { root: base, limits, passed, beside, done: HashSet::new() };
        if metadata.is_dir() && walker.catalogues(root, sink).is_break() {
            return Ok(());
        }
        if walker.visit(root, &metadata, sink).is_break() {
            return Ok(());
        }
        passed = walker.passed;
    }
    Ok(())
}

/// Counts files and bytes under the roots without reading them, for a progress bar.
#[must_use]
pub fn survey(roots: &[PathBuf]) -> Survey {
    let mut found = Survey::default();
    let mut open: Vec<PathBuf> = Vec::new();
    for root in roots {
        match fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => open.push(root.clone()),
            Ok(metadata) => found.add(metadata.len()),
            Err(_) => {}
        }
    }
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => open.push(entry.path()),
                Ok(metadata) if metadata.is_file() => found.add(metadata.len()),
                _ => {}
            }
        }
    }
    found
}

impl Survey {
    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

fn look_at(root: &Path) -> Result<Metadata, SourceError> {
    fs::metadata(root).map_err(|source| {
        let path = root.display().to_string();
        if source.kind() == std::io::ErrorKind::NotFound {
            SourceError::NotFound { path }
        } else {
            SourceError::Io { path, source }
        }
    })
}

/// What paths are relative to: a folder that was given, or the folder of a file that was given.
fn base_of(root: &Path, metadata: &Metadata) -> PathBuf {
    if metadata.is_dir() {
        root.to_owned()
    } else {
        root.parent().unwrap_or(Path::new("")).to_owned()
    }
}

struct Walker<'a> {
    root: PathBuf,
    limits: &'a Limits,
    passed: u64,
    /// What a file under this root may look at.
    beside: Option<Arc<Beside>>,
    /// Catalogues that were handed on before the rest.
    done: HashSet<PathBuf>,
}

impl Walker<'_> {
    /// Hands on what lists other files of this root, before those files come.
    fn catalogues(&mut self, root: &Path, sink: Sink<'_>) -> ControlFlow<()> {
        let all = listed(root).into_iter().filter(|(name, _)| is_catalogue(name));
        let mut found: Vec<PathBuf> = all.map(|(_, path)| path).collect();
        found.sort_unstable();
        for path in found {
            let beside = self.beside.clone();
            self.file(&path, &mut |mut leaf| {
                leaf.beside = leaf.beside.take().or_else(|| beside.clone());
                sink(leaf)
            })?;
            self.done.insert(path);
        }
        ControlFlow::Continue(())
    }

    fn visit(&mut self, path: &Path, metadata: &Metadata, sink: Sink<'_>) -> ControlFlow<()> {
        let kind = metadata.file_type();
        if kind.is_dir() {
            self.folder(path, sink)
        } else if kind.is_file() && self.done.contains(path) {
            ControlFlow::Continue(())
        } else if kind.is_file() {
            self.file(path, sink)
        } else if kind.is_symlink() {
            let what = "It is a symbolic link; what it points to was not read.";
            self.refused(path, Finding::new(FindingCode::SYMLINK_SKIPPED, what), sink)
        } else {
            let what = "It is a device, pipe or socket, not a file.";
            self.refused(path, Finding::new(FindingCode::UNREADABLE, what), sink)
        }
    }

    fn folder(&mut self, path: &Path, sink: Sink<'_>) -> ControlFlow<()> {
        let listing = fs::read_dir(path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut entries = match listing {
            Ok(entries) => entries,
            Err(error) => return self.refused(path, unreadable_finding(&error), sink),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            match fs::symlink_metadata(&path) {
                Ok(metadata) => self.visit(&path, &metadata, sink)?,
                Err(error) => self.refused(&path, unreadable_finding(&error), sink)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn file(&mut self, path: &Path, sink: Sink<'_>) -> ControlFlow<()> {
        let name = names::relative(path, &self.root);
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.refused(path, unreadable_finding(&error), sink),
        };
        let mut item = match Item::from_file(&name, file, self.limits) {
            Ok(item) => item,
            Err(error) => {
                let finding = Finding::new(FindingCode::UNREADABLE, format!("{error}."));
                return self.refused(path, finding, sink);
            }
        };
        self.passed += item.size;
        item.passed = self.passed;
        let Some(kind) = kind_of(&item) else {
            item.beside = self.beside.clone();
            return sink(item);
        };
        let place = Place { path: &name, prefix: "", depth: 1, passed: self.passed };
        place.open(kind, item, self.limits, sink)
    }

    fn refused(&self, path: &Path, finding: Finding, sink: Sink<'_>) -> ControlFlow<()> {
        let mut item = Item::unreadable(names::relative(path, &self.root), finding);
        item.passed = self.passed;
        sink(item)
    }
}
