//! Relationships of older libraries that are one by their members and were two tags: "A/B" and "B/A". They are joined when
//! such a library is opened, some thousand tags in a transaction; a mark keeps how far it is.
//!
//! What is left of two is the tag about which most is decided, and among equals the one that most works carry. It gets the
//! other's works, edges (by the rules of a merge), history and uses. The works are told to the index as changed, since it
//! holds the numbers of tags; each still shows what its creator wrote. No wrangler made this, so nobody can take it back.

mod mutes;
mod sql;

#[cfg(test)]
pub(crate) use sql::{ALL as STATEMENTS, inserts::ALL as INSERTS};

use super::change::tell_graph;
use super::excerpt::{Excerpt, above, below};
use super::moves::move_edges;
use super::scope;
use crate::db::{Conn, Db, text_list, vals};
use fanfold_model::{TagId, TagKind, fold_name, fold_tag};
use fanfold_storage::{Result, TagDelta};
use sql::inserts;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Tags looked at in one transaction.
const PAGE: i64 = 16_384;

/// Brings every relationship to the key of today, and joins those that have one.
pub(crate) async fn join(db: &Db) -> Result<()> {
    const DOING: &str = "joining relationships that are one";
    let waits = db.read(DOING, |conn| Box::pin(async { conn.first(sql::MARK, Vec::new()).await }));
    if waits.await?.is_none() {
        return Ok(());
    }
    while db.write(DOING, |conn| Box::pin(some(conn))).await? {}
    Ok(())
}

/// Looks at the next tags; `false` when there was none left.
async fn some(conn: &mut Conn) -> Result<bool> {
    let Some(row) = conn.first(sql::MARK, Vec::new()).await? else {
        return Ok(false);
    };
    let (mut last, mut keys) = (None, BTreeMap::new());
    for mut row in conn.fetch(sql::TAGS_AFTER, vals![row.int(0)?, PAGE]).await? {
        let (id, kind, folded) = (row.int(0)?, row.text(1)?, row.text(2)?);
        last = Some(id);
        if kind != TagKind::Relationship.as_str() {
            continue;
        }
        let key = fold_tag(TagKind::Relationship, &folded);
        if key != folded {
            keys.entry(key).or_insert_with(Vec::new).push((id, folded));
        }
    }
    let Some(last) = last else {
        mutes::join(conn).await?;
        conn.execute(sql::DONE, Vec::new()).await?;
        return Ok(false);
    };
    give_keys(conn, keys).await?;
    conn.execute(sql::MARK_AT, vals![last.to_string()]).await?;
    Ok(true)
}

/// Tags by the key that they are to have, with their folded names.
async fn give_keys(conn: &mut Conn, keys: BTreeMap<String, Vec<(i64, String)>>) -> Result<()> {
    let mut holders = BTreeMap::new();
    for mut row in conn.fetch(sql::HOLDERS, vals![text_list(keys.keys().cloned())]).await? {
        if row.text(1)? == TagKind::Relationship.as_str() {
            holders.insert(row.text(2)?, row.int(0)?);
        }
    }
    let (mut rows, mut joined) = (Vec::new(), false);
    for (key, tags) in keys {
        match (&tags[..], holders.get(&key)) {
            ([(id, folded)], None) => rows.push(vals![*id, key, folded]),
            (_, holder) => {
                let twins = tags.iter().map(|(id, _)| *id).chain(holder.copied());
                make_one(conn, &key, twins.map(TagId).collect()).await?;
                joined = true;
            }
        }
    }
    conn.insert(&inserts::KEYS, rows).await?;
    if joined {
        // A number without a line: whoever keeps meanings in memory reads them all again.
        conn.take_numbers("tag_change", 1).await?;
        tell_graph(conn).await?;
    }
    Ok(())
}

async fn make_one(conn: &mut Conn, key: &str, twins: Vec<TagId>) -> Result<()> {
    let excerpt = Excerpt::around(conn, twins.iter().copied()).await?;
    let mut ranked = Vec::new();
    for tag in twins {
        let state = &excerpt.node(tag)?.state;
        let decided = (state.canonical, excerpt.means(tag).is_some(), state.unwrangleable);
        let works = conn.number(sql::USED, vals![tag.0]).await?;
        ranked.push(((decided, works, Reverse(tag)), tag));
    }
    ranked.sort_unstable();
    let Some((_, stays)) = ranked.pop() else { return Ok(()) };
    // What the others meant has lost their works.
    let mut counted = BTreeSet::from([stays.0, excerpt.means(stays).unwrap_or(stays).0]);
    for (_, goes) in ranked {
        counted.extend(excerpt.means(goes).map(|head| head.0));
        hang_over(conn, goes, stays).await?;
        relink(conn, goes, stays).await?;
        for statement in sql::TAKE_OVER {
            conn.execute(statement, vals![stays.0, goes.0]).await?;
        }
        for statement in sql::FORGET {
            conn.execute(statement, vals![goes.0]).await?;
        }
    }
    let listed = fold_name(&excerpt.node(stays)?.state.name);
    conn.insert(&inserts::KEYS, vec![vals![stays.0, key, listed]]).await?;
    conn.execute(sql::COUNT_OWN, vals![stays.0]).await?;
    scope::recount(conn, counted.into_iter().collect()).await
}

/// Moves what hangs on one tag to the other, or to what that one means.
async fn hang_over(conn: &mut Conn, goes: TagId, stays: TagId) -> Result<()> {
    let excerpt = Excerpt::around(conn, [goes, stays]).await?;
    let head = excerpt.means(stays).unwrap_or(stays);
    let excerpt = Excerpt::around(conn, [goes, head]).await?;
    let height = (above(conn, &[head]).await?, below(conn, &[head]).await?);
    let mut delta = TagDelta::default();
    move_edges(&excerpt, goes, head, &height, &mut delta);
    super::change::apply(conn, &delta).await
}

/// Gives the works of one tag to the other, and says that they changed.
async fn relink(conn: &mut Conn, goes: TagId, stays: TagId) -> Result<()> {
    let mut works = Vec::new();
    for row in conn.fetch(sql::WORKS, vals![goes.0]).await? {
        works.push((row.int(0)?, if row.flag(1)? { "gone" } else { "put" }));
    }
    let before = conn.take_numbers("change", works.len()).await?;
    let numbered = || works.iter().zip(before + 1..);
    let lines = numbered().map(|((work, kind), seq)| vals![seq, *work, *kind]).collect();
    let heads = numbered().map(|((work, _), seq)| vals![*work, seq]).collect();
    conn.insert(&super::inserts::CHANGES, lines).await?;
    conn.insert(&inserts::CHANGED, heads).await?;
    conn.execute(sql::RELINK, vals![stays.0, goes.0]).await?;
    Ok(())
}
