//! Mutes of relationships go by the key of today, too. Of two that are one now, the one that holds longer stays.

use super::sql;
use crate::db::{Conn, vals};
use fanfold_model::{Muted, TagKind};
use fanfold_storage::Result;
use std::collections::BTreeMap;

pub(super) async fn join(conn: &mut Conn) -> Result<()> {
    let mut longest: BTreeMap<(String, String), (i64, String)> = BTreeMap::new();
    let mut all = Vec::new();
    for mut row in conn.fetch(sql::MUTES, Vec::new()).await? {
        let (reader, key, name) = (row.text(0)?, row.text(1)?, row.text(2)?);
        let until = row.int_or_null(3)?.unwrap_or(i64::MAX);
        let (_, today) = Muted::Tag { kind: TagKind::Relationship, name }.key();
        all.push((reader.clone(), key.clone()));
        let own = longest.entry((reader, today)).or_insert((until, key.clone()));
        if until > own.0 {
            *own = (until, key);
        }
    }
    for (reader, key) in all {
        let stays = longest.iter().any(|((own, _), (_, kept))| *own == reader && *kept == key);
        if !stays {
            conn.execute(sql::UNMUTE, vals![reader, key]).await?;
        }
    }
    for ((reader, today), (_, key)) in longest {
        let folded = today.split_once(':').map_or(today.as_str(), |(_, folded)| folded);
        conn.execute(sql::MUTE_AS, vals![&today, folded, reader, key]).await?;
    }
    Ok(())
}
