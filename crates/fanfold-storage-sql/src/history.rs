//! The history: who changed what from what to what. Apart from the change log, which is the index's.

use crate::db::{Conn, Insert, vals};
use fanfold_storage::{HistoryLine, Result};
use std::collections::BTreeSet;

mod sql {
    use crate::statements::statements;

    statements! {
        OF_WORK = "SELECT actor, at, action, subject, before, after FROM history \
                   WHERE work = $1 ORDER BY id";
    }
}

pub(crate) mod inserts {
    //! Rows of the history.

    use super::Insert;
    use crate::statements::inserts;

    inserts! {
        ACTORS = Insert::new("INSERT INTO actors (name, kind)", 2)
            .then("ON CONFLICT (name) DO NOTHING");
        HISTORY = Insert::new(
            "INSERT INTO history (id, work, import, actor, at, action, subject, before, after)",
            9,
        );
    }
}

#[cfg(test)]
pub(crate) use inserts::ALL as INSERTS;
#[cfg(test)]
pub(crate) use sql::ALL as STATEMENTS;

/// A line to be written.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) work: Option<i64>,
    pub(crate) import: Option<i64>,
    pub(crate) actor: String,
    pub(crate) at: String,
    pub(crate) action: String,
    pub(crate) subject: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// Makes sure that these actors are known.
pub(crate) async fn know<'a>(
    conn: &mut Conn,
    actors: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let actors: BTreeSet<&str> = actors.into_iter().collect();
    let rows = actors.into_iter().map(|actor| vals![actor, "curator"]);
    conn.insert(&inserts::ACTORS, rows.collect()).await
}

/// Writes lines; their actors become known.
pub(crate) async fn write(conn: &mut Conn, lines: Vec<Line>) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    know(conn, lines.iter().map(|line| line.actor.as_str())).await?;
    let before = conn.take_numbers("history", lines.len()).await?;
    let rows = (before + 1..).zip(lines).map(|(id, line)| {
        vals![
            id,
            line.work,
            line.import,
            line.actor,
            line.at,
            line.action,
            line.subject,
            line.before,
            line.after,
        ]
    });
    conn.insert(&inserts::HISTORY, rows.collect()).await
}

/// A work's lines, oldest first.
pub(crate) async fn of_work(conn: &mut Conn, work: i64) -> Result<Vec<HistoryLine>> {
    let rows = conn.fetch(sql::OF_WORK, vals![work]).await?;
    let line = |mut row: crate::db::Row| {
        Ok(HistoryLine {
            actor: row.text(0)?,
            at: row.text(1)?,
            action: row.text(2)?,
            subject: row.text_or_null(3)?,
            before: row.text_or_null(4)?,
            after: row.text_or_null(5)?,
        })
    };
    rows.into_iter().map(line).collect()
}
