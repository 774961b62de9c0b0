//! The dump that AO3 published, in two passes over its tags and one over its works.

use super::ids::Ids;
use super::uses::Use;
use super::{BATCH, TagLoad, Tick, open};
use crate::Result;
use crate::archive::Archive;
use crate::error::AppError;
use csv::ByteRecord;
use fanfold_model::{TagId, TagKind};
use fanfold_storage::{LoadedTag, LoadedUse, TagEdge, TagEdgeKind};
use std::collections::HashMap;
use std::path::Path;

/// Steps from a synonym to its canonical tag before it is given up as going round.
const STEPS: u32 = 32;
/// Rows between two words about the progress.
const ROWS: u64 = 16_384;

/// A row of the dump's tags, as far as it is needed later.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// The dump's number.
    id: u32,
    /// The dump's number of the tag it means; 0 for none.
    merger: u32,
    /// The number here; 0 for a tag that is not here.
    here: u32,
    /// Works that carry it there.
    uses: u32,
}

/// What was read of a dump.
#[derive(Debug, Default)]
pub(super) struct Dump {
    rows: Vec<Row>,
    open: bool,
    /// From the dump's numbers to places in `heads`.
    meant: Ids,
    heads: Vec<(TagId, bool)>,
    uses: Vec<Use>,
}

/// Where the columns stand.
struct Columns {
    id: usize,
    kind: usize,
    name: usize,
    canonical: usize,
    count: Option<usize>,
    merger: usize,
}

impl Dump {
    pub(super) fn has_open_synonyms(&self) -> bool {
        self.open
    }

