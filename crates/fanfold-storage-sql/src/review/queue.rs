//! Works that ask, answers, and showing another version.

use super::sql::{self, inserts};
use crate::db::{Conn, Row, int_list, vals};
use crate::forms::unpack_work;
use crate::history::{self, Line};
use crate::{alike, shown};
use fanfold_model::{Identity, IdentityKind, ImportId, Suggestion, TagKind, WorkId};
use fanfold_storage::{Answer, FandomName, Result, ToReview, WorkOrigin};

pub(super) async fn asking(conn: &mut Conn, after: WorkId, limit: u32) -> Result<Vec<ToReview>> {
    let rows = conn.fetch(sql::ASKING, vals![after.0, limit]).await?;
    let asking = |mut row: Row| {
        let roots = row.parsed(1, |text| serde_json::from_str(text).ok())?;
        Ok(ToReview { work: unpack_work(&row.bytes(0)?)?, roots, guesses: Vec::new() })
    };
    let mut found = rows.into_iter().map(asking).collect::<Result<Vec<_>>>()?;
    let ids = found.iter().filter_map(|asking| asking.work.id).map(|id| id.0);
    for mut row in conn.fetch(sql::GUESSES, vals![int_list(ids)]).await? {
        let id = WorkId(row.int(0)?);
        let guess = guess(&mut row)?;
        if let Some(asking) = found.iter_mut().find(|asking| asking.work.id == Some(id)) {
            asking.guesses.push(guess);
        }
    }
    Ok(found)
}

fn guess(row: &mut Row) -> Result<Suggestion> {
    Ok(Suggestion {
        field: row.text(1)?,
        value: row.text(2)?,
        confidence: row.int(3)? as f64 / 100.0,
        why: row.text(4)?,
    })
}

/// What the library's own tags suggest for a work.
pub(crate) async fn guesses(conn: &mut Conn, work: i64) -> Result<Vec<Suggestion>> {
    let rows = conn.fetch(sql::GUESSES, vals![int_list([work])]).await?;
    rows.into_iter().map(|mut row| guess(&mut row)).collect()
}

pub(super) async fn without_fandom(conn: &mut Conn, limit: u32) -> Result<Vec<WorkId>> {
    let rows = conn.fetch(sql::WITHOUT_FANDOM, vals![limit]).await?;
    rows.into_iter().map(|row| Ok(WorkId(row.int(0)?))).collect()
}

pub(super) async fn brought_without_fandom(conn: &mut Conn, import: ImportId) -> Result<bool> {
    Ok(conn.first(sql::BROUGHT_WITHOUT_FANDOM, vals![import.0]).await?.is_some())
}

pub(super) async fn fandom_names(conn: &mut Conn) -> Result<Vec<FandomName>> {
    let rows = conn.fetch(sql::FANDOM_NAMES, Vec::new()).await?;
    let name = |mut row: Row| {
        let kind = row.parsed(1, TagKind::from_name)?;
        Ok(FandomName { name: row.text(0)?, kind, fandom: row.text(2)?, works: row.small(3)? })
    };
    rows.into_iter().map(name).collect()
}

pub(super) async fn with_relationship(
    conn: &mut Conn,
    (relationship, fandom): (String, String),
    limit: u32,
) -> Result<Vec<WorkId>> {
    let rows = conn.fetch(sql::WITH_RELATIONSHIP, vals![relationship, fandom, limit]).await?;
    rows.into_iter().map(|row| Ok(WorkId(row.int(0)?))).collect()
}

pub(super) async fn put_guesses(
    conn: &mut Conn,
    works: Vec<WorkId>,
    guesses: Vec<(WorkId, Suggestion)>,
) -> Result<()> {
    let list = int_list(works.into_iter().map(|work| work.0));
    conn.execute(sql::FORGET_GUESSES, vals![list]).await?;
    let row = |(work, guess): (WorkId, Suggestion)| {
        let percent = (guess.confidence * 100.0).round() as i64;
        vals![work.0, guess.field, guess.value, percent, guess.why]
    };
    conn.insert(&inserts::GUESSES, guesses.into_iter().map(row).collect()).await
}

pub(super) async fn answers(conn: &mut Conn) -> Result<Vec<Answer>> {
    let rows = conn.fetch(sql::ANSWERS, Vec::new()).await?;
    let answer = |mut row: Row| {
        Ok(Answer {
            kind: row.text(0)?,
            origin: row.text(1)?,
            subject: row.text(2)?,
            choice: row.text(3)?,
            through: row.int_or_null(4)?.map(WorkId),
            actor: row.text(5)?,
            at: row.text(6)?,
        })
    };
    rows.into_iter().map(answer).collect()
}

