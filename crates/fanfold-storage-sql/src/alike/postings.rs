//! Which works have a shingle.
//!
//! A *posting* is a shingle and a work that has it. They lie in runs: each is written once, in order, and cut into parts by
//! the highest bits of the shingles, of which a question reads only those that it needs. Texts that were laid beside the
//! others become a run of their own, and as soon as there are eight small runs of about one size they are merged, so each
//! posting is written four or five times, and a shingle is looked up in some dozens of runs at most while there are less
//! than a thousand million of them. (The shape is that of a log-structured merge tree.)
//!
//! Nothing is ever taken out of a run: a work that was removed or has another text now is found still, and whoever asks
//! looks at its sketch.

use super::sketches::unpacked;
use super::sql::{self, inserts};
use crate::db::{Conn, Row, Val, int_list, vals};
use crate::forms::{pack, unpack};
use fanfold_model::WorkId;
use fanfold_storage::{Listed, Result, Sharing, StorageError};
use std::collections::{BTreeMap, BTreeSet};

/// A shingle and a work that has it.
type Posting = (u32, i64);

/// Postings of a part, about: a kilobyte.
const OF_A_PART: u64 = 256;
/// As many runs of about one size become one.
const MERGED: usize = 8;
/// Runs of at most so many postings are of one size, those of up to eight times as many of the next …
const SMALLEST: u64 = 1 << 14;
/// … and those of more than this stay as they are: merging them would keep other writers waiting.
const LARGEST: u64 = 1 << 23;
/// Runs are merged in so many slices, to hold only one in memory.
const SLICE_BITS: u32 = 6;
/// Parts read by one statement.
const READ: usize = 4_096;

/// A run of postings.
#[derive(Debug, Clone, Copy)]
struct Run {
    number: i64,
    /// It is cut by so many of the highest bits.
    bits: u32,
    texts: u64,
    postings: u64,
}

impl Run {
    fn new(number: i64, texts: u64, postings: u64) -> Self {
        let bits = (postings / OF_A_PART).checked_ilog2().map_or(0, |bits| bits + 1);
        Self { number, bits: bits.min(24), texts, postings }
    }

    /// Where the part with this shingle is.
    fn place_of(&self, shingle: u32) -> i64 {
        self.first() + (i64::from(shingle) >> (32 - self.bits))
    }

    fn first(&self) -> i64 {
        self.number << 32
    }

    /// The places of one of `1 << bits` slices.
    fn slice(&self, slice: i64, bits: u32) -> (i64, i64) {
        let wide = self.bits - bits;
        (self.first() + (slice << wide), self.first() + ((slice + 1) << wide))
    }

    /// Runs of one size are merged; `None` for those that stay.
    fn size(&self) -> Option<u32> {
        let sizes = (self.postings.max(1) - 1) / SMALLEST;
        (self.postings <= LARGEST).then(|| sizes.checked_ilog2().map_or(0, |log| log / 3 + 1))
    }
}

/// Lists the shingles of these works, which were laid beside the others.
pub(super) async fn list(conn: &mut Conn, works: Vec<i64>) -> Result<()> {
    let works = int_list(works);
    let mut postings: Vec<Posting> = Vec::new();
    let mut texts = 0;
    for mut row in conn.fetch(sql::TO_LIST, vals![works.clone()]).await? {
        let work = row.int(0)?;
        postings.extend(unpacked(&row.bytes(1)?).into_iter().map(|shingle| (shingle, work)));
        texts += 1;
    }
    conn.execute(sql::SCREENED, vals![works]).await?;
    postings.sort_unstable();
    let known = runs(conn).await?;
    let run = Run::new(next_number(&known), texts, postings.len() as u64);
    if !postings.is_empty() {
        write_head(conn, run).await?;
        write_parts(conn, run, &postings).await?;
    }
    merge(conn).await
}

/// The same for some works of a library that had no lists; `false` if there are none left.
pub(super) async fn list_some(conn: &mut Conn, limit: u32) -> Result<bool> {
    let rows = conn.fetch(sql::UNLISTED, vals![limit]).await?;
    let works = rows.into_iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
    let any = !works.is_empty();
    if any {
        list(conn, works).await?;
    }
    Ok(any)
}

pub(super) async fn listed(conn: &mut Conn) -> Result<Listed> {
    let runs = runs(conn).await?;
    Ok(Listed { runs: runs.len() as u64, texts: runs.iter().map(|run| run.texts).sum() })
}

/// Who has these shingles.
pub(super) async fn sharing(
    conn: &mut Conn,
    mut shingles: Vec<u32>,
    most: usize,
) -> Result<Sharing> {
    shingles.sort_unstable();
    shingles.dedup();
    let mut having: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
    for run in runs(conn).await? {
        let mut places: Vec<i64> = shingles.iter().map(|shingle| run.place_of(*shingle)).collect();
        places.dedup();
        for places in places.chunks(READ) {
            for mut row in conn.fetch(sql::PARTS, vals![int_list(places.iter().copied())]).await? {
                for (shingle, work) in read_part(&mut row, 1)? {
                    if shingles.binary_search(&shingle).is_ok() {
                        having.entry(shingle).or_default().insert(work);
                    }
                }
            }
        }
    }
    let mut sharing = Sharing::default();
    let mut works = BTreeSet::new();
    for (shingle, own) in having {
        match own.len() > most {
            true => sharing.common.push(shingle),
            false => works.extend(own),
        }
    }
    sharing.works = works.into_iter().map(WorkId).collect();
    Ok(sharing)
}

