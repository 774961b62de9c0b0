//! `fanfold reindex`, `reprocess`, `gc`.

use super::query;
use crate::arguments::{Globals, ReprocessArgs};
use crate::failure::{Exit, Failure};
use crate::open::{self, ACTOR};
use crate::output::Output;
use fanfold_model::Viewer;
use serde_json::json;

pub(crate) async fn reindex(globals: &Globals, output: &Output) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let works = archive.reindex().await?;
    if output.json {
        output.object(&json!({"type": "reindex", "works": works}));
    } else {
        output.line(format!("the search index is built again: {works} works"));
    }
    Ok(Exit::Done)
}

pub(crate) async fn reprocess(
    globals: &Globals,
    output: &Output,
    args: ReprocessArgs,
) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let query = query(args.query.as_deref())?;
    let ids = archive.selection(query.as_ref(), Viewer::Owner).await?;
    let done = archive.reprocess(&ids, ACTOR).await?;
    if output.json {
        let skipped = done.skipped.iter().map(|(id, why)| json!({"id": id.0, "why": why}));
        output.object(&json!({
            "type": "reprocess", "changed": done.changed, "same": done.same,
            "skipped": skipped.collect::<Vec<_>>(), "opened": done.opened,
        }));
    } else {
        output.line(format!("{} works read differently now, {} the same", done.changed, done.same));
        for (id, why) in &done.skipped {
            output.line(format!("  work {id} was left as it is: {why}"));
        }
    }
    Ok(Exit::Done)
}

pub(crate) async fn gc(globals: &Globals, output: &Output) -> Result<Exit, Failure> {
    let archive = open::existing(globals).await?;
    let garbage = archive.gc().await?;
    if output.json {
        output.object(&json!({
            "type": "gc", "deleted": garbage.deleted, "bytes": garbage.bytes, "young": garbage.young,
        }));
    } else {
        let kept = format!("{} more are younger than 30 days", garbage.young);
        output.line(format!(
            "{} originals deleted, {} bytes freed; {kept}",
            garbage.deleted, garbage.bytes
        ));
    }
    Ok(Exit::Done)
}
