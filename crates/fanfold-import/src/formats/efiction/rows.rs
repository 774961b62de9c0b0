//! Where the long rows of a dump stand, so that a first pass keeps a few bytes of each and the second reads one story
//! at a time. Together with the names of a site this bounds what a dump of any size takes.

use super::site::Site;
use crate::importer::{ImportError, Input};
use crate::sql_dump::{Cell, Columns, cells_of};

/// Rows of one kind that are noted in all sites of a dump: stories, chapters (40 bytes each).
const MOST_ROWS: usize = 1_000_000;
/// Reviews that are noted (16 bytes each).
const MOST_REVIEWS: usize = 3_000_000;

/// Where a row stands, with what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowPlace {
    /// The story.
    pub(super) story: i64,
    /// Its place in the story.
    pub(super) order: i64,
    /// Its own number.
    pub(super) number: i64,
    pub(super) start: u64,
    pub(super) length: u32,
    pub(super) columns: u16,
}

impl RowPlace {
    /// Where the row ends.
    pub(super) fn end(&self) -> u64 {
        self.start + u64::from(self.length)
    }
}

/// Where a review stands. There may be millions, so it is small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReviewPlace {
    story: u32,
    start: [u32; 2],
    length: u32,
}

impl ReviewPlace {
    /// The review in a row; `None` for a story that no number names.
    pub(super) fn of(row: RowPlace) -> Option<Self> {
        let start = [(row.start >> 32) as u32, row.start as u32];
        Some(Self { story: u32::try_from(row.story).ok()?, start, length: row.length })
    }

    fn row(self, columns: u16) -> RowPlace {
        let start = u64::from(self.start[0]) << 32 | u64::from(self.start[1]);
        let (story, length) = (i64::from(self.story), self.length);
        RowPlace { story, order: 0, number: 0, start, length, columns }
    }
}

/// Rows of one kind.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) all: Vec<RowPlace>,
    /// How many more there are than are noted.
    pub(super) left_out: u64,
}

impl Rows {
    pub(super) fn add(&mut self, row: RowPlace) {
        if self.all.len() < MOST_ROWS {
            self.all.push(row);
        } else {
            self.left_out += 1;
        }
    }

    pub(super) fn settle(&mut self) {
        self.all.sort_unstable();
        self.all.dedup_by_key(|row| (row.story, row.number));
    }

    /// The rows of a story, in their order.
    pub(super) fn of(&self, story: i64) -> &[RowPlace] {
        let start = self.all.partition_point(|row| row.story < story);
        let end = self.all.partition_point(|row| row.story <= story);
        &self.all[start..end]
    }
}

/// The reviews of a site.
#[derive(Default)]
pub(super) struct Reviews {
    all: Vec<ReviewPlace>,
    columns: u16,
    pub(super) left_out: u64,
}

impl Reviews {
    pub(super) fn add(&mut self, row: RowPlace) {
        if self.all.is_empty() {
            self.columns = row.columns;
        }
        match ReviewPlace::of(row) {
            Some(place) if self.all.len() < MOST_REVIEWS && self.columns == row.columns => {
                self.all.push(place);
            }
            _ => self.left_out += 1,
        }
    }

    pub(super) fn settle(&mut self) {
        self.all.sort_unstable();
    }

    /// The reviews of a story, in the order of the dump.
    pub(super) fn of(&self, story: i64) -> impl Iterator<Item = RowPlace> {
        let story = u32::try_from(story).unwrap_or(u32::MAX);
        let start = self.all.partition_point(|row| row.story < story);
        let end = self.all.partition_point(|row| row.story <= story);
        self.all[start..end].iter().map(|row| row.row(self.columns))
    }
}

impl Site {
    /// Reads a row again at its place.
    pub(super) fn read(
        &self,
        input: &Input<'_>,
        place: RowPlace,
    ) -> Result<Option<(Columns, Vec<Cell>)>, ImportError> {
        let columns = self.column_sets.get(usize::from(place.columns)).cloned();
        Ok(columns.zip(cells_of(&self.bytes(input, place)?)))
    }

    /// A row as it stands in the dump.
    pub(super) fn bytes(&self, input: &Input<'_>, place: RowPlace) -> Result<Vec<u8>, ImportError> {
        let mut bytes = vec![0; place.length as usize];
        let data = input.item.random_access()?;
        let mut filled = 0;
        while filled < bytes.len() {
            let at = place.start + filled as u64;
            let count = data
                .read_at(at, &mut bytes[filled..])
                .map_err(|source| ImportError::Io { path: input.item.path.clone(), source })?;
            if count == 0 {
                break;
            }
            filled += count;
        }
        bytes.truncate(filled);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_noted_in_sixteen_bytes_and_found_again_beyond_four_gigabytes() {
        assert_eq!(size_of::<ReviewPlace>(), 16);
        let row = RowPlace {
            story: 7,
            order: 0,
            number: 0,
            start: (5 << 32) + 9,
            length: 40,
            columns: 0,
        };
        let mut reviews = Reviews::default();
        for story in [9, 7, 8] {
            reviews.add(RowPlace { story, ..row });
        }
        reviews.settle();
        assert_eq!(reviews.of(7).collect::<Vec<_>>(), [row]);
        assert_eq!(reviews.of(6).count(), 0);
    }

    #[test]
    fn a_row_that_stands_twice_in_a_dump_is_one_row() {
        let row = RowPlace { story: 1, order: 1, number: 3, start: 10, length: 5, columns: 0 };
        let mut rows = Rows::default();
        for start in [50, 10] {
            rows.add(RowPlace { start, ..row });
        }
        rows.settle();
        assert_eq!(rows.of(1), [row]);
    }
}
