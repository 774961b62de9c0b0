//! Committing a group: everything inside one transaction, in few statements.

use super::prepare::Prepared;
use super::{attach, begin, items, no_such_import, sql};
use crate::db::{Conn, text_list, vals};
use crate::history::{self, Line};
use crate::shown;
use fanfold_model::{Uid, WorkId};
use fanfold_storage::{Committed, Result};
use std::collections::{BTreeMap, BTreeSet};

/// A group on its way into the rows.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) import: i64,
    pub(super) actor: String,
    pub(super) at: String,
    /// Works that are there, by uid; new ones join as they are written.
    pub(super) targets: BTreeMap<Uid, Target>,
    /// Uids that were erased and are not taken again.
    pub(super) erased: BTreeSet<Uid>,
    /// Works whose shown rows are to be made anew.
    pub(super) changed: BTreeSet<i64>,
    pub(super) history: Vec<Line>,
}

/// Where something can be attached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) id: i64,
    pub(super) shown: u32,
    pub(super) newest: u32,
    /// The next place among the shown version's sources.
    pub(super) next_source: i64,
}

pub(super) async fn commit(
    conn: &mut Conn,
    import: i64,
    prepared: Prepared,
    at: String,
) -> Result<Committed> {
    let mut group = open(conn, import, &prepared, at).await?;
    let mut seq = begin::works(conn, &mut group, prepared.works).await?;
    for version in prepared.versions {
        attach::version(conn, &mut group, version).await?;
    }
    attach::copies(conn, &mut group, prepared.copies).await?;
    attach::originals(conn, &mut group, &prepared.returned).await?;
    let changed: Vec<i64> = group.changed.iter().copied().collect();
    seq = seq.max(shown::refresh(conn, &changed).await?);
    items::keep(conn, import, prepared.items).await?;
    items::begin_bytes(conn, &prepared.begun).await?;
    items::give_originals(conn, &prepared.returned).await?;
    items::see_again(conn, import, prepared.seen).await?;
    items::lines(conn, &group, prepared.lines).await?;
    items::end_bytes(conn, &prepared.ended).await?;
    history::write(conn, std::mem::take(&mut group.history)).await?;
    conn.execute(sql::TOUCH_IMPORT, vals![&group.at, import]).await?;
    let works = group.targets.iter().map(|(uid, target)| (*uid, WorkId(target.id)));
    Ok(Committed { seq, works: works.collect() })
}

async fn open(conn: &mut Conn, import: i64, prepared: &Prepared, at: String) -> Result<Group> {
    let found = conn.first(sql::IMPORT, vals![import]).await?;
    let actor = found.ok_or_else(|| no_such_import(import))?.text(0)?;
    let uids: BTreeSet<Uid> = (prepared.works.iter().map(|work| work.uid))
        .chain(prepared.versions.iter().map(|version| version.text.uid))
        .chain(prepared.copies.iter().map(|copy| copy.uid))
        .collect();
    let list = || vals![text_list(uids.iter().map(ToString::to_string))];
    let mut targets = BTreeMap::new();
    for mut row in conn.fetch(sql::TARGETS, list()).await? {
        let target = Target {
            id: row.int(1)?,
            shown: row.small(2)?,
            newest: row.small(3)?,
            next_source: row.int_or_null(4)?.map_or(0, |place| place + 1),
        };
        targets.insert(row.parsed(0, |text| text.parse().ok())?, target);
    }
    let mut erased = BTreeSet::new();
    for mut row in conn.fetch(sql::ERASED_UIDS, list()).await? {
        erased.insert(row.parsed(0, |text| text.parse().ok())?);
    }
    Ok(Group { import, actor, at, targets, erased, changed: BTreeSet::new(), history: Vec::new() })
}

impl Group {
    /// Notes what was done to a work.
    pub(super) fn note(&mut self, work: i64, action: &str, after: Option<String>) {
        self.history.push(Line {
            work: Some(work),
            import: Some(self.import),
            actor: self.actor.clone(),
            at: self.at.clone(),
            action: action.to_owned(),
            subject: None,
            before: None,
            after,
        });
    }
}
