//! Read-only input: files, folders and containers as a stream of items, within limits.
//!
//! [`walk`] goes through what a person gave ([paths](std::path)) and hands on one [`Item`] for each leaf: a file, or a
//! member of a container (zip, tar, 7z, packed files, mailboxes, captures of the web). An input is never written to, a symbolic link is never followed, a member's bytes never
//! reach the disk under the member's name. What cannot be read becomes an item with a finding, so that each leaf
//! counts exactly once.

mod archive;
mod beside;
mod containers;
mod error;
pub mod fuzz;
mod item;
mod limits;
mod names;
mod random_access;
mod shelf;
mod walk;

pub use archive::{Archive, Entry, EntryReader};
pub use beside::{Beside, FOLDER_LISTS, Fetch, is_page};
pub use containers::TRANSPORT_HEADERS;
pub use error::SourceError;
pub use item::{Hints, Item, ItemReader};
pub use limits::{Limits, SECTION};
pub use random_access::RandomAccess;
pub use walk::{Survey, survey, walk};