    /// The first pass: names that are canonical, or synonyms, get their numbers here.
    pub(super) async fn read_tags(
        &mut self,
        archive: &Archive,
        path: &Path,
        load: &mut TagLoad,
        tick: &Tick<'_>,
    ) -> Result<()> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(open(path)?);
        let columns = Columns::of(reader.byte_headers().map_err(|error| broken(path, &error))?);
        let columns = columns.ok_or_else(|| no_columns(path))?;
        let (mut record, mut count) = (ByteRecord::new(), 0_u64);
        let (mut batch, mut places) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
        self.open = true;
        while reader.read_byte_record(&mut record).map_err(|error| broken(path, &error))? {
            count += 1;
            if count.is_multiple_of(ROWS) {
                tick.at(record.position().map_or(0, csv::Position::byte));
            }
            let Some((row, tag)) = columns.row(&record, load) else { continue };
            if let Some(tag) = tag {
                batch.push(tag);
                places.push(self.rows.len());
            }
            self.rows.push(row);
            if batch.len() >= BATCH {
                self.write_names(archive, &mut batch, &mut places, load).await?;
            }
        }
        self.write_names(archive, &mut batch, &mut places, load).await
    }

    async fn write_names(
        &mut self,
        archive: &Archive,
        batch: &mut Vec<LoadedTag>,
        places: &mut Vec<usize>,
        load: &mut TagLoad,
    ) -> Result<()> {
        let (ids, loaded) = archive.store().load_tags(std::mem::take(batch)).await?;
        load.add(loaded);
        for (place, id) in places.drain(..).zip(ids) {
            if let Some(row) = self.rows.get_mut(place) {
                row.here = u32::try_from(id.0).unwrap_or(0);
            }
        }
        Ok(())
    }

    /// The second pass, over what is in memory: synonyms lead to the canonical tag at the end of their chain.
    pub(super) async fn write_synonyms(
        &mut self,
        archive: &Archive,
        load: &mut TagLoad,
    ) -> Result<()> {
        self.open = false;
        self.add_twins(archive, load).await?;
        let numbered = (0_u32..).zip(&self.rows).map(|(place, row)| (row.id, place));
        let places = Ids::of(numbered.collect());
        let mut heads: HashMap<u32, u32> = HashMap::new();
        let (mut batch, mut meant) = (Vec::with_capacity(BATCH), Vec::new());
        for row in &self.rows {
            let Some(head) = self.head(&places, *row) else {
                load.unresolved += u64::from(row.here != 0);
                continue;
            };
            let next = u32::try_from(heads.len()).unwrap_or(u32::MAX);
            meant.push((row.id, *heads.entry(head).or_insert(next)));
            if row.merger != 0 && row.here != 0 && row.here != head {
                let (child, parent) = (TagId(row.here.into()), TagId(head.into()));
                batch.push(TagEdge { child, parent, kind: TagEdgeKind::Synonym });
            }
            if batch.len() >= BATCH {
                load.add(archive.store().load_edges(std::mem::take(&mut batch)).await?);
            }
        }
        load.add(archive.store().load_edges(batch).await?);
        self.meant = Ids::of(meant);
        self.take_heads(archive, heads).await
    }

    /// Rows that name one tag here, a relationship's members in other orders: it is used as often as they are together.
    async fn add_twins(&self, archive: &Archive, load: &mut TagLoad) -> Result<()> {
        let named = self.rows.iter().filter(|row| row.here != 0);
        let mut named: Vec<(u32, u32, u32)> =
            named.map(|row| (row.here, row.id, row.uses)).collect();
        named.sort_unstable();
        named.dedup_by_key(|(here, id, _)| (*here, *id));
        let mut batch = Vec::new();
        for twins in named.chunk_by(|one, other| one.0 == other.0).filter(|own| own.len() > 1) {
            load.twins += twins.len() as u64 - 1;
            let works = twins.iter().map(|(.., uses)| u64::from(*uses)).sum();
            batch.push(LoadedUse { tag: TagId(twins[0].0.into()), works, fandoms: None });
            if batch.len() >= BATCH {
                archive.store().load_uses(std::mem::take(&mut batch)).await?;
            }
        }
        Ok(archive.store().load_uses(batch).await?)
    }

    /// The canonical tag here that a row means.
    fn head(&self, places: &Ids, row: Row) -> Option<u32> {
        let mut at = row;
        for _ in 0..STEPS {
            if at.merger == 0 {
                return Some(at.here).filter(|here| *here != 0);
            }
            at = *self.rows.get(places.get(at.merger)? as usize)?;
        }
        None
    }

    async fn take_heads(&mut self, archive: &Archive, heads: HashMap<u32, u32>) -> Result<()> {
        self.heads = vec![(TagId(0), false); heads.len()];
        for (here, place) in heads {
            if let Some(head) = self.heads.get_mut(place as usize) {
                head.0 = TagId(here.into());
            }
        }
        self.uses = vec![Use::default(); self.heads.len()];
        for page in self.heads.chunks_mut(BATCH) {
            let ids: Vec<TagId> = page.iter().map(|(id, _)| *id).collect();
            let rows = archive.store().tag_rows(&ids).await?;
            let kinds: HashMap<TagId, TagKind> =
                rows.iter().map(|row| (row.id, row.kind)).collect();
            for (id, is_fandom) in page {
                *is_fandom = kinds.get(id) == Some(&TagKind::Fandom);
            }
        }
        Ok(())
    }

    /// Counts the works under each canonical tag, and of which fandom they are.
    pub(super) async fn read_works(
        &mut self,
        path: &Path,
        load: &mut TagLoad,
        tick: &Tick<'_>,
    ) -> Result<()> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(open(path)?);
        let headers = reader.byte_headers().map_err(|error| broken(path, &error))?;
        let column = headers.iter().position(|name| name == b"tags");
        let column = column.ok_or_else(|| no_columns(path))?;
        let mut record = ByteRecord::new();
        let mut own: Vec<u32> = Vec::new();
        while reader.read_byte_record(&mut record).map_err(|error| broken(path, &error))? {
            load.works += 1;
            if load.works.is_multiple_of(ROWS) {
                tick.at(record.position().map_or(0, csv::Position::byte));
                // A long loop lets others have their turn.
                tokio::task::yield_now().await;
            }
            let ids = record.get(column).unwrap_or_default().split(|byte| *byte == b'+');
            own.clear();
            own.extend(ids.filter_map(number).filter_map(|id| self.meant.get(id)));
            own.sort_unstable();
            own.dedup();
            self.count(&own);
        }
        Ok(())
    }

    fn count(&mut self, own: &[u32]) {
        let is_fandom = |place: &&u32| {
            self.heads.get(**place as usize).is_some_and(|(_, is_fandom)| *is_fandom)
        };
        let mut fandoms = own.iter().filter(is_fandom);
        let only = fandoms.next().filter(|_| fandoms.next().is_none()).copied();
        for place in own {
            let Some(one) = self.uses.get_mut(*place as usize) else { continue };
            one.count();
            if let Some(fandom) = only.filter(|fandom| fandom != place) {
                one.beside(fandom);
            }
        }
    }

    /// Keeps what was counted.
    pub(super) async fn write_uses(self, archive: &Archive) -> Result<()> {
        let mut batch = Vec::with_capacity(BATCH);
        for ((tag, _), own) in self.heads.iter().zip(&self.uses) {
            if own.works() == 0 {
                continue;
            }
            let fandoms = own.fandoms().filter_map(|(place, works)| {
                self.heads.get(place as usize).map(|(fandom, _)| (*fandom, works))
            });
            batch.push(LoadedUse {
                tag: *tag,
                works: own.works(),
                fandoms: Some(fandoms.collect()),
            });
            if batch.len() >= BATCH {
                archive.store().load_uses(std::mem::take(&mut batch)).await?;
            }
        }
        Ok(archive.store().load_uses(batch).await?)
    }
}

impl Columns {
    fn of(headers: &ByteRecord) -> Option<Self> {
        let at = |name: &str| {
            headers.iter().position(|own| {
                own.strip_prefix("\u{feff}".as_bytes()).unwrap_or(own) == name.as_bytes()
            })
        };
        Some(Self {
            id: at("id")?,
            kind: at("type")?,
            name: at("name")?,
            canonical: at("canonical")?,
            count: at("cached_count"),
            merger: at("merger_id")?,
        })
    }

