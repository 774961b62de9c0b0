//! The report of an import, and how it tells what it is doing meanwhile.

use fanfold_model::{Counts, ImportId, ItemOutcome, Level, WorkId};
use fanfold_storage::ItemLine;
use std::collections::BTreeMap;

/// Told what an import does. Calls come from one task, in order.
pub trait Progress: Send + Sync {
    /// Bytes that lie before the import; a container counts as it lies on the disk.
    fn total(&self, bytes: u64);
    /// An item has its outcome, and what it changed is committed.
    fn item(&self, line: &ItemLine, work: Option<WorkId>);
    /// Bytes handled so far.
    fn bytes(&self, done: u64);
}

/// Tells nobody.
impl Progress for () {
    fn total(&self, _: u64) {}
    fn item(&self, _: &ItemLine, _: Option<WorkId>) {}
    fn bytes(&self, _: u64) {}
}

/// A thing that wants a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// The item's path.
    pub path: String,
    /// Its path inside a container.
    pub member: Option<String>,
    /// The finding's code.
    pub code: String,
    /// How much it wants attention.
    pub level: Level,
    /// What was noticed.
    pub message: String,
    /// The title of the work, if there is one.
    pub title: Option<String>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The import's number; `None` for a dry run.
    pub import: Option<ImportId>,
    /// Items by outcome; they add up.
    pub counts: Counts,
    /// Items by outcome and format.
    pub by_format: BTreeMap<(String, ItemOutcome), u64>,
    /// Items by a finer outcome ("work", "part", "copy", "version", "not-a-work" …).
    pub by_outcome: BTreeMap<String, u64>,
    /// Items that want a person: held, refused as not understood, or with a finding of level
    /// review or damage.
    pub needs_person: u64,
    /// What wants a person, the first five hundred.
    pub attention: Vec<Attention>,
    /// Pairs of works that share text, found among those that came and all others.
    pub alike: u64,
    /// Whether it was stopped from outside before the end.
    pub stopped: bool,
    /// How long it took.
    pub seconds: f64,
}

/// How many things that want a person a report lists; all of them are in the library.
const LISTED: usize = 500;

impl Report {
    /// Whether the exit code must say that a person is needed.
    #[must_use]
    pub fn wants_person(&self) -> bool {
        self.needs_person > 0 || self.counts.held > 0 || self.counts.refused > 0
    }

    /// Whether the import brought anything.
    #[must_use]
    pub fn changed_nothing(&self) -> bool {
        self.counts.taken + self.counts.merged + self.counts.held == 0
    }

    pub(super) fn count(&mut self, line: &ItemLine, finer: &str) {
        self.counts.add(line.outcome);
        let format = line.format.clone().unwrap_or_else(|| "unknown".to_owned());
        *self.by_format.entry((format, line.outcome)).or_default() += 1;
        *self.by_outcome.entry(finer.to_owned()).or_default() += 1;
    }

    pub(super) fn note(&mut self, attention: Attention) {
        if self.attention.len() < LISTED {
            self.attention.push(attention);
        }
    }
}
