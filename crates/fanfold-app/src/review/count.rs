//! How many questions wait, for pages that tell the number and nothing else. All works that ask have to be read for it, so
//! in a large library the number is counted behind, with rests for those who read, and may be minutes old.

use crate::Result;
use crate::archive::Archive;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Works that are counted while somebody waits.
const AT_ONCE: u64 = 500;
/// What was counted is looked at again after this time even if nothing seems to have changed …
const FRESH: Duration = Duration::from_secs(60);
/// … and after a change not before so many times as long as counting took: a million works take a minute of a core.
const BELIEVED: u32 = 20;
/// After each page counting rests for so many times as long as the page took.
const REST: u32 = 3;

/// The number last counted.
#[derive(Default)]
pub(crate) struct QuestionCount {
    last: Mutex<Option<Counted>>,
    counting: AtomicBool,
}

#[derive(Clone, Copy)]
struct Counted {
    questions: u64,
    /// Of the library when it was counted: its newest change and how many answers there were.
    of: (i64, usize),
    at: Instant,
    took: Duration,
}

impl Counted {
    fn is_good(&self, of: (i64, usize)) -> bool {
        let age = self.at.elapsed();
        age < self.took * BELIEVED || self.of == of && age < FRESH
    }
}

impl Archive {
    /// How many questions wait in a library with so many works. `None` until a large one has been counted.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn question_count(&self, works: u64) -> Result<Option<u64>> {
        if works <= AT_ONCE {
            return Ok(Some(self.questions().await?.len() as u64));
        }
        let of = self.state_of_questions().await?;
        let last = *self.asked().last.lock().unwrap_or_else(PoisonError::into_inner);
        if !last.is_some_and(|last| last.is_good(of))
            && !self.asked().counting.swap(true, Ordering::AcqRel)
        {
            let archive = self.clone();
            tokio::spawn(async move {
                let counted = archive.count_questions(of).await;
                archive.asked().counting.store(false, Ordering::Release);
                if let Err(error) = counted {
                    tracing::warn!(%error, "the questions could not be counted");
                }
            });
        }
        Ok(last.map(|last| last.questions))
    }

    async fn state_of_questions(&self) -> Result<(i64, usize)> {
        Ok((self.last_change().await?, self.store().answers().await?.len()))
    }

    async fn count_questions(&self, of: (i64, usize)) -> Result<()> {
        let begun = Instant::now();
        let questions = self.questions_with_rests(REST).await?.len() as u64;
        let took = begun.elapsed() / (1 + REST);
        let counted = Counted { questions, of, at: Instant::now(), took };
        *self.asked().last.lock().unwrap_or_else(PoisonError::into_inner) = Some(counted);
        Ok(())
    }
}
