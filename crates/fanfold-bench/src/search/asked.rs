//! A question as the kit's file puts it, in numbers of tags: what engines are asked that know nothing of our query language.

use serde::Deserialize;

/// One line of `queries.jsonl`, without its number and class.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Tags that all must be there.
    pub(crate) include: Vec<u64>,
    /// Tags of which none may be there.
    pub(crate) exclude: Vec<u64>,
    /// Ratings of which one must be there, if any is named.
    pub(crate) rating: Vec<u64>,
    /// Fewest and most words, both included.
    pub(crate) words: Option<[Option<u64>; 2]>,
    /// Language.
    pub(crate) lang: Option<String>,
    /// 1 for complete works, 0 for others.
    pub(crate) complete: Option<u64>,
    /// Words that all must stand in the title or in the summary.
    pub(crate) text: Vec<String>,
    /// The order of the first page; ties by id, the smallest first.
    pub(crate) sort: By,
    /// Whether the largest ten tags of each kind are wanted.
    pub(crate) facets: bool,
}

/// An order, the largest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum By {
    Kudos,
    #[default]
    Updated,
    /// The engine's own opinion of how well the words fit.
    Rank,
}

impl Asked {
    /// The range of words with open ends filled in.
    pub(crate) fn word_range(&self) -> Option<(u64, u64)> {
        let [from, to] = self.words?;
        Some((from.unwrap_or(0), to.unwrap_or(u64::from(u32::MAX >> 1))))
    }
}
