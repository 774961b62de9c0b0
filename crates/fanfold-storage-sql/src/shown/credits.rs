//! Creators and series of shown works.

use super::Shown;
use super::names::{Wanted, take_missing};
use super::sql::{self, inserts};
use crate::db::{Conn, text_list, vals};
use crate::forms::sixteen;
use fanfold_model::{SeriesEntry, UidMint, fold_name, site_of};
use fanfold_storage::Result;
use std::collections::BTreeMap;

/// Links works to their creators and series; those that are missing are made.
pub(crate) async fn link(conn: &mut Conn, works: &[Shown]) -> Result<()> {
    link_creators(conn, works).await?;
    link_series(conn, works).await
}

async fn link_creators(conn: &mut Conn, works: &[Shown]) -> Result<()> {
    let mut wanted = BTreeMap::new();
    for shown in works {
        let site = site_of(&shown.work.sources);
        for credit in &shown.work.creators {
            let key = (fold_name(&credit.name), site.clone());
            wanted.entry(key).or_insert_with(|| credit.name.clone());
        }
    }
    let ids = ensure_creators(conn, wanted).await?;
    let mut rows = Vec::new();
    for shown in works {
        let site = site_of(&shown.work.sources);
        for (place, credit) in (0_i64..).zip(&shown.work.creators) {
            if let Some(id) = ids.get(&(fold_name(&credit.name), site.clone())) {
                rows.push(vals![shown.id, place, *id, &credit.name, credit.role.as_str()]);
            }
        }
    }
    conn.insert(&inserts::WORK_CREATORS, rows).await
}

async fn ensure_creators(
    conn: &mut Conn,
    wanted: BTreeMap<(String, String), String>,
) -> Result<BTreeMap<(String, String), i64>> {
    let folded = text_list(wanted.keys().map(|(folded, _)| folded.clone()));
    let mut found = BTreeMap::new();
    for mut row in conn.fetch(sql::CREATORS_BY_NAME, vals![folded]).await? {
        found.insert((row.text(1)?, row.text(2)?), row.int(0)?);
    }
    let made = take_missing(conn, "creator", &wanted, &mut found).await?;
    let rows = made.into_iter().map(|Wanted { id, key: (folded, site), name }| {
        let uid = UidMint.mint(sixteen(&["creator", &folded, &site]));
        vals![id, uid.to_string(), name, folded, site]
    });
    conn.insert(&inserts::CREATORS, rows.collect()).await?;
    Ok(found)
}

async fn link_series(conn: &mut Conn, works: &[Shown]) -> Result<()> {
    let mut entries: BTreeMap<String, (&SeriesEntry, Option<&str>)> = BTreeMap::new();
    for shown in works {
        let creator = shown.work.creators.first().map(|credit| credit.name.as_str());
        for entry in &shown.work.series {
            if let Some(uid) = entry.uid {
                entries.entry(uid.to_string()).or_insert((entry, creator));
            }
        }
    }
    let ids = ensure_series(conn, &entries).await?;
    let mut rows = Vec::new();
    for shown in works {
        for (place, entry) in (0_i64..).zip(&shown.work.series) {
            let id = entry.uid.and_then(|uid| ids.get(&uid.to_string()));
            if let Some(id) = id {
                rows.push(vals![*id, shown.id, place, entry.part, entry.of]);
            }
        }
    }
    conn.insert(&inserts::SERIES_WORKS, rows).await
}

async fn ensure_series(
    conn: &mut Conn,
    entries: &BTreeMap<String, (&SeriesEntry, Option<&str>)>,
) -> Result<BTreeMap<String, i64>> {
    let mut found = BTreeMap::new();
    if entries.is_empty() {
        return Ok(found);
    }
    let uids = text_list(entries.keys().cloned());
    for mut row in conn.fetch(sql::SERIES_BY_UID, vals![uids]).await? {
        found.insert(row.text(1)?, row.int(0)?);
    }
    let wanted: BTreeMap<String, String> =
        entries.iter().map(|(uid, (entry, _))| (uid.clone(), entry.title.clone())).collect();
    let made = take_missing(conn, "series", &wanted, &mut found).await?;
    let rows = made.into_iter().map(|Wanted { id, key: uid, name }| {
        let (entry, creator) = entries[&uid];
        vals![id, &uid, name, creator, entry.url.as_deref()]
    });
    conn.insert(&inserts::SERIES, rows.collect()).await?;
    Ok(found)
}
