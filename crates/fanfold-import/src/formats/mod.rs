//! One file for each format, named for it.

pub(crate) mod canonical_json;
