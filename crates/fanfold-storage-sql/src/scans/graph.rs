//! The part of the tag graph around some tags, as the index needs it.

use super::sql;
use crate::db::{Conn, int_list, vals};
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Synonyms around some tags.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// The canonical tag and its name, for tags that are synonyms.
    pub(super) canonical: BTreeMap<i64, (i64, String)>,
    /// Names of the synonyms of a canonical tag.
    pub(super) synonyms: BTreeMap<i64, Vec<String>>,
}

impl Graph {
    pub(super) async fn around(conn: &mut Conn, tags: &BTreeSet<i64>) -> Result<Self> {
        let mut graph = Self::default();
        let list = vals![int_list(tags.iter().copied())];
        for mut row in conn.fetch(sql::CANONICAL_OF, list).await? {
            let canonical = (row.int(1)?, row.text(2)?);
            graph.canonical.entry(row.int(0)?).or_insert(canonical);
        }
        let own = |tag: &i64| graph.canonical.get(tag).map_or(*tag, |(id, _)| *id);
        let canonical: BTreeSet<i64> = tags.iter().map(own).collect();
        let list = || vals![int_list(canonical.iter().copied())];
        for mut row in conn.fetch(sql::SYNONYMS_OF, list()).await? {
            let name = row.text(1)?;
            graph.synonyms.entry(row.int(0)?).or_default().push(name);
        }
        Ok(graph)
    }
}
