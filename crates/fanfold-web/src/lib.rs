//! The only crate that knows HTTP: server-rendered pages that need no JavaScript.
//!
//! `views` holds one typed context per template, `assets` the files that pages ask for, `urls` how
//! addresses are spelt.

pub mod assets;
pub mod urls;
pub mod views;
