//! Pairs of works that share passages.

use super::postings;
use super::sql::{self, inserts};
use crate::db::{Conn, Row, int_list, vals};
use fanfold_model::WorkId;
use fanfold_storage::{PairState, Result, StoredPair};
use std::collections::BTreeSet;

/// What was found when these works were laid beside all others. A work that left meanwhile has no pairs.
pub(super) async fn put(
    conn: &mut Conn,
    screened: Vec<WorkId>,
    pairs: Vec<StoredPair>,
) -> Result<()> {
    let list = || vals![int_list(screened.iter().map(|work| work.0))];
    conn.execute(sql::FORGET_A, list()).await?;
    conn.execute(sql::FORGET_B, list()).await?;
    let named = int_list(pairs.iter().flat_map(|pair| [pair.a.0, pair.b.0]));
    let rows = conn.fetch(sql::THERE, vals![named]).await?;
    let there = rows.into_iter().map(|row| row.int(0)).collect::<Result<BTreeSet<_>>>()?;
    let pairs = pairs.into_iter();
    let pairs = pairs.filter(|pair| there.contains(&pair.a.0) && there.contains(&pair.b.0));
    let rows = pairs.map(|pair| {
        let state = pair.state.as_str();
        vals![pair.a.0, pair.b.0, pair.verdict, pair.in_a, pair.in_b, pair.spans, state]
    });
    conn.insert(&inserts::PAIRS, rows.collect()).await?;
    postings::list(conn, screened.iter().map(|work| work.0).collect()).await
}

pub(super) async fn after(
    conn: &mut Conn,
    (a, b): (WorkId, WorkId),
    limit: u32,
) -> Result<Vec<StoredPair>> {
    read(conn.fetch(sql::PAIRS_AFTER, vals![a.0, b.0, limit]).await?)
}

pub(super) async fn of_work(conn: &mut Conn, work: WorkId) -> Result<Vec<StoredPair>> {
    read(conn.fetch(sql::PAIRS_OF, vals![work.0]).await?)
}

pub(super) async fn settle(
    conn: &mut Conn,
    (a, b): (WorkId, WorkId),
    state: PairState,
    actor: String,
    at: String,
) -> Result<bool> {
    let values = vals![state.as_str(), actor, at, a.0.min(b.0), a.0.max(b.0)];
    Ok(conn.execute(sql::SETTLE, values).await? > 0)
}

fn read(rows: Vec<Row>) -> Result<Vec<StoredPair>> {
    let pair = |mut row: Row| {
        Ok(StoredPair {
            a: WorkId(row.int(0)?),
            b: WorkId(row.int(1)?),
            verdict: row.text(2)?,
            in_a: row.small(3)?,
            in_b: row.small(4)?,
            spans: row.text(5)?,
            state: row.parsed(6, PairState::from_name)?,
        })
    };
    rows.into_iter().map(pair).collect()
}
