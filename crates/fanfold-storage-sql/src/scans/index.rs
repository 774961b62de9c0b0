//! Works as the index needs them: tags expanded at write time, so that a query is a few posting lists.

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
    written: String,
}

pub(super) async fn records(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<IndexRecord>> {
    // The index knows everything that is not removed and applies the viewer's rule itself.
    let works = whole::works(conn, &ids, Viewer::Owner).await?;
    let mut worn: BTreeMap<i64, Vec<Worn>> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for mut row in conn.fetch(sql::WORK_TAGS, vals![int_list(ids)]).await? {
        let one = Worn {
            tag: row.int(1)?,
            kind: row.parsed(2, TagKind::from_name)?,
            name: row.text(3)?,
            written: row.text(4)?,
        };
        all.insert(one.tag);
        worn.entry(row.int(0)?).or_default().push(one);
    }
    let graph = Graph::around(conn, &all).await?;
    let record = |(work, imported): (fanfold_model::Work, String)| {
        let own = work.id.and_then(|id| worn.remove(&id.0)).unwrap_or_default();
        IndexRecord { tags: expand(&graph, own), imported_day: day_of(&imported), work }
    };
    Ok(works.into_iter().map(record).collect())
}

/// A work's tags, each canonical tag once.
fn expand(graph: &Graph, worn: Vec<Worn>) -> Vec<IndexTag> {
    let mut tags: Vec<IndexTag> = Vec::with_capacity(worn.len());
    for Worn { tag, kind, name, written } in worn {
        let (canonical, name) = graph.canonical.get(&tag).cloned().unwrap_or((tag, name));
        let place = tags.iter().position(|other| other.id.0 == canonical);
        let place = place.unwrap_or_else(|| {
            tags.push(whole_tag(graph, canonical, kind, name));
            tags.len() - 1
        });
        if let Some(index_tag) = tags.get_mut(place) {
            push_new(&mut index_tag.names, written);
            push_new(&mut index_tag.expanded, TagId(tag));
        }
    }
    tags
}

fn whole_tag(graph: &Graph, canonical: i64, kind: TagKind, name: String) -> IndexTag {
    let metatags = graph.metatags.get(&canonical).into_iter().flatten();
    let mut expanded = vec![TagId(canonical)];
    for metatag in metatags {
        push_new(&mut expanded, TagId(*metatag));
    }
    IndexTag {
        id: TagId(canonical),
        kind,
        name,
        names: graph.synonyms.get(&canonical).cloned().unwrap_or_default(),
        expanded,
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
