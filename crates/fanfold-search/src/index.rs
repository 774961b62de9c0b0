//! The folder of an index: opening, versions, and seeing what other processes commit.
//!
//! Each commit carries a payload with the format and the change-log number up to which the index has followed the store.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, ReloadPolicy, Searcher, SearcherGeneration, TantivyError};

use crate::analyzer::{ANALYZER, Analyzer, Backlog};
use crate::boards::{BoardLimits, Boards};
use crate::canonical::{Canonical, TagGraph};
use crate::error::IndexError;
use crate::names::{self, Names};
use crate::schema::{FORMAT, Fields, schema};
use crate::stems::StemLanguage;

/// An open index. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

struct Inner {
    tantivy: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    backlog: Arc<Backlog>,
    boards: Arc<Boards>,
    names: Names,
    canonical: Arc<Canonical>,
    /// `None` in memory.
    dir: Option<PathBuf>,
    seen: Mutex<Option<Stamp>>,
    languages: Mutex<Option<(SearcherGeneration, Arc<[StemLanguage]>)>>,
}

/// By what a new commit of another process is noticed: the file is replaced as a whole at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    number: u64,
}

/// What a commit says about itself.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    format: u32,
    seq: u64,
    /// The version of the tag graph that the names of tags have followed.
    #[serde(default)]
    names: u64,
}

const META: &str = "meta.json";

impl Index {
    /// Opens the index in a folder, or makes an empty one.
    ///
    /// # Errors
    /// [`IndexError::Outdated`] and [`IndexError::Unreadable`] mean: [`Index::recreate`] it and index everything again.
    pub fn open_or_create(dir: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(dir)
            .map_err(|source| IndexError::Disk { path: dir.to_owned(), source })?;
        if !dir.join(META).exists() {
            match tantivy::Index::create_in_dir(dir, schema().0) {
                Ok(tantivy) => return Self::wrap(tantivy, Names::open(dir)?, Some(dir)),
                Err(TantivyError::IndexAlreadyExists) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let tantivy = tantivy::Index::open_in_dir(dir).map_err(|error| cannot_open(dir, error))?;
        check_format(dir, &tantivy)?;
        let names = Names::open(dir);
        names.and_then(|names| Self::wrap(tantivy, names, Some(dir))).map_err(|error| match error {
            IndexError::Failed(error) => cannot_open(dir, error),
            other => other,
        })
    }

    /// An empty index in memory.
    ///
    /// # Errors
    /// Only when memory or threads are short.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::wrap(tantivy::Index::create_in_ram(schema().0), Names::in_memory()?, None)
    }

    /// Deletes the index in a folder and makes an empty one.
    ///
    /// # Errors
    /// [`IndexError::Busy`] while another process writes it.
    pub fn recreate(dir: &Path) -> Result<Self, IndexError> {
        let disk = |path: &Path| {
            let path = path.to_owned();
            move |source| IndexError::Disk { path, source }
        };
        fs::create_dir_all(dir).map_err(disk(dir))?;
        let directory = MmapDirectory::open(dir).map_err(TantivyError::from)?;
        let lock = directory
            .acquire_lock(&INDEX_WRITER_LOCK)
            .map_err(|_| IndexError::Busy { dir: dir.to_owned() })?;
        for entry in fs::read_dir(dir).map_err(disk(dir))? {
            let entry = entry.map_err(disk(dir))?;
            let is_lock = entry.file_name() == *INDEX_WRITER_LOCK.filepath;
            if !is_lock && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                fs::remove_file(entry.path()).map_err(disk(&entry.path()))?;
            }
        }
        let names = names::folder(dir);
        if names.exists() {
            fs::remove_dir_all(&names).map_err(disk(&names))?;
        }
        drop(lock);
        Self::open_or_create(dir)
    }

