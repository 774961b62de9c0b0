//! The one integration binary of the workspace: it runs `fanfold` as a user would and looks at
//! what comes out. One module a promise.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod asking;
mod attic;
mod command_line;
mod curating;
mod documents;
mod dumps;
mod duplicates;
mod exporting;
mod foreign_programs;
mod journals;
mod killing;
mod later;
mod mailboxes;
mod neighbours;
mod pairing;
mod program;
mod reviewing;
mod several_processes;
mod sound;
mod treatment_of_input;
mod wrangling;
