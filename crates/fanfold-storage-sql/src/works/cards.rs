//! Works in lists.

use super::sql;
use crate::db::{Conn, Row, int_list, vals};
use crate::forms::unpack_brief;
use crate::statements::viewer as seen_by;
use fanfold_model::{CreatorId, Viewer};
use fanfold_storage::{Card, CreatorRef, Result};
use std::collections::BTreeMap;

/// Cards in the order of the ids; those that the viewer may not see are left out.
pub(super) async fn cards(conn: &mut Conn, ids: Vec<i64>, viewer: Viewer) -> Result<Vec<Card>> {
    let values = vec![seen_by(viewer), int_list(ids.iter().copied())];
    let rows = conn.fetch(sql::CARDS, values).await?;
    in_order(conn, &ids, rows).await
}

/// Cards of removed works, for the owner.
pub(super) async fn removed(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<Card>> {
    let rows = conn.fetch(sql::REMOVED_CARDS, vals![int_list(ids.iter().copied())]).await?;
    in_order(conn, &ids, rows).await
}

async fn in_order(conn: &mut Conn, ids: &[i64], rows: Vec<Row>) -> Result<Vec<Card>> {
    let found = int_list(ids.iter().copied());
    let mut creators: BTreeMap<i64, Vec<CreatorRef>> = BTreeMap::new();
    for mut row in conn.fetch(sql::CARD_CREATORS, vals![found]).await? {
        let creator = CreatorRef { id: CreatorId(row.int(1)?), name: row.text(2)? };
        creators.entry(row.int(0)?).or_default().push(creator);
    }
    let mut cards = BTreeMap::new();
    for mut row in rows {
        let id = row.int(0)?;
        let own = creators.remove(&id).unwrap_or_default();
        cards.insert(id, card(&mut row, own)?);
    }
    Ok(ids.iter().filter_map(|id| cards.remove(id)).collect())
}

fn card(row: &mut Row, creators: Vec<CreatorRef>) -> Result<Card> {
    let work = unpack_brief(&row.bytes(1)?)?;
    Ok(Card { work, creators, chapters: row.small(2)?, imported: row.text(3)? })
}
