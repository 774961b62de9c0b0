//! Works that lie in one original, read together: the original is opened once and gone through once, and each work is
//! taken over as soon as it has been read. Of the works that are still to come only what tells them apart is kept, and
//! of the files beside the original only the names.

use super::stored::{Wanted, first_reading, item_of, learnt, place_of};
use super::{Again, NO_WORK, Old};
use crate::Result;
use crate::error::AppError;
use crate::hashing;
use crate::import::read_work;
use fanfold_import::Sink;
use fanfold_model::canonical::{Record, extracted_json};
use fanfold_model::{ContentHash, Extracted, Finding, ReadAs, Source, Uid, WorkId};
use fanfold_source::{Beside, Item, Limits};
use fanfold_storage::{BlobStore, OriginalBytes};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// Readings that wait to be taken over.
const AHEAD: usize = 2;

impl Again<'_> {
    /// Reads the works of one original.
    pub(super) async fn together(&mut self, original: &Source, works: &[WorkId]) -> Result<()> {
        let mut sought = Sought::default();
        let mut companions = HashMap::new();
        for id in works {
            let Some(old) = self.old(*id).await? else {
                self.skip(*id, "there is no such work");
                continue;
            };
            let (read, beside) = first_reading(&old.page.work, &old.layers.extracted);
            if read.len() != 1 || !learnt(&old.layers.extracted).is_empty() {
                // Joined from several originals, or read with what its own neighbours taught.
                self.alone(*id, &old).await?;
                continue;
            }
            companions.extend(beside.iter().map(|own| (place_of(own), own.blake3)));
            sought.add(*id, Wanted::of(old.uid()?, &old.layers.extracted));
        }
        if sought.by_uid.is_empty() {
            return Ok(());
        }
        let Some(bytes) = self.open(original.blake3).await? else {
            for id in sought.works() {
                self.skip(id, format!("the original of {} is not kept here", original.path));
            }
            return Ok(());
        };
        let opened = Arc::new(AtomicU64::new(0));
        let mut item = item_of(original, bytes, &self.context)?;
        item.beside = self.beside(companions, &opened);
        let missing = self.take_over(item, sought).await?;
        self.done.opened += opened.load(Ordering::Relaxed);
        for id in missing {
            self.skip(id, NO_WORK);
        }
        Ok(())
    }

    /// What lies beside the original, each file fetched when it is asked for.
    fn beside(
        &self,
        companions: HashMap<String, ContentHash>,
        opened: &Arc<AtomicU64>,
    ) -> Option<Arc<Beside>> {
        let names: Vec<String> = companions.keys().cloned().collect();
        let blobs = self.archive.blobs().clone();
        let (opened, runtime) = (opened.clone(), Handle::current());
        let fetch = move |name: &str, limits: &Limits| {
            opened.fetch_add(1, Ordering::Relaxed);
            fetched(blobs.as_ref(), &runtime, name, *companions.get(name)?, limits)
        };
        (!names.is_empty()).then(|| Arc::new(Beside::fetched(names, Box::new(fetch))))
    }

    /// Goes through the item and takes over the works as they come; gives those that did not.
    async fn take_over(&mut self, item: Item, sought: Sought) -> Result<Vec<WorkId>> {
        let mut missing: HashSet<WorkId> = sought.works().collect();
        let (out, mut readings) = mpsc::channel(AHEAD);
        let (limits, tools) = (self.context.limits.clone(), self.context.tools.clone());
        let reader = tokio::task::spawn_blocking(move || {
            let Some(origin) = item.blake3 else { return };
            let mut matching = Matching { sought, origin, place: 0, out };
            fanfold_import::read_into(&item, &limits, &*tools, &mut matching);
        });
        while let Some((id, extracted)) = readings.recv().await {
            let Some(old) = self.old(id).await? else { continue };
            let read = self.normalised(&old, extracted);
            // A surer reading of the same work may follow one that only had its identities.
            let counts = (self.done.changed, self.done.same);
            self.renew(&old, read).await?;
            if !missing.remove(&id) {
                (self.done.changed, self.done.same) = counts;
            }
        }
        reader.await.map_err(|_| AppError::Broken("a reader"))?;
        let mut missing: Vec<WorkId> = missing.into_iter().collect();
        missing.sort_unstable();
        Ok(missing)
    }

    fn normalised(&self, old: &Old, extracted: Extracted) -> crate::import::ReadWork {
        let (read, _) = first_reading(&old.page.work, &old.layers.extracted);
        let sources = read.into_iter().cloned();
        let encoding = extracted.encoding.clone();
        let sources = sources.map(|source| Source { encoding: encoding.clone(), ..source });
        read_work(extracted, sources.collect(), Vec::new(), &self.context)
    }
}

/// A file beside the original, on the thread that reads.
fn fetched(
    blobs: &dyn BlobStore,
    runtime: &Handle,
    name: &str,
    hash: ContentHash,
    limits: &Limits,
) -> Option<Item> {
    match runtime.block_on(blobs.get(hash)).ok()?? {
        OriginalBytes::Memory(bytes) => Some(Item::from_bytes(name, bytes)),
        OriginalBytes::File(file) => Item::from_file(name, file, limits).ok(),
    }
}

/// The works that are looked for in an original.
#[derive(Default)]
struct Sought {
    by_uid: HashMap<Uid, WorkId>,
    /// Works by the identities of their reading, where it has some; the first of several.
    by_identities: HashMap<String, WorkId>,
}

impl Sought {
    fn add(&mut self, id: WorkId, wanted: Wanted) {
        self.by_uid.insert(wanted.uid, id);
        if wanted.identities.as_array().is_some_and(|own| !own.is_empty()) {
            self.by_identities.entry(wanted.identities.to_string()).or_insert(id);
        }
    }

    fn works(&self) -> impl Iterator<Item = WorkId> + use<> {
        let mut works: Vec<WorkId> = self.by_uid.values().copied().collect();
        works.sort_unstable();
        works.into_iter()
    }

    /// The work that a reading is, surely by its place in the original, else by its identities; each once.
    fn found(&mut self, uid: Uid, extracted: &Extracted) -> Option<WorkId> {
        let identities = extracted_json(extracted)["identities"].to_string();
        if let Some(id) = self.by_uid.remove(&uid) {
            if self.by_identities.get(&identities) == Some(&id) {
                self.by_identities.remove(&identities);
            }
            return Some(id);
        }
        self.by_identities.remove(&identities)
    }
}

/// Hands on the readings that are works that were looked for.
struct Matching {
    sought: Sought,
    origin: ContentHash,
    place: u64,
    out: mpsc::Sender<(WorkId, Extracted)>,
}

impl Sink for Matching {
    fn extracted(&mut self, extracted: Extracted) {
        let uid = hashing::uid_in("work", self.origin, self.place);
        self.place += 1;
        if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) {
            return;
        }
        if let Some(id) = self.sought.found(uid, &extracted) {
            // Nobody listens once taking over failed; then that is what is told.
            let _ = self.out.blocking_send((id, extracted));
        }
    }

    fn record(&mut self, _: Record) {}

    fn finding(&mut self, _: Finding) {}

    fn wants_more(&self) -> bool {
        !self.out.is_closed() && !self.sought.by_uid.is_empty()
    }
}
