//! Bringing files in: the upload, its progress, the report.

mod jobs;
mod report;
mod upload;

pub(crate) use jobs::{Jobs, progress};
pub(crate) use report::{import_line, report};
pub(crate) use upload::{form, upload};
