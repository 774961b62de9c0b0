//! Item lines, things that are not works, and bytes seen again.

use super::group::Group;
use super::sql::{self, inserts};
use crate::db::{Conn, Val, text_list, vals};
use fanfold_model::canonical::ItemRecord;
use fanfold_model::{ContentHash, Uid};
use fanfold_storage::{ItemLine, NewItem, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Where some bytes lie: hash (empty where they could not be read), path, member.
type Place = (String, String, String);

fn place(line: &ItemLine) -> Place {
    let hash = line.blake3.map(|hash| hash.to_string()).unwrap_or_default();
    (hash, line.path.clone(), line.member.clone().unwrap_or_default())
}

/// Keeps things that are not works, each once.
pub(super) async fn keep(conn: &mut Conn, import: i64, items: Vec<NewItem>) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let places = items.iter().map(|item| place(&item.item));
    let (hashes, paths): (Vec<_>, Vec<_>) = places.map(|(hash, path, _)| (hash, path)).unzip();
    let mut there = BTreeSet::new();
    let lists = vals![text_list(hashes), text_list(paths)];
    for mut row in conn.fetch(sql::OLD_ITEMS, lists).await? {
        there.insert((row.text(0)?, row.text(1)?, row.text(2)?));
    }
    let fresh: Vec<NewItem> =
        items.into_iter().filter(|item| there.insert(place(&item.item))).collect();
    let before = conn.take_numbers("item", fresh.len()).await?;
    let rows = (before + 1..).zip(&fresh).map(|(id, item)| item_row(id, item, import));
    conn.insert(&inserts::ITEMS, rows.collect()).await
}

fn item_row(id: i64, item: &NewItem, import: i64) -> Vec<Val> {
    let line = &item.item;
    let (hash, path, member) = place(line);
    let mut record =
        ItemRecord::new(item.read_as, &line.path, line.member.as_deref(), &line.reason)
            .with_findings(&item.findings);
    record.uid = Some(item.uid.to_string());
    record.format.clone_from(&line.format);
    record.blake3 = line.blake3.map(|hash| hash.to_string());
    record.blob = if item.stored { "stored" } else { "absent" }.to_owned();
    vals![
        id,
        item.uid.to_string(),
        item.read_as.as_str(),
        path,
        member,
        line.format.as_deref(),
        hash,
        item.stored,
        &line.reason,
        serde_json::to_string(&record).unwrap_or_default(),
        import,
    ]
}

/// Notes that originals which were known by name only are here now.
pub(super) async fn give_originals(conn: &mut Conn, hashes: &[ContentHash]) -> Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let list = text_list(hashes.iter().map(ToString::to_string));
    conn.execute(sql::RETURN_ITEMS, vals![list]).await?;
    Ok(())
}

/// Notes that more works of these bytes follow.
pub(super) async fn begin_bytes(conn: &mut Conn, hashes: &[ContentHash]) -> Result<()> {
    let rows = hashes.iter().map(|hash| vals![hash.to_string()]);
    conn.insert(&inserts::BEGUN, rows.collect()).await
}

/// Notes that all works of these bytes are here.
pub(super) async fn end_bytes(conn: &mut Conn, hashes: &[ContentHash]) -> Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let list = text_list(hashes.iter().map(ToString::to_string));
    conn.execute(sql::ENDED, vals![list]).await?;
    Ok(())
}

/// Remembers other places of bytes that are stored.
pub(super) async fn see_again(conn: &mut Conn, import: i64, lines: Vec<ItemLine>) -> Result<()> {
    let lines: Vec<ItemLine> = lines.into_iter().filter(|line| line.blake3.is_some()).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let hashes = || text_list(lines.iter().map(|line| place(line).0));
    let mut own = BTreeSet::new();
    for mut row in conn.fetch(sql::OWN_SOURCES, vals![hashes()]).await? {
        let (path, member) = (row.text(0)?, row.text_or_null(1)?.unwrap_or_default());
        own.insert((row.text(2)?, path, member));
    }
    for mut row in conn.fetch(sql::OLD_ITEMS, vals![hashes(), text_list([""; 0])]).await? {
        own.insert((row.text(0)?, row.text(1)?, row.text(2)?));
    }
    let new = lines.iter().map(place).filter(|place| own.insert(place.clone()));
    let rows = new.map(|(hash, path, member)| vals![hash, path, member, import]);
    conn.insert(&inserts::SEEN_AT, rows.collect()).await
}

/// Writes the item lines in the order of the group.
pub(super) async fn lines(
    conn: &mut Conn,
    group: &Group,
    lines: Vec<(ItemLine, Option<Uid>)>,
) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let known = works_of_bytes(conn, &lines).await?;
    let last = conn.number(sql::LAST_PLACE, vals![group.import]).await?;
    let rows = (last + 1..).zip(lines).map(|(at, (line, uid))| {
        let hash = line.blake3.map(|hash| hash.to_string());
        let named = uid.and_then(|uid| group.targets.get(&uid)).map(|target| target.id);
        let work = named.or_else(|| known.get(hash.as_deref()?).copied());
        vals![
            group.import,
            at,
            line.path,
            line.member,
            hash,
            line.format,
            line.outcome.as_str(),
            line.reason,
            work,
        ]
    });
    conn.insert(&inserts::IMPORT_ITEMS, rows.collect()).await
}

/// The works that lines without a uid belong to, by their bytes.
async fn works_of_bytes(
    conn: &mut Conn,
    lines: &[(ItemLine, Option<Uid>)],
) -> Result<BTreeMap<String, i64>> {
    let loose = lines.iter().filter(|(_, uid)| uid.is_none());
    let hashes: Vec<String> =
        loose.filter_map(|(line, _)| Some(line.blake3?.to_string())).collect();
    let mut works = BTreeMap::new();
    if hashes.is_empty() {
        return Ok(works);
    }
    for mut row in conn.fetch(sql::KNOWN_SOURCES, vals![text_list(hashes)]).await? {
        let work = row.int(1)?;
        works.entry(row.text(0)?).or_insert(work);
    }
    Ok(works)
}
