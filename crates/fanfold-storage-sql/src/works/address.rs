//! Old addresses and links between works.

use super::{link_titles, sql};
use crate::db::{Conn, text_list, vals};
use crate::records::tail_of;
use crate::statements::viewer as seen_by;
use fanfold_model::{PartLink, Viewer, WorkId};
use fanfold_storage::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The work that an old address leads to: an identity, a source's address, or what stands behind
/// the host of one (`viewstory.php?sid=12`).
pub(super) async fn work_at(
    conn: &mut Conn,
    address: String,
    viewer: Viewer,
) -> Result<Option<WorkId>> {
    let whole = || vec![seen_by(viewer), text_list(spellings(&address))];
    if let Some(row) = conn.first(sql::AT_ADDRESSES, whole()).await? {
        return Ok(Some(WorkId(row.int(1)?)));
    }
    let id = conn.number(sql::SOURCE_AT_URL, whole()).await?;
    if id > 0 {
        return Ok(Some(WorkId(id)));
    }
    let tail = tail_of(&address).unwrap_or_else(|| address.trim_start_matches('/'));
    if tail.is_empty() || address.contains("://") {
        return Ok(None);
    }
    let tails = vec![seen_by(viewer), text_list(spellings(tail))];
    let id = conn.number(sql::SOURCE_AT_TAIL, tails).await?;
    Ok((id > 0).then_some(WorkId(id)))
}

/// An address with and without its last slash.
fn spellings(address: &str) -> [String; 2] {
    let bare = address.trim_end_matches('/');
    [bare.to_owned(), format!("{bare}/")]
}

/// The links with the works they lead to: by address, else by the stated title, in one of its spellings, if exactly one
/// other work of the same creator has it. `title` is the linking work's own.
pub(crate) async fn links(
    conn: &mut Conn,
    work: i64,
    viewer: Viewer,
    title: &str,
    links: &[PartLink],
) -> Result<Vec<(PartLink, Option<WorkId>)>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let urls = links.iter().filter_map(|link| link.url.as_deref()).flat_map(spellings);
    let mut by_url = BTreeMap::new();
    for mut row in conn.fetch(sql::AT_ADDRESSES, vec![seen_by(viewer), text_list(urls)]).await? {
        by_url.insert(row.text(0)?, row.int(1)?);
    }
    let titles: BTreeSet<String> =
        links.iter().flat_map(|link| link_titles::spellings(link, title)).flatten().collect();
    let mut by_title: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let values = vec![seen_by(viewer), text_list(titles), vals![work].remove(0)];
    for mut row in conn.fetch(sql::TITLED_BY_SAME, values).await? {
        let id = row.int(1)?;
        by_title.entry(row.text(0)?).or_default().push(id);
    }
    let leads_to = |link: &PartLink| {
        let at = |url: &String| spellings(url).iter().find_map(|url| by_url.get(url)).copied();
        let ranks = link_titles::spellings(link, title);
        // The nearest spelling that any work has decides; two works that have it decide nothing.
        let titled = ranks.iter().find_map(|rank| {
            let found = rank.iter().filter_map(|title| by_title.get(title)).flatten().copied();
            let found: BTreeSet<i64> = found.collect();
            (!found.is_empty()).then_some(found)
        });
        let only = titled.filter(|ids| ids.len() == 1).and_then(|ids| ids.first().copied());
        link.url.as_ref().and_then(at).or(only).map(WorkId)
    };
    Ok(links.iter().map(|link| (link.clone(), leads_to(link))).collect())
}
