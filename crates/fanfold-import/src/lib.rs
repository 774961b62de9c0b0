//! Bytes to extracted works: detection, one importer a format, header blocks, assembly.
//!
//! [`read`] takes one item of a source and gives everything that was seen in it. It never fails on content: each item
//! gives at least one [`Extracted`](fanfold_model::Extracted), if only to say why it is no work. A new format is one
//! file in `formats/`, one line in `registry.rs`, and fixtures; start with [`Importer`].

pub mod assemble;
mod body;
mod capture;
mod comments;
mod convert;
mod decode;
mod detect;
mod downloaded;
mod formats;
mod from_text;
pub mod fuzz;
mod holes;
mod importer;
mod neighbours;
mod page;
mod project_note;
mod reading;
mod registry;
mod rich;
mod seen;
mod site_address;
mod sql_dump;
pub mod text_work;

pub use convert::{ConvertError, Converter, NoConverter};
pub use decode::DecodedText;
pub use detect::{Candidate, Detection, detect};
pub use importer::{FormatInfo, ImportError, Importer, Input, Match, Probe, Sink};
pub use reading::{Reading, Summary, holds_many, read, read_into, read_with};
pub use registry::importers;

/// Version of the rules that read items; stored with what they saw, and raised when a reading changes.
pub const RULES: &str = "import-1";
