//! Keeping the boards in step with the index and the tag graph: few new works are read at once, and so are works with tags
//! that came to mean something else; many new ones are read in a thread of their own while answers come from the view before.

use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard, PoisonError, RwLockWriteGuard};
use std::thread;
use std::time::{Duration, Instant};

use tantivy::Searcher;

use super::state::{State, works};
use super::{BoardLimits, Boards};
use crate::canonical::Canonical;
use crate::error::IndexError;

/// How long boards that could not be made are not tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

impl Boards {
    fn read(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self) -> RwLockWriteGuard<'_, Arc<State>> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn limits(&self) -> Option<BoardLimits> {
        *self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else is answered the plain way: that reads so much that two at once take twice as long. Where there
    /// are no boards nobody waits.
    pub(crate) fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        self.limits().map(|_| self.plainly.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes all boards of a view, and keeps them up from now on.
    pub(crate) fn prepare(
        &self,
        searcher: &Searcher,
        canonical: &Canonical,
        limits: BoardLimits,
    ) -> Result<(), IndexError> {
        // Who asks meanwhile is answered the plain way, or makes the boards of few works.
        let already = self.behind.swap(true, Ordering::AcqRel);
        *self.limits.lock().unwrap_or_else(PoisonError::into_inner) = Some(limits);
        let made = self.make(searcher, canonical, limits, true);
        self.behind.store(already, Ordering::Release);
        made
    }

    /// The view to answer from: this one, the newest, or for a while the one before, when the boards of many works are being
    /// made: after a merge it holds the same works, and counting them the plain way would keep everybody waiting.
    pub(crate) fn view(
        self: &Arc<Self>,
        newest: Searcher,
        canonical: &Arc<Canonical>,
    ) -> Result<Searcher, IndexError> {
        let Some(limits) = self.limits() else {
            return Ok(newest);
        };
        if self.ready(&newest, canonical)?.is_some() {
            *self.late() = None;
            return Ok(newest);
        }
        let late = self.late().get_or_insert_with(Instant::now).elapsed();
        let state = self.read();
        let before = state.view.as_ref().filter(|before| {
            late < limits.lag
                && before.generation().generation_id() <= newest.generation().generation_id()
        });
        Ok(match before {
            Some(before) if state.fits(before, canonical.refresh()?) => before.clone(),
            _ => newest,
        })
    }

    fn late(&self) -> MutexGuard<'_, Option<Instant>> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The boards of a view. `None` when they are not all made.
    pub(super) fn ready(
        self: &Arc<Self>,
        searcher: &Searcher,
        canonical: &Arc<Canonical>,
    ) -> Result<Option<Arc<State>>, IndexError> {
        let Some(limits) = self.limits() else {
            return Ok(None);
        };
        // Another thread may ask for a newer view in between: then the plain way answers this time.
        for _ in 0..2 {
            let state = self.read();
            if state.fits(searcher, canonical.refresh()?) {
                if state.is_worn() {
                    self.make_behind(searcher, canonical, true);
                }
                return Ok(Some(state));
            }
            // What fails here fails in the plain way too, which says so.
            if !self.catch_up(searcher, canonical, limits).unwrap_or(false) {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Does what is quickly done, and begins with the rest in the background; `true` when the boards are those of the view.
    fn catch_up(
        self: &Arc<Self>,
        searcher: &Searcher,
        canonical: &Arc<Canonical>,
        limits: BoardLimits,
    ) -> Result<bool, IndexError> {
        // Whoever else is at it has few works to read: waiting is shorter than counting plainly.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.read();
        let newest = state.view.as_ref().map_or(0, |view| view.generation().generation_id());
        if searcher.generation().generation_id() < newest {
            return Ok(false); // an older view, whose segments may be gone already
        }
        let meanings = canonical.refresh()?;
        if state.fits(searcher, meanings) {
            return Ok(true);
        }
        let (all, missing) = (works(searcher.segment_readers()), works(state.missing(searcher)));
        let outgrown = all / 2 > state.ranked + limits.at_once;
        if outgrown || missing > limits.at_once {
            self.make_behind(searcher, canonical, outgrown);
        }
        if missing > limits.at_once && state.meanings == meanings {
            return Ok(false);
        }
        let mut next = State::clone(&state);
        if !next.learn(canonical, limits.amended_at_once)? {
            if all > limits.at_once {
                self.make_behind(searcher, canonical, false);
                return Ok(false);
            }
            next = State::anew(searcher, canonical)?;
        } else if missing <= limits.at_once {
            next.follow(searcher, canonical)?;
        }
        self.take(next, searcher, limits);
        Ok(missing <= limits.at_once)
    }

    fn make_behind(self: &Arc<Self>, searcher: &Searcher, canonical: &Arc<Canonical>, anew: bool) {
        if self.behind.swap(true, Ordering::AcqRel) {
            return;
        }
        let (boards, searcher) = (Arc::clone(self), searcher.clone());
        let canonical = Arc::clone(canonical);
        let work = move || {
            let limits = boards.limits().unwrap_or_default();
            if boards.make(&searcher, &canonical, limits, anew).is_err() {
                thread::sleep(AGAIN_AFTER); // answers come the plain way, which says what fails
            }
            *boards.late() = None;
            boards.behind.store(false, Ordering::Release);
        };
        if thread::Builder::new().name("boards".to_owned()).spawn(work).is_err() {
            self.behind.store(false, Ordering::Release);
        }
    }

    /// Makes the boards of a view, all or those that are missing, and brings them to what the others came to meanwhile.
    fn make(
        &self,
        searcher: &Searcher,
        canonical: &Canonical,
        limits: BoardLimits,
        anew: bool,
    ) -> Result<(), IndexError> {
        let mut next = State::default();
        if !anew {
            next = State::clone(&self.read());
            next.follow(searcher, canonical)?;
        }
        if anew || !next.learn(canonical, u64::MAX)? {
            next = State::anew(searcher, canonical)?;
        }
        // Most of what came meanwhile is read before anybody has to wait for it.
        self.bring_up(&mut next, canonical)?;
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        self.bring_up(&mut next, canonical)?;
        self.take(next, searcher, limits);
        Ok(())
    }

    /// Brings boards to the view that is answered from now. Where nobody can say what changed among the tags, the next question
    /// finds that they mean something else, and begins anew.
    fn bring_up(&self, next: &mut State, canonical: &Canonical) -> Result<(), IndexError> {
        let generation = |view: &Searcher| view.generation().generation_id();
        let here = next.view.as_ref().map_or(0, generation);
        let now = self.read().view.clone();
        if let Some(view) = now.filter(|view| generation(view) > here) {
            next.follow(&view, canonical)?;
        }
        next.learn(canonical, u64::MAX).map(drop)
    }

    /// Answers from these boards from now on, and forgets what was kept for others.
    fn take(&self, next: State, searcher: &Searcher, limits: BoardLimits) {
        let kept = next.kept();
        *self.write() = Arc::new(next);
        let works = usize::try_from(works(searcher.segment_readers())).unwrap_or(usize::MAX);
        let for_works = works.saturating_mul(limits.kept_bytes_a_work);
        let room = limits.kept_bytes.saturating_add(for_works);
        self.parts.fit(&kept, room);
        self.answers.fit(&kept, room / 5);
    }
}
