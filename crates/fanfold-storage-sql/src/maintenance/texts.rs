//! Reading every stored text, layer and shown record, in pages.

use super::sql;
use crate::db::{Conn, Db, Row, text_list, vals};
use crate::forms::{text_hash, unpack, unpack_text, unpack_work};
use fanfold_storage::{Result, RowFault};
use std::collections::BTreeMap;

pub(super) async fn faults(db: &Db) -> Result<Vec<RowFault>> {
    let mut faults = Vec::new();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db.read("checking the texts", move |conn| Box::pin(texts(conn, from))).await?;
        faults.extend(page.0);
        match page.1 {
            Some(last) => after = last,
            None => break,
        }
    }
    let last = db
        .read("checking the layers", |conn| {
            Box::pin(async move { conn.number(sql::LAST_WORK, Vec::new()).await })
        })
        .await?;
    for from in (0..last).step_by(256) {
        let page = db.read("checking the layers", move |conn| Box::pin(layers(conn, from)));
        faults.extend(page.await?);
    }
    Ok(faults)
}

/// Faults of a page of texts, and the last hash of the page if there may be more.
async fn texts(conn: &mut Conn, after: String) -> Result<(Vec<RowFault>, Option<String>)> {
    let mut wrong: BTreeMap<String, &str> = BTreeMap::new();
    let mut last = None;
    for mut row in conn.fetch(sql::TEXTS_AFTER, vals![after]).await? {
        let hash = row.text(0)?;
        match unpack_text(&row.bytes(1)?) {
            Ok(html) if text_hash(&html).to_string() == hash => {}
            Ok(_) => drop(wrong.insert(hash.clone(), "its text has another hash than its name")),
            Err(_) => drop(wrong.insert(hash.clone(), "its text cannot be unpacked")),
        }
        last = Some(hash);
    }
    let mut faults = Vec::new();
    if !wrong.is_empty() {
        let list = vals![text_list(wrong.keys().cloned())];
        for mut row in conn.fetch(sql::CHAPTERS_OF_TEXTS, list).await? {
            let reason = wrong.get(&row.text(0)?).copied().unwrap_or("its text is damaged");
            let what =
                format!("work {}, version {}, chapter {}", row.int(1)?, row.int(2)?, row.int(3)?);
            faults.push(RowFault { what, reason: reason.to_owned() });
        }
    }
    Ok((faults, last))
}

async fn layers(conn: &mut Conn, from: i64) -> Result<Vec<RowFault>> {
    let mut faults = Vec::new();
    for mut row in conn.fetch(sql::LAYERS_AFTER, vals![from]).await? {
        let (layer, body) = (row.text(2)?, row.bytes(3)?);
        let read = match layer.as_str() {
            "extracted" => unpack(&body).map(drop),
            _ => unpack_work(&body).map(drop),
        };
        if let Err(error) = read {
            let what = format!("work {}, version {}, layer {layer}", row.int(0)?, row.int(1)?);
            faults.push(RowFault { what, reason: error.to_string() });
        }
    }
    for mut row in conn.fetch(sql::SHOWN_AFTER, vals![from]).await? {
        faults.extend(shown_fault(&mut row)?);
    }
    Ok(faults)
}

/// The head of a work against its shown record.
fn shown_fault(row: &mut Row) -> Result<Option<RowFault>> {
    let what = format!("work {}", row.int(0)?);
    let (uid, title, words) = (row.text(1)?, row.text(2)?, row.count(3)?);
    let reason = match unpack_work(&row.bytes(4)?) {
        Err(error) => error.to_string(),
        Ok(work) => {
            let same = work.uid.is_some_and(|own| own.to_string() == uid)
                && work.title == title
                && work.words == words;
            if same {
                return Ok(None);
            }
            "its row and its shown record disagree".to_owned()
        }
    };
    Ok(Some(RowFault { what, reason }))
}
