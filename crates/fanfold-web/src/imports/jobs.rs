//! Imports that were begun on this site and may still run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use fanfold_app::import::{ImportOptions, Progress};
use fanfold_app::{Archive, ItemLine};
use fanfold_model::{Counts, ImportId, WorkId};
use tempfile::TempDir;

use super::report::tally;
use crate::answer::{Answer, page, see_other};
use crate::error::Problem;
use crate::reader::Reader;
use crate::site::Shared;
use crate::views::frame::Section;
use crate::views::imports::{ImportPage, ImportState};

/// Finished jobs that are remembered, so that their pages can send readers on to the reports.
const REMEMBERED: usize = 50;

/// How an import stands.
#[derive(Clone, Debug, Default)]
struct Standing {
    counts: Counts,
    current: Option<String>,
    /// Bytes handled, and all of them.
    bytes: (u64, u64),
    end: Option<Result<ImportId, String>>,
}

/// An import that was begun here.
#[derive(Debug, Default)]
struct Job {
    what: String,
    standing: Mutex<Standing>,
}

/// The imports of this process, by number.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<BTreeMap<u64, Arc<Job>>>);

impl Jobs {
    /// Begins to import files; they are deleted with their folder when it ends.
    pub(super) fn begin(
        &self,
        archive: Archive,
        folder: TempDir,
        files: Vec<PathBuf>,
        what: String,
    ) -> u64 {
        let job = Arc::new(Job { what, ..Job::default() });
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = jobs.keys().next_back().map_or(1, |last| last + 1);
        jobs.insert(number, job.clone());
        while jobs.len() > REMEMBERED {
            jobs.pop_first();
        }
        tokio::spawn(run(archive, folder, files, job));
        number
    }

    fn get(&self, number: u64) -> Option<Arc<Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned()
    }
}

async fn run(archive: Archive, folder: TempDir, files: Vec<PathBuf>, job: Arc<Job>) {
    let options =
        ImportOptions { actor: crate::site::OWNER.to_owned(), ..ImportOptions::default() };
    let done = archive.import(&files, &options, job.clone()).await;
    drop(folder);
    let end = match done {
        Ok(report) => report.import.ok_or_else(|| "the import has no number".to_owned()),
        Err(error) => {
            tracing::error!(%error, "an import stopped");
            Err(error.to_string())
        }
    };
    job.change(|standing| standing.end = Some(end));
}

impl Job {
    fn change(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.standing.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Progress for Job {
    fn total(&self, bytes: u64) {
        self.change(|standing| standing.bytes.1 = bytes);
    }

    fn item(&self, line: &ItemLine, _: Option<WorkId>) {
        self.change(|standing| {
            standing.counts.add(line.outcome);
            standing.current = Some(super::report::item_path(line));
        });
    }

    fn bytes(&self, done: u64) {
        self.change(|standing| standing.bytes.0 = done);
    }
}

/// `/imports/running/JOB`: what an import is doing; when it has ended, its report.
pub(crate) async fn progress(
    State(site): Shared,
    reader: Reader,
    Path(number): Path<u64>,
) -> Answer {
    let job = site.jobs.get(number).ok_or(Problem::Missing)?;
    let standing = job.standing.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let (state, problem) = match standing.end {
        Some(Ok(import)) => return Ok(see_other(&format!("/imports/{import}"))),
        Some(Err(error)) => (ImportState::Failed, Some(error)),
        None if standing.counts.seen() == 0 => (ImportState::Waiting, None),
        None => (ImportState::Running, None),
    };
    let view = ImportPage {
        frame: reader.frame(&site, "Importing", Section::Import),
        what: job.what.clone(),
        state,
        tally: tally(standing.counts),
        percent: percent(standing.bytes),
        current: standing.current,
        problem,
        ..ImportPage::default()
    };
    page(&reader, &view)
}

/// What is unpacked counts as it comes out of its container, so more bytes may be handled than lay there; while an import
/// runs it is never said to be whole.
fn percent((done, all): (u64, u64)) -> Option<u64> {
    (all > 0).then(|| (done.saturating_mul(100) / all).min(99))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_told_once_the_whole_is_known_and_never_beyond_it() {
        assert_eq!(percent((0, 0)), None);
        assert_eq!(percent((30, 120)), Some(25));
        assert_eq!(percent((500, 120)), Some(99));
    }
}
