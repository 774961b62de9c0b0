//! The lower layers of versions: texts, chapters, what was seen and what was made of it.

use super::prepare::Text;
use super::sql::{self, inserts};
use crate::db::{Conn, vals};
use crate::texts;
use fanfold_storage::Result;
use std::collections::BTreeMap;

/// Where a text goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) work: i64,
    pub(super) version: u32,
    pub(super) import: i64,
}

/// Writes texts, chapters, layers and identities.
pub(super) async fn write(conn: &mut Conn, texts: Vec<(Place, Text)>) -> Result<()> {
    let (mut chapters, mut layers, mut identities) = (Vec::new(), Vec::new(), Vec::new());
    let mut bodies = BTreeMap::new();
    for (place, text) in texts {
        let Place { work, version, import } = place;
        bodies.extend(text.texts.into_iter().map(|(hash, body)| (hash.to_string(), body)));
        for row in text.chapters {
            chapters.push(vals![
                work,
                version,
                row.position,
                row.uid,
                row.number,
                row.title,
                row.words,
                row.text.to_string(),
                row.meta,
            ]);
        }
        layers.push(vals![work, version, "extracted", &text.rules, text.extracted]);
        layers.push(vals![work, version, "normalised", &text.rules, text.normalised]);
        for identity in text.identities {
            identities.push(vals![identity.kind.as_str(), identity.value, work, import]);
        }
    }
    let bodies = bodies.into_iter().map(|(hash, body)| vals![hash, body]);
    conn.insert(&inserts::TEXTS, bodies.collect()).await?;
    conn.insert(&inserts::CHAPTERS, chapters).await?;
    conn.insert(&inserts::LAYERS, layers).await?;
    conn.insert(&inserts::IDENTITIES, identities).await
}

/// Replaces the lower layers of a version that is there.
pub(super) async fn replace(conn: &mut Conn, place: Place, text: Text) -> Result<()> {
    let Place { work, version, .. } = place;
    let old = clear(conn, work, version).await?;
    let (hash, words) = (text.hash.to_string(), text.work.words);
    conn.execute(sql::RENEW_VERSION, vals![hash, words, work, version]).await?;
    write(conn, vec![(place, text)]).await?;
    texts::forget_unused(conn, old).await
}

/// Clears the chapters and layers of a version; gives the texts that may be unused now.
pub(super) async fn clear(conn: &mut Conn, work: i64, version: u32) -> Result<Vec<String>> {
    let rows = conn.fetch(sql::CHAPTER_TEXTS, vals![work, version]).await?;
    let texts = rows.into_iter().map(|mut row| row.text(0)).collect::<Result<Vec<_>>>()?;
    conn.execute(sql::CLEAR_CHAPTERS, vals![work, version]).await?;
    conn.execute(sql::CLEAR_LAYERS, vals![work, version]).await?;
    Ok(texts)
}
