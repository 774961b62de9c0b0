//! What is known of bytes, identities and uids.

use super::sql;
use crate::db::{Conn, Row, text_list, vals};
use fanfold_model::{Identity, IdentityKind, WorkId};
use fanfold_storage::{Known, KnownAs, Result, StoredHead};
use std::collections::BTreeSet;

pub(super) async fn known(conn: &mut Conn, hashes: Vec<String>) -> Result<Vec<Known>> {
    let list = || vals![text_list(hashes.iter().cloned())];
    let mut found = Vec::new();
    for mut row in conn.fetch(sql::KNOWN_SOURCES, list()).await? {
        let known = KnownAs::Source {
            work: WorkId(row.int(1)?),
            uid: row.parsed(2, |text| text.parse().ok())?,
            removed: row.flag(3)?,
        };
        let absent = !row.flag(4)?;
        found.push(Known { hash: row.parsed(0, |text| text.parse().ok())?, known, absent });
    }
    for mut row in conn.fetch(sql::KNOWN_ITEMS, list()).await? {
        let hash = row.parsed(0, |text| text.parse().ok())?;
        found.push(Known { hash, known: KnownAs::Item, absent: !row.flag(1)? });
    }
    for mut row in conn.fetch(sql::KNOWN_ERASED, list()).await? {
        let hash = row.parsed(0, |text| text.parse().ok())?;
        let known = KnownAs::Erased { reason: row.text(1)? };
        found.push(Known { hash, known, absent: false });
    }
    Ok(found)
}

pub(super) async fn identify(
    conn: &mut Conn,
    identities: Vec<Identity>,
) -> Result<Vec<(Identity, StoredHead)>> {
    let asked: BTreeSet<Identity> = identities.into_iter().collect();
    // Both, because the table is in the order of kinds.
    let kinds: BTreeSet<&str> = asked.iter().map(|identity| identity.kind.as_str()).collect();
    let kinds = text_list(kinds);
    let values = text_list(asked.iter().map(|identity| identity.value.clone()));
    let mut found: Vec<(Identity, StoredHead)> = Vec::new();
    for mut row in conn.fetch(sql::IDENTIFY, vals![kinds, values]).await? {
        let kind = row.parsed(0, IdentityKind::from_name)?;
        let identity = Identity { kind, value: row.text(1)? };
        if asked.contains(&identity) {
            found.push((identity, head(&mut row, 2)?));
        }
    }
    Ok(found)
}

pub(super) async fn heads(conn: &mut Conn, uids: Vec<String>) -> Result<Vec<StoredHead>> {
    let rows = conn.fetch(sql::HEADS, vals![text_list(uids)]).await?;
    rows.into_iter().map(|mut row| head(&mut row, 0)).collect()
}

fn head(row: &mut Row, first: usize) -> Result<StoredHead> {
    Ok(StoredHead {
        id: WorkId(row.int(first)?),
        uid: row.parsed(first + 1, |text| text.parse().ok())?,
        text: row.parsed(first + 2, |text| text.parse().ok())?,
        words: row.count(first + 3)?,
        version: row.small(first + 4)?,
        removed: row.flag(first + 5)?,
        held: row.text_or_null(first + 6)?,
    })
}
