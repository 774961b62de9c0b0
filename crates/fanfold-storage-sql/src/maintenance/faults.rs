//! Rows that contradict each other. Each rule is one statement that finds those who break it.

use super::{sql, texts};
use crate::db::{Conn, Db, Row};
use crate::dialect;
use fanfold_storage::{Result, RowFault};

/// A statement that finds rows of three numbers, and what they mean.
type Rule = (&'static str, fn(i64, i64, i64) -> (String, String));

const RULES: &[Rule] = &[
    (sql::TEXTLESS, |work, version, chapter| {
        (
            format!("work {work}, version {version}, chapter {chapter}"),
            "its text is not there".to_owned(),
        )
    }),
    (sql::LAYERLESS, |work, _, _| {
        (format!("work {work}"), "a layer of the shown version is not there".to_owned())
    }),
    (sql::VERSIONLESS, |work, version, _| {
        (format!("work {work}"), format!("version {version}, which is shown, is not there"))
    }),
    (sql::CHAPTER_COUNTS, |work, stated, found| {
        (format!("work {work}"), format!("it states {stated} chapters and has {found}"))
    }),
    (sql::TAGLESS_LINKS, |work, tag, _| {
        (format!("work {work}"), format!("its link to tag {tag} has only one end"))
    }),
    (sql::CREATORLESS_LINKS, |work, creator, _| {
        (format!("work {work}"), format!("its link to creator {creator} has only one end"))
    }),
    (sql::SERIESLESS_LINKS, |work, series, _| {
        (format!("work {work}"), format!("its link to series {series} has only one end"))
    }),
    (sql::TEXT_IDENTITIES, |work, version, _| {
        (
            format!("work {work}"),
            format!("the text of version {version} is not among its identities"),
        )
    }),
    (sql::TAG_COUNTS, |tag, stated, found| {
        (format!("tag {tag}"), format!("it states {stated} works and has {found}"))
    }),
    (sql::PUBLIC_TAG_COUNTS, |tag, stated, found| {
        (format!("tag {tag}"), format!("it states {stated} public works and has {found}"))
    }),
    (sql::ALL_COUNTS, |tag, stated, found| {
        let said = format!("with its synonyms it states {stated} works and has {found}");
        (format!("tag {tag}"), said)
    }),
    (sql::ALL_PUBLIC_COUNTS, |tag, stated, found| {
        let said = format!("with its synonyms it states {stated} public works and has {found}");
        (format!("tag {tag}"), said)
    }),
    (sql::SYNONYM_RULES, |tag, of, _| {
        let said = format!("it is a synonym of tag {of}, and one of the two is what it cannot be");
        (format!("tag {tag}"), said)
    }),
    (sql::METATAG_RULES, |tag, above, _| {
        (format!("tag {tag}"), format!("tag {above} cannot be its metatag"))
    }),
    (sql::PARENT_RULES, |tag, above, _| {
        (format!("tag {tag}"), format!("tag {above} cannot be its fandom"))
    }),
    (sql::UNLOGGED, |work, seq, _| {
        (format!("work {work}"), format!("its change {seq} is not in the change log"))
    }),
    (sql::HIDDEN_GRAVES, |work, removed, _| {
        let reason = if removed == 0 { "it has a tombstone" } else { "it has no tombstone" };
        (format!("work {work}"), format!("{reason} and its own row says otherwise"))
    }),
    (sql::COUNTERS, |work, last, _| {
        (format!("work {work}"), format!("its number is beyond the last one given, {last}"))
    }),
];

/// Every fault that the database itself, the rules between rows, and the stored texts show.
pub(super) async fn all(db: &Db) -> Result<Vec<RowFault>> {
    let lite = matches!(db, Db::Sqlite { .. });
    let mut faults = db
        .read("checking the rows against each other", move |conn| Box::pin(rules(conn, lite)))
        .await?;
    faults.extend(texts::faults(db).await?);
    Ok(faults)
}

async fn rules(conn: &mut Conn, lite: bool) -> Result<Vec<RowFault>> {
    let mut faults = Vec::new();
    if lite {
        for mut row in conn.fetch(dialect::INTEGRITY_SQLITE, Vec::new()).await? {
            let said = row.text(0)?;
            if said != "ok" {
                faults.push(RowFault { what: "the SQLite file".to_owned(), reason: said });
            }
        }
        for mut row in conn.fetch(dialect::FOREIGN_KEYS_SQLITE, Vec::new()).await? {
            let (table, parent) = (row.text(0)?, row.text(2)?);
            let reason = format!("a row points to a row of `{parent}` that is not there");
            faults.push(RowFault { what: format!("table `{table}`"), reason });
        }
    }
    for (statement, said) in RULES {
        for row in conn.fetch(statement, Vec::new()).await? {
            faults.push(fault(&row, *said)?);
        }
    }
    let unused = conn.number(sql::UNUSED_TEXTS, Vec::new()).await?;
    if unused > 0 {
        let reason = format!("{unused} texts belong to no chapter");
        faults.push(RowFault { what: "table `texts`".to_owned(), reason });
    }
    Ok(faults)
}

fn fault(row: &Row, said: fn(i64, i64, i64) -> (String, String)) -> Result<RowFault> {
    let (what, reason) = said(row.int(0)?, row.int(1)?, row.int(2)?);
    Ok(RowFault { what, reason })
}
