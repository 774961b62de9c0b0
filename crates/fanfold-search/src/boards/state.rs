//! The boards of a view, made anew, followed to the next view, and put right when tags come to mean something else. Whoever
//! answers keeps the state as it found it; changes are made to a copy.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use super::amendment::Amendment;
use super::board::{Amended, Board};
use super::census::Census;
use super::table::Table;
use crate::canonical::{Canonical, Changed};
use crate::error::IndexError;

/// See the module comment.
#[derive(Default, Clone)]
pub(super) struct State {
    pub(super) table: Table,
    boards: HashMap<SegmentId, Arc<Board>>,
    /// The newest view that the boards were made for.
    pub(super) view: Option<Searcher>,
    /// Works there were when ordinals were last given by frequency.
    pub(super) ranked: u64,
    /// What tags mean here: see [`Canonical::refresh`].
    pub(super) meanings: u64,
}

impl State {
    /// Gives ordinals by frequency and makes every board.
    pub(super) fn anew(searcher: &Searcher, canonical: &Canonical) -> Result<Self, IndexError> {
        // What changes while the boards are made is seen by the next question.
        let meanings = canonical.refresh()?;
        let readers = searcher.segment_readers();
        let mut counts = Table::default();
        for reader in readers {
            Census::take(reader, canonical)?.count_in(&mut counts);
        }
        let mut state =
            Self { table: counts.ranked(), ranked: works(readers), meanings, ..Self::default() };
        state.follow(searcher, canonical)?;
        Ok(state)
    }

    /// Makes the boards that a view misses and drops those of segments that are gone.
    pub(super) fn follow(
        &mut self,
        searcher: &Searcher,
        canonical: &Canonical,
    ) -> Result<(), IndexError> {
        for reader in self.missing(searcher) {
            let mut census = Census::take(reader, canonical)?;
            let carried = census.number(&mut self.table);
            self.table.add(&carried);
            let board = Board::new(&census, carried)?;
            self.boards.insert(reader.segment_id(), Arc::new(board));
        }
        let here: HashSet<_> =
            searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        for (_, gone) in self.boards.extract_if(|segment, _| !here.contains(segment)) {
            gone.leave(&mut self.table);
        }
        self.view = Some(searcher.clone());
        Ok(())
    }

    /// Takes notice of what tags mean now, if no more than so many rows have to be written anew for it. `false` when they are
    /// more, or when nobody can say what changed.
    pub(super) fn learn(&mut self, canonical: &Canonical, most: u64) -> Result<bool, IndexError> {
        if canonical.refresh()? == self.meanings {
            return Ok(true);
        }
        match canonical.changed_after(self.meanings)? {
            Some(changed) => self.amend(&changed, most),
            None => Ok(false),
        }
    }

    /// Writes the rows of works anew that carry a tag with another meaning.
    fn amend(&mut self, changed: &Changed, most: u64) -> Result<bool, IndexError> {
        let amendment = Amendment::new(changed, &mut self.table);
        let readers = || self.view.iter().flat_map(Searcher::segment_readers);
        let mut rows = 0;
        for reader in readers() {
            rows += amendment.rows(reader)?;
        }
        if rows > most {
            return Ok(false);
        }
        for reader in readers() {
            let Some(board) = self.boards.get_mut(&reader.segment_id()) else {
                continue;
            };
            if let Some(Amended { board: amended, lost, gained }) = amendment.of(reader, board)? {
                self.table.remove(&lost);
                self.table.add(&gained);
                *board = Arc::new(amended);
            }
        }
        self.meanings = changed.meanings;
        Ok(true)
    }

    pub(super) fn board(&self, segment: SegmentId) -> Option<&Board> {
        self.boards.get(&segment).map(Arc::as_ref)
    }

    /// Whether these are the boards of exactly the segments of a view, with tags as they are counted now.
    pub(super) fn fits(&self, searcher: &Searcher, meanings: u64) -> bool {
        let readers = searcher.segment_readers();
        self.meanings == meanings
            && readers.len() == self.boards.len()
            && readers.iter().all(|reader| self.boards.contains_key(&reader.segment_id()))
    }

    /// The segments of a view that have no board.
    pub(super) fn missing<'a>(&self, searcher: &'a Searcher) -> Vec<&'a SegmentReader> {
        let readers = searcher.segment_readers().iter();
        readers.filter(|reader| !self.boards.contains_key(&reader.segment_id())).collect()
    }

    /// The segments that have boards, and the numbers of the boards.
    pub(super) fn kept(&self) -> (HashSet<SegmentId>, HashSet<u64>) {
        (
            self.boards.keys().copied().collect(),
            self.boards.values().map(|board| board.edition).collect(),
        )
    }

    /// Whether so many rows were written anew that reading them takes longer.
    pub(super) fn is_worn(&self) -> bool {
        self.boards.values().any(|board| board.is_worn())
    }
}

pub(super) fn works<'a>(readers: impl IntoIterator<Item = &'a SegmentReader>) -> u64 {
    readers.into_iter().map(|reader| u64::from(reader.max_doc())).sum()
}
