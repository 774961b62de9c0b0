//! Imports as lines: beginning, ending, listing.

use super::{no_such_import, sql};
use crate::db::{Conn, Row, vals};
use crate::history;
use fanfold_model::{Counts, ImportId, ItemOutcome, WorkId};
use fanfold_storage::{ImportSummary, ItemLine, NewImport, Result};

pub(super) async fn begin(conn: &mut Conn, import: NewImport) -> Result<ImportId> {
    history::know(conn, [import.actor.as_str()]).await?;
    let id = conn.take_numbers("import", 1).await? + 1;
    let roots = serde_json::Value::from(import.roots).to_string();
    let at = import.at;
    conn.execute(sql::BEGIN, vals![id, import.actor, &at, &at, roots]).await?;
    Ok(ImportId(id))
}

pub(super) async fn finish(
    conn: &mut Conn,
    import: ImportId,
    counts: Counts,
    at: String,
) -> Result<()> {
    let values = vals![
        &at,
        &at,
        counts.taken,
        counts.merged,
        counts.unchanged,
        counts.held,
        counts.refused,
        import.0,
    ];
    match conn.execute(sql::FINISH, values).await? {
        0 => Err(no_such_import(import.0)),
        _ => Ok(()),
    }
}

pub(super) async fn imports(conn: &mut Conn, limit: u32) -> Result<Vec<ImportSummary>> {
    let rows = conn.fetch(sql::IMPORTS, vals![limit]).await?;
    rows.into_iter().map(summary).collect()
}

pub(super) async fn import(conn: &mut Conn, id: ImportId) -> Result<Option<ImportSummary>> {
    conn.first(sql::ONE_IMPORT, vals![id.0]).await?.map(summary).transpose()
}

fn summary(mut row: Row) -> Result<ImportSummary> {
    Ok(ImportSummary {
        id: ImportId(row.int(0)?),
        actor: row.text(1)?,
        started: row.text(2)?,
        finished: row.text_or_null(3)?,
        undone: row.text_or_null(4)?,
        roots: row.parsed(5, |text| serde_json::from_str(text).ok())?,
        counts: Counts {
            taken: row.count(6)?,
            merged: row.count(7)?,
            unchanged: row.count(8)?,
            held: row.count(9)?,
            refused: row.count(10)?,
        },
    })
}

pub(super) async fn items(
    conn: &mut Conn,
    import: ImportId,
    offset: u64,
    limit: u32,
) -> Result<Vec<(ItemLine, Option<WorkId>)>> {
    let rows = conn.fetch(sql::IMPORT_ITEMS, vals![import.0, limit, offset]).await?;
    let line = |mut row: Row| {
        let hash = row.text_or_null(2)?;
        let line = ItemLine {
            path: row.text(0)?,
            member: row.text_or_null(1)?,
            blake3: hash.and_then(|hash| hash.parse().ok()),
            format: row.text_or_null(3)?,
            outcome: row.parsed(4, ItemOutcome::from_name)?,
            reason: row.text(5)?,
        };
        Ok((line, row.int_or_null(6)?.map(WorkId)))
    };
    rows.into_iter().map(line).collect()
}
