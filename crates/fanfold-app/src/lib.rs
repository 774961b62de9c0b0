//! Use cases in plain verbs; the command line and the web server call these and only these.
//!
//! [`Archive`] is a library that is open: the store (truth), the originals, the search index
//! (which can be thrown away) and a clock. Reading goes through [`Archive`]'s methods; everything
//! that changes a library is a verb of its own module: [`import`], [`curate`], [`reprocess`],
//! [`maintain`], [`export`], [`review`], [`tags`].

mod archive;
pub mod beside;
mod clock;
mod crowd;
pub mod duplicates;
mod error;
mod facsimile;
mod hashing;
mod library;
pub mod like;
pub mod names;

pub mod curate;
pub mod export;
pub mod follow;
pub mod import;
mod index;
mod indexed;
pub mod inspect;
pub mod maintain;
mod meanings;
pub mod reprocess;
pub mod review;
pub mod search;
pub mod settings;
pub mod shelf;
pub mod tags;
pub mod tools;

pub use archive::{Archive, Original};
pub use clock::{Clock, FixedClock};
pub use error::AppError;
pub use facsimile::OriginalText;
pub use fanfold_export::Format;
pub use library::{LibraryPaths, OpenFault};

/// What a page or a command needs of the store's types, so that only one crate is named.
pub use fanfold_storage::{
    Card, ChapterChoice, CreatorPage, CreatorRef, HistoryLine, ImportSummary, ItemLine,
    LibraryStatus, ListFilter, ListPage, OriginalBytes, SeriesNeighbour, SeriesOrigin, SeriesPage,
    SeriesPlace, SourcesPage, StorageError, TagPage, TagRef, WorkKey, WorkPage,
};

/// The formats that can be read, as the importers describe themselves.
pub fn formats() -> impl Iterator<Item = fanfold_import::FormatInfo> {
    fanfold_import::importers().iter().map(|importer| importer.format())
}

/// The result of a use case.
pub type Result<T> = std::result::Result<T, AppError>;
