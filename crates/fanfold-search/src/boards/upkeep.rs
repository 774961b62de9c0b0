//! Keeping the boards in step with the index: few new works are read at once, many in a thread of their own while answers
//! come from the view before.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard, PoisonError, RwLockWriteGuard};
use std::thread;
use std::time::Instant;

use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use super::board::Board;
use super::census::Census;
use super::table::Table;
use super::{BoardLimits, Boards, State};
use crate::canonical::Canonical;
use crate::error::IndexError;

impl State {
    /// Whether these are the boards of exactly the segments of a view, with tags as they are counted now.
    fn fits(&self, searcher: &Searcher, meanings: u64) -> bool {
        let readers = searcher.segment_readers();
        self.meanings == meanings
            && readers.len() == self.boards.len()
            && readers.iter().all(|reader| self.boards.contains_key(&reader.segment_id()))
    }
}

fn works<'a>(readers: impl IntoIterator<Item = &'a SegmentReader>) -> u64 {
    readers.into_iter().map(|reader| u64::from(reader.max_doc())).sum()
}

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
        // Who asks meanwhile is answered the plain way.
        let already = self.behind.swap(true, Ordering::AcqRel);
        *self.limits.lock().unwrap_or_else(PoisonError::into_inner) = Some(limits);
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let made = self.make_anew(searcher, canonical, limits);
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
        let meanings = canonical.refresh()?;
        // Another thread may ask for a newer view in between: then the plain way answers this time.
        for _ in 0..2 {
            let state = self.read();
            if state.fits(searcher, meanings) {
                return Ok(Some(state));
            }
            if !self.catch_up(searcher, canonical, meanings, limits) {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Makes the boards that are missing, now or in the background; `true` when it is done.
    fn catch_up(
        self: &Arc<Self>,
        searcher: &Searcher,
        canonical: &Arc<Canonical>,
        meanings: u64,
        limits: BoardLimits,
    ) -> bool {
        if self.behind.load(Ordering::Acquire) {
            return false;
        }
        // Whoever else is at it has few works to read: waiting is shorter than counting plainly.
        let making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let (missing, ranked, other) = {
            let state = self.read();
            if state.fits(searcher, meanings) {
                return true;
            }
            let newest = state.view.as_ref().map_or(0, |view| view.generation().generation_id());
            if searcher.generation().generation_id() < newest {
                return false; // an older view, whose segments may be gone already
            }
            let other = state.meanings != meanings;
            let missing = searcher
                .segment_readers()
                .iter()
                .filter(|reader| other || !state.boards.contains_key(&reader.segment_id()));
            (works(missing), state.ranked, other)
        };
        let outgrown = works(searcher.segment_readers()) / 2 > ranked + limits.at_once;
        if missing > limits.at_once || outgrown {
            drop(making);
            self.catch_up_behind(searcher, canonical, other || outgrown);
            return false;
        }
        match other {
            true => self.make_anew(searcher, canonical, limits).is_ok(),
            false => self.make_missing(searcher, canonical, limits).is_ok(),
        }
    }

    fn catch_up_behind(
        self: &Arc<Self>,
        searcher: &Searcher,
        canonical: &Arc<Canonical>,
        anew: bool,
    ) {
        if self.behind.swap(true, Ordering::AcqRel) {
            return;
        }
        let (boards, searcher) = (Arc::clone(self), searcher.clone());
        let canonical = Arc::clone(canonical);
        let work = move || {
            {
                let _making = boards.making.lock().unwrap_or_else(PoisonError::into_inner);
                // What fails here fails in the plain way too, which says so.
                let _ = match boards.limits() {
                    Some(limits) if anew => boards.make_anew(&searcher, &canonical, limits),
                    Some(limits) => boards.make_missing(&searcher, &canonical, limits),
                    None => Ok(()),
                };
            }
            *boards.late() = None;
            boards.behind.store(false, Ordering::Release);
        };
        if thread::Builder::new().name("boards".to_owned()).spawn(work).is_err() {
            self.behind.store(false, Ordering::Release);
        }
    }

    /// Gives ordinals by frequency and makes every board.
    fn make_anew(
        &self,
        searcher: &Searcher,
        canonical: &Canonical,
        limits: BoardLimits,
    ) -> Result<(), IndexError> {
        // What changes while the boards are made is seen by the next question.
        let meanings = canonical.refresh()?;
        let readers = searcher.segment_readers();
        let mut counts = Table::default();
        for reader in readers {
            Census::take(reader, canonical)?.count_in(&mut counts);
        }
        let mut state = State {
            table: counts.ranked(),
            view: Some(searcher.clone()),
            ranked: works(readers),
            meanings,
            edition: self.read().edition + 1,
            ..State::default()
        };
        for reader in readers {
            let mut census = Census::take(reader, canonical)?;
            let carried = census.number(&mut state.table);
            state.table.add(&carried);
            state.boards.insert(reader.segment_id(), Arc::new(Board::new(&census, carried)?));
        }
        self.keep_parts_of(searcher, limits);
        let mut current = self.write();
        self.parts.forget_counts();
        self.answers.forget_counts();
        *current = Arc::new(state);
        Ok(())
    }

    /// Makes the boards that are missing and drops those of segments that are gone.
    fn make_missing(
        &self,
        searcher: &Searcher,
        canonical: &Canonical,
        limits: BoardLimits,
    ) -> Result<(), IndexError> {
        let mut made = Vec::new();
        for reader in searcher.segment_readers() {
            let segment = reader.segment_id();
            if !self.read().boards.contains_key(&segment) {
                let mut census = Census::take(reader, canonical)?;
                let carried = census.number(&mut Arc::make_mut(&mut self.write()).table);
                made.push((segment, Arc::new(Board::new(&census, carried)?)));
            }
        }
        let here = self.keep_parts_of(searcher, limits);
        let mut state = self.write();
        let state = Arc::make_mut(&mut state);
        let State { table, boards, .. } = &mut *state;
        boards.retain(|segment, board| {
            let stays = here.contains(segment);
            if !stays {
                table.remove(&board.carried);
            }
            stays
        });
        for (segment, board) in made {
            table.add(&board.carried);
            boards.insert(segment, board);
        }
        state.view = Some(searcher.clone());
        Ok(())
    }

    fn keep_parts_of(&self, searcher: &Searcher, limits: BoardLimits) -> HashSet<SegmentId> {
        let readers = searcher.segment_readers();
        let here: HashSet<SegmentId> = readers.iter().map(SegmentReader::segment_id).collect();
        let works = usize::try_from(works(readers)).unwrap_or(usize::MAX);
        let for_works = works.saturating_mul(limits.kept_bytes_a_work);
        let room = limits.kept_bytes.saturating_add(for_works);
        self.parts.fit(&here, room);
        self.answers.fit(&here, room / 5);
        here
    }
}
