//! Works that begin with a group.

use super::group::{Group, Target};
use super::layers::{self, Place};
use super::prepare::Text;
use super::sql::{self, inserts};
use crate::alike;
use crate::chains;
use crate::db::{Conn, Val, int_list, vals};
use crate::records::source_row;
use crate::shown::{self, Beneath, Shown, Touch, compose};
use fanfold_model::{Uid, VersionNote, WorkId};
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Writes the works that are not there yet; gives the newest change number.
pub(super) async fn works(conn: &mut Conn, group: &mut Group, texts: Vec<Text>) -> Result<i64> {
    let mut fresh: Vec<Text> = Vec::new();
    for text in texts {
        // The same uid is the same work: one that is there (another process was faster, or it is
        // hidden behind a tombstone) stays as it is.
        let there = group.targets.contains_key(&text.uid) || group.erased.contains(&text.uid);
        if !there && !fresh.iter().any(|other| other.uid == text.uid) {
            fresh.push(text);
        }
    }
    let ids = number(conn, &fresh).await?;
    let begun: Vec<Begun> =
        fresh.into_iter().zip(ids).map(|(text, id)| Begun::new(text, id, &group.at)).collect();
    let shown = begun.iter().map(|begun| begun.shown(group)).collect::<Result<Vec<_>>>()?;
    for begun in &begun {
        begun.note(group);
    }
    let seq = shown::write(conn, shown, Touch::New).await?;
    let new = begun.iter().map(|begun| begun.id).collect();
    write(conn, group, begun).await?;
    chains::settle(conn, new).await?;
    Ok(seq)
}

/// A new work with its number and its versions.
#[derive(Debug)]
struct Begun {
    text: Text,
    id: i64,
    versions: Vec<VersionNote>,
    shown: u32,
}

impl Begun {
    fn new(text: Text, id: i64, at: &str) -> Self {
        let mut versions = text.work.versions.clone();
        versions.sort_by_key(|note| note.number);
        versions.dedup_by_key(|note| note.number);
        if versions.is_empty() {
            let words = text.work.words;
            versions.push(VersionNote { number: 1, stored: at.to_owned(), words, shown: true });
        }
        let shown = versions.iter().find(|note| note.shown).or(versions.last());
        let shown = shown.map_or(1, |note| note.number);
        Self { text, id, versions, shown }
    }

    fn shown(&self, group: &Group) -> Result<Shown> {
        let beneath = Beneath {
            normalised: self.text.work.clone(),
            id: self.id,
            uid: self.text.uid,
            sources: self.text.work.sources.clone(),
            versions: self.versions.clone(),
            newest_waits: false,
            edits: Vec::new(),
        };
        Ok(Shown {
            id: self.id,
            uid: self.text.uid,
            work: compose(beneath)?,
            chapters: self.text.chapters.len() as u64,
            version: self.shown,
            removed: false,
            lone_part: self.text.lone_part,
            import: group.import,
            imported: group.at.clone(),
        })
    }

    fn note(&self, group: &mut Group) {
        let target = Target {
            id: self.id,
            shown: self.shown,
            newest: self.versions.last().map_or(1, |note| note.number),
            next_source: i64::try_from(self.text.work.sources.len()).unwrap_or(i64::MAX),
        };
        group.targets.insert(self.text.uid, target);
        group.note(self.id, "imported", Some(self.text.work.title.clone()));
    }

    /// Rows of `versions`; those known by name only have no text here.
    fn version_rows(&self, import: i64) -> impl Iterator<Item = Vec<Val>> {
        self.versions.iter().map(move |note| {
            let here = note.number == self.shown;
            let hash = if here { self.text.hash.to_string() } else { String::new() };
            vals![
                self.id,
                note.number,
                hash,
                note.words,
                here,
                note.shown || note.number <= self.shown,
                import,
                &note.stored,
            ]
        })
    }
}

async fn write(conn: &mut Conn, group: &Group, mut begun: Vec<Begun>) -> Result<()> {
    // A work without a sketch has an empty one, which says that it is missing.
    let sketches =
        begun.iter_mut().map(|begun| (begun.id, begun.text.sketch.take().unwrap_or_default()));
    alike::keep(conn, sketches.collect()).await?;
    let versions = begun.iter().flat_map(|begun| begun.version_rows(group.import));
    conn.insert(&inserts::VERSIONS, versions.collect()).await?;
    let mut sources = Vec::new();
    for begun in &begun {
        for (place, source) in (0..).zip(&begun.text.work.sources) {
            sources.push(source_row(begun.id, begun.shown, place, source, group.import));
        }
    }
    conn.insert(&inserts::SOURCES, sources).await?;
    let placed = begun.into_iter().map(|begun| {
        (Place { work: begun.id, version: begun.shown, import: group.import }, begun.text)
    });
    layers::write(conn, placed.collect()).await
}

/// A number for each new work: the one it asks for if that is free, else the next.
async fn number(conn: &mut Conn, fresh: &[Text]) -> Result<Vec<i64>> {
    let wanted: BTreeSet<i64> =
        fresh.iter().filter_map(|text| text.work.id).map(|id| id.0).collect();
    let spent = spent(conn, &wanted).await?;
    let mut given = BTreeSet::new();
    let mut kept = Vec::with_capacity(fresh.len());
    for text in fresh {
        let wish = text.work.id.map(|WorkId(id)| id).filter(|id| (1..1 << 53).contains(id));
        let free = wish.filter(|id| spent.get(id).is_none_or(|owner| *owner == Some(text.uid)));
        kept.push(free.filter(|id| given.insert(*id)));
    }
    let last = conn.number(sql::LAST_WORK, Vec::new()).await?;
    let mut last = given.last().copied().unwrap_or(0).max(last);
    let next = || {
        last += 1;
        last
    };
    let numbers: Vec<i64> = fill(kept, next);
    let newest = numbers.iter().copied().max().unwrap_or(0).max(last);
    conn.execute(sql::SET_LAST_WORK, vals![newest]).await?;
    conn.execute(sql::FORGET_UNDONE, vals![int_list(given)]).await?;
    Ok(numbers)
}

fn fill(kept: Vec<Option<i64>>, mut next: impl FnMut() -> i64) -> Vec<i64> {
    kept.into_iter().map(|kept| kept.unwrap_or_else(&mut next)).collect()
}

/// Which of these numbers are spent, each with the uid that may have it again: a work that was
/// undone may come back to its own number.
async fn spent(conn: &mut Conn, wanted: &BTreeSet<i64>) -> Result<BTreeMap<i64, Option<Uid>>> {
    let mut spent = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(spent);
    }
    let list = vals![int_list(wanted.iter().copied())];
    for mut row in conn.fetch(sql::SPENT_IDS, list).await? {
        spent.insert(row.int(0)?, row.parsed(1, |text| Some(text.parse().ok()))?);
    }
    Ok(spent)
}
