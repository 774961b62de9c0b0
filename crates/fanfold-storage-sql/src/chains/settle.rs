//! Making the chains around a change anew.

use super::explore::explore;
use super::paths::paths;
use super::sql::{self, inserts};
use crate::db::{Conn, int_list, vals};
use crate::forms::sixteen;
use fanfold_model::UidMint;
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Makes the chains anew of all works that hang together with these. Ids that are not there any more do no harm.
pub(crate) async fn settle(conn: &mut Conn, works: BTreeSet<i64>) -> Result<()> {
    if works.is_empty() {
        return Ok(());
    }
    let Some(web) = explore(conn, works).await? else {
        return Ok(());
    };
    let list = || vals![int_list(web.works.iter().copied())];
    let mut old = Vec::new();
    for row in conn.fetch(sql::CHAINS_OF, list()).await? {
        old.push(row.int(0)?);
    }
    if old.is_empty() && web.edges.is_empty() {
        return Ok(());
    }
    conn.execute(sql::CLEAR, list()).await?;
    let found = unstated(conn, paths(web.edges)).await?;
    keep(conn, found).await?;
    conn.execute(sql::FORGET, vals![int_list(old)]).await?;
    Ok(())
}

/// Without the paths whose works all stand in one stated series: the source's own word is enough.
async fn unstated(conn: &mut Conn, mut paths: Vec<Vec<i64>>) -> Result<Vec<Vec<i64>>> {
    let all = paths.iter().flatten().copied();
    let mut stated: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for row in conn.fetch(sql::STATED, vals![int_list(all)]).await? {
        stated.entry(row.int(0)?).or_default().insert(row.int(1)?);
    }
    let together = |path: &Vec<i64>| {
        let mut series = path.iter().map(|work| stated.get(work));
        let mut shared = series.next().flatten().cloned().unwrap_or_default();
        series.for_each(|own| shared.retain(|one| own.is_some_and(|own| own.contains(one))));
        !shared.is_empty()
    };
    paths.retain(|path| !together(path));
    Ok(paths)
}

/// A chain keeps its number as long as its oldest work stays in it, wherever it grows.
async fn keep(conn: &mut Conn, paths: Vec<Vec<i64>>) -> Result<()> {
    let anchored = |path: Vec<i64>| Some((path.iter().copied().min()?, path));
    let paths: BTreeMap<i64, Vec<i64>> = paths.into_iter().filter_map(anchored).collect();
    if paths.is_empty() {
        return Ok(());
    }
    let anchors = || vals![int_list(paths.keys().copied())];
    let mut chains: BTreeMap<i64, i64> = BTreeMap::new();
    for row in conn.fetch(sql::CHAINS_AT, anchors()).await? {
        chains.insert(row.int(1)?, row.int(0)?);
    }
    let mut fresh = Vec::new();
    for mut row in conn.fetch(sql::UIDS, anchors()).await? {
        let anchor = row.int(0)?;
        if !chains.contains_key(&anchor) {
            fresh.push((anchor, UidMint.mint(sixteen(&["links", &row.text(1)?])).to_string()));
        }
    }
    let before = conn.take_numbers("series", fresh.len()).await?;
    let mut rows = Vec::new();
    for ((anchor, uid), id) in fresh.into_iter().zip(before + 1..) {
        rows.push(vals![id, uid, anchor]);
        chains.insert(anchor, id);
    }
    conn.insert(&inserts::CHAINS, rows).await?;
    let mut rows = Vec::new();
    for (anchor, path) in paths {
        let Some(chain) = chains.get(&anchor) else { continue };
        rows.extend((1_i64..).zip(path).map(|(place, work)| vals![*chain, place, work]));
    }
    conn.insert(&inserts::CHAIN_WORKS, rows).await
}
