//! What joins works that are there: versions, renditions, further sources.

use super::group::{Group, Target};
use super::layers::{self, Place};
use super::prepare::{Text, Version};
use super::sql::{self, inserts};
use crate::alike;
use crate::db::{Conn, int_list, text_list, vals};
use crate::records::{source_of, source_row};
use fanfold_model::{ContentHash, Source, Uid};
use fanfold_storage::{FurtherSource, Result, StorageError};
use std::collections::BTreeSet;

/// Adds a version, or replaces the lower layers of the shown one.
pub(super) async fn version(conn: &mut Conn, group: &mut Group, new: Version) -> Result<()> {
    let Some(target) = target(group, new.text.uid)? else {
        return Ok(());
    };
    if new.rendition {
        rendition(conn, group, target, new.text).await
    } else {
        another(conn, group, target, new).await
    }
}

/// The work with this uid; `None` if it was erased and is not taken again.
fn target(group: &Group, uid: Uid) -> Result<Option<Target>> {
    match group.targets.get(&uid) {
        Some(target) => Ok(Some(*target)),
        None if group.erased.contains(&uid) => Ok(None),
        None => Err(StorageError::Refused(format!(
            "there is no work {uid} that a version or a copy could join; import it first"
        ))),
    }
}

async fn another(
    conn: &mut Conn,
    group: &mut Group,
    mut target: Target,
    new: Version,
) -> Result<()> {
    let Version { mut text, show, .. } = new;
    let (work, number, import) = (target.id, target.newest + 1, group.import);
    let hash = text.hash.to_string();
    let words = text.work.words;
    let row = vals![work, number, hash, words, true, show, import, &group.at];
    conn.insert(&inserts::VERSIONS, vec![row]).await?;
    let rows = (0..).zip(&text.work.sources);
    let rows = rows.map(|(place, source)| source_row(work, number, place, source, import));
    conn.insert(&inserts::SOURCES, rows.collect()).await?;
    target.newest = number;
    if show {
        target.shown = number;
        target.next_source = i64::try_from(text.work.sources.len()).unwrap_or(i64::MAX);
        conn.execute(sql::SHOW_VERSION, vals![number, work]).await?;
        sketch_anew(conn, work, &mut text).await?;
    }
    group.targets.insert(text.uid, target);
    group.changed.insert(work);
    group.note(work, "version added", Some(number.to_string()));
    layers::write(conn, vec![(Place { work, version: number, import }, text)]).await
}

/// The same sources, read by better rules: no version, edits and chapter uids as they were.
async fn rendition(
    conn: &mut Conn,
    group: &mut Group,
    mut target: Target,
    mut text: Text,
) -> Result<()> {
    let (work, version, import) = (target.id, target.shown, group.import);
    target.next_source = renew_sources(conn, group, target, &text.work.sources).await?;
    group.targets.insert(text.uid, target);
    group.changed.insert(work);
    group.note(work, "read again", Some(text.rules.clone()));
    sketch_anew(conn, work, &mut text).await?;
    layers::replace(conn, Place { work, version, import }, text).await
}

/// The shown text is another: so is its sketch.
async fn sketch_anew(conn: &mut Conn, work: i64, text: &mut Text) -> Result<()> {
    match text.sketch.take() {
        Some(sketch) => alike::keep(conn, vec![(work, sketch)]).await,
        None => alike::forget(conn, &[work]).await,
    }
}

/// The reading's sources in their places, each with the import that brought it; sources that this
/// reading does not speak of follow. Gives the next place.
async fn renew_sources(
    conn: &mut Conn,
    group: &Group,
    target: Target,
    sources: &[Source],
) -> Result<i64> {
    let (work, version) = (target.id, target.shown);
    let mut old = Vec::new();
    for mut row in conn.fetch(sql::VERSION_SOURCES, vals![work, version]).await? {
        let import = row.int(7)?;
        old.push((source_of(&mut row, 0)?, import));
    }
    let mut renewed = Vec::new();
    for source in sources {
        let same = old.iter().position(|(other, _)| place_of(other) == place_of(source));
        let import = same.map_or(group.import, |at| old.remove(at).1);
        renewed.push((source.clone(), import));
    }
    renewed.extend(old);
    conn.execute(sql::CLEAR_SOURCES, vals![work, version]).await?;
    let count = i64::try_from(renewed.len()).unwrap_or(i64::MAX);
    let rows = (0..).zip(&renewed);
    let rows = rows.map(|(at, (source, import))| source_row(work, version, at, source, *import));
    conn.insert(&inserts::SOURCES, rows.collect()).await?;
    Ok(count)
}

fn place_of(source: &Source) -> (ContentHash, &str, Option<&str>) {
    (source.blake3, &source.path, source.member.as_deref())
}

/// Adds further sources; one that is there already changes nothing.
pub(super) async fn copies(
    conn: &mut Conn,
    group: &mut Group,
    copies: Vec<FurtherSource>,
) -> Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    let mut there = places(conn, group, &copies).await?;
    let (mut sources, mut identities) = (Vec::new(), Vec::new());
    for copy in copies {
        let Some(mut target) = target(group, copy.uid)? else {
            continue;
        };
        let source = &copy.source;
        let hash = source.blake3.to_string();
        if there.insert((target.id, hash, source.path.clone(), source.member.clone())) {
            let place = target.next_source;
            sources.push(source_row(target.id, target.shown, place, source, group.import));
            target.next_source += 1;
            group.targets.insert(copy.uid, target);
            group.note(target.id, "source added", Some(source.path.clone()));
        }
        for identity in copy.identities {
            let kind = identity.kind.as_str();
            identities.push(vals![kind, identity.value, target.id, group.import]);
        }
        group.changed.insert(target.id);
    }
    conn.insert(&inserts::SOURCES, sources).await?;
    conn.insert(&inserts::IDENTITIES, identities).await
}

/// Notes that originals which were known by name only are here now.
pub(super) async fn originals(
    conn: &mut Conn,
    group: &mut Group,
    hashes: &[ContentHash],
) -> Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let list = || vals![text_list(hashes.iter().map(ToString::to_string))];
    for row in conn.fetch(sql::WITHOUT_BYTES, list()).await? {
        let work = row.int(0)?;
        group.changed.insert(work);
        group.note(work, "original returned", None);
    }
    conn.execute(sql::RETURN_SOURCES, list()).await?;
    Ok(())
}

type Places = BTreeSet<(i64, String, String, Option<String>)>;

async fn places(conn: &mut Conn, group: &Group, copies: &[FurtherSource]) -> Result<Places> {
    let works = copies.iter().filter_map(|copy| group.targets.get(&copy.uid));
    let works: BTreeSet<i64> = works.map(|target| target.id).collect();
    let mut there = BTreeSet::new();
    for mut row in conn.fetch(sql::SOURCE_PLACES, vals![int_list(works)]).await? {
        there.insert((row.int(0)?, row.text(1)?, row.text(2)?, row.text_or_null(3)?));
    }
    Ok(there)
}
