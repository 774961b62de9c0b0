//! The words of the field as types, and nothing else: no I/O, no clock, no SQL, no HTTP.
//!
//! Everything else in Fanfold stands on this crate. Data flows through it in this order:
//! an importer sees an [`Extracted`], normalisation makes a [`Work`] of it, the store keeps both
//! and the curator's [`Edit`]s apart, and [`canonical`] writes the one versioned JSON form.

pub mod canonical;
mod chapter;
mod creator;
mod date;
mod edit;
mod evidence;
mod extracted;
mod finding;
mod identity;
mod ids;
mod outcome;
mod pairing;
pub mod query;
mod rating;
mod series;
mod shelf;
mod tag;
mod viewer;
mod work;

pub use chapter::Chapter;
pub use creator::{CreatorRole, Credit};
pub use date::{DateError, PartialDate};
pub use edit::{Edit, EditError, EditField, EditOp, EditValue, apply_edits};
pub use evidence::{Evidence, Span, SpanUnit, Suggestion};
pub use extracted::{
    Companion, Extracted, ExtractedChapter, ExtractedField, FieldKind, Learnt, PartMark,
};
pub use finding::{Finding, FindingCode, Level, all_finding_codes};
pub use identity::{Identity, IdentityKind};
pub use ids::{ContentHash, CreatorId, ImportId, ItemId, SeriesId, TagId, Uid, UidMint, WorkId};
pub use outcome::{Counts, ItemOutcome, ReadAs};
pub use rating::Rating;
pub use series::{LinkRel, PartLink, Related, SeriesEntry};
pub use shelf::{Mute, Muted, SavedFilter};
pub use tag::{CATEGORIES, TagKind, WARNINGS, fold_name, fold_tag};
pub use viewer::{Viewer, Visibility};
pub use work::{BlobState, Permissions, Source, Stats, Status, VersionNote, Work, site_of};
