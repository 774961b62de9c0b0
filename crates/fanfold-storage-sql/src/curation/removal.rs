//! Removing: hidden behind a tombstone, or erased for good.

use super::sql::{self, inserts};
use crate::db::{Conn, Row, text_list, vals};
use crate::gone::{self, Grave, State};
use crate::history::{self, Line};
use crate::shown;
use fanfold_model::ContentHash;
use fanfold_storage::Result;
use std::collections::BTreeSet;

/// Which work, why, who and when.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) work: i64,
    pub(super) reason: String,
    pub(super) actor: String,
    pub(super) at: String,
}

impl Order {
    fn grave(&self, uid: String, state: State) -> Grave {
        Grave {
            work: self.work,
            uid,
            state,
            reason: self.reason.clone(),
            actor: self.actor.clone(),
            at: self.at.clone(),
        }
    }

    fn line(&self, action: &str) -> Line {
        Line {
            work: Some(self.work),
            import: None,
            actor: self.actor.clone(),
            at: self.at.clone(),
            action: action.to_owned(),
            subject: None,
            before: None,
            after: Some(self.reason.clone()).filter(|reason| !reason.is_empty()),
        }
    }
}

/// Hides a work. Hiding a hidden one changes nothing.
pub(super) async fn hide(conn: &mut Conn, order: Order) -> Result<Option<Vec<ContentHash>>> {
    let Some(mut row) = conn.first(sql::WORK, vals![order.work]).await? else {
        return Ok(None);
    };
    if row.flag(1)? {
        return Ok(Some(Vec::new()));
    }
    history::write(conn, vec![order.line("removed")]).await?;
    gone::mark(conn, &[order.grave(row.text(0)?, State::Hidden)]).await?;
    set_removed(conn, order.work, true).await?;
    Ok(Some(Vec::new()))
}

/// Shows a hidden work again.
pub(super) async fn bring_back(conn: &mut Conn, order: Order) -> Result<bool> {
    let hidden = conn.first(sql::WORK, vals![order.work]).await?;
    if !hidden.map_or(Ok(false), |row| row.flag(1))? {
        return Ok(false);
    }
    conn.execute(sql::DELETE_TOMBSTONE, vals![order.work]).await?;
    history::write(conn, vec![order.line("brought back")]).await?;
    set_removed(conn, order.work, false).await?;
    Ok(true)
}

async fn set_removed(conn: &mut Conn, work: i64, removed: bool) -> Result<()> {
    let mut works = shown::load(conn, &[work]).await?;
    for shown in &mut works {
        shown.removed = removed;
    }
    shown::replace(conn, works).await?;
    Ok(())
}

/// Deletes a work with its text and its history; uid, hashes and reason stay. Bytes that are also
/// another work's source stay known as that.
pub(super) async fn erase(conn: &mut Conn, order: Order) -> Result<Option<Vec<ContentHash>>> {
    let Some(mut row) = conn.first(sql::WORK, vals![order.work]).await? else {
        return Ok(None);
    };
    let own = hashes(conn.fetch(sql::OWN_HASHES, vals![order.work]).await?)?;
    let stored = hashes(conn.fetch(sql::STORED_HASHES, vals![order.work]).await?)?;
    history::know(conn, [order.actor.as_str()]).await?;
    gone::bury(conn, vec![order.grave(row.text(0)?, State::Erased)]).await?;
    let rows = own.iter().map(|hash| vals![hash, order.work]);
    conn.insert(&inserts::TOMBSTONE_HASHES, rows.collect()).await?;
    conn.execute(sql::FORGET_PLACES, vals![text_list(own)]).await?;
    conn.execute(sql::FORGET_LINES, vals![order.work]).await?;
    history::write(conn, vec![order.line("erased")]).await?;
    let list = text_list(stored.iter().cloned());
    let named = hashes(conn.fetch(sql::STILL_NAMED, vals![list]).await?)?;
    let free = stored.difference(&named).filter_map(|hash| hash.parse().ok());
    Ok(Some(free.collect()))
}

fn hashes(rows: Vec<Row>) -> Result<BTreeSet<String>> {
    rows.into_iter().map(|mut row| row.text(0)).collect()
}
