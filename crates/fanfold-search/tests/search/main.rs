//! The index from outside: what is found, in which order, by whom, and what other processes see.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its library should stop")]

mod boards;
mod decisions;
mod fuzzing;
mod library;
mod oracle;
mod paging;
mod ranking;
mod sharing;
mod texts;
