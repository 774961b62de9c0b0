//! What a store can do, as traits: the truth about works, tags, sources, imports and their history.
//!
//! [`Store`] is the sum of small traits, one file each. Calls are coarse: a page is one call.
//! "Not found" is never an error: lookups give an `Option`. To add a method: write it in its trait
//! here, write its SQL in `fanfold-storage-sql`, add a case to the shared suite; nothing else.
//!
//! Invariants every implementation keeps, and the shared suite tests:
//! - a group of an import is committed whole or not at all; its blobs are durable before;
//! - ids are never reused; change-log numbers become visible in their order;
//! - every read takes a [`Viewer`](fanfold_model::Viewer) and passes the one visibility rule;
//! - what a curator edited survives re-import and reprocessing;
//! - an erased thing leaves a tombstone that keeps the same bytes from being taken again.

mod alike;
mod blobs;
mod changes;
mod curation;
mod error;
mod imports;
mod maintenance;
mod readers;
mod review;
mod scans;
mod tags;
mod works;

pub use alike::{AlikeStore, Listed, NewSketch, PairState, Sharing, StoredPair, StoredSketch};
pub use blobs::{BlobInfo, BlobStore, OriginalBytes};
pub use changes::{Change, ChangeKind, ChangeLog};
pub use curation::{CurationStore, HistoryLine, Removal};
pub use error::StorageError;
pub use imports::{
    Committed, Entry, ExtractedLayer, FurtherSource, ImportStore, ImportSummary, ItemLine, Known,
    KnownAs, NewImport, NewItem, NewVersion, NewWork, StoredHead, UndoReport,
};
pub use maintenance::{LibraryStatus, MaintenanceStore, RowFault};
pub use readers::{MutedIds, ReaderStore};
pub use review::{Answer, FandomName, ReviewStore, ToReview, WorkOrigin};
pub use scans::{IndexRecord, IndexTag, ItemRow, ScanStore};
pub use tags::{
    KnownName, Loaded, LoadedTag, LoadedUse, NameInUse, TagChange, TagChangeLine, TagChanged,
    TagDelta, TagEdge, TagEdgeKind, TagFilter, TagPreview, TagRow, TagStanding, TagState, TagStore,
};
pub use works::{
    Card, ChapterChoice, CreatorPage, CreatorRef, ListFilter, ListPage, SeriesNeighbour,
    SeriesOrigin, SeriesPage, SeriesPlace, SourcesPage, TagPage, TagRef, WorkKey, WorkPage,
    WorkStore,
};

/// Everything a library's database can do.
pub trait Store:
    ImportStore
    + WorkStore
    + CurationStore
    + AlikeStore
    + ReviewStore
    + ReaderStore
    + ChangeLog
    + ScanStore
    + TagStore
    + MaintenanceStore
{
}

impl<T> Store for T where
    T: ImportStore
        + WorkStore
        + CurationStore
        + AlikeStore
        + ReviewStore
        + ReaderStore
        + ChangeLog
        + ScanStore
        + TagStore
        + MaintenanceStore
{
}

/// The result of a storage call.
pub type Result<T> = std::result::Result<T, StorageError>;
