//! One typed context per template. Views know nothing of storage: handlers fill them with plain values,
//! and every page can be rendered from samples alone.

pub mod about;
pub mod chart;
pub mod creators;
pub mod desk;
pub mod frame;
pub mod home;
pub mod imports;
pub mod like;
pub mod listing;
pub mod parts;
pub mod problems;
pub mod series;
pub mod shelf;
pub mod sources;
pub mod tags;
pub mod words;
pub mod works;
pub mod wrangling;

#[cfg(test)]
mod tests;
