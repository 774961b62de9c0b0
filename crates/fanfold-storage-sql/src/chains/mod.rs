//! Series that no source states: works of one creator that their own links chain together ("sequel to", "continued
//! in"). Links resolve as they do on a work's page, in either order of arrival; what they chain is made anew for the
//! works around every change, inside the same transaction, so a page only reads it.
//!
//! Nothing here is stated data: chains lie in tables of their own, are in no export, and go with what they stand on.

mod explore;
mod paths;
mod rows;
mod settle;
mod sql;
mod unread;

pub(crate) use explore::around;
pub(crate) use rows::write;
pub(crate) use settle::settle;
#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};
pub(crate) use unread::read_links;
