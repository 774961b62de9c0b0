//! The names under which works are found, ready to be asked while somebody types or after a slip.
//!
//! They are read from the store for one viewer: a name that only works carry which the viewer may not see is not among
//! them. Small libraries read them again after every change; large ones in the background, and answer from the older names
//! meanwhile. Numbers of works are never kept here: they come from the index with each answer.

mod complete;
mod meant;
mod read;

pub use complete::{Completed, CompletionRequest, NameKind};
pub use meant::{Meant, Unknown};

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use fanfold_model::Viewer;
use fanfold_tags::Completer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is read faster is read again at once after a change.
const QUICK: Duration = Duration::from_millis(50);
/// What takes longer is believed for so many times as long as reading took.
const BELIEVED: u32 = 20;

/// Names of tags, and of creators.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) tags: Completer,
    pub(crate) creators: Completer,
}

/// The names of each viewer, as far as they were asked for.
#[derive(Default)]
pub(crate) struct NameBook {
    kept: Mutex<HashMap<Viewer, Kept>>,
    /// One reading at a time.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Kept {
    names: Arc<Names>,
    state: State,
    at: Instant,
    took: Duration,
}

/// The newest change of works, and the version of the tag graph.
type State = (i64, i64);

impl NameBook {
    fn get(&self, viewer: Viewer) -> Option<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&viewer).cloned()
    }

    fn put(&self, viewer: Viewer, kept: Kept) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(viewer, kept);
    }
}

/// How long a question waits for names that are being read: what was meant is told beside an answer, which is there by then.
const PATIENCE: Duration = Duration::from_millis(500);

impl Archive {
    /// The names that the viewer may know; `None` while a large library is still read for the first time.
    async fn names_soon(&self, viewer: Viewer) -> Result<Option<Arc<Names>>> {
        tokio::time::timeout(PATIENCE, self.names(viewer)).await.ok().transpose()
    }

    async fn names(&self, viewer: Viewer) -> Result<Arc<Names>> {
        let kept = self.name_book().get(viewer);
        if let Some(kept) = &kept
            && kept.took > QUICK
            && kept.at.elapsed() < kept.took * BELIEVED
        {
            return Ok(Arc::clone(&kept.names));
        }
        let state = self.names_state().await?;
        match kept {
            Some(kept) if kept.state == state => Ok(kept.names),
            Some(kept) if kept.took > QUICK => {
                if self.name_book().reading.try_lock().is_ok() {
                    drop(self.read_names(viewer, state));
                }
                Ok(kept.names)
            }
            _ => {
                let read = self.read_names(viewer, state).await;
                read.map_err(|_| AppError::Broken("reading the names"))?
            }
        }
    }

    async fn names_state(&self) -> Result<State> {
        Ok((self.store().last_seq().await?, self.store().tag_version().await?))
    }

    /// Reads on, though nobody waits for it any more.
    fn read_names(
        &self,
        viewer: Viewer,
        state: State,
    ) -> tokio::task::JoinHandle<Result<Arc<Names>>> {
        let archive = self.clone();
        tokio::spawn(async move {
            let _one_at_a_time = archive.name_book().reading.lock().await;
            let known = archive.name_book().get(viewer);
            if let Some(known) = known.filter(|known| known.state == state) {
                return Ok(known.names);
            }
            let begun = Instant::now();
            let names = Arc::new(archive.names_from_store(viewer).await?);
            let took = begun.elapsed();
            let kept = Kept { names: Arc::clone(&names), state, at: Instant::now(), took };
            archive.name_book().put(viewer, kept);
            Ok(names)
        })
    }
}
