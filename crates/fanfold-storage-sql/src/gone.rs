//! Works that leave: their rows go, a tombstone stays, their number is never given again.

use crate::chains;
use crate::db::{Conn, Insert, int_list, vals};
use crate::shown;
use crate::statements::{ids, inserts as gather, statements};
use crate::texts;
use fanfold_storage::Result;

mod sql {
    use super::{ids, statements};

    statements! {
        TEXTS_OF = concat!("SELECT DISTINCT text_hash FROM chapters WHERE work IN ", ids!("$1"));
        HISTORY_OF = concat!("DELETE FROM history WHERE work IN ", ids!("$1"));
    }
}

pub(crate) mod inserts {
    //! Rows of tombstones.

    use super::{Insert, gather};

    gather! {
        TOMBSTONES = Insert::new(
            "INSERT INTO tombstones (work, uid, state, reason, actor, at)",
            6,
        ).then(
            "ON CONFLICT (work) DO UPDATE SET uid = excluded.uid, state = excluded.state, \
             reason = excluded.reason, actor = excluded.actor, at = excluded.at",
        );
    }
}

#[cfg(test)]
pub(crate) use inserts::ALL as INSERTS;
#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

/// What a tombstone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// The work is hidden and can come back.
    Hidden,
    /// The work is erased: its bytes are not taken again.
    Erased,
    /// The import that brought it was taken back: it may come again.
    Undone,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Erased => "erased",
            Self::Undone => "undone",
        }
    }
}

/// A tombstone.
#[derive(Debug, Clone)]
pub(crate) struct Grave {
    pub(crate) work: i64,
    pub(crate) uid: String,
    pub(crate) state: State,
    pub(crate) reason: String,
    pub(crate) actor: String,
    pub(crate) at: String,
}

/// Sets tombstones; the works themselves stay as they are.
pub(crate) async fn mark(conn: &mut Conn, graves: &[Grave]) -> Result<()> {
    let rows = graves.iter().map(|grave| {
        let state = grave.state.as_str();
        vals![grave.work, &grave.uid, state, &grave.reason, &grave.actor, &grave.at]
    });
    conn.insert(&inserts::TOMBSTONES, rows.collect()).await
}

/// Sets tombstones and deletes the works with everything that hangs on them.
pub(crate) async fn bury(conn: &mut Conn, graves: Vec<Grave>) -> Result<()> {
    if graves.is_empty() {
        return Ok(());
    }
    mark(conn, &graves).await?;
    let works: Vec<i64> = graves.iter().map(|grave| grave.work).collect();
    let list = || vals![int_list(works.iter().copied())];
    let rows = conn.fetch(sql::TEXTS_OF, list()).await?;
    let old = rows.into_iter().map(|mut row| row.text(0)).collect::<Result<Vec<_>>>()?;
    let near = chains::around(conn, &works).await?;
    shown::forget(conn, &works).await?;
    chains::settle(conn, near).await?;
    texts::forget_unused(conn, old).await?;
    conn.execute(sql::HISTORY_OF, list()).await?;
    Ok(())
}
