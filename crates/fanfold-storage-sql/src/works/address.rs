//! Old addresses and links between works.

use super::sql;
use crate::db::{Conn, text_list, vals};
use crate::records::tail_of;
use crate::statements::viewer as seen_by;
use fanfold_model::{PartLink, Viewer, WorkId, fold_name};
use fanfold_storage::Result;
use std::collections::BTreeMap;

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

/// The links with the works they lead to: by address, else by the stated title if exactly one
/// other work of the same creator has it.
pub(super) async fn links(
    conn: &mut Conn,
    work: i64,
    viewer: Viewer,
    links: &[PartLink],
) -> Result<Vec<(PartLink, Option<WorkId>)>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let urls = text_list(links.iter().filter_map(|link| link.url.clone()));
    let mut by_url = BTreeMap::new();
    for mut row in conn.fetch(sql::AT_ADDRESSES, vec![seen_by(viewer), urls]).await? {
        by_url.insert(row.text(0)?, row.int(1)?);
    }
    let titles = text_list(links.iter().filter_map(|link| Some(fold_name(link.title.as_ref()?))));
    let mut by_title: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let values = vec![seen_by(viewer), titles, vals![work].remove(0)];
    for mut row in conn.fetch(sql::TITLED_BY_SAME, values).await? {
        let id = row.int(1)?;
        by_title.entry(row.text(0)?).or_default().push(id);
    }
    let leads_to = |link: &PartLink| {
        let address = link.url.as_ref().and_then(|url| by_url.get(url)).copied();
        let title = link.title.as_ref().and_then(|title| by_title.get(&fold_name(title)));
        let only = title.filter(|ids| ids.len() == 1).and_then(|ids| ids.first()).copied();
        address.or(only).map(WorkId)
    };
    Ok(links.iter().map(|link| (link.clone(), leads_to(link))).collect())
}