pub(super) async fn put(conn: &mut Conn, answer: Answer) -> Result<()> {
    let before = choice(conn, &answer.kind, &answer.origin, &answer.subject).await?;
    let line = Line {
        work: None,
        import: None,
        actor: answer.actor.clone(),
        at: answer.at.clone(),
        action: "answered".to_owned(),
        subject: Some(named(&answer.kind, &answer.origin, &answer.subject)),
        before,
        after: Some(answer.choice.clone()),
    };
    history::write(conn, vec![line]).await?;
    let Answer { kind, origin, subject, choice, through, actor, at } = answer;
    let through = through.map(|work| work.0);
    let row = vals![kind, origin, subject, choice, through, actor, at];
    conn.insert(&inserts::ANSWERS, vec![row]).await
}

pub(super) async fn take_back(
    conn: &mut Conn,
    (kind, origin, subject): (String, String, String),
    actor: String,
    at: String,
) -> Result<bool> {
    let Some(before) = choice(conn, &kind, &origin, &subject).await? else {
        return Ok(false);
    };
    let line = Line {
        work: None,
        import: None,
        actor,
        at,
        action: "answer taken back".to_owned(),
        subject: Some(named(&kind, &origin, &subject)),
        before: Some(before),
        after: None,
    };
    history::write(conn, vec![line]).await?;
    conn.execute(sql::FORGET, vals![kind, origin, subject]).await?;
    Ok(true)
}

async fn choice(
    conn: &mut Conn,
    kind: &str,
    origin: &str,
    subject: &str,
) -> Result<Option<String>> {
    let found = conn.first(sql::ANSWER, vals![kind, origin, subject]).await?;
    found.map(|mut row| row.text(0)).transpose()
}

fn named(kind: &str, origin: &str, subject: &str) -> String {
    format!("{kind} of {origin}: {subject}")
}

pub(super) async fn identities(conn: &mut Conn, work: WorkId) -> Result<Vec<Identity>> {
    let rows = conn.fetch(sql::IDENTITIES, vals![work.0]).await?;
    let identity = |mut row: Row| {
        Ok(Identity { kind: row.parsed(0, IdentityKind::from_name)?, value: row.text(1)? })
    };
    rows.into_iter().map(identity).collect()
}

pub(super) async fn roots(conn: &mut Conn, work: WorkId) -> Result<Vec<String>> {
    let found = conn.first(sql::ROOTS, vals![work.0]).await?;
    let roots = found.map(|mut row| row.parsed(0, |text| serde_json::from_str(text).ok()));
    Ok(roots.transpose()?.unwrap_or_default())
}

pub(super) async fn origins(conn: &mut Conn, after: WorkId, limit: u32) -> Result<Vec<WorkOrigin>> {
    let rows = conn.fetch(sql::ORIGINS, vals![after.0, limit]).await?;
    let origin = |mut row: Row| {
        let roots = row.parsed(2, |text| serde_json::from_str(text).ok())?;
        Ok(WorkOrigin { work: WorkId(row.int(0)?), site: row.text(1)?, roots })
    };
    rows.into_iter().map(origin).collect()
}

pub(super) async fn merged_into(conn: &mut Conn, work: WorkId) -> Result<Option<WorkId>> {
    for statement in [sql::MERGED_A, sql::MERGED_B] {
        if let Some(row) = conn.first(statement, vals![work.0]).await? {
            return Ok(Some(WorkId(row.int(0)?)));
        }
    }
    Ok(None)
}

pub(super) async fn show_version(
    conn: &mut Conn,
    work: WorkId,
    number: u32,
    actor: String,
    at: String,
) -> Result<bool> {
    let Some(row) = conn.first(sql::SHOWN, vals![work.0]).await? else { return Ok(false) };
    let before = row.small(0)?;
    if before == number {
        return Ok(true);
    }
    if conn.execute(sql::HAS_TEXT, vals![work.0, number]).await? == 0 {
        return Ok(false);
    }
    conn.execute(sql::SHOW, vals![number, work.0]).await?;
    let line = Line {
        work: Some(work.0),
        import: None,
        actor,
        at,
        action: "version shown".to_owned(),
        subject: Some("version".to_owned()),
        before: Some(before.to_string()),
        after: Some(number.to_string()),
    };
    history::write(conn, vec![line]).await?;
    alike::forget(conn, &[work.0]).await?;
    shown::refresh(conn, &[work.0]).await?;
    Ok(true)
}