    /// A row, and its tag if it is to be here; `None` for what is no tag that we wrangle.
    fn row(&self, record: &ByteRecord, load: &mut TagLoad) -> Option<(Row, Option<LoadedTag>)> {
        load.tags += 1;
        let kind = match record.get(self.kind) {
            Some(b"Fandom") => TagKind::Fandom,
            Some(b"Relationship") => TagKind::Relationship,
            Some(b"Character") => TagKind::Character,
            Some(b"Freeform") => TagKind::Freeform,
            _ => {
                load.passed_over += 1;
                return None;
            }
        };
        let Some(id) = record.get(self.id).and_then(number).filter(|id| *id != 0) else {
            load.passed_over += 1;
            return None;
        };
        let merger = record.get(self.merger).and_then(number).unwrap_or(0);
        let canonical =
            record.get(self.canonical).is_some_and(|own| matches!(own, b"true" | b"t" | b"1"));
        // A canonical tag means itself, whatever else its row says.
        let uses = self.count.and_then(|column| record.get(column)).and_then(number).unwrap_or(0);
        let row = Row { id, merger: if canonical { 0 } else { merger }, here: 0, uses };
        let name = String::from_utf8_lossy(record.get(self.name).unwrap_or_default());
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name == "Redacted" {
            load.redacted += 1;
            return Some((row, None));
        }
        if !canonical && merger == 0 {
            load.unwrangled += 1;
            return None;
        }
        let uses = u64::from(uses);
        Some((row, Some(LoadedTag { kind, name, canonical, unwrangleable: false, uses })))
    }
}

/// A number as the dump writes it: `12`, or `12.0` where a program has been over it.
fn number(text: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(text).ok()?.trim();
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn broken(path: &Path, error: &csv::Error) -> AppError {
    AppError::Path {
        path: path.to_owned(),
        reason: error.to_string(),
        hint: "what was read before is loaded; get the file again and load it once more".to_owned(),
    }
}

fn no_columns(path: &Path) -> AppError {
    AppError::Path {
        path: path.to_owned(),
        reason: "its first line does not name the columns of AO3's dump".to_owned(),
        hint: "tags: id,type,name,canonical,cached_count,merger_id; works: a column `tags`"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(rows: &str) -> (Vec<(Row, Option<LoadedTag>)>, TagLoad) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(rows.as_bytes());
        let columns = Columns::of(reader.byte_headers().unwrap()).unwrap();
        let mut load = TagLoad::default();
        let records: Vec<ByteRecord> =
            reader.byte_records().map_while(std::result::Result::ok).collect();
        let rows = records.iter().filter_map(|record| columns.row(record, &mut load)).collect();
        (rows, load)
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns_and_what_has_no_name_is_counted() {
        let (rows, load) = read(
            "name,id,type,canonical,cached_count,merger_id\n\
             \"Holmes, Sherlock\",7,Character,true,12,\n\
             Redacted,8,Character,false,1,7.0\n\
             sherlock,9,Character,false,3,7\n\
             nobody,10,Freeform,false,3,\n\
             Books,11,Media,true,3,\n\
             short\n",
        );
        let told: Vec<_> = rows
            .iter()
            .map(|(row, tag)| {
                (row.id, row.merger, tag.as_ref().map(|tag| (tag.name.as_str(), tag.uses)))
            })
            .collect();
        assert_eq!(
            told,
            [(7, 0, Some(("Holmes, Sherlock", 12))), (8, 7, None), (9, 7, Some(("sherlock", 3)))]
        );
        assert_eq!((load.tags, load.redacted, load.unwrangled, load.passed_over), (6, 1, 1, 2));
    }

    #[test]
    fn a_chain_of_mergers_ends_at_its_canonical_tag_and_a_ring_nowhere() {
        let row = |id, merger, here| Row { id, merger, here, uses: 0 };
        let rows = vec![
            row(1, 2, 11),
            row(2, 3, 0),
            row(3, 0, 13),
            row(4, 5, 14),
            row(5, 4, 15),
            row(6, 9, 16),
        ];
        let numbered = (0_u32..).zip(&rows).map(|(place, row)| (row.id, place));
        let places = Ids::of(numbered.collect());
        let dump = Dump { rows, ..Dump::default() };
        let heads: Vec<_> = dump.rows.iter().map(|row| dump.head(&places, *row)).collect();
        assert_eq!(heads, [Some(13), Some(13), Some(13), None, None, None]);
    }

    proptest! {
        #[test]
        fn no_file_breaks_the_reading_of_rows(
            rows in "(id|type|name|canonical|cached_count|merger_id|Character|true|[0-9]{1,12}|\\PC{0,3}|\"|,|\n){0,60}"
        ) {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(rows.as_bytes());
            let headers = reader.byte_headers().cloned().unwrap_or_default();
            let columns = Columns::of(&headers).unwrap_or(Columns {
                id: 0, kind: 1, name: 2, canonical: 3, count: Some(4), merger: 5,
            });
            let mut load = TagLoad::default();
            for record in reader.byte_records().map_while(std::result::Result::ok) {
                drop(columns.row(&record, &mut load));
            }
            prop_assert!(load.redacted + load.unwrangled + load.passed_over <= load.tags);
        }
    }
}
