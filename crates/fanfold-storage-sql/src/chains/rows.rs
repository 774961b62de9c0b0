//! The links of works as rows, with the keys under which the works that they name are looked for.

use super::sql::{self, inserts};
use crate::db::{Conn, int_list, vals};
use crate::works::{link_titles, title_key};
use fanfold_model::Work;
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Writes the links of these works anew; their creators are written already. A removed work links nowhere.
pub(crate) async fn write(conn: &mut Conn, works: &[(i64, &Work)], cleared: &[i64]) -> Result<()> {
    if !cleared.is_empty() {
        let list = || vals![int_list(cleared.iter().copied())];
        conn.execute(sql::CLEAR_LINKS, list()).await?;
        conn.execute(sql::CLEAR_KEYS, list()).await?;
    }
    let linking: Vec<&(i64, &Work)> =
        works.iter().filter(|(_, work)| !work.links.is_empty()).collect();
    if linking.is_empty() {
        return Ok(());
    }
    let creators = creators(conn, linking.iter().map(|(id, _)| *id)).await?;
    let (mut links, mut keys) = (Vec::new(), BTreeSet::new());
    for (id, work) in linking {
        let own = creators.get(id);
        for (place, link) in (0_i64..).zip(&work.links) {
            let (title, url) = (link.title.as_deref(), link.url.as_deref());
            links.push(vals![*id, place, link.rel.as_str(), link.part, title, url]);
            keys.extend(url.map(|url| (at(url), *id)));
            for spelling in link_titles(link, &work.title).into_iter().flatten() {
                let titled = own.into_iter().flatten().map(|own| (titled(*own, &spelling), *id));
                keys.extend(titled);
            }
        }
    }
    conn.insert(&inserts::LINKS, links).await?;
    let keys = keys.into_iter().map(|(key, work)| vals![key, work]);
    conn.insert(&inserts::KEYS, keys.collect()).await
}

/// The key of an address.
pub(super) fn at(address: &str) -> String {
    format!("@{}", address.trim_end_matches('/'))
}

/// The key of a folded title of a creator.
pub(super) fn titled(creator: i64, folded: &str) -> String {
    format!("{creator}\t{}", title_key(folded))
}

/// The creators of works.
pub(super) async fn creators(
    conn: &mut Conn,
    works: impl Iterator<Item = i64>,
) -> Result<BTreeMap<i64, BTreeSet<i64>>> {
    let mut creators: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for row in conn.fetch(sql::CREATORS, vals![int_list(works)]).await? {
        creators.entry(row.int(0)?).or_default().insert(row.int(1)?);
    }
    Ok(creators)
}
