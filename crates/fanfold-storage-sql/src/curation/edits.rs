//! Edits: added, shown at once, taken back.

use super::sql::{self, inserts};
use crate::db::{Conn, text_list, vals};
use crate::history::{self, Line};
use crate::shown::{self, Shown};
use fanfold_model::{Edit, EditField, EditValue, Uid, WorkId, apply_edits};
use fanfold_storage::{Result, StorageError};
use std::collections::{BTreeMap, BTreeSet};

/// Adds edits and shows their works with them. An edit that is there already changes nothing.
pub(crate) async fn add(conn: &mut Conn, mut edits: Vec<Edit>) -> Result<()> {
    let uids = text_list(edits.iter().map(|edit| edit.uid.to_string()));
    let mut there = BTreeSet::new();
    for mut row in conn.fetch(sql::EDITS_THERE, vals![uids]).await? {
        there.insert(row.parsed(0, |text| text.parse::<Uid>().ok())?);
    }
    edits.retain(|edit| there.insert(edit.uid));
    let works = works_of(conn, &edits).await?;
    let ids: Vec<i64> = works.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let before = shown::load(conn, &ids).await?;
    let lines = history_lines(&edits, &works, before)?;
    history::write(conn, lines).await?;
    let number = conn.take_numbers("edit", edits.len()).await?;
    let rows = (number + 1..).zip(edits).map(|(number, edit)| {
        vals![
            number,
            edit.uid.to_string(),
            works[&edit.work],
            edit.field.as_str(),
            edit.op.as_str(),
            edit.value,
            edit.against,
            edit.actor,
            edit.at,
        ]
    });
    conn.insert(&inserts::EDITS, rows.collect()).await?;
    shown::refresh(conn, &ids).await?;
    Ok(())
}

async fn works_of(conn: &mut Conn, edits: &[Edit]) -> Result<BTreeMap<Uid, i64>> {
    let uids = text_list(edits.iter().map(|edit| edit.work.to_string()));
    let mut works = BTreeMap::new();
    for mut row in conn.fetch(sql::WORKS_BY_UID, vals![uids]).await? {
        works.insert(row.parsed(0, |text| text.parse::<Uid>().ok())?, row.int(1)?);
    }
    match edits.iter().find(|edit| !works.contains_key(&edit.work)) {
        Some(edit) => {
            Err(StorageError::Refused(format!("there is no work {} to be edited", edit.work)))
        }
        None => Ok(works),
    }
}

/// Each edit with the value before it and after it.
fn history_lines(
    edits: &[Edit],
    works: &BTreeMap<Uid, i64>,
    shown: Vec<Shown>,
) -> Result<Vec<Line>> {
    let mut shown: BTreeMap<i64, Shown> =
        shown.into_iter().map(|shown| (shown.id, shown)).collect();
    let mut lines = Vec::with_capacity(edits.len());
    for edit in edits {
        let Some(shown) = works.get(&edit.work).and_then(|id| shown.get_mut(id)) else {
            continue;
        };
        let before = shown.work.field_value(edit.field);
        apply_edits(&mut shown.work, std::slice::from_ref(edit))
            .map_err(|error| StorageError::Refused(error.to_string()))?;
        let after = shown.work.field_value(edit.field);
        lines.push(Line {
            work: Some(shown.id),
            import: None,
            actor: edit.actor.clone(),
            at: edit.at.clone(),
            action: action(edit.field, &after).to_owned(),
            subject: Some(edit.field.as_str().to_owned()),
            before,
            after,
        });
    }
    Ok(lines)
}

fn action(field: EditField, after: &EditValue) -> &'static str {
    match (field, after) {
        (EditField::Held, Some(_)) => "held",
        (EditField::Held, None) => "released",
        _ => "edited",
    }
}

pub(super) async fn take_back(
    conn: &mut Conn,
    edit: Uid,
    actor: String,
    at: String,
) -> Result<bool> {
    Ok(forget(conn, edit.to_string(), actor, at).await?.is_some())
}

pub(super) async fn take_back_last(
    conn: &mut Conn,
    work: WorkId,
    actor: String,
    at: String,
) -> Result<Option<String>> {
    match conn.first(sql::LAST_EDIT, vals![work.0]).await? {
        Some(mut row) => forget(conn, row.text(0)?, actor, at).await,
        None => Ok(None),
    }
}

/// Takes an edit away and shows its work without it; gives the field.
async fn forget(conn: &mut Conn, uid: String, actor: String, at: String) -> Result<Option<String>> {
    let Some(mut row) = conn.first(sql::EDIT, vals![&uid]).await? else {
        return Ok(None);
    };
    let work = row.int(0)?;
    let field = row.parsed(1, EditField::from_name)?;
    conn.execute(sql::DELETE_EDIT, vals![uid]).await?;
    let without = shown::load(conn, &[work]).await?;
    let after = without.first().and_then(|shown| shown.work.field_value(field));
    let line = Line {
        work: Some(work),
        import: None,
        actor,
        at,
        action: "edit taken back".to_owned(),
        subject: Some(field.as_str().to_owned()),
        before: row.text_or_null(2)?,
        after,
    };
    history::write(conn, vec![line]).await?;
    shown::refresh(conn, &[work]).await?;
    Ok(Some(field.as_str().to_owned()))
}
