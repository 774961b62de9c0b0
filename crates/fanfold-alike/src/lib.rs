//! The same story again: which texts share passages, how much of each, and what that makes them.
//!
//! Pure: texts in, verdicts out. A text becomes the hashes of its words ([`words`]). One in sixteen of its five-word
//! shingles, chosen by the shingle's own hash so that every text chooses alike, is its [`Sketch`]. Texts that share
//! enough of these are candidates ([`candidates`]); passages that very many texts have (disclaimers, lyrics, prompts)
//! do not count. A candidate pair is then laid side by side word by word ([`compare`]): passages grow from common
//! shingles, and their share of both texts gives the [`Verdict`].
//!
//! A verdict is a proposal for a person. Only equal words are a fact; nothing here merges anything.

mod candidates;
mod compare;
mod sketch;
mod words;

pub use candidates::{Screen, candidates};
pub use compare::{Comparison, Passage, Verdict, compare};
pub use sketch::{Sketch, containment};
pub use words::{Word, words};

/// Version of these rules; sketches of another version are made anew.
pub const RULES: &str = "alike-2";
