//! Writing shown works: heads, change log, and the rows that lists are read from.

use super::sql::{self, inserts};
use super::{Shown, credits, tags};
use crate::chains;
use crate::db::{Conn, Val, int_list, vals};
use crate::forms::pack_work;
use fanfold_model::{Finding, FindingCode, Level, Work, fold_name, site_of};
use fanfold_storage::Result;

/// Whether the works are new or were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touch {
    /// They begin: nothing of them is there to be cleared.
    New,
    /// They are made anew.
    Again,
}

/// Writes works and their change-log lines; gives the newest change number, 0 without works.
pub(crate) async fn write(conn: &mut Conn, works: Vec<Shown>, touch: Touch) -> Result<i64> {
    if works.is_empty() {
        return Ok(0);
    }
    let ids: Vec<i64> = works.iter().map(|work| work.id).collect();
    let mut old = Links::default();
    let cleared: &[i64] = if touch == Touch::Again { &ids } else { &[] };
    if touch == Touch::Again {
        old = Links::of(conn, &ids).await?;
        clear(conn, &ids).await?;
    }
    let before = conn.take_numbers("change", works.len()).await?;
    let heads = works.iter().zip(before + 1..).map(|(work, seq)| head(work, seq));
    conn.insert(&inserts::WORKS, heads.collect::<Result<_>>()?).await?;
    log(conn, works.iter().map(|work| (work.id, work.removed)), before).await?;
    credits::link(conn, &works).await?;
    let linking = works.iter().filter(|shown| !shown.removed);
    let linking: Vec<_> = linking.map(|shown| (shown.id, &shown.work)).collect();
    chains::write(conn, &linking, cleared).await?;
    let counted = tags::link(conn, &works).await?;
    findings(conn, &works).await?;
    tags::count(conn, &old.tags, &counted).await?;
    old.forget(conn).await?;
    Ok(before + i64::try_from(works.len()).unwrap_or(0))
}

/// Deletes works with all their rows; logs that they are gone; gives the newest change number.
pub(crate) async fn forget(conn: &mut Conn, ids: &[i64]) -> Result<i64> {
    if ids.is_empty() {
        return Ok(0);
    }
    let old = Links::of(conn, ids).await?;
    conn.execute(sql::DELETE_WORKS, vals![int_list(ids.iter().copied())]).await?;
    tags::count(conn, &old.tags, &[]).await?;
    old.forget(conn).await?;
    let before = conn.take_numbers("change", ids.len()).await?;
    log(conn, ids.iter().map(|id| (*id, true)), before).await?;
    Ok(before + i64::try_from(ids.len()).unwrap_or(0))
}

/// What works hung on before a change.
#[derive(Debug, Default)]
struct Links {
    tags: Vec<tags::Counted>,
    creators: Vec<i64>,
    series: Vec<i64>,
}

impl Links {
    async fn of(conn: &mut Conn, ids: &[i64]) -> Result<Self> {
        let list = || vals![int_list(ids.iter().copied())];
        let mut links = Self { tags: tags::counted_before(conn, ids).await?, ..Self::default() };
        for row in conn.fetch(sql::OLD_CREATORS, list()).await? {
            links.creators.push(row.int(0)?);
        }
        for row in conn.fetch(sql::OLD_SERIES, list()).await? {
            links.series.push(row.int(0)?);
        }
        Ok(links)
    }

    /// A name that no work carries any more is nobody's business.
    async fn forget(self, conn: &mut Conn) -> Result<()> {
        if !self.creators.is_empty() {
            conn.execute(sql::FORGET_CREATORS, vals![int_list(self.creators)]).await?;
        }
        if !self.series.is_empty() {
            conn.execute(sql::FORGET_SERIES, vals![int_list(self.series)]).await?;
        }
        if !self.tags.is_empty() {
            let tags = int_list(self.tags.iter().map(|counted| counted.tag));
            conn.execute(sql::FORGET_TAGS, vals![tags]).await?;
        }
        Ok(())
    }
}

async fn clear(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    for statement in [sql::CLEAR_CREATORS, sql::CLEAR_TAGS, sql::CLEAR_SERIES, sql::CLEAR_FINDINGS]
    {
        conn.execute(statement, vals![int_list(ids.iter().copied())]).await?;
    }
    Ok(())
}

fn head(shown: &Shown, seq: i64) -> Result<Vec<Val>> {
    let work = &shown.work;
    let needs_person = work.findings.iter().any(|finding| finding.level > Level::Info);
    Ok(vals![
        shown.id,
        shown.uid.to_string(),
        &work.title,
        fold_name(&work.title),
        site_of(&work.sources),
        work.visibility.as_str(),
        work.held.as_deref(),
        shown.removed,
        needs_person,
        shown.lone_part,
        work.words,
        shown.chapters,
        shown.version,
        shown.import,
        &shown.imported,
        seq,
        pack_work(work)?,
        asks(work),
    ])
}

/// Whether a work has something to ask a person.
fn asks(work: &Work) -> bool {
    let wants = |finding: &Finding| {
        finding.level > Level::Info
            || [FindingCode::UNKNOWN_LABEL.code, FindingCode::LABEL_UNCLEAR.code]
                .contains(&finding.code.as_str())
    };
    work.held.is_some() || !work.suggestions.is_empty() || work.findings.iter().any(wants)
}

async fn log(conn: &mut Conn, works: impl Iterator<Item = (i64, bool)>, before: i64) -> Result<()> {
    let line = |((work, gone), seq): ((i64, bool), i64)| {
        vals![seq, work, if gone { "gone" } else { "put" }]
    };
    conn.insert(&inserts::CHANGES, works.zip(before + 1..).map(line).collect()).await
}

async fn findings(conn: &mut Conn, works: &[Shown]) -> Result<()> {
    let mut rows = Vec::new();
    for shown in works {
        for (place, finding) in (0_i64..).zip(&shown.work.findings) {
            rows.push(vals![shown.id, place, &finding.code, finding.level.as_str()]);
        }
    }
    conn.insert(&inserts::FINDINGS, rows).await
}
