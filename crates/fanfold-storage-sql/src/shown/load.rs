//! Reading what lies beneath shown works, and making them anew.

use super::compose::{Beneath, compose};
use super::write::{Touch, write};
use super::{Shown, sql};
use crate::chains;
use crate::db::{Conn, Row, int_list, vals};
use crate::forms::unpack_work;
use crate::records::{edit_of, source_of};
use fanfold_model::{Edit, Source, VersionNote};
use fanfold_storage::Result;
use std::collections::BTreeMap;

/// The works as they are to be shown now, by id; ids that are not there are left out.
pub(crate) async fn load(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Shown>> {
    let mut rests = rests(conn, ids).await?;
    let mut found = Vec::with_capacity(ids.len());
    for mut row in conn.fetch(sql::LOAD, vals![int_list(ids.iter().copied())]).await? {
        let id = row.int(0)?;
        let rest = rests.remove(&id).unwrap_or_default();
        found.push(shown(id, &mut row, rest)?);
    }
    Ok(found)
}

/// Makes these works' shown rows anew, and gives the newest change number (0 without works).
pub(crate) async fn refresh(conn: &mut Conn, ids: &[i64]) -> Result<i64> {
    let works = load(conn, ids).await?;
    replace(conn, works).await
}

/// Writes works that are there anew, and what their links make of them; gives the newest change number.
pub(crate) async fn replace(conn: &mut Conn, works: Vec<Shown>) -> Result<i64> {
    let ids: Vec<i64> = works.iter().map(|shown| shown.id).collect();
    let mut touched = chains::around(conn, &ids).await?;
    let newest = write(conn, works, Touch::Again).await?;
    touched.extend(ids);
    chains::settle(conn, touched).await?;
    Ok(newest)
}

#[derive(Debug, Default)]
struct Rest {
    sources: Vec<(u32, Source)>,
    versions: Vec<(VersionNote, bool)>,
    edits: Vec<Edit>,
}

async fn rests(conn: &mut Conn, ids: &[i64]) -> Result<BTreeMap<i64, Rest>> {
    let list = || vals![int_list(ids.iter().copied())];
    let mut rests: BTreeMap<i64, Rest> = BTreeMap::new();
    for mut row in conn.fetch(sql::SOURCES, list()).await? {
        let (work, version) = (row.int(0)?, row.small(1)?);
        let source = source_of(&mut row, 2)?;
        rests.entry(work).or_default().sources.push((version, source));
    }
    for mut row in conn.fetch(sql::VERSIONS, list()).await? {
        let note = VersionNote {
            number: row.small(1)?,
            stored: row.text(2)?,
            words: row.count(3)?,
            shown: row.flag(4)?,
        };
        let waits = !row.flag(5)? && row.flag(6)?;
        rests.entry(row.int(0)?).or_default().versions.push((note, waits));
    }
    for mut row in conn.fetch(sql::EDITS, list()).await? {
        let work = row.int(0)?;
        rests.entry(work).or_default().edits.push(edit_of(&mut row, 1)?);
    }
    Ok(rests)
}

fn shown(id: i64, row: &mut Row, rest: Rest) -> Result<Shown> {
    let uid = row.parsed(1, |text| text.parse().ok())?;
    let version = row.small(2)?;
    let newest_waits = rest.versions.last().is_some_and(|(_, waits)| *waits);
    let beneath = Beneath {
        normalised: unpack_work(&row.bytes(7)?)?,
        id,
        uid,
        sources: in_order(rest.sources, version),
        versions: rest.versions.into_iter().map(|(note, _)| note).collect(),
        newest_waits,
        edits: rest.edits,
    };
    Ok(Shown {
        id,
        uid,
        work: compose(beneath)?,
        version,
        removed: row.flag(3)?,
        lone_part: row.flag(8)?,
        import: row.int(4)?,
        imported: row.text(5)?,
        chapters: row.count(6)?,
    })
}

/// The sources of the shown version first, in their places; then the others, each once.
fn in_order(all: Vec<(u32, Source)>, shown: u32) -> Vec<Source> {
    let (mut first, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(version, _)| *version == shown);
    for (version, source) in others {
        let same = |(_, other): &(u32, Source)| {
            (other.blake3, &other.path, &other.member)
                == (source.blake3, &source.path, &source.member)
        };
        if !first.iter().any(same) {
            first.push((version, source));
        }
    }
    first.into_iter().map(|(_, source)| source).collect()
}
