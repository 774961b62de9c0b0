//! Which works hang together by links, from some of them on and in both directions.

use super::rows::{at, creators, titled};
use super::sql;
use crate::db::{Conn, int_list, text_list, vals};
use crate::works::resolve;
use fanfold_model::{LinkRel, PartLink, Viewer};
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Works beyond those asked for; what hangs together more widely is no series.
const FURTHEST: usize = 4_000;

/// Works, and which of them follows which.
#[derive(Debug, Default)]
pub(super) struct Web {
    pub(super) works: BTreeSet<i64>,
    /// Earlier, later; both of one creator.
    pub(super) edges: BTreeSet<(i64, i64)>,
}

/// The works next to these: those they link to, those that link to them, those in a chain with them.
pub(crate) async fn around(conn: &mut Conn, works: &[i64]) -> Result<BTreeSet<i64>> {
    let works: BTreeSet<i64> = works.iter().copied().collect();
    let mut near = mates(conn, &works).await?;
    near.extend(leading_to(conn, &works).await?);
    near.extend(edges_of(conn, &works).await?.into_iter().flat_map(<[i64; 2]>::from));
    Ok(near)
}

/// All works that hang together with these; `None` where that is too wide.
pub(super) async fn explore(conn: &mut Conn, works: BTreeSet<i64>) -> Result<Option<Web>> {
    let most = works.len() + FURTHEST;
    let mut web = Web { works: works.clone(), edges: BTreeSet::new() };
    let mut border = works;
    while !border.is_empty() {
        let mut near = mates(conn, &border).await?;
        near.extend(leading_to(conn, &border).await?);
        let edges = edges_of(conn, &border).await?;
        near.extend(edges.iter().copied().flat_map(<[i64; 2]>::from));
        web.edges.extend(edges);
        border = near.difference(&web.works).copied().collect();
        web.works.extend(&border);
        if web.works.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(web))
}

async fn mates(conn: &mut Conn, works: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let rows = conn.fetch(sql::MATES, vals![int_list(works.iter().copied())]).await?;
    rows.into_iter().map(|row| row.int(0)).collect()
}

/// Works with a link that may lead to one of these.
async fn leading_to(conn: &mut Conn, works: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let list = || vals![int_list(works.iter().copied())];
    let mut keys = BTreeSet::new();
    for mut row in conn.fetch(sql::TITLES, list()).await? {
        let folded = row.text(1)?;
        keys.insert(titled(row.int(0)?, &folded));
    }
    for mut row in conn.fetch(sql::ADDRESSES, list()).await? {
        keys.insert(at(&row.text(0)?));
    }
    let rows = conn.fetch(sql::LEADING, vals![text_list(keys)]).await?;
    rows.into_iter().map(|row| row.int(0)).collect()
}

/// What the links of these works say: which work comes before which.
async fn edges_of(conn: &mut Conn, works: &BTreeSet<i64>) -> Result<BTreeSet<(i64, i64)>> {
    let mut linking: BTreeMap<i64, (String, Vec<PartLink>)> = BTreeMap::new();
    for mut row in conn.fetch(sql::LINKS, vals![int_list(works.iter().copied())]).await? {
        let link = PartLink {
            rel: row.parsed(2, LinkRel::from_name)?,
            part: row.small_or_null(3)?,
            title: row.text_or_null(4)?,
            url: row.text_or_null(5)?,
        };
        let title = row.text(1)?;
        let own = linking.entry(row.int(0)?).or_insert_with(|| (title, Vec::new()));
        own.1.push(link);
    }
    let mut edges = BTreeSet::new();
    for (work, (title, links)) in linking {
        for (link, to) in resolve(conn, work, Viewer::Owner, &title, &links).await? {
            let Some(to) = to.filter(|to| to.0 != work) else { continue };
            edges.insert(match link.rel {
                LinkRel::Next | LinkRel::PrequelTo => (work, to.0),
                LinkRel::Previous | LinkRel::SequelTo => (to.0, work),
            });
        }
    }
    of_one_creator(conn, edges).await
}

/// An address may lead to somebody else's work: that is no series of one creator.
async fn of_one_creator(
    conn: &mut Conn,
    mut edges: BTreeSet<(i64, i64)>,
) -> Result<BTreeSet<(i64, i64)>> {
    if edges.is_empty() {
        return Ok(edges);
    }
    let ends: BTreeSet<i64> = edges.iter().copied().flat_map(<[i64; 2]>::from).collect();
    let creators = creators(conn, ends.into_iter()).await?;
    edges.retain(|(before, after)| match (creators.get(before), creators.get(after)) {
        (Some(one), Some(other)) => !one.is_disjoint(other),
        _ => false,
    });
    Ok(edges)
}
