//! Writing: one process at a time holds the writer; what it puts is seen from the next commit on.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::LockError;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::{IndexWriter, TantivyError, Term};

use crate::document::document;
use crate::error::IndexError;
use crate::index::{Index, payload_text};
use crate::names::NamesWriter;
use crate::stems::StemLanguage;
use crate::work::{IndexedTag, IndexedWork};

/// Memory of each indexing thread before it writes a segment: for each work that is to come …
const HEAP_A_WORK: usize = 250;
/// … and at least and at most. A million works take about three quarters of the time with the most that they take with the least,
/// because segments are larger and are merged once or never.
const LEAST_HEAP: usize = 20 << 20;
const MOST_HEAP: usize = 250 << 20;
/// Indexing threads: enough for 6 MB of text a second, few enough to leave room for the import beside it.
const THREADS: usize = 2;

/// Who brings fewer works than these is in a hurry …
const FEW: u64 = 1_000;
/// … and merges only segments of at most so many works, or this part of all.
const SMALL: u64 = 10_000;
const SMALL_PART: u64 = 128;

/// The one writer of an index. Dropping it without [`Writer::commit`] forgets what was put since the last commit.
pub struct Writer {
    inner: IndexWriter,
    names: NamesWriter,
    /// The version of the tag graph that the names follow from the next commit on.
    names_version: u64,
    merges: Merges,
    index: Index,
}

impl Index {
    /// The writer for about so many works that are to come, or `None` while this or another process holds it. It takes 40 MB
    /// of memory, for hundreds of thousands of works up to 500. Who brings few works merges only small segments, so that
    /// it is done in a moment; what that leaves is for the next who brings many, or [`Index::try_tidier`].
    ///
    /// # Errors
    /// Disk failures.
    pub fn try_writer(&self, coming: u64) -> Result<Option<Writer>, IndexError> {
        let mut merges = Merges::default();
        if coming < FEW {
            let most = (self.works()? / SMALL_PART).max(SMALL);
            merges.policy.set_max_docs_before_merge(usize::try_from(most).unwrap_or(usize::MAX));
        }
        self.writer(heap(coming), merges)
    }

    /// The writer for whoever has time to merge what many small additions have left, or `None` while there is little of
    /// that, or somebody holds the writer. Its next commit begins the merges.
    ///
    /// # Errors
    /// Disk failures.
    pub fn try_tidier(&self) -> Result<Option<Writer>, IndexError> {
        let segments = self.tantivy().searchable_segment_metas()?;
        let candidates = LogMergePolicy::default().compute_merge_candidates(&segments);
        if candidates.is_empty() {
            return Ok(None);
        }
        self.writer(LEAST_HEAP, Merges::default())
    }

    fn writer(&self, heap: usize, merges: Merges) -> Result<Option<Writer>, IndexError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(THREADS)
            .memory_budget_per_thread(heap)
            .num_merge_threads(1)
            .build();
        match self.tantivy().writer_with_options(options) {
            Ok(inner) => {
                self.backlog().reset();
                self.names().refresh()?;
                let names_version = self.names_version()?;
                let names = NamesWriter::default();
                inner.set_merge_policy(Box::new(merges.clone()));
                Ok(Some(Writer { inner, names, names_version, merges, index: self.clone() }))
            }
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn heap(coming: u64) -> usize {
    let coming = usize::try_from(coming).unwrap_or(usize::MAX);
    coming.saturating_mul(HEAP_A_WORK).clamp(LEAST_HEAP, MOST_HEAP)
}

impl Writer {
    /// Puts a work in place of what the index has under its id.
    ///
    /// # Errors
    /// When an indexing thread has failed.
    pub fn put(&mut self, work: &IndexedWork) -> Result<(), IndexError> {
        self.remove(work.id);
        self.add(work)
    }

    /// Adds a work whose id the index does not have: faster than [`Writer::put`] when everything is indexed anew.
    ///
    /// # Errors
    /// When an indexing thread has failed.
    pub fn add(&mut self, work: &IndexedWork) -> Result<(), IndexError> {
        let language = StemLanguage::of(work);
        for tag in &work.tags {
            self.names.put(self.index.names(), tag, language)?;
        }
        let (doc, text_bytes) = document(self.index.fields(), work, language);
        self.index.backlog().enter(text_bytes);
        self.inner.add_document(doc)?;
        Ok(())
    }

    /// Puts the names of tags in place of what the last commit has, for those that it has at all. Works that are put bring
    /// their names along.
    ///
    /// # Errors
    /// Disk failures.
    pub fn rename(&mut self, tags: &[IndexedTag]) -> Result<(), IndexError> {
        tags.iter().try_for_each(|tag| self.names.rename(self.index.names(), tag))
    }

    /// Says that from the next commit on the names of tags have followed the tag graph up to a version.
    pub fn names_followed(&mut self, version: u64) {
        self.names_version = version;
    }

    /// Takes a work out.
    pub fn remove(&mut self, id: u64) {
        self.inner.delete_term(Term::from_field_u64(self.index.fields().id, id));
    }

    /// Makes everything put so far durable and visible, and says that the index has followed the change log up to `seq`.
    ///
    /// # Errors
    /// Disk failures; then nothing of it is visible and the writer should be dropped.
    pub fn commit(&mut self, seq: u64) -> Result<(), IndexError> {
        self.names.commit()?;
        let mut commit = self.inner.prepare_commit()?;
        commit.set_payload(&payload_text(seq, self.names_version));
        commit.commit()?;
        self.index.refresh()
    }

    /// Whether segments are being merged, which [`Writer::close`] would wait for: minutes, when they are large.
    ///
    /// # Errors
    /// Disk failures.
    pub fn is_merging(&self) -> Result<bool, IndexError> {
        let there = self.index.tantivy().searchable_segment_ids()?;
        Ok(self.merges.any_of(&there))
    }

    /// Waits until segments are merged and gives the lock back.
    ///
    /// # Errors
    /// When a merge failed.
    pub fn close(self) -> Result<(), IndexError> {
        self.names.close()?;
        self.inner.wait_merging_threads()?;
        self.index.refresh()
    }
}

/// The merges that were begun: Tantivy tells nobody when one is over, but then its segments are gone.
#[derive(Debug, Clone, Default)]
struct Merges {
    policy: LogMergePolicy,
    begun: Arc<Mutex<Vec<Vec<SegmentId>>>>,
}

impl Merges {
    /// Whether a merge of these segments, those that are there, has not ended.
    fn any_of(&self, there: &[SegmentId]) -> bool {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.retain(|merged| merged.iter().all(|segment| there.contains(segment)));
        !begun.is_empty()
    }
}

impl MergePolicy for Merges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let candidates = self.policy.compute_merge_candidates(segments);
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.extend(candidates.iter().map(|candidate| candidate.0.clone()));
        candidates
    }
}
