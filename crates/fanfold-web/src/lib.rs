//! The only crate that knows HTTP: server-rendered pages that need no JavaScript.
//!
//! A request passes the [`guard`](crate) (host, origin, headers), finds its handler in `routes`, which asks
//! the archive one or two questions, fills a typed context of [`views`] and answers with a page that has an
//! `ETag`. Texts of works are answered from a small cache of rendered, already compressed pages.

mod answer;
mod api;
mod cache;
mod creators;
mod desk;
mod downloads;
mod error;
mod feeds;
mod fields;
mod guard;
mod help;
mod home;
mod imports;
mod listing;
mod present;
mod reader;
mod routes;
mod series;
mod shelf;
mod site;
mod statics;
mod tags;
mod works;
mod wrangling;

pub mod assets;
pub mod urls;
pub mod views;

#[cfg(test)]
mod site_tests;

pub use site::{Settings, serve};
