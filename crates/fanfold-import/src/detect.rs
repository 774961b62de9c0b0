//! Asks every importer and ranks the answers, with the reasons.

use crate::importer::{Importer, Probe};
use crate::registry::importers;
use fanfold_source::Item;

/// One importer's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The format's id.
    pub format: &'static str,
    /// 0 to 1000.
    pub score: u16,
    /// Why.
    pub reason: &'static str,
}

/// Which format an item is, and which it might be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detection {
    /// All answers, best first; of equal scores the one that stands first in the registry.
    pub candidates: Vec<Candidate>,
}

impl Detection {
    /// The chosen format.
    #[must_use]
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }
}

/// Asks every importer about an item. Refused and empty items are asked about too; nobody claims them.
#[must_use]
pub fn detect(item: &Item) -> Detection {
    let probe = Probe::of(item);
    let mut candidates: Vec<Candidate> =
        importers().iter().filter_map(|importer| candidate(*importer, &probe)).collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    Detection { candidates }
}

fn candidate(importer: &dyn Importer, probe: &Probe<'_>) -> Option<Candidate> {
    let answer = importer.probe(probe)?;
    let format = importer.format().id;
    Some(Candidate { format, score: answer.score, reason: answer.reason })
}
