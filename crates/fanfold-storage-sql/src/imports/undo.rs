//! Taking an import back: what only it brought goes as if it had never come; what others joined or a
//! curator touched stays, with why. It can be asked again: what was in the way may be gone by then.

use super::{layers, no_such_import, sql};
use crate::alike;
use crate::db::{Conn, Row, vals};
use crate::gone::{self, Grave, State};
use crate::history::{self, Line};
use crate::shown;
use crate::texts;
use fanfold_model::{ImportId, WorkId};
use fanfold_storage::{Result, UndoReport};
use std::collections::BTreeSet;

pub(super) async fn undo(
    conn: &mut Conn,
    import: ImportId,
    actor: String,
    at: String,
) -> Result<UndoReport> {
    let found = conn.first(sql::IMPORT, vals![import.0]).await?;
    found.ok_or_else(|| no_such_import(import.0))?;
    let mut report = UndoReport::default();
    // What other imports brought of the same bytes stays; the bytes are read again when they come again.
    conn.execute(sql::READ_AGAIN, vals![import.0]).await?;
    let going = sort(conn, import.0, &mut report).await?;
    history::know(conn, [actor.as_str()]).await?;
    bury(conn, going, import.0, &actor, &at).await?;
    report.detached = detach(conn, import.0).await?;
    conn.execute(sql::FORGET_ITEMS, vals![import.0]).await?;
    conn.execute(sql::FORGET_SEEN, vals![import.0]).await?;
    conn.execute(sql::UNDONE, vals![&at, import.0]).await?;
    history::write(conn, vec![line(import.0, actor, at, &report)]).await?;
    Ok(report)
}

/// Sorts the works that the import began into those that go and those that stay.
async fn sort(conn: &mut Conn, import: i64, report: &mut UndoReport) -> Result<Vec<(i64, String)>> {
    let mut going = Vec::new();
    for mut row in conn.fetch(sql::BEGUN_BY, vals![import]).await? {
        let id = row.int(0)?;
        if let Some(why) = stays(&row)? {
            report.kept.push((WorkId(id), why.to_owned()));
        } else {
            report.removed.push(WorkId(id));
            going.push((id, row.text(5)?));
        }
    }
    Ok(going)
}

fn stays(row: &Row) -> Result<Option<&'static str>> {
    Ok(if row.int(1)? > 0 {
        Some("a curator edited it since")
    } else if row.flag(2)? {
        Some("a curator removed it since")
    } else if row.int(4)? > 0 {
        Some("a later import brought another version of it")
    } else if row.int(3)? > 0 {
        Some("a later import brought another copy of it")
    } else if row.int(6)? > 0 {
        Some("a later import found it again")
    } else {
        None
    })
}

async fn bury(
    conn: &mut Conn,
    going: Vec<(i64, String)>,
    import: i64,
    actor: &str,
    at: &str,
) -> Result<()> {
    let graves = going.into_iter().map(|(work, uid)| Grave {
        work,
        uid,
        state: State::Undone,
        reason: format!("import {import} was taken back"),
        actor: actor.to_owned(),
        at: at.to_owned(),
    });
    gone::bury(conn, graves.collect()).await
}

/// Takes the import's sources and versions off works that were there before.
async fn detach(conn: &mut Conn, import: i64) -> Result<u64> {
    let mut changed = BTreeSet::new();
    for row in conn.fetch(sql::JOINED_SOURCES, vals![import]).await? {
        changed.insert(row.int(0)?);
    }
    let mut detached = conn.execute(sql::DETACH_SOURCES, vals![import]).await?;
    let mut old = Vec::new();
    for row in conn.fetch(sql::JOINED_VERSIONS, vals![import]).await? {
        let (work, number) = (row.int(0)?, row.small(1)?);
        old.extend(layers::clear(conn, work, number).await?);
        conn.execute(sql::DETACH_VERSION, vals![work, number]).await?;
        let best = conn.number(sql::BEST_VERSION, vals![work]).await?;
        conn.execute(sql::SHOW_VERSION, vals![best, work]).await?;
        alike::forget(conn, &[work]).await?;
        changed.insert(work);
        detached += 1;
    }
    texts::forget_unused(conn, old).await?;
    conn.execute(sql::DETACH_IDENTITIES, vals![import]).await?;
    let changed: Vec<i64> = changed.into_iter().collect();
    shown::refresh(conn, &changed).await?;
    Ok(detached)
}

fn line(import: i64, actor: String, at: String, report: &UndoReport) -> Line {
    let said = format!(
        "{} works removed, {} kept, {} sources and versions detached",
        report.removed.len(),
        report.kept.len(),
        report.detached
    );
    Line {
        work: None,
        import: Some(import),
        actor,
        at,
        action: "import taken back".to_owned(),
        subject: Some(import.to_string()),
        before: None,
        after: Some(said),
    }
}
