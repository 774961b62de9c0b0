//! The search index of an open library, and what it needs to be asked.

use crate::Result;
use crate::error::AppError;
use crate::meanings::Meanings;
use crate::search::FACETS;
use fanfold_model::Viewer;
use fanfold_model::query::{Query, Sort, SortKey};
use fanfold_search::{BoardLimits, Index, IndexError, NoTags, SearchOptions, TagGraph};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// The search index of an open library. It is made anew when it cannot be read.
pub(crate) struct IndexHandle {
    dir: PathBuf,
    index: RwLock<Index>,
    meanings: Arc<Meanings>,
    /// A server keeps large sets of works in memory.
    prepared: AtomicBool,
}

impl IndexHandle {
    pub(crate) fn open(dir: &Path, meanings: Arc<Meanings>) -> Result<Self> {
        let index = match Index::open_or_create(dir) {
            Err(error) if error.needs_rebuild() => {
                tracing::warn!(%error, "the search index is made anew");
                Index::recreate(dir)?
            }
            opened => opened?,
        };
        index.ask(Arc::clone(&meanings) as Arc<dyn TagGraph>);
        Ok(Self {
            dir: dir.to_owned(),
            index: RwLock::new(index),
            meanings,
            prepared: AtomicBool::new(false),
        })
    }

    /// The index as it is now.
    pub(crate) fn get(&self) -> Index {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Deletes the index and begins an empty one.
    pub(crate) fn recreate(&self) -> Result<()> {
        let fresh = Index::recreate(&self.dir)?;
        fresh.ask(Arc::clone(&self.meanings) as Arc<dyn TagGraph>);
        if self.prepared.load(Ordering::Relaxed) {
            fresh.prepare(BoardLimits::default())?;
        }
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Reads the index into memory for many questions to come, and what the first of them will want beside it.
    pub(crate) fn prepare(&self) -> Result<()> {
        self.prepared.store(true, Ordering::Relaxed);
        let index = self.get();
        index.prepare(BoardLimits::default())?;
        for viewer in [Viewer::Public, Viewer::Owner] {
            for key in [SortKey::Updated, SortKey::Kudos] {
                index.search(&Query::default(), &first_page(viewer, key))?;
            }
        }
        Ok(())
    }

    pub(crate) fn seq(&self) -> Result<i64> {
        Ok(i64::try_from(self.get().seq()?).unwrap_or(i64::MAX))
    }

    pub(crate) fn count(&self) -> Result<u64> {
        Ok(self.get().works()?)
    }
}

impl From<IndexError> for AppError {
    fn from(error: IndexError) -> Self {
        match error {
            // The index is whole: what was asked of it, or where to go on, is not to be answered.
            IndexError::BadCursor(_) | IndexError::TooWide { .. } | IndexError::TooCommon(_) => {
                Self::Refused(error.to_string())
            }
            other => Self::Index(other.to_string()),
        }
    }
}

/// What a visitor who asks for nothing gets first.
fn first_page(viewer: Viewer, key: SortKey) -> SearchOptions<'static> {
    SearchOptions {
        viewer,
        sort: Some(Sort::by(key)),
        limit: 20,
        offset: 0,
        after: None,
        facets: Some(FACETS),
        today: 0,
        tags: &NoTags,
    }
}
