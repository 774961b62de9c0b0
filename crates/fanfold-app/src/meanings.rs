//! What tags mean, kept in memory for searches until the graph changes: which tags stand under a name, and what each tag
//! is counted as. A decision of a wrangler is in force with the next question, whoever made it and wherever.

use crate::Result;
use crate::error::AppError;
use fanfold_model::TagId;
use fanfold_search::TagGraph;
use fanfold_storage::Store;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;

/// Names of which the tags below are remembered; then all are forgotten.
const REMEMBERED: usize = 10_000;

/// See the module comment.
pub(crate) struct Meanings {
    store: Arc<dyn Store>,
    /// The graph's version when it was last looked at.
    version: AtomicI64,
    under: Mutex<Under>,
    /// Where questions to the store are answered: the index asks from threads of its own.
    runtime: Mutex<Option<Handle>>,
}

#[derive(Default)]
struct Under {
    version: i64,
    tags: HashMap<Vec<TagId>, Arc<[u64]>>,
}

impl Meanings {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            version: AtomicI64::new(0),
            under: Mutex::default(),
            runtime: Mutex::default(),
        }
    }

    /// Looks whether the graph changed: what is asked from now on is answered accordingly.
    pub(crate) async fn refresh(&self) -> Result<()> {
        *self.runtime.lock().unwrap_or_else(PoisonError::into_inner) = Some(Handle::current());
        let version = self.store.tag_version().await?;
        self.version.fetch_max(version, Ordering::AcqRel);
        Ok(())
    }

    /// Every tag whose works are found under these canonical tags.
    pub(crate) async fn under(&self, tags: Vec<TagId>) -> Result<Vec<u64>> {
        if tags.is_empty() {
            return Ok(Vec::new());
        }
        let version = self.version.load(Ordering::Acquire);
        if let Some(known) = self.remembered(version).tags.get(&tags) {
            return Ok(known.to_vec());
        }
        let found = self.store.tags_under(&tags).await?;
        let found: Arc<[u64]> = found.into_iter().map(TagId::number).collect();
        let mut under = self.remembered(version);
        if under.version == version {
            under.tags.insert(tags, Arc::clone(&found));
        }
        Ok(found.to_vec())
    }

    /// What is remembered, emptied if it is of another version of the graph or too much.
    fn remembered(&self, version: i64) -> MutexGuard<'_, Under> {
        let mut under = self.under.lock().unwrap_or_else(PoisonError::into_inner);
        if under.version < version || under.tags.len() >= REMEMBERED {
            *under = Under { version, tags: HashMap::new() };
        }
        under
    }

    /// Waits for the store in a thread that may wait.
    fn wait<T>(
        &self,
        asked: impl Future<Output = fanfold_storage::Result<T>>,
    ) -> std::result::Result<T, String> {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let runtime =
            runtime.ok_or_else(|| AppError::Broken("asking what tags mean").to_string())?;
        runtime.block_on(asked).map_err(|error| error.to_string())
    }
}

impl TagGraph for Meanings {
    fn version(&self) -> u64 {
        u64::try_from(self.version.load(Ordering::Acquire)).unwrap_or(0)
    }

    fn canonical(&self, tags: &[u64]) -> std::result::Result<Vec<(u64, u64)>, String> {
        let tags: Vec<TagId> = tags.iter().map(|tag| TagId::of_number(*tag)).collect();
        let forms = self.wait(self.store.canonical_tags(&tags))?;
        Ok(forms.into_iter().map(|(tag, form)| (tag.number(), form.number())).collect())
    }

    fn above(&self, tags: &[u64]) -> std::result::Result<Vec<(u64, u64)>, String> {
        let tags: Vec<TagId> = tags.iter().map(|tag| TagId::of_number(*tag)).collect();
        let above = self.wait(self.store.metatags(&tags))?;
        Ok(above.into_iter().map(|(tag, higher)| (tag.number(), higher.number())).collect())
    }

    fn changed_since(&self, version: u64) -> std::result::Result<Option<Vec<u64>>, String> {
        let version = i64::try_from(version).unwrap_or(0);
        let changed = self.wait(self.store.reformed_tags(version))?;
        Ok(changed.map(|tags| tags.into_iter().map(TagId::number).collect()))
    }
}