    fn wrap(tantivy: tantivy::Index, names: Names, dir: Option<&Path>) -> Result<Self, IndexError> {
        let backlog = Arc::new(Backlog::default());
        tantivy.tokenizers().register(ANALYZER, Analyzer::new(Arc::clone(&backlog)));
        let stamp = dir.and_then(stamp);
        let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            inner: Arc::new(Inner {
                fields: schema().1,
                reader,
                tantivy,
                backlog,
                boards: Arc::default(),
                names,
                canonical: Arc::default(),
                dir: dir.map(Path::to_owned),
                seen: Mutex::new(stamp),
                languages: Mutex::new(None),
            }),
        })
    }

    /// The change-log number of the last commit, whoever made it; 0 before the first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn seq(&self) -> Result<u64, IndexError> {
        Ok(self.payload()?.map_or(0, |payload| payload.seq))
    }

    /// The version of the tag graph that the names of tags have followed, whoever wrote them; 0 before the first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn names_version(&self) -> Result<u64, IndexError> {
        Ok(self.payload()?.map_or(0, |payload| payload.names))
    }

    /// How many works the last commit holds, visible or not.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn works(&self) -> Result<u64, IndexError> {
        Ok(self.searcher()?.num_docs())
    }

    /// Makes the last commit visible. Searches do so by themselves when another process committed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn refresh(&self) -> Result<(), IndexError> {
        let stamp = self.inner.dir.as_deref().and_then(stamp);
        // Names first: what works carry is found by its words then.
        self.inner.names.refresh()?;
        self.inner.reader.reload()?;
        *self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
        Ok(())
    }

    /// Asks this graph what tags mean, from now on; without one every tag is counted as itself.
    pub fn ask(&self, graph: Arc<dyn TagGraph>) {
        self.inner.canonical.ask(graph);
    }

    /// Reads the last commit into memory, so that large sets are counted and ordered fast, and keeps it there from now on.
    /// Answers stay the same. For programs that answer many questions; takes about half a second for a million works.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn prepare(&self, limits: BoardLimits) -> Result<(), IndexError> {
        self.inner.boards.prepare(&self.searcher()?, &self.inner.canonical, limits)
    }

    pub(crate) fn names(&self) -> &Names {
        &self.inner.names
    }

    pub(crate) fn canonical(&self) -> &Arc<Canonical> {
        &self.inner.canonical
    }

    pub(crate) fn boards(&self) -> &Arc<Boards> {
        &self.inner.boards
    }

    /// A view of the last commit.
    pub(crate) fn searcher(&self) -> Result<Searcher, IndexError> {
        if let Some(dir) = &self.inner.dir {
            let seen = *self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if stamp(dir) != seen {
                self.refresh()?;
            }
        }
        Ok(self.inner.reader.searcher())
    }

    /// The languages whose stemming rules made words of this view; remembered until the next commit.
    pub(crate) fn stem_languages(
        &self,
        searcher: &Searcher,
    ) -> Result<Arc<[StemLanguage]>, IndexError> {
        let mut remembered = self.inner.languages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((generation, languages)) = &*remembered
            && generation == searcher.generation()
        {
            return Ok(Arc::clone(languages));
        }
        let mut found = BTreeSet::new();
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(self.inner.fields.stemmed)?;
            let mut codes = inverted.terms().stream().map_err(TantivyError::from)?;
            while codes.advance() {
                found.extend(std::str::from_utf8(codes.key()).ok().and_then(StemLanguage::for_tag));
            }
        }
        let languages: Arc<[StemLanguage]> = found.into_iter().collect();
        *remembered = Some((searcher.generation().clone(), Arc::clone(&languages)));
        Ok(languages)
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.inner.fields
    }

    pub(crate) fn tantivy(&self) -> &tantivy::Index {
        &self.inner.tantivy
    }

    pub(crate) fn backlog(&self) -> &Backlog {
        &self.inner.backlog
    }

    fn payload(&self) -> Result<Option<Payload>, IndexError> {
        let text = self.inner.tantivy.load_metas()?.payload;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

/// The payload of a commit.
pub(crate) fn payload_text(seq: u64, names: u64) -> String {
    format!("{{\"format\":{FORMAT},\"seq\":{seq},\"names\":{names}}}")
}

fn stamp(dir: &Path) -> Option<Stamp> {
    let meta = fs::metadata(dir.join(META)).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    Some(Stamp { modified: meta.modified().ok(), length: meta.len(), number })
}

fn cannot_open(dir: &Path, error: TantivyError) -> IndexError {
    let dir = dir.to_owned();
    match error {
        TantivyError::IncompatibleIndex(found) => {
            IndexError::Outdated { dir, found: format!("{found:?}") }
        }
        other => IndexError::Unreadable { dir, reason: other.to_string() },
    }
}

/// An index without a commit is fresh; any commit of ours says its format.
fn check_format(dir: &Path, tantivy: &tantivy::Index) -> Result<(), IndexError> {
    let outdated = |found: String| IndexError::Outdated { dir: dir.to_owned(), found };
    if tantivy.schema() != schema().0 {
        return Err(outdated("other fields".to_owned()));
    }
    let meta = tantivy.load_metas().map_err(|error| cannot_open(dir, error))?;
    let Some(text) = meta.payload else {
        return if meta.segments.is_empty() {
            Ok(())
        } else {
            Err(outdated("no format".to_owned()))
        };
    };
    match serde_json::from_str::<Payload>(&text) {
        Ok(payload) if payload.format == FORMAT => Ok(()),
        Ok(payload) => Err(outdated(format!("format {}, not {FORMAT}", payload.format))),
        Err(_) => Err(outdated("an unreadable format".to_owned())),
    }
}
