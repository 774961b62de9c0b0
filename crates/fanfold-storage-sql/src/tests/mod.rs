//! The shared suite, run on both engines, and what concerns one engine or several processes.

mod blobs;
mod builders;
mod engines;
mod several;
mod statements;
mod suite;
mod twins;
mod wrangling;