async fn runs(conn: &mut Conn) -> Result<Vec<Run>> {
    let run = |row: Row| {
        let bits = row.small(1)?;
        Ok(Run { number: row.int(0)?, bits, texts: row.count(2)?, postings: row.count(3)? })
    };
    conn.fetch(sql::RUNS, Vec::new()).await?.into_iter().map(run).collect()
}

fn next_number(runs: &[Run]) -> i64 {
    runs.iter().map(|run| run.number).max().unwrap_or(0) + 1
}

/// Merges runs of one size until there are no eight of any.
async fn merge(conn: &mut Conn) -> Result<()> {
    loop {
        let all = runs(conn).await?;
        let mut by_size: BTreeMap<u32, Vec<Run>> = BTreeMap::new();
        for run in &all {
            if let Some(size) = run.size() {
                by_size.entry(size).or_default().push(*run);
            }
        }
        let Some(runs) = by_size.into_values().find(|runs| runs.len() >= MERGED) else {
            return Ok(());
        };
        merge_these(conn, &runs, next_number(&all)).await?;
    }
}

async fn merge_these(conn: &mut Conn, runs: &[Run], number: i64) -> Result<()> {
    let sum = |of: fn(&Run) -> u64| runs.iter().map(of).sum();
    let mut merged = Run::new(number, sum(|run| run.texts), sum(|run| run.postings));
    let least = runs.iter().map(|run| run.bits).min().unwrap_or(0);
    let bits = least.min(SLICE_BITS).min(merged.bits);
    merged.postings = 0;
    for slice in 0..1_i64 << bits {
        let mut postings = Vec::new();
        for run in runs {
            let (from, to) = run.slice(slice, bits);
            for mut row in conn.fetch(sql::PARTS_BETWEEN, vals![from, to]).await? {
                postings.extend(read_part(&mut row, 0)?);
            }
        }
        postings.sort_unstable();
        // A text that was laid beside the others twice.
        postings.dedup();
        merged.postings += postings.len() as u64;
        write_parts(conn, merged, &postings).await?;
    }
    write_head(conn, merged).await?;
    for run in runs {
        conn.execute(sql::DROP_RUN, vals![run.number]).await?;
        let (from, to) = (run.first(), run.first() + (1_i64 << 32));
        conn.execute(sql::DROP_PARTS, vals![from, to]).await?;
    }
    Ok(())
}

async fn write_head(conn: &mut Conn, run: Run) -> Result<()> {
    conn.insert(&inserts::RUNS, vec![vals![run.number, run.bits, run.texts, run.postings]]).await
}

/// Writes postings that are in order into their parts; no part may be written twice.
async fn write_parts(conn: &mut Conn, run: Run, postings: &[Posting]) -> Result<()> {
    let place = |posting: &Posting| run.place_of(posting.0);
    let parts = postings.chunk_by(|one, other| place(one) == place(other));
    let row = |part: &[Posting]| -> Result<Vec<Val>> {
        let first = part.first().map_or(0, place);
        Ok(vals![first, packed(part)?])
    };
    conn.insert(&inserts::PARTS, parts.map(row).collect::<Result<_>>()?).await
}

/// The shingles, each as the distance from the one before, then the works; compressed, so the zeros cost nothing.
fn packed(part: &[Posting]) -> Result<Vec<u8>> {
    let mut before = 0;
    let distances = part.iter().flat_map(|(shingle, _)| {
        let distance = shingle.wrapping_sub(before);
        before = *shingle;
        distance.to_le_bytes()
    });
    let mut bytes: Vec<u8> = distances.collect();
    bytes.extend(part.iter().flat_map(|(_, work)| work.to_le_bytes()));
    pack(&bytes)
}

fn read_part(row: &mut Row, column: usize) -> Result<Vec<Posting>> {
    let bytes = unpack(&row.bytes(column)?)?;
    let of_one = size_of::<u32>() + size_of::<i64>();
    if !bytes.len().is_multiple_of(of_one) {
        return Err(StorageError::Damaged {
            what: "a list of shingles".to_owned(),
            reason: "it is cut off".to_owned(),
        });
    }
    let (distances, works) = bytes.split_at(bytes.len() / of_one * size_of::<u32>());
    let mut shingle = 0_u32;
    let shingles = distances.as_chunks::<4>().0.iter().map(|distance| {
        shingle = shingle.wrapping_add(u32::from_le_bytes(*distance));
        shingle
    });
    let works = works.as_chunks::<8>().0.iter().map(|work| i64::from_le_bytes(*work));
    Ok(shingles.zip(works).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Cell;

    #[test]
    fn runs_of_one_size_differ_by_less_than_eight_times_and_the_largest_stay() {
        let size = |postings| Run::new(1, 1, postings).size();
        assert_eq!([0, 1, SMALLEST].map(size), [Some(0); 3]);
        assert_eq!([SMALLEST + 1, 2 * SMALLEST, 8 * SMALLEST].map(size), [Some(1); 3]);
        assert_eq!([8 * SMALLEST + 1, 64 * SMALLEST].map(size), [Some(2); 2]);
        assert_eq!([LARGEST, LARGEST + 1].map(size), [Some(3), None]);
    }

    #[test]
    fn a_part_comes_back_as_it_was_and_a_cut_one_is_an_error() {
        let postings = [(0, 7), (0, 9), (5, 1), (u32::MAX, i64::MAX)];
        let row = |bytes| Row(vec![Cell::Bytes(bytes)]);
        assert_eq!(read_part(&mut row(packed(&postings).unwrap()), 0).unwrap(), postings);
        assert!(read_part(&mut row(pack(&[1, 2, 3]).unwrap()), 0).is_err());
    }
}
