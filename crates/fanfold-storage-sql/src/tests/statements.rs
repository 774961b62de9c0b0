//! Every statement means something on both engines, and the visibility rule is the model's.

use super::builders::{commit, uid, with, work};
use super::engines::{postgres, sqlite};
use crate::db::{Db, Insert};
use crate::{
    SqlStore, alike, chains, changes, curation, gone, history, imports, maintenance, readers,
    review, scans, shown,
};
use crate::{tags, texts, works};
use fanfold_model::{Viewer, Visibility};
use fanfold_storage::{ChapterChoice, CurationStore, Removal, WorkKey, WorkStore};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

fn all() -> Vec<String> {
    let statements: [&[&str]; 16] = [
        readers::STATEMENTS,
        review::STATEMENTS,
        alike::STATEMENTS,
        chains::STATEMENTS,
        changes::STATEMENTS,
        curation::STATEMENTS,
        gone::STATEMENTS,
        history::STATEMENTS,
        imports::STATEMENTS,
        maintenance::STATEMENTS,
        scans::STATEMENTS,
        shown::STATEMENTS,
        tags::STATEMENTS,
        tags::TWIN_STATEMENTS,
        texts::STATEMENTS,
        works::STATEMENTS,
    ];
    let inserts: [&[Insert]; 11] = [
        readers::INSERTS,
        review::INSERTS,
        alike::INSERTS,
        chains::INSERTS,
        curation::INSERTS,
        gone::INSERTS,
        history::INSERTS,
        imports::INSERTS,
        tags::INSERTS,
        tags::TWIN_INSERTS,
        shown::INSERTS,
    ];
    let inserts = inserts.into_iter().flatten();
    let inserts = inserts.flat_map(|insert| [insert.text(1, '$'), insert.text(4, '$')]);
    let statements = statements.into_iter().flatten().map(|text| (*text).to_owned());
    statements.chain(inserts).collect()
}

async fn faults(store: &SqlStore) -> Vec<String> {
    let mut faults = Vec::new();
    for text in all() {
        let sql = AssertSqlSafe(text.clone()).into_sql_str();
        let prepared = match &store.db {
            Db::Sqlite { writer, .. } => writer.prepare(sql).await.map(drop),
            Db::Postgres(pool) => pool.prepare(sql).await.map(drop),
        };
        if let Err(error) = prepared {
            faults.push(format!("{error}: {text}"));
        }
    }
    faults
}

#[tokio::test]
async fn every_statement_can_be_prepared_on_sqlite() {
    let (_folder, store) = sqlite().await;
    assert_eq!(faults(&store).await, [""; 0]);
}

#[tokio::test]
async fn every_statement_can_be_prepared_on_postgresql() {
    let (_, store) = postgres().await;
    assert_eq!(faults(&store).await, [""; 0]);
}

/// What may be gone through: tables and indexes of few rows, and the works when a whole import is undone.
const GOES_THROUGH: [&str; 5] = [
    "SCAN imports:",
    "SCAN tombstone_hashes:",
    "SCAN works USING COVERING INDEX works_import:",
    "SCAN sketches USING COVERING INDEX sketches_unlisted:",
    "SCAN shingle_runs:",
];

/// An import of fifty works into a library of a million must not read the million.
#[tokio::test]
async fn no_statement_of_an_import_goes_through_a_whole_table() {
    let (_folder, store) = sqlite().await;
    let Db::Sqlite { writer, .. } = &store.db else { panic!("not SQLite") };
    let statements =
        [imports::STATEMENTS, alike::STATEMENTS, chains::STATEMENTS, shown::STATEMENTS];
    let mut through = Vec::new();
    for text in statements.into_iter().flatten() {
        let plan = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")).into_sql_str();
        let rows = sqlx::query(plan).fetch_all(writer).await.unwrap();
        let mut steps = rows.iter().map(|row| sqlx::Row::get::<String, _>(row, 3));
        let scans = |step: &String| step.starts_with("SCAN ") && !step.contains("VIRTUAL TABLE");
        if let Some(step) = steps.find(scans) {
            through.push(format!("{step}: {text}"));
        }
    }
    through.retain(|found| !GOES_THROUGH.iter().any(|known| found.starts_with(known)));
    assert_eq!(through, [""; 0]);
}

#[test]
fn parameters_are_numbered_in_the_order_of_their_first_use() {
    for text in all() {
        let mut next = 1;
        for part in text.split('$').skip(1) {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            let number: u32 = digits.parse().unwrap();
            assert!(number <= next, "{text}");
            next = next.max(number + 1);
        }
    }
}

/// Every combination of the rule, seen by every viewer through the store.
async fn the_rule_holds(store: &SqlStore) {
    let names = ["public", "members", "listed", "hidden", "draft"];
    let cases = names.into_iter().flat_map(|name| {
        let visibility = Visibility::from_name(name).unwrap();
        [(false, false), (false, true), (true, false), (true, true)]
            .map(|(held, removed)| (visibility, held, removed))
    });
    for (n, (visibility, held, removed)) in (1..).zip(cases) {
        let mut new = work(n);
        new.visibility = visibility;
        new.held = held.then(|| "policy".to_owned());
        let (_, committed) = commit(store, vec![super::builders::begins(with(new, n))]).await;
        let id = committed.works[0].1;
        if removed {
            store
                .remove(id, Removal::Hide, "asked", "owner", super::builders::LATER)
                .await
                .unwrap();
        }
        for viewer in [Viewer::Owner, Viewer::Public] {
            let expected = viewer.may_see(visibility, held, removed);
            let key = WorkKey::Uid(uid("work", n));
            let page = store.work(key, viewer, ChapterChoice::None).await.unwrap();
            assert_eq!(page.is_some(), expected, "{viewer:?} {visibility:?} {held} {removed}");
            let cards = store.cards(&[id], viewer).await.unwrap();
            assert_eq!(cards.len(), usize::from(expected));
        }
    }
}

#[tokio::test]
async fn the_visibility_rule_in_sql_is_the_models_on_sqlite() {
    let (_folder, store) = sqlite().await;
    the_rule_holds(&store).await;
}

#[tokio::test]
async fn the_visibility_rule_in_sql_is_the_models_on_postgresql() {
    let (_, store) = postgres().await;
    the_rule_holds(&store).await;
}
