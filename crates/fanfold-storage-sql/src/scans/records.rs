//! The other records of an export.

use super::sql;
use crate::db::{Conn, Row, vals};
use crate::records::edit_of;
use fanfold_model::canonical::{CreatorRecord, EditRecord, SeriesRecord, TagRecord};
use fanfold_storage::{ItemRow, Result};
use std::collections::BTreeMap;

pub(super) async fn tags(conn: &mut Conn) -> Result<Vec<TagRecord>> {
    let mut edges: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
    for mut row in conn.fetch(sql::EDGES, Vec::new()).await? {
        let edge = (row.text(1)?, row.text(2)?);
        edges.entry(row.int(0)?).or_default().push(edge);
    }
    let rows = conn.fetch(sql::TAGS, Vec::new()).await?;
    let record = |mut row: Row| {
        let own = edges.remove(&row.int(0)?).unwrap_or_default();
        let of = |kind: &str| {
            let own = own.iter().filter(|(edge, _)| edge == kind);
            own.map(|(_, name)| name.clone()).collect::<Vec<_>>()
        };
        Ok(TagRecord {
            record: "tag".to_owned(),
            kind: row.text(1)?,
            name: row.text(2)?,
            canonical: row.flag(3)?,
            synonym_of: of("synonym").into_iter().next(),
            parents: of("parent"),
            metatags: of("metatag"),
            unwrangleable: row.flag(4)?,
        })
    };
    let mut records = rows.into_iter().map(record).collect::<Result<Vec<TagRecord>>>()?;
    records.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
    Ok(records)
}

pub(super) async fn series(conn: &mut Conn) -> Result<Vec<SeriesRecord>> {
    let mut works: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for mut row in conn.fetch(sql::SERIES_WORKS, Vec::new()).await? {
        let (series, uid) = (row.int(0)?, row.text(1)?);
        let own = works.entry(series).or_default();
        if !own.contains(&uid) {
            own.push(uid);
        }
    }
    let rows = conn.fetch(sql::SERIES, Vec::new()).await?;
    let record = |mut row: Row| {
        Ok(SeriesRecord {
            record: "series".to_owned(),
            works: works.remove(&row.int(0)?).unwrap_or_default(),
            uid: row.text(1)?,
            title: row.text(2)?,
            creator: row.text_or_null(3)?,
            url: row.text_or_null(4)?,
        })
    };
    rows.into_iter().map(record).collect()
}

pub(super) async fn creators(conn: &mut Conn) -> Result<Vec<CreatorRecord>> {
    let rows = conn.fetch(sql::CREATORS, Vec::new()).await?;
    let record = |mut row: Row| {
        Ok(CreatorRecord {
            record: "creator".to_owned(),
            uid: row.text(0)?,
            name: row.text(1)?,
            site: Some(row.text(2)?).filter(|site| !site.is_empty()),
        })
    };
    rows.into_iter().map(record).collect()
}

pub(super) async fn edits(conn: &mut Conn) -> Result<Vec<EditRecord>> {
    let rows = conn.fetch(sql::EDITS, Vec::new()).await?;
    rows.into_iter().map(|mut row| Ok(EditRecord::from(&edit_of(&mut row, 0)?))).collect()
}

pub(super) async fn items(conn: &mut Conn, after: i64, limit: u32) -> Result<Vec<ItemRow>> {
    let rows = conn.fetch(sql::ITEMS, vals![after, limit]).await?;
    let item = |mut row: Row| {
        let record = row.parsed(1, |text| serde_json::from_str(text).ok())?;
        Ok(ItemRow { id: row.int(0)?, record })
    };
    rows.into_iter().map(item).collect()
}
