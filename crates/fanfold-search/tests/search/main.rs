//! The index from outside: what is found, in which order, by whom, and what other processes see.

mod fuzzing;
mod library;
mod oracle;
mod paging;
mod sharing;
mod texts;
