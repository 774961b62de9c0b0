//! Import: paths in, works and a report out.
//!
//! Three stages run side by side, joined by short queues: the walker reads items and packs them in
//! batches; readers detect, extract and normalise a batch on all cores; the committer compares each
//! reading with what is known and commits the batch as one group. Order is kept throughout, so the
//! same pile always ends the same way, killed and started again or not.
//!
//! A dry run and `inspect` run the very same stages; only the [`target`] differs.

mod batch;
mod commit;
mod earlier;
mod matching;
mod others;
mod parts;
mod perhaps;
mod policy;
mod read;
mod report;
mod stream;
mod target;
mod versions;

pub use policy::{PermissionPolicy, Policy};
pub use report::{Attention, Progress, Report};

pub(crate) use read::{ReadContext, ReadWork, read_work};

use read::{Read, read_item};
use stream::{Arrived, is_streamed, settles};
pub(crate) use target::{Memory, Target};
pub(crate) use versions::keep_chapter_uids;

use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use crate::review::{RuleBook, given_name};
use batch::Batch;
use commit::Committer;
use fanfold_source::Item;
use fanfold_storage::{Known, KnownAs, NewImport};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use target::{DryTarget, LibraryTarget};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// An item above this size takes many times its size while it is read, so no two of them are read at once.
const BIG: u64 = 4 << 20;

/// How to import.
#[derive(Clone, Default)]
pub struct ImportOptions {
    /// Reads, compares and reports, and changes nothing.
    pub dry_run: bool,
    /// What to hold back.
    pub policy: Policy,
    /// Who imports.
    pub actor: String,
    /// Set from outside to stop cleanly after the group under way.
    pub stop: Arc<AtomicBool>,
}

impl Archive {
    /// Imports files, folders and containers, in any mixture.
    ///
    /// What the progress has reported as taken or merged is committed. When this returns, the
    /// search index has followed, unless another process follows it.
    ///
    /// # Errors
    /// If a path does not exist, or the store or the disk fails. Content never fails.
    pub async fn import(
        &self,
        roots: &[PathBuf],
        options: &ImportOptions,
        progress: Arc<dyn Progress>,
    ) -> Result<Report> {
        for root in roots {
            std::fs::symlink_metadata(root)
                .map_err(|error| AppError::at(root, &error, "check the spelling of the path"))?;
        }
        let target: Arc<dyn Target> = if options.dry_run {
            Arc::new(DryTarget::over(Some(self.clone())))
        } else {
            let begun = NewImport {
                actor: options.actor.clone(),
                at: self.stamp(),
                roots: roots.iter().map(|root| root.display().to_string()).collect(),
            };
            let import = self.store().begin_import(begun).await?;
            Arc::new(LibraryTarget::new(self.clone(), import))
        };
        let given: Vec<String> = roots.iter().map(|root| root.display().to_string()).collect();
        let context = self.read_context(options, &given).await?;
        let mut report = run(roots, options, &context, target.clone(), progress).await?;
        target.finish(report.counts).await?;
        if !options.dry_run {
            self.catch_up().await?;
            // Stopped from outside, the rest is left to the next import.
            if !report.stopped {
                (_, report.alike) = self.screen().await?;
                if !report.changed_nothing() {
                    self.guess_after(&report).await?;
                }
            }
        }
        Ok(report)
    }

    /// What reading depends on; `roots` are the paths that were given.
    pub(crate) async fn read_context(
        &self,
        options: &ImportOptions,
        roots: &[String],
    ) -> Result<ReadContext> {
        Ok(ReadContext {
            limits: self.settings().limits.clone(),
            tools: Arc::new(self.settings().tools.clone()),
            policy: options.policy.clone(),
            today: self.today(),
            rules: Arc::new(RuleBook::of(&self.store().answers().await?)),
            given: given_name(roots),
        })
    }
}

/// The stages of an import over any target.
pub(crate) async fn run(
    roots: &[PathBuf],
    options: &ImportOptions,
    context: &ReadContext,
    target: Arc<dyn Target>,
    progress: Arc<dyn Progress>,
) -> Result<Report> {
    let started = std::time::Instant::now();
    progress.total(batch::bytes_under(roots));
    let (to_readers, from_walker) = mpsc::channel::<Batch>(1);
    let (to_committer, mut from_readers) = mpsc::channel::<Result<Reading>>(1);
    let walker = {
        let (roots, limits, stop) = (roots.to_vec(), context.limits.clone(), options.stop.clone());
        tokio::task::spawn_blocking(move || batch::walk(&roots, &limits, &stop, &to_readers))
    };
    let readers =
        tokio::spawn(read_batches(from_walker, to_committer, context.clone(), target.clone()));
    let mut committer = Committer::new(target, progress, context.clone(), options.stop.clone());
    while let Some(reading) = from_readers.recv().await {
        let reading = reading?;
        committer.take(reading.items).await?;
        drop(reading.under_way);
    }
    walker.await.map_err(|_| AppError::Broken("the walker"))??;
    readers.await.map_err(|_| AppError::Broken("the readers"))?;
    let mut report = committer.end().await?;
    report.stopped = options.stop.load(Ordering::Relaxed);
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// A batch as read, on its way to the committer.
struct Reading {
    items: Vec<Arrived>,
    under_way: OwnedSemaphorePermit,
}

/// Reads batch after batch on all cores; bytes that are already known are not read again.
async fn read_batches(
    mut batches: mpsc::Receiver<Batch>,
    out: mpsc::Sender<Result<Reading>>,
    context: ReadContext,
    target: Arc<dyn Target>,
) {
    let room = Arc::new(Semaphore::new(batch::MIB_UNDER_WAY as usize));
    while let Some(batch) = batches.recv().await {
        let Ok(under_way) = room.clone().acquire_many_owned(batch.weight()).await else { return };
        let items = read_batch(batch, &context, target.as_ref()).await;
        if out.send(items.map(|items| Reading { items, under_way })).await.is_err() {
            return;
        }
    }
}

async fn read_batch(
    batch: Batch,
    context: &ReadContext,
    target: &dyn Target,
) -> Result<Vec<Arrived>> {
    let known = target.known(&batch.hashes()).await?;
    let context = context.clone();
    let one_big = Mutex::new(());
    let work = move || {
        let read = |item: Item| {
            let known = batch::known_as(&known, &item);
            // What was refused for want of a program is asked again when there is one.
            let again = |known: &Known| known.known == KnownAs::Item && context.tools.reads(&item);
            let known = known.filter(|known| settles(known, &item) && !again(known));
            Arrived::Read(Box::new(match known {
                Some(known) if known.absent => Read::returned(&item),
                Some(_) => Read::known(&item),
                None if is_streamed(&item) => return Arrived::Streamed(Box::new(item)),
                None if item.size > BIG => {
                    // A reader that panicked leaves the lock poisoned; it guards no data.
                    let _alone = one_big.lock().unwrap_or_else(PoisonError::into_inner);
                    read_item(item, &context)
                }
                None => read_item(item, &context),
            }))
        };
        batch.items.into_par_iter().map(read).collect::<Vec<_>>()
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::Broken("a reader"))
}
