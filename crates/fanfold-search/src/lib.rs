//! The only crate that knows Tantivy: schema, indexing, queries, facets, snippets.
//!
//! The store is the truth; this index follows it and can be deleted at any time. One process at a time holds the
//! [`Writer`]; any number of processes search, and each search sees the last commit of whoever wrote it.
//!
//! - [`IndexedWork`] is what the index needs to know of a work. Of tags it keeps the numbers that stand on the work, and
//!   their words in a list of names: what a tag means is asked when a question is asked ([`TagLookup`], [`TagGraph`]).
//! - [`Index`] opens a folder; [`Index::try_writer`] gives the writer, [`Index::search`] answers a
//!   [`Query`](fanfold_model::query::Query).
//! - [`snippets`] marks what was found in texts that the caller brings: the index keeps no text.
//!
//! Not here: who may do what, names of tags (ids in, ids out; a [`TagLookup`] turns names into ids), the change log.

mod analyzer;
mod best;
mod boards;
mod canonical;
mod carried;
mod columns;
mod compile;
mod document;
mod error;
mod excluded;
mod facets;
pub mod fuzz;
mod index;
mod names;
mod order;
mod page;
mod plan;
mod range;
mod schema;
mod search;
mod sizes;
mod snippets;
mod stems;
mod tags;
mod terms;
mod together;
mod words;
mod work;
mod writer;

pub use boards::BoardLimits;
pub use canonical::{NoGraph, TagGraph};
pub use error::IndexError;
pub use facets::{FacetCount, Facets};
pub use index::Index;
pub use order::Cursor;
pub use search::{Hit, NoTags, Results, SearchOptions, TagLookup};
pub use sizes::Sizes;
pub use snippets::{Passage, Snippet, snippets};
pub use work::{DayInterval, IndexedTag, IndexedWork};
pub use writer::Writer;
