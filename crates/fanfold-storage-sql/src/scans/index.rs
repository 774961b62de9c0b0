//! Works as the index needs them, with what their tags stand for.

use super::graph::Graph;
use super::{sql, whole};
use crate::clock::day_of;
use crate::db::{Conn, int_list, vals};
use fanfold_model::{TagId, TagKind, Viewer};
use fanfold_storage::{IndexRecord, IndexTag, Result};
use std::collections::{BTreeMap, BTreeSet};

/// A tag as it hangs on a work.
#[derive(Debug, Clone)]
struct Worn {
    tag: i64,
    kind: TagKind,
    name: String,
}

pub(super) async fn records(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<IndexRecord>> {
    // The index knows everything that is not removed and applies the viewer's rule itself.
    let works = whole::works(conn, &ids, Viewer::Owner).await?;
    let mut worn: BTreeMap<i64, Vec<Worn>> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for mut row in conn.fetch(sql::WORK_TAGS, vals![int_list(ids)]).await? {
        let one =
            Worn { tag: row.int(1)?, kind: row.parsed(2, TagKind::from_name)?, name: row.text(3)? };
        all.insert(one.tag);
        worn.entry(row.int(0)?).or_default().push(one);
    }
    let graph = Graph::around(conn, &all).await?;
    let record = |(work, imported): (fanfold_model::Work, String)| {
        let own = work.id.and_then(|id| worn.remove(&id.0)).unwrap_or_default();
        let tags = own.into_iter().map(|worn| whole_tag(&graph, worn)).collect();
        IndexRecord { tags, imported_day: day_of(&imported), work }
    };
    Ok(works.into_iter().map(record).collect())
}

/// These tags as works that carry them have them.
pub(super) async fn tags(conn: &mut Conn, tags: Vec<i64>) -> Result<Vec<IndexTag>> {
    let mut worn = Vec::new();
    for mut row in conn.fetch(sql::CARRIED, vals![int_list(tags)]).await? {
        let (tag, kind) = (row.int(0)?, row.parsed(1, TagKind::from_name)?);
        worn.push(Worn { tag, kind, name: row.text(2)? });
    }
    let graph = Graph::around(conn, &worn.iter().map(|one| one.tag).collect()).await?;
    Ok(worn.into_iter().map(|worn| whole_tag(&graph, worn)).collect())
}

pub(super) async fn carried_after(conn: &mut Conn, after: TagId, limit: u32) -> Result<Vec<TagId>> {
    let rows = conn.fetch(sql::CARRIED_AFTER, vals![after.0, limit]).await?;
    rows.into_iter().map(|row| Ok(TagId(row.int(0)?))).collect()
}

/// A tag with what it stands for. Its names are the same on every work that carries it.
fn whole_tag(graph: &Graph, worn: Worn) -> IndexTag {
    let (canonical, name) = match graph.canonical.get(&worn.tag) {
        Some((canonical, name)) => (*canonical, name.clone()),
        None => (worn.tag, worn.name.clone()),
    };
    let mut names = vec![name];
    let synonyms = graph.synonyms.get(&canonical).into_iter().flatten();
    for name in std::iter::once(&worn.name).chain(synonyms) {
        push_new(&mut names, name.clone());
    }
    let (id, canonical) = (TagId(worn.tag), TagId(canonical));
    IndexTag { id, kind: worn.kind, canonical, names }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
