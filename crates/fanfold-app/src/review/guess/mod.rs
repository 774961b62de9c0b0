//! What this library's own tags suggest for works that do not say it: a fandom from the names in a text, the pair that
//! initials or a run-together name stand for. Guesses for a person, with why; never facts.

mod codes;
mod fandoms;

use crate::Result;
use crate::archive::Archive;
use crate::import::Report;
use codes::Code;
use fandoms::Names;
use fanfold_model::{Suggestion, Viewer, Work, WorkId};
use fanfold_storage::FandomName;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A library of so many works is gone through after every import …
const SMALL: u64 = 20_000;
/// … a larger one when the import brought at least this share of it, or a work that wants a guess.
const SHARE: u64 = 50;
/// Works looked at after an import, the newest.
const LOOKED_AT: u32 = 2_000;
/// Works read at once.
const PAGE: usize = 64;

impl Archive {
    /// Guesses after an import, if it can have made a difference that is worth going through all tags of the library: a
    /// few works more among a million teach nothing.
    ///
    /// # Errors
    /// If the store or the index fails.
    pub(crate) async fn guess_after(&self, report: &Report) -> Result<()> {
        let works = self.index().count()?;
        let much = works < SMALL || report.counts.taken.saturating_mul(SHARE) >= works;
        let wanted = match report.import {
            Some(import) if !much => self.store().brought_without_fandom(import).await?,
            _ => much,
        };
        if wanted { self.guess().await } else { Ok(()) }
    }

    /// Guesses what new works do not say, and keeps the guesses for review.
    ///
    /// # Errors
    /// If the store fails.
    async fn guess(&self) -> Result<()> {
        let taught = self.store().names_of_fandoms().await?;
        self.guess_fandoms(&taught).await?;
        self.guess_pairs(&taught).await
    }

    async fn guess_fandoms(&self, taught: &[FandomName]) -> Result<()> {
        let works = self.store().works_without_fandom(LOOKED_AT).await?;
        if works.is_empty() {
            return Ok(());
        }
        let names = Names::learn(taught);
        for page in works.chunks(PAGE) {
            let texts = match names.is_empty() {
                true => Vec::new(),
                false => self.store().whole_works(page, Viewer::Owner).await?,
            };
            let guess = |work: &Work| {
                let chapters: Vec<&str> =
                    work.chapters.iter().map(|chapter| chapter.html.as_str()).collect();
                Some((work.id?, names.guess(&chapters)?))
            };
            let guesses: Vec<(WorkId, Suggestion)> = texts.par_iter().filter_map(guess).collect();
            self.store().put_guesses(page.to_vec(), guesses).await?;
        }
        Ok(())
    }

    async fn guess_pairs(&self, taught: &[FandomName]) -> Result<()> {
        // A work may carry several codes, and its guesses are kept together.
        let mut guesses = Vec::new();
        for Code { written, fandom, guess } in codes::learn(taught) {
            let works = self.store().works_with_relationship(written, fandom, LOOKED_AT).await?;
            guesses.extend(works.into_iter().map(|work| (work, guess.clone())));
        }
        let works = guesses.iter().map(|(work, _)| *work).collect::<BTreeSet<_>>();
        self.store().put_guesses(works.into_iter().collect(), guesses).await?;
        Ok(())
    }
}

/// The words of a text as they are written, by the reader of words that finds the same text again.
fn words_of(html: &str) -> impl Iterator<Item = &str> {
    fanfold_alike::words(html).into_iter().filter_map(|word| html.get(word.place))
}
